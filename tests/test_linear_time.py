"""No function that takes text from outside is worse than linear in its length, whatever the text repeats.

What is compared is the growth of the time that the thread itself computes, on one text and on one ten times as long,
without the interpreter's garbage collection (which looks at all that other tests left); what seems too slow is measured
again. A pattern that tries every way to read a text does not end at all.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foreign_text import FUNCTIONS, SHAPES

SHORTEST, SHORT, LONG, LONGEST = 5_000, 10_000, 100_000, 1_000_000
MOST = 20.0
"""How much longer ten times the text may take."""
FLOOR_S = 0.4
"""What takes less is never too slow; a quadratic function takes more on a long text."""
TRIES = 3
LEADS = ("", "2024年上海的1", "不是，再")
ENDS = ("", "？x")


def seconds(function: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        begun = time.thread_time()
        function(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


def made_of(piece: str, length: int) -> str:
    return piece * (length // len(piece))


def check_growth(function: Callable[[str], object], piece: str, lead: str, end: str, length: int) -> None:
    """Ten times the text, from a tenth of `length` on, takes at most `MOST` times as long."""
    before = seconds(function, lead + made_of(piece, length // 10) + end)
    assert before < FLOOR_S * 10, f"{piece!r} again and again"
    most = max(FLOOR_S, MOST * max(before, FLOOR_S / 10))
    text = lead + made_of(piece, length) + end
    assert any(seconds(function, text) < most for _ in range(TRIES)), (
        f"{piece!r} after {lead!r} before {end!r}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_ten_times_the_text_takes_not_much_more_than_ten_times_as_long(name: str) -> None:
    check_shapes(FUNCTIONS[name], SHORTEST)


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_longer_texts_too(name: str) -> None:
    check_shapes(FUNCTIONS[name], SHORT)


def check_shapes(function: Callable[[str], object], length: int) -> None:
    function("上海2025年产量是多少")
    for number, piece in enumerate(SHAPES):
        lead, end = LEADS[number % len(LEADS)], ENDS[number % len(ENDS)]
        check_growth(function, piece, lead, end, length)


@pytest.mark.slow
@pytest.mark.longest
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("length", [LONG, LONGEST])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_longest_texts_too(name: str, length: int) -> None:
    function = FUNCTIONS[name]
    function("上海2025年产量是多少")
    for piece in SHAPES:
        check_growth(function, piece, "", "", length)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(FUNCTIONS)),
    pieces=st.lists(st.sampled_from(SHAPES), min_size=1, max_size=3),
    lead=st.sampled_from(SHAPES),
    end=st.sampled_from(["", "x", "。x", "？x"]),
)
def test_neither_does_any_mixture(name: str, pieces: list[str], lead: str, end: str) -> None:
    check_growth(FUNCTIONS[name], "".join(pieces), lead, end, SHORT)


@pytest.mark.parametrize("piece", ["多说说", "多一点", "细一下", "详细说明一下", "好的，", "不不", "还有吗"])
def test_what_may_be_read_in_many_ways_is_read_in_few(piece: str) -> None:
    """Sixty characters such as these stopped the whole server for good: each piece doubled the ways to try."""
    for name in ("conversation.wants_more", "conversation.readings"):
        check_growth(FUNCTIONS[name], piece, "", "x", 1000)
