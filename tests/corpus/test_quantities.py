"""Figures with their units: three examples of a unit and what is none, as data."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.language.quantities import quantities_in

_SPECS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "specs" / "quantities.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def test_every_unit_is_specified() -> None:
    for spec in _SPECS:
        assert spec["purpose"]
        assert len(spec["examples"]) >= 3
        assert all(spec["id"] in dict(map(reversed, figures)) for _, figures in spec["examples"])
        assert spec["id"] not in dict(map(reversed, spec["counter"][1]))


@pytest.mark.parametrize(
    ("text", "figures"), [each for spec in _SPECS for each in [*spec["examples"], spec["counter"]]]
)
def test_figures_are_read_with_their_units(text: str, figures: list[list[str]]) -> None:
    assert [(each.value, each.unit) for each in quantities_in(text)] == [
        (Decimal(value), unit) for value, unit in figures
    ]
