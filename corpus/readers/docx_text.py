"""The text of a Word paragraph: all that is printed of it, whatever it is wrapped in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.docx_styles import Style, W, flag, size_of

_LEFT_OUT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "rubyPr",
     "fldData", "ffData", "annotationRef", "commentReference", "sectPr", "tblPr", "tblGrid"}
)  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class ParagraphText:
    """The printed text of a paragraph and what hangs on it."""

    text: str = ""
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    art: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    bold: int = 0
    sizes: dict[float, int] = field(default_factory=dict)

    @property
    def size(self) -> float:
        """The size of type of most of it."""
        return max(self.sizes, key=self.sizes.__getitem__) if self.sizes else 0.0

    @property
    def all_bold(self) -> bool:
        """Whether all of its characters are bold."""
        printed = sum(not character.isspace() for character in self.text)
        return 0 < printed <= self.bold


class FieldState:
    """Whether the text at hand is a field's instruction; fields may go over several paragraphs."""

    def __init__(self) -> None:
        self._open: list[bool] = []

    def turn(self, kind: str) -> None:
        """Go over a field character: "begin", "separate" or "end"."""
        if kind == "begin":
            self._open.append(True)
        elif self._open and kind == "separate":
            self._open[-1] = False
        elif self._open and kind == "end":
            self._open.pop()

    @property
    def is_instruction(self) -> bool:
        """Whether what stands here is not printed."""
        return any(self._open)


def paragraph_text(paragraph: Any, style: Style, fields: FieldState) -> ParagraphText:
    """What is printed of a paragraph: insertions, content controls, smart tags, links and fields' results too.

    Deletions, hidden text and instructions are left out; text boxes, notes, word art and diagrams are listed apart.
    """
    found = ParagraphText()
    _walk(paragraph, style, fields, found)
    return found


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _walk(parent: Any, style: Style, fields: FieldState, found: ParagraphText) -> None:
    for element in parent.iterchildren():
        name = local_name(element)
        if not name or name in _LEFT_OUT:
            continue
        if name == "r":
            _run(element, style, fields, found)
        elif name == "AlternateContent":
            _walk(_one_of(element), style, fields, found)
        elif name == "oMath":
            _add(found, _formula(element), style)
        else:
            _walk(element, style, fields, found)


def _one_of(element: Any) -> Any:
    """The branch of an alternative that holds text; the first choice where both do."""
    branches = list(element.iterchildren("{*}Choice", "{*}Fallback"))
    texts = ("txbxContent", "textpath", "relIds", "t")
    full = (each for each in branches if any(local_name(inner) in texts for inner in each.iter()))
    return next(full, branches[0] if branches else element)


def _formula(element: Any) -> str:
    return "".join(inner.text or "" for inner in element.iter("{*}t"))


def _run(run: Any, style: Style, fields: FieldState, found: ParagraphText) -> None:
    marks = run.find(f"{W}rPr")
    if style.hidden if marks is None else flag(marks, "vanish", style.hidden):
        for turn in run.iterchildren(f"{W}fldChar"):
            fields.turn(turn.get(f"{W}fldCharType", ""))
        return
    if marks is not None:
        style = Style(bold=flag(marks, "b", style.bold), size=size_of(marks, style.size), name=style.name)
    for element in run.iterchildren():
        _piece(element, style, fields, found)


def _piece(element: Any, style: Style, fields: FieldState, found: ParagraphText) -> None:
    name = local_name(element)
    if name == "fldChar":
        fields.turn(element.get(f"{W}fldCharType", ""))
    elif name == "AlternateContent":
        for inner in _one_of(element).iterchildren():
            _piece(inner, style, fields, found)
    elif name in {"drawing", "pict", "object"}:
        _drawing(element, found)
    elif name in {"footnoteReference", "endnoteReference"}:
        found.notes.append((name.removesuffix("Reference"), element.get(f"{W}id", "")))
    elif name == "ruby":
        for inner in element.iter(f"{W}rubyBase"):
            _walk(inner, style, fields, found)
    elif not fields.is_instruction:
        _add(found, _printed(element, name), style)


def _printed(element: Any, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "br" and element.get(f"{W}type") in {"page", "column"}:
        return "\n"
    if name == "sym":
        return _symbol(element.get(f"{W}char", ""))
    return _SIGNS.get(name, "")


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 31 < point < 0xD800 else ""


def _add(found: ParagraphText, text: str, style: Style) -> None:
    if text:
        found.text += text
        printed = sum(not character.isspace() for character in text)
        found.bold += printed if style.bold else 0
        if style.size and printed:
            found.sizes[style.size] = found.sizes.get(style.size, 0) + printed


def _drawing(drawing: Any, found: ParagraphText) -> None:
    for element in _outermost(drawing):
        name = local_name(element)
        if name == "txbxContent":
            found.boxes.append(element)
        elif name == "textpath":
            found.art.append(element.get("string", ""))
        else:
            found.diagrams.append(next((v for key, v in element.attrib.items() if key.endswith("}dm")), ""))


def _outermost(element: Any) -> Iterator[Any]:
    """Text boxes, word art and diagrams of a drawing, those inside a text box left to it."""
    for inner in element.iterchildren():
        name = local_name(inner)
        if name in {"txbxContent", "textpath", "relIds"}:
            yield inner
        elif name == "AlternateContent":
            yield from _outermost(_one_of(inner))
        elif name:
            yield from _outermost(inner)
