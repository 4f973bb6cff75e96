"""Word 97–2003 documents (.doc, and WPS's .wps): the text by its pieces, with lists, tables, notes and text boxes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.cell_lines import COVERED, FIRST, Line, RowShape, with_tables
from corpus.readers.doc_file import (
    NotWord97,
    Properties,
    WordFile,
    character_runs,
    open_word_file,
    paragraph_runs,
    pieces_of,
    settings_in,
    whole_characters,
)
from corpus.readers.doc_styles import (
    BOLD,
    HIDDEN,
    SIZE,
    DocStyle,
    lists_of_doc,
    styles_of,
    turned,
    with_settings,
)
from corpus.readers.flow import Paragraph, Part, draft_of_flow
from corpus.readers.ole import ole_streams
from corpus.reasons import broken_file

_DELETED = 0x0800
_IN_TABLE, _ROW_END, _TABLE_DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW, _HEAD_ROW = 0x244B, 0x244C, 0x3404
_DEFINE_TABLE, _MERGED_DOWN = 0xD608, 0xD62B
_CELL_END, _PARAGRAPH_END, _PAGE_BREAK = "\x07", "\r", "\x0c"
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_NOTE, _DRAWING = "\x02", "\x08"
_PRINTED = {"\t": "\t", "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " "}
_NO_LIST = 0x7FF
_DEEPEST = 6
_MAIN, _FOOTNOTES, _HEADS, _COMMENTS, _ENDNOTES, _BOXES = range(6)


def read_doc(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a Word 97–2003 document."""
    streams = ole_streams(file, "WordDocument", "0Table", "1Table", "Data")
    if "WordDocument" not in streams:
        raise broken_file(file, "reason_part_missing", part="WordDocument")
    try:
        tables = (streams.get("0Table", b""), streams.get("1Table", b""))
        word = open_word_file(streams["WordDocument"], tables, streams.get("Data", b""))
        if word.encrypted:
            raise Problem("file_encrypted", file=file)
        parts = _Reading(word).parts()
    except NotWord97 as error:
        raise Problem("format_needs_libreoffice", file=file, ending=file.suffix) from error
    except (ValueError, struct.error, IndexError) as error:
        raise broken_file(file, error) from error
    yield draft_of_flow(parts, file)


class _Reading:
    """The reading of one document: its runs and lists, and where in its fields and notes it is."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._pieces = pieces_of(word)
        self._paragraphs = paragraph_runs(word)
        self._characters = character_runs(word)
        self._styles = styles_of(word)
        self._lists = lists_of_doc(word)
        lengths = [max(0, length) for length in word.lengths]
        # The lengths of: text, footnotes, heads, macros (unused), comments, endnotes, text boxes, boxes of heads.
        used = [lengths[number] for number in (0, 1, 2, 4, 5, 6)]
        self._firsts = [sum(used[:number]) for number in range(len(used) + 1)]
        self._notes = {**self._references(2, 3, _FOOTNOTES), **self._references(46, 47, _ENDNOTES)}
        self._boxes = self._places_of_boxes()
        self._open_fields: list[bool] = []
        self._note_count = 0

    def parts(self) -> list[Part]:
        """Paragraphs and tables of the document in order; text boxes that hang on nothing come last."""
        parts = list(with_tables(list(self._lines(0, self._firsts[1])), 1))
        for first, last in list(self._boxes.values()):
            parts += self._part(first, last)
        return parts

    def _part(self, first: int, last: int) -> list[Part]:
        return list(with_tables(list(self._lines(first, last)), 1))

    def _references(self, places: int, texts: int, part: int) -> dict[int, tuple[int, int]]:
        """From where a note is referred to in the text, to where its text stands."""
        marks, bounds = self._word.pair(places), self._word.pair(texts)
        count = min(max(0, (len(marks) - 4) // 6), max(0, len(bounds) // 4 - 1))
        positions = struct.unpack_from(f"<{count}I", marks, 0) if count else ()
        edges = struct.unpack_from(f"<{count + 1}I", bounds, 0) if count else ()
        first = self._firsts[part]
        return {at: (first + edges[n], first + edges[n + 1]) for n, at in enumerate(positions)}

    def _places_of_boxes(self) -> dict[int, tuple[int, int]]:
        """From where a text box is anchored to where its text stands; negative keys for those without anchor."""
        anchors, bounds = self._word.pair(40), self._word.pair(56)
        count = max(0, (len(anchors) - 4) // 30)
        shapes = {
            struct.unpack_from("<i", anchors, 4 * (count + 1) + 26 * n)[0]: struct.unpack_from("<I", anchors, 4 * n)[0]
            for n in range(count)
        }  # fmt: skip
        boxes = max(0, (len(bounds) - 4) // 26)
        first, found = self._firsts[_BOXES], {}
        for number in range(boxes):
            start, end = struct.unpack_from("<II", bounds, 4 * number)
            (shape,) = struct.unpack_from("<i", bounds, 4 * (boxes + 1) + 22 * number + 14)
            if end > start and first + end <= len(self._pieces.text) + 1:
                key = shapes.pop(shape, -1 - number)
                found[key] = (first + start, first + end)
        return found

    def _lines(self, first: int, last: int) -> Iterator[Line]:
        text, start = self._pieces.text, first
        last = min(last, len(text))
        for position in range(first, last):
            if text[position] in "\r\x07\x0c":
                yield self._line(start, position)
                start = position + 1
        if start < last:
            yield self._line(start, last)

    def _line(self, start: int, end: int) -> Line:
        place = self._pieces.place(min(end, len(self._pieces.text) - 1))
        style_number, raw = self._paragraphs.at(place)
        settings = list(settings_in(raw, self._word.data))
        switches = {code: value for code, value in settings if value}
        style = with_settings(self._styles.get(style_number, DocStyle()), settings)
        text, bold, size, after = self._text(start, end, style)
        mark = self._pieces.text[end : end + 1]
        depth = self._depth(switches, mark)
        row_end = bool(switches.get(_ROW_END, b"\0")[0]) or bool(switches.get(_INNER_ROW, b"\0")[0])
        cell_end = mark == _CELL_END or bool(switches.get(_INNER_CELL, b"\0")[0])
        label, is_item = self._label(style, bool(text.strip()))
        if style.is_contents:
            text = label = ""
        paragraph = Paragraph(
            label + text.lstrip() if label else text,
            level=0 if style.is_title or depth else style.level,
            is_title=style.is_title and not depth,
            is_item=is_item,
            bold=bold,
            size=size,
        )
        shape = _shape(settings) if row_end else RowShape()
        return Line(paragraph, tuple(after), depth, cell_end and not row_end, row_end, shape)

    @staticmethod
    def _depth(switches: dict[int, bytes], mark: str) -> int:
        if _TABLE_DEPTH in switches and len(switches[_TABLE_DEPTH]) == 4:
            return max(0, min(_DEEPEST, struct.unpack("<i", switches[_TABLE_DEPTH])[0]))
        return int(bool(switches.get(_IN_TABLE, b"\0")[0]) or mark == _CELL_END)

    def _label(self, style: DocStyle, has_text: bool) -> tuple[str, bool]:
        if not style.list_name or style.list_name >= _NO_LIST or not has_text:
            return "", False
        name = str(style.list_name)
        level = self._lists.level_of(name, style.depth)
        return self._lists.next_label(name, style.depth), level is not None and level.form == "bullet"

    def _text(self, start: int, end: int, style: DocStyle) -> tuple[str, bool, float, list[Part]]:
        """What is printed of a stretch, whether all of it is bold, its size, and what hangs on it."""
        printed: list[str] = []
        after: list[Part] = []
        bold = count = 0
        sizes: dict[float, int] = {}
        for first, last, hidden, is_bold, size in self._stretches(start, end, style):
            before = len(printed)
            for position in range(first, last):
                self._character(position, hidden, printed, after)
            added = sum(not sign.isspace() for sign in printed[before:])
            count += added
            bold += added if is_bold else 0
            sizes[size] = sizes.get(size, 0) + added
        size = max(sizes, key=sizes.__getitem__) if sizes else 0.0
        return whole_characters("".join(printed)), 0 < count == bold, size, after

    def _stretches(
        self, start: int, end: int, style: DocStyle
    ) -> Iterator[tuple[int, int, bool, bool, float]]:
        """Stretches of characters with the same settings: from, to, whether left out, bold, size."""
        position = start
        while position < end:
            number = self._pieces.place(position)
            width = self._width(position)
            stop = min(end, position + max(1, (self._characters.end(number) - number + width - 1) // width))
            stop = min(stop, self._piece_end(position))
            hidden, bold, size = False, style.bold, style.size
            for code, value in settings_in(self._characters.at(number)[1], self._word.data):
                if code in {_DELETED, HIDDEN} and value:
                    hidden = hidden or value[0] in {1, 129}
                elif code == BOLD and value:
                    bold = turned(value[0], style.bold)
                elif code == SIZE and len(value) == 2:
                    size = struct.unpack("<H", value)[0] / 2
            yield position, stop, hidden, bold, size
            position = stop

    def _width(self, position: int) -> int:
        return self._pieces.places[self._piece(position)][1]

    def _piece(self, position: int) -> int:
        from bisect import bisect_right

        return max(0, bisect_right(self._pieces.starts, position) - 1)

    def _piece_end(self, position: int) -> int:
        number = self._piece(position) + 1
        return self._pieces.starts[number] if number < len(self._pieces.starts) else len(self._pieces.text)

    def _character(self, position: int, hidden: bool, printed: list[str], after: list[Part]) -> None:
        sign = self._pieces.text[position]
        if sign == _BEGIN:
            self._open_fields.append(True)
        elif sign == _SEPARATE and self._open_fields:
            self._open_fields[-1] = False
        elif sign == _END and self._open_fields:
            self._open_fields.pop()
        elif hidden:
            return
        elif sign == _NOTE and position in self._notes:
            after += self._note(*self._notes.pop(position))
        elif sign == _DRAWING and position in self._boxes:
            after += self._part(*self._boxes.pop(position))
        elif not any(self._open_fields) and sign not in "\u200b\ufffc":
            printed.append(
                _PRINTED.get(sign, sign if sign >= " " and not "\ue000" <= sign <= "\uf8ff" else "")
            )

    def _note(self, first: int, last: int) -> list[Part]:
        parts = self._part(first, last)
        lines = [line.strip() for part in parts if isinstance(part, Paragraph) for line in part.lines()]
        if not lines:
            return []
        self._note_count += 1
        lines[0] = f"注{self._note_count}：{lines[0]}"
        return [Paragraph(line, is_note=True) for line in lines]


def _shape(settings: Properties) -> RowShape:
    """The edges of a row's cells, which of them are covered by others, and whether the row is marked as a head."""
    bounds: list[int] = []
    across: list[bool] = []
    down: list[str] = []
    for code, value in settings:
        if code == _DEFINE_TABLE and len(value) > 3:
            count = max(0, min(value[2], (len(value) - 5) // 2))
            bounds = list(struct.unpack_from(f"<{count + 1}h", value, 3)) if count else []
            at = 3 + 2 * (count + 1)
            flags = [
                struct.unpack_from("<H", value, at + 20 * n)[0] if at + 20 * n + 2 <= len(value) else 0
                for n in range(count)
            ]
            across = [bool(flag & 2) for flag in flags]
            down = [FIRST if flag & 0x40 else COVERED if flag & 0x20 else "" for flag in flags]
        elif code == _MERGED_DOWN and len(value) >= 3 and value[1] < len(down):
            down[value[1]] = {1: COVERED, 3: FIRST}.get(value[2], "")
    is_head = any(code == _HEAD_ROW and value[:1] == b"\1" for code, value in settings)
    return RowShape(tuple(bounds), tuple(across), tuple(down), is_head)
