"""How right the assistant is on whole corpora that it was not made for: each a folder of documents with questions.

A corpus is a folder with `documents/` and `questions.jsonl` (the form of `evals.items`). Each is ingested into an index
of its own and asked all of its questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, Field

from assistant.model import Answer
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.problem import Problem
from evals.evidence import EvidenceFinder
from evals.folder import Prediction
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics.facts import holds
from evals.metrics.intervals import Estimate, estimate
from evals.run import Runner
from evals.score import ItemScore
from index.sync import ingest

MEASURES = ("facts", "cited", "headline", "refused_right", "refused_wrong")
_LEAST_HEADLINE = 2
Progress = Callable[[str, int, int], None]
"""Called with the corpus, how many of its questions were asked, and how many there are."""


class Totals(BaseModel):
    """The measures of some questions, each a share with its 95 % interval; absent where nothing counts for it."""

    answerable: int = 0
    absent: int = 0
    measures: dict[str, Estimate] = Field(default_factory=dict)


class CorpusResult(BaseModel):
    """How one corpus went, in all and by the questions' type, and what of its files could not be read."""

    name: str
    all: Totals
    by_type: dict[str, Totals] = Field(default_factory=dict)
    problems: list[str] = Field(default_factory=list)


class CorporaResult(BaseModel):
    """The corpora, and over them the mean of each measure's values (every corpus counts the same)."""

    corpora: list[CorpusResult]
    mean: dict[str, float] = Field(default_factory=dict)


def corpora_in(folder: Path, only: Sequence[str] = ()) -> list[Path]:
    """The corpora under a folder, by name, or those of them that are named.

    Raises:
        Problem: `no_corpora` when there is none, or a named one is not there.
    """
    found = {file.parent.name: file.parent for file in sorted(folder.glob("*/questions.jsonl"))}
    missing = [name for name in only if name not in found]
    if missing or not found:
        raise Problem("no_corpora", folder=folder, names=", ".join(missing) or "*")
    return [path for name, path in found.items() if not only or name in only]


def run_corpora(
    folders: Iterable[Path],
    settings: Settings,
    out: Path,
    *,
    blind: Sequence[str] = (),
    fresh: bool = False,
    progress: Progress | None = None,
) -> CorporaResult:
    """Ingest and ask every corpus.

    Args:
        folders: The corpora.
        settings: All but index and corpus of them is used.
        out: Folder for the indexes and, of corpora that are not blind, the runs (`OUT/NAME/run`). An index that is
            there is brought in step; a run that was stopped goes on.
        blind: Names of corpora of which nothing but totals is kept.
        fresh: Ask all questions anew.
        progress: Told of every question answered.

    Returns:
        Figures by corpus and over all.
    """
    report = progress or (lambda name, done, total: None)
    results = [
        _run_corpus(
            folder, settings, out / folder.name, blind=folder.name in blind, fresh=fresh, progress=report
        )
        for folder in folders
    ]
    mean = {
        name: float(np.mean([result.all.measures[name].value for result in results]))
        for name in MEASURES
        if results and all(name in result.all.measures for result in results)
    }
    return CorporaResult(corpora=results, mean=mean)


def _run_corpus(
    folder: Path, settings: Settings, out: Path, *, blind: bool, fresh: bool, progress: Progress
) -> CorpusResult:
    out.mkdir(parents=True, exist_ok=True)
    own = settings.model_copy(update={"index": out / "index", "corpus": folder / "documents"})
    index = open_index(own)
    try:
        problems = [str(problem) for problem in ingest(index, [folder / "documents"]).problems]
        items, of_set = read_set(folder / "questions.jsonl")
        run = Runner(
            Assistant(index, own),
            items,
            out=None if blind else out / "run",
            set_file=folder / "questions.jsonl",
            fresh=fresh,
            progress=lambda done, total: progress(folder.name, done, total),
        ).run()
        rows = rows_of(items, run.predictions, run.scores, EvidenceFinder(index))
    finally:
        index.close()
    types = sorted({item.type for item in items})
    return CorpusResult(
        name=folder.name,
        all=totals_of([values for _, values in rows]),
        by_type={name: totals_of([values for item, values in rows if item.type == name]) for name in types},
        problems=[] if blind else [*problems, *map(str, of_set)],
    )


def rows_of(
    items: Sequence[EvalItem],
    predictions: Iterable[Prediction],
    scores: Iterable[ItemScore],
    finder: EvidenceFinder,
) -> list[tuple[EvalItem, dict[str, float]]]:
    """The items of a run, each with those of `MEASURES` that count for it."""
    given_answers = {prediction.id: prediction for prediction in predictions}
    given_scores = {score.id: score.values for score in scores}
    rows = []
    for item in items:
        given = given_scores.get(item.id, {})
        values: dict[str, float] = {
            name: given[name] for name in ("facts", "refused_right", "refused_wrong") if name in given
        }
        prediction = given_answers.get(item.id)
        if prediction is not None and item.answerable and not prediction.refused:
            if values.get("facts"):
                values["cited"] = float(_cites(item, prediction, finder))
            if prediction.short_answer:
                values["headline"] = float(headline_fits(prediction.short_answer, item.groups))
        rows.append((item, values))
    return rows


def _cites(item: EvalItem, answer: Answer, finder: EvidenceFinder) -> bool:
    """Whether a citation overlaps the evidence, or quotes an asked fact."""
    return any(
        finder.overlaps(quote, citation.article_id, citation.start, citation.end)
        for quote in item.evidence
        for citation in answer.citations
    ) or any(
        holds(citation.quote, one) for citation in answer.citations for group in item.groups for one in group
    )


def headline_fits(short_answer: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether the short answer holds an asked fact, or is a part of one that is longer."""
    is_long = len("".join(short_answer.split())) >= _LEAST_HEADLINE
    return any(
        holds(short_answer, one) or (is_long and holds(one, short_answer))
        for group in groups
        for one in group
    )


def totals_of(rows: Sequence[dict[str, float]]) -> Totals:
    """The measures over the rows, each with its interval."""
    measures = {}
    for name in MEASURES:
        values = np.array([row[name] for row in rows if name in row])
        if len(values):
            measures[name] = estimate(values)
    return Totals(
        answerable=sum("refused_wrong" in row for row in rows),
        absent=sum("refused_right" in row for row in rows),
        measures=measures,
    )
