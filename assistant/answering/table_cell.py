"""The cells of a table before they are cited: what was read, in one unit, and apart where two cells stand on one sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.reading.candidate import Candidate
from assistant.table import MISSING
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, plain_value, quantities_in

_SAME_FOR_ALL = re.compile("均|都|同为|皆|一律|各(?=[为达是有占\\d])")
_NOT_EXACT = re.compile(r"[多余]|\d\s*[-—–~～至到]\s*\d")
_SCALES = {4: "万", 8: "亿", 12: "万亿"}


@dataclass(frozen=True)
class CellFound:
    """A cell with the sentence that it stands on.

    Attributes:
        text: Its value with its unit; `MISSING` where none is sure.
        printed: The value as the article prints it, where `text` is in another unit.
        period: The time that the value is told of; empty where the sentence tells of none, or several.
        support: The sentence; None where the part is not answered.
    """

    text: str = MISSING
    printed: str = ""
    period: str = ""
    support: Candidate | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it holds a value."""
        return self.text != MISSING

    @property
    def unsure(self) -> CellFound:
        """The cell without its value."""
        return CellFound(support=self.support)


@dataclass(frozen=True)
class TableFound:
    """A table before it is cited: its heads, that of the names of rows first, and each row's name with its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CellFound, ...]], ...]

    def supports(self) -> Iterator[Candidate]:
        """The sentences that its cells stand on, in order."""
        for _, row in self.rows:
            for cell in row:
                if cell.support is not None:
                    yield cell.support


def period_of(candidate: Candidate) -> str:
    """The one time that a sentence tells of, as it is written in Chinese; empty where it is none or several."""
    periods = list(dict.fromkeys(candidate.periods))
    return periods[0].stretch_in_words if len(periods) == 1 else ""


def told_apart(keys: Sequence[tuple[str, ...]], cells: Sequence[CellFound]) -> list[CellFound]:
    """The cells, where several were read the same value off one sentence each with its own, or none where it is not plain.

    Args:
        keys: The labels of each cell: (合肥, 2024年).
        cells: The cells, in the same order.
    """
    shared: dict[tuple[str, int, str], list[int]] = {}
    for number, cell in enumerate(cells):
        if cell.is_sure and cell.support is not None:
            place = (cell.support.hit.article.id, cell.support.start, cell.text)
            shared.setdefault(place, []).append(number)
    apart = list(cells)
    for numbers in shared.values():
        if len(numbers) > 1 and not _is_for_all(cells[numbers[0]]):
            own = _own_labels([keys[number] for number in numbers])
            for number, label in zip(numbers, own, strict=True):
                apart[number] = _read_beside(cells[number], label, [each for each in own if each != label])
    return apart


def _is_for_all(cell: CellFound) -> bool:
    """Whether the sentence says that its figure is that of each thing it names."""
    return cell.support is not None and bool(_SAME_FOR_ALL.search(cell.support.text))


def _own_labels(keys: list[tuple[str, ...]]) -> list[str]:
    """The one label of each key in which the keys differ; empty labels where they differ in several."""
    differing = [at for at in range(len(keys[0])) if len({key[at] for key in keys}) > 1]
    return [key[differing[0]] if len(differing) == 1 else "" for key in keys]


def _read_beside(cell: CellFound, label: str, others: Sequence[str]) -> CellFound:
    """A cell with the one figure that stands between its label and the next; without a value where that is not one."""
    if cell.support is None or not label:
        return cell.unsure
    read = figure_beside(cell.support.text, label, others, cell.text)
    return replace(cell, text=read) if read else cell.unsure


def figure_beside(text: str, label: str, others: Sequence[str], like: str) -> str:
    """The one figure of a sentence that stands behind a label and before the next one.

    Args:
        text: The sentence: "合肥1.35万亿元、南京1.85万亿元".
        label: Whose figure is wanted: 南京.
        others: The other labels.
        like: A figure in a unit that the wanted one shares.
    """
    folded = fold(text)
    at, wanted = folded.find(fold(label)), quantities_in(like)
    if at < 0 or not wanted:
        return ""
    begin = at + len(fold(label))
    end = min(
        (found for other in others if (found := folded.find(fold(other), begin)) >= 0), default=len(folded)
    )
    figures = [each for each in quantities_in(folded[begin:end]) if each.unit and comparable(each, wanted[0])]
    return figures[0].text if len(figures) == 1 else ""


def in_one_unit(cells: Sequence[CellFound]) -> list[CellFound]:
    """A column in the smallest of its scales (1.2万亿元 beside 4800亿元 is 12000亿元); as it is where not every value is of one unit.

    What is printed stays beside what was rewritten.
    """
    figures = {id(cell): _figure(cell.text) for cell in cells if cell.is_sure}
    known = [each for each in figures.values() if each is not None]
    units = {(each.unit, each.written_unit) for each in known}
    powers = Counter(each.power for each in known)
    if len(known) < len(figures) or len(units) != 1 or len(powers) < 2 or not set(powers) <= set(_SCALES):
        return list(cells)
    power = min(powers)
    return [_rewritten(cell, figure, power) if (figure := figures.get(id(cell))) else cell for cell in cells]


def _figure(text: str) -> Quantity | None:
    """The one exact figure of a value, None where it holds another, a range or an estimate by 多."""
    figures = quantities_in(text)
    if len(figures) != 1 or _NOT_EXACT.search(fold(text)) or figures[0].text not in text:
        return None
    return figures[0]


def _rewritten(cell: CellFound, figure: Quantity, power: int) -> CellFound:
    if figure.power == power:
        return cell
    scaled = f"{plain_value(figure.value.scaleb(-power))}{_SCALES[power]}{figure.written_unit}"
    return replace(cell, text=cell.text.replace(figure.text, scaled), printed=cell.text)


__all__ = ["CellFound", "TableFound", "figure_beside", "in_one_unit", "period_of", "told_apart"]
