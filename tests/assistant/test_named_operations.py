"""The words by which a sentence names how a figure was worked out: examples and counter-examples of each operation, as data."""

import json
import re
from pathlib import Path

import pytest

from assistant.checking import arithmetic
from assistant.checking.figures import is_english
from assistant.checking.judge import Claim, missing_things

_SPECS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "specs" / "worked_out.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
_EXAMPLES = [(spec["id"], each, spec["passage"]) for spec in _SPECS for each in spec["examples"]]


def is_worked_out(sentence: str, passage: str) -> bool:
    """Whether every figure of a sentence, of which the passage tells not all, follows from those of the passage."""
    missing, worked_out = missing_things(Claim(sentence, passage))
    return worked_out and not [each for each in missing if each.rule in {"figure", "unit"}]


def test_every_operation_is_specified_in_both_languages() -> None:
    assert [spec["id"] for spec in _SPECS] == list(arithmetic._NAMED)
    for spec in _SPECS:
        assert spec["purpose"]
        assert spec["counters"]
        for in_english in (True, False):
            assert sum(is_english(each) is in_english for each in spec["examples"]) >= 3


@pytest.mark.parametrize(("operation", "sentence", "passage"), _EXAMPLES)
def test_a_figure_follows_because_its_operation_is_named(
    monkeypatch: pytest.MonkeyPatch, operation: str, sentence: str, passage: str
) -> None:
    assert is_worked_out(sentence, passage)
    monkeypatch.setitem(arithmetic._NAMED, operation, re.compile(r"(?!)"))
    assert not is_worked_out(sentence, passage)


@pytest.mark.parametrize(
    ("sentence", "passage"), [(each, spec["passage"]) for spec in _SPECS for each in spec["counters"]]
)
def test_a_figure_does_not_follow(sentence: str, passage: str) -> None:
    assert not is_worked_out(sentence, passage)


@pytest.mark.parametrize(
    ("sentence", "follows"),
    [
        ("三区平均投资12.1亿元。", True),
        ("The three districts invested 1.21 billion yuan on average.", True),
        ("三区共投资12.1亿元。", False),
        ("The three districts invested a total of 1.21 billion yuan.", False),
        ("三区共投资36.2亿元。", True),
    ],
)
def test_the_mean_of_figures_is_an_average_and_no_sum(sentence: str, follows: bool) -> None:
    passage = "东山区投资12.4亿元，西水区15.1亿元，南苑区8.7亿元。"
    assert is_worked_out(sentence, passage) is follows
