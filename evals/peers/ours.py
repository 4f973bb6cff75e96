"""This program on a corpus, measured as the others are: its search by itself, and its answers."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

from assistant.model import Answer, Turn
from assistant.passages import find_parts
from assistant.service import Assistant, open_index, today_of
from assistant.settings import Settings
from assistant.trace import Trace
from corpus.problem import Problem
from evals.corpora import Totals, rows_of, totals_of
from evals.evidence import EvidenceFinder
from evals.folder import Prediction
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics.facts import share_held
from evals.peers.judge import WITHIN, judge, standing_alone
from evals.peers.kept import Measured, Row
from evals.peers.systems.base import Found
from evals.run import REMEMBERED_TURNS, one_thread_each
from evals.score import ScoreKeeper
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
            assistant = Assistant(index, own)
            # What is loaded on the first question is charged to none.
            assistant.ask(items[0].question)
            today = today_of(own)
            search = [_searched(assistant, item, item.asked_on or today) for item in standing_alone(items)]
            answers, totals = _answered(assistant, items)
        finally:
            index.close()
    shutil.rmtree(home)
    return {SEARCH: Measured(rows=search, **taken), ANSWER: Measured(rows=answers, **taken)}, totals


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


def _answered(assistant: Assistant, items: list[EvalItem]) -> tuple[list[Row], Totals]:
    """All items asked, conversations turn by turn; the rows are of those that the others are asked, too."""
    finder = EvidenceFinder(assistant.index)
    keeper = ScoreKeeper(finder)
    chats: dict[str, list[Turn]] = {}
    predictions, scores, seconds = [], [], {}
    for item in items:
        history = chats.setdefault(item.conversation, []) if item.conversation is not None else []
        began = cpu_seconds()
        answer, trace = _asked(assistant, item, history)
        seconds[item.id] = cpu_seconds() - began
        history.append(Turn.after(item.question, answer))
        predictions.append(Prediction(id=item.id, **answer.model_dump()))
        scores.append(keeper.score(item, predictions[-1], trace))
    totals = totals_of([values for _, values in rows_of(items, predictions, scores, finder)])
    given = {each.id: each for each in predictions}
    rows = [
        Row(values=_values(item, given[item.id]), seconds=seconds[item.id]) for item in standing_alone(items)
    ]
    return rows, totals


def _asked(assistant: Assistant, item: EvalItem, history: list[Turn]) -> tuple[Answer, Trace]:
    try:
        return assistant.ask_traced(
            item.question, history[-REMEMBERED_TURNS:], filters=item.filters, today=item.asked_on
        )
    except Problem as problem:
        # A question that is refused at the door is refused.
        text = item.question
        return Answer(question=text, standalone_question=text, refused=True, answer=problem.code), Trace()


def _values(item: EvalItem, given: Prediction) -> dict[str, float]:
    text = "" if given.refused else _MARK.sub("", given.answer)
    if not item.answerable:
        return {"answered": float(not given.refused)}
    values = {"facts_first": share_held(text, item.groups) or 0.0, "refused": float(given.refused)}
    if text:
        values["characters"] = float(len("".join(text.split())))
    return values
