"""Passages chosen for a language model, each text once, within a room of tokens; and what is nearest to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil

from assistant.checking.orders import without_orders
from assistant.generating.token_count import token_count
from assistant.state import Part
from corpus.language.normalize import fold
from corpus.model import Passage
from index.catalogue import Catalogue
from index.hit import ArticleInfo, Hit
from index.query import Filters

LONGEST_RUN = 700
"""Characters of neighbouring passages that are shown as one."""
_READ = 8
"""How many passages of a part come first: those that the reader read."""
_TOLD_WHOLE = 4
"""Of how many of the best passages the whole section is added."""
_SECTION_REACH = 12
_NEXT = 1
_TAIL = 24
_MOST_ARTICLES = 6
_FOR_MARKS = 25
_TOKENS_A_PASSAGE = 40
"""A small corpus has at least so many tokens a passage."""
_MOST_SMALL_ARTICLES = 60
_PROVISION = re.compile(r"^第[一二三四五六七八九十百千零〇\d]+条")
_BLANK = re.compile(r"\s+")


@dataclass
class Chosen:
    """A passage that is shown.

    `rank` is its place among the best ones, None where it is only near one of these; `place` is when it was chosen.
    """

    hit: Hit
    rank: int | None
    place: int


class ChosenPassages:
    """What was chosen so far, by the passages' ids, and how many tokens are left."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.by_id: dict[str, Chosen] = {}
        self._texts: set[str] = set()
        self._sections: dict[tuple[str, int], list[str]] = {}

    def add(self, hit: Hit, rank: int | None = None) -> bool:
        """Choose a passage; whether it is new and there was room. What is only near must hold no order to models."""
        passage = hit.passage
        text = _BLANK.sub("", fold(passage.text))
        if passage.id in self.by_id or text in self._texts:
            return False
        cost = cost_of(passage, hit.article, goes_on=self._goes_on(passage))
        # The best passage is shown however little room there is.
        if (cost > self.room and self.by_id) or (
            rank is None and without_orders(passage.text) != passage.text
        ):
            return False
        self.room -= cost
        self.by_id[passage.id] = Chosen(hit, rank, len(self.by_id))
        self._texts.add(text)
        self._sections[passage.article_id, passage.position] = section_of(passage)
        return True

    def _goes_on(self, passage: Passage) -> bool:
        """Whether one beside it in its section was chosen, with which it is shown."""
        section = section_of(passage)
        return any(
            self._sections.get((passage.article_id, passage.position + step)) == section for step in (-1, 1)
        )


def cost_of(passage: Passage, article: ArticleInfo, *, goes_on: bool) -> int:
    """About how many tokens a passage takes with what is told of its article, of which a run needs it once.

    Args:
        passage: The passage.
        article: Its article.
        goes_on: Whether it is shown together with another.
    """
    above = f"{article.title}{article.date}{article.source}{article.number}{' '.join(passage.heading_path)}"
    label = token_count(above) + token_count(passage.lead) + _FOR_MARKS
    share = min(1.0, len(passage.text) / LONGEST_RUN) if goes_on else 1.0
    return token_count(passage.text) + ceil(label * share)


def section_of(passage: Passage) -> list[str]:
    """The headings of a passage without its 条."""
    path = passage.heading_path
    return path[:-1] if path and _PROVISION.match(path[-1]) else path


def choose(catalogue: Catalogue, parts: Sequence[Part], filters: Filters, room: int) -> ChosenPassages:
    """The passages for some questions: the best of each in turn, then all of a small corpus, else what is nearest.

    Args:
        catalogue: The passages of the index.
        parts: The questions with what was found for each.
        filters: What may be seen and is wished for.
        room: Tokens that the passages may take.
    """
    chosen = ChosenPassages(room)
    best = []
    for rank, hit in enumerate(_in_turn([_best_of(part) for part in parts])):
        if chosen.add(hit, rank):
            best.append(hit)
    if best and not _add_all(catalogue, chosen, filters, room):
        _add_near(catalogue, chosen, best)
        _add_tail(catalogue, chosen, parts, filters)
        _add_articles(catalogue, chosen, best)
    return chosen


def _in_turn(lists: Sequence[Sequence[Hit]]) -> Iterator[Hit]:
    """The first of each list, then the second of each, and so on."""
    return (hit for row in zip_longest(*lists) for hit in row if hit is not None)


def _best_of(part: Part) -> list[Hit]:
    """The passages of a part in the order of their best sentences."""
    hits = {candidate.hit.passage.id: candidate.hit for candidate in reversed(part.candidates)}
    order = dict.fromkeys(candidate.hit.passage.id for candidate in part.candidates)
    return [hits[id_] for id_ in order][:_READ]


def _add_all(catalogue: Catalogue, chosen: ChosenPassages, filters: Filters, room: int) -> bool:
    """Add every passage within the filters, where all of them fit; whether they do."""
    if catalogue.counts(filters.collections)[1] > room // _TOKENS_A_PASSAGE:
        return False
    articles, count = catalogue.find_articles(filters, most=_MOST_SMALL_ARTICLES)
    if count > len(articles):
        return False
    every = [(passage, article) for article in articles for passage in catalogue.passages_of(article.id)]
    if _cost_of_all(every) > room:
        return False
    for passage, article in every:
        chosen.add(Hit(passage=passage, article=article))
    return True


def _cost_of_all(every: Sequence[tuple[Passage, ArticleInfo]]) -> int:
    """The tokens of passages in order, those that go on from one another told of once."""
    total, before = 0, None
    for passage, article in every:
        section = (passage.article_id, *section_of(passage))
        total += cost_of(passage, article, goes_on=section == before)
        before = section
    return total


def _add_near(catalogue: Catalogue, chosen: ChosenPassages, best: Sequence[Hit]) -> None:
    """Add the sections of the best passages, and what stands beside the others."""
    for place, hit in enumerate(best):
        whole = place < _TOLD_WHOLE
        near = catalogue.passages_near(hit.passage, _SECTION_REACH if whole else _NEXT)
        same = [each for each in near if section_of(each) == section_of(hit.passage)]
        _add_nearest(chosen, hit, same)


def _add_nearest(chosen: ChosenPassages, hit: Hit, passages: Iterable[Passage]) -> None:
    at = hit.passage.position
    for passage in sorted(passages, key=lambda each: abs(each.position - at)):
        chosen.add(Hit(passage=passage, article=hit.article))


def _add_tail(catalogue: Catalogue, chosen: ChosenPassages, parts: Sequence[Part], filters: Filters) -> None:
    """Add what was found and not read, in turn, up to half of the room that is left."""
    known = catalogue.passages(list({id_ for part in parts for id_ in part.found.fused[:_TAIL]}))
    lists = [
        [
            Hit(passage=known[id_][0], article=known[id_][1])
            for id_ in part.found.fused[:_TAIL]
            if id_ in known
        ]
        for part in parts
    ]
    least = chosen.room // 2
    for hit in _in_turn(lists):
        if chosen.room < least:
            return
        if filters.shows(hit.article.collection):
            chosen.add(hit)


def _add_articles(catalogue: Catalogue, chosen: ChosenPassages, best: Sequence[Hit]) -> None:
    """Add the rest of the best passages' articles, of each that fits whole."""
    articles = dict.fromkeys(hit.article.id for hit in best)
    first = {hit.article.id: hit for hit in reversed(best)}
    lengths = catalogue.text_lengths(list(articles)[:_MOST_ARTICLES])
    for id_ in list(articles)[:_MOST_ARTICLES]:
        # A character is at least a third of a token.
        if id_ not in lengths or lengths[id_] > 3 * chosen.room:
            continue
        rest = [each for each in catalogue.passages_of(id_) if each.id not in chosen.by_id]
        if _cost_of_all([(each, first[id_].article) for each in rest]) <= chosen.room:
            _add_nearest(chosen, first[id_], rest)
