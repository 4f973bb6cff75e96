"""This program's part of the comparison from a run that `assistant evals corpora --out DIR` left, without asking again."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from assistant.service import open_index
from assistant.settings import Settings
from evals.corpora import Totals, rows_of, totals_of
from evals.evidence import EvidenceFinder
from evals.folder import ItemTrace, RunFolder
from evals.items import EvalItem
from evals.peers.judge import judge
from evals.peers.kept import Measured, Row
from evals.peers.ours import ANSWER, SEARCH, values_of_answer
from evals.peers.systems.base import Found, characters_of
from index.store import Index


def of_run(folder: Path, items: list[EvalItem], settings: Settings) -> tuple[dict[str, Measured], Totals]:
    """What a run's searches and answers are worth; CPU seconds it does not tell.

    Args:
        folder: `DIR/NAME` of the corpus, with `run` and `index`.
        items: What counts; all of them must be in the run.
        settings: The embedding model's.

    Returns:
        As `evals.peers.ours.measure_ours` does.

    Raises:
        Problem: `not_a_run` where the folder holds none.
    """
    run = RunFolder(folder / "run")
    run.record()
    predictions, traces, scores = run.predictions(), run.traces(), run.scores()
    index = open_index(settings.model_copy(update={"index": folder / "index"}))
    try:
        answers = [Row(values=values_of_answer(item, predictions[item.id])) for item in items]
        search = [Row(values=judge(item, _found(index, traces[item.id]))) for item in items]
        chosen = [predictions[item.id] for item in items], [scores[item.id] for item in items]
        totals = totals_of([values for _, values in rows_of(items, *chosen, EvidenceFinder(index))])
        infos = index.catalogue.articles()
        texts = [each.text for info in infos if (each := index.catalogue.article(info.id)) is not None]
        taken = {"characters": characters_of(texts), "passages": index.catalogue.counts()[1]}
    finally:
        index.close()
    return {SEARCH: Measured(rows=search, **taken), ANSWER: Measured(rows=answers, **taken)}, totals


def _found(index: Index, trace: ItemTrace) -> list[Found]:
    """The hits of a question's parts in turns; a part's `scores` are in the order of its hits."""
    in_turns = zip_longest(*(part.scores for part in trace.parts))
    ids = list(dict.fromkeys(id_ for turn in in_turns for id_ in turn if id_ is not None))
    known = index.catalogue.passages(ids)
    return [Found(known[id_][0].text, [Path(known[id_][1].file).name]) for id_ in ids if id_ in known]
