"""A page that is open while another process ingests."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from index.query import read_query
from index.search import Searcher
from index.sync import ingest
from tests.index.killed_ingest import open_index
from tests.index.test_survival import ROOT, write_article


@pytest.mark.slow
def test_what_another_process_stored_is_found(tmp_path: Path) -> None:
    draw = random.Random(5)
    folder = tmp_path / "articles"
    folder.mkdir()
    index = open_index(tmp_path / "index")
    for round_ in range(3):
        for number in range(3):
            write_article(folder, number, draw)
        subprocess.run(
            [sys.executable, "-m", "tests.index.killed_ingest", str(tmp_path / "index"), str(folder)],
            check=True, cwd=ROOT, capture_output=True,
        )  # fmt: skip
        hits = Searcher(index).search(read_query("第1篇的产值"), 50)
        assert {hit.passage.id for hit in hits} <= index.catalogue.all_passage_ids(), round_
        assert hits
        assert not index.passages.unreadable(sorted(index.catalogue.all_passage_ids()))
    index.close()


@pytest.mark.slow
def test_two_ingests_of_one_folder_at_the_same_time(tmp_path: Path) -> None:
    """One writes, the other is told who does or finds all done; the index is whole."""
    folder, draw = tmp_path / "articles", random.Random(6)
    folder.mkdir()
    for number in range(12):
        write_article(folder, number, draw)
    command = [sys.executable, "-m", "tests.index.killed_ingest", str(tmp_path / "index"), str(folder)]
    running = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [each.communicate(timeout=250)[1] for each in running]
    codes = [each.returncode for each in running]
    assert 0 in codes, told
    assert all(code == 0 or "index_busy" in words for code, words in zip(codes, told, strict=True)), told
    index = open_index(tmp_path / "index")
    assert len(index.catalogue.articles()) == 12
    assert ingest(index, [folder]).unchanged == 12
    index.close()
