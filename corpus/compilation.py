"""A file that holds several documents one after another: each of them becomes an article of its own.

Cut is only where a new document surely begins (`corpus.openings`) and where running text stands on both sides. Nothing is
lost and nothing moves: the parts' blocks in order are the blocks of the file, with their tables, marks and notes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from corpus.block import Block, BlockKind, Draft
from corpus.language.normalize import clean_line
from corpus.language.times import years_in
from corpus.opening_lines import Lines, Opening
from corpus.openings import (
    head_of,
    heads_in,
    is_announced,
    is_collection,
    official_heads,
    series_in,
    title_of_first,
)
from corpus.surroundings import TITLE_OF_SERIES, clear

_LEAST_TEXT, _FIRST_CHARACTERS = 120, 400
_OF_ONE_DOCUMENT = frozenset(
    [
        "date",
        "published",
        "signed",
        "effective",
        "expires",
        "number",
        "title_og",
        "title_meta",
        "title_tag",
        "title_h1",
        "title_property",
        "title_label",
    ]
)
"""Fields of a file that are true of one of its documents, and so of the first."""
_TIMES_IN_NAME = re.compile(
    r"(?:19|20)\d{2}(?:[-_.]?\d{2}){0,2}(?!\d)\s*年?度?(?:\s*[~～\-—–至到、]\s*(?:19|20)?\d{2}\s*年?度?)*(?:\d{1,2}月份?)?(?:\d{1,2}日)?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_YEAR_IN_TITLE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)\s*年?度?")


def documents_of(draft: Draft, file_name: str) -> list[Draft]:
    """The documents that a draft holds, in order; the draft itself where it holds one.

    Args:
        draft: What a reader made of a file. One whose fields name its title is one document.
        file_name: The file's name.
    """
    if draft.fields.get("title"):
        return [draft]
    lines = Lines.of(draft.blocks)
    headline = clean_line(draft.title)
    collected = is_collection(headline) or is_collection(file_name)
    openings = _accepted(lines, draft.blocks, headline, collected=collected)
    if not openings:
        return [draft]
    ends = [opening.start for opening in openings[1:]] + [len(draft.blocks)]
    name = _name_of_parts(draft, file_name)
    first = replace(draft, fields={**draft.fields, "member": name}, blocks=draft.blocks[: openings[0].start])
    fields = {key: value for key, value in first.fields.items() if key not in _OF_ONE_DOCUMENT}
    parts = [
        _part(opening, draft.blocks[opening.start : end], fields)
        for opening, end in zip(openings, ends, strict=True)
    ]
    if not all(opening.title for opening in openings):
        _name_after(first, PurePath(name).stem, parts, openings)
    elif is_collection(headline):
        first = _below_cover(first, lines, openings[0])
    return [first, *parts]


def _below_cover(first: Draft, lines: Lines, second: Opening) -> Draft:
    """The first document of a collection under its own title; the collection's is its first line."""
    title = title_of_first(lines, second.shape, second.start, _LEAST_TEXT)
    if title is None:
        return first
    blocks = [Block(BlockKind.PARAGRAPH, first.title), *first.blocks]
    return replace(first, title="", fields={**first.fields, TITLE_OF_SERIES: title.title}, blocks=blocks)


def _accepted(lines: Lines, blocks: list[Block], headline: str, *, collected: bool) -> list[Opening]:
    """The openings at which the text is cut, in order; with text before and below each, and no two alike."""
    found = series_in(lines, headline, collected=collected)
    found += [*heads_in(lines, headline), *official_heads(lines, headline)]
    accepted: list[Opening] = []
    known: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    start = 0
    for each in sorted(found, key=lambda opening: (opening.start, -opening.end)):
        alike = known.get((each.shape, *each.places, *each.key), set())
        if alike and (not each.days or () in alike or each.days in alike):
            continue  # what is printed again, such as a running head, begins nothing
        if is_announced(lines, each.start):
            continue
        if min(lines.characters(start, each.start), lines.characters(each.start, len(blocks))) < _LEAST_TEXT:
            continue
        if _parts_table(blocks, each.start):
            continue
        accepted.append(each)
        known.setdefault((each.shape, *each.places, *each.key), set()).add(each.days)
        start = each.start
    return accepted


def _parts_table(blocks: list[Block], number: int) -> bool:
    table = blocks[number].table
    return table is not None and blocks[number - 1].table is table


def _part(opening: Opening, blocks: list[Block], fields: dict[str, str]) -> Draft:
    """A document as its reader would have handed it on: a title that is one line is its headline."""
    if opening.title and opening.end - opening.start == 1:
        return Draft(blocks[0].text, dict(fields), blocks[1:])
    return Draft("", dict(fields), blocks)


def _name_of_parts(draft: Draft, file_name: str) -> str:
    """The file's name as far as it holds for each of its documents: without the times that it names."""
    name = PurePath(draft.fields.get("member") or file_name)
    bare = _TIMES_IN_NAME.sub("", name.stem).strip(" _-—.()（）") or "…"
    return str(name.with_name(f"{bare}{name.suffix}"))


def _name_after(first: Draft, stem: str, parts: list[Draft], openings: list[Opening]) -> None:
    """Give parts without a title the first document's, moved to their year where their text names that year."""
    title = clear(first, stem).title
    head = head_of(Lines.of(first.blocks))
    day = head.days[0] if head else ""
    for part, opening in zip(parts, openings, strict=True):
        if not opening.title:
            part.fields[TITLE_OF_SERIES] = title_in_series(title, day, opening.days[0], _beginning(part))


def title_in_series(title: str, day: str, own_day: str, beginning: str) -> str:
    """The title of a document of a series that prints none.

    Args:
        title: The title of another document of the series.
        day: The day under that one's head ("2025年3月").
        own_day: The day under this one's head, as printed.
        beginning: The first sentences of this one.

    Returns:
        The title with its year moved by as much as the day, where the beginning names that year; else the title
        without its year and with the day as printed behind it.
    """
    years = [int(year) for year in _YEAR.findall(title)]
    moved_by = _year_of(own_day) - _year_of(day) if _year_of(day) and _year_of(own_day) else 0
    if len(years) == 1 and moved_by and years[0] + moved_by in years_in(beginning, None):
        return _YEAR.sub(str(years[0] + moved_by), title)
    return f"{_YEAR_IN_TITLE.sub('', title).strip()}（{own_day}）"


def _year_of(day: str) -> int:
    match = _YEAR.search(day)
    return int(match.group()) if match else 0


def _beginning(part: Draft) -> str:
    return "\n".join(block.text for block in part.blocks[:8])[:_FIRST_CHARACTERS]
