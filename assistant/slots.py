"""Putting what a follow-up names in the place of its like in the question before: place, time, name, or the thing asked for."""

from __future__ import annotations

import re

import rjieba

from assistant.time_words import times_in, with_time_of, without_times, year_beside
from corpus.clean import fold
from corpus.places import places_in
from index.question import MEASURE
from index.words import content_words

COMPARES = re.compile(
    r"^(?:(?:和|与|跟|同)[^，,?？]{1,10}?(?:相?比|差)|比(?!亚迪|[例重较如起特])|较(?![大小多高低快好长强])|相比)"
)
POINTING = re.compile(
    r"^(?:它们?的?|其中|其(?!中|他|它|余|实|次)|[这那]个?(?![个些里边样么种次时一两家份部项款年天批])|两者的?|前者的?|后者的?|该[省市区县]?的?|此(?![外次时前后类]))(?=\w)"
)
_NATION = re.compile(r"(?:全国|我国)(?!人大|人民|政协|性|统一|碳)")
ELSEWHERE = re.compile(
    r"(全国|我国|中国|(?:其他|其它|其余|别的)(?:省市?|省份|城市|地区|地方))(?:的?(?:情况|数据|水平))?"
)
LEAD = re.compile(
    # "好的,那江苏呢" leads in; "好的政策有哪些" asks.
    r"^(?:(?:(?:好的?|嗯+|哦+|行|对|明白了?|知道了|懂了|收到|了解了?|ok|谢谢你?|多谢|谢了)[啊呀吧啦]?[，,。!！\s]+|"
    r"那么|那就|那(?=个(?:人(?:所得|独资|住房|养老|消费|客户|账户|[境跨]|投资|贷款)|体|税|别))|(?:其他|别的)[^，,]{0,6}先不[管说谈提看论][，,]|那(?!个|家|项|份|部|年|时|些|次|里|边|款|种|天|几|批|条|场|位|座)|还有(?!什么|哪|没|别)|另外|顺便问一?下?|请问|再问一?下?|对了|嗯|哦)[，,。\s]*)+",
    re.IGNORECASE,
)
_DEMONSTRATED = re.compile(
    r"(?:该|此|这个?|那个?|这份|那份|这部)(省|市|区|县|地区|办法|规定|条例|细则|指南|方案|通知|政策|意见|文件|令)"
)
_NEXT_YEAR = re.compile(r"下一年|后一年|次年|前一年|上一年")
_THAT_YEAR = re.compile(r"那[一]?年|当年|同年|该年")
_DOCUMENT = re.compile(
    r"《[^《》]+》|[^\s，,的《》]{2,24}(?:办法|规定|条例|细则|指南|方案|通知|意见|行动计划|规划)|第?\d{1,6}号令"
)
_ASKING_TAIL = re.compile(
    r"(?:各|分别)?(?:是|为|有|达|达到|实现了?|完成了?|做到|用了?|卖了?|投了?|发了?|造了?|做了?)?(?:多少|几[个家项条]?|什么|怎样|怎么样|如何|哪[些个家]|谁|多[高大快长])[^，,；;]{0,60}$|(?<![?？])[?？]+$"
)
ASKING_WORDS = re.compile(
    r"(?:各|分别)?(?:是|为|有|达到?)?(?:多少|几)[台个家项条人块桶款座位名篇部成]?(?:钱|元)?|什么时[候间]|何时|哪[年天月日里儿]|"
    r"什么|哪[些个家款座位]?|谁|是否|是不是|吗|呢|怎么样?|如何|多[高大快长]|[?？]"
)
_LONGEST_SHARED = 40
"""Characters in which the end of one question and the beginning of what is asked now may be the same."""
_AFTER_PLACE = r"(?:自治区|自治州|新区|省|市|州|区|县)?"
_FILLERS = frozenset(
    ["的", "是", "了", "有", "达", "达到", "为", "最高", "最多", "一共", "总共", "共", "做到", "一"]
)


def what_about(new: str, before: str) -> list[str]:
    """The last question asked of `new`: of another place, time, subject, or another thing of the same subject."""
    new = POINTING.sub("", with_meant(new, before)).removesuffix("是")
    if times_in(new):
        new = re.sub("的?同期", "", new)
    rest = rest_of(new)
    if places_in(before) and (elsewhere := ELSEWHERE.fullmatch(rest)):
        return [_at(with_time_of(before, new), elsewhere.group(1))]
    if _THE_GOAL.fullmatch(rest):
        of = with_time_of(before, new)
        if places_in(new):
            of = _at(of, places_in(new)[0]) if places_in(of) else f"{places_in(new)[0]}{of}"
        return [_goal_of(of)]
    swapped = _swap(new, before)
    if not rest:
        return [swapped]
    if MEASURE.search(rest) or not _is_name(rest):
        return [swapped, with_topic(new + ("" if asks_itself(new) else "是多少"), before)]
    return [swapped, _in_frame(new, before)]


_THE_GOAL = re.compile(r"(?:(?:当年|年初|原|原先|之前)?(?:[制设]?定|提出?)?的)?(?:预期|原定|既定)?目标")
_OF_THE_RESULT = re.compile(r"实际|最终|最后|到底|(?:完成|实现|达到)了?|(?<=[增减涨降])了")


def _goal_of(question: str) -> str:
    """The question for the goal: of "2022年城镇实际新增了多少就业" "2022年城镇新增就业目标是多少"."""
    return f"{ASKING_WORDS.sub('', _OF_THE_RESULT.sub('', question)).strip(' ，,。的')}目标是多少"


def with_meant(question: str, before: str) -> str:
    """`question` with "该省", "那年" and "这个办法" replaced by what they mean."""
    if not (_DEMONSTRATED.search(question) or _NEXT_YEAR.search(question) or _THAT_YEAR.search(question)):
        return question
    places, documents = places_in(before)[:1], _DOCUMENT.findall(before)[-1:]

    def meant(match: re.Match[str]) -> str:
        is_place = match.group(1) in {"省", "市", "区", "县", "地区"}
        return next(iter(places if is_place else documents), match.group())

    resolved = _DEMONSTRATED.sub(meant, question)
    years = [time.year for time in times_in(before) if time.year]
    resolved = _NEXT_YEAR.sub(lambda match: year_beside(match.group(), years), resolved)
    if years:
        resolved = _THAT_YEAR.sub(_spelt(years[0]), resolved, count=1)
    return resolved


def _in_frame(asked: str, before: str) -> str:
    """`asked` in the place, time and manner of the question before: a goal stays a goal."""
    places, times = places_in(before)[:1], times_in(before)[:1]
    own = [] if places_in(asked) else places
    frame = "".join(own) + (
        "" if times_in(asked) or not times else _spelt(before[times[0].start : times[0].end])
    )
    manner = next((word for word in ("目标", "预期") if word in before and word not in asked), "")
    return f"{frame}{asked}{manner}" + ("" if asks_itself(asked) else "是多少")


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
            r"多少|什么|哪|谁|何时|为何|为啥|如何|几|吗|是否|是不是|怎么|多[高大快长久]|有没有|能不能|会不会|可不可以|[能可]否|怎样|总结|概括|[说讲]一?[说讲下]",
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


def _swap(new: str, before: str) -> str:
    """The question before with its place, time, subject or asked thing replaced by `new`."""
    replaced = with_time_of(before, new)
    new_places, old_places = places_in(new), places_in(before)
    if new_places:
        named = _joined_places(new, new_places)
        if old_places:
            replaced = _at(replaced, named)
        elif _NATION.search(replaced):
            replaced = _NATION.sub(named, replaced, count=1)
        else:
            replaced = named + replaced
    rest = rest_of(new).removesuffix("是")
    if not rest:
        return replaced
    if new_places or times_in(new):
        return _replace_asked(replaced, rest)
    return _replace_name(replaced, rest) or _replace_asked(replaced, rest)


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


def _replace_name(question: str, name: str) -> str:
    """`question` with its organisation or product replaced by `name`, or empty when neither is a name."""
    if not _is_name(name):
        return ""
    for old in _names_in(question):
        if old != name:
            return question.replace(old, name, 1)
    return ""


def _names_in(text: str) -> list[str]:
    """Latin words, quoted titles, and runs of nouns that end like an organisation."""
    found = re.findall(r"《[^《》]+》|[A-Za-z][A-Za-z0-9\- ]*[A-Za-z0-9]", text)
    found += re.findall(
        r"[\u4e00-\u9fff]{2,8}?(?:公司|集团|科技|电子|银行|大学|研究院|委员会|部|局|光|积电|尔)(?![\u4e00-\u9fff]?长)",
        text,
    )
    found += [word for word, tag in rjieba.tag(text) if tag in {"nr", "nrt", "nt", "nz"} and len(word) >= 2]
    return list(dict.fromkeys(found))


def _is_name(text: str) -> bool:
    tags = {tag for _, tag in rjieba.tag(text)}
    return bool(_names_in(text)) or bool(tags & {"nr", "nt", "nz", "eng", "nrt", "ns"})


def _replace_asked(question: str, asked: str) -> str:
    """`question` asking for `asked` instead: its last content word before the asking tail makes room."""
    tail = _ASKING_TAIL.search(question)
    stem = question[: tail.start()] if tail else question
    pieces = [word for word, _ in rjieba.tag(stem)]
    times = times_in(question)
    kept = set(places_in(question)) | {time.year for time in times} | {time.part for time in times}
    kept |= {"年", "月", "季度"}
    while len(pieces) > 1 and pieces[-1] in _FILLERS:
        pieces.pop()
    has_measure = bool(pieces) and bool(MEASURE.search(pieces[-1]))
    if (
        len(pieces) > 1
        and pieces[-1] not in kept
        and not pieces[-1][0].isdigit()
        and (has_measure or MEASURE.search(asked))
    ):
        last = pieces.pop()
        pieces += ["年"] * (last.startswith("年") and pieces[-1].isdigit())
    stem = "".join(pieces)
    most = min(len(asked), _LONGEST_SHARED)
    shared = next((n for n in range(most, 1, -1) if stem.endswith(asked[:n])), 0)
    return stem[: len(stem) - shared] + asked + ("是多少" if not asks_itself(asked) else "")


def with_topic(question: str, before: str) -> str:
    """`question` with the topic of the one before put in front of it."""
    stem = ASKING_WORDS.sub("", before).strip(" ，,。的")
    question = LEAD.sub("", question)
    compares = COMPARES.match(question)
    question = POINTING.sub("", question)
    new_places, old_places = places_in(question), places_in(stem)
    if compares:
        return f"{stem} {question}"
    if new_places and old_places:
        stem = re.sub(rf"{re.escape(old_places[0])}{_AFTER_PLACE}", "", stem, count=1)
    told = times_in(question)
    if told and told[0].year:
        stem = without_times(stem)
    elif told and times_in(stem):
        stem = with_time_of(stem, question)
        question = without_times(question)
    known = set(content_words(fold(question)))
    if set(content_words(stem)) <= known:
        return question
    return f"{stem} {question}"
