"""Cells of a table that are right, and those that are cited."""

from pathlib import Path

import pytest

from assistant.model import Answer, Citation
from assistant.table import Table, TableCell
from evals.formats.read import read_set
from evals.formats.write import write_set
from evals.items import EvalItem, ExpectedCell
from evals.metrics.tables import cells_cited, cells_right

_QUOTES = ("2024年合肥市实现地区生产总值1.35万亿元。", "城市：南京 | 2024年：18500.8")


def answer(table: Table | None) -> Answer:
    citations = [
        Citation(n=number, article_id="a", title="题", quote=quote, start=0, end=len(quote))
        for number, quote in enumerate(_QUOTES, 1)
    ]
    return Answer(question="问", standalone_question="问", answer="答。[1]", citations=citations, table=table)


def table(nanjing: list[int]) -> Table:
    return Table(
        columns=["地区", "2024年"],
        rows=[
            [TableCell(text="合肥"), TableCell(text="13500亿元", citations=[1], printed="1.35万亿元")],
            [TableCell(text="南京"), TableCell(text="18500.8亿元", citations=nanjing)],
        ],
    )


def cell(row: str, value: str, column: str = "2024年") -> ExpectedCell:
    return ExpectedCell(row=row, column=column, value=value)


@pytest.mark.parametrize(
    ("expected", "share"),
    [
        ([cell("合肥", "1.35万亿元"), cell("南京", "18500.8亿元")], 1.0),
        ([cell("合肥", "13500亿元"), cell("南京", "18500亿元")], 0.5),
        ([cell("合肥市", "13500亿元", "2024")], 1.0),
        ([cell("合肥", "13500亿元", "")], 1.0),
        ([cell("合肥", "13500亿元", "2023年"), cell("武汉", "13500亿元")], 0.0),
    ],
)
def test_a_cell_is_right_under_its_row_and_column(expected: list[ExpectedCell], share: float) -> None:
    assert cells_right(answer(table([2])), expected) == share


def test_the_cells_of_a_series_are_named_by_their_times() -> None:
    series = Table(
        columns=["时间", "产量"],
        rows=[
            [TableCell(text="2023年"), TableCell(text="—")],
            [TableCell(text="2024年"), TableCell(text="18500.8亿元", citations=[2])],
        ],
    )
    expected = [cell("2024年", "18500.8亿元", ""), cell("2023年", "17421.4亿元", "")]
    assert cells_right(answer(series), expected) == 0.5
    assert cells_cited(answer(series), expected) == 1.0


def test_without_a_table_no_cell_is_right() -> None:
    assert cells_right(answer(None), [cell("合肥", "13500亿元")]) == 0.0
    assert cells_cited(answer(None), [cell("合肥", "13500亿元")]) is None


def test_a_right_cell_is_cited_where_its_quote_tells_the_figure() -> None:
    expected = [cell("合肥", "13500亿元"), cell("南京", "18500.8亿元")]
    assert cells_cited(answer(table([2])), expected) == 1.0
    assert cells_cited(answer(table([1])), expected) == 0.5
    assert cells_cited(answer(table([])), expected) == 0.5


def test_expected_cells_come_back_from_every_form(tmp_path: Path) -> None:
    item = EvalItem(
        id="1",
        question="合肥和南京的产值?",
        table=[cell("合肥", "=13500亿元"), cell("南京", "18500亿元", "")],
    )
    for form in ("jsonl", "csv", "xlsx"):
        file = tmp_path / f"set.{form}"
        write_set([item], file)
        items, problems = read_set(file)
        assert not problems
        assert items[0].table == item.table
