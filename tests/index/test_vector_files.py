"""Vectors that one process stores while another opens them, time and again: Chroma alone would end the reading process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Passage
from corpus.problem import Problem
from index import folder_lock
from index.folder_lock import VECTORS_LOCK_NAME, vector_files
from index.hit import ArticleInfo
from index.query import Filters
from index.stores.base import EVERYTHING
from index.sync import ingest, writing
from index.vectors import VectorStore
from tests.index.killed_ingest import open_index

ROOT = Path(__file__).parents[2]
DIMENSIONS = 64
STORED = 6000
HOLD = """
import sys, time
from pathlib import Path
from index.folder_lock import vector_files
with vector_files(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
STORE = """
import sys
from pathlib import Path
from tests.index.test_vector_files import store_many
store_many(Path(sys.argv[1]))
"""


def store_many(folder: Path) -> None:
    """Store vectors fifty at a time, so many that Chroma writes its files several times."""
    store, draw = VectorStore(folder / "chroma"), np.random.default_rng(1)
    info = ArticleInfo(id="a", title="t")
    for start in range(0, STORED, 50):
        passages = [
            Passage(id=f"p{n}", article_id="a", position=n, text="x", start=n, end=n + 1)
            for n in range(start, start + 50)
        ]
        store.add(passages, {"a": info}, unit_vectors(draw, 50))
    store.close()


def unit_vectors(draw: np.random.Generator, count: int) -> np.ndarray:
    vectors = draw.normal(size=(count, DIMENSIONS)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.slow
def test_who_opens_while_another_stores_lives_and_sees_it_all(tmp_path: Path) -> None:
    storing = subprocess.Popen([sys.executable, "-c", STORE, str(tmp_path)], cwd=ROOT)
    store, draw = VectorStore(tmp_path / "chroma"), np.random.default_rng(2)
    while storing.poll() is None:
        store.reopen()
        store.search(unit_vectors(draw, 1), Filters(), [], 20)
    assert storing.returncode == 0
    store.reopen()
    ids = store.ids()
    assert len(ids) == STORED
    assert not store.unreadable(sorted(ids))
    store.close()


def test_who_waits_too_long_is_told_who_holds_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_lock, "_LET_STORE", 0.1)
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holding.stdout is not None
    assert holding.stdout.readline() == "held\n"
    with pytest.raises(Problem, match="index_busy"), vector_files(tmp_path):
        pass
    holding.kill()
    holding.wait()
    with vector_files(tmp_path), vector_files(tmp_path):
        assert (tmp_path / VECTORS_LOCK_NAME).exists()


def test_who_begins_to_store_sees_what_another_stored_before(tmp_path: Path) -> None:
    """Else its older graph would take the place of what the other wrote."""
    index = open_index(tmp_path / "index")
    for name in ("first", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(f"# {name}\n\n{name}的产值是3亿元。\n", encoding="utf-8")
    ingest(index, [tmp_path / "first"])
    subprocess.run(
        [sys.executable, "-m", "tests.index.killed_ingest", str(tmp_path / "index"), str(tmp_path / "other")],
        check=True, cwd=ROOT, capture_output=True,
    )  # fmt: skip
    with writing(index):
        vector = index.sentence_vectors.of_question("产值")
        assert len(index.passages.nearest(vector, EVERYTHING, 10)[0]) == 2
    index.close()
