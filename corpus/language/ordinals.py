"""Which of a row of like things a text names: 第四批, 第8周, 首届, 第三产业."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.language.numerals import number_of

_NUMBER = r"\d{1,4}|[零〇一二两三四五六七八九十百]{1,6}"
_ORDINAL = re.compile(rf"第\s?(?P<number>{_NUMBER})\s?(?P<counted>个\s?[一-鿿]{{2}}|[一-鿿])")
_FIRST = re.compile("首(?P<counted>[批届次轮期部])")
_OTHERWISE_READ = frozenset("条章节款项编季")
"""Parts of a rule and of a year, which are read as such."""


def ordinals_in(text: str) -> dict[str, frozenset[int]]:
    """The numbers that a text names by what they count: {"批": {4}} of 第四批; none of parts of a rule or a year."""
    found: dict[str, set[int]] = {}
    for match in _ORDINAL.finditer(text):
        number, counted = number_of(match.group("number")), match.group("counted").replace(" ", "")
        if number is not None and counted not in _OTHERWISE_READ:
            found.setdefault(counted, set()).add(number)
    for match in _FIRST.finditer(text):
        found.setdefault(match.group("counted"), set()).add(1)
    return {counted: frozenset(numbers) for counted, numbers in found.items()}


def names_another(asked: Mapping[str, frozenset[int]], told: Mapping[str, frozenset[int]]) -> bool:
    """Whether what is told names others of a row than is asked for, and not the one: 第五周's where 第八周 is.

    Args:
        asked: Ordinals of a question.
        told: Those of a sentence with all that stands above it.
    """
    return bool(_told_apart(asked, told))


def other_in_words(asked: str, told: str) -> tuple[str, str] | None:
    """What a question asks for and what is told instead, in words ("第8周", "第5周"); None where that is told or none is."""
    apart = _told_apart(ordinals := ordinals_in(asked), others := ordinals_in(told))
    if not apart:
        return None
    counted = apart[0]
    return _written(ordinals[counted], counted), _written(others[counted], counted)


def _told_apart(asked: Mapping[str, frozenset[int]], told: Mapping[str, frozenset[int]]) -> list[str]:
    return [counted for counted, numbers in asked.items() if counted in told and not numbers & told[counted]]


def _written(numbers: frozenset[int], counted: str) -> str:
    return "、".join(f"第{number}{counted}" for number in sorted(numbers))
