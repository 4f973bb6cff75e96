"""Which pages of an article's file a person may see as pictures, and where on them a citation stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from corpus.block import Box
from corpus.model import Article, Layout, PagePlace
from corpus.page_picture import DRAWN
from index.catalogue import Catalogue
from index.query import Filters
from ui.people.person import Person, sees_all, visible_to

_WIDE = frozenset("WFA")
"""Classes of `unicodedata.east_asian_width` that take the room of a Chinese character in a Chinese text."""


@dataclass(frozen=True)
class PrintedPages:
    """The file that an article was read from, and the first and last of its pages that go with the article."""

    file: Path
    digest: str
    first: int
    last: int


def printed_pages(catalogue: Catalogue, person: Person, article: Article) -> PrintedPages | None:
    """The pages of an article that may be seen, whose `layout` is known; None where it has none that can be drawn.

    Of a file with several articles it is the pages that this one stands on, and none where any of the others is
    hidden from the person: a page holds the end of one and the beginning of the next. One that was taken out counts as
    hidden from who may not see all, because nothing tells any more which collection it was in.
    """
    pages = [place.page for place in article.layout.places]
    file = Path(article.file)
    record = catalogue.file(article.file)
    if not pages or record is None or file.suffix.lower() not in DRAWN:
        return None
    every, seen = catalogue.counts_of_file(article.file, visible_to(person, Filters()).collections)
    removed = len(catalogue.removed_of_file(article.file))
    if seen < every or (removed and not sees_all(person)):
        return None
    return PrintedPages(file, record.digest, 1 if every + removed == 1 else min(pages), max(pages))


def marked_boxes(text: str, layout: Layout, start: int, end: int) -> dict[int, list[Box]]:
    """By page the boxes of `text[start:end]`, in order.

    Of the first and last lines of a paragraph only the part that is meant, by the widths of the characters; cells of a
    table are marked whole.
    """
    found: dict[int, list[Box]] = {}
    if start >= end:
        return found
    for place, until in _stretches(text, layout, start, end):
        first, last = max(start, place.start), min(end, until)
        if place.box is None or not text[first:last].strip():
            continue
        box = place.box
        if layout.table_at(place.start) is None:
            box = _part_of(box, text[place.start : until], first - place.start, last - place.start)
        found.setdefault(place.page, []).append(box)
    return found


def _stretches(text: str, layout: Layout, start: int, end: int) -> list[tuple[PagePlace, int]]:
    """The places of a span, each with where its stretch of the text ends: at the next place, or with its line."""
    places = layout.places_of(start, end)
    after = [*(place.start for place in places[1:]), _next_start(layout, end, len(text))]
    ends = []
    for place, until in zip(places, after, strict=False):
        line_end = text.find("\n", place.start, until)
        ends.append((place, line_end if line_end >= 0 else until))
    return ends


def _next_start(layout: Layout, at: int, otherwise: int) -> int:
    """Where the first place from `at` on begins."""
    return next((place.start for place in layout.places if place.start >= at), otherwise)


def _part_of(box: Box, line: str, first: int, last: int) -> Box:
    left, top, right, bottom = box
    widths = [2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in line.rstrip()]
    whole = sum(widths)
    if not whole:
        return box
    share = (right - left) / whole
    return (left + share * sum(widths[:first]), top, left + share * sum(widths[:last]), bottom)
