"""What is an extra is not needed for the rest, and where it is missing the command that installs it is named."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.messages import explain
from assistant.settings import Settings
from corpus import extras
from corpus.problem import Problem
from ui.people.access import Access
from ui.people.limits import Limits
from ui.web.doors import add_doors
from ui.web.eval_job import EvalJob
from ui.web.workplace import Workplace

ROOT = Path(__file__).parent.parent
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
BLOCKED = (
    "argon2", "cv2", "docx", "fastapi", "gradio", "matplotlib", "mcp", "mcp_types", "pandas", "PIL", "rapidocr", "starlette",
    "uvicorn",
)  # fmt: skip
"""What the extras page, mcp and ocr bring, and what comes with it."""
_COMMAND = f"""
import sys
for name in {BLOCKED}:
    sys.modules[name] = None
if sys.argv[1] == "ingest":
    import assistant.service, corpus, index.store
from ui.cli import main
main()
"""
QUESTION = "上海2025年集成电路产业营收多少?"


def without_extras(data: Path, *arguments: str, language: str = "zh") -> tuple[int, str, str]:
    """Exit code, output and errors of `assistant` where nothing of the extras can be imported."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *arguments],
        cwd=ROOT,
        env={**kept, "ASSISTANT_DATA": str(data), "ASSISTANT_LANGUAGE": language, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def data(tmp_path: Path, models: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(models)
    return folder


@pytest.mark.slow
def test_articles_are_ingested_and_asked_without_extras(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 上海\n\n2025年上海集成电路产业营收超过4800亿元。\n", "utf-8")
    code, _, errors = without_extras(data, "ingest", str(tmp_path / "a.md"))
    assert code == 0, errors
    code, output, errors = without_extras(data, "ask", QUESTION, "--json")
    assert code == 0, errors
    answer = json.loads(output)
    assert "4800亿" in answer["short_answer"]
    assert answer["citations"]


@pytest.mark.parametrize(
    ("arguments", "extra"), [(["serve"], "page"), (["people", "list"], "page"), (["mcp"], "mcp")]
)
def test_a_command_that_needs_an_extra_names_what_installs_it(
    arguments: list[str], extra: str, data: Path
) -> None:
    code, _, errors = without_extras(data, *arguments, language="en")
    assert code == 2
    assert errors.startswith(f"assistant {arguments[0]} needs the extra “{extra}”")
    assert errors.rstrip().endswith(f'{sys.executable} -m pip install -e "{ROOT}[{extra}]"')
    assert "Traceback" not in errors


def test_an_installed_package_is_added_to_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extras, "_PROJECT", tmp_path)
    monkeypatch.setattr(sys, "executable", "/a b/python")
    assert extras.install_command("page") == '"/a b/python" -m pip install "policy-assistant[page]"'


def test_only_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    extras.need("page", "assistant serve")
    monkeypatch.setitem(sys.modules, "argon2", None)
    with pytest.raises(Problem) as caught:
        extras.need("page", "assistant serve")
    assert "（缺少：argon2）" in explain(caught.value)


def test_the_server_without_mcp_tells_so_and_serves_the_rest(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    settings = Settings(_env_file=None, data=data)
    workplace = Workplace(settings)
    app = FastAPI()
    add_doors(app, workplace, Access(settings), Limits(1000), EvalJob(workplace))
    client = TestClient(app, base_url="http://localhost")
    for path in ("/mcp", "/mcp/", "/mcp/x"):
        reply = client.post(path, json={})
        assert (reply.status_code, "not installed" in reply.json()["detail"]) == (501, True)
    assert client.get("/v1/models").status_code == 200


@pytest.mark.parametrize("extra", extras.MODULES)
def test_what_an_extra_needs_is_what_it_installs(extra: str) -> None:
    declared = re.search(rf"^{extra} = \[(.*?)^\]", PROJECT, re.MULTILINE | re.DOTALL)
    assert declared is not None
    packages = set(re.findall(r'"([\w-]+)', declared.group(1)))
    for module in extras.MODULES[extra]:
        assert packages & {name.lower() for name in packages_distributions()[module]}, module
