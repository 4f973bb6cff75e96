"""Rows of things and how many a text says there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.rows import counts_in, rows_in


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("做好茶叶、食用菌、蜂蜜三个特色产业。", {3}),
        ("包括选址、施工和验收", {3, 2}),
        ("茶叶、蜂蜜两个产业规模化、品牌化、绿色化发展", {2, 4}),
        ("港口和机场都已完工", {2}),
        ("全年降水偏少。", set()),
        ("负债率超过六成、现金短债比低于一倍、净负债率高于九成的企业", {3}),
    ],
)
def test_rows_are_as_long_as_they_may_be_read(text: str, lengths: set[int]) -> None:
    assert {len(row) for row in rows_in(text)} == lengths


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("三个特色产业", {(3, "个")}),
        ("今年抓好12个方面工作", {(12, "个")}),
        ("十大工程和两项改革", {(10, "大"), (2, "项")}),
        ("五篇大文章", {(5, "篇")}),
        ("第三条", set()),
        ("3月4日", set()),
        ("2.5个百分点", set()),
        ("一个中心", set()),
    ],
)
def test_what_is_counted_is_found(text: str, counts: set[tuple[int, str]]) -> None:
    assert counts_in(text) == counts


@given(st.text(alphabet="甲乙丙、和与，。三四个项0123 \n\x00", max_size=60))
def test_any_text_has_rows_of_its_own_words(text: str) -> None:
    assert all(item in text for row in rows_in(text) for item in row)
    assert all(number > 1 for number, _ in counts_in(text))
