"""What recognition passes over or takes for another character: dashes alone in cells, brackets of a pair."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.layout.brackets import paired
from corpus.layout.dashes import with_dashes
from corpus.layout.page import Line

cv2 = pytest.importorskip("cv2")
numpy = pytest.importorskip("numpy")

WIDE, HIGH, TYPE = 1600, 800, 30


def line(text: str, left: int, right: int, middle: int) -> Line:
    top, bottom = (middle - 20) / HIGH, (middle + 20) / HIGH
    return Line(text, left / WIDE, right / WIDE, top, bottom, TYPE / HIGH, HIGH / WIDE)


def page_with(*strokes: tuple[int, int, int, int]):
    picture = numpy.full((HIGH, WIDE, 3), 255, dtype=numpy.uint8)
    for left, top, right, bottom in strokes:
        cv2.rectangle(picture, (left, top), (right, bottom), (0, 0, 0), -1)
    return picture


NAME = line("安福县", 100, 190, 400)
DASH = (600, 399, 628, 401)


def added(lines: list[Line], *strokes: tuple[int, int, int, int]) -> list[str]:
    return [found.text for found in with_dashes(lines, page_with(*strokes)) if found not in lines]


def test_a_dash_alone_in_a_row_is_read() -> None:
    found = with_dashes([NAME], page_with(DASH, (900, 399, 912, 401)))
    found.sort(key=lambda each: each.left)
    assert [each.text for each in found] == ["安福县", "—", "-"]
    assert abs(found[1].left - 600 / WIDE) < 0.003
    assert found[1].words[0].middle == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "strokes",
    [
        [(600, 399, 1200, 401)],  # a rule
        [(600, 440, 628, 442)],  # between the rows
        [(600, 415, 628, 417)],  # a blank to write on, at the foot of the row
        [(200, 399, 228, 401)],  # directly behind a word
        [(600, 399, 628, 401), (600, 409, 628, 411)],  # a sign of two strokes
        [(600, 399, 628, 401), (612, 385, 615, 415)],  # a cross
        [(600, 394, 628, 406)],  # a bar
    ],
)
def test_other_strokes_are_no_dashes(strokes: list[tuple[int, int, int, int]]) -> None:
    assert added([NAME], *strokes) == []


def test_a_stroke_recognised_as_one_is_a_dash_but_in_the_first_cell_of_a_row() -> None:
    one = line("一", 590, 640, 400)
    assert [each.text for each in with_dashes([NAME, one], page_with(DASH))] == ["安福县", "—"]
    assert [each.text for each in with_dashes([one], page_with(DASH))] == ["一"]


def test_a_dash_that_a_line_holds_is_not_added() -> None:
    assert added([line("营业收入——去年为三千万元", 300, 900, 400)], DASH) == []


@pytest.mark.parametrize(
    ("recognised", "printed"),
    [
        ("的意见》(梅政发〔2024]4号）的要求", "的意见》（梅政发〔2024〕4号）的要求"),
        ("同比增长（%)", "同比增长（%）"),
        ("床位数(张)", "床位数（张）"),
        ("see Figure 2 (left) and [28]", "see Figure 2 (left) and [28]"),
        ("μg/m3 (PM2.5)", "μg/m3 (PM2.5)"),
        ("[3) 其他", "[3) 其他"),
        ("1)第一项", "1)第一项"),
        ("(", "("),
    ],
)
def test_brackets_of_a_pair_are_of_one_kind(recognised: str, printed: str) -> None:
    assert paired(recognised) == printed


@settings(deadline=None)
@given(st.text(alphabet="()（）[]〔〕汉a1 》", max_size=12))
def test_only_brackets_change(text: str) -> None:
    result = paired(text)
    assert len(result) == len(text)
    assert re.sub(r"[()（）\[\]〔〕]", "", result) == re.sub(r"[()（）\[\]〔〕]", "", text)
    assert paired(result) == result
