"""What stands at the edges of pages: rows of tables stay, page numbers and running heads go."""

from __future__ import annotations

import pytest

from corpus.layout.furniture import without_furniture
from corpus.layout.page import Line, Page

SIZE = 0.015


def line(text: str, left: float, top: float) -> Line:
    return Line(text, left, left + 0.01 * len(text), top, top + SIZE, SIZE)


def rows(top: float, *cells: list[str]) -> list[Line]:
    return [
        line(cell, 0.2 + 0.3 * column, top + 0.025 * number)
        for number, row in enumerate(cells)
        for column, cell in enumerate(row)
    ]


def texts(pages: list[Page]) -> list[list[str]]:
    return [[each.text for each in page.lines] for page in without_furniture(pages)]


@pytest.mark.parametrize("figures", [["2987", "41"], ["54,791", "60.5"], ["—", "2024"]])
def test_figures_of_a_table_at_the_edge_of_a_page_stay(figures: list[str]) -> None:
    upper = rows(0.9, ["甘泉县", "86940", "12"], ["永丰县", *figures])
    lower = rows(0.03, ["安福县", *figures], ["云阳区", "60731", "17"])
    assert texts([Page(1, upper), Page(2, lower)]) == [
        [each.text for each in upper],
        [each.text for each in lower],
    ]


def test_a_page_number_under_a_table_goes() -> None:
    row = rows(0.85, ["甘泉县", "86940", "12"], ["永丰县", "14", "55"])
    assert texts([Page(1, [*row, line("12", 0.5, 0.95)])]) == [[each.text for each in row]]


def test_the_dashes_beside_a_page_number_go_with_it() -> None:
    foot = [line("—", 0.42, 0.95), line("12", 0.47, 0.95), line("—", 0.52, 0.95)]
    assert texts([Page(1, [line("正文", 0.2, 0.5), *foot])]) == [["正文"]]


def test_running_heads_with_a_number_beside_them_go() -> None:
    pages = [
        Page(number, [line(f"{40 + number}", 0.1, 0.03), line("统计年鉴", 0.4, 0.03), line("正文", 0.1, 0.3)])
        for number in range(1, 6)
    ]
    assert texts(pages) == [["正文"]] * 5


def test_a_line_that_comes_again_elsewhere_is_no_running_head() -> None:
    pages = [Page(1, [line("合计12", 0.1, 0.94)]), Page(2, [line("合计30", 0.1, 0.03)])]
    assert texts(pages) == [["合计12"], ["合计30"]]
