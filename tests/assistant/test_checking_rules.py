"""Each rule of the check of written answers: what it is for, three examples and a counter-example, as data."""

import json
from pathlib import Path

import pytest

from assistant.checking.judge import RULES, Claim, judge

_SPECS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "specs" / "checking_rules.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def fired(sentence: str, told: str) -> set[str]:
    return {fault.rule for fault in judge(Claim(sentence, told)).found}


def test_every_rule_is_specified() -> None:
    assert [spec["id"] for spec in _SPECS] == list(RULES)
    assert all(spec["purpose"] and len(spec["examples"]) == 3 for spec in _SPECS)


@pytest.mark.parametrize(
    ("rule", "sentence", "told"),
    [(spec["id"], *example) for spec in _SPECS for example in spec["examples"]],
)
def test_a_rule_fires(rule: str, sentence: str, told: str) -> None:
    assert rule in fired(sentence, told)


@pytest.mark.parametrize(("rule", "sentence", "told"), [(spec["id"], *spec["counter"]) for spec in _SPECS])
def test_a_rule_stays_silent(rule: str, sentence: str, told: str) -> None:
    assert rule not in fired(sentence, told)
