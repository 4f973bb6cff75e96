"""Public benchmarks: their rules on hand-made cases, and a few real questions where the data lies at hand."""

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.problem import Problem
from evals.public import BENCHMARKS, run_benchmark
from evals.public.dragonball import covers, rouge_l
from evals.public.rgb import PASSAGES, Rgb, is_right


@pytest.mark.parametrize(
    ("said", "expected", "right"),
    [
        ("共造成12人死亡", ["12人"], True),
        ("1月3日宣誓，1月12日开会", ["1月3日", "1月12日"], True),
        ("1月3日宣誓", ["1月3日", "1月12日"], False),
        ("约131万", [["1313851", "131万"]], True),
        ("GDP 增长", "gdp", True),
        ("", ["12人"], False),
    ],
)
def test_rgb_wants_one_spelling_of_every_piece(said: str, expected: object, right: bool) -> None:
    assert is_right(said, expected) is right


def rgb_folder(folder: Path) -> Path:
    row = {
        "id": 1,
        "query": "q?",
        "answer": ["a"],
        "positive": ["p1", "p2"],
        "negative": [f"n{n}" for n in range(9)],
    }
    (folder / "zh_refine.jsonl").write_text(json.dumps(row), encoding="utf-8")
    both = {**row, "positive": [["x1", "x2"], ["y1"]]}
    (folder / "zh_int.jsonl").write_text(json.dumps(both), encoding="utf-8")
    (folder / "zh_fact.jsonl").write_text(
        json.dumps({**row, "positive_wrong": ["w1", "w2", "w3"]}), encoding="utf-8"
    )
    return folder


def test_rgb_draws_documents_as_its_script_does(tmp_path: Path) -> None:
    benchmark = Rgb(rgb_folder(tmp_path))
    drawn = {task.part: [benchmark._texts[key] for key in task.documents] for task in benchmark.tasks()}
    ours = {"side by side", *(part for part in drawn if part.startswith("1 good"))}
    assert all(len(texts) == PASSAGES for part, texts in drawn.items() if part not in ours)
    assert drawn["1 good, 4 bad"] == ["p1", "n0", "n1", "n2", "n3"]
    # Only two good documents are there: the bad ones make up for the rest.
    assert drawn["noise 0.0"] == ["p1", "p2", "n0", "n1", "n2"]
    assert drawn["noise 0.8"] == ["p1", "n0", "n1", "n2", "n3"]
    assert drawn["rejection"] == ["n0", "n1", "n2", "n3", "n4"]
    assert {"y1"} < set(drawn["integration 0.4"])
    assert {"x1", "x2", "y1"} <= set(drawn["integration 0.0"])
    assert drawn["counterfactual"][:3] == ["w1", "w2", "w3"]


def test_rouge_l_by_hand() -> None:
    assert rouge_l("上海营收", "上海的营收") == pytest.approx(2 * 4 / 9)
    assert rouge_l("上海", "") == 0


def test_a_key_point_is_covered_whatever_its_number() -> None:
    assert covers("〔青川公司〕2017年的排放量为8吨。", "3. 青川公司2017年的排放量为8吨。")
    assert not covers("排放量为8吨。", "3. 青川公司2017年的排放量为8吨。")
    assert not covers("〔青川公司〕2017年的排放量为9吨。", "3. 青川公司2017年的排放量为8吨。")


def test_a_missing_file_is_named(tmp_path: Path, settings: Settings) -> None:
    for benchmark in BENCHMARKS.values():
        with pytest.raises(Problem) as problem:
            run_benchmark(benchmark(tmp_path), settings, tmp_path / "work")
        assert problem.value.code == "public_file_missing"


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name == "dragonball")) for name in sorted(BENCHMARKS)],
)
def test_real_questions_are_counted(name: str, shared: Path, settings: Settings, tmp_path: Path) -> None:
    most = 1 if name == "rgb" else 2
    benchmark = BENCHMARKS[name](shared / "benchmarks" / name, most)
    if name == "dragonball":
        benchmark.documents = lambda: list(type(benchmark).documents(benchmark))[:8]  # type: ignore[method-assign,assignment,return-value]
    result = run_benchmark(benchmark, settings, tmp_path)
    assert result.tasks == len(list(benchmark.tasks()))
    for measures in result.parts.values():
        for found in measures.values():
            assert 0 <= found.value <= 1
    assert (tmp_path / "result.json").is_file()
