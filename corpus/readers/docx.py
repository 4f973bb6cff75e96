"""Word documents: all that is printed, in order: headings, paragraphs with their automatic numbers, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.grid import Cell
from corpus.problem import Problem
from corpus.readers.docx_styles import Styles, W, flag, list_place, lists_of, number, outline_level, value
from corpus.readers.docx_text import FieldState, local_name, paragraph_text
from corpus.readers.flow import Paragraph, Part, Rows, draft_of_flow, parts_of_table
from corpus.readers.office_package import OfficePackage
from corpus.readers.text import could_be_title
from corpus.reasons import broken_file

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "Choice", "Fallback"}
)
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s*[〔\[【]\s*(?:19|20)\d{2}\s*[〕\]】]\s*第?\s*\d{1,4}\s*号"
)
_DEEPEST_TABLE = 6


def read_docx(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a Word document; parts that are missing or damaged are named, the rest is read."""
    with OfficePackage(file) as package:
        reading = _Reading(package)
        draft = draft_of_flow(reading.parts(), file, reading.title_of_heads())
        if "number" not in draft.fields and (found := reading.number_of_heads()):
            draft.fields["number"] = found
        title = reading.title_of_properties()
    if not draft.title:
        draft.title = title
    yield from package.problems
    yield draft


class _Reading:
    """The reading of one document: its styles, lists and notes, and where in its lists and fields it is."""

    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._main = self._main_part()
        self._targets = package.targets(self._main)
        root = package.tree(self._main)
        body = root.find("{*}body") if root is not None else None
        if body is None:
            raise broken_file(package.file, "reason_part_without_text", part=self._main)
        self._body = body
        self._styles = Styles(self._linked("styles"))
        self._lists = lists_of(self._linked("numbering"), self._styles)
        self._notes: dict[str, dict[str, Any]] = {}
        self._note_count = 0
        self._fields = FieldState()

    def _main_part(self) -> str:
        for kind, target in self._package.targets("").values():
            if kind == "officeDocument" and self._package.has(target):
                return target
        return "word/document.xml"

    def _linked(self, kind: str) -> Any | None:
        """The root of the part that the document names for a kind."""
        target = next((target for each, target in self._targets.values() if each == kind), "")
        usual = f"{self._main.rpartition('/')[0]}/{kind}.xml".lstrip("/")
        name = target or usual
        return self._package.tree(name, needed=bool(target)) if target or self._package.has(usual) else None

    def parts(self) -> list[Part]:
        """Paragraphs and tables of the document in order."""
        return list(self._flow(self._body, 0))

    def _flow(self, parent: Any, depth: int) -> Iterator[Part]:
        carried = ""
        for element in parent.iterchildren():
            name = local_name(element)
            if name == "p":
                own, after, goes_on = self._paragraph(element, depth, carried)
                carried = own.text if goes_on else ""
                if not goes_on:
                    yield own
                yield from after
            elif name == "tbl":
                yield from self._table(element, depth + 1)
            elif name == "AlternateContent":
                branch = next(iter(element.iterchildren("{*}Choice", "{*}Fallback")), None)
                if branch is not None:
                    yield from self._flow(branch, depth)
            elif name == "altChunk":
                self._package.name_problem(self._target_of(element))
            elif name in _WRAPPERS and not _is_left_out(element):
                yield from self._flow(element, depth)
        if carried:
            yield Paragraph(carried)

    def _target_of(self, element: Any) -> str:
        given = next((text for key, text in element.attrib.items() if key.endswith("}id")), "")
        return self._targets.get(given, ("", "altChunk"))[1]

    def _paragraph(self, element: Any, depth: int, before: str) -> tuple[Paragraph, list[Part], bool]:
        """A paragraph, what hangs on it, and whether its end is deleted so that the next goes on with it."""
        own = element.find(f"{W}pPr")
        style = self._styles[value(own, "pStyle") if own is not None else ""]
        found = paragraph_text(element, style, self._fields)
        text = before + found.text
        level = outline_level(own, style.level) if own is not None else style.level
        label, is_item = self._label(own, value(own, "pStyle") if own is not None else "", bool(text.strip()))
        if style.is_contents:
            text = label = ""
        paragraph = Paragraph(
            label + text.lstrip() if label else text,
            level=0 if style.is_title else level,
            is_title=style.is_title,
            is_item=is_item or style.is_bullet,
            bold=found.all_bold,
            size=found.size,
        )
        after: list[Part] = [Paragraph(art) for art in found.art if art.strip()]
        for box in found.boxes:
            after += self._flow(box, depth)
        for diagram in found.diagrams:
            after += self._diagram(diagram)
        for kind, name in found.notes:
            after += self._note(kind, name)
        mark = own.find(f"{W}rPr") if own is not None else None
        goes_on = mark is not None and mark.find(f"{W}del") is not None and not found.boxes
        return paragraph, after, goes_on

    def _label(self, own: Any | None, style_name: str, has_text: bool) -> tuple[str, bool]:
        """The automatic number of a paragraph, and whether it is marked by a sign instead."""
        style = self._styles[style_name]
        name, depth = list_place(own) if own is not None else (None, None)
        if name is None:
            name = style.list_name
            if depth is None:
                depth = style.depth
            if depth is None and name:
                depth = self._lists.depth_of_style(name, style_name or self._styles.default)
        if not name or name == "0" or not has_text:
            return "", False
        level = self._lists.level_of(name, depth or 0)
        return self._lists.next_label(name, depth or 0), level is not None and level.form == "bullet"

    def _note(self, kind: str, name: str) -> list[Part]:
        """A footnote or endnote as paragraphs that begin with its mark."""
        if kind not in self._notes:
            root = self._linked(f"{kind}s")
            self._notes[kind] = {
                each.get(f"{W}id", ""): each for each in (root.iterchildren(f"{W}{kind}") if root is not None else ())
            }  # fmt: skip
        element = self._notes[kind].get(name)
        if element is None:
            self._package.name_problem(f"{self._main.rpartition('/')[0]}/{kind}s.xml")
            return []
        lines = [
            line for part in self._flow(element, 0) if isinstance(part, Paragraph) for line in part.lines()
        ]
        if not lines:
            return []
        self._note_count += 1
        lines[0] = f"注{self._note_count}：{lines[0]}"
        return [Paragraph(line, is_note=True) for line in lines]

    def _diagram(self, given: str) -> list[Part]:
        kind, target = self._targets.get(given, ("", ""))
        root = self._package.tree(target) if kind == "diagramData" else None
        lines = (
            "".join(text.text or "" for text in each.iter("{*}t")).strip()
            for each in (root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p") if root is not None else ())
        )  # fmt: skip
        return [Paragraph(line) for line in lines if line]

    def _table(self, element: Any, depth: int) -> Iterator[Part]:
        rows, heads = self._rows(element, depth)
        yield from parts_of_table(rows, heads, flat=depth > _DEEPEST_TABLE)

    def _rows(self, element: Any, depth: int) -> tuple[Rows, int]:
        """The cells that begin in each row with their parts, and how many rows are marked as heads."""
        rows: Rows = []
        open_cells: dict[int, tuple[int, int]] = {}
        heads = 0
        for row in _children(element, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            if properties is not None and flag(properties, "tblHeader", False) and heads == len(rows):
                heads += 1
            column = number(value(properties, "gridBefore"), 0) if properties is not None else 0
            line: list[tuple[Cell, list[Part]]] = [(Cell("", column), [])] if column else []
            for cell in _children(row, "tc"):
                own = cell.find(f"{W}tcPr")
                wide = max(1, number(value(own, "gridSpan"), 1)) if own is not None else 1
                merge = own.find(f"{W}vMerge") if own is not None else None
                above = open_cells.get(column)
                if merge is not None and merge.get(f"{W}val", "continue") == "continue" and above:
                    first, at = above
                    grown, parts = rows[first][at]
                    rows[first][at] = (Cell("", grown.columns, len(rows) - first + 1), parts)
                else:
                    line.append((Cell("", wide), list(self._flow(cell, depth))))
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = (len(rows), len(line) - 1)
                column += wide
            rows.append(line)
        return rows, heads

    def _head_lines(self) -> list[str]:
        """The lines of the page heads, each once, without page numbers."""
        lines: dict[str, None] = {}
        for kind, target in self._targets.values():
            root = self._package.tree(target) if kind == "header" and self._package.has(target) else None
            for part in self._flow(root, 0) if root is not None else ():
                if isinstance(part, Paragraph):
                    lines.update(dict.fromkeys(part.lines()))
        return list(lines)

    def number_of_heads(self) -> str:
        """The document number in a page head (the letterhead of a body), empty where there is none."""
        found = {match.group() for line in self._head_lines() if (match := _DOCUMENT_NUMBER.search(line))}
        return found.pop() if len(found) == 1 else ""

    def title_of_heads(self) -> str:
        """The one line of the page heads, where it can be a title."""
        lines = [line for line in self._head_lines() if sum(sign.isalpha() for sign in line) >= 6]
        return lines[0] if len(lines) == 1 and could_be_title(lines[0]) else ""

    def title_of_properties(self) -> str:
        """The title of the document's properties."""
        target = next(
            (target for kind, target in self._package.targets("").values() if kind == "core-properties"), ""
        )
        root = self._package.tree(target, needed=False) if target else None
        element = root.find("{http://purl.org/dc/elements/1.1/}title") if root is not None else None
        return (element.text or "").strip() if element is not None else ""


def _children(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those in content controls and the like."""
    for element in parent.iterchildren():
        name = local_name(element)
        if name == wanted:
            yield element
        elif name in _WRAPPERS:
            yield from _children(element, wanted)


def _is_left_out(element: Any) -> bool:
    """Whether a content control is a table of contents, or shows only what should be filled in."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    is_contents = gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
    return is_contents or element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
