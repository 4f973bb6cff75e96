"""An index of another splitter or model: made anew from its own texts, resumed where it was stopped."""

from pathlib import Path

import numpy as np
import pytest

from corpus.problem import Problem
from corpus.split import Splitter
from index.edits import correct_article
from index.query import Filters, read_query
from index.search import Searcher
from index.store import Index
from index.stores.base import EVERYTHING
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder
from tests.index.test_survival import words_stored

OTHER = Splitter(target=40, longest=60)


class OtherEmbedder(DigestEmbedder):
    """Another model: other vectors, of another length."""

    fingerprint = "other"

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        return super().embed_passages([f"other {text}" for text in texts])[:, :16]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(6):
        lines = "\n\n".join(f"第{line}项工作由第{number}处负责，产值为{line}亿元。" for line in range(30))
        (articles / f"{number}.md").write_text(f"# 第{number}篇\n\n2025年3月5日\n\n{lines}\n", "utf-8")
    return articles


def open_with(
    tmp_path: Path, splitter: Splitter | None = None, embedder: type = DigestEmbedder, name: str = "digest"
) -> Index:
    return Index(tmp_path / "index", embedder, model_name=name, splitter=splitter)


def made(tmp_path: Path, folder: Path) -> None:
    """An index whose files are gone, with a correction by hand."""
    index = open_with(tmp_path)
    ingest(index, [folder])
    correct_article(index, index.catalogue.articles()[0].id, {"source": "手工"})
    index.close()
    for file in folder.iterdir():
        file.rename(tmp_path / file.name)


def assert_whole(index: Index, splitter: Splitter) -> None:
    assert not index.differences()
    assert len(index.catalogue.articles()) == 6
    for info in index.catalogue.articles():
        article = index.catalogue.article(info.id)
        assert article is not None
        assert [each.id for each in index.catalogue.passages_of(info.id)] == [
            p.id for p in splitter.split(article)
        ]
    assert index.passages.ids() == index.catalogue.all_passage_ids()
    assert words_stored(index) == index.catalogue.all_passage_ids()
    assert [each.source for each in index.catalogue.articles()].count("手工") == 1


def test_another_splitter_cuts_the_texts_that_are_kept(tmp_path: Path, folder: Path) -> None:
    made(tmp_path, folder)
    index = open_with(tmp_path, OTHER)
    # As it is, it answers.
    assert Searcher(index).search(read_query("第3处负责"), 5)
    seen: list[tuple[int, int]] = []
    report = ingest(index, [], lambda done, total, name: seen.append((done, total)))
    assert report.articles == 6
    assert max(total for _, total in seen) == 6
    assert_whole(index, OTHER)
    assert Searcher(index).search(read_query("第3处负责"), 5)


def test_another_model_embeds_the_texts_that_are_kept(tmp_path: Path, folder: Path) -> None:
    made(tmp_path, folder)
    index = open_with(tmp_path, None, OtherEmbedder, "other")
    with pytest.raises(Problem) as caught:
        Searcher(index).search(read_query("第3处负责"), 5)
    assert caught.value.code == "index_of_other_model"
    still_open = open_with(tmp_path)
    searcher = Searcher(still_open)
    assert searcher.search(read_query("第3处负责"), 5)
    ingest(index, [])
    assert_whole(index, Splitter())
    hits = Searcher(index).search(read_query("第3处负责"), 5)
    assert hits
    assert index.passages.cosines(index.embedder.embed_queries(["x"]), [hits[0].passage.id])[0]
    # Who still has the model of before is told, never answered from vectors that it cannot compare.
    with pytest.raises(Problem, match="index_of_other_model"):
        searcher.search(read_query("第3处负责"), 5)
    index.close()
    again = open_with(tmp_path, None, OtherEmbedder, "other")
    assert again.passages.ids() == again.catalogue.all_passage_ids()
    assert Searcher(again).search(read_query("第3处负责"), 5)
    assert not list((tmp_path / "index").glob("sentences.sqlite"))


@pytest.mark.parametrize("model", [False, True])
def test_a_renewal_that_is_stopped_goes_on_where_it_was(tmp_path: Path, folder: Path, model: bool) -> None:
    made(tmp_path, folder)
    embedder, name = (OtherEmbedder, "other") if model else (DigestEmbedder, "digest")
    texts: list[str] = []
    calls: list[int] = []

    class Stopping(embedder):
        def embed_passages(self, given: list[str]) -> np.ndarray:
            calls.append(len(given))
            if len(calls) > 2:
                raise KeyboardInterrupt
            texts.extend(given)
            return super().embed_passages(given)

    class Counting(embedder):
        def embed_passages(self, given: list[str]) -> np.ndarray:
            texts.extend(given)
            return super().embed_passages(given)

    index = open_with(tmp_path, OTHER, Stopping, name)
    report = ingest(index, [])
    assert index.differences()
    left = index.catalogue.renewal.article_ids()
    assert 0 < len(left) < 6
    with pytest.raises(Problem, match="index_to_renew"):
        correct_article(index, index.catalogue.articles()[0].id, {"source": "x"})
    index.close()
    before = len(texts)
    index = open_with(tmp_path, OTHER, Counting, name)
    report = ingest(index, [])
    assert report.articles == 6
    assert_whole(index, OTHER)
    expected = sum(len(index.catalogue.passages_of(id_)) for id_ in left)
    assert len(texts) - before == expected


def test_back_to_the_first_model_in_the_midst(tmp_path: Path, folder: Path) -> None:
    made(tmp_path, folder)

    class Stopping(OtherEmbedder):
        calls = 0

        def embed_passages(self, given: list[str]) -> np.ndarray:
            type(self).calls += 1
            if self.calls > 2:
                raise KeyboardInterrupt
            return super().embed_passages(given)

    index = open_with(tmp_path, OTHER, Stopping, "other")
    ingest(index, [])
    index.close()
    index = open_with(tmp_path)
    ingest(index, [])
    assert_whole(index, Splitter())
    assert index.passages.nearest(index.embedder.embed_queries(["x"]), EVERYTHING, 3)[0]


def test_lost_vectors_are_made_from_the_catalogue_not_from_files(tmp_path: Path, folder: Path) -> None:
    made(tmp_path, folder)
    index = open_with(tmp_path)
    some = sorted(index.passages.ids())[:10]
    index.passages.remove(some)
    other = tmp_path / "elsewhere"
    other.mkdir()
    report = ingest(index, [other])
    assert report.articles == 6
    assert_whole(index, Splitter())


def test_a_table_is_still_named_where_its_rows_are_cut_anew(tmp_path: Path, folder: Path) -> None:
    rows = "".join(f"<tr><td>第{number}区</td><td>{number}.5</td></tr>" for number in range(1, 30))
    page = f"<table><caption>表1 各区产量（单位：万吨）</caption><tr><th>地区</th><th>产量</th></tr>{rows}</table>"
    (folder / "table.html").write_text(
        f"<html><body><h1>产量公报</h1><p>{'各区产量如下表所示。' * 9}</p>{page}</body></html>", "utf-8"
    )
    made(tmp_path, folder)
    for splitter in (None, OTHER):
        index = open_with(tmp_path, splitter)
        ingest(index, [])
        of_table = [
            passage
            for info in index.catalogue.articles()
            for passage in index.catalogue.passages_of(info.id)
            if passage.text.startswith("地区：")
        ]
        assert of_table
        assert all("各区产量" in passage.lead for passage in of_table)
        # What is found by a name of the table are its rows too.
        found = index.catalogue.keywords.search(["万吨"], Filters(), [], 50)
        assert {id_ for id_, _ in found} >= {passage.id for passage in of_table}
        index.close()
