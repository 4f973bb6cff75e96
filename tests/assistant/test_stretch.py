"""Which times a stretch in a question is of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.stretch import MOST_TIMES, stretch_in


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2019年至2021年的产量", ["2019年", "2020年", "2021年"]),
        ("十三五期间各年能耗", ["2016年", "2017年", "2018年", "2019年", "2020年"]),
        ("2024年四个季度的增速", [f"2024年{each}季度" for each in "一二三四"]),
        ("2024年上半年各月出口", [f"2024年{month}月" for month in range(1, 7)]),
        ("2024年前三季度分季度增速", [f"2024年{each}季度" for each in "一二三"]),
        ("2024年3-5月的用电量", [f"2024年{month}月" for month in range(3, 6)]),
    ],
)
def test_the_times_that_a_text_tells(text: str, times: list[str]) -> None:
    found = stretch_in(text)
    assert found is not None
    assert list(found.times) == times


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("2018年以来的产量", 2018, 0),
        ("近四年产量", 0, 4),
        ("这几年的产量", 0, 5),
        ("历年产量", 0, 0),
        ("2018年到现在", 2018, 0),
    ],
)
def test_an_open_stretch_leaves_its_times_to_the_articles(text: str, first: int, count: int) -> None:
    found = stretch_in(text)
    assert found is not None
    assert (found.times, found.first, found.count) == ((), first, count)


@pytest.mark.parametrize(
    "text", ["2024年的产量", "2023年至2024年", "1950年到2020年", "近五年级的成绩", "2024年季报"]
)
def test_one_time_two_or_too_many_are_no_stretch(text: str) -> None:
    assert stretch_in(text) is None


@given(st.text(alphabet="0123456789年月季度至到-近这几各每上下半前三两以来十五期间", max_size=30))
def test_any_text_is_read(text: str) -> None:
    found = stretch_in(text)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert len(found.times) <= MOST_TIMES
        assert len(set(found.times)) == len(found.times)
