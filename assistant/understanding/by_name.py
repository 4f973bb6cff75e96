"""The questions inside a question, one for each company, country or thing that it names side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rjieba

from assistant.understanding.clause import RELATION
from assistant.understanding.in_time import EACH, TIME
from assistant.understanding.time_words import times_in
from corpus.language.bodies import bodies_in
from corpus.language.nations import NATION
from corpus.language.normalize import fold
from corpus.language.places import places_in
from index.kinds import Kind
from index.measure_asked import MEASURE

if TYPE_CHECKING:
    from assistant.understanding.question import Question

MORE_BY = r"[多高少低大小快慢](?:了|出)?(?:多少|几)"
TOGETHER = re.compile(
    r"之间|共同|联合(?!国)|合作(?!社)|携手|签(?!证|发)|协同|接壤|互[相通认]|共建(?![“\"]?一带一路)|合建|同城化|一体化"
)
ONE_BY_ONE = re.compile(rf"分别|各[自是为有达]?|哪个|谁|更|相差|差距|合计|一共|总共|之和|{MORE_BY}")
ASKS = re.compile(r"多少|几|什么|哪|谁|何时|为何|如何|怎[么样]|吗|呢|是否|是不是|有没有|多[大高长久]|[?？]")


_A_YEAR = r"(?:(?:19|20)\d{2}年)"
_GOES_ON_FROM_A_NAME = "在|的|分别|于|各|进行|，|,"
_COMPANIES = re.compile(
    rf"^(?:请?(?:比较|对比)(?:一下)?)?(?P<year>{_A_YEAR}?)(?P<one>[^，,、的]{{2,20}}?(?:公司|集团|股份)|[^，,、和与跟及的]{{2,20}})"
    rf"[和与跟及](?P<other_year>{_A_YEAR}?)"
    # A company's own name may hold a 和.
    r"(?P<other>[^，,、的在]{2,20}?(?:公司|集团|股份)|[^，,、和与跟及的在于分]{3,12})"
    rf"(?P<rest>(?:(?={_GOES_ON_FROM_A_NAME})|(?<=公司)|(?<=集团)(?!有限|股份|公司)).+)$"
)
_WHICH_COMPANY = "[，,](?:哪[一]?[家个]|谁)(?:公司|企业)?"
_COMPARED = re.compile(rf"{_WHICH_COMPANY}的(?P<measure>[^，,]{{2,12}}?(?<!时间))(?:更|最|较)[^时早晚先]*$")
_RESPECTIVE_YEARS = re.compile(
    rf"^(?P<before>在|于|分别在|分别于)?(?P<one>{_A_YEAR})[和与跟及](?P<other>{_A_YEAR})(?P<rest>.*)$"
)


def is_of_all_together(question: Question) -> bool:
    """Whether what several do together is asked for ("上海和江苏共同…"), and not each alone."""
    return bool(TOGETHER.search(question.text)) and not ONE_BY_ONE.search(question.text)


def companies_apart(question: Question) -> list[str]:
    """One question for each of two companies ("比较甲有限公司和乙有限公司的营收，哪家更高"), with the year that belongs to each."""
    match = _COMPANIES.match(question.folded)
    if (
        match is None
        or re.match("结合|根据|按照?", question.text)
        or not (
            re.match(_GOES_ON_FROM_A_NAME, match.group("rest"))
            or re.search("(?:公司|集团|股份)$", match.group("one"))
        )
        or not any(re.search("(?:公司|集团|股份)$", match.group(each)) for each in ("one", "other"))
    ):
        return []
    if is_of_all_together(question):
        return []
    years, rest = [match.group("year"), match.group("other_year")], match.group("rest")
    if respective := _RESPECTIVE_YEARS.match(rest):
        years = [respective.group("one"), respective.group("other")]
        rest = respective.group("rest")
    elif years[0] and not years[1]:
        years[1] = years[0]
    # "…的营收，哪家公司的营收更高": the first clause names what is asked, the second what is done with it.
    compared = _COMPARED.search(rest)
    rest = re.sub(rf"{_WHICH_COMPANY}.*$", "", rest)
    if compared is not None:
        # "…的债务重组，哪家公司的债务减少金额更大" compares what only the second clause names.
        measure, thing = compared.group("measure"), re.sub(r"^(?:在[^的]*)?的|分别|进行的?", "", rest)
        if thing in measure:
            frame = re.match(r"在[^的]*(?=的)", rest)
            rest = f"{frame.group() if frame else ''}的{measure}"
        elif measure not in rest:
            rest = f"{rest}的{measure}"
    rest = re.sub(rf"分别|{EACH}", "", rest)
    return [f"{year}{match.group(name)}{rest}" for name, year in zip(("one", "other"), years, strict=True)]


_NATIONS_RUN = re.compile(rf"{NATION}(?:[、和与跟及]{NATION})+(?:[两三四]国|[两三]地)?")


def nations_apart(question: Question) -> list[str]:
    """One question for each of two or three nations joined in front of what is asked of each, else none."""
    text = question.text
    run = _NATIONS_RUN.search(text)
    if run is None or is_of_all_together(question):
        return []
    rest = text[run.end() :]
    each = ONE_BY_ONE.search(rest) or re.match(r"[^，,?？]{2,12}(?:[率量额速幅]|时间|日期|冠军)[?？]?$", rest)
    names = re.findall(NATION, run.group())
    if not each or len(names) > _MOST_NATIONS or re.search(r"之间|关系|对[中美日韩欧]", text):
        return []
    rest = re.sub(rf"分别|{EACH}|^{EACH_DOES}", "", rest)
    return [f"{text[: run.start()]}{name}{rest}" for name in names]


_MOST_NATIONS = 4


_JOINED = frozenset("和与跟及、")
THING = frozenset(
    ["n", "nz", "nt", "nl", "ng", "ns", "nr", "nrt", "vn", "an", "eng", "l", "j", "b", "i", "s", "v", "vi", "d", "a", "m", "x", "zg"]
)  # fmt: skip
NO_THING = re.compile(
    r"是|有|为|差|相差|多少|合计|一共|总共|共计|更|还是|达到?|实现|完成|支持|对|在|从|由|说|问|请|想|查|[多少几]|分别|各[是有为达]?|应当?|需要|要求?|可以?|不|了|,|，|[?？]|(?:19|20)\d{2}|年"
)
_SEVERAL_ASKED = r"(?:分别|各自?|相差|差(?=多少|几)|哪个|谁|合计|[两三四]年累计|一共|总共|共计|加起来)"
_BEFORE_ASKING = re.compile(
    rf"[^，,和与?？]{{0,8}}?{_SEVERAL_ASKED}|"
    r"(?:这?[两二三四]个?[者项种类个])?(?:都?是|有|为|达到?|实现了?|完成了?)?(?:多少|几[个家项条]|什么|谁|怎么样|如何)"
)
_WORDS_THAT_ASK = 24
"""Words within which it shows what is asked of two things; the pattern above reads no further."""
_YEAR_LONG = len("2025年")
_OWN_FRAMES = re.compile(
    r"^(?P<before>[^，,]{0,24}?)(?P<one>(?:(?:19|20)\d{2}年)[^，,和与]{2,20})[和与跟及](?P<other>(?:(?:19|20)\d{2}年)[^，,和与]{2,20}?)"
    rf"(?P<rest>[，,].*|{_SEVERAL_ASKED}.*|是[多什哪谁].*)$"
)


def frames_apart(question: Question) -> list[str]:
    """Two things that each bring their own year or place ("上海的产业营收和江苏的产量分别是多少"), else none."""
    folded = question.folded
    match = _OWN_FRAMES.match(folded)
    if match is None:
        tail = re.search(rf"{_SEVERAL_ASKED}|是(?=多少|什么)", folded)
        stem = folded[: tail.start()] if tail else ""
        for joint in re.finditer(r"[和与跟及]", stem):
            one, other = stem[: joint.start()], stem[joint.end() :]
            own = places_in(other)
            if (
                own
                and other.startswith(own[0])
                and places_in(one)
                and len(other) > len(own[0]) + 3
                and len(one) > 4
                and not _is_frame_alone(one)
            ):
                year = re.match(_A_YEAR, one)
                if year and not re.search(_A_YEAR, other):
                    other = year.group() + other
                return [_asked_alone(each + folded[len(stem) :]) for each in (one, other)]
        return []
    before, one, other, rest = match.group("before", "one", "other", "rest")
    if _is_frame_alone(one):
        return []
    # "2025年小麦和2026年小麦的收购价": what follows the same name belongs to both.
    name, others = one[_YEAR_LONG:], other[_YEAR_LONG:]
    one += others.removeprefix(name) if others.startswith(name) else ""
    return [_asked_alone(f"{before}{each}{rest}") for each in (one, other)]


def _is_frame_alone(text: str) -> bool:
    """Whether a text names places and times and nothing of them: "2025年上海"."""
    for place in sorted(places_in(text), key=len, reverse=True):
        text = text.replace(place, "")
    return len(re.sub(rf"{TIME}|(?:19|20)\d{{2}}年?|[省市的在、,，\s]|同期", "", text)) < 2


def _asked_alone(question: str) -> str:
    return re.sub(rf"分别|{EACH}", "", question)


def things_apart(question: Question) -> list[str]:
    """One question for each of two or three things named side by side right before what is asked of them.

    "产量和出口量各是多少" asks for both; "规范和促进…的意见" names one thing, and so does "发展和改革委员会".
    """
    words = _words(question.text)
    in_title = _in_titles(words)
    for number in range(len(words) - 2, 0, -1):
        if words[number][0] not in _JOINED or in_title[number]:
            continue
        towards = words[number + 1][0] == "对"
        after = ["对"] * towards + _run(words, number + 1 + towards, 1)
        before = _run(words, number - 1, -1)
        if towards and words[number - 1 - len(before)][0] == "对":
            before = ["对", *before]
        if not after or not before or not _may_be_asked_of(words, number + 1 + len(after)):
            continue
        tail = "".join(word for word, _ in words[number + 1 + len(after) :])
        tail = tail.lstrip("，, ")
        is_topic = not tail.strip("?？。 ")
        if is_topic and (
            ASKS.search(question.text.rstrip("?？"))
            or number < _SHORTEST_TOPIC
            or question.kind is Kind.SUMMARY
        ):
            continue
        things = [before, after]
        at = number - len(before)
        if at > 1 and words[at - 1][0] == "、" and (first := _run(words, at - 2, -1)):
            things.insert(0, first)
            at -= len(first) + 1
        head = "".join(word for word, _ in words[:at])
        if len(head) == 1 and "\u4e00" <= head <= "\u9fff":
            # The segmenter does not know 个保法.
            things[0] = [head, *things[0]]
            head = ""
        is_of_one = len(before) > 1 and "".join(after) in _ATTRIBUTES
        is_of_one = is_of_one and (is_topic or before[-1] in _ATTRIBUTES)
        if is_of_one:
            # "国葬时间和地点" asks for the 国葬's 地点, "贷款贴息比例和上限分别是多少" for the 上限 of the 贴息.
            things = [before, [*before[:-1], *after]]
        if head.endswith(tuple("和与跟及、")):
            return []
        rest = re.sub(rf"^(?:这?[两二三四]个?[者项种类个])|分别|{EACH}|^{EACH_DOES}", "", tail)
        named = ["".join(each) for each in things] if is_of_one else _whole_things(things)
        parts = [f"{head}{thing}{rest}" for thing in named]
        return [] if set(question.bodies) - set(bodies_in("。".join(parts))) else parts
    return []


EACH_DOES = "各自?(?![地省市县区州国项类种级个部行界方族校家企单])"
"""各 right before what each does ("各打算投入多少"), and not before a noun ("各省")."""
_SHORTEST_TOPIC = 3
_ATTRIBUTES = frozenset(
    ["时间", "地点", "结果", "日期", "原因", "内容", "方式", "名称", "金额", "人数", "对象", "条件", "范围", "目的", "背景", "意义", "影响", "期限",
     "标准", "额度", "上限", "下限", "最高额", "比例", "利率", "有效期", "时限", "流程", "程序", "材料", "依据", "费用", "价格", "税率", "门槛", "频次", "周期"]
)  # fmt: skip
_NAMES_SIDE_BY_SIDE = re.compile(
    r"^(?P<one>[^，,、和与跟及\d的]{2,12})[和与跟及、](?P<other>[^，,、和与跟及\d的]{2,12})"
    r"(?P<rest>(?:19|20)\d{2}年[^，,和与跟及]{2,20}?)(?:分别|各自?)(?P<asks>(?:是|为|有|达到?)?(?:多少|几).*)$"
)


def names_apart(question: Question) -> list[str]:
    """One question for each of two names before a year ("华为和中芯国际2025年营收各多少"), else none."""
    match = _NAMES_SIDE_BY_SIDE.match(question.folded)
    if match is None:
        return []
    one, other, rest, asks = match.group("one", "other", "rest", "asks")
    return [f"{name}{rest}{asks}" for name in (one, other)]


_BARE_MEASURE = re.compile(
    r"(?:总?[产销]量|[出进]口[量额]?|产[值能]|营收|利润|收入|支出|金额|规模|数量|面积|单产|总产|增[速幅]|占比|比重|余额|人数)$"
)


def _whole_things(things: list[list[str]]) -> list[str]:
    """The names of things side by side, each with what it shares with the others.

    Of "新能源汽车产量和销量" the second is "新能源汽车销量", of "货物和服务贸易总额" the first "货物贸易总额".
    """
    if aligned := _aligned(things):
        return aligned
    *firsts, last = things
    named, end = ["".join(first) for first in firsts], "".join(last)
    if RELATION.fullmatch(end):
        return [*named, f"{named[-1]}{end}"]
    if _BARE_MEASURE.fullmatch(end):
        measure = _BARE_MEASURE.search(named[-1])
        return [*named, f"{named[-1][: measure.start()]}{end}" if measure else end]
    if MEASURE.search(fold(end)) and not any(MEASURE.search(fold(each)) for each in named):
        named = [_joined("".join(first), _shared(first, last)) for first in firsts]
    return [*named, end]


def _aligned(things: list[list[str]]) -> list[str]:
    """Two things that differ in one word of the same make: 澳网男单 and 女单冠军 are 澳网男单冠军 and 澳网女单冠军."""
    if len(things) != 2:
        return []
    (*front, one), (other, *rest) = things
    alike = len(one) == len(other) > 1 and one != other and len(set(one) & set(other)) == len(one) - 1
    if not alike or one in rest or (not rest and (not front or MEASURE.search(fold(one)) is None)):
        return []
    return [f"{''.join(front)}{word}{''.join(rest)}" for word in (one, other)]


def _shared(first: list[str], last: list[str]) -> str:
    """What of the last thing's name the first has too: all after the words that match it, else the measure alone.

    "个人和单位缴费比例" shares "缴费比例", "集成电路和工业机器人产量" shares "产量".
    """
    name, like = "".join(first), "".join(last[: len(first)])
    if len(first) < len(last) and (len(name) == len(like) or name[-1] == like[-1]):
        return "".join(last[len(first) :])
    start = len(last)
    while start > 1 and MEASURE.search(fold(last[start - 1])):
        start -= 1
    return "".join(last[start:])


def _joined(thing: str, shared: str) -> str:
    """ "新能源汽车" and "车销量" make "新能源汽车销量"."""
    return thing + (shared[1:] if shared[:1] == thing[-1] else shared)


def _words(question: str) -> list[tuple[str, str]]:
    """Words with their tags; a time at the front is one word, "可支配" is not cut, "2025年" keeps its 年."""
    question = re.sub(r"\s{0,3}([和与跟及、])\s{0,3}", r"\1", question)
    time = re.match(r"(?:(?:19|20)\d{2}年)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?", question)
    front = time.group() if time else ""
    words: list[tuple[str, str]] = [(front, "t")] if front else []
    for word, tag in rjieba.tag(question[len(front) :]):
        if words and words[-1][0] == "可" and word.startswith(("支配", "再生", "持续")):
            words[-1] = (f"可{word}", tag)
        elif words and re.fullmatch(r"\d{4}", words[-1][0]) and word.startswith("年") and len(word) > 1:
            words += [("年", "m"), (word[1:], tag)]
        elif len(word) > 1 and word[0] == "各" and tag == "v":
            words += [("各", "r"), (word[1:], tag)]
        else:
            words.append((word, tag))
    return words


def _may_be_asked_of(words: list[tuple[str, str]], start: int) -> bool:
    """Whether the words from `start` on ask of the things before them, or nothing follows but marks."""
    near = "".join(word for word, _ in words[start : start + _WORDS_THAT_ASK]).lstrip("，, ")
    return bool(_BEFORE_ASKING.match(near)) or (
        not near.strip("?？。 ") and all(not word.strip("?？。，, ") for word, _ in words[start:])
    )


def _in_titles(words: list[tuple[str, str]]) -> list[bool]:
    """Of each word whether a title or a quotation is open before it."""
    found, titles, quotes = [], 0, 0
    for word, _ in words:
        found.append(titles > 0 or quotes > 0)
        titles += word.count("《") - word.count("》")
        quotes += word.count("“") - word.count("”")
    return found


def _run(words: list[tuple[str, str]], start: int, step: int) -> list[str]:
    """The words of a thing's name on one side of the "和"."""
    found: list[str] = []
    while 0 <= start < len(words) and _is_of_a_thing(*words[start]):
        found.append(words[start][0])
        start += step
    return found[::step] if step > 0 else found[::-1]


def _is_of_a_thing(word: str, tag: str) -> bool:
    is_frame = bool(places_in(word)) or word in {"全国", "我国", "中国", "国家"}
    # What the segmenter takes for a time and no time grammar reads is a name that it does not know.
    is_name = tag == "t" and not times_in(word)
    return (
        (tag in THING or is_name)
        and word not in _JOINED
        and not is_frame
        and NO_THING.fullmatch(word) is None
    )
