"""Points of series in the tables of answers."""

from assistant.model import Answer
from assistant.table import MISSING, Table, TableCell
from evals.items import EvalItem
from evals.series_points import Points, points_in


def _answer(*values: str, goals: tuple[int, ...] = ()) -> Answer:
    rows = [
        [TableCell(text=f"{2021 + number}年"), TableCell(text=value, is_goal=number in goals)]
        for number, value in enumerate(values)
    ]
    return Answer(
        question="q", standalone_question="q", answer="a", table=Table(columns=["时间", "数值"], rows=rows)
    )


def test_points_are_right_wrong_or_missing_and_goals_are_no_wrong_results() -> None:
    facts = [["61万吨"], ["63万吨", "63万吨左右"], ["65万吨"]]
    series = EvalItem(id="s", question="q", type="series", facts=facts)
    other = EvalItem(id="o", question="q", type="amount", facts=facts)
    answers = {
        "s": _answer("61万吨", "40万吨", MISSING, "70万吨以上", goals=(3,)),
        "o": _answer("61万吨", "63万吨"),
    }
    assert points_in([series, other], answers) == Points(right=1, wrong=1, missing=2, questions=1, tables=1)
    assert points_in([], {}) == Points()
