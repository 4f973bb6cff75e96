"""This program on a corpus, measured as the others are: its search by itself, and its answers."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from assistant.model import Answer
from assistant.passages import find_parts
from assistant.service import Assistant, open_index, today_of
from assistant.settings import Settings
from assistant.trace import Trace
from evals.corpora import Totals, rows_of, totals_of
from evals.evidence import EvidenceFinder
from evals.folder import Prediction
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics.facts import share_held
from evals.peers.judge import WITHIN, judge, standing_alone
from evals.peers.kept import Measured, Row
from evals.peers.systems.base import Found
from evals.run import Runner, one_thread_each
from index.hit import Hit
from index.query import Filters
from index.sync import ingest

SEARCH, ANSWER = "ours-search", "ours-answer"
_MARK = re.compile(r"\[\d+\]")


def measure_ours(folder: Path, settings: Settings, out: Path) -> tuple[dict[str, Measured], Totals]:
    """Ingest a corpus and ask it.

    Args:
        folder: The corpus.
        settings: All but index and corpus of them is used.
        out: Where the index stands meanwhile.

    Returns:
        What the search and the answers are worth, by `SEARCH` and `ANSWER`, and the figures of `assistant evals corpora`.
    """
    home = out / folder.name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    own = settings.model_copy(update={"index": home / "index", "corpus": folder / "documents"})
    items = read_set(folder / "questions.jsonl")[0]
    with one_thread_each():
        index = open_index(own)
        try:
            # The model is loaded now: for the others, too, that is no part of taking files in.
            index.sentence_vectors.of_question("…")
            began = cpu_seconds()
            problems = ingest(index, [folder / "documents"]).problems
            took = cpu_seconds() - began
            infos = index.catalogue.articles()
            texts = [
                article.text for info in infos if (article := index.catalogue.article(info.id)) is not None
            ]
            taken = {
                "characters": sum(len("".join(text.split())) for text in texts),
                "passages": index.catalogue.counts()[1],
                "not_read": [str(problem) for problem in problems],
                "ingest_seconds": took,
            }
            assistant = _Timed(index, own)
            # What is loaded on the first question is charged to none.
            assistant.ask(items[0].question)
            assistant.seconds = 0.0
            today = today_of(own)
            search = [_searched(assistant, item, item.asked_on or today) for item in standing_alone(items)]
            answers, totals = _answered(assistant, items)
        finally:
            index.close()
    shutil.rmtree(home)
    return {SEARCH: Measured(rows=search, **taken), ANSWER: Measured(rows=answers, **taken)}, totals


class _Timed(Assistant):
    """The assistant, which counts the CPU seconds that its answers in a run take."""

    seconds = 0.0

    def ask_traced(self, *given: Any, **options: Any) -> tuple[Answer, Trace]:
        """As `Assistant.ask_traced` does."""
        began = cpu_seconds()
        try:
            return super().ask_traced(*given, **options)
        finally:
            self.seconds += cpu_seconds() - began


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended: files are read in processes of their own."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _searched(assistant: Assistant, item: EvalItem, today: date) -> Row:
    began = cpu_seconds()
    parts = find_parts(assistant.searcher, item.question, Filters(), today, WITHIN)
    seconds = cpu_seconds() - began
    return Row(values=judge(item, _in_turns([part.hits for part in parts])), seconds=seconds)


def _in_turns(parts: list[list[Hit]]) -> list[Found]:
    """The hits of a question's parts in turns, as the page lists them."""
    longest = max(map(len, parts), default=0)
    turns = [part[at] for at in range(longest) for part in parts if at < len(part)]
    once = {hit.passage.id: hit for hit in turns}.values()
    return [
        Found(hit.passage.text, [Path(each.file).name for each in (hit.article, *hit.also_in)])
        for hit in once
    ]


def _answered(assistant: _Timed, items: list[EvalItem]) -> tuple[list[Row], Totals]:
    """All items asked, conversations turn by turn; the rows are of those that the others are asked, too."""
    # One question at a time, so that its CPU seconds can be told from those of the scoring.
    run = Runner(assistant, items, workers=1).run()
    seconds = assistant.seconds / len(items)
    totals = totals_of([values for _, values in rows_of(run, items, EvidenceFinder(assistant.index))])
    predictions = {each.id: each for each in run.predictions}
    rows = [
        Row(values=_values(item, predictions[item.id]), seconds=seconds) for item in standing_alone(items)
    ]
    return rows, totals


def _values(item: EvalItem, given: Prediction) -> dict[str, float]:
    text = "" if given.refused else _MARK.sub("", given.answer)
    shown = f"{text}\n{given.short_answer}" if text else ""
    if not item.answerable:
        return {"answered": float(not given.refused)}
    values = {"facts_first": share_held(shown, item.groups) or 0.0, "refused": float(given.refused)}
    if text:
        values["characters"] = float(len("".join(text.split())))
    return values
