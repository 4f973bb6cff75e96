"""Running a set: every item asked, every answer counted and written down as it comes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel

from assistant.model import Answer, Turn
from assistant.service import Assistant
from corpus.problem import Problem
from evals.items import EvalItem
from evals.metrics import Outcome, Rates, outcome_of, rates_by_type, rates_of

_REMEMBERED_TURNS = 6


class Prediction(Answer):
    """An answer with its item's id, as a line of `predictions.jsonl`."""

    id: str


class EvalRun(BaseModel):
    """A finished run: predictions and outcomes in the order of the items, and the rates."""

    predictions: list[Prediction]
    outcomes: list[Outcome]
    total: Rates
    by_type: dict[str, Rates]


def run_set(
    assistant: Assistant,
    items: list[EvalItem],
    *,
    out: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> EvalRun:
    """Ask all items; with `out`, `predictions.jsonl` and `summary.json` are written there.

    Predictions are flushed one by one, so that a run that is stopped keeps what it has.
    """
    predictions: list[Prediction] = []
    outcomes: list[Outcome] = []
    chats: dict[str, list[Turn]] = {}
    part = None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        part = (out / "predictions.jsonl.part").open("w", encoding="utf-8")
    try:
        for number, item in enumerate(items):
            if progress is not None:
                progress(number, len(items))
            history = chats.setdefault(item.conversation, []) if item.conversation is not None else []
            answer = _ask(assistant, item, history)
            history.append(
                Turn(
                    question=item.question,
                    standalone_question=answer.standalone_question,
                    answer=answer.answer,
                )
            )
            prediction = Prediction(id=item.id, **answer.model_dump())
            predictions.append(prediction)
            outcomes.append(outcome_of(item, answer))
            if part is not None:
                part.write(prediction.model_dump_json() + "\n")
                part.flush()
    finally:
        if part is not None:
            part.close()
    if progress is not None:
        progress(len(items), len(items))
    run = EvalRun(
        predictions=predictions, outcomes=outcomes, total=rates_of(outcomes), by_type=rates_by_type(outcomes)
    )
    if out is not None:
        os.replace(out / "predictions.jsonl.part", out / "predictions.jsonl")
        summary = run.model_dump(include={"total", "by_type", "outcomes"})
        (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    return run


def _ask(assistant: Assistant, item: EvalItem, history: list[Turn]) -> Answer:
    try:
        return assistant.ask(
            item.question, history[-_REMEMBERED_TURNS:], filters=item.filters, today=item.asked_on
        )
    except Problem as problem:
        # A question that is refused at the door is refused.
        return Answer(
            question=item.question, standalone_question=item.question, refused=True, answer=problem.code
        )
