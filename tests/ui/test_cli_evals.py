"""`assistant eval` and `assistant evals …` as a person types them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ITEMS = [
    {"id": "1", "question": "上海2025年集成电路产业营收多少?", "facts": [["4800亿"]], "evidence": ["2025年上海集成电路产业营收超过4800亿元。"]},
    {"id": "2", "question": "江苏2025年集成电路产量是多少?", "facts": [["1734.27亿"]]},
    {"id": "3", "question": "浙江2025年集成电路产量是多少?", "answerable": False, "type": "absent"},
]  # fmt: skip


def environment(data: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return {**clean, "ASSISTANT_DATA": str(data), "GITHUB_STEP_SUMMARY": str(data / "summary.md")}


def assistant(*arguments: str, data: Path, input: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        cwd=ROOT, env=environment(data), input=input, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evals")
    (folder / "models").symlink_to(ROOT / ".data" / "models")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "a.md").write_text(
        "# 上海\n\n2025年上海集成电路产业营收超过4800亿元。2025年上海有35家集成电路公司在科创板上市。",
        encoding="utf-8",
    )
    (articles / "b.md").write_text("# 江苏\n\n2025年江苏集成电路产量为1734.27亿块。", encoding="utf-8")
    done = assistant("ingest", str(articles), data=folder)
    assert done.returncode == 0, done.stderr
    (folder / "set.jsonl").write_text(
        "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in ITEMS), encoding="utf-8"
    )
    done = assistant("eval", str(folder / "set.jsonl"), "--out", str(folder / "run"), data=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_set_is_run_and_reported(data: Path) -> None:
    assert {"predictions.jsonl", "metrics.json", "report.html", "run.json"} <= {
        file.name for file in (data / "run").iterdir()
    }
    again = assistant("eval", str(data / "set.jsonl"), "--out", str(data / "run"), data=data)
    assert "3 / 3" in again.stderr  # nothing is asked twice
    other = data / "other.jsonl"
    other.write_text(json.dumps(ITEMS[0], ensure_ascii=False), encoding="utf-8")
    refused = assistant("eval", str(other), "--out", str(data / "run"), data=data)
    assert refused.returncode == 2
    assert "--fresh" in refused.stderr


def test_without_a_folder_the_run_lies_in_the_data_folder(data: Path) -> None:
    assert assistant("eval", str(data / "set.jsonl"), data=data).returncode == 0
    (run,) = (data / "runs").iterdir()
    assert run.name.startswith("set-")
    assert str(run.name) in assistant("evals", "runs", data=data).stdout
    compared = assistant("evals", "compare", str(data / "run"), run.name, "--json", data=data)
    assert compared.returncode == 0, compared.stderr
    assert json.loads(compared.stdout)["both"] == 3


def test_a_gate_passes_fails_and_writes_its_summary(data: Path) -> None:
    run = str(data / "gated")
    passed = assistant("evals", "gate", str(data / "set.jsonl"), "--min", "facts=0.9", "--out", run, "--baseline", str(data / "run"), data=data)  # fmt: skip
    assert passed.returncode == 0, passed.stdout + passed.stderr
    failed = assistant("evals", "gate", str(data / "set.jsonl"), "--max", "length=1", "--out", run, data=data)
    assert failed.returncode == 1
    assert "❌" in (data / "summary.md").read_text(encoding="utf-8")
    assert assistant("evals", "gate", str(data / "set.jsonl"), "--min", "beauty=1", data=data).returncode == 2
    assert assistant("evals", "gate", str(data / "set.jsonl"), data=data).returncode == 2


def test_check_draft_convert_and_export(data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text((data / "set.jsonl").read_text(encoding="utf-8") + '{"id": "9"}\n', encoding="utf-8")
    checked = assistant(
        "evals", "check", str(broken), "--against", str(data / "set.jsonl"), "--json", data=data
    )
    assert checked.returncode == 1
    told = json.loads(checked.stdout)
    assert told["items"] == 3
    assert "第4行" in told["problems"][0]
    assert len([warning for warning in told["warnings"] if "调参" in warning]) == 3

    drafted = assistant("evals", "draft", str(tmp_path / "new.jsonl"), data=data, input="n\ny\nq\n")
    assert drafted.returncode == 0, drafted.stderr
    assert len((tmp_path / "new.jsonl").read_text(encoding="utf-8").splitlines()) == 1

    sheet = tmp_path / "set.xlsx"
    assert assistant("evals", "convert", str(data / "set.jsonl"), str(sheet), data=data).returncode == 0
    assert assistant("evals", "convert", str(data / "set.jsonl"), str(sheet), data=data).returncode == 2
    assert "3" in assistant("evals", "check", str(sheet), data=data).stdout

    exported = assistant("evals", "export", str(data / "run"), str(tmp_path / "out.csv"), data=data)
    assert exported.returncode == 0, exported.stderr
    assert assistant("evals", "report", str(tmp_path / "none"), data=data).returncode == 2
    assert assistant("evals", "public", "squad", str(tmp_path), data=data).returncode == 2


def test_ctrl_c_keeps_what_is_done_and_the_same_command_goes_on(data: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(
        "".join(json.dumps({**ITEMS[n % 3], "id": str(n)}, ensure_ascii=False) + "\n" for n in range(400)),
        encoding="utf-8",
    )
    out = tmp_path / "run"
    command = [sys.executable, "-m", "ui.cli", "eval", str(many), "--out", str(out)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    for _ in range(600):
        if (out / "predictions.jsonl").is_file():
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "400" in told
    kept = len((out / "predictions.jsonl").read_text(encoding="utf-8").splitlines())
    assert 0 < kept < 400
    assert (out / "report.html").is_file()
    assert not json.loads((out / "run.json").read_text(encoding="utf-8"))["finished"]
