"""A question as its phrases: the words that may make room for another when a follow-up names one like them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

import rjieba

from assistant.understanding.time_words import time_spans
from corpus.language.places import DIVISION_SUFFIX, place_spans
from index.measure_asked import MEASURE
from index.words import content_words

ASKING_WORDS = re.compile(
    r"(?:各|分别)?(?:是|为|有|达到?)?(?:百分之几|(?:多少|(?<![那这前后头近])几)个月|(?:多少|(?<![那这前后头近])几)[台个家项条人块桶款座位名篇部成斤亩辆件年天月日号岁倍种]?"
    r"(?:钱|元|[里以]?内|里|以[上下后前外]|[文令])?)|为[什何啥]么?|什么时[候间]|[啥何]时候?|多会儿|哪[一几]?[年天月日里儿]|"
    r"什么(?:样的?)?|啥|哪[些个家款座位种]?|谁|是否|是不是|有没有|吗|呢|怎么样?|如何|多[高大快长久]|"
    r"是?[涨增升高多]了?(?:还是|是)[跌降减低少]了?|[?？]"
)
ASPECT = re.compile(
    r"(?:(?:同比|环比|预期|总的?|绝对|平均|年均|累计)?(?:增速|增幅|涨幅|降幅|跌幅|增长率?|同比|环比|占比|比重|比例|份额|目标|金额|总额|规模|体量|"
    r"总量|数量|绝对量|标准|门槛|[上下]限|均值|名次|排名)|人均|平均)"
)
"""What may be asked of anything that is measured: its growth, its share, its goal, its size."""
_QUANTITY = re.compile(
    r"(?P<figure>[\d一二两三四五六七八九十百千万亿]+)(?P<unit>[个家名岁年天类级种户套项口条人倍次成元]?)(?:以上|以下|以内|以后|之内)?"
)
_HEADS = re.compile(r"(?:费用?|余额|[度数]|GDP|GNP|[CP]PI|PMI|PM2\.5|AQI)$", re.IGNORECASE)
"""How the names of further things end that are measured; `index.measure_asked.MEASURE` has those that a sentence is held against."""
_COUNTED_OVER = re.compile(r"累计|单月|当月|单日|当日|全年")
_NAME = re.compile(r"《[^《》]+》|“[^“”]+”|[A-Za-z][A-Za-z0-9.\- ]*[A-Za-z0-9]|[A-Za-z]")
NAME_TAGS = frozenset(["nr", "nrt", "nt", "nz", "ns", "eng"])
"""The segmenter's tags of names."""
_LIKE_NOUNS = frozenset(["n", "ng", "nr", "nrt", "nt", "nz", "ns", "j", "l", "i", "zg", "s", "f"])
_WHOLE = re.compile(r"全[国省市县球]|我国|世界")
_JOINS = frozenset("和与及、跟")
_BREAKS = frozenset(
    ["p", "c", "u", "uj", "ul", "ud", "ug", "uv", "uz", "d", "r", "x", "y", "e", "o", "k", "w"]
)
_VERBS_BETWEEN = frozenset("占到要达涨跌降升")
"""Verbs of one character that stand between what is measured and how much it is."""
MOST_CHARACTERS = 200
"""Of a question whose phrases are looked for; a longer one is left as it is."""
_WHOLE_RUN = 0.65
_AFTER_PLACE = re.compile(DIVISION_SUFFIX)


@dataclass(frozen=True)
class Phrase:
    """Some words of a question: `text == question[start:end]`; `is_measure` where what is asked for ends it."""

    start: int
    end: int
    text: str
    tag: str
    is_measure: bool = False


def is_measure(text: str) -> bool:
    """Whether what a text ends in is measured: "集成电路产量", "次均门诊费用", "GDP"."""
    return bool(MEASURE.search(text) or _HEADS.search(text))


def is_aspect(text: str) -> bool:
    """Whether a text names nothing but what may be asked of anything: "增速", "占比"."""
    return bool(ASPECT.fullmatch(text.strip("的 ")))


def is_name(text: str) -> bool:
    """Whether a text is a title, Latin letters, or the name of a person, a body or a product."""
    return bool(_NAME.fullmatch(text)) or rjieba.tag(text)[-1][1] in NAME_TAGS if text else False


def _begins_with_name(text: str) -> bool:
    """Whether a text of several words begins with a name, as most firms' do: "瑞擎传动", "云山银行"."""
    words = rjieba.tag(text)
    return len(words) > 1 and words[0][1] in NAME_TAGS


def runs_of(question: str) -> list[list[Phrase]]:
    """The runs of words of a question that stand together without a time, a place, a particle or an asking word between."""
    if len(question) > MOST_CHARACTERS:
        return []
    closed = [*time_spans(question), *_places_with_rank(question)]
    closed += [match.span() for match in _WHOLE.finditer(question)]
    closed += [match.span() for match in ASKING_WORDS.finditer(question)]
    runs: list[list[Phrase]] = []
    start = 0
    for begin, end in [*sorted(closed), (len(question), len(question))]:
        if begin > start:
            runs += _runs_in(question, start, begin)
        start = max(start, end)
    return runs


def _places_with_rank(question: str) -> list[tuple[int, int]]:
    spans = []
    for begin, end in place_spans(question):
        rank = _AFTER_PLACE.match(question, end)
        spans.append((begin, rank.end() if rank else end))
    return spans


def _runs_in(question: str, start: int, end: int) -> list[list[Phrase]]:
    runs: list[list[Phrase]] = [[]]
    words = rjieba.tag(question[start:end])
    ends = list(accumulate((len(word) for word, _ in words), initial=start))
    for (word, tag), begin in zip(words, ends, strict=False):
        if tag in _BREAKS or word in _VERBS_BETWEEN or not content_words(word):
            runs.append([])
            continue
        if len(word) == 1 and runs[-1] and is_measure(word):
            # "机械化率" is cut into two words.
            last = runs[-1].pop()
            word, tag, begin = last.text + word, "n", last.start
        cut = len(word) - len(_measure_at_end(word))
        if 1 < cut < len(word):
            runs[-1].append(Phrase(begin, begin + cut, word[:cut], rjieba.tag(word[:cut])[-1][1]))
            word, begin = word[cut:], begin + cut
        phrase = Phrase(begin, begin + len(word), word, tag, is_measure(word))
        runs[-1].append(phrase)
    return [run for run in runs if run]


def _measure_at_end(word: str) -> str:
    """The measure that a long word ends in ("出口" of "汽车出口"), the segmenter's own shorter word; else the whole word."""
    shorter = [
        part for part in rjieba.cut_for_search(word) if len(part) > 1 and part != word and word.endswith(part)
    ]
    return next((part for part in shorter if is_measure(part)), word)


def phrases_of(question: str) -> list[Phrase]:
    """Everything in a question that another thing may take the place of: quantities, names, words, and runs of words."""
    if len(question) > MOST_CHARACTERS:
        return []
    found = [
        Phrase(match.start(), match.end(), match.group(), "m")
        for match in _QUANTITY.finditer(question)
        if not any(begin < match.end() and match.start() < end for begin, end in time_spans(question))
    ]
    found += [Phrase(*match.span(), match.group(), "t") for match in _COUNTED_OVER.finditer(question)]
    found += [Phrase(*match.span(), match.group(), "eng") for match in _NAME.finditer(question)]
    for run in _joined(question, runs_of(question)):
        things = run
        while len(things) > 1 and (things[-1].is_measure or is_aspect(things[-1].text)):
            things = things[:-1]
        found += [word for word in things if not word.is_measure and not is_aspect(word.text)]
        if len(things) > 1:
            begin, end = things[0].start, things[-1].end
            found.append(Phrase(begin, end, question[begin:end], things[-1].tag))
    return found


def _joined(question: str, runs: list[list[Phrase]]) -> list[list[Phrase]]:
    """`runs`, with those that "和" stands between put together."""
    joined: list[list[Phrase]] = []
    for run in runs:
        if joined and question[joined[-1][-1].end : run[0].start] in _JOINS:
            joined[-1] = [*joined[-1], *run]
        else:
            joined.append(run)
    return joined


def places_for(new: str, question: str, least: float) -> list[Phrase]:
    """The phrases of a question that `new` may take the place of, likest first, none within another; each at least `least` alike.

    A whole run of words goes before one of its words that is a little more alike: "乡镇卫生院" takes the place of
    "社区卫生服务中心" and not of "社区卫生" alone.
    """
    possible = [old for old in phrases_of(question) if old.text != new]
    scored = sorted(
        ((likeness(new, old), len(old.text), -old.start, old) for old in possible), key=lambda each: each[:3]
    )
    chosen: list[Phrase] = []
    for score, _, _, old in reversed(scored):
        if score < least:
            break
        if any(old.start < other.end and other.start < old.end for other in chosen):
            continue
        around = [
            (other_score, other)
            for other_score, _, _, other in scored
            if other.start <= old.start and old.end <= other.end and other_score >= score * _WHOLE_RUN
        ]
        chosen.append(max(around, key=lambda each: len(each[1].text))[1])
    return chosen


def is_stretch(text: str) -> bool:
    """Whether a text says over what something is counted: "累计", "单月"."""
    return bool(_COUNTED_OVER.fullmatch(text))


def is_noun(text: str) -> bool:
    """Whether a text ends in a noun or a name."""
    tags = rjieba.tag(text)
    return bool(tags) and _class(tags[-1][1]) == "n"


def is_quantity(text: str) -> bool:
    """Whether a text is a count or an amount: "两家", "五百万以下"."""
    return bool(_QUANTITY.match(text))


def thing_measured(question: str) -> tuple[int, int] | None:
    """Begin and end of what is measured: of "AI" in "海淀去年AI规模"; None where nothing stands before the measure."""
    for run in reversed(runs_of(question)):
        words = run
        while len(words) > 1 and (words[-1].is_measure or is_aspect(words[-1].text)):
            words = words[:-1]
        if len(words) < len(run):
            return words[0].start, words[-1].end
    return None


def likeness(new: str, old: Phrase) -> float:
    """How much `new` may stand in the place of `old`: two quantities, two names, words that share characters or their kind."""
    mine, other = _QUANTITY.fullmatch(new), _QUANTITY.fullmatch(old.text)
    if mine or other:
        return 5.0 if mine and other and _scale(mine) == _scale(other) else 0.0
    if is_stretch(new) or is_stretch(old.text):
        return 5.0 if is_stretch(new) and is_stretch(old.text) else 0.0
    tags = rjieba.tag(new)
    tag = tags[-1][1] if tags else ""
    longest = max(len(new), len(old.text))
    size = min(len(new), len(old.text)) / longest
    shared = len(set(new) & set(old.text)) * 2 / (len(set(new)) + len(set(old.text)))
    score = 2 * shared + 0.4 * size + (size if new[-1:] == old.text[-1:] else 0.0)
    if (is_name(new) and is_name(old.text)) or (_begins_with_name(new) and _begins_with_name(old.text)):
        score += 1.0
    return score + (0.5 if _class(tag) == _class(old.tag) else 0.0) + (0.5 if tag == old.tag else 0.0)


def _class(tag: str) -> str:
    return "n" if tag in _LIKE_NOUNS else tag[:1]


def _scale(match: re.Match[str]) -> str:
    figure = match.group("figure")
    return match.group("unit") or (figure[-1] if figure[-1] in "百千万亿" else "")
