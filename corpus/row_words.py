"""Rows of a table as a sentence would say them: "玉米产量540.4万吨，同比增长17.8%。".

What reads and compares text knows sentences. A row is printed with the unit in the head of its column or above the table
and with spaces inside its names, so for reading only it is put into words, and every character keeps the place where
it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from corpus.language.normalize import fold
from corpus.language.sentences import Span
from corpus.model import Passage
from corpus.table import BETWEEN_CELLS, head_above, is_head_row, is_row

ADDED = -1
"""The place of a character that is not printed there: a unit brought to its figure, a comma."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BARE = re.compile(r"[-+−△▲]?\d[\d,，.]*")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_HOLDS_A_FIGURE = re.compile(r"\d")
_BEGINS_AS_FIGURE = re.compile(r"[-+−△▲]?[¥￥$]?\d")
_BRACKET = re.compile(r"[（(]([^（()）]{1,16})[）)]")
_SIGNS = "±+-−/、 "
_COUNTED = (
    r"(?:元|美元|欧元|港元|日元|人民币|吨标准煤|标准煤|吨|公斤|千克|克|斤|亩|公顷|平方公里|平方千米|平方米|公里|千米|米|厘米|毫米|立方米|千瓦时|度|千瓦|兆瓦|"
    r"吉瓦|重量箱|标准箱|载重吨|吨公里|人公里|人次|人|名|户|家|台|辆|块|颗|件|个|项|款|种|条|座|所|套|艘|架|头|只|匹|株|桶|箱|部|张|片|册|份|床|支|"
    r"场|次|小时|天|日|个月|年|岁|倍|位|处|孔|米布|gw|mw|kwh|gwh|twh|kw|tb|gb|eb)"
)
_UNIT = re.compile(
    rf"(?:[%％‰]|个?百分点|[十百千]?[万亿]{{0,2}}{_COUNTED}|[十百千]?[万亿]{{1,2}})(?:/[\w/]{{1,8}})?"
)
_HEAD_OF_UNITS = re.compile(r"(?:计量|计算)?单位(?:名称)?")
_UNIT_ABOVE = re.compile(r"单位[:：]\s*([^\s)）；;，,]{1,12})")
_ENDS_IN_PERCENT = re.compile(r"[±]?[%％]$")
_OF_A_CHANGE = re.compile(r"率$|比重|占比|增[长速幅减]|同比|环比|[增升涨跌降]幅|指数|±|位次|名次")
_SINCE_THE_YEAR_BEGAN = re.compile(r"累计|(?<!\d)1[-—–~～至到]\d{1,2}月")
_OF_A_LEVEL = re.compile(r"[额量数值]$")
_SPACE_IN_A_NAME = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_MARK_OF_A_PART = re.compile(
    r"^[\s#＃*]*(?:(?:其中|其)?[:：]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d))?[\s#＃*]*"
)
_SAYS_NOTHING = re.compile(r"绝对[值数量]|(?:指标|数)值|数据")
_FIGURE_WITH_UNIT = re.compile(r"[-+−△▲]?\d[\d,，.]*\s*\D{0,6}")
_LONGEST_UNIT = 8
_LONGEST_SPACED = 12


@dataclass(frozen=True)
class Words:
    """A text as it is read, and for every character its place in the printed text, or `ADDED`."""

    text: str
    places: tuple[int, ...] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """Where the printed `start:end` stands in the text that is read, with the unit that was brought to it; an empty
        span where nothing of it is read.
        """
        inside = [at for at, place in enumerate(self.places) if start <= place < end]
        if not inside:
            return 0, 0
        last = inside[-1] + 1
        while last < len(self.text) and self.places[last] == ADDED and self.text[last] not in "\n，":
            last += 1
        return inside[0], last

    def printed(self, start: int, end: int) -> Span | None:
        """The printed place of `start:end` of what is read; None where nothing of it is printed."""
        inside = [place for place in self.places[start:end] if place != ADDED]
        return (min(inside), max(inside) + 1) if inside else None


class RowCell(NamedTuple):
    """A cell of a row: the head of its column, its value, and where both are printed (a head above the row: `ADDED`)."""

    head: str
    value: str
    head_at: int
    value_at: int

    @property
    def is_figure(self) -> bool:
        """Whether the value is a figure without a unit of its own."""
        return _BARE.fullmatch(fold(self.value)) is not None


@lru_cache(maxsize=4096)
def in_words(text: str, lead: str = "") -> Words:
    """A passage's text with its rows of figures in words; all else as it is.

    Args:
        text: Lines of an article.
        lead: What stands above the first of them (`Passage.lead`): caption, unit and head of its table.
    """
    spoken: list[str] = []
    places: list[int] = []
    above = lead
    at = 0
    for line in _LINE.findall(text):
        bare = line.rstrip("\n")
        words = _row(bare, text, at, lead, _unit_above(above)) if is_row(bare) else None
        if words is None:
            spoken.append(line)
            places += range(at, at + len(line))
            above = above if is_row(bare) else bare
        else:
            spoken += [words.text, line[len(bare) :]]
            places += [place if place == ADDED else place + at for place in words.places]
            places += range(at + len(bare), at + len(line))
        at += len(line)
    return Words("".join(spoken), tuple(places))


def caption_above(passage: Passage) -> str:
    """What names the table that a passage goes on with, so that its rows are found by it too; empty for other passages."""
    return passage.lead if is_row(passage.text.partition("\n")[0]) else ""


def row_cells(line: str, head: str = "") -> list[RowCell]:
    """The cells of a row; `head` is the line of heads above it where the row does not carry them itself."""
    heads = head.split(BETWEEN_CELLS) if head and "：" not in line else []
    parts = line.split(BETWEEN_CELLS)
    if len(heads) != len(parts):
        heads = []
    cells, at = [], 0
    for number, part in enumerate(parts):
        begin = at + len(part) - len(part.lstrip(" |"))
        named, mark, value = part.strip(" |").partition("：")
        if mark:
            cells.append(RowCell(named, value, begin, begin + len(named) + 1))
        else:
            cells.append(RowCell(heads[number].strip() if heads else "", named, ADDED, begin))
        at += len(part) + len(BETWEEN_CELLS)
    return cells


def unit_of_head(head: str) -> tuple[str, str]:
    """The head of a column or name of a row without the unit that it tells, and the unit: ("产量", "万吨") of "产量（万吨）"."""
    for bracket in _BRACKET.finditer(head):
        unit = bracket.group(1).strip(_SIGNS)
        if _UNIT.fullmatch(fold(unit)):
            return head[: bracket.start()] + head[bracket.end() :], unit
    if match := _ENDS_IN_PERCENT.search(head):
        return head[: match.start()], "%"
    stem, mark, unit = re.sub("[/:：]", "/", head).rpartition("/")
    if mark and stem and _UNIT.fullmatch(fold(unit.strip())):
        return head[: len(stem)], unit.strip()
    return head, ""


def units_of(cells: list[RowCell], above: str) -> list[str]:
    """What the figure of each cell is counted in: by its head, the row's name, the row's column of units, or the table."""
    column = next((cell.value for cell in cells if is_unit_column(cell)), "")
    named = next((unit for number in sorted(_names(cells)) if (unit := _unit_of_name(cells[number]))), "")
    units = []
    for cell in cells:
        _, own = unit_of_head(cell.head)
        if not cell.is_figure:
            units.append("")
        elif own:
            units.append(own)
        elif is_change(cell):
            units.append("")
        else:
            units.append(named or column or above)
    return units


def _unit_of_name(cell: RowCell) -> str:
    """The unit that the name of a row tells; "16.7%" is no name."""
    return "" if _FIGURE_WITH_UNIT.fullmatch(fold(cell.value)) else unit_of_head(cell.value)[1]


def joined_name(name: str) -> str:
    """A name without the spaces that set it wide ("玉 米") and without the mark of a part ("# 水稻", "其中：水稻")."""
    bare = _MARK_OF_A_PART.sub("", name).strip()
    return _SPACE_IN_A_NAME.sub("", bare) if len(bare) <= _LONGEST_SPACED else bare


def is_change(cell: RowCell) -> bool:
    """Whether a cell tells a share or by how much something changed, not how much it is."""
    head = unit_of_head(cell.head)[0]
    return bool(_OF_A_CHANGE.search(head)) and not _OF_A_LEVEL.search(head)


def tells_sum(head: str) -> bool:
    """Whether a head tells what came together since the year began: "累计值", "1-4月"."""
    return bool(_SINCE_THE_YEAR_BEGAN.search(fold(head)))


def is_unit_column(cell: RowCell) -> bool:
    """Whether a cell tells what the other figures of its row are counted in."""
    named = _SPACE_IN_A_NAME.sub("", cell.head.strip())
    return bool(_HEAD_OF_UNITS.fullmatch(named)) and len(cell.value) <= _LONGEST_UNIT and not cell.is_figure


def unit_above(text: str, position: int, lead: str = "") -> str:
    """The unit told above the table whose row begins at `position` of a passage's text, empty where none is."""
    line = next((line for line in reversed(text[:position].splitlines()) if not is_row(line)), lead)
    return _unit_above(line)


def _unit_above(above: str) -> str:
    match = _UNIT_ABOVE.search(above)
    unit = match.group(1).strip(_SIGNS) if match else ""
    return unit if _UNIT.fullmatch(fold(unit)) else ""


class _Writer:
    """Puts a row together, each character with its place."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.places: list[int] = []

    def add(self, text: str, at: int = ADDED) -> None:
        self.text += text
        self.places += range(at, at + len(text)) if at != ADDED else [ADDED] * len(text)

    def add_printed(self, shown: str, printed: str, at: int) -> None:
        """`shown`, whose characters stand in this order in `printed`, which begins at `at`."""
        if at == ADDED:
            self.add(shown)
            return
        place = 0
        for character in shown:
            place = printed.index(character, place)
            self.add(character, at + place)
            place += 1

    def parts_figures(self, text: str) -> None:
        """A word between two figures that would be one."""
        if self.text and self.text[-1].isdigit() and text[:1].isdigit():
            self.add("年" if _YEAR.search("".join(self.text[-4:])) else "为")


def _row(line: str, text: str, at: int, lead: str, above: str) -> Words | None:
    """A row in words; None where it is one of words, or the head of a table."""
    if is_head_row(line):
        return None
    cells = row_cells(line, head_above(text, at, lead) if "：" not in line else "")
    if not any(_FIGURE_WITH_UNIT.fullmatch(fold(cell.value)) for cell in cells) or not any(
        cell.head for cell in cells
    ):
        return None
    names = _names(cells)
    writer = _Writer()
    after_name = True
    for number, (cell, unit) in enumerate(zip(cells, units_of(cells, above), strict=True)):
        if number in names:
            _add_name(writer, cell)
        elif not is_unit_column(cell) and not _is_number_of_row(number, cells):
            _add_cell(writer, cell, unit, after_name=after_name)
            after_name = False
    writer.add("。")
    return Words("".join(writer.text), tuple(writer.places))


def _add_name(writer: _Writer, cell: RowCell) -> None:
    """The name of a row, after the group that its column's head names ("指标·期末存栏")."""
    _, mark, group = cell.head.partition("·")
    if mark and cell.head_at != ADDED:
        shown = unit_of_head(group)[0].replace("·", "")
        writer.add_printed(shown, group, cell.head_at + len(cell.head) - len(group))
    writer.add_printed(joined_name(unit_of_head(cell.value)[0]), cell.value, cell.value_at)


def _add_cell(writer: _Writer, cell: RowCell, unit: str, *, after_name: bool) -> None:
    if not after_name:
        writer.add("，")
    head = joined_name(unit_of_head(cell.head)[0]).replace("·", "")
    if after_name and writer.text and _SAYS_NOTHING.fullmatch(head):
        head = ""
    writer.parts_figures(head)
    writer.add_printed(head, cell.head, cell.head_at)
    if not _BEGINS_AS_FIGURE.match(fold(cell.value)) and head:
        writer.add("：")
    writer.parts_figures(cell.value)
    writer.add(cell.value, cell.value_at)
    writer.add(unit)


def _names(cells: list[RowCell]) -> set[int]:
    """The cells that name a row: the first ones that hold no figures, where the first is a year that too."""
    named: set[int] = set()
    for number, cell in enumerate(cells):
        if _is_number_of_row(number, cells) or is_unit_column(cell):
            continue
        is_year = number == 0 and bool(_YEAR.fullmatch(cell.value.strip()))
        is_value = cell.is_figure or (named and _HOLDS_A_FIGURE.search(cell.value))
        if not is_year and is_value:
            break
        named.add(number)
    return named


def _is_number_of_row(number: int, cells: list[RowCell]) -> bool:
    """Whether a cell only numbers the rows: a first figure before a name."""
    if number or len(cells) < 2 or not re.fullmatch(r"\d{1,3}", cells[0].value.strip()):
        return False
    return not _BEGINS_AS_FIGURE.match(fold(cells[1].value))
