"""How well the check tells good answers from bad, measured."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.problem import Problem
from evals.checker import run_checker
from ui.cli import app

CASE = {
    "id": "c1",
    "question": "上海的产量是多少？",
    "history": [],
    "passages": [
        {
            "n": 1,
            "title": "上海通报",
            "date": "2026-01-02",
            "section": "",
            "text": "上海产量4800万吨，增长5%。",
        }
    ],
    "answer": "<think>看资料1</think>上海产量4800万吨【1】。\n上海产量下降5%【1】。\n\n参考资料：\n[1] 上海通报",
    "units": [
        {"text": "上海产量4800万吨【1】。", "kind": "claim", "supported_by": [1], "ok": True, "wrong": ""},
        {
            "text": "上海产量下降5%【1】。",
            "kind": "claim",
            "supported_by": [],
            "ok": False,
            "wrong": "增长",
            "error_kind": "direction",
        },
    ],
    "all_good": False,
}


def _file(folder: Path, *lines: str) -> Path:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_right_units_pass_and_wrong_ones_are_caught(tmp_path: Path) -> None:
    result = run_checker(_file(tmp_path, json.dumps(CASE, ensure_ascii=False)))
    assert result.good_flagged is not None
    assert result.errors_caught is not None
    assert result.marks_right is not None
    assert (result.good_flagged.value, result.errors_caught.value, result.marks_right.value) == (0, 1, 1)
    assert result.caught_by_kind == {"direction": [1, 1]}
    assert not result.misses


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem) as problem:
        run_checker(_file(tmp_path, json.dumps(CASE), '{"id": 1}'))
    assert (problem.value.code, problem.value.fields["line"]) == ("bad_checker_case", 2)
    with pytest.raises(Problem, match="no_checker_cases"):
        run_checker(_file(tmp_path, ""))


def test_the_command_prints_shares(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evals", "checker", str(_file(tmp_path, json.dumps(CASE))), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.output)["errors_caught"] == 1.0
