"""Searches while articles are removed, added and moved: nothing fails, and what is gone is not found."""

import random
import threading
from pathlib import Path

import pytest

from index.query import read_query
from index.removal import remove_article, restore_article
from index.search import Searcher
from index.sync import ingest
from tests.index.killed_ingest import open_index
from tests.index.test_survival import write_article


def test_removal_and_ingest_during_searches(tmp_path: Path) -> None:
    draw = random.Random(7)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(8):
        write_article(folder, number, draw)
    index = open_index(tmp_path / "index")
    ingest(index, [folder])
    searcher = Searcher(index)
    over, errors, found = threading.Event(), [], []

    def search() -> None:
        while not over.is_set():
            try:
                found.append(len(searcher.search(read_query("第3项工作的产值为多少亿元"), 10)))
            except BaseException as error:
                errors.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    ids = [info.id for info in index.catalogue.articles()]
    for gone in ids[:4]:
        remove_article(index, gone)
        hits = searcher.search(read_query("第3项工作的产值为多少亿元"), 50)
        assert gone not in {hit.article.id for hit in hits}
    restore_article(index, ids[0])
    for number in range(8, 10):
        write_article(folder, number, draw)
    (folder / "7.md").rename(folder / "moved.md")
    ingest(index, [folder])
    over.set()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert found
    assert len(index.catalogue.articles()) == 7
    index.close()


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["whole", "half"])
def test_a_default_model_that_is_deleted_is_made_again(gone: str, tmp_path: Path) -> None:
    import shutil

    from index.embeddings import DEFAULT_MODEL
    from index.embeddings.factory import DEFAULT_FOLDER, make_embedder

    running = make_embedder(DEFAULT_MODEL, tmp_path)
    before = running.embed_queries(["2025年产值"])
    folder = tmp_path / DEFAULT_FOLDER
    if gone == "whole":
        shutil.rmtree(folder)
    else:
        for file in folder.rglob("*"):
            if file.is_file() and file.name != "modules.json":
                file.unlink()
    # Who has it loaded goes on, who starts now makes it again.
    assert (running.embed_queries(["2025年产值"]) == before).all()
    assert (make_embedder(DEFAULT_MODEL, tmp_path).embed_queries(["2025年产值"]) == before).all()
