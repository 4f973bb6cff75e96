"""OpenDocument text, sheets and slides (.odt, .ods, .odp): what is printed, read from `content.xml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.grid import Cell
from corpus.problem import Problem
from corpus.readers.docx_styles import TITLE_NAMES
from corpus.readers.docx_text import local_name
from corpus.readers.flow import Paragraph, Part, Rows, draft_of_flow, parts_of_table
from corpus.readers.list_numbers import Level, ListNumbers, NumberedList
from corpus.readers.office_package import OfficePackage
from corpus.readers.sheet import drafts_of_sheet
from corpus.readers.xls import filled_spans
from corpus.reasons import broken_file
from corpus.table_grid import Spans

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROLE = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}class"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index", "ruby-text",
     "sequence-decls", "forms", "notes", "header", "footer", "bookmark", "scripts", "script"}
)  # fmt: skip
_WRAPPERS = frozenset(
    {"section", "text-box", "frame", "g", "text", "page", "custom-shape", "index-body", "rect", "a"}
)
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "一, 二, 三, ...": "chineseCountingThousand", "一, 十, 一百(繁), ...": "chineseCountingThousand",
    "壹, 贰, 叁, ...": "chineseLegalSimplified", "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional", "子, 丑, 寅, ...": "ideographZodiac", "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth", "〇, 一, 二, ...": "ideographDigital",
}  # fmt: skip
_NAMELESS_SHEETS = ("sheet", "工作表")
_MOST_REPEATED = 1000
_MOST_ROWS = 200_000
_DEEPEST = 60


def read_odt(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a text document or of slides."""
    with OfficePackage(file) as package:
        reading = _Reading(package)
        draft = draft_of_flow(reading.parts(), file)
    yield from package.problems
    yield draft


def read_ods(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every sheet that holds anything."""
    with OfficePackage(file) as package:
        body = _body(package)
        hidden = _hidden_styles(package)
        sheets = [
            (each.get(f"{_TABLE}name", ""), each.get(f"{_TABLE}style-name", "") in hidden, *_sheet(each))
            for each in body.iter(f"{_TABLE}table")
        ]
    yield from package.problems
    found = False
    for name, is_hidden, rows, spans in sheets:
        if is_hidden:
            yield Problem("sheet_hidden", file=file, sheet=name)
        elif any(any(row) for row in rows):
            found = True
            title = "" if name.lower().startswith(_NAMELESS_SHEETS) else name
            yield from drafts_of_sheet(rows, title, file, spans)
    if not found:
        raise Problem("empty_file", file=file)


def _hidden_styles(package: OfficePackage) -> set[str]:
    """The styles of sheets that do not show."""
    root = package.tree("content.xml")
    styles = root.iter(f"{_STYLE}style") if root is not None else ()
    return {
        style.get(f"{_STYLE}name", "")
        for style in styles
        if any(each.get(f"{_TABLE}display") == "false" for each in style.iterchildren())
    }


def _body(package: OfficePackage) -> Any:
    """The body of the content.

    Raises:
        Problem: `file_encrypted`, `broken_file`.
    """
    if b"encryption-data" in package.data("META-INF/manifest.xml"):
        raise Problem("file_encrypted", file=package.file)
    root = package.tree("content.xml")
    body = root.find(f"{_OFFICE}body") if root is not None else None
    if body is None or not len(body):
        raise broken_file(package.file, "reason_part_without_text", part="content.xml")
    return body[0]


def _sheet(table: Any) -> tuple[list[list[str]], Spans]:
    """The cells of a sheet as they are shown, each that spans several places in all of them, and these spans."""
    rows: list[list[str]] = []
    spans: Spans = {}
    for row in table.iter(f"{_TABLE}table-row"):
        if row.get(f"{_TABLE}visibility", "visible") != "visible":
            continue
        line: list[str] = []
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            text = "\n".join(_plain(each) for each in cell.iterchildren(f"{_TEXT}p")).strip()
            size = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
            if size != (1, 1):
                spans[len(rows), len(line)] = size
            line += [text or cell.get(f"{_OFFICE}value", "")] * _times(cell, "number-columns-repeated")
        while line and not line[-1] and not spans.get((len(rows), len(line) - 1)):
            line.pop()
        rows += [line] * (_times(row, "number-rows-repeated") if line else 1)
        if len(rows) > _MOST_ROWS:
            break
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return rows, filled_spans(rows, spans)


def _times(element: Any, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(1, min(int(text), _MOST_REPEATED)) if text.isdigit() else 1


def _plain(element: Any) -> str:
    return "".join(_Text([], []).walk(element).pieces)


@dataclass
class _Text:
    """The text of a paragraph in pieces, and what hangs on it."""

    pieces: list[str]
    hanging: list[Any]

    def walk(self, element: Any) -> _Text:
        """Add what is printed of an element."""
        if element.text:
            self.pieces.append(" ".join(element.text.split("\n")))
        for child in element.iterchildren():
            self._child(child, local_name(child))
            if child.tail:
                self.pieces.append(" ".join(child.tail.split("\n")))
        return self

    def _child(self, child: Any, name: str) -> None:
        if name in {"s", "tab", "line-break"}:
            count = child.get(f"{_TEXT}c", "1")
            spaces = min(int(count), _MOST_REPEATED) if count.isdigit() else 1
            self.pieces.append({"s": " " * spaces, "tab": "\t"}.get(name, "\n"))
        elif name in {"note", "frame", "custom-shape", "text-box", "g", "rect"}:
            self.hanging.append(child)
        elif name and name not in _LEFT_OUT:
            self.walk(child)


@dataclass(frozen=True)
class _Style:
    is_title: bool = False
    is_contents: bool = False
    level: int = 0
    list_name: str = ""
    bold: bool = False
    size: float = 0.0


class _Reading:
    """The reading of one document, with its styles and where in its lists it is."""

    def __init__(self, package: OfficePackage) -> None:
        self._body = _body(package)
        roots = [package.tree(name) for name in ("styles.xml", "content.xml")]
        self._elements: dict[str, Any] = {}
        lists: dict[str, NumberedList] = {}
        for root in (each for each in roots if each is not None):
            for style in root.iter(f"{_STYLE}style"):
                self._elements.setdefault(style.get(f"{_STYLE}name", ""), style)
            for kept in root.iter(f"{_TEXT}list-style", f"{_TEXT}outline-style"):
                name = kept.get(f"{_STYLE}name", "") if local_name(kept) == "list-style" else "outline"
                lists[name] = NumberedList(name, _levels(kept))
        self._list_styles = lists
        self._lists = ListNumbers(lists)
        self._styles: dict[str, _Style] = {}
        self._notes = 0

    def parts(self) -> list[Part]:
        """Paragraphs and tables in order."""
        return list(self._flow(self._body, 0))

    def _flow(self, parent: Any, deep: int) -> Iterator[Part]:
        if deep > _DEEPEST:
            return
        for element in parent.iterchildren():
            name = local_name(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element, "", False, deep)
            elif name == "list":
                yield from self._list(element, "", 0, deep)
            elif name == "table":
                yield from parts_of_table(*self._rows(element, deep + 1))
            elif name in _WRAPPERS:
                inside = self._flow(element, deep + 1)
                yield from _as_heading(inside) if element.get(_ROLE) == "title" else inside

    def _style(self, name: str, depth: int = 0) -> _Style:
        if name not in self._styles:
            element = self._elements.get(name)
            if element is None or depth > _DEEPEST:
                return _Style()
            style = self._style(element.get(f"{_STYLE}parent-style-name", ""), depth + 1)
            shown = element.get(f"{_STYLE}display-name", name).lower()
            style = replace(
                style,
                is_title=style.is_title or shown in TITLE_NAMES,
                is_contents=style.is_contents or shown.startswith("contents "),
                list_name=element.get(f"{_STYLE}list-style-name", style.list_name),
            )
            level = element.get(f"{_STYLE}default-outline-level", "")
            for marks in element.iterchildren(f"{_STYLE}text-properties"):
                weight, size = marks.get(f"{_FO}font-weight", ""), marks.get(f"{_FO}font-size", "")
                style = replace(
                    style, bold=weight == "bold" if weight else style.bold, size=_points(size, style.size)
                )
            self._styles[name] = replace(style, level=int(level) if level.isdigit() else style.level)
        return self._styles[name]

    def _paragraph(self, element: Any, label: str, is_item: bool, deep: int) -> Iterator[Part]:
        style = self._style(element.get(f"{_TEXT}style-name", ""))
        found = _Text([], []).walk(element)
        text = "".join(found.pieces).strip()
        level = element.get(f"{_TEXT}outline-level", "") if local_name(element) == "h" else ""
        depth = int(level) if level.isdigit() else 1 if local_name(element) == "h" else 0
        if depth and not label and text and "outline" in self._list_styles:
            label = self._lists.next_label("outline", depth - 1)
        if text and not style.is_contents:
            yield Paragraph(
                label + text,
                level=0 if style.is_title else depth,
                is_title=style.is_title,
                is_item=is_item and not label,
                bold=style.bold,
                size=style.size,
            )
        for each in found.hanging:
            yield from self._note(each, deep) if local_name(each) == "note" else self._flow_of(each, deep)

    def _flow_of(self, frame: Any, deep: int) -> Iterator[Part]:
        """What a frame or a shape holds: paragraphs of its own, or text boxes and tables."""
        yield from self._flow(frame, deep + 1)

    def _note(self, element: Any, deep: int) -> Iterator[Part]:
        body = element.find(f"{_TEXT}note-body")
        parts = self._flow(body, deep + 1) if body is not None else ()
        lines = [line for part in parts if isinstance(part, Paragraph) for line in part.lines()]
        if lines:
            self._notes += 1
            lines[0] = f"注{self._notes}：{lines[0]}"
        yield from (Paragraph(line, is_note=True) for line in lines)

    def _list(self, element: Any, name: str, depth: int, deep: int) -> Iterator[Part]:
        name = element.get(f"{_TEXT}style-name", name)
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
        if not depth and not goes_on:
            self._lists.restart(name)
        for item in element.iterchildren(f"{_TEXT}list-item", f"{_TEXT}list-header"):
            numbered = local_name(item) == "list-item"
            for child in item.iterchildren():
                kind = local_name(child)
                if kind in {"p", "h"}:
                    label = self._label(name, child, depth) if numbered else ""
                    yield from self._paragraph(child, label, numbered, deep)
                    numbered = False
                elif kind == "list" and depth < _DEEPEST:
                    yield from self._list(child, name, depth + 1, deep + 1)

    def _label(self, name: str, paragraph: Any, depth: int) -> str:
        if not "".join(paragraph.itertext()).strip():
            return ""
        name = name or self._style(paragraph.get(f"{_TEXT}style-name", "")).list_name
        return self._lists.next_label(name, depth)

    def _rows(self, table: Any, deep: int) -> tuple[Rows, int]:
        rows: Rows = []
        heads = 0
        for row in _rows_of(table):
            if local_name(row.getparent()) == "table-header-rows" and heads == len(rows):
                heads += 1
            line = []
            for cell in row.iterchildren(f"{_TABLE}table-cell"):
                wide, high = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
                line.append((Cell("", wide, high), list(self._flow(cell, deep))))
            rows.append(line)
        return rows, heads


def _as_heading(parts: Iterator[Part]) -> Iterator[Part]:
    """The title of a slide as a heading."""
    for part in parts:
        yield replace(part, level=1, is_item=False) if isinstance(part, Paragraph) else part


def _rows_of(table: Any) -> Iterator[Any]:
    for element in table.iterchildren():
        name = local_name(element)
        if name == "table-row":
            yield element
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows_of(element)


def _points(text: str, otherwise: float) -> float:
    try:
        return float(text.removesuffix("pt")) if text.endswith("pt") else otherwise
    except ValueError:
        return otherwise


def _levels(kept: Any) -> dict[int, Level]:
    levels = {}
    for element in kept.iterchildren():
        place = element.get(f"{_TEXT}level", "")
        if not place.isdigit():
            continue
        depth = int(place) - 1
        if local_name(element) in {"list-level-style-bullet", "list-level-style-image"}:
            levels[depth] = Level(form="bullet")
            continue
        form = _FORMS.get(element.get(f"{_STYLE}num-format", ""), "decimal")
        shown = element.get(f"{_TEXT}display-levels", "1")
        count = min(int(shown), depth + 1) if shown.isdigit() else 1
        numbers = ".".join(f"%{depth + 1 - count + n + 1}" for n in range(count)) if form != "none" else ""
        text = element.get(f"{_STYLE}num-prefix", "") + numbers + element.get(f"{_STYLE}num-suffix", "")
        given = next(
            (value for key, value in element.attrib.items() if key.endswith("}num-list-format")), None
        )
        text = _form_of_list(given) if given is not None and form != "none" else text
        start = element.get(f"{_TEXT}start-value", "1")
        levels[depth] = Level(start=int(start) if start.isdigit() else 1, form=form, text=text)
    return levels


def _form_of_list(given: str) -> str:
    """LibreOffice's "第%1%条" as "第%1条"."""
    return re.sub(r"%(\d)%", r"%\1", given)
