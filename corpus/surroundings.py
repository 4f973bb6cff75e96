"""What stands around a text: its title, its labels, and the furniture of the page it was saved from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.block import Block, BlockKind, Draft
from corpus.clean import clean_line
from corpus.furniture import THRESHOLD, body_span, chances
from corpus.labels import Labelled, read_labels
from corpus.titles import Candidate, Surroundings, choose_title, plain

_LEAST_PLAIN = 4


@dataclass
class Cleared:
    """An article's title and fields, and its blocks without them and without furniture.

    `dropped` are the lines that were taken for furniture, in order.
    """

    title: str
    title_origin: str
    fields: dict[str, str]
    blocks: list[Block]
    dropped: list[str]


def clear(draft: Draft, stem: str) -> Cleared:
    """The title of a draft, its labelled fields, and its text free of what stands around it.

    Args:
        draft: What a reader made of a file; a title among its fields is kept as it is.
        stem: The file's name without its ending.
    """
    given = clean_line(draft.fields.get("title", ""))
    headline = clean_line(draft.title) if not given else ""
    blocks = [*([Block(BlockKind.HEADING, headline, 1)] if headline else []), *draft.blocks]
    lines = [clean_line(block.text) for block in blocks]
    span = body_span(lines)
    labelled = read_labels(lines, span)
    fields = _filled(draft.fields, labelled)
    likely = chances(lines)
    around = Surroundings(lines, likely, span[0], 0 if headline else -1, fields, stem)
    chosen = Candidate(given, "headline") if given else choose_title(around)
    title_lines = _lines_of_title(chosen, lines[: max(span[0] + 2, 1)])
    furniture = {number for number, chance in enumerate(likely) if chance > THRESHOLD} - title_lines
    if title_lines and any(number < span[0] for number in furniture):
        furniture |= set(range(min(title_lines))) - labelled.lines
    gone = furniture | title_lines | labelled.lines
    kept = [
        block.with_text(block.text) if number or not headline else Block(BlockKind.PARAGRAPH, headline)
        for number, block in enumerate(blocks)
        if number not in gone
    ]
    return Cleared(
        chosen.text,
        "field" if given else chosen.origin,
        fields,
        kept,
        [lines[number] for number in sorted(furniture) if lines[number]],
    )


def _filled(fields: dict[str, str], labelled: Labelled) -> dict[str, str]:
    """A draft's fields with those that labels tell; what the draft has itself comes first."""
    filled = dict(fields)
    for name, values in labelled.values.items():
        if name == "title":
            filled["title_label"] = "\n".join(values)
        else:
            filled.setdefault(name, values[0])
    return filled


def _lines_of_title(chosen: Candidate, lines: Sequence[str]) -> set[int]:
    """Numbers of the lines at the head that are the title, alone or together."""
    wanted = plain(chosen.text)
    found = set(chosen.lines)
    bare = [plain(line) for line in lines]
    for start in range(len(bare)):
        text = ""
        for end in range(start, min(start + 5, len(bare))):
            text += bare[end]
            if bare[end] and text == wanted:
                found |= set(range(start, end + 1))
            if not bare[end] or not wanted.startswith(text):
                break
    return found if len(wanted) >= _LEAST_PLAIN or chosen.lines else set()


def without_marks(text: str) -> str:
    """A title without what a page or a file puts around it."""
    return re.sub(r"^[\s#*>•·■◆]+|[\s*]+$", "", text)
