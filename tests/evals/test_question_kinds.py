"""Labels of others' questions find their questions, and measures count what is read as labelled."""

from __future__ import annotations

import json
from pathlib import Path

from evals.question_kinds import LABELS, measures_of, questions_below
from index.fit_question_heads import LABELS as KNOWN


def test_questions_are_found_wherever_they_stand(tmp_path: Path) -> None:
    nested = {"data": [{"paragraphs": [{"qas": [{"question": "甲?"}]}]}], "query": {"content": "乙?"}}
    (tmp_path / "a.json").write_text(json.dumps(nested, ensure_ascii=False), "utf-8")
    (tmp_path / "b.jsonl").write_text('{"question": "丙?", "context": "丁"}\n\n', "utf-8")
    assert set(questions_below(tmp_path)) == {"甲?", "乙?", "丙?"}


def test_what_is_read_as_labelled_counts() -> None:
    found = measures_of([("修这条路花了多少钱", {"amount"}), ("修这条路花了多少钱", {"person", "goal"})])
    assert found["type"] == [True, False]
    assert found["goal"] == [True, False]


def test_the_labels_are_known() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert len(rows) == 300
    assert all(set(row["labels"].split()) <= set(KNOWN) for row in rows)
