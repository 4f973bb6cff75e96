"""Relative years in a question made absolute: asked in 2025, "去年" is 2024."""

from __future__ import annotations

import re
from datetime import date

_OFFSETS = (
    (r"大前年", -3),
    (r"前年(?!度?末?底?报)", -2),
    (r"(?<!同比)(?:去年|上年(?!度)|上一年(?!度)|(?:(?<=[，,。；;])|^)(?:上年度|上一年度))", -1),
    (r"(?:今年|本年度?)", 0),
    (r"(?:明年|下一年度?)", 1),
    (r"后年", 2),
)
_HAS_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
_COMPARED = re.compile(r"(?:比|较|与|和|同)(?:去年|上年|上一年|前一年)")


def with_absolute_years(question: str, today: date) -> str:
    """`question` with its relative years written out, counted from `today`.

    Left alone where the question names a year ("2024年比去年…" counts from 2024, not from today) and where
    the relative year is what something is compared with ("比上年增长多少").
    """
    if _HAS_YEAR.search(question):
        return question
    for pattern, offset in _OFFSETS:
        question = _with_year(question, pattern, f"{today.year + offset}年")
    return question.replace("年年", "年")


def _with_year(question: str, pattern: str, year: str) -> str:
    compared = [match.span() for match in _COMPARED.finditer(question)]

    def absolute(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in compared):
            return match.group()
        # "12345去年" is no number of nine figures.
        return f" {year}" if question[: match.start()][-1:].isdigit() else year

    return re.sub(pattern, absolute, question)
