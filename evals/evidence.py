"""Where a quote stands: from the evidence of an item to the passages of an index that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.language.normalize import fold
from corpus.model import Passage
from corpus.table import is_row
from evals.items import EvalItem
from evals.metrics.facts import holds
from index.store import Index

_HALF = 0.5
_LEAST_CELLS = 2


@dataclass
class Place:
    """A span of an article."""

    article_id: str
    start: int
    end: int


@dataclass
class _Plain:
    """An article's text folded and without white space; `position[i]` is where character i stood."""

    article_id: str
    text: str
    position: list[int]
    rows: list[tuple[int, int, str]]
    """Start, end and folded text of the lines that are rows of tables."""


class EvidenceFinder:
    """Finds quotes in the articles of an index, whatever their spaces and width of characters."""

    def __init__(self, index: Index) -> None:
        self._catalogue = index.catalogue
        self._known: dict[str, list[Place]] = {}
        self._relevant: dict[str, list[set[str]]] = {}

    @cached_property
    def _articles(self) -> list[_Plain]:
        result = []
        for info in self._catalogue.articles():
            article = self._catalogue.article(info.id)
            if article is not None:
                result.append(_plain(article.id, article.text))
        return result

    @cached_property
    def _passages(self) -> dict[str, list[Passage]]:
        return {
            article.article_id: self._catalogue.passages_of(article.article_id) for article in self._articles
        }

    @cached_property
    def _folded_passages(self) -> list[tuple[str, str]]:
        return [(p.id, p.text) for passages in self._passages.values() for p in passages]

    def places(self, quote: str) -> list[Place]:
        """Everywhere that `quote` stands; empty where no article holds it."""
        if quote not in self._known:
            wanted = _plain("", quote).text
            found = []
            for article in self._articles if wanted else []:
                at = article.text.find(wanted)
                while at >= 0:
                    end = article.position[at + len(wanted) - 1] + 1
                    found.append(Place(article.article_id, article.position[at], end))
                    at = article.text.find(wanted, at + 1)
            self._known[quote] = found or self._rows_with(quote)
        return self._known[quote]

    def _rows_with(self, quote: str) -> list[Place]:
        """The rows of tables that hold the cells of a quoted row ("甲 | 3") in their order, each under its head."""
        cells = [cell for part in quote.split("|") if (cell := _plain("", part).text.strip("-"))]
        if len(cells) < _LEAST_CELLS:
            return []
        return [
            Place(article.article_id, start, end)
            for article in self._articles
            for start, end, line in article.rows
            if _in_order(cells, line)
        ]

    def passages_with(self, quote: str) -> set[str]:
        """Ids of the passages that hold at least half of the quote, or lie inside it."""
        found = set()
        for place in self.places(quote):
            for passage in self._passages[place.article_id]:
                shared = min(passage.end, place.end) - max(passage.start, place.start)
                if shared > 0 and shared >= _HALF * min(place.end - place.start, passage.end - passage.start):
                    found.add(passage.id)
        return found

    def relevant(self, item: EvalItem) -> list[set[str]]:
        """For every group of facts, the passages that may be cited for it; empty for an item without facts.

        A passage counts when it holds evidence of the item and one alternative of the group. Items without
        evidence are judged by their facts alone, as Karpukhin et al. (2020) do for answer strings: passages
        that hold all groups, or, where no passage does, those that hold the group.
        """
        key = item.model_dump_json(include={"facts", "answers", "evidence", "answerable"})
        if key not in self._relevant:
            self._relevant[key] = self._find_relevant(item)
        return self._relevant[key]

    def _find_relevant(self, item: EvalItem) -> list[set[str]]:
        if not item.answerable or not item.groups:
            return []
        texts = dict(self._folded_passages)
        if item.evidence:
            quoted = set().union(*(self.passages_with(quote) for quote in item.evidence))
            by_group = [
                {id_ for id_ in quoted if any(holds(texts[id_], text) for text in group)}
                for group in item.groups
            ]
            # An answer such as "是" stands nowhere: then the quote itself is what must be found.
            return [found or quoted for found in by_group]
        by_group = [
            {id_ for id_, text in texts.items() if any(holds(text, each) for each in group)}
            for group in item.groups
        ]
        together = set.intersection(*by_group)
        return [together or found for found in by_group]

    def overlaps(self, quote: str, article_id: str, start: int, end: int) -> bool:
        """Whether a span of an article shares text with a quote."""
        return any(
            place.article_id == article_id and place.start < end and start < place.end
            for place in self.places(quote)
        )


def _plain(article_id: str, text: str) -> _Plain:
    characters: list[str] = []
    position: list[int] = []
    for at, character in enumerate(text):
        if character.isspace():
            continue
        for folded in fold(character):
            characters.append(folded)
            position.append(at)
    return _Plain(article_id, "".join(characters), position, list(_rows(text)))


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for line in text.split("\n"):
        if is_row(line):
            yield at, at + len(line), "".join(fold(line).split())
        at += len(line) + 1


def _in_order(cells: list[str], line: str) -> bool:
    at = 0
    for cell in cells:
        at = line.find(cell, at)
        if at < 0:
            return False
        at += len(cell)
    return True
