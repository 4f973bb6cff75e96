"""A series that one sentence tells in a row: "2021年至2023年粮食产量分别为68285万吨、68653万吨和69541万吨"."""

from __future__ import annotations

import re

from corpus.language.normalize import fold
from corpus.language.quantities import quantities_in, unit_after

_LONGEST = 600
_YEAR = r"(?:19|20)\d{2}"
_TIMES = rf"(?:{_YEAR}年?\s?[到至—–~\-]+\s?{_YEAR}年|{_YEAR}年?(?:\s?[、,，和与及]\s?{_YEAR}年?)+(?<=年))"
_ROW = re.compile(
    rf"(?P<times>{_TIMES})(?P<thing>[^。；;分]{{0,60}}?)(?:分别|依次)(?P<verb>(?:为|是|达到?了?|实现|完成|有|占)?)(?P<figures>[^。；;]*?)(?=[。；;]|$)"
)
_SEVERAL_THINGS = re.compile(r"[、]|[和与及](?=[^，,]*$)")
_BETWEEN = re.compile(r"\s*(?:[、，,和与及]|以及)\s*")
_COMMA_OF_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BARE = re.compile(r"\d[\d.]*")


def told_in_a_row(sentence: str) -> list[tuple[str, dict[int, str]]]:
    """The rows of a sentence: what is measured, and the figure of each year; none where a row does not fit its years one to one.

    Args:
        sentence: A sentence; of a very long one nothing is read.
    """
    if len(sentence) > _LONGEST:
        return []
    text = _COMMA_OF_THOUSANDS.sub("", fold(sentence))
    found = []
    for match in _ROW.finditer(text):
        years, thing = _years(match.group("times")), match.group("thing")
        if len(years) != len(set(years)) or years != sorted(years) or _SEVERAL_THINGS.search(thing):
            continue
        figures = _figures(match.group("figures"), len(years))
        if figures:
            found.append((thing.strip("，, 的"), dict(zip(years, figures, strict=True))))
    return found


def _years(times: str) -> list[int]:
    named = [int(year) for year in re.findall(_YEAR, times)]
    if re.search(r"[到至—–~\-]", times):
        return list(range(named[0], named[-1] + 1))
    return named


def _figures(text: str, wanted: int) -> list[str]:
    """As many figures as are wanted from the beginning of a text, all in one unit, which may stand behind the last alone."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    row = []
    for piece in pieces:
        if not _is_figure(piece):
            break
        row.append(piece)
    if len(row) != wanted:
        return []
    last = _BARE.match(row[-1])
    unit = row[-1][last.end() :] if last else ""
    bare = [bool(_BARE.fullmatch(piece)) for piece in row]
    if unit and all(bare[:-1]):
        row = [f"{piece}{unit}" for piece in row[:-1]] + [row[-1]]
    elif any(bare) and not all(bare):
        return []
    told = [quantities_in(piece)[0] for piece in row]
    return row if len({each.unit for each in told}) == 1 else []


def _is_figure(piece: str) -> bool:
    number = _BARE.match(piece)
    return number is not None and (
        number.end() == len(piece)
        or (unit_after(piece, number.end()) == len(piece))
        or piece[number.end() :] in {"%", "‰", "个百分点"}
    )


def figure_of_year(sentence: str, measure: str, year: int) -> str:
    """The figure that a row of a sentence tells of a year; empty where there is no one such row.

    Args:
        sentence: The sentence.
        measure: The word that names what is measured; the row must be of it.
        year: The year.
    """
    told = {row[year] for thing, row in told_in_a_row(sentence) if year in row and measure in thing}
    return told.pop() if len(told) == 1 else ""


__all__ = ["figure_of_year", "told_in_a_row"]
