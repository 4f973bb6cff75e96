"""PowerPoint slides (.pptx): the text of every slide under its title, its tables, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.grid import Cell
from corpus.problem import Problem
from corpus.readers.docx_text import local_name
from corpus.readers.flow import Paragraph, Part, Rows, draft_of_flow, parts_of_table
from corpus.readers.number_formats import format_number
from corpus.readers.office_package import OfficePackage
from corpus.reasons import broken_file

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
_FORMS = {
    "arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman", "circleNumDb": "decimalEnclosedCircle", "circleNumWd": "decimalEnclosedCircle",
    "ea1Chs": "chineseCounting", "ea1Cht": "taiwaneseCounting", "ea1JpnKor": "japaneseCounting",
    "ea1JpnChs": "chineseCounting", "arabicDb": "decimalFullWidth",
}  # fmt: skip
_DEEPEST = 20


def read_pptx(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a presentation."""
    with OfficePackage(file) as package:
        main = next(
            (target for kind, target in package.targets("").values() if kind == "officeDocument"),
            "ppt/presentation.xml",
        )
        root = package.tree(main)
        if root is None:
            raise broken_file(file, "reason_part_missing", part=main)
        targets = package.targets(main)
        parts: list[Part] = []
        for each in root.iter(f"{_P}sldId"):
            given = next((text for key, text in each.attrib.items() if key.endswith("}id")), "")
            parts += _slide(package, targets.get(given, ("", ""))[1], first=not parts)
        draft = draft_of_flow(parts, file)
    yield from package.problems
    yield draft


def _slide(package: OfficePackage, name: str, *, first: bool) -> list[Part]:
    """The parts of a slide: its title, what its shapes hold from top to bottom, and its notes."""
    root = package.tree(name or "ppt/slides")
    tree = root.find(f".//{_P}spTree") if root is not None else None
    if root is None or tree is None or root.get("show") == "0":
        return []
    shapes = [shape for shape in _shapes(tree, 0) if _kind(shape) not in _FURNITURE]
    titles = [shape for shape in shapes if _kind(shape) in _TITLES]
    rest = sorted((shape for shape in shapes if _kind(shape) not in _TITLES), key=_top)
    title = "".join(
        " ".join(part.text.split())
        for shape in titles
        for part in _texts(shape)
        if isinstance(part, Paragraph)
    )
    parts: list[Part] = [Paragraph(title, level=0 if first else 1, is_title=first)] if title else []
    targets = package.targets(name)
    for shape in rest:
        parts += _of_shape(package, shape, targets)
    for kind, target in targets.values():
        notes = package.tree(target) if kind == "notesSlide" else None
        for shape in _shapes(notes.find(f".//{_P}spTree"), 0) if notes is not None else ():
            if _kind(shape) == "body":
                parts += _texts(shape)
    return parts


def _shapes(tree: Any | None, depth: int) -> Iterator[Any]:
    for element in tree.iterchildren() if tree is not None and depth < _DEEPEST else ():
        name = local_name(element)
        if name == "grpSp":
            yield from _shapes(element, depth + 1)
        elif name == "AlternateContent":
            yield from _shapes(next(iter(element.iterchildren("{*}Choice", "{*}Fallback")), None), depth + 1)
        elif name in {"sp", "graphicFrame"}:
            yield element


def _kind(shape: Any) -> str:
    """What a placeholder is for, empty where it is none."""
    place = shape.find(f".//{_P}nvPr/{_P}ph")
    return place.get("type", "obj") if place is not None else ""


def _top(shape: Any) -> tuple[int, int]:
    """Where a shape begins, in steps of a centimetre; a placeholder without a place comes first."""
    place = shape.find(f".//{_A}off")
    if place is None:
        place = shape.find(f".//{_P}xfrm/{_A}off")
    if place is None:
        return 0, 0
    return int(place.get("y", "0")) // 360_000, int(place.get("x", "0"))


def _of_shape(package: OfficePackage, shape: Any, targets: dict[str, tuple[str, str]]) -> list[Part]:
    table = shape.find(f".//{_A}tbl")
    if table is not None:
        return parts_of_table(_rows(table))
    parts = list(_texts(shape))
    for element in shape.iter("{*}relIds"):
        given = next((text for key, text in element.attrib.items() if key.endswith("}dm")), "")
        kind, target = targets.get(given, ("", ""))
        root = package.tree(target) if kind == "diagramData" else None
        parts += _paragraphs(root) if root is not None else []
    return parts


def _texts(shape: Any) -> list[Part]:
    body = shape.find(f"{_P}txBody")
    return _paragraphs(body) if body is not None else []


def _paragraphs(body: Any) -> list[Part]:
    """The paragraphs of a text with their automatic numbers."""
    parts: list[Part] = []
    counts: dict[int, int] = {}
    for element in body.iter(f"{_A}p"):
        own = element.find(f"{_A}pPr")
        depth = int(own.get("lvl", "0")) if own is not None and own.get("lvl", "0").isdigit() else 0
        text = "".join(_piece(each) for each in element.iterchildren()).strip()
        numbered = own.find(f"{_A}buAutoNum") if own is not None else None
        counts = {level: count for level, count in counts.items() if level <= depth}
        label = ""
        if numbered is not None and text:
            start = numbered.get("startAt", "1")
            counts[depth] = counts.get(depth, (int(start) if start.isdigit() else 1) - 1) + 1
            label = _label(numbered.get("type", ""), counts[depth])
        elif text:
            counts.pop(depth, None)
        if text:
            parts.append(Paragraph(label + text))
    return parts


def _piece(element: Any) -> str:
    name = local_name(element)
    if name == "br":
        return "\n"
    return "".join(each.text or "" for each in element.iter(f"{_A}t")) if name in {"r", "fld"} else ""


def _label(kind: str, value: int) -> str:
    """A number in one of the forms of slides ("ea1ChsPeriod", "arabicParenBoth")."""
    stem = kind.removesuffix("Period").removesuffix("ParenR").removesuffix("ParenBoth").removesuffix("Plain")
    number = format_number(value, _FORMS.get(stem, "decimal"))
    if kind.endswith("ParenBoth"):
        return f"（{number}）" if stem.startswith("ea1") else f"({number})"
    if kind.endswith("ParenR"):
        return f"{number})"
    if kind.endswith("Period"):
        return f"{number}、" if stem.startswith("ea1") else f"{number}. "
    return number


def _rows(table: Any) -> Rows:
    rows: Rows = []
    for row in table.iterchildren(f"{_A}tr"):
        line = []
        for cell in row.iterchildren(f"{_A}tc"):
            if cell.get("hMerge") in {"1", "true"} or cell.get("vMerge") in {"1", "true"}:
                continue
            wide, high = cell.get("gridSpan", "1"), cell.get("rowSpan", "1")
            body = cell.find(f"{_A}txBody")
            size = (int(wide) if wide.isdigit() else 1, int(high) if high.isdigit() else 1)
            line.append((Cell("", *size), _paragraphs(body) if body is not None else []))
        rows.append(line)
    return rows
