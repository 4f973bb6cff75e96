"""The questions inside a question, one for each year, month or holiday that it asks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.stretch import stretch_in, without_stretches
from assistant.understanding.time_words import HOLIDAYS, SINCE_YEAR
from corpus.language.times import PartialDay, periods_in, years_of

if TYPE_CHECKING:
    from assistant.understanding.question import Question

EACH = "各自?(?=[是为有达占要能多几增])"
"""各 before what is asked of each: "各多少", "各占几成"."""
_EACH_YEAR = re.compile(
    r"每[一]?年|各年|逐年|历年|分别|变化|演变|走势|梳理|哪[一]?年|各[是为有达占要多几]|相比|还是|比|合计|[两三四]年累计|总共|一共|共计|加起来|之和|总和|相差|"
    r"[差多少高低]了?(?:多少|几)|差距|谁|哪个|从[^，,]{4,10}[到至][^，,]{4,24}[升降涨跌]了?(?:多少|几)"
)
_MOST_PARTS = 12
_YEARS_RUN = re.compile(
    r"(?:从)?(?<!\d)(?:19|20)\d{2}年?(?:(?:[、,，和与跟及至到—~\-\s]|以及|还是|相比|比)+(?:19|20)\d{2}年?)+(?:之间|期间|间)?|"
    r"(?:最近|近|过去|这)[两二三四五六]年|[“\"]?十[一二三四五]五[”\"]?(?:时期|期间)"
)


_STRETCH_OF_YEARS = re.compile(r"从?(?:19|20)\d{2}年?[到至—~-]+(?:19|20)\d{2}年?(?:之间|期间|间)?")
_CHANGED_BY = re.compile(
    r"(?:[多少高低快慢升降涨跌丢掉]|增[加长]|减少|提高|降低|下降|上升|扩大|缩小)了?出?(?:多少|几)"
)
_OF_EACH_YEAR = re.compile("每[一]?年|各年|逐年|历年|分别|累计|合计|一共|总共|共计")
_JOINED_YEARS = re.compile(r"(?:19|20)\d{2}年?(?:[、,，和与跟及\s]+(?:19|20)\d{2}年?)+")


def _joins_years(run: str, question: str) -> bool:
    """Whether years stand side by side ("2021年和2022年全国棉花产量"), and not for a stretch of time or to be held against each other."""
    return bool(_JOINED_YEARS.fullmatch(run)) and not re.search(r"累计|一样|相同|[两三]年", question)


def _until_now(first: int, now: int) -> str:
    """ "2021年以来" as the years up to this one, at most `_MOST_PARTS` of them; as it is where it is this year alone."""
    first = max(first, now - _MOST_PARTS + 1)
    return f"{first}年到{now}年" if first < now else f"{first}年以来"


def years_apart(question: Question) -> list[str]:
    """One question a year where each year of several is asked for ("2021到2024年每年的赤字率"), else none."""
    folded, today = question.folded, question.today
    stretch = stretch_in(folded)
    if today is not None and not (stretch and stretch.times):
        folded = SINCE_YEAR.sub(lambda match: _until_now(int(match.group(1)), today.year), folded)
    run = _YEARS_RUN.search(folded)
    if run is None or not (_EACH_YEAR.search(folded) or _joins_years(run.group(), folded)):
        return []
    day = PartialDay(today.year, today.month, today.day) if today else None
    named = run.group().replace("最近", "过去").replace("近", "过去").replace("这", "过去")
    years = years_of(periods_in(named, day)) if "年" in named or "五" in named else []
    years = sorted(set(years) | {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", named)})
    if len(years) > 1 and _STRETCH_OF_YEARS.fullmatch(named):
        # What changed from 2020 to 2024 is told of the two; what came together, of each.
        is_change = _CHANGED_BY.search(folded) and not _OF_EACH_YEAR.search(folded)
        years = [years[0], years[-1]] if is_change else list(range(years[0], years[-1] + 1))
    if not 2 <= len(years) <= _MOST_PARTS:
        return []
    rest = re.sub(r"^(年?)相比[，,]?", r"\1", folded[run.end() :])
    rest = without_stretches(re.sub(rf"每[一]?年的?|各年的?|逐年的?|历年的?|分别|{EACH}", "", rest))
    rest = re.sub(r"^[两二三四五六](?:年|个年头)(?:里|间|来|中)", "", rest.removeprefix("年"))
    rest = re.sub(r"哪[一]?年(?:的)?(?:更|最)?[高低多少快大]?", "", rest.removeprefix("年"))
    before = re.sub(r"是$", "", _ASKS_FOR_SUMMARY.sub("", without_stretches(folded[: run.start()])))
    return [f"{before}{year}年{_ASKS_FOR_SUMMARY.sub('', rest)}" for year in years]


_ASKS_FOR_SUMMARY = re.compile(
    r"^(?:请|把|帮我)?(?:总结|概括|综述|梳理|归纳|列出)(?:一下)?|是?(?:怎么|如何)(?:变化|演变)的?|的?(?:变化|演变|走势)(?:情况)?|的?(?=实际情况$)|情况$"
)
TIME = (
    r"(?:(?:19|20)\d{2}年)?的?(?:\d{1,2}月(?:\d{1,2}[日号])?(?!\s*[至到—~-])|[上下]半年|前?[一二三四]个?季度|全年|"
    rf"[“\"]?(?:{HOLIDAYS})[”\"]?(?:假期|小长假|节)?)"
)
_JOINT = "[、和与跟及]|以及|还是|相比|同|比"
_TIMES_RUN = re.compile(rf"{TIME}(?:(?:{_JOINT})(?:(?:19|20)\d{{2}}年的?)?{TIME})+(?!以?[前后])")
_ENDS_OF_RUN = r"(?:这?[两二三]个?(?:月份?|季度|假期|时段)|相比|之间)?"


_A_UNIT = re.compile("[元块人次个家吨斤件辆台套户亩度点项倍天]|人次|万人|百分点|公里|微克|美元")
_STRETCH = rf"(?:(?:19|20)\d{{2}}年)?(?:\d{{1,2}}月?[至到—~-]\d{{1,2}}月|{TIME})|(?:19|20)\d{{2}}年"
_COMPARED_TIMES = re.compile(
    rf"^(?P<before>.*?)(?P<one>{_STRETCH})(?P<thing>[^，,比]{{0,24}}?)(?:比|还是)(?P<other>{_STRETCH})的?"
    # "比2024年增长多少" is told in so many words.
    r"(?P<more>(?!同比|增长|上[升涨]|下降|[涨降跌])(?:同期)?[^，,。]{0,6}?"
    r"(?:(?:[多少高低大小快慢]|增加|扩大|减少|提高|降低)[^，,。]{0,4}?(?:多少|几)|[高低多少大小快慢]).*)$"
)


def compared_times(question: Question) -> list[str]:
    """Two times of one thing held against each other ("2025年的赤字规模比2024年扩大了多少"), else none."""
    folded = question.folded.rstrip("?？")
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
    if not thing.strip("的"):
        ending = named.group(1) if named and not _A_UNIT.fullmatch(named.group(1)) else ""
        thing += f"{verb.group(1) if verb else ''}{ending}"
    if not (before + thing).strip("的，, "):
        return []
    before = re.sub("[是要]$", "", before)
    return [f"{before}{time}{re.sub('要$', '', thing)}是多少" for time in (one, other)]


def times_apart(question: Question) -> list[str]:
    """One question for each of several months, quarters or holidays ("2026年4月和5月哪个月更高"), else none."""
    folded = question.folded
    run = _TIMES_RUN.search(folded)
    if run is None:
        return []
    times = re.split(_JOINT, run.group())
    year = ""
    for number, time in enumerate(times):
        own_year = re.match(r"(?:19|20)\d{2}年", time)
        year = own_year.group() if own_year else year
        times[number] = time if own_year else year + time
    rest = re.sub(rf"^{_ENDS_OF_RUN}[，,]?", "", folded[run.end() :])
    rest = re.sub(r"哪[一]?个?(?:月份?|季度|假期|时段)(?:的)?(?:更|最)?[高低多少快大]?", "", rest)
    return [f"{folded[: run.start()]}{time}{rest}" for time in times]
