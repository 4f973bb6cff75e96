"""Nothing in an exported sheet is run as a formula, and what is read back is what was written."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as runs_with
from hypothesis import strategies as st
from openpyxl import load_workbook

from evals.formats import read_set
from evals.formats.cells import original_cell, safe_cell
from evals.formats.write import write_set
from evals.items import EvalItem

TEXTS = st.builds(
    lambda parts, rest: "".join(parts) + rest,
    st.lists(st.sampled_from(["=", "+", "-", "@", "'", "\t", "\r", "\n", " ", "＝", "１", "1", "%", "\u200b"]), max_size=5),
    st.text(max_size=6),
)  # fmt: skip
RUN = re.compile(r"[=+\-@＝＋－＠\t\r\n]")


@given(TEXTS)
def test_no_cell_begins_as_a_formula_does_and_all_come_back(text: str) -> None:
    cell = safe_cell(text)
    assert original_cell(cell) == text
    if not re.fullmatch(r"\s*[+-]?\d[\d,]*(\.\d+)?%?\s*", text):
        assert not RUN.match(cell)
        assert not RUN.match(cell.strip())


@pytest.mark.parametrize("figure", ["-3", "-3.5", "+5", "-1,234.5", "-12%", "0", -3, -2.5, None, True, ""])
def test_figures_stay_figures(figure: object) -> None:
    assert safe_cell(figure) == figure


@pytest.mark.parametrize(
    "formula", ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1", " =1", "-3 =1", "＝1+1", "'=1"]
)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_sets_come_back_whole(tmp_path: Path, formula: str, ending: str) -> None:
    file = tmp_path / f"set{ending}"
    item = EvalItem(id=formula.strip(), question=formula.strip() + "?", answers=[formula.strip()], type="-x")
    write_set([item], file)
    if ending == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))) for cell in row]
    else:
        rows = load_workbook(file).worksheets[0].iter_rows()
        cells = [str(cell.value or "") for row in rows for cell in row if cell.data_type == "s"]
        formulas = [
            cell
            for row in load_workbook(file).worksheets[0].iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert not formulas
    assert not [cell for cell in cells if RUN.match(cell)]
    items, problems = read_set(file)
    assert not problems
    assert items[0].model_dump() == item.model_dump()


@runs_with(suppress_health_check=list(HealthCheck), deadline=None, max_examples=30)
@given(text=TEXTS.filter(lambda text: text.strip() == text and text.isprintable() and text))
def test_any_question_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("set") / "set.csv"
    write_set([EvalItem(id="a", question=text)], file)
    items, _ = read_set(file)
    assert [item.question for item in items] == ([text] if text[:1] not in "[{" else [items[0].question])
