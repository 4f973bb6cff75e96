"""Rich text (.rtf): paragraphs with the numbers written before them, tables, notes and text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.cell_lines import COVERED, FIRST, Line, RowShape, with_tables
from corpus.readers.docx_styles import CONTENTS_NAME, HEADING_NAME, TITLE_NAMES
from corpus.readers.flow import Paragraph, Part, draft_of_flow
from corpus.reasons import broken_file

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([\r\n]+)|([^\\{}\r\n]+)",
    re.S,
)
_SKIPPED = frozenset([
    "colortbl", "pict", "objdata", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "fldinst", "datafield", "listtable", "listoverridetable", "rsidtbl", "generator",
    "xmlnstbl", "themedata", "colorschememapping", "latentstyles", "datastore", "bkmkstart", "bkmkend",
    "annotation", "atnid", "atnauthor", "atntime", "atnref", "nonshppict", "shppict", "nonesttables",
    "pgdsctbl", "revtbl", "filetbl", "pn", "listpicture", "wgrffmtfilter", "ftnsep", "ftnsepc", "ftncn",
    "aftnsep", "aftnsepc", "aftncn", "tc", "xe", "mmathPr", "sn", "sv", "private", "userprops",
])  # fmt: skip
_KEPT_MARKED = frozenset(
    {"shpinst", "shptxt", "nesttableprops", "listtext", "pntext", "footnote", "fldrslt", "result"}
)
_SIGNS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emdash": "—",
    "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_ESCAPED = {b"\\": "\\", b"{": "{", b"}": "}", b"~": " ", b"_": "-", b"\n": "\r", b"\r": "\r"}
_PAGES = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_MOST_DEPTH = 400
_LONGEST_MARK = 24
_SIGNED_ITEM = re.compile(r"^[•·●■◆▲□○◇\-–\uf000-\uf8ff]\s*$")


@dataclass
class _State:
    """What holds inside a group."""

    destination: str = "text"
    page: str = ""
    skip_after_unicode: int = 1
    bold: bool = False
    size: float = 12.0
    hidden: bool = False


@dataclass
class _Style:
    name: str = ""
    level: int = 0


@dataclass
class _Open:
    """A paragraph as far as it is read, with the settings of its kind."""

    text: list[str] = field(default_factory=list)
    mark: list[str] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    bold: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    style: int = 0
    level: int = 0
    in_table: bool = False
    depth: int = 1


class _Row:
    """The definition of a row as it is read: edges and merges of its cells."""

    def __init__(self) -> None:
        self.bounds: list[int] = [0]
        self.across: list[bool] = []
        self.down: list[str] = []
        self.is_head = False
        self.next_across, self.next_down = False, ""

    def shape(self) -> RowShape:
        return RowShape(tuple(self.bounds), tuple(self.across), tuple(self.down), self.is_head)


def read_rtf(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a rich text document."""
    data = file.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise broken_file(file, "reason_no_rtf")
    reading = _Reading()
    reading.read(data)
    yield draft_of_flow(list(with_tables(reading.lines)), file, reading.title.strip())


class _Reading:
    """Goes over the tokens of a document and gathers its lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.title = ""
        self._states = [_State()]
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._styles: dict[int, _Style] = {0: _Style()}
        self._style, self._style_name, self._style_level = 0, "", 0
        self._open = _Open()
        self._row, self._inner_row = _Row(), _Row()
        self._bytes = b""
        self._skip = 0
        self._notes = 0
        self._kept: list[tuple[int, str, _Open, list[Line]]] = []
        self._actions: dict[str, Callable[[int | None], None]] = self._table_of_actions()

    def read(self, data: bytes) -> None:
        """Read a whole document; what is cut off counts as far as it goes."""
        marked = False
        for word, number, code, sign, brace, _, plain in (match.groups() for match in _TOKEN.finditer(data)):
            if brace:
                self._flush()
                self._brace(brace)
                marked = False
            elif word:
                self._flush()
                name = word.decode("ascii")
                self._word(name, int(number) if number else None, marked)
                marked = False
            elif code:
                self._take(bytes.fromhex(code.decode("ascii")))
            elif sign == b"*":
                marked = True
            elif sign is not None:
                self._flush()
                self._print(_ESCAPED.get(sign, ""))
            elif plain:
                self._take(plain)
        self._flush()
        if self._open.text or self._open.mark:
            self._end_paragraph()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._states) > _MOST_DEPTH:
                raise ValueError("groups nested too deep")
            self._states.append(replace(self._states[-1]))
            return
        if len(self._states) > 1:
            ended = self._states.pop()
            if ended.destination == "style" and self._states[-1].destination != "style":
                self._keep_style()
            if self._kept and self._kept[-1][0] == len(self._states):
                self._end_inner()

    def _word(self, name: str, number: int | None, marked: bool) -> None:
        state = self._states[-1]
        if name in _SKIPPED or (marked and name not in _KEPT_MARKED):
            state.destination = "skipped"
        elif state.destination == "skipped" and name not in {"shptxt", "u"}:
            return
        elif name in {"footnote", "shptxt"}:
            self._begin_inner(name)
        elif name in self._actions:
            self._actions[name](number)
        elif name in _SIGNS:
            self._print(_SIGNS[name])

    def _table_of_actions(self) -> dict[str, Callable[[int | None], None]]:
        return {
            "ansicpg": self._set_page,
            "fonttbl": lambda n: self._enter("fonts"),
            "stylesheet": lambda n: self._enter("style"),
            "info": lambda n: self._enter("info"),
            "title": lambda n: self._enter("title"),
            "listtext": lambda n: self._enter("mark"),
            "pntext": lambda n: self._enter("mark"),
            "nesttableprops": lambda n: self._enter("inner row"),
            "f": self._set_font,
            "fcharset": self._set_charset,
            "s": self._set_style,
            "outlinelevel": self._set_level,
            "uc": lambda n: self._set(skip_after_unicode=1 if n is None else n),
            "b": lambda n: self._set(bold=n != 0),
            "fs": lambda n: self._set(size=(n or 24) / 2),
            "v": lambda n: self._set(hidden=n != 0),
            "deleted": lambda n: self._set(hidden=n != 0),
            "plain": lambda n: self._set(bold=False, hidden=False, size=12.0),
            "u": self._unicode,
            "pard": lambda n: self._reset(),
            "intbl": lambda n: setattr(self._open, "in_table", True),
            "itap": lambda n: self._set_depth(1 if n is None else n),
            "par": lambda n: self._end_paragraph(),
            "sect": lambda n: self._end_paragraph(),
            "page": lambda n: self._print("\n"),
            "cell": lambda n: self._end_paragraph(ends_cell=True, depth=1),
            "nestcell": lambda n: self._end_paragraph(ends_cell=True),
            "row": lambda n: self._end_row(self._row, 1),
            "nestrow": lambda n: self._end_row(self._inner_row, max(2, self._open.depth)),
            "trowd": lambda n: self._begin_row(),
            "trhdr": lambda n: setattr(self._row_at_hand(), "is_head", True),
            "trleft": lambda n: self._row_at_hand().bounds.__setitem__(0, n or 0),
            "clmrg": lambda n: setattr(self._row_at_hand(), "next_across", True),
            "clvmgf": lambda n: setattr(self._row_at_hand(), "next_down", FIRST),
            "clvmrg": lambda n: setattr(self._row_at_hand(), "next_down", COVERED),
            "cellx": self._edge,
        }

    def _enter(self, destination: str) -> None:
        self._states[-1].destination = destination

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self._states[-1], name, value)

    def _set_page(self, number: int | None) -> None:
        self._page = "gb18030" if number in {936, 54936} else f"cp{number}"
        try:
            b"".decode(self._page)
        except LookupError:
            self._page = "cp1252"

    def _set_font(self, number: int | None) -> None:
        self._font = number or 0
        if self._states[-1].destination != "fonts":
            self._states[-1].page = self._fonts.get(self._font, "")

    def _set_charset(self, number: int | None) -> None:
        if self._states[-1].destination == "fonts" and number in _PAGES and number:
            self._fonts[self._font] = _PAGES[number]

    def _set_style(self, number: int | None) -> None:
        if self._states[-1].destination == "style":
            self._style, self._style_name, self._style_level = number or 0, "", 0
        else:
            self._open.style = number or 0
            self._open.level = self._styles.get(self._open.style, _Style()).level

    def _set_level(self, number: int | None) -> None:
        level = number + 1 if number is not None and 0 <= number < 9 else 0
        if self._states[-1].destination == "style":
            self._style_level = level
        else:
            self._open.level = level

    def _keep_style(self) -> None:
        name = self._style_name.split(";")[0].strip()
        heading = HEADING_NAME.match(name)
        level = int(heading.group(1)) if heading else self._style_level
        self._styles[self._style] = _Style(name, 0 if name.lower() in TITLE_NAMES else level)
        self._style, self._style_name, self._style_level = 0, "", 0

    def _set_depth(self, number: int) -> None:
        self._open.depth = max(1, min(number, 6))
        self._open.in_table = self._open.in_table or number > 0

    def _reset(self) -> None:
        self._open.style, self._open.level, self._open.in_table, self._open.depth = 0, 0, False, 1

    def _row_at_hand(self) -> _Row:
        return self._inner_row if self._states[-1].destination == "inner row" else self._row

    def _begin_row(self) -> None:
        if self._states[-1].destination == "inner row":
            self._inner_row = _Row()
        else:
            self._row = _Row()

    def _edge(self, number: int | None) -> None:
        row = self._row_at_hand()
        row.bounds.append(number or 0)
        row.across.append(row.next_across)
        row.down.append(row.next_down)
        row.next_across, row.next_down = False, ""

    def _end_row(self, row: _Row, depth: int) -> None:
        self.lines.append(Line(Paragraph(""), depth=depth, ends_row=True, shape=row.shape()))

    def _unicode(self, number: int | None) -> None:
        self._print(chr((number or 0) % 0x10000))
        self._skip = self._states[-1].skip_after_unicode

    def _take(self, raw: bytes) -> None:
        """Bytes of text; those that stand in for a character given as Unicode are passed over."""
        if self._skip:
            passed = min(self._skip, len(raw))
            self._skip -= passed
            raw = raw[passed:]
        self._bytes += raw

    def _flush(self) -> None:
        if self._bytes:
            raw, self._bytes = self._bytes, b""
            self._print(raw.decode(self._states[-1].page or self._page, "replace"), keep_skip=True)

    def _print(self, text: str, *, keep_skip: bool = False) -> None:
        self._skip = self._skip if keep_skip else 0
        state = self._states[-1]
        if state.destination == "style":
            self._style_name += text
        elif state.destination == "title":
            self.title += text
        elif state.destination == "mark":
            self._open.mark.append(text)
        elif state.destination == "text" and not state.hidden:
            self._open.text.append(text)
            printed = sum(not sign.isspace() for sign in text)
            self._open.bold += printed if state.bold else 0
            self._open.sizes[state.size] = self._open.sizes.get(state.size, 0) + printed

    def _end_paragraph(self, *, ends_cell: bool = False, depth: int = 0) -> None:
        made, after = self._paragraph()
        depth = depth or (self._open.depth if self._open.in_table or ends_cell else 0)
        self.lines.append(Line(made, tuple(after), depth, ends_cell))
        before = self._open
        self._open = _Open(
            style=before.style, level=before.level, in_table=before.in_table, depth=before.depth
        )

    def _paragraph(self) -> tuple[Paragraph, list[Part]]:
        text = _whole("".join(self._open.text))
        mark = _whole("".join(self._open.mark)).strip()[:_LONGEST_MARK]
        style = self._styles.get(self._open.style, _Style())
        printed = sum(not sign.isspace() for sign in text)
        is_item = bool(mark and _SIGNED_ITEM.match(mark))
        label = "" if is_item or not mark else mark if mark.endswith(("、", "）", ")", "：")) else mark + " "
        if CONTENTS_NAME.match(style.name):
            text = label = ""
        is_title = style.name.lower() in TITLE_NAMES
        paragraph = Paragraph(
            label + text.lstrip() if label else text,
            level=0 if self._open.in_table or is_title else self._open.level,
            is_title=is_title and not self._open.in_table,
            is_item=is_item,
            bold=0 < printed <= self._open.bold,
            size=max(self._open.sizes, key=self._open.sizes.__getitem__) if self._open.sizes else 0.0,
        )
        return paragraph, self._open.after

    def _begin_inner(self, name: str) -> None:
        """A note or a text box: its lines are read apart and hang on the paragraph at hand."""
        self._states[-1].destination = "text"
        self._kept.append((len(self._states) - 1, name, self._open, self.lines))
        self._open, self.lines = _Open(), []
        self._states[-1].hidden = False

    def _end_inner(self) -> None:
        if self._open.text or self._open.mark:
            self._end_paragraph()
        parts = list(with_tables(self.lines))
        _, name, self._open, self.lines = self._kept.pop()
        if name == "footnote":
            lines = [line for part in parts if isinstance(part, Paragraph) for line in part.lines()]
            if lines:
                self._notes += 1
                lines[0] = f"注{self._notes}：{lines[0]}"
                parts = [Paragraph(line, is_note=True) for line in lines]
        self._open.after += parts


def _whole(text: str) -> str:
    """Text whose characters beyond the basic plane, written as halves, are whole again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
