"""Where sentences end in Chinese text, and where a text may be cut at all."""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_ENDS = "。！？!?…"
_CLOSERS = "”’」』）)】"
_END_OF_SENTENCE = re.compile(rf"[{_ENDS}]+[{_CLOSERS}]*|[{_ENDS}][”’」』]|\n+")
_PROTECTED = re.compile(
    r"“[^“”\n]{0,400}”|‘[^‘’\n]{0,200}’|「[^「」\n]{0,400}」|『[^『』\n]{0,400}』|"
    r"《[^《》\n]{0,120}》|〈[^〈〉\n]{0,120}〉|（[^（）\n]{0,200}）|\([^()\n]{0,200}\)|"
    r"\"[^\"\n]{0,200}\"|"
    r"[0-9０-９]+(?:[.,:，．：/\-—~～][0-9０-９]+)*(?:[%％‰]|个百分点|[万千百十亿]*[元吨人户个项件家亩公]|[年月日号])?|"
    r"[A-Za-z][A-Za-z0-9.+\-]*"
)

_NOTE = re.compile(r"[ \u3000]*(?:（[^（）\n]{5,80}）|\([^()\n]{5,80}\))(?=\s|$|[一-鿿“《（(\d])")
"""A note in brackets; what goes on with a comma or the like behind it is a sentence that begins so."""


def protected_spans(text: str) -> list[Span]:
    """Spans that are never cut: numbers with their unit, quotations, titles in 《》, brackets, Latin words."""
    return [match.span() for match in _PROTECTED.finditer(text)]


def is_inside(position: int, spans: list[Span]) -> bool:
    """Whether a cut at `position` would fall strictly inside one of the sorted, disjoint `spans`."""
    number = bisect_right(spans, (position, -1)) - 1
    for candidate in (number, number + 1):
        if 0 <= candidate < len(spans) and spans[candidate][0] < position < spans[candidate][1]:
            return True
    return False


def sentence_spans(
    text: str, start: int = 0, end: int | None = None, *, notes_apart: bool = False
) -> list[Span]:
    """Spans of the sentences of `text[start:end]`, in the coordinates of `text`, without outer white space.

    A note in brackets behind a sentence belongs to it; with `notes_apart` it is a sentence of its own.
    """
    end = len(text) if end is None else end
    part = text[start:end]
    protected = protected_spans(part)
    spans: list[Span] = []
    begin = 0
    for match in re.finditer(rf"[{_ENDS}]+|[{_CLOSERS}]|\n+", part):
        mark, cut = match.group(), match.end()
        if mark[0] in _CLOSERS and (match.start() == 0 or part[match.start() - 1] not in "。！？!?…"):
            continue
        if mark[0] != "\n" and cut < len(part) and part[cut] in _CLOSERS + _ENDS:
            continue
        if is_inside(cut, protected):
            continue
        if mark[0] in _CLOSERS and cut < len(part) and part[cut] in "，,、；;：:的等是":
            continue
        if cut <= begin:
            continue
        cut = cut if notes_apart else _end_of_note(part, cut)
        spans.append((begin, cut))
        begin = cut
    if begin < len(part):
        spans.append((begin, len(part)))
    return [trimmed for span in spans if (trimmed := _trim(part, span, start))[0] < trimmed[1]]


def _end_of_note(part: str, cut: int) -> int:
    """Where a note ends that stands in brackets behind a sentence ("。（责任单位：市工信局）") and belongs to it; else `cut`."""
    note = _NOTE.match(part, cut)
    return note.end() if note else cut


def _trim(part: str, span: Span, offset: int) -> Span:
    begin, end = span
    while begin < end and part[begin].isspace():
        begin += 1
    while end > begin and part[end - 1].isspace():
        end -= 1
    return begin + offset, end + offset


def cut_positions(text: str, marks: str) -> list[int]:
    """Positions right after one of `marks` where `text` may be cut."""
    protected = protected_spans(text)
    return [
        position + 1
        for position, character in enumerate(text)
        if character in marks and position + 1 < len(text) and not is_inside(position + 1, protected)
    ]
