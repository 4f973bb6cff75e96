"""Which times a text names: "今年", "去年" and "过去五年" count from a day that is given."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from corpus.language.document_number import without_document_numbers
from corpus.language.normalize import fold
from corpus.language.numerals import number_of
from corpus.language.periods import PARTIAL_DATE, Period, of_day, of_months, of_years

_CHINESE_YEAR = re.compile(r"[一二][〇零○o0九八七六五四三二一]{3}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:年|[—–\-~至到]\s*(?:19|20)\d{2}))")
RANGE_OF_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[—–\-~至到]+\s*((?:19|20)\d{2})(?=\s*年|[)）》])"
)
"""Years from which to which: "2021—2025年"."""
_RANGE_FROM = re.compile(r"从\s*((?:19|20)\d{2})年[^，,。；;]{0,8}?[到至]\s*((?:19|20)\d{2})年(?:底|末)?")
TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
"""A year as titles write it, with or without 年."""
# "比上年增长" compares with a year, it does not tell of it; "当地上年度平均工资" is of whichever year a rule is applied in.
_LAST_YEAR = re.compile(
    r"(?<![比较同与和])(?:去年|上年|上一年|过去一年|一年来|过去的一年)(?!同期|同月|同季|结转|度(?!末))"
)
_LAST_YEAR_NAMED = re.compile("去年|上年")
# "一年内", "若干年内" and "当年内" are stretches or of whichever year.
_THIS_YEAR = re.compile(
    r"今年|本年|(?<![一二两三四五六七八九十百千几多半\d每近去同跨财干数然学当该老])年内|新的一年|今后一年"
)
# "目前年产十万吨" and "以前年度" name no year.
_BEFORE_LAST = re.compile(r"(?<![比较目以之当提日此])前年")
_PAST_YEARS = re.compile(r"过去(?:的)?([二三四五六七八九十])年|([二三四五六七八九十])年来")
_PLAN = re.compile(
    r"(?<![一二三四五六七八九十])[“\"'「]?([一二三]?[十]?[一二三四五六七八九十])五[”\"'」]?(?=时期|期间|规划|计划|以来|末|[”\"'」])"
)
_FIRST_YEAR_OF_FIRST_PLAN = 1953
_PLANS_IN_STEP_FROM = 1981
LONGEST_RANGE = 10
"""Years from the first to the last of a stretch beyond which it is no time that a sentence tells of."""
# Looking back further, for each of many months, would take the square of a long sentence's time.
_LOOKED_BACK = 500
# Years before and after any article's can be counted from these without leaving the calendar.
_EARLIEST_YEAR, _LATEST_YEAR = 1000, 9000
# "比2023年增长" compares; "1 9 9 8 年" is how some extracts print a year.
_COMPARED_YEAR = re.compile(
    r"(?:比|较) ?(?:19|20)\d{2} ?年(?:同期|全年|底|末)?|[与和同跟] ?(?:19|20)\d{2} ?年(?:同期)?(?:相比|同比|比较)|(?:19|20)\d{2} ?年同期|"
    r"在 ?(?:19|20)\d{2} ?年[^，。]{0,16}基础上"
)
_FORMER_PLAN = r"[“\"'「]?[一二三]?十?[一二三四五六七八九十]五[”\"'」]?(?:时期|期间)?(?:[初末]|同期)?"
_COMPARED_PLAN = re.compile(rf"(?:比|较|高于|低于|超过){_FORMER_PLAN}|[与和同跟]{_FORMER_PLAN}(?:相比|比较)")
"""What a figure of one plan is held against: "规模比“十三五”末翻了一番"."""
_SINCE = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?:\d{1,2}月)?以来")
_PLAN_AS_TIME = re.compile(r"([一二三]?[十]?[一二三四五六七八九十])五[”\"'」]?(?:时期|期间)")
_SPACED = re.compile(r"(?<=\d) (?=\d(?: \d| ?年)|[-—~至到])|(?<=[-—~至到]) (?=\d)")
_PART = re.compile(
    r"(?P<year>(?:19|20)\d{2}年|今年|去年|上年|本年|明年|前年)?的?(?:"
    r"(?P<half>[上下])半年|[前头](?P<quarters>[二三四2-4两])个?季度|(?:第|头)?(?P<quarter>[一二三四1-4])(?:季度|(?<=头[一二三四])季)|"
    r"(?:前|头|开年)(?P<first>[两二三四五六七八九十\d]{1,2})个?月|"
    r"(?<!\d)(?P<from>\d{1,2})月?(?:份)?[至到—~-]{1,2}(?P<to>\d{1,2})月(?!\d{1,2}[日号])|"
    r"(?<![\d.第])(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})[日号]?(?:[至到—~-]{1,2}(?P<until>\d{1,2})[日号])?)?)"
)
_DAY_OF_MONTH = re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}[日号]")
_DAY_ALONE = re.compile(
    r"(?<![\d.至到—~第a-z-])(?<![a-z] )(?<!(?<!本)月)(\d{1,2})(?:日|号(?!令|文件?|公告|通知|决定|线|楼|院|台风|机组|店|井|矿|馆|门|仓|油))(?:[至到—~-]{1,2}(\d{1,2})[日号])?(?!内|后)"
)
_LAST_MONTH = re.compile(r"(?<![比较])上个?月(?!同期)")
_NAMES_A_YEAR = re.compile(r"(?:19|20)\d{2}|[今去前明本上]年|五[”\"]")
_MONTHS_AHEAD = 5
_DAYS_AHEAD = 5


def years_in(text: str, article_year: int | None) -> list[int]:
    """The years named in `text`, "今年" and "去年" counted from `article_year` when it is known."""
    return years_of(_periods_of_years(_folded(text), article_year))


def ranges_of_years(text: str) -> tuple[list[Period], str]:
    """The stretches of several years that a text names, "从2024年开始到2025年底", and the text without them."""
    folded = _folded(text)
    found: list[Period] = []
    for pattern in (_RANGE_FROM, RANGE_OF_YEARS):
        for first, last in pattern.findall(folded):
            if 0 < int(last) - int(first) <= LONGEST_RANGE:
                found.append(of_years(int(first), int(last)))
        folded = pattern.sub("", folded)
    return found, folded


def years_of(periods: list[Period]) -> list[int]:
    """The years of periods, in order."""
    return sorted({year for period in periods for year in period.years})


def periods_in(text: str, day: PartialDay | None, year_before: int | None = None) -> list[Period]:
    """The periods named in `text`: years, plans, quarters, months and days.

    Args:
        text: a sentence or a few.
        day: the day that "今年", "上月" and "今天" count from; None when it is not known.
        year_before: the year that a bare "2月" is of where its own sentence names none and `day` is no more than a year.
    """
    folded = _folded(text)
    article_year = day.year if day else None
    wholes = _periods_of_years(folded, article_year)
    parts = _parts_of_years(folded, day, year_before)
    # "2024年前三季度" is no word on the whole of 2024.
    named_only_for_parts = {year for _, year in parts if year is not None} - _years_named_alone(
        folded, article_year
    )
    kept = [whole for whole in wholes if not set(whole.years) <= named_only_for_parts]
    return list(dict.fromkeys([*kept, *(period for period, _ in parts)]))


class PartialDay(NamedTuple):
    """A date of which the month and the day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDay | None:
        """The day of an ISO date that may stop early, as far as the calendar has it; None for an empty one."""
        parts = [int(part) for part in text.split("-")] if PARTIAL_DATE.match(text) else [0]
        if not _EARLIEST_YEAR <= parts[0] <= _LATEST_YEAR:
            return None
        if len(parts) > 1 and not 1 <= parts[1] <= 12:
            return cls(parts[0])
        if len(parts) > 2 and of_day(*parts) is None:
            return cls(*parts[:2])
        return cls(*parts)


def names_a_year(text: str) -> bool:
    """Whether a text names a year or a plan itself: "2025年", "今年", "“十四五”"."""
    return bool(_NAMES_A_YEAR.search(text))


def _folded(text: str) -> str:
    folded = _SPACED.sub("", fold(without_document_numbers(text)))
    return _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), folded)


def _periods_of_years(folded: str, article_year: int | None) -> list[Period]:
    told = _COMPARED_YEAR.sub("", folded)
    folded = _COMPARED_PLAN.sub("", folded)
    found = [of_years(int(year)) for year in _YEAR.findall(told)]
    for first, last in RANGE_OF_YEARS.findall(told):
        if 0 < int(last) - int(first) <= LONGEST_RANGE:
            found.append(of_years(int(first), int(last)))
    if article_year is not None:
        found += _years_counted_from(article_year, folded)
    # "2025年…完成“十四五”目标" speaks of 2025: where a year is named, a plan counts only as a time of its own.
    for number in (_PLAN_AS_TIME if found else _PLAN).findall(folded):
        if years := years_of_plan(number):
            found.append(of_years(years[0], years[-1]))
    return list(dict.fromkeys(found))


def _years_counted_from(article_year: int, folded: str) -> list[Period]:
    """ "今年", "去年", "过去五年" and "2020年以来"."""
    found = [
        of_years(article_year + offset)
        for pattern, offset in ((_LAST_YEAR, -1), (_THIS_YEAR, 0), (_BEFORE_LAST, -2))
        if pattern.search(folded)
    ]
    for match in _PAST_YEARS.finditer(folded):
        count = number_of(match.group(1) or match.group(2)) or 0
        found.append(of_years(article_year - count, article_year - 1))
    for year in map(int, _SINCE.findall(folded)):
        if 0 < article_year - year <= LONGEST_RANGE:
            found.append(of_years(year, article_year))
    return found


def _years_named_alone(folded: str, article_year: int | None) -> set[int]:
    """Years that the text names without a part of the year after them."""
    bare = _PART.sub("", _DAY_OF_MONTH.sub("", folded))
    return set(years_of(_periods_of_years(bare, article_year)))


def _parts_of_years(
    folded: str, day: PartialDay | None, year_before: int | None
) -> list[tuple[Period, int | None]]:
    """Parts of years with the year written right before them, or None."""
    found: list[tuple[Period, int | None]] = []
    years = _YearsBefore(folded)
    for match in _PART.finditer(folded):
        written = _year_written(match.group("year"), day)
        # "今年3月" is of no year that was named before it.
        year = written if match.group("year") else _nearest_year(years, day, year_before, match)
        if year is not None and (period := _part(match, year, day)) is not None:
            found.append((period, written))
    if day is not None and day.month is not None:
        if _LAST_MONTH.search(folded):
            year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
            found.append((of_months(year, month), None))
        if re.search(r"本月(?!底|末|\d)", folded):
            found.append((of_months(day.year, day.month), None))
        if day.day is not None:
            found += [(each, None) for each in _days_alone(folded, date(day.year, day.month, day.day))]
    return found


def _year_written(text: str | None, day: PartialDay | None) -> int | None:
    if not text:
        return None
    if text[:4].isdigit():
        return int(text[:4])
    offset = {"今": 0, "本": 0, "去": -1, "上": -1, "明": 1, "前": -2}[text[0]]
    return day.year + offset if day else None


class _YearsBefore:
    """Which year was named last before each place of a text; looked for once, whatever is asked of it."""

    def __init__(self, folded: str) -> None:
        plain = _COMPARED_YEAR.sub(lambda match: "，" * len(match.group()), folded)
        self._named = [(match.end(), int(match.group(1))) for match in _YEAR.finditer(plain)]
        last_year = _LAST_YEAR_NAMED.search(folded)
        self._last_year_from = last_year.end() if last_year else len(folded) + 1

    def at(self, place: int) -> int | None:
        """The year that was named last before a place, or None."""
        number = bisect_right(self._named, place, key=itemgetter(0))
        return self._named[number - 1][1] if number else None

    def names_last_year(self, place: int) -> bool:
        """Whether "去年" stands somewhere before a place."""
        return self._last_year_from <= place


def _nearest_year(
    years: _YearsBefore, day: PartialDay | None, year_before: int | None, match: re.Match[str]
) -> int | None:
    """The year of a bare "2月": the last one named before it, else of the text, turned back over New Year."""
    named = years.at(match.start())
    if named is not None:
        return named
    if day is not None and years.names_last_year(match.start()):
        return day.year - 1
    if day is None:
        return year_before
    month = match.group("month") or match.group("to")
    if month and day.month is not None:
        # In January "11月" is that of the year before, in November "1月" that of this year.
        return day.year - 1 if int(month) - day.month > _MONTHS_AHEAD else day.year
    return year_before if year_before is not None and day.month is None else day.year


def _part(match: re.Match[str], year: int, day: PartialDay | None) -> Period | None:
    groups = match.groupdict()
    if groups["half"]:
        return of_months(year, 1, 6) if groups["half"] == "上" else of_months(year, 7, 12)
    if groups["quarters"]:
        return of_months(year, 1, 3 * (number_of(groups["quarters"]) or 0))
    if groups["quarter"]:
        number = number_of(groups["quarter"]) or 0
        return of_months(year, 3 * number - 2, 3 * number)
    if groups["first"]:
        count = number_of(groups["first"]) or 0
        return of_months(year, 1, count) if 1 <= count <= 12 else None
    if groups["from"]:
        first, last = int(groups["from"]), int(groups["to"])
        return of_months(year, first, last) if 1 <= first < last <= 12 else None
    month = int(groups["month"])
    if not 1 <= month <= 12:
        return None
    if groups["day"]:
        first_day = of_day(year, month, int(groups["day"]))
        last_day = of_day(year, month, int(groups["until"])) if groups["until"] else first_day
        if first_day is None or last_day is None or last_day.last < first_day.first:
            return None
        return Period(first_day.first, last_day.last)
    return of_months(year, month)


def _days_alone(folded: str, day: date) -> list[Period]:
    """ "今天", "昨天", "23日" and "6日至9日" of a text that is dated to the day."""
    found = []
    for word, offset in (("今[天日](?!后)", 0), ("昨[天日]", -1), ("前天", -2), ("明天", 1)):
        if re.search(word, folded):
            other = date.fromordinal(day.toordinal() + offset)
            found.append(Period(other, other))
    for match in _DAY_ALONE.finditer(folded):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        # "本月3日"; on the 2nd, "30日" is of the month before.
        year, month = day.year, day.month
        if first > day.day + _DAYS_AHEAD:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        begin, end = of_day(year, month, first), of_day(year, month, last)
        if begin is not None and end is not None and begin.first <= end.first:
            found.append(Period(begin.first, end.last))
    return found


def years_of_plan(number: str) -> range:
    """The years of a five-year plan by its Chinese number ("十四" is 2021 to 2025); empty for one unknown.

    The first two plans and the third (after three years of adjustment) had years of their own.
    """
    value = number_of(number)
    if value is None:
        return range(0)
    if value >= 6:
        first = _PLANS_IN_STEP_FROM + 5 * (value - 6)
    else:
        first = {1: _FIRST_YEAR_OF_FIRST_PLAN, 2: 1958, 3: 1966, 4: 1971, 5: 1976}.get(value, 0)
    return range(first, first + 5) if 0 < first < 2100 else range(0)


def year_of_title(title: str) -> int | None:
    """The first year in a title ("2025年政府工作报告"), or None."""
    match = TITLE_YEAR.search(fold(title))
    return int(match.group(1)) if match else None
