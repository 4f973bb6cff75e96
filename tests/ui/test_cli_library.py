"""`assistant library` and `ingest --explain` as a person types them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from tests.ui.test_cli import ROOT, assistant


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "a.md").write_text(
        "# 上海集成电路\n\n2025年上海集成电路产业营收超过4800亿元。", encoding="utf-8"
    )
    (articles / "b.md").write_text(
        "# 江苏集成电路\n\n2025年江苏集成电路产量为1734.27亿块。", encoding="utf-8"
    )
    assert assistant("ingest", str(articles), index=folder / "index").returncode == 0
    return folder


def listed(folder: Path) -> dict[str, dict]:
    catalogue = Catalogue(folder / "index" / "catalogue.sqlite")
    found = {info.title: info.model_dump() for info in catalogue.articles()}
    catalogue.close()
    return found


@pytest.mark.slow
def test_a_correction_survives_and_is_undone(folder: Path) -> None:
    index = folder / "index"
    article = listed(folder)["上海集成电路"]["id"]
    done = assistant("library", "edit", article, "date=2026-03-02", "source=某报", index=index)
    assert done.returncode == 0, done.stderr
    assert "2026-03-02" in done.stderr
    (folder / "articles" / "a.md").write_text(
        "# 上海集成电路\n\n2025年上海集成电路产业营收超过4801亿元。", "utf-8"
    )
    assert assistant("ingest", str(folder / "articles"), index=index).returncode == 0
    row = listed(folder)["上海集成电路"]
    assert (row["id"], row["date"], row["origins"]["date"]) == (article, "2026-03-02", "correction")
    assert "人工更正" in assistant("library", "show", article, index=index).stderr
    assert assistant("library", "edit", article, "--undo", index=index).returncode == 0
    assert listed(folder)["上海集成电路"]["date"] == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("library", "edit", "{id}", "date=昨天"), "昨天"),
        (("library", "edit", "{id}", "colour=red"), "colour"),
        (("library", "edit", "{id}"), "--undo"),
        (("library", "show", "nothing"), "nothing"),
    ],
)
def test_wrong_use_is_named(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    article = listed(folder)["江苏集成电路"]["id"]
    done = assistant(*(part.format(id=article) for part in arguments), index=folder / "index")
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.slow
def test_removed_stays_out_until_restored(folder: Path) -> None:
    index = folder / "index"
    article = listed(folder)["江苏集成电路"]["id"]
    assert assistant("library", "remove", article, index=index).returncode == 0
    (folder / "articles" / "b.md").touch()
    assistant("ingest", str(folder / "articles"), index=index)
    assert "江苏集成电路" not in listed(folder)
    assert assistant("library", "restore", article, index=index).returncode == 0
    assert listed(folder)["江苏集成电路"]["id"] == article


@pytest.mark.slow
def test_what_is_exported_is_read_back(folder: Path) -> None:
    assert assistant("library", "export", str(folder / "out"), index=folder / "index").returncode == 0
    assert assistant("library", "export", str(folder / "all.jsonl"), index=folder / "index").returncode == 0
    lines = (folder / "all.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["title"] for line in lines} == set(listed(folder))
    done = assistant("ingest", "--explain", *map(str, (folder / "out").iterdir()), index=folder / "other")
    assert done.returncode == 0, done.stderr
    assert "上海集成电路" in done.stderr


@pytest.mark.slow
def test_explain_shows_what_was_repaired(folder: Path) -> None:
    (folder / "cut.txt").write_text(
        "# 题\n\n近年来，我国聚焦自主芯片、集成\n\n电路制造产业。\n\n（上接第1版）\n", "utf-8"
    )
    done = assistant("ingest", "--explain", str(folder / "cut.txt"), index=folder / "unused")
    assert "join_broken_sentences" in done.stdout
    assert "+ 近年来，我国聚焦自主芯片、集成电路制造产业。" in done.stdout
    assert "- （上接第1版）" in done.stdout
    assert not (folder / "unused").exists()


@pytest.mark.slow
def test_watch_follows_the_folder(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "ui.cli",
        "ingest",
        str(folder / "articles"),
        "--watch",
        "--index",
        str(folder / "index"),
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    while "Ctrl-C" not in process.stderr.readline():
        pass
    (folder / "articles" / "c.md").write_text("# 湖北集成电路\n\n2025年湖北营收超过1000亿元。", "utf-8")
    for _ in range(60):
        if "湖北集成电路" in listed(folder):
            break
        time.sleep(0.5)
    assert "湖北集成电路" in listed(folder)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) in {0, 130}
