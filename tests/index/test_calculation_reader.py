"""The network that reads calculations: what it gives, and that its training can be served."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from index.embeddings.factory import default_model_folder
from index.reader.calculations import OPERATIONS, CalculationReader
from index.reader.train_calculations import digits_anew, examples_of, made, train

PASSAGE = "云县2024年公报\n全县有水库14座、山塘230座、泵站9座；茶园6.2万亩，比上年多0.3万亩。"
QUESTION = "水库和山塘加在一起多少座"


@pytest.fixture(scope="module")
def reader(models: Path, tmp_path_factory: pytest.TempPathFactory) -> CalculationReader:
    """One that was trained for a moment."""
    folder = tmp_path_factory.mktemp("calculations")
    out = folder / "calculations.safetensors"
    train(default_model_folder(models), out, 1, file=_file(folder), frozen=11, held_out=0)
    return CalculationReader(default_model_folder(models), out)


def test_what_is_read_does_not_depend_on_what_else_is_read(reader: CalculationReader) -> None:
    passages = [PASSAGE, "一篇没有数字的文章\n樱花在三月开放。", PASSAGE * 12]
    for read, passage in zip(reader.read(QUESTION, passages), passages, strict=True):
        assert read.operation in OPERATIONS
        assert 0 <= read.likelihood <= 1
        for mention in (*read.firsts, *read.seconds):
            assert passage[mention.start : mention.end][0].isdigit()
        (again,) = reader.read(QUESTION, [passage])
        assert (again.operation, again.firsts) == (read.operation, read.firsts)
        assert again.likelihood == pytest.approx(read.likelihood, abs=1e-3)
    assert reader.read(QUESTION, []) == []


def _file(folder: Path) -> Path:
    title, _, passage = PASSAGE.partition("\n")
    sum_ = [{"text": "14座", "role": "a"}, {"text": "230座", "role": "a"}]
    rows = [
        {
            "title": f"{title}{n}",
            "passage": passage,
            "question": question,
            "operation": operation,
            "operands": operands,
        }
        for n in range(6)
        for question, operation, operands in [
            (QUESTION, "sum", sum_),
            ("茶园有多少亩", "none", []),
            ("有三成是老茶园吗", "sum", [{"text": "没有的3座", "role": "a"}]),
        ]
    ]
    file = folder / "calculations.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


def test_examples_whose_figures_are_not_there_are_left_out(tmp_path: Path) -> None:
    passages = examples_of(_file(tmp_path))
    assert [len(own) for own in passages] == [2] * 6
    wanted = passages[0][0]
    assert {wanted.text[at : at + 3] for at in wanted.roles} == {"14座", "230"}


def test_other_digits_leave_figures_where_they_are(tmp_path: Path) -> None:
    passages = examples_of(_file(tmp_path))
    text = passages[0][0].text
    changed = digits_anew(text, Random(3))
    assert len(changed) == len(text)
    assert [a for a, b in zip(text, changed, strict=True) if a != b and not a.isdigit()] == []
    assert len(made(passages, Random(3))) > 12


def test_a_short_training_can_be_served(models: Path, tmp_path: Path) -> None:
    out = tmp_path / "calculations.safetensors"
    figures = train(default_model_folder(models), out, 1, file=_file(tmp_path), frozen=11, held_out=3)
    assert set(figures) == {"right", "operation", "left_alone", "sure", "right_where_sure"}
    assert (
        CalculationReader(default_model_folder(models), out).read(QUESTION, [PASSAGE])[0].operation
        in OPERATIONS
    )
