"""Putting what a follow-up names in the place of its like in the question before: place, time, name, or the thing asked for."""

from __future__ import annotations

import re
from itertools import takewhile

import rjieba

from assistant.understanding.phrases import (
    ASKING_WORDS,
    ASPECT,
    MOST_CHARACTERS,
    NAME_TAGS,
    is_aspect,
    is_measure,
    is_noun,
    is_quantity,
    is_stretch,
    places_for,
    runs_of,
    thing_measured,
)
from assistant.understanding.stretch import stretch_in, without_stretches
from assistant.understanding.time_words import time_spans, times_in, with_time_of, without_times, year_beside
from corpus.language.places import DIVISION_SUFFIX, place_spans, places_in
from index.words import content_words

COMPARES = re.compile(r"^(?:(?:和|与|跟|同)[^，,?？]{1,10}?(?:相?比|差)|比(?!亚迪|[例重较如起特]))")
POINTING = re.compile(
    r"^(?:它们?的?|其中|其(?!中|他|它|余|实|次)|[这那]个?(?![个些里边样么种次时一两家份篇本部项款年天批])|[两前后]者的?|该[省市区县]?的?)(?=\w)"
)
NATION = re.compile(r"(?:全国|我国)(?!人大|性|统一|碳)")
ELSEWHERE = re.compile(r"(全国|我国|中国|其[他余](?:省市?|城市|地方))(?:的?情况)?")
LEAD = re.compile(
    # "好的,那江苏呢" leads in; "好的政策有哪些" asks.
    r"^(?:(?:(?:好的?|[嗯哦]+|行|对|明白了?|收到|了解了?|ok|谢谢你?)[啊呀吧啦]?[，,。!！\s]+|"
    r"那么|那就|那(?=个(?:人\w|体|税|别))|其他[^，,]{0,6}先不[管说谈提看论][，,]|那(?!个|家|项|份|篇|本|部|年|时|些|次|里|边|款|种|天|几|批|条|场|位|座)|还有(?!什么|哪|没|别)|另外|顺便问一?下?|请问|再问一?下?|对了|嗯|哦)[，,。\s]*)+",
    re.IGNORECASE,
)
_DEMONSTRATED = re.compile(r"(?:该|[这那][个份]?)(省|市|县|办法|规定|条例|细则|指南|通知|政策|意见|文件)")
_NEXT_YEAR = re.compile(r"再?往前一年|[下前上]一年")
_THAT_YEAR = re.compile(r"那一?年|当年")
_DOCUMENT = re.compile(
    r"《[^《》]+》|[^\s，,的《》]{2,24}(?:办法|规定|条例|细则|指南|方案|通知|意见|规划)|第?\d{1,6}号令"
)
_ASIDE = re.compile(r"(?:的话|的?那边|的?那种|的?这边|(?:[公发]布)?的?那版|那[笔家份个次款条项部])$")
_SAYS = re.compile(r"[我你他她它]|^(?:[不没只就也都还超很最]|是)|[吧嘛呀啦哦哈么]$")
"""What makes some words a sentence of their own, and no name of a thing."""
_WHEN = re.compile(r"以前|之前|过去|原来|现在|目前|后来|将来|以后")
_YES_NO = re.compile(r"是不是|是否|有没有|吗|怎么样?|如何|为[何啥]")
_OF_IT = re.compile("(?:它们?|那个?)的")
_POINTS_AT_ONE = re.compile(
    r"(?:它们?|其(?![中他它余实次])|该(?:公司|企业|集团|行|厂|院|机构)|这[家个](?:公司|企业|集团|机构|银行|厂)?)(?=的|\w{2})"
)
_BEFORE_WHO = re.compile(r"[是从由在归].?$")
_HOW_MANY = re.compile("多|几[^号]")
_SHORT_CLAUSE = re.compile(r"(?<=.)[，,].{0,2}$")
_COUNTED = re.compile(r"了$")
_UP_TO_MARK = re.compile(r"[^，,。?？吗]*")
_IS_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,8}")
_FINAL = re.compile(
    r"(?:现在|一共|总共|大约|大概|分别|各|预计|(?<=[\w%”》〕)）])(?:是|为|有|达到?|了|来|从|由|归|被|叫|给|按|靠|(?<!现)在|占|到|以|约|已|又|是.给|(?<=.).得)){0,3}$"
)
_MODIFIES = frozenset("vadbj")
_LEAST_LIKENESS = 0.9
_MUCH_ALIKE = 1.5
_AT_THE_START = 2
_GOAL_AT_END = re.compile(r"(?:预期|计划)?目标$")
JOINT = "，"
"""What stands between a topic and the question that is asked of it."""
_LAST_ASPECT = re.compile(rf"(?:{ASPECT.pattern})$")
_AFTER_PLACE = f"{DIVISION_SUFFIX}?"


def what_about(new: str, before: str) -> list[str]:
    """The last question asked of `new`: of another place, time or thing, or for something else of the same thing.

    Args:
        new: What the follow-up names, without "那" and "呢".
        before: The question that it follows.

    Returns:
        The readings that this may have, likeliest first.
    """
    if len(new) > MOST_CHARACTERS:
        return [with_topic(new, before)]
    points = bool(_OF_IT.match(new))
    new = _ASIDE.sub("", POINTING.sub("", with_meant(new, before)).removesuffix("是"))
    if times_in(new):
        new = re.sub("的?同期", "", new)
    if (stretch := stretch_in(new)) and not without_stretches(new).strip(" ，,的那呢"):
        # "近三年呢?" after "2024年的产量".
        return [f"{new[stretch.start : stretch.end]}{without_times(without_stretches(before)).lstrip('的')}"]
    rest = rest_of(new).removeprefix("整个") if times_in(new) else rest_of(new)
    if places_in(before) and (elsewhere := ELSEWHERE.fullmatch(rest)):
        return [_at(with_time_of(before, new), elsewhere.group(1))]
    moved = _moved(new, before)
    if not rest or (times_in(new) and (rest in moved or is_stretch(rest))):
        return [moved]
    if _THE_GOAL.fullmatch(rest):
        return [_goal_of(moved)]
    if asks_itself(rest) or _SAYS.search(rest):
        return [with_topic(new, before)]
    return _applied(rest, moved, points=points)


def _applied(named: str, question: str, *, points: bool) -> list[str]:
    """`question` asked of what a follow-up names besides place and time, or for it; `points` where it says "其…" of the topic."""
    if is_aspect(named):
        return _with_aspect(question, named)
    if is_measure(named):
        return _with_other_measure(named, question)
    if points:
        return [_of_topic(named, question)]
    if _WHEN.fullmatch(named):
        return [f"{named}{question}"]
    return _with_thing(question, named) or [_of_topic(named, question)]


def _with_other_measure(measure: str, question: str) -> list[str]:
    """`question` asked for another measure, in the place of one much like it, of the same thing or of the topic."""
    alike = [old for old in places_for(measure, question, _MUCH_ALIKE) if old.text[-1] == measure[-1]]
    if alike:
        # "人民币" after "外币" is no other measure.
        return [f"{question[: alike[0].start]}{measure}{question[alike[0].end :]}"]
    return list(dict.fromkeys([*_with_measure(question, measure), _of_topic(measure, question)]))


_THE_GOAL = re.compile(
    r"(?:(?:当年|年初|原|原先|之前)?(?:[制设]?定|提出?)?的)?(?:(?:预期|原定|既定)?目标|计划)"
)
_OF_THE_RESULT = re.compile(r"实际|最终|最后|到底|(?:完成|实现|达到)了?|(?<=[增减涨降])了")


def _goal_of(question: str) -> str:
    """The question for the goal: of "2022年城镇实际新增了多少就业" "2022年城镇新增就业目标是多少"."""
    plain = ASKING_WORDS.sub("", _OF_THE_RESULT.sub("", question)).strip(" ，,。的")
    return f"{plain.removesuffix('了')}目标是多少"


def with_meant(question: str, before: str) -> str:
    """`question` with "该省", "那年" and "这个办法" replaced by what they mean."""
    if not (_DEMONSTRATED.search(question) or _NEXT_YEAR.search(question) or _THAT_YEAR.search(question)):
        return question
    places, documents = places_in(before)[:1], _DOCUMENT.findall(before)[-1:]

    def meant(match: re.Match[str]) -> str:
        is_place = match.group(1) in {"省", "市", "县"}
        return next(iter(places if is_place else documents), match.group())

    resolved = _DEMONSTRATED.sub(meant, question)
    years = [time.year for time in times_in(before) if time.year]
    resolved = _NEXT_YEAR.sub(lambda match: year_beside(match.group(), years), resolved)
    if years:
        resolved = _THAT_YEAR.sub(_spelt(years[0]), resolved, count=1)
    return resolved


def _spelt(time: str) -> str:
    return f"{time}年" if re.fullmatch(r"\d{4}", time) else time


def own_words(question: str, before: str) -> int:
    """How many content words of `question` the question before does not have."""
    known = set(content_words(before))
    return sum(word not in known for word in content_words(without_times(question)))


def asks_itself(text: str) -> bool:
    """Whether a text asks something in its own words."""
    return bool(
        re.search(
            r"多少|什么|啥|.还是|哪|(.)不\1|不[?？]?$|谁|何时|为何|为啥|如何|几|吗|是否|是不是|怎么|多[高大快长久]|有没有|能不能|会不会|可不可以|[能可]否|怎样|总结|概括|[说讲]一?[说讲下]",
            text,
        )
    )


def rest_of(new: str) -> str:
    """What `new` names besides places and times."""
    rest = without_times(new)
    for place in places_in(new):
        rest = re.sub(rf"{re.escape(place)}{_AFTER_PLACE}", "", rest)
    return re.sub(
        r"^(?:的|在|到|对(?!外|手|象)|和(?!平|谐)|与|及|、|截至|其中)+|(?:的|那边|那儿|这边)$",
        "",
        rest.strip(" ，,、的"),
    )


def _moved(new: str, before: str) -> str:
    """The question before with its place and time replaced by those that `new` names."""
    if times_in(new) and stretch_in(before) and not stretch_in(new):
        # "2024年呢?" after "近三年的产量" asks of this year alone.
        before = without_stretches(before)
    moved = with_time_of(before, new)
    new_places = places_in(new)
    if not new_places:
        return moved
    named = _joined_places(new, new_places)
    if places_in(before):
        return _at(moved, named)
    if NATION.search(moved):
        return NATION.sub(named, moved, count=1)
    return named + moved


def _at(question: str, named: str) -> str:
    """`question` asked of `named` in place of its own places."""
    places = places_in(question)
    for extra in places[1:]:
        question = re.sub(rf"[和与跟、及]{extra}{_AFTER_PLACE}", "", question)
    return re.sub(rf"{re.escape(places[0])}{_AFTER_PLACE}", named, question, count=1)


def _joined_places(text: str, places: list[str]) -> str:
    """The first place of a text with those joined to it: "深圳和广州", "江苏苏州"."""
    names = "|".join(map(re.escape, places))
    run = re.search(rf"(?:{names}){_AFTER_PLACE}(?:[和与跟、及]?(?:{names}){_AFTER_PLACE})+", text)
    return run.group() if run else places[0]


def _with_thing(question: str, thing: str) -> list[str]:
    """`question` asked of `thing` in the place of what is like it; two readings where two are, none where nothing is."""
    thing = thing.removesuffix("的")
    if described := _described_alike(question, thing):
        return [described]
    places = places_for(thing, question, _LEAST_LIKENESS)[:2]
    if not places and is_quantity(thing):
        return [f"{thing}{JOINT}{question}"]
    if not places and is_noun(thing) and (measured := thing_measured(question)):
        start, end = measured
        return [f"{question[:start]}{thing}{question[end:]}", _of_topic(thing, question)]
    return [f"{question[: old.start]}{thing}{question[old.end :]}" for old in places]


def _described_alike(question: str, thing: str) -> str:
    """ "河长制做得好的省" in the place of "厕所改造办得好的县"; empty where nothing so described has the same name."""
    _, of, name = thing.rpartition("的")
    begin = question.find(f"的{name}") if of and name else -1
    if begin < 0:
        return ""
    clause = max(question.rfind(mark, 0, begin) for mark in "，,。") + 1
    before = [end for _, end in time_spans(question) if end <= begin]
    return f"{question[: max([clause, *before])]}{thing}{question[begin + 1 + len(name) :]}"


def _with_measure(question: str, measure: str) -> list[str]:
    """`question` asked for another measure of the same thing: "水稻播种面积" after "水稻产量"; empty where it has none."""
    topic = topic_of(question)
    found = [(run, n) for run in runs_of(topic) for n, word in enumerate(run) if word.is_measure]
    runs = runs_of(topic)
    if (
        not found
        and runs
        and runs[-1][-1].end >= len(_FINAL.sub("", topic))
        and runs[-1][-1].tag[:1] in _MODIFIES
    ):
        found = [(runs[-1], len(runs[-1]) - 1)]
    if not found:
        return []
    run, last = found[-1]
    own = runs_of(measure)
    names_its_own = bool(own) and len(own[0]) > 1 and own[0][0].tag[:1] not in _MODIFIES
    begin = 0 if names_its_own else last
    while not names_its_own and begin > 0 and run[begin - 1].tag[:1] in _MODIFIES:
        begin -= 1
    if run[begin].start == 0 and len(runs) == 1:
        return []
    rest = (
        question[run[last].end :]
        if run[last].is_measure and topic[run[last].end :] and question.startswith(topic)
        else ""
    )
    return [f"{topic[: run[begin].start]}{measure}{rest or '是多少'}"]


def _with_aspect(question: str, aspect: str) -> list[str]:
    """`question` asked for its growth, share or size in the place of another of these, or besides the measure."""
    topic = _noun_topic(question)
    if found := _LAST_ASPECT.search(topic):
        return [f"{topic[: found.start()].removesuffix('的')}{aspect}是多少"]
    return [f"{topic}的{aspect}是多少"]


def _of_topic(asked: str, question: str) -> str:
    """What `asked` names of the topic of a question: "联邦学习的短板是什么"."""
    how_much = is_measure(asked) or is_aspect(asked) or re.search("多少|几", question)
    asks = "" if asks_itself(asked) else "是多少" if how_much else "是什么"
    topic = topic_of(question).removesuffix("的")
    return f"{topic}{'的' if is_noun(topic) else JOINT}{asked}{asks}"


def _noun_topic(question: str) -> str:
    """The topic of a question without the verb that asks how much: "新能源车2026年上半年" of "…卖了多少"."""
    topic = _FINAL.sub("", topic_of(question))
    run = next(iter(reversed(runs_of(topic))), [])
    if run and run[-1].end == len(topic) and run[-1].tag == "v" and not run[-1].is_measure:
        topic = topic[: run[-1].start]
    return topic.removesuffix("的")


def _is_unit(text: str) -> bool:
    """Whether what stands behind "多少" is a unit or a particle, and no thing."""
    plain = re.sub("(?:左右|来着|了|的)+$", "", text)
    return len(plain) <= 1 or all(tag in {"m", "q"} for _, tag in rjieba.tag(plain))


def topic_of(question: str) -> str:
    """What a question is about, without how it asks: "甲县灌区修的水渠" of "甲县灌区修了多少水渠?"."""
    text = question.strip(" ，,。?？的")
    asks = ASKING_WORDS.search(text)
    if asks is None:
        return _FINAL.sub("", text)
    before, after = text[: asks.start()], text[asks.end() :]
    ends = _SHORT_CLAUSE.sub("", _FINAL.sub("", before.strip(" ，,")))
    if _YES_NO.fullmatch(asks.group()) and ends:
        return f"{before}{_UP_TO_MARK.match(after).group()}".strip(" ，,的")  # type: ignore[union-attr]
    of_whom = (
        ends and _BEFORE_WHO.search(f"{before}{asks.group()[:1]}"[-2:]) and not _HOW_MANY.search(asks.group())
    )
    if of_whom or re.search("[，,?？]", after):
        return ends or text
    after = ASKING_WORDS.sub("", after).strip(" ，,。的了")
    if _is_unit(after):
        return before.strip(" ，,") if _COUNTED.search(before) else ends or after
    if _IS_NOUN.fullmatch(after) and ends and asks.group().startswith("有"):
        return ends
    if _COUNTED.search(before) and _IS_NOUN.fullmatch(after):
        return f"{ends}的{after}"
    return f"{before}{after}".strip(" ，,")


def of_subject(question: str, before: str) -> str:
    """ "它的总负债呢" asked of the name that the question before begins with, in its time.

    Args:
        question: The follow-up, without "那么" in front.
        before: The question that it follows.

    Returns:
        Empty where the follow-up does not begin by pointing at something, or the question before begins with no name.
    """
    points = _POINTS_AT_ONE.match(question)
    subject = subject_of(before) if points else ""
    if points is None or not subject:
        return ""
    asked = question[points.end() :]
    asked = re.sub(r"呢[?？。]*$", "" if asks_itself(asked.rstrip("呢?？。")) else "是多少", asked)
    spans = time_spans(before)
    time = before[spans[0][0] : spans[0][1]] if spans and not times_in(asked) else ""
    return f"{subject}{time}{asked}"


def subject_of(question: str) -> str:
    """The name that a question says something of: "喜乐娱乐" of "喜乐娱乐花了多少钱?"; empty where it begins with none."""
    run = next(iter(runs_of(question)), [])
    words = list(takewhile(lambda word: word.tag != "v" and not word.is_measure, run))
    is_name = any(word.tag in NAME_TAGS for word in words)
    return question[: words[-1].end] if is_name and words[0].start == 0 else ""


def without_thing(question: str) -> str:
    """What a question is about, without the thing that is measured: "大庆2012年产量" of "大庆2012年大豆产量多少?"."""
    topic = topic_of(question)
    run = next(iter(reversed(runs_of(topic))), [])
    if len(run) > 1 and run[-1].is_measure and run[-1].end == len(topic):
        return topic[: run[0].start] + run[-1].text
    return topic


def with_topic(question: str, before: str) -> str:
    """`question` with the topic of the one before put in front of it."""
    stem = topic_of(before)
    question = LEAD.sub("", question)
    compares = COMPARES.match(question)
    question = POINTING.sub("", question)
    if compares:
        return f"{stem}{question}"
    new_places, old_places = places_in(question), places_in(stem)
    if new_places and old_places and place_spans(question)[0][0] <= _AT_THE_START:
        stem = re.sub(rf"{re.escape(old_places[0])}{_AFTER_PLACE}", "", stem, count=1)
    if "实际" in question:
        stem = _GOAL_AT_END.sub("", stem)
    named = times_in(question)
    if named and named[0].year:
        stem = without_times(stem)
    elif named and times_in(stem):
        stem = with_time_of(stem, question)
        question = without_times(question)
    if set(content_words(stem)) <= set(content_words(question)):
        return question
    return f"{stem.strip(' ，,的')}{JOINT}{question}"
