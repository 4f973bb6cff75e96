"""What a language model is given to read: numbered passages within a budget of tokens, the best first and last.

A passage here is a run of neighbouring passages of one section, short enough that a mark on it says where to look; its
sentences keep their own spans in the article, so that a citation opens on the exact one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.generating.chosen_passages import LONGEST_RUN, Chosen, choose, section_of
from assistant.generating.passage_text import shown_passage
from assistant.generating.token_count import token_count
from assistant.reading.candidate import Candidate
from assistant.reading.candidates import sentences_of
from assistant.state import Part, State
from corpus.table import is_row
from index.store import Index

_LONGEST_TABLE = 2400
_MOST = 60
_FARTHEST = 3
"""Characters of white space that may stand between two passages of a run."""
_IN_FRONT = 2
_AT_THE_END = 2
_NOT_RANKED = 10_000
_LEAST = 500
"""Tokens with which nothing can be answered any more."""

Run = list[Chosen]


class ContextBuilder:
    """Chooses what a model reads from an index.

    Args:
        index: The index whose catalogue holds the passages.
        budget: Tokens that passages, conversation and question may take together (`token_count`).
    """

    def __init__(self, index: Index, budget: int) -> None:
        self._index = index
        self.budget = budget

    def shrink(self) -> bool:
        """Halve the budget from now on, for a model that takes less than was thought; whether there is still enough."""
        self.budget //= 2
        return self.budget >= _LEAST

    def passages(self, state: State, more: Sequence[Part] = (), *, taken: int = 0) -> list[list[Candidate]]:
        """The sentences of each passage that is shown, in the order in which they are shown.

        Args:
            state: The question with what was found for it.
            more: Further questions that were searched for it.
            taken: Tokens of the budget that are taken already.
        """
        room = self.budget - taken
        parts = [*state.best.parts, *more]
        chosen = choose(self._index.catalogue, parts, state.filters, room)
        known = {_key(candidate): candidate for part in reversed(parts) for candidate in part.candidates}
        runs = sorted(_runs(list(chosen.by_id.values())), key=lambda run: (_rank(run), _place(run)))
        sentences = {id(run): _sentences(run, known) for run in runs}
        kept = [run for run in runs if sentences[id(run)]][:_MOST]
        costs = [token_count(self.shown(1, sentences[id(run)])) for run in kept]
        while len(kept) > 1 and sum(costs) > room:
            kept.pop()
            costs.pop()
        return [sentences[id(run)] for run in _in_order(kept)]

    def shown(self, number: int, sentences: Sequence[Candidate]) -> str:
        """A passage as the model reads it."""
        return shown_passage(number, sentences, self._index.catalogue.layout)


def _key(candidate: Candidate) -> tuple[str, int, int]:
    return candidate.hit.article.id, candidate.start, candidate.end


def _rank(run: Run) -> int:
    return min((each.rank for each in run if each.rank is not None), default=_NOT_RANKED)


def _place(run: Run) -> int:
    return min(each.place for each in run)


def _runs(chosen: Sequence[Chosen]) -> list[Run]:
    """Chosen passages, those that go on from one another together."""
    runs: list[Run] = []
    for each in sorted(chosen, key=lambda one: (one.hit.article.id, one.hit.passage.position)):
        if runs and _goes_on(runs[-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _goes_on(run: Run, after: Chosen) -> bool:
    last, passage = run[-1].hit.passage, after.hit.passage
    if last.article_id != passage.article_id or last.position + 1 != passage.position:
        return False
    if not 0 <= passage.start - last.end <= _FARTHEST or section_of(last) != section_of(passage):
        return False
    of_table = is_row(last.text.rpartition("\n")[2]) and is_row(passage.text.partition("\n")[0])
    return passage.end - run[0].hit.passage.start <= (_LONGEST_TABLE if of_table else LONGEST_RUN)


def _sentences(run: Run, known: dict[tuple[str, int, int], Candidate]) -> list[Candidate]:
    """The sentences of a run; the passage of each is the run, its headings are its own."""
    passages = [each.hit.passage for each in run]
    text = passages[0].text
    for before, after in pairwise(passages):
        text += "\n" * (after.start - before.end) + after.text
    shared = {"text": text, "start": passages[0].start, "end": passages[-1].end, "lead": passages[0].lead}
    found = []
    for each in run:
        hit = each.hit.model_copy(update={"passage": each.hit.passage.model_copy(update=shared)})
        rank = _NOT_RANKED if each.rank is None else each.rank
        found += [replace(known.get(_key(one), one), hit=hit) for one in sentences_of(each.hit, rank)]
    return found


def _in_order(runs: Sequence[Run]) -> list[Run]:
    """Runs, given best first, so that the best stand first and last; between them article by article, as printed."""
    ranked = [run for run in runs if _rank(run) < _NOT_RANKED][: _IN_FRONT + _AT_THE_END]
    front, end = ranked[::2], ranked[1::2][::-1]
    best: dict[str, int] = {}
    for place, run in enumerate(runs):
        best.setdefault(run[0].hit.article.id, place)
    apart = {id(run) for run in ranked}
    between = sorted(
        (run for run in runs if id(run) not in apart),
        key=lambda run: (best[run[0].hit.article.id], run[0].hit.passage.position),
    )
    return [*front, *between, *end]
