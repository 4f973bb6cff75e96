"""A page that is open while another process ingests."""

import random
import subprocess
import sys
from pathlib import Path

from index.query import read_query
from index.search import Searcher
from tests.index.killed_ingest import open_index
from tests.index.test_survival import ROOT, write_article


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
        assert not index.vectors.unreadable(sorted(index.catalogue.all_passage_ids()))
    index.close()
