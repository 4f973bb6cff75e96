"""A run in the forms that other tools read: RAGAS, BEIR, CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from assistant.service import Assistant
from corpus.problem import Problem
from evals.evidence import EvidenceFinder
from evals.folder import RunFolder
from evals.formats.cells import safe_cell
from evals.metrics.measures import STAGE_TIMES

_READ = 8


def to_ragas(run: RunFolder, target: Path) -> None:
    """JSON lines with the columns of RAGAS' evaluation dataset (`SingleTurnSample`)."""
    predictions, traces, passages = run.predictions(), run.traces(), run.passages()
    rows = []
    for item in run.items():
        if item.id not in predictions:
            continue
        trace = traces.get(item.id)
        read = list(
            dict.fromkeys(id_ for part in (trace.parts if trace else []) for id_ in part.reranked[:_READ])
        )
        rows.append(
            {
                "user_input": predictions[item.id].standalone_question,
                "response": predictions[item.id].answer,
                "retrieved_contexts": [passages[id_].text for id_ in read if id_ in passages],
                "reference": "；".join(group[0] for group in item.groups),
                "reference_contexts": item.evidence,
            }
        )
    _write_lines(target, rows)


def to_csv(run: RunFolder, target: Path) -> None:
    """A row an item: question, answer, what was expected, how it went, and its main measures."""
    predictions, scores = run.predictions(), run.scores()
    names = [
        "facts_share",
        "cited",
        "cite_recall",
        "figures",
        "exact",
        "f1",
        *(f"ms.{s}" for s in STAGE_TIMES),
    ]
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        head = [
            "id",
            "type",
            "question",
            "expected",
            "answer",
            "short_answer",
            "refused",
            "right",
            "cause",
            "confidence",
        ]
        writer.writerow([*head, *names])
        for item in run.items():
            if item.id not in scores or item.id not in predictions:
                continue
            prediction, score = predictions[item.id], scores[item.id]
            expected = "; ".join("|".join(group) for group in item.groups)
            cells = [
                item.id, item.type, item.question, expected, prediction.answer, prediction.short_answer,
                score.refused, score.right, score.cause, score.confidence,
            ]  # fmt: skip
            cells += [score.values.get(name, "") for name in names]
            writer.writerow([safe_cell(cell) for cell in cells])


def to_beir(run: RunFolder, target: Path, assistant: Assistant) -> None:
    """A BEIR folder: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv` from the evidence (Thakur et al., 2021)."""
    catalogue = assistant.index.catalogue
    finder = EvidenceFinder(assistant.index)
    predictions = run.predictions()
    corpus, queries, judged = [], [], [("query-id", "corpus-id", "score")]
    for info in catalogue.articles():
        for passage in catalogue.passages_of(info.id):
            title = " > ".join([info.title, *passage.heading_path])
            corpus.append({"_id": passage.id, "title": title, "text": passage.text})
    for item in run.items():
        relevant = finder.relevant(item)
        if not relevant or not all(relevant):
            continue
        prediction = predictions.get(item.id)
        queries.append(
            {
                "_id": safe_cell(item.id),
                "text": prediction.standalone_question if prediction else item.question,
            }
        )
        judged += [(safe_cell(item.id), id_, "1") for id_ in sorted(set().union(*relevant))]
    _write_lines(target / "corpus.jsonl", corpus)
    _write_lines(target / "queries.jsonl", queries)
    (target / "qrels").mkdir(parents=True, exist_ok=True)
    with (target / "qrels" / "test.tsv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(judged)


FORMS: dict[str, Callable[..., None]] = {"ragas": to_ragas, "csv": to_csv, "beir": to_beir}


def export(run: RunFolder, form: str, target: Path, assistant: Assistant | None = None) -> None:
    """Write a run in a form; "beir" needs the assistant whose index was searched.

    Raises:
        Problem: `eval_set_form` for an unknown form, `not_a_run`.
    """
    run.record()
    if form not in FORMS:
        raise Problem("eval_set_form", file=form, known=" ".join(FORMS))
    if form == "beir":
        if assistant is None:
            raise ValueError("the BEIR form needs an index")
        to_beir(run, target, assistant)
    else:
        FORMS[form](run, target)


def _write_lines(target: Path, rows: Iterable[dict]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
