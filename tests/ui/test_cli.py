"""The commands as a person types them."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def assistant(*arguments: str, index: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments, "--index", str(index)],
        cwd=ROOT,
        env={**clean, "ASSISTANT_DATA": str(ROOT / ".data"), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "a.md").write_text("# 上海\n\n2025年上海集成电路产业营收超过4800亿元。", encoding="utf-8")
    (articles / "b.txt").write_bytes("# 江苏\n\n2025年江苏集成电路产量为1734.27亿块。".encode("gb18030"))
    done = assistant("ingest", str(articles), index=folder / "index")
    assert done.returncode == 0, done.stderr
    return folder / "index"


@pytest.mark.slow
def test_ask_json_is_what_the_design_says(index: Path) -> None:
    done = assistant("ask", "上海2025年集成电路产业营收多少?", "--json", index=index)
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert answer["refused"] is False
    assert "4800亿" in answer["short_answer"]
    assert {"n", "article_id", "title", "date", "source", "section", "quote", "start", "end", "score"} <= set(
        answer["citations"][0]
    )
    assert {"rewrite", "retrieve", "rerank", "answer", "verify", "total"} == set(answer["timings_ms"])


@pytest.mark.slow
def test_search_and_library(index: Path) -> None:
    assert "1734.27" in assistant("search", "江苏集成电路产量", index=index).stdout
    titles = {row["title"] for row in json.loads(assistant("library", "--json", index=index).stdout)}
    assert titles == {"上海", "江苏"}


@pytest.mark.slow
def test_eval_writes_predictions_and_prints_rates(index: Path, tmp_path: Path) -> None:
    items = tmp_path / "set.jsonl"
    items.write_text(
        '{"id": "1", "question": "上海2025年集成电路产业营收多少?", "answers": ["4800亿"]}\n{"id": "2"}\n',
        encoding="utf-8",
    )
    done = assistant("eval", str(items), "--out", str(tmp_path / "out"), index=index)
    assert done.returncode == 1  # the second line has no question; the first was asked
    assert "第2行" in done.stderr
    assert "100.0%" in done.stdout
    (line,) = (tmp_path / "out" / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["id"] == "1"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ask", " "), 2, "问题是空的"),
        (("ask", "问" * 20000), 2, "20000"),
        (("ingest", "/no/such/folder"), 2, "没有这个文件"),
        (("eval", "/no/such/set.jsonl"), 2, "没有这个评测集"),
        (("frobnicate",), 2, ""),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(
    index: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = assistant(*arguments, index=index)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_bad_files_are_named_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.md").write_text("# 好\n\n这一篇没有问题。", encoding="utf-8")
    (tmp_path / "in" / "empty.md").write_bytes(b"")
    (tmp_path / "in" / "lines.jsonl").write_text(
        '{"title": "行", "content": "这一行没有问题。"}\n{broken\n', encoding="utf-8"
    )
    done = assistant("ingest", str(tmp_path / "in"), index=tmp_path / "index")
    assert done.returncode == 1
    assert "empty.md" in done.stderr
    assert "lines.jsonl 第2行" in done.stderr
    assert "2 篇文章" in done.stdout


@pytest.mark.slow
def test_an_index_of_another_model_and_an_empty_one(index: Path, tmp_path: Path) -> None:
    done = assistant("ask", "问题?", index=index, ASSISTANT_EMBEDDING_MODEL="other/model")
    assert done.returncode == 2
    assert "other/model" in done.stderr
    done = assistant("ask", "问题?", index=tmp_path / "none")
    assert done.returncode == 2
    assert "assistant ingest" in done.stderr


@pytest.mark.slow
def test_rebuild_deletes_nothing_but_an_index(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("three years of work", encoding="utf-8")
    done = assistant("ingest", "--rebuild", index=tmp_path / "mine")
    assert done.returncode == 2
    assert (tmp_path / "mine" / "thesis.txt").exists()


def test_a_taken_port_is_told(index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = assistant("serve", "--port", str(taken.getsockname()[1]), index=index)
    assert done.returncode == 2
    assert "已被占用" in done.stderr


def test_a_wrong_setting_is_named(index: Path) -> None:
    done = assistant("library", index=index, ASSISTANT_LLM_TIMEOUT="soon")
    assert done.returncode == 2
    assert "ASSISTANT_LLM_TIMEOUT" in done.stderr


@pytest.mark.slow
def test_search_takes_filters_and_says_when_they_leave_nothing(index: Path) -> None:
    kept = assistant("search", "集成电路产业营收", "--region", "上海", "--json", index=index)
    assert {hit["article"]["region"] for hit in json.loads(kept.stdout)} == {"上海"}
    widened = assistant("search", "集成电路产业营收", "--year", "1901", index=index)
    assert widened.returncode == 0
    assert "去掉筛选" in widened.stdout
    assert "集成电路" in widened.stdout
    assert assistant("search", "集成电路", "--today", "昨天", index=index).returncode == 2


@pytest.mark.slow
def test_search_finds_passages_for_each_part(index: Path) -> None:
    done = assistant("search", "上海和湖北的集成电路产业营收分别是多少?", "--explain", "--json", index=index)
    parts = json.loads(done.stdout)
    assert [part["query"]["places"] for part in parts] == [["上海"], ["湖北"]]
    assert "上海" in parts[0]["hits"][0]["article"]["title"]
    assert all(part["hits"] for part in parts)


@pytest.mark.slow
def test_search_explains_its_order(index: Path) -> None:
    done = assistant("search", "2025年一季度上海集成电路产业营收", "--explain", index=index)
    assert done.returncode == 0
    assert "2025-01/2025-03" in done.stdout
    assert "关键词第1" in done.stdout
    as_json = assistant("search", "2025年上海集成电路", "--explain", "--json", index=index)
    (found,) = json.loads(as_json.stdout)
    assert found["query"]["years"] == [2025]
    assert found["query"]["places"] == ["上海"]
    assert found["dense"][0] == found["hits"][0]["passage"]["id"]
