"""A catalogue on a server when something goes wrong: the server, the address, the name in the folder, characters."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL

from corpus.problem import Problem
from index.catalogue import Catalogue
from index.catalogue.place import CATALOGUE_NAME, CatalogueOnServer, catalogue_place, keep_name, made_up_name
from index.folder_lock import HOLDER_NAME
from index.query import Filters
from index.store import Index
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder
from tests.index.test_catalogue import article_of, store
from tests.postgres import Server, database_on, postgres_server


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """One that may be stopped."""
    with postgres_server() as server:
        yield server


def test_a_server_that_goes_away_during_an_ingest_leaves_no_lock(own_server: Server, tmp_path: Path) -> None:
    class Stopping(DigestEmbedder):
        has_stopped = False

        def embed_passages(self, texts: list[str]):  # type: ignore[no-untyped-def]
            if not Stopping.has_stopped:
                Stopping.has_stopped = True
                own_server.stop()
            return super().embed_passages(texts)

    (tmp_path / "a.md").write_text("# 锌业通知\n\n锌业补贴标准为每吨九十元。\n", "utf-8")
    folder = tmp_path / "index"
    folder.mkdir()
    with database_on(own_server) as url:
        catalogue = catalogue_place(folder, url)
        with closing(Index(folder, Stopping, model_name="digest", catalogue=catalogue)) as index:
            with pytest.raises(Problem) as gone:
                ingest(index, [tmp_path / "a.md"])
            own_server.start()
            assert gone.value.code == "database_unreachable"
            assert not (folder / HOLDER_NAME).exists()
            assert ingest(index, [tmp_path / "a.md"]).problems == []
            assert index.passages.ids() == index.catalogue.all_passage_ids() != set()


def test_another_database_gets_no_new_catalogue_for_an_index_that_is_there(
    own_server: Server, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("# 锌业通知\n\n锌业补贴标准为每吨九十元。\n", "utf-8")
    folder = tmp_path / "index"
    folder.mkdir()

    def opened(url: URL) -> Index:
        return Index(folder, DigestEmbedder, model_name="digest", catalogue=catalogue_place(folder, url))

    with database_on(own_server) as right, database_on(own_server) as wrong:
        with closing(opened(right)) as index:
            index.catalogue.give_collection(str(tmp_path), "内部")
            ingest(index, [tmp_path / "a.md"])
        with pytest.raises(Problem) as told:
            opened(wrong)
        assert told.value.code == "catalogue_missing"
        assert str(wrong.password) not in repr(told.value)
        with closing(opened(right)) as index:
            assert (index.catalogue.counts([]), index.catalogue.counts(["内部"])) == ((0, 0), (1, 1))


@pytest.mark.parametrize("option", ["ssl=true", "connect_timeout=soon"])
def test_a_parameter_that_is_wrong_is_told(catalogue_server: URL, tmp_path: Path, option: str) -> None:
    name, _, value = option.partition("=")
    place = CatalogueOnServer(catalogue_server.update_query_dict({name: value}), made_up_name(), tmp_path)
    with pytest.raises(Problem) as told:
        Catalogue(place)
    assert told.value.code == "database_option_wrong"
    assert str(catalogue_server.password) not in repr(told.value)


@pytest.mark.parametrize("has_links", [True, False])
def test_a_name_is_written_whole_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def refuse(*files: object) -> None:
        raise PermissionError

    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    keep_name(tmp_path, "first")
    with pytest.raises(FileExistsError):
        keep_name(tmp_path, "second")
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {CATALOGUE_NAME: "first\n"}


def test_no_character_of_an_article_keeps_it_from_being_stored(
    catalogue_place: Path | CatalogueOnServer,
) -> None:
    with closing(Catalogue(catalogue_place)) as catalogue:
        for name, inside in (("nul", "\x00"), ("written", "\\u0000"), ("both", "\\\x00"), ("last", "\uffff")):
            article, passages = article_of(name, [f"稀土{inside}补贴。"])
            titled = article.model_copy(update={"title": f"甲{inside}乙", "file": f"/x/{name}.md"})
            store(catalogue, f"/x/{name}.md", (titled, passages))
        catalogue.give_collection("/x", "内部")
        assert (catalogue.counts([]), catalogue.counts(["内部"])) == ((0, 0), (4, 4))
        told = {each.id: each.title.replace("\x00", "").strip() for each in catalogue.articles()}
        assert told["written"] == "甲\\u0000乙"
        assert told["both"] in {"甲\\乙", "甲\\ 乙"}


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\ud800", "'", "%"])
def test_filters_that_no_text_meets_find_nothing(
    catalogue_place: Path | CatalogueOnServer, text: str
) -> None:
    with closing(Catalogue(catalogue_place)) as catalogue:
        store(catalogue, "/x/a.md", article_of("a", ["稀土。"]))
        for field in ("articles", "kinds", "within_collections", "within_folders"):
            filters = Filters.model_validate({field: [text]})
            assert catalogue.passages_in_sight(filters) == frozenset(), field
            assert catalogue.keywords.search(["稀土"], filters, [], 5) == [], field
