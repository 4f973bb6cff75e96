"""The network that reads calculations: which figures it may choose, and how it is trained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import torch

from corpus.language.mentions import mentions_in
from index.embeddings.factory import default_model_folder
from index.reader.calculation_examples import (
    asked_of_their_like,
    digits_anew,
    examples_of,
    examples_on_texts,
    made,
)
from index.reader.calculations import OPERATIONS, CalculationReader, chosen
from index.reader.train_calculations import train

PASSAGE = "云县2024年公报\n全县有水库14座、山塘230座、泵站9座；茶园6.2万亩，比上年多0.3万亩。"
QUESTION = "水库和山塘加在一起多少座"


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


def test_examples_on_texts_find_their_passages(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    report = "全县有水库14座、山塘230座。茶园6.2万亩，比上年多0.3万亩。"
    (texts / "公报.txt").write_text(f"云县公报\n{report}", encoding="utf-8")
    kept = {"title": "青县 公报", "content": report.replace("14座", "15座")}
    (texts / "all.jsonl").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    rows = [
        {
            "document": name,
            "begins": "全县有水库",
            "ends": ends,
            "question": QUESTION,
            "operation": "sum",
            "operands": [{"text": figure, "role": "a"}, {"text": "230座", "role": "a"}],
        }
        for name, ends, figure in [
            ("公报", "230座。", "14座"),
            ("青县公报", "230座。", "15座"),
            ("公报", "不在里面", "14座"),
            ("没有的", "230座。", "14座"),
        ]
    ]
    file = tmp_path / "on_texts.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    found = examples_on_texts([texts], file)
    assert sorted(own[0].text for own in found) == [
        "云县公报\n全县有水库14座、山塘230座。",
        "青县 公报\n全县有水库15座、山塘230座。",
    ]
    assert examples_on_texts([], file) == []


def test_a_calculation_is_asked_of_a_passage_like_its_own_that_lacks_its_figures(tmp_path: Path) -> None:
    (example, *_), *_ = examples_of(_file(tmp_path))
    same = [replace(example, text=f"{example.text}又一篇")]
    like = [replace(example, question="青县水库多少", text="青县公报\n全县有水库15座、山塘231座。", roles={})]
    other = [replace(example, question="产值", text="乙市\n产值7.5亿元，增长3.1%。", roles={})]
    asked = asked_of_their_like([[example], same, like, other])
    assert [(each.question, each.text, each.operation) for each in asked] == [
        (QUESTION, like[0].text, "none")
    ] * 2
    assert asked_of_their_like([[example]]) == []


def test_a_training_says_how_much_it_reads_of_what_was_held_out(models: Path, tmp_path: Path) -> None:
    out = tmp_path / "calculations.safetensors"
    figures = train(default_model_folder(models), out, 1, file=_file(tmp_path), frozen=11, held_out=3)
    assert {"right", "operation", "left_alone", "sum", "told 0.5", "right 0.5"} <= set(figures)
    assert all(0 <= value <= 1 for name, value in figures.items() if not name.startswith("told"))
    assert out.exists()


def _logits(rows: list[list[float]]) -> torch.Tensor:
    return torch.tensor(rows) * 8


def _asked(operation: str) -> torch.Tensor:
    return torch.tensor([8.0 if each == operation else 0.0 for each in OPERATIONS])


@pytest.mark.parametrize(
    ("operation", "text", "roles", "firsts", "seconds"),
    [
        # Of a row those that are likelier summed up than not, of one unit.
        (
            "sum",
            "水库14座、山塘230座、泵站9座、茶园6亩",
            [[0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]],
            ["14座", "230座"],
            [],
        ),
        # The likeliest pair that can be counted together, the greater first.
        ("difference", "甲厂12吨，乙厂30吨，茶园80亩", [[0, 1, 0], [0, 0, 1], [0, 1, 0]], ["30吨"], ["12吨"]),
        ("share", "共90亿元，民企45亿元，增长3%", [[0, 1, 0], [0, 0, 1], [0, 1, 0]], ["45亿元"], ["90亿元"]),
        ("whole", "手持690万吨，占30%，另有5艘", [[0, 1, 0], [0, 0, 1], [0, 1, 0]], ["690万吨"], ["30%"]),
        ("growth", "由20家增至45家", [[0, 0, 1], [0, 1, 0]], ["45家"], ["20家"]),
        # Nothing fits, or nothing is asked for.
        ("share", "茶园80亩，产茶30吨", [[0, 1, 0], [0, 0, 1]], [], []),
        ("sum", "茶园80亩，产茶30吨", [[0, 1, 0], [0, 1, 0]], [], []),
        ("none", "茶园80亩，果园30亩", [[0, 1, 0], [0, 1, 0]], [], []),
    ],
)
def test_only_figures_that_can_be_counted_together_are_chosen(
    operation: str, text: str, roles: list[list[float]], firsts: list[str], seconds: list[str]
) -> None:
    read = chosen(_asked(operation), _logits(roles), mentions_in(text))
    assert read.operation == operation
    assert [each.quantity.text for each in read.firsts] == firsts
    assert [each.quantity.text for each in read.seconds] == seconds
    assert 0 <= read.likelihood <= 1


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
