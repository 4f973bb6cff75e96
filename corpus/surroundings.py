"""What stands around a text: its title, its labels, and the furniture of the page it was saved from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.block import Block, BlockKind, Draft
from corpus.cover_year import with_cover_year
from corpus.furniture import THRESHOLD, body_span, chances, is_page_word
from corpus.labels import Labelled, read_labels
from corpus.language.normalize import clean_line, fold
from corpus.titles import Candidate, Surroundings, choose_title, plain

_LEAST_PLAIN, _FIRST_BLOCKS = 4, 30
TITLE_OF_SERIES = "title_of_series"
"""The field that names a part of a file, which has no title, after the file's first document (`corpus.compilation`)."""
_NUMBER_LABEL = "发文字号："
_LONE_DAY = re.compile(r"^(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")


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
    given = clean_line(draft.fields.get("title") or draft.fields.get(TITLE_OF_SERIES, ""))
    around, blocks, labelled = look_around(draft, stem)
    chosen = Candidate(given, "headline") if given else choose_title(around)
    gone, furniture = _gone(around, chosen, labelled)
    fields = around.fields
    if not fields.get("published") and furniture:
        fields = {**fields, "published": _day_below(around, chosen)}
    kept = [block for number, block in enumerate(blocks) if number not in gone]
    if not _has_text(kept):
        # Nothing would be left: what looked like furniture is the text, or else the title is the text as well.
        furniture = set()
        own = [(number, block) for number, block in enumerate(blocks) if number not in labelled.lines]
        kept = [block for number, block in own if number not in chosen.lines]
        if not _has_text(kept):
            kept = [block for _, block in own]
    if kept and (number := labelled.first("number")) and not _holds(kept, number):
        kept.insert(0, Block(BlockKind.PARAGRAPH, f"{_NUMBER_LABEL}{number}"))
    title = without_marks(chosen.text)
    if not given:
        head = around.lines[: around.first]
        title = with_cover_year(title, head, _lines_of_title(chosen, head))
    return Cleared(
        title,
        _origin_of_given(draft) if given else chosen.origin,
        {name: value for name, value in fields.items() if value},
        kept,
        [around.lines[number] for number in sorted(furniture) if around.lines[number]],
    )


def _origin_of_given(draft: Draft) -> str:
    return "field" if draft.fields.get("title") else "series"


def look_around(draft: Draft, stem: str) -> tuple[Surroundings, list[Block], Labelled]:
    """What a title is chosen from, the blocks that its lines are (the reader's headline first), and their labels."""
    given = draft.fields.get("title") or draft.fields.get(TITLE_OF_SERIES)
    headline = "" if given else clean_line(draft.title)
    blocks = [*([Block(BlockKind.PARAGRAPH, headline)] if headline else []), *draft.blocks]
    rows = {number for number, block in enumerate(blocks) if block.kind is BlockKind.TABLE_ROW}
    rows |= _captions(blocks)
    lines = ["" if number in rows else clean_line(block.text) for number, block in enumerate(blocks)]
    headings = {number for number, block in enumerate(blocks) if block.kind is BlockKind.HEADING}
    span = body_span(lines, rows)
    labelled = read_labels(lines, span)
    likely = chances(lines, span)
    around = Surroundings(
        lines,
        [1.0 if number in labelled.lines else chance for number, chance in enumerate(likely)],
        span[0],
        0 if headline else -1,
        _filled(draft.fields, labelled),
        stem,
        frozenset(headings),
    )
    return around, blocks, labelled


def _gone(around: Surroundings, chosen: Candidate, labelled: Labelled) -> tuple[set[int], set[int]]:
    """Numbers of all lines that are not text, and of those that are furniture."""
    title_lines = _lines_of_title(chosen, around.lines[: max(around.first + 2, 1)])
    furniture = (
        {
            number
            for number, chance in enumerate(around.chances)
            if chance > THRESHOLD and around.lines[number]
        }
        - title_lines
        - labelled.lines
    )
    if title_lines and any(number < around.first for number in furniture):
        furniture |= set(range(min(title_lines))) - labelled.lines
        # What is no word or a button stays out between a page's title and its text too.
        furniture |= {n for n in range(around.first) if _is_button(around.lines[n])} - title_lines
    return furniture | title_lines | labelled.lines, furniture


def _has_text(blocks: Sequence[Block]) -> bool:
    return any(block.text.strip() for block in blocks if block.kind is not BlockKind.HEADING)


def _captions(blocks: Sequence[Block]) -> set[int]:
    """Numbers of the lines that name a table where there are several: the name of one is no name of all."""
    tables = {id(block.table) for block in blocks if block.table is not None}
    return {
        number
        for number, (block, after) in enumerate(pairwise(blocks))
        if len(tables) > 1 and after.table is not None and after.table.caption and block.table is None
        if block.text.startswith(after.table.caption)
    }


def _holds(blocks: Sequence[Block], number: str) -> bool:
    """Whether a document number stands in a text, so that it can be quoted."""
    return any(plain(number) in plain(block.text) for block in blocks[:_FIRST_BLOCKS])


def _is_button(line: str) -> bool:
    return is_page_word(line) or len(plain(line)) <= 1


def _day_below(around: Surroundings, chosen: Candidate) -> str:
    """The day that stands alone just below the title of a saved page."""
    for number in sorted(_lines_of_title(chosen, around.lines[: around.first])):
        for line in around.lines[number + 1 : number + 3]:
            if _LONE_DAY.match(fold(line)):
                return line
    return ""


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
