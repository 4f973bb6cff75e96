"""This program beside others: one judge for all, figures that hold no text of blind corpora, and the command."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.corpora import Totals, run_corpora
from evals.items import EvalItem
from evals.metrics.intervals import Estimate
from evals.peers.installed import installed
from evals.peers.judge import asked, is_right, judge
from evals.peers.kept import Measured, Row, load, save
from evals.peers.run import figures, measure, totals
from evals.peers.systems.base import Found, Taken
from evals.peers.table import tables
from evals.peers.threshold import with_threshold
from evals.peers.worker import run

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "evals" / "peers"
ITEM = EvalItem.model_validate(
    {
        "question": "甘泉县有多少张床位、多少名医生？", "facts": [["812张"], ["240人", "240名"]],
        "evidence": ["| 床位数 | 812张 |"], "document": "公报.md",
    }
)  # fmt: skip


def found(text: str, source: str = "公报.md", score: float | None = None) -> Found:
    return Found(text, [source], score)


@pytest.mark.parametrize(
    ("passage", "right"),
    [
        (found("指标 数量\n床位数\n８１２张\n"), True),
        (found("床位数，812张", "转载.html"), True),
        (found("全县有医生240名，病床812张。"), True),
        (found("全县有医生240名，病床812张。", "别县公报.md"), False),
        (found("全县有病床812张。"), False),
        (found("床位数 1812张，医生 240人"), False),
    ],
)
def test_a_passage_is_right_with_the_quote_or_with_all_facts_of_the_document(
    passage: Found, right: bool
) -> None:
    assert is_right(ITEM, passage) is right


def test_an_item_without_a_document_takes_its_facts_from_any() -> None:
    item = EvalItem(question="有多少张床位？", facts=[["812张"]])
    assert is_right(item, found("病床812张", "x.txt"))


def test_the_first_passage_and_the_first_five_are_told_apart() -> None:
    values = judge(ITEM, [found("医生 240人"), found("无关"), found("床位数 | 812张 |")])
    assert values == {"first": 0, "within": 1, "facts_first": 0.5, "facts_within": 1, "characters": 6}
    late = [found("无关")] * 5 + [found("床位数 812张")]
    assert judge(ITEM, late)["within"] == 0
    assert judge(ITEM, []) == {"first": 0, "within": 0, "facts_first": 0, "facts_within": 0, "characters": 0}
    assert judge(EvalItem(question="有几座机场？", answerable=False), [found("无关")]) == {"answered": 1}


def test_later_turns_of_a_conversation_are_left_out() -> None:
    items = [
        EvalItem(id="a", question="一？"),
        EvalItem(id="b", question="二？", conversation="c"),
        EvalItem(id="d", question="那三呢？", conversation="c"),
    ]
    assert [item.id for item in asked(items)] == ["a", "b"]


def test_the_same_questions_are_drawn_each_time_and_in_their_order() -> None:
    items = [EvalItem(id=str(number), question="几？") for number in range(50)]
    drawn = [int(item.id) for item in asked(items, 9)]
    assert len(drawn) == 9
    assert drawn == sorted(set(drawn)) == [int(item.id) for item in asked(items, 9)]


def test_of_a_blind_corpus_neither_order_nor_names_are_kept(tmp_path: Path) -> None:
    rows = [Row(values={"first": float(number)}, seconds=0) for number in range(20)]
    measured = Measured(characters=1, passages=1, not_read=["机密.doc"], ingest_seconds=1, rows=rows)
    for name, blind in (("open", False), ("one", True), ("other", True)):
        save(measured, tmp_path / f"{name}.json", blind=blind)
    open_, one, other = (load(tmp_path / f"{name}.json") for name in ("open", "one", "other"))
    assert open_ == measured
    assert one.rows != rows
    # Shuffled the same way for every program: they can still be compared question by question.
    assert one == other
    assert sorted(row.values["first"] for row in one.rows) == list(map(float, range(20)))
    assert one.not_read == ["…"]


def measured(scores: Sequence[float], absent: Sequence[float] = ()) -> Measured:
    rows = [Row(values={"facts_first": 1.0}, score=score, seconds=0) for score in scores]
    rows += [Row(values={"answered": 1.0}, score=score, seconds=0) for score in absent]
    return Measured(characters=1, passages=1, ingest_seconds=1, rows=rows)


def test_a_threshold_is_set_on_the_other_corpora() -> None:
    tried = with_threshold(
        {"one": measured([0.1, 0.9], [0.2, 0.95]), "two": measured([0.5] * 9 + [0.0])}, 0.2
    )
    assert tried["refused_right"] == [1.0, 0.0]
    assert tried["refused_wrong"] == [1.0, 0.0] + [0.0] * 9 + [1.0]
    assert tried["facts"] == [0.0, 1.0] + [1.0] * 9 + [0.0]


def test_the_tables_name_every_program_and_leave_out_what_was_not_measured() -> None:
    row = Row(
        values={"first": 1, "within": 1, "facts_first": 1, "facts_within": 1, "characters": 5}, seconds=0.5
    )
    one = Measured(characters=100, passages=2, not_read=["a.doc"], ingest_seconds=2, rows=[row, row])
    written = tables({"langchain": {"north": one}, "ours-search": {"north": one}}, {}, {"langchain": 2e6})
    assert "| LangChain, Chroma, similarity | 0.500 | 50 | 2 | 1 | 2 |" in written
    assert "| this program, search | 1.000 | 1.000 | 1.000 | 1.000 | 5 |" in written
    assert "assistant evals corpora" not in written


class _Shelf:
    """A program that finds every text that it took in, in order."""

    def ingest(self, files: Sequence[Path]) -> Taken:
        self.texts = {file.name: file.read_text("utf-8") for file in files}
        return Taken(3, len(files), [])

    def search(self, question: str, most: int) -> list[Found]:
        return [Found(text, [name]) for name, text in self.texts.items()][:most]


class _Embedder:
    owed = 7.0

    def __init__(self) -> None:
        self.asked = 0


def test_the_worker_asks_all_questions_of_all_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    reply = run(_Shelf(), _Embedder(), tmp_path, ["一？", "二？"], 5)
    assert [[each.sources for each in passages] for passages in reply.found] == [[["a.txt"], ["b.txt"]]] * 2
    assert len(reply.seconds) == 2
    assert 0 <= reply.ingest_seconds < 7


def test_what_is_installed_is_counted_with_what_it_requires() -> None:
    alone, more = installed(["markupsafe"]), installed(["jinja2"])
    assert 0 < alone.size < more.size
    assert set(more.versions) == {"jinja2"}


@pytest.mark.parametrize(
    "file", [PEERS / "worker.py", PEERS / "installed.py", *sorted((PEERS / "systems").glob("*.py"))], ids=str
)
def test_what_runs_in_the_peers_environment_imports_nothing_of_the_project(file: Path) -> None:
    allowed = ("evals.peers.systems", "evals.peers.installed")
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.split(".")[0] in {"assistant", "corpus", "index", "ui", "evals"}:
                assert name.startswith(allowed)


def command(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals.peers", *arguments],
        cwd=ROOT,
        env={**os.environ, "ASSISTANT_DATA": str(data), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture
def north(tmp_path: Path) -> Path:
    documents = tmp_path / "corpora" / "north" / "documents"
    documents.mkdir(parents=True)
    (documents / "公报.md").write_text(
        "# 甘泉县2025年统计公报\n\n2025年，全县地区生产总值86.4亿元，比上年增长5.2%。\n", "utf-8"
    )
    questions = [
        {
            "id": "a", "question": "甘泉县2025年地区生产总值是多少？", "facts": [["86.4亿元"]],
            "evidence": ["全县地区生产总值86.4亿元"], "document": "公报.md",
        },
        {"id": "b", "question": "甘泉县2025年粮食产量是多少？", "answerable": False, "type": "absent"},
    ]  # fmt: skip
    lines = (json.dumps(question, ensure_ascii=False) for question in questions)
    (documents.parent / "questions.jsonl").write_text("\n".join(lines), "utf-8")
    return documents.parent


def test_a_run_that_is_there_is_not_asked_again(north: Path, tmp_path: Path, settings: Settings) -> None:
    of_corpus = run_corpora([north], settings, tmp_path / "runs").corpora[0].all
    measure([north], ["ours"], settings, tmp_path / "out", runs=tmp_path / "runs")
    kept = figures(tmp_path / "out", ["ours"], ["north"])
    search, answers = kept["ours-search"]["north"].rows, kept["ours-answer"]["north"].rows
    assert search[0].values["first"] == search[0].values["facts_first"] == 1
    assert answers[0].values["facts_first"] == 1
    assert [row.seconds for row in (*search, *answers)] == [None] * 4
    assert totals(tmp_path / "out", ["north"])["north"].measures["facts"] == of_corpus.measures["facts"]


@pytest.mark.slow
def test_the_command_measures_this_program_alone_and_only_once(
    north: Path, tmp_path: Path, models: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(models)
    out = str(tmp_path / "out")
    corpora = str(north.parent)
    done = command(corpora, "--systems", "ours", "--blind", "north", "--out", out, data=data)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("ours: north") == 1
    assert "| this program, search | 1.000 | 1.000 | 1.000 | 1.000 |" in done.stdout
    assert "| this program, answer | – | – | 1.000 | – |" in done.stdout
    assert "| north | 1.000 | 1.000 | 1.000 | .000 |" in done.stdout
    kept = [file for file in Path(out).rglob("*") if file.is_file()]
    assert not any("86.4" in file.read_text("utf-8", errors="replace") for file in kept)

    again = command(corpora, "--systems", "ours", "--out", out, data=data)
    assert "ours: north" not in again.stderr
    assert [line for line in again.stdout.splitlines() if "search" in line] == [
        line for line in done.stdout.splitlines() if "search" in line
    ]
    assert command(corpora, "--only", "south", "--out", out, data=data).returncode == 2


def test_an_interval_is_written_as_it_is() -> None:
    counted = Totals(answerable=1, measures={"facts": Estimate(value=0.5, low=0.25, high=0.75, n=4)})
    assert "| north | .500 (.250–.750) | – | – | – |" in tables({}, {"north": counted}, {})
