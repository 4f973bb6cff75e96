"""Damaged files of an index: said in words that tell what to do, and repaired without losing what can be read."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.messages import explain
from corpus.problem import Problem
from index.query import Filters, read_query
from index.repair import make_again, repair_files
from index.salvage import damage_of
from index.search import Searcher
from index.stores.keyword_files import KEYWORDS
from index.sync import ingest
from tests.index.killed_ingest import open_index

ROOT = Path(__file__).parents[2]
ARTICLES, LINES = 20, 70
"""Above a thousand passages, from which on Chroma writes its graph to files."""

_LOOK = """
import sys; from pathlib import Path
from tests.index.killed_ingest import open_index
from index.search import Searcher
from index.query import read_query
from corpus.problem import Problem
try:
    index = open_index(Path(sys.argv[1]))
    ids = index.catalogue.all_passage_ids()
    hits = Searcher(index).search(read_query("第3处负责"), 5)
    print("works" if hits and index.passages.ids() == ids and not index.passages.unreadable(sorted(ids)) else "poorer")
except Problem as problem:
    print(problem.code)
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index large enough that Chroma has files of every kind."""
    root = tmp_path_factory.mktemp("whole")
    articles = root / "articles"
    articles.mkdir()
    for number in range(ARTICLES):
        lines = "\n\n".join(
            f"第{line}项工作由第{number}处负责，产值为{line * number}亿元。" * 9 for line in range(LINES)
        )
        (articles / f"{number}.md").write_text(f"# 第{number}篇\n\n2025年3月5日\n\n{lines}\n", "utf-8")
    index = open_index(root / "index")
    assert ingest(index, [articles]).passages > 1000
    index.close()
    assert _segment(root / "index")
    return root


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(whole / "index", tmp_path / "index")
    yield tmp_path / "index"
    shutil.rmtree(tmp_path / "index")


def _segment(index: Path) -> Path:
    return next(path for path in (index / "chroma").iterdir() if path.is_dir())


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def flip(file: Path) -> None:
    data, draw = bytearray(file.read_bytes()), random.Random(1)
    for _ in range(max(20, len(data) // 20_000)):
        data[draw.randrange(len(data))] ^= 0xFF
    file.write_bytes(bytes(data))


def no_head(file: Path) -> None:
    file.write_bytes(b"x" * 100 + file.read_bytes()[100:])


def look(index: Path) -> str:
    """What becomes of a search in a process of its own: "works", "poorer", a problem's code, or how it died."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, str(index)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.strip().splitlines()[-1] if done.returncode == 0 else f"died {done.returncode}"


# A graph (data_level0.bin) of wrong content is not tried here: Chroma reads it without a check and may take this process
# along; `repair --vectors` makes it anew.
VECTOR_FAULTS: dict[str, Callable[[Path], None]] = {
    "database truncated": lambda index: truncate(index / "chroma" / "chroma.sqlite3"),
    "database flipped": lambda index: flip(index / "chroma" / "chroma.sqlite3"),
    "database without head": lambda index: no_head(index / "chroma" / "chroma.sqlite3"),
    "database gone": lambda index: (index / "chroma" / "chroma.sqlite3").unlink(),
    "folder gone": lambda index: shutil.rmtree(index / "chroma"),
    "graph gone": lambda index: shutil.rmtree(_segment(index)),
    "header truncated": lambda index: truncate(_segment(index) / "header.bin"),
    "metadata flipped": lambda index: flip(_segment(index) / "index_metadata.pickle"),
    "links gone": lambda index: (_segment(index) / "link_lists.bin").unlink(),
    "sentences truncated": lambda index: truncate(index / "sentences.sqlite"),
    "sentences without head": lambda index: no_head(index / "sentences.sqlite"),
}


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("fault", VECTOR_FAULTS)
def test_damaged_vectors_are_named_and_made_again(fault: str, damaged: Path) -> None:
    VECTOR_FAULTS[fault](damaged)
    first = look(damaged)
    if first.startswith("died"):
        # Chroma took the process along; the next start tells why.
        first = look(damaged)
    assert first in {"works", "poorer", "vectors_broken"}
    report = repair_files(damaged)
    index = open_index(damaged)
    make_again(index, report)
    assert not report.lost
    assert len(index.catalogue.articles()) == ARTICLES
    index.close()
    assert look(damaged) == "works"


def test_a_crash_of_chroma_is_told_by_the_next_start(damaged: Path) -> None:
    truncate(_segment(damaged) / "header.bin")
    assert look(damaged).startswith("died")
    with pytest.raises(Problem) as caught:
        open_index(damaged)
    assert caught.value.code == "vectors_broken"
    for language in ("zh", "en"):
        assert "assistant repair" in explain(caught.value, language)


def test_a_kill_while_opening_is_no_damage(damaged: Path) -> None:
    (damaged / "vectors.opening").touch()
    index = open_index(damaged)
    assert index.passages.count()
    index.close()
    assert not (damaged / "vectors.opening").exists()


def test_a_lost_graph_is_made_again_by_the_next_ingest(damaged: Path, whole: Path) -> None:
    shutil.rmtree(_segment(damaged))
    index = open_index(damaged)
    ingest(index, [whole / "articles"])
    ids = sorted(index.catalogue.all_passage_ids())
    assert not index.passages.unreadable(ids)
    index.close()


@pytest.mark.slow
@pytest.mark.parametrize("fault", [truncate, flip, no_head])
def test_a_damaged_catalogue_keeps_what_can_be_read(
    fault: Callable[[Path], None], damaged: Path, whole: Path
) -> None:
    index = open_index(damaged)
    index.catalogue.give_collection("/somewhere", "内部")
    index.close()
    fault(damaged / "catalogue.sqlite")
    assert damage_of(damaged / "catalogue.sqlite")
    report = repair_files(damaged)
    assert report.salvaged is not None
    assert [path.name.split(".damaged-")[0] for path in report.aside] == ["catalogue.sqlite"]
    index = open_index(damaged)
    make_again(index, report)
    assert damage_of(damaged / "catalogue.sqlite") == ""
    kept = len(index.catalogue.articles())
    assert kept
    if kept < ARTICLES:
        assert report.lost
    # With the files still there, nothing is missing in the end.
    ingest(index, [whole / "articles"])
    assert len(index.catalogue.articles()) == ARTICLES
    assert index.catalogue.all_passage_ids() == index.passages.ids()
    assert Searcher(index).search(read_query("第3处负责"), 5)
    index.close()


def test_damaged_words_are_put_aside_and_made_again(damaged: Path) -> None:
    flip(max((damaged / KEYWORDS).glob("*.idx"), key=lambda file: file.stat().st_size))
    report = repair_files(damaged)
    assert list(report.damaged) == [KEYWORDS]
    assert [path.name.split(".damaged-")[0] for path in report.aside] == [KEYWORDS]
    index = open_index(damaged)
    make_again(index, report)
    assert not report.lost
    assert index.catalogue.keywords.search(["负责"], Filters(), [], 5)
    index.close()


def test_a_catalogue_that_is_gone_is_not_taken_for_an_empty_one(damaged: Path) -> None:
    (damaged / "catalogue.sqlite").unlink()
    with pytest.raises(Problem, match="index_broken"):
        open_index(damaged)
    assert not (damaged / "catalogue.sqlite").exists()
    report = repair_files(damaged)
    assert report.lost
    assert open_index(damaged).catalogue.counts() == (0, 0)
