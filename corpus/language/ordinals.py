"""Which of a row of like things a text names: 第四批, 第8周, 首届, 第三产业."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.language.numerals import number_of

_NUMBER = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百]{1,6})"
_TO = r"\s?[至到—~\-]\s?"
_COUNTED = r"(?:个\s?[一-鿿]{2}|[一-鿿])"
_RUN = re.compile(
    rf"第\s?(?P<numbers>{_NUMBER}(?:(?:{_TO}|\s?[、，,和及与]\s?|以及)第?\s?{_NUMBER})*)\s?(?P<counted>{_COUNTED})"
)
"""第四批, 第一、二批, 第一和第二批, 第一至第三批."""
_FROM_TO = re.compile(rf"第\s?({_NUMBER})\s?({_COUNTED}){_TO}第?\s?({_NUMBER})\s?\2")
_OF_A_SERIES = re.compile(
    rf"(?<![第月〕\]）)\d.])(?P<number>{_NUMBER})号(?=[一-鿿]{{2}})(?!文件?|公告|通知|令|规定|以[前后]|[上下]午|起|至|开始|召开|印发|发布)"
)
"""三号泊位, 2号线路, without a 第; no day and no number of a document."""
_RANGE = re.compile(rf"({_NUMBER}){_TO}第?\s?({_NUMBER})")
_IN_WORDS = ((re.compile("首([批届次轮期部])"), 1), (re.compile("再(次)"), 2))
_OTHERWISE_READ = frozenset("条章节款项编季和及与至到以时方者书线手")
"""Parts of a rule and of a year, which are read as such, and what makes a name (第三方) or no ordinal of the one before."""
_LONGEST_RANGE = 100


def ordinals_in(text: str) -> dict[str, frozenset[int]]:
    """The numbers that a text names by what they count: {"批": {4}} of 第四批; none of parts of a rule or a year."""
    found: dict[str, set[int]] = {}
    for match in _RUN.finditer(text):
        _add(found, match.group("counted"), _numbers_of(match.group("numbers")))
    for match in _FROM_TO.finditer(text):
        _add(found, match.group(2), _between(match.group(1), match.group(3)))
    for match in _OF_A_SERIES.finditer(text):
        _add(found, "号", _numbers_of(match.group("number")))
    for pattern, number in _IN_WORDS:
        for match in pattern.finditer(text):
            _add(found, match.group(1), {number})
    return {counted: frozenset(numbers) for counted, numbers in found.items()}


def _add(found: dict[str, set[int]], counted: str, numbers: set[int]) -> None:
    counted = counted.replace(" ", "")
    if numbers and counted not in _OTHERWISE_READ:
        found.setdefault(counted, set()).update(numbers)


def _numbers_of(run: str) -> set[int]:
    numbers = {number for each in re.findall(_NUMBER, run) if (number := number_of(each)) is not None}
    for match in _RANGE.finditer(run):
        numbers |= _between(*match.groups())
    return numbers


def _between(first: str, last: str) -> set[int]:
    one, other = number_of(first), number_of(last)
    if one is None or other is None or not 0 <= other - one <= _LONGEST_RANGE:
        return {each for each in (one, other) if each is not None}
    return set(range(one, other + 1))


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
