"""A series that one sentence tells in a row ("2021年至2023年产量分别为6.1亿吨、6.3亿吨和6.5亿吨") or by its ends ("从6.1亿吨增至6.5亿吨")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.language.changes import Change, changes_in
from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.language.quantities import quantities_in, unit_after
from corpus.language.times import RANGE_OF_YEARS
from index.words import content_words

_LONGEST = 600
_FROM = re.compile("[从由]\\s*$")
_YEAR = r"(?:19|20)\d{2}"
_TIMES = rf"(?:{_YEAR}年?\s?[到至—–~\-]+\s?{_YEAR}年|{_YEAR}年?(?:\s?[、,，和与及]\s?{_YEAR}年?)+(?<=年))"
_ROW = re.compile(
    rf"(?P<times>{_TIMES})(?P<thing>[^。；;分]{{0,60}}?)(?:分别|依次)(?P<verb>(?:为|是|达到?了?|实现|完成|有|占)?)(?P<figures>[^。；;]*?)(?=[。；;]|$)"
)
_ENDS_A_SENTENCE = re.compile("[。；;]|(?:19|20)[0-9]{2}年")
_SEVERAL_THINGS = re.compile(r"[、]|[和与及](?=[^，,]*$)")
_BETWEEN = re.compile(r"\s*(?:[、，,和与及]|以及)\s*")
_COMMA_OF_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BARE = re.compile(r"\d[\d.]*")
_SCOPE = re.compile("^(?:全.|我国)$")


def rows_in(sentence: str) -> list[tuple[str, dict[int, str]]]:
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
    return found + [
        (thing, {change.first: change.old, change.last: change.new}) for thing, change in _by_ends(text)
    ]


class _Ends(NamedTuple):
    """What a figure was in the first and in the last of some years."""

    first: int
    last: int
    old: str
    new: str


def year_of_end(text: str, at: int) -> int:
    """The year of the figure at a place of a folded text that tells from what to what something changed over years; 0 where it does not.

    "2023-2024年收入从42亿元增至82亿元": 42亿元 is the figure of 2023.
    """
    for years, change in _changes_over_years(text):
        if at == change.old.start:
            return years[0]
        if at == change.new.start:
            return years[1]
    return 0


def _by_ends(text: str) -> Iterator[tuple[str, _Ends]]:
    for (first, last, end), change in _changes_over_years(text):
        clause = re.split("[，,]", text[end : change.old.start])[-1]
        thing = _FROM.sub("", clause).strip("年 的")
        if not _SEVERAL_THINGS.search(thing):
            yield thing, _Ends(first, last, change.old.quantity.text, change.new.quantity.text)


def _changes_over_years(text: str) -> Iterator[tuple[tuple[int, int, int], Change]]:
    """The changes of a text that follow on years from which to which: these, where they end, and the change."""
    ranges = list(RANGE_OF_YEARS.finditer(text))
    for change in changes_in(text) if ranges else ():
        before = [match for match in ranges if match.end() <= change.old.start]
        if before and not _ENDS_A_SENTENCE.search(text[before[-1].end() : change.old.start]):
            years = before[-1]
            yield (int(years.group(1)), int(years.group(2)), years.end()), change


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


def figure_of_year(sentence: str, question: str, year: int) -> str:
    """The figure that a row of a sentence tells of a year; empty where there is no one such row.

    Args:
        sentence: The sentence.
        question: What is asked for; it must hold all that the row says it is of.
        year: The year.
    """
    rows = [(thing, row[year]) for thing, row in rows_in(sentence) if year in row]
    asked = fold(question)
    fitting = {figure for thing, figure in rows if (thing or len(rows) == 1) and _is_asked_for(thing, asked)}
    return fitting.pop() if len(fitting) == 1 else ""


def _is_asked_for(thing: str, asked: str) -> bool:
    """Whether a question holds each word of what a row is of: 人均 of "人均粮食产量" is none of 粮食产量."""
    return all(
        word in asked for word in content_words(thing) if not _SCOPE.match(word) and not places_in(word)
    )


__all__ = ["figure_of_year", "rows_in", "year_of_end"]
