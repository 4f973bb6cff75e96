"""Whole numbers in Chinese words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import number_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14", 14), ("十", 10), ("十四", 14), ("四十", 40), ("九十九", 99), ("一百零二", 102), ("两", 2), ("两百三十", 230),
        ("三千零五", 3005), ("三万", 30_000), ("一亿二千万", 120_000_000), ("二〇二四", 2024), ("○", 0),
        ("", None), ("一二十", None), ("几", None), ("12年", None),
    ],
)  # fmt: skip
def test_the_value_of_a_number(text: str, value: int | None) -> None:
    assert number_of(text) == value


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两〇3甲", max_size=12))
def test_any_text_has_a_value_or_none(text: str) -> None:
    value = number_of(text)
    assert value is None or value >= 0
