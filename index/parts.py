"""The questions inside a question: one for each place, time or thing that it asks of."""

from __future__ import annotations

import re
from datetime import date

import rjieba

from corpus.bodies import bodies_in
from corpus.clean import fold, readable
from corpus.nations import NATION
from corpus.places import lies_within, places_in
from corpus.time_frame import PartialDay, periods_in, years_of
from index.question import MEASURE, Kind, kind_of

_EACH_YEAR = re.compile(
    r"每[一]?年|各年|逐年|历年|分别|变化|演变|走势|梳理|哪[一]?年|各(?:是|为|有)|相比|还是|比|合计|[两三四]年累计|总共|一共|共计|加起来|之和|总和|相差|"
    r"[差多少高低]了?(?:多少|几)|差距|谁|哪个|从[^，,]{4,10}[到至][^，,]{4,24}[升降涨跌]了?(?:多少|几)"
)
_MOST_PARTS = 6


_MORE_BY = r"[多高少低大小快慢](?:了|出)?(?:多少|几)"
_TOGETHER = re.compile(
    r"之间|共同|联合(?!国)|合作(?!社)|携手|签(?!证|发)|协同|接壤|互[相通认]|共建(?![“\"]?一带一路)|合建|同城化|一体化"
)
_ONE_BY_ONE = re.compile(rf"分别|各[自是为有达]?|哪个|谁|更|相差|差距|合计|一共|总共|之和|{_MORE_BY}")
_ASKS = re.compile(r"多少|几|什么|哪|谁|何时|为何|如何|怎[么样]|吗|呢|是否|是不是|有没有|多[大高长久]|[?？]")


def parts_of(question: str, today: date | None = None) -> list[str]:
    """The questions inside a question: one for each place, time or thing it compares, or for each clause that asks.

    A question that asks one thing is returned as it is, alone. "近三年每年" counts from `today`.
    """
    question = readable(question)
    if companies := _companies_apart(question):
        return companies
    if frames := _frames_apart(question):
        return frames
    if years := _years_apart(question, today):
        return years
    if times := _compared_times(question) or _times_apart(question):
        return times
    named = places_in(question)
    places = _apart(named)
    without_wider = question
    for wider in set(named) - set(places):
        without_wider = re.sub(rf"{re.escape(wider)}(?:省|市|自治区)?(?=\S)", "", without_wider, count=1)
    several = re.search(r"[和与跟、及]|分别|各|还是|相比|比", question)
    together = _TOGETHER.search(question) and not _ONE_BY_ONE.search(question)
    if 2 <= len(places) <= 5 and several and not together and kind_of(question) is not Kind.YES_NO:
        parts = [_only_place(without_wider, place, places) for place in places]
        if all(parts):
            return parts
    if nations := _nations_apart(question):
        return nations
    return _clauses_apart(question) or _things_apart(question) or _names_apart(question) or [question]


_A_YEAR = r"(?:(?:19|20)\d{2}年)"
_COMPANIES = re.compile(
    rf"^(?:请?(?:比较|对比)(?:一下)?)?(?P<year>{_A_YEAR}?)(?P<one>[^，,、和与跟及的]{{2,20}})[和与跟及](?P<other_year>{_A_YEAR}?)"
    r"(?P<other>[^，,、和与跟及的在]{2,20}?(?:公司|集团|股份)|[^，,、和与跟及的在于分]{3,12})(?P<rest>(?:在|的|分别|于|各|进行|，|,).*)$"
)
_RESPECTIVE_YEARS = re.compile(
    rf"^(?P<before>在|于|分别在|分别于)?(?P<one>{_A_YEAR})[和与跟及](?P<other>{_A_YEAR})(?P<rest>.*)$"
)


def _companies_apart(question: str) -> list[str]:
    """One question for each of two companies ("比较甲有限公司和乙有限公司的营收，哪家更高"), with the year that belongs to each."""
    match = _COMPANIES.match(fold(question))
    if (
        match is None
        or re.match("结合|根据|按照?", question)
        or not any(re.search("(?:公司|集团|股份)$", match.group(each)) for each in ("one", "other"))
    ):
        return []
    if _TOGETHER.search(question) and not _ONE_BY_ONE.search(question):
        return []
    years, rest = [match.group("year"), match.group("other_year")], match.group("rest")
    if respective := _RESPECTIVE_YEARS.match(rest):
        years = [respective.group("one"), respective.group("other")]
        rest = respective.group("rest")
    elif years[0] and not years[1]:
        years[1] = years[0]
    # "…的营收，哪家公司的营收更高": the first clause names what is asked, the second what is done with it.
    rest = re.sub(r"[，,](?:哪[一]?[家个]|谁)(?:公司|企业)?.*$", "", rest)
    rest = re.sub(r"分别|各自|各(?=是|为|有|达)", "", rest)
    return [f"{year}{match.group(name)}{rest}" for name, year in zip(("one", "other"), years, strict=True)]


_NATIONS_RUN = re.compile(rf"{NATION}(?:[、和与跟及]{NATION})+(?:[两三四]国|[两三]地)?")


def _nations_apart(question: str) -> list[str]:
    """One question for each of two or three nations joined in front of what is asked of each, else none."""
    run = _NATIONS_RUN.search(question)
    if run is None or (_TOGETHER.search(question) and not _ONE_BY_ONE.search(question)):
        return []
    rest = question[run.end() :]
    each = _ONE_BY_ONE.search(rest) or re.match(
        r"[^，,?？]{2,12}(?:[率量额速幅]|时间|日期|冠军)[?？]?$", rest
    )
    names = re.findall(NATION, run.group())
    if not each or len(names) > _MOST_NATIONS or re.search(r"之间|关系|对[中美日韩欧]", question):
        return []
    rest = re.sub(r"分别|各自|各(?=是|为|有|达)", "", rest)
    return [f"{question[: run.start()]}{name}{rest}" for name in names]


_MOST_NATIONS = 4
_ELLIPTIC = re.compile(
    r"(?:又|那|并|分别|主要|具体)*(?:怎[么样]|如何|为什么|为何|什么时[候间]|何时|多少|几|由?谁|哪|什么|有[哪什没几多]|是[谁哪什多几否不]|[该要应能可需][^，,]{0,6}$)|"
    r"[由向在从到以按占达其它该此这那比较与和跟]|完成|实现|落实|适用|用于|包括|属于|同比|环比|增长|下降"
)


_FEW_LETTERS = 3


def _clauses_apart(question: str) -> list[str]:
    """Two clauses that each ask, where the second can stand alone, in the year and place that the first begins with.

    "什么是新质生产力,怎么发展?" asks the second of the first's topic and stays whole.
    """
    clauses = [clause.strip() for clause in re.split(r"[,，;；?？]", question) if clause.strip()]
    if len(clauses) != 2 or not all(_ASKS.search(clause) and len(clause) >= 3 for clause in clauses):
        return []
    first, second = clauses
    if second.endswith("呢"):
        return _asked_again(first, second.removesuffix("呢").removeprefix("那么").removeprefix("那"))
    own = re.sub(rf"{_ASKS.pattern}|(?:19|20)\d{{2}}年|[是有为了的各儿]", "", second)
    if not _NO_SUBJECT.match(second) and (_ELLIPTIC.match(second) or len(own) < _FEW_LETTERS):
        return []
    second = _with_subject(second, first)
    year = re.match(r"(?:19|20)\d{2}年", fold(first))
    lacks_year = year is not None and not re.search(r"(?:19|20)\d{2}|[去今明前]年", fold(second))
    return [first, f"{year.group()}{second}" if year is not None and lacks_year else second]


_NO_SUBJECT = re.compile(
    r"(?:它们?|他们?|她们?|其(?![中他余次实它])|该[片剧书人司])的?(?=.)|(?=被|共|又|累计|总共|一共)"
)


def _with_subject(clause: str, first: str) -> str:
    """A second clause that says "它的" or names no one, with what the first clause begins with."""
    begins = _NO_SUBJECT.match(clause)
    if begins is None:
        return clause
    title = re.search(r"《[^》]+》", first)
    subject = title.group() if title else ""
    for word, tag in rjieba.tag("" if title else first):
        if tag not in _THING or _NO_THING.fullmatch(word) or tag.startswith("v"):
            break
        subject += word
    return (
        f"{subject}{'的' if begins.group().endswith('的') else ''}{clause[begins.end() :]}"
        if subject
        else clause
    )


def _asked_again(first: str, other: str) -> list[str]:
    """`first` and the same of another place or year ("上海的规模多大?江苏呢?"), else none."""
    for names in (places_in, _years_named):
        old, new = names(first), names(other)
        if len(old) == len(new) == 1 and other == new[0]:
            return [first, first.replace(old[0], other, 1)]
    return []


def _years_named(text: str) -> list[str]:
    return re.findall(r"(?:19|20)\d{2}年", text)


_YEARS_RUN = re.compile(
    r"(?:从)?(?<!\d)(?:19|20)\d{2}年?(?:(?:[、,，和与跟及至到—~-]|以及|还是|相比|比)+(?:19|20)\d{2}年?)+(?:之间|期间|间)?|"
    r"(?:最近|近|过去|这)[两二三四五六]年|[“\"]?十[一二三四五]五[”\"]?(?:时期|期间)"
)


_JOINED_YEARS = re.compile(r"(?:19|20)\d{2}年?(?:[、,，和与跟及]+(?:19|20)\d{2}年?)+")
_SINCE = re.compile(r"(?:自从?|从)?(?<!\d)((?:19|20)\d{2})年(?:以来|至今|到现在|到今年|到如今|开始到现在)")


def _joins_years(run: str, question: str) -> bool:
    """Whether years stand side by side ("2021年和2022年全国棉花产量"), and not for a stretch of time or to be held against each other."""
    return bool(_JOINED_YEARS.fullmatch(run)) and not re.search(r"累计|一样|相同|[两三]年", question)


def _until_now(first: int, now: int) -> str:
    """ "2021年以来" as the years up to this one, at most `_MOST_PARTS` of them; as it is where it is this year alone."""
    first = max(first, now - _MOST_PARTS + 1)
    return f"{first}年到{now}年" if first < now else f"{first}年以来"


def _years_apart(question: str, today: date | None) -> list[str]:
    """One question a year where each year of several is asked for ("2021到2024年每年的赤字率"), else none."""
    folded = fold(question)
    if today is not None:
        folded = _SINCE.sub(lambda match: _until_now(int(match.group(1)), today.year), folded)
    run = _YEARS_RUN.search(folded)
    if run is None or not (_EACH_YEAR.search(folded) or _joins_years(run.group(), folded)):
        return []
    day = PartialDay(today.year, today.month, today.day) if today else None
    named = run.group().replace("最近", "过去").replace("近", "过去").replace("这", "过去")
    years = years_of(periods_in(named, day)) if "年" in named or "五" in named else []
    years = sorted(set(years) | {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", named)})
    if not 2 <= len(years) <= _MOST_PARTS:
        return []
    rest = re.sub(r"^(年?)相比[，,]?", r"\1", folded[run.end() :])
    rest = re.sub(r"每[一]?年的?|各年的?|逐年的?|历年的?|分别|各(?=是|为|有)", "", rest)
    rest = re.sub(r"哪[一]?年(?:的)?(?:更|最)?[高低多少快大]?", "", rest.removeprefix("年"))
    before = re.sub(r"是$", "", _ASKS_FOR_SUMMARY.sub("", folded[: run.start()]))
    return [f"{before}{year}年{_ASKS_FOR_SUMMARY.sub('', rest)}" for year in years]


_ASKS_FOR_SUMMARY = re.compile(
    r"^(?:请|把|帮我)?(?:总结|概括|综述|梳理|归纳|列出)(?:一下)?|是?(?:怎么|如何)(?:变化|演变)的?|的?(?:变化|演变|走势)(?:情况)?|的?(?=实际情况$)|情况$"
)
_TIME = (
    r"(?:(?:19|20)\d{2}年)?的?(?:\d{1,2}月(?:\d{1,2}[日号])?(?!\s*[至到—~-])|[上下]半年|前?[一二三四]个?季度|全年|"
    r"[“\"]?(?:元旦|春节|清明|五一|端午|中秋|国庆)[”\"]?(?:假期|小长假|节)?)"
)
_TIMES_RUN = re.compile(
    rf"({_TIME})(?:[、和与跟及]|以及|还是|相比|同|比)((?:19|20)\d{{2}}年的?)?({_TIME})(?!以?[前后])"
)
_ENDS_OF_RUN = r"(?:这?[两二三]个?(?:月份?|季度|假期|时段)|相比|之间)?"


_STRETCH = rf"(?:(?:19|20)\d{{2}}年)?(?:\d{{1,2}}月?[至到—~-]\d{{1,2}}月|{_TIME})|(?:19|20)\d{{2}}年"
_COMPARED_TIMES = re.compile(
    rf"^(?P<before>.*?)(?P<one>{_STRETCH})(?P<thing>[^，,比]{{0,24}}?)(?:比|还是)(?P<other>{_STRETCH})的?"
    # "比2024年增长多少" is told in so many words.
    r"(?P<more>(?!同比|增长|上[升涨]|下降|[涨降跌])(?:同期)?[^，,。]{0,6}?"
    r"(?:(?:[多少高低大小快慢]|增加|扩大|减少|提高|降低)[^，,。]{0,4}?(?:多少|几)|[高低多少大小快慢]).*)$"
)


def _compared_times(question: str) -> list[str]:
    """Two times of one thing held against each other ("2025年的赤字规模比2024年扩大了多少"), else none."""
    folded = fold(question).rstrip("?？")
    match = _COMPARED_TIMES.match(folded)
    if match is None:
        return []
    before, one, thing, other, more = match.group("before", "one", "thing", "other", "more")
    if (year := re.match(r"(?:19|20)\d{2}年", one)) and not re.match(r"(?:19|20)\d{2}年", other):
        other = year.group() + other
    # "比4月多用了多少电" names the thing at the end.
    named = re.search(r"(?:多少|几)[个万亿]?([^多少几]{0,8})$", more)
    verb = re.match(r"(?:多|少)([^了多少几]{0,3})了?(?:出)?(?:多少|几)", more)
    thing = re.sub(r"[高低多少大小快慢]$", "", thing)
    thing += "" if thing.strip("的") else f"{verb.group(1) if verb else ''}{named.group(1) if named else ''}"
    if not (before + thing).strip("的，, "):
        return []
    return [f"{before.removesuffix('是')}{time}{thing}是多少" for time in (one, other)]


def _times_apart(question: str) -> list[str]:
    """One question for each of two months, quarters or holidays ("2026年4月和5月哪个月更高"), else none."""
    folded = fold(question)
    run = _TIMES_RUN.search(folded)
    if run is None:
        return []
    first, year, second = run.groups()
    own_year = re.match(r"(?:19|20)\d{2}年", first)
    if own_year and not year and not re.match(r"(?:19|20)\d{2}年", second):
        second = own_year.group() + second
    rest = re.sub(rf"^{_ENDS_OF_RUN}[，,]?", "", folded[run.end() :])
    rest = re.sub(r"哪[一]?个?(?:月份?|季度|假期|时段)(?:的)?(?:更|最)?[高低多少快大]?", "", rest)
    return [f"{folded[: run.start()]}{time}{rest}" for time in (first, f"{year or ''}{second}")]


_JOINED = frozenset("和与跟及、")
_THING = frozenset(
    ["n", "nz", "nt", "nl", "ng", "ns", "nr", "nrt", "vn", "an", "eng", "l", "j", "b", "i", "s", "v", "vi", "d", "a", "m", "x", "zg"]
)  # fmt: skip
_NO_THING = re.compile(
    r"是|有|为|差|相差|更|还是|达到?|实现|完成|支持|对|在|从|由|说|问|请|想|查|[多少几]|分别|各[是有为达]?|应当?|需要|要求?|可以?|不|了|,|，|[?？]|(?:19|20)\d{2}|年"
)
_SEVERAL_ASKED = r"(?:分别|各自?|相差|差(?=多少|几)|哪个|谁|合计|[两三四]年累计|一共|总共|共计|加起来)"
_BEFORE_ASKING = re.compile(
    rf"[^，,和与?？]{{0,8}}?{_SEVERAL_ASKED}|"
    r"(?:这?[两二三四]个?[者项种类个])?(?:都?是|有|为|达到?|实现了?|完成了?)?(?:多少|几[个家项条]|什么|谁|怎么样|如何)"
)
_YEAR_LONG = len("2025年")
_OWN_FRAMES = re.compile(
    r"^(?P<before>[^，,]{0,24}?)(?P<one>(?:(?:19|20)\d{2}年)[^，,和与]{2,20})[和与跟及](?P<other>(?:(?:19|20)\d{2}年)[^，,和与]{2,20}?)"
    rf"(?P<rest>[，,].*|{_SEVERAL_ASKED}.*|是[多什哪谁].*)$"
)


def _frames_apart(question: str) -> list[str]:
    """Two things that each bring their own year or place ("上海的产业营收和江苏的产量分别是多少"), else none."""
    folded = fold(question)
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
    return len(re.sub(rf"{_TIME}|(?:19|20)\d{{2}}年?|[省市的在、,，\s]|同期", "", text)) < 2


def _asked_alone(question: str) -> str:
    return re.sub(r"分别|各自|各(?=是|为|有|达)", "", question)


def _things_apart(question: str) -> list[str]:
    """One question for each of two or three things named side by side right before what is asked of them.

    "产量和出口量各是多少" asks for both; "规范和促进…的意见" names one thing, and so does "发展和改革委员会".
    """
    words = _words(question)
    for number in range(len(words) - 2, 0, -1):
        if words[number][0] not in _JOINED or _is_in_title(words, number):
            continue
        towards = words[number + 1][0] == "对"
        after = ["对"] * towards + _run(words, number + 1 + towards, 1)
        before = _run(words, number - 1, -1)
        if towards and words[number - 1 - len(before)][0] == "对":
            before = ["对", *before]
        tail = "".join(word for word, _ in words[number + 1 + len(after) :])
        tail = tail.lstrip("，, ")
        is_topic = not tail.strip("?？。 ")
        if not after or not before or not (is_topic or _BEFORE_ASKING.match(tail)):
            continue
        if is_topic and (
            _ASKS.search(question.rstrip("?？"))
            or number < _SHORTEST_TOPIC
            or kind_of(question) is Kind.SUMMARY
        ):
            continue
        things = [before, after]
        at = number - len(before)
        if at > 1 and words[at - 1][0] == "、" and (first := _run(words, at - 2, -1)):
            things.insert(0, first)
            at -= len(first) + 1
        head = "".join(word for word, _ in words[:at])
        if is_topic and len(before) > 1 and "".join(after) in _ATTRIBUTES:
            # "国葬时间和地点" asks for the 国葬's 地点.
            things = [before, [*before[:-1], *after]]
        if head.endswith(tuple("和与跟及、")):
            return []
        rest = re.sub(r"^(?:这?[两二三四]个?[者项种类个])|分别|各自?(?=是|为|有|达|多少|几)", "", tail)
        parts = [f"{head}{thing}{rest}" for thing in _whole_things(things)]
        return [] if set(bodies_in(question)) - set(bodies_in("。".join(parts))) else parts
    return []


_SHORTEST_TOPIC = 3
_ATTRIBUTES = frozenset(
    ["时间", "地点", "结果", "日期", "原因", "内容", "方式", "名称", "金额", "人数", "对象", "条件", "范围", "目的", "背景", "意义", "影响", "期限"]
)  # fmt: skip
_NAMES_SIDE_BY_SIDE = re.compile(
    r"^(?P<one>[^，,、和与跟及\d的]{2,12})[和与跟及、](?P<other>[^，,、和与跟及\d的]{2,12})"
    r"(?P<rest>(?:19|20)\d{2}年[^，,和与跟及]{2,20}?)(?:分别|各自?)(?P<asks>(?:是|为|有|达到?)?(?:多少|几).*)$"
)


def _names_apart(question: str) -> list[str]:
    """One question for each of two names before a year ("华为和中芯国际2025年营收各多少"), else none."""
    match = _NAMES_SIDE_BY_SIDE.match(fold(question))
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
    question = re.sub(r"\s*([和与跟及、])\s*", r"\1", question)
    time = re.match(r"(?:(?:19|20)\d{2}年)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?", question)
    front = time.group() if time else ""
    words: list[tuple[str, str]] = [(front, "t")] if front else []
    for word, tag in rjieba.tag(question[len(front) :]):
        if words and words[-1][0] == "可" and word.startswith(("支配", "再生", "持续")):
            words[-1] = (f"可{word}", tag)
        elif words and re.fullmatch(r"\d{4}", words[-1][0]) and word.startswith("年") and len(word) > 1:
            words += [("年", "m"), (word[1:], tag)]
        else:
            words.append((word, tag))
    return words


def _is_in_title(words: list[tuple[str, str]], number: int) -> bool:
    before = "".join(word for word, _ in words[:number])
    return before.count("《") > before.count("》") or before.count("“") > before.count("”")


def _run(words: list[tuple[str, str]], start: int, step: int) -> list[str]:
    """The words of a thing's name on one side of the "和"."""
    found: list[str] = []
    while 0 <= start < len(words) and _is_of_a_thing(*words[start]):
        found.append(words[start][0])
        start += step
    return found[::step] if step > 0 else found[::-1]


def _is_of_a_thing(word: str, tag: str) -> bool:
    is_frame = bool(places_in(word)) or word in {"全国", "我国", "中国", "国家"}
    return tag in _THING and word not in _JOINED and not is_frame and _NO_THING.fullmatch(word) is None


def _apart(places: list[str]) -> list[str]:
    """Places without those that hold another of them: "江苏苏州" is one place."""
    return [
        place for place in places if not any(place != other and lies_within(other, place) for other in places)
    ]


def _only_place(question: str, kept: str, places: list[str]) -> str:
    """`question` with the run of joined places ("上海和江苏") cut down to one of them; "上海的GDP比江苏高多少" is one too."""
    names = "|".join(re.escape(place) for place in places)
    joint = r"[和与跟、及]|以及|还是" + ("|比" if re.search(_MORE_BY, question) else "")
    run = re.compile(
        rf"(?:{names})(?:省|市)?(?:(?:{joint})(?:{names})(?:省|市)?)+(?:这?[两二三四五]个?(?:地|省|市|省份|城市|地区))?(?:相比[，,]?)?"
    )
    if not run.search(question):
        apart = re.compile(
            rf"(?:{names})(?:省|市)?(?P<thing>[^，,]{{2,20}}?)比(?:{names})(?:省|市)?的?(?={_MORE_BY})"
        )
        return apart.sub(rf"{kept}\g<thing>", question) if len(places) == 2 and apart.search(question) else ""
    if _GOES_ON.match(question, max(match.end() for match in run.finditer(question))):
        return ""
    return re.sub(r"分别|各自|各", "", run.sub(kept, question))


_GOES_ON = re.compile(r"双城|地区双城|经济[圈区带]|城市群|平原|都市圈")
"""What belongs to the last name of a run of places alone: "成渝地区双城经济圈"."""
