"""The network that reads calculations: which figures it may choose, and how it is trained."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
import torch

from corpus.language.mentions import mentions_in
from index.embeddings.factory import default_model_folder
from index.reader.calculations import OPERATIONS, chosen
from index.reader.train_calculations import digits_anew, examples_of, made, train

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
