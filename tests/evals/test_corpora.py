"""Whole corpora are ingested and asked; blind ones leave nothing but totals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.problem import Problem
from evals.corpora import corpora_in, headline_fits, run_corpora
from evals.reading.evidence import count_evidence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, place in (("north", "甘泉县"), ("south", "青石县")):
        documents = tmp_path / "corpora" / name / "documents"
        documents.mkdir(parents=True)
        (documents / "公报.md").write_text(
            f"# {place}2025年统计公报\n\n2025年，全县地区生产总值86.4亿元，比上年增长5.2%。\n\n"
            "| 指标 | 数量 |\n|---|---|\n| 床位数 | 812张 |\n| 医生 | 240人 |\n",
            "utf-8",
        )
        questions = [
            {
                "id": "a", "question": f"{place}2025年地区生产总值是多少？", "facts": [["86.4亿元"]], "type": "amount",
                "evidence": ["全县地区生产总值86.4亿元"], "document": "公报.md",
            },
            {"id": "b", "question": f"{place}2025年粮食产量是多少？", "answerable": False, "type": "absent"},
            {
                "id": "c", "question": f"{place}有多少张床位？", "facts": [["812张"]], "type": "table-cell",
                "evidence": ["| 床位数 | 812张 |", "床位数 813张"], "document": "公报.md",
            },
        ]  # fmt: skip
        lines = (json.dumps(question, ensure_ascii=False) for question in questions)
        (tmp_path / "corpora" / name / "questions.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path / "corpora"


def test_corpora_are_asked_and_blind_ones_keep_totals_only(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    seen = []
    result = run_corpora(
        corpora_in(folder),
        settings,
        tmp_path / "out",
        blind=["south"],
        progress=lambda *step: seen.append(step),
    )

    north, south = result.corpora
    assert (north.name, south.name) == ("north", "south")
    assert (north.all.answerable, north.all.absent) == (2, 1)
    assert set(north.by_type) == {"amount", "absent", "table-cell"}
    assert north.by_type["amount"].measures["facts"].value == 1.0
    assert 0 <= result.mean["facts"] <= 1
    assert (tmp_path / "out" / "north" / "run" / "predictions.jsonl").is_file()
    assert not (tmp_path / "out" / "south" / "run").exists()
    assert ("south", 3, 3) in seen


def test_a_corpus_that_is_not_there_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        corpora_in(folder, ["north", "west"])
    assert raised.value.fields["names"] == "west"
    with pytest.raises(Problem):
        corpora_in(tmp_path / "nothing")


def test_a_headline_fits_that_holds_a_fact_or_is_part_of_one() -> None:
    assert headline_fits("86.4亿元", [["86.4亿元"]])
    assert headline_fits("国务院办公厅", [["由国务院办公厅负责"]])
    assert not headline_fits("6.4亿元", [["86.4亿元"], ["5%"]])
    assert not headline_fits("5%", [["4.5%以上的税"]])


def test_quotes_are_found_as_text_and_by_cell(folder: Path) -> None:
    [(ending, count)] = count_evidence(sorted(folder.iterdir())).items()
    assert (ending, count.found, count.total) == (".md", 4, 6)
    assert {quote for _, quote in count.missing} == {"床位数 813张"}
