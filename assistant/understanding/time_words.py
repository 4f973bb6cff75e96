"""Words for a time in a question ("2026年一季度", "6号", "前一年"), to be replaced by others when a follow-up names them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.normalize import fold

_YEAR = r"(?:(?:19|20)\d{2}年?|去年|今年|前年|上年|明年|下一年|前一年|后一年|上一年|次年)"
HOLIDAYS = "元旦|春节|清明|五一|端午|中秋|国庆"
"""A pattern of the public holidays."""
_PART = (
    r"(?:前?[一二三四]个?季度|[上下]半年|头一?季|全年|整年|(?:前|头)[一二两三四五六七八九十\d]{1,3}个?月|"
    r"\d{1,2}月?份?[—\-~至到]\d{1,2}月份?|\d{1,2}月[底末]|\d{1,2}月份?(?:\d{1,2}[日号])?|\d{1,2}(?:日|号(?![令文]))|[一二三四五六七八九十]{1,3}月[底末]?|年[底末]|"
    rf"[“\"]?(?:{HOLIDAYS}|过年)[”\"]?(?:假期|小长假|那几天)?)"
)
SINCE_YEAR = re.compile(
    r"(?:自从?|从)?(?<!\d)((?:19|20)\d{2})年?(?:以来|起?至今|到现在|到今[天年]|到如今|(?:开始|起)到现在)"
)
"""A stretch of years that is open at its end: "2020年以来"."""
_JOINED = re.compile(rf"(?:(?:[和与跟及、到至—~-]|以及)(?:{_YEAR}(?:的)?(?:{_PART})?|{_PART}))+")
"""Other times beside the first: "2024年和2025年"."""
_DAY = re.compile(r"\d{1,2}[日号]")
_TIME = re.compile(rf"(?P<year>{_YEAR})(?:的|末|底|初)?(?P<part>{_PART})?|(?P<only>{_PART})")
_TIMES = re.compile(rf"(?:{_TIME.pattern})(?:{_JOINED.pattern})?")
_ONLY_TIME = re.compile(rf"^(?:到|截至|截止|至)?(?:{_YEAR})?的?(?:{_PART})?(?:单月|当月|末|底|时|的)?$")
_MONTHS_END = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})月底")
_UP_TO_A_MONTH = re.compile(r"(?:前|头).+月|1[—\-~至到]\d{1,2}月|前?一季度|上半年")
_EDGES = frozenset("末底初")
_NEXT = {"下一年": 1, "后一年": 1, "次年": 1, "前一年": -1, "上一年": -1, "上年": -1, "往前一年": -1}


@dataclass(frozen=True)
class TimeWords:
    """A time as it is written: its span in the text, its year and its part of the year, each perhaps empty."""

    start: int
    end: int
    year: str
    part: str


def times_in(text: str) -> list[TimeWords]:
    """The times named in a text, in order."""
    return [
        TimeWords(
            match.start(),
            match.end(),
            match.group("year") or "",
            match.group("part") or match.group("only") or "",
        )
        for match in _TIME.finditer(fold(text))
    ]


def time_spans(text: str) -> list[tuple[int, int]]:
    """Begin and end of every time named in a text, with the times joined to it; none where folding changes its length."""
    folded = fold(text)
    return [match.span() for match in _TIMES.finditer(folded)] if len(folded) == len(text) else []


def is_only_time(text: str) -> bool:
    """Whether a text names a time and nothing else."""
    return bool(text) and bool(_ONLY_TIME.match(fold(text)))


def with_time_of(question: str, new: str) -> str:
    """`question` with its time replaced by that named in `new`; what `new` leaves open is kept,
    and times joined to the old one ("2024年和2025年") go with it."""
    told = times_in(new)
    if not told:
        return question
    time, old = told[0], times_in(question)
    joined = re.match(_JOINED.pattern, fold(new)[time.end :])
    if joined:
        run = fold(new)[time.start : time.end + joined.end()]
        return question[: old[0].start] + run + question[old[0].end :] if old else f"{run}{question}"
    year = _counted(time.year, old[0].year if old else "")
    if not old:
        return f"{_spelt(year)}{time.part}{question}"
    first = old[0]
    kept_year = year or first.year
    part = _part(time, first)
    if not first.year and not year:
        kept_year = next((each.year for each in old if each.year), "")
        kept_year = "" if kept_year and kept_year in question[: first.start] else kept_year
    after = question[first.end :]
    if not time.part and not part and question[first.start : first.end][-1:] in _EDGES:
        part = question[first.end - 1]
    if beside := re.match(_JOINED.pattern, fold(after)):
        after = re.sub("分别|各自", "", after[beside.end() :])
    return question[: first.start] + _spelt(kept_year) + part + after.removeprefix("的" * (not part))


def year_beside(word: str, years: list[str]) -> str:
    """The year that "下一年" or "前一年" means after the first of `years`, as they are written; the word itself where there is none."""
    return _counted(word.removeprefix("再"), years[0]) if years else word


def without_times(text: str) -> str:
    """`text` without the times it names."""
    spans = time_spans(text)
    if not spans:
        return text if len(fold(text)) == len(text) else _TIMES.sub("", fold(text))
    ends = [0, *(end for _, end in spans)]
    begins = [*(begin for begin, _ in spans), len(text)]
    *pieces, last = (text[end:begin] for end, begin in zip(ends, begins, strict=True))
    # "第四季度" is a time as "四季度" is.
    return "".join([*(piece.removesuffix("第") for piece in pieces), last])


def _part(time: TimeWords, old: TimeWords) -> str:
    if not time.part:
        return old.part if time.year else ""
    if (ends := _MONTHS_END.fullmatch(time.part)) and _UP_TO_A_MONTH.fullmatch(old.part):
        # "到三月底呢?" after "前两个月" counts from January, too.
        return f"前{ends.group(1)}个月"
    if time.part in {"全年", "整年"}:
        return "全年"
    if _DAY.fullmatch(time.part) and (month := re.match(r"\d{1,2}月", old.part)):
        return month.group() + time.part
    return time.part


def _counted(year: str, before: str) -> str:
    if year in _NEXT and (known := re.match(r"\d{4}", before)):
        return f"{int(known.group()) + _NEXT[year]}年"
    return year


def _spelt(year: str) -> str:
    return f"{year}年" if year.isdigit() else year
