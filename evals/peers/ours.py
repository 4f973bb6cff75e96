"""This program on a corpus, measured as the others are: its search by itself, and its answers."""

from __future__ import annotations

import os
import re
import shutil
from itertools import zip_longest
from pathlib import Path

from assistant.model import Answer
from assistant.passages import find_parts
from assistant.service import Assistant, open_index, today_of
from assistant.settings import Settings
from assistant.trace import Trace
from corpus.load import sandbox
from corpus.problem import Problem
from evals.corpora import Totals, rows_of, totals_of
from evals.evidence import EvidenceFinder
from evals.folder import Prediction
from evals.items import EvalItem
from evals.metrics.facts import share_held
from evals.peers.judge import WITHIN, judge
from evals.peers.kept import Measured, Row
from evals.peers.systems.base import Found, characters_of
from evals.run import one_thread_each
from evals.score import ScoreKeeper
from index.sync import ingest

SEARCH, ANSWER = "ours-search", "ours-answer"
_WARMING = "2019年哪些地方的粮食产量超过了2000万吨？"
_MARK = re.compile(r"\[\d+\]")


def measure_ours(
    folder: Path, items: list[EvalItem], settings: Settings, out: Path
) -> tuple[dict[str, Measured], Totals]:
    """Ingest a corpus and ask it.

    Args:
        folder: The corpus.
        items: What it is asked.
        settings: All but index and corpus of them is used.
        out: Where the index stands meanwhile.

    Returns:
        What the search and the answers are worth, by `SEARCH` and `ANSWER`, and the same questions counted
        as `assistant evals corpora` does.
    """
    home = out / folder.name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    own = settings.model_copy(update={"index": home / "index", "corpus": folder / "documents"})
    with one_thread_each():
        index = open_index(own)
        try:
            # The model is loaded now: for the others, too, that is no part of taking files in.
            index.sentence_vectors.of_question("…")
            began = cpu_seconds()
            problems = ingest(index, [folder / "documents"]).problems
            # The process that reads files ends here, so that its time is counted.
            sandbox.close()
            took = cpu_seconds() - began
            infos = index.catalogue.articles()
            texts = [
                article.text for info in infos if (article := index.catalogue.article(info.id)) is not None
            ]
            taken = {
                "characters": characters_of(texts),
                "passages": index.catalogue.counts()[1],
                "not_read": [str(problem) for problem in problems],
                "ingest_seconds": took,
            }
            assistant = Assistant(index, own)
            # What is loaded on the first question is charged to none.
            assistant.ask(_WARMING)
            search, answers, totals = _asked(assistant, items)
        finally:
            index.close()
    shutil.rmtree(home)
    return {SEARCH: Measured(rows=search, **taken), ANSWER: Measured(rows=answers, **taken)}, totals


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended: files are read in processes of their own."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _asked(assistant: Assistant, items: list[EvalItem]) -> tuple[list[Row], list[Row], Totals]:
    """What the search and the answers are worth, and the answers as `assistant evals corpora` counts them."""
    finder = EvidenceFinder(assistant.index)
    keeper = ScoreKeeper(finder)
    search, answers, predictions, scores = [], [], [], []
    for item in items:
        began = cpu_seconds()
        answer, trace = _answer_to(assistant, item)
        seconds = cpu_seconds() - began
        predictions.append(Prediction(id=item.id, **answer.model_dump()))
        scores.append(keeper.score(item, predictions[-1], trace))
        answers.append(Row(values=values_of_answer(item, answer), seconds=seconds))
        # The same search again: what it read for the answer is remembered, so its share of that time is its cost.
        spent = answer.timings_ms
        share = (spent.retrieve + spent.rerank) / spent.total if spent.total else 1.0
        search.append(Row(values=judge(item, _found(assistant, item)), seconds=seconds * share))
    return search, answers, totals_of([values for _, values in rows_of(items, predictions, scores, finder)])


def _answer_to(assistant: Assistant, item: EvalItem) -> tuple[Answer, Trace]:
    try:
        return assistant.ask_traced(item.question, filters=item.filters, today=item.asked_on)
    except Problem as problem:
        # A question that is refused at the door is refused.
        text = item.question
        return Answer(question=text, standalone_question=text, refused=True, answer=problem.code), Trace()


def _found(assistant: Assistant, item: EvalItem) -> list[Found]:
    """What `assistant search` finds: the hits of a question's parts in turns."""
    today = item.asked_on or today_of(assistant.settings)
    parts = find_parts(assistant.searcher, item.question, item.filters, today, WITHIN)
    in_turns = (
        hit for turn in zip_longest(*(part.hits for part in parts)) for hit in turn if hit is not None
    )
    once = {hit.passage.id: hit for hit in in_turns}.values()
    return [
        Found(hit.passage.text, [Path(each.file).name for each in (hit.article, *hit.also_in)])
        for hit in once
    ]


def values_of_answer(item: EvalItem, given: Answer) -> dict[str, float]:
    """The facts that an answer holds, whether it is a refusal, and its characters; of an absent item, whether it was answered."""
    text = "" if given.refused else _MARK.sub("", given.answer)
    if not item.answerable:
        return {"answered": float(not given.refused)}
    values = {"facts_first": share_held(text, item.groups) or 0.0, "refused": float(given.refused)}
    if text:
        values["characters"] = float(len("".join(text.split())))
    return values
