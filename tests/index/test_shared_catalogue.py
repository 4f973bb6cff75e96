"""A catalogue on a server: several index folders share it, each with words and vectors of its own that follow it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from corpus.problem import Problem
from index.catalogue import Catalogue
from index.catalogue.place import (
    CATALOGUE_NAME,
    CatalogueOnServer,
    catalogue_place,
    keep_name,
    made_up_name,
    name_of,
)
from index.deletion import remove_index
from index.query import Filters
from index.store import Index
from index.sync import ingest, writing
from tests.index.killed_ingest import DigestEmbedder
from tests.index.test_catalogue import article_of, store


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two index folders of the same catalogue, as on two machines."""
    name = made_up_name()
    for each in ("one", "two"):
        (tmp_path / each).mkdir()
        keep_name(tmp_path / each, name)
    return tmp_path / "one", tmp_path / "two"


@pytest.fixture
def pair(folders: tuple[Path, Path], catalogue_server: URL) -> Iterator[tuple[Catalogue, Catalogue]]:
    with ExitStack() as opened:
        one, two = (
            opened.enter_context(closing(Catalogue(catalogue_place(folder, catalogue_server))))
            for folder in folders
        )
        yield one, two


def found(catalogue: Catalogue, word: str) -> set[str]:
    assert catalogue.keywords.follow()
    return {id_ for id_, _ in catalogue.keywords.search([word], Filters(), [], 50)}


def test_what_one_server_stores_another_finds_by_words(pair: tuple[Catalogue, Catalogue]) -> None:
    one, two = pair
    store(one, "a.md", article_of("a", ["稀土。", "补贴。"]))
    assert (found(two, "稀土"), two.counts()) == ({"a-0"}, (1, 2))
    store(two, "b.md", article_of("b", ["稀土。"]))
    assert found(one, "稀土") == {"a-0", "b-0"}
    # The same id with other words, and one that is gone.
    store(one, "a.md", article_of("a", ["林业。"]))
    assert (found(two, "稀土"), found(two, "林业")) == ({"b-0"}, {"a-0"})
    one.remove_file("b.md")
    assert (found(two, "稀土"), two.passages_with("稀土")) == (set(), 0)


def test_words_that_were_lost_are_made_again_in_that_folder_alone(pair: tuple[Catalogue, Catalogue]) -> None:
    one, two = pair
    store(one, "a.md", article_of("a", ["稀土。", "补贴。"]))
    assert found(two, "稀土") == {"a-0"}
    place = CatalogueOnServer(_url(two), _schema(two), two.folder)
    two.close()
    shutil.rmtree(two.folder / "keywords")
    again = Catalogue(place)
    assert (found(again, "稀土"), found(one, "稀土")) == ({"a-0"}, {"a-0"})
    again.close()


def _url(catalogue: Catalogue) -> URL:
    assert catalogue._server is not None
    return catalogue._server._url


def _schema(catalogue: Catalogue) -> str:
    assert catalogue._server is not None
    return catalogue._server._schema


def test_each_hears_of_the_others_changes_and_not_of_its_own(pair: tuple[Catalogue, Catalogue]) -> None:
    one, two = pair
    seen = one.data_version(), two.data_version()
    one.set_meta("x", "1")
    assert one.data_version() == seen[0]
    assert two.data_version() != seen[1]


def test_one_server_writes_at_a_time(pair: tuple[Catalogue, Catalogue]) -> None:
    one, two = pair
    with one.alone():
        with pytest.raises(Problem) as busy, two.alone():
            pass
        assert busy.value.code == "index_busy"
    with two.alone():
        pass


def test_what_may_be_seen_holds_on_every_server_at_once(pair: tuple[Catalogue, Catalogue]) -> None:
    one, two = pair
    article, passages = article_of("a", ["稀土。"])
    store(one, "/x/a.md", (article.model_copy(update={"file": "/x/a.md"}), passages))
    assert two.counts([]) == (1, 1)
    one.give_collection("/x", "内部")
    assert (two.counts([]), two.counts(["内部"])) == ((0, 0), (1, 1))
    assert two.collections_by_file() == {"/x/a.md": {("内部", "ingest")}}
    assert two.keywords.search(["稀土"], Filters(collections=[]), [], 5) == []
    two.correct("a", {"collection": "公开"})
    assert one.collections() == {"公开"}


def open_index(folder: Path, server: URL) -> Index:
    return Index(folder, DigestEmbedder, model_name="digest", catalogue=catalogue_place(folder, server))


def test_an_ingest_on_one_server_is_answered_from_on_the_other(
    folders: tuple[Path, Path], catalogue_server: URL, tmp_path: Path
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.md").write_text("# 稀土产业的通知\n\n2025年稀土产业营收增长百分之五。\n", "utf-8")
    one, two = (open_index(folder, catalogue_server) for folder in folders)
    with closing(one), closing(two):
        assert ingest(one, [documents]).articles == 1
        two.follow()
        assert two.catalogue.keywords.search(["稀土"], Filters(), [], 5)
        ids = two.catalogue.all_passage_ids()
        # Vectors of a folder are its own: the next ingest there makes them from the texts of the catalogue.
        assert two.passages.ids() == set()
        assert ingest(two, [documents]).unchanged == 1
        assert two.passages.ids() == two.sentences.ids() | ids == ids
        with writing(one), pytest.raises(Problem) as busy:
            ingest(two, [documents])
        assert busy.value.code == "index_busy"


def test_indexes_in_one_database_know_nothing_of_each_other(tmp_path: Path, catalogue_server: URL) -> None:
    places = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        places.append(catalogue_place(tmp_path / name, catalogue_server))
    with closing(Catalogue(places[0])) as one, closing(Catalogue(places[1])) as other:
        store(one, "a.md", article_of("a", ["稀土。"]))
        assert (one.counts(), other.counts()) == ((1, 1), (0, 0))
        assert other.article("a") is None
        with one.alone(), other.alone():
            store(other, "a.md", article_of("a", ["补贴。"]))
        assert one.passages_of("a")[0].text == "稀土。"


def test_an_index_that_is_deleted_is_empty_for_all_and_keeps_who_may_see_what(
    pair: tuple[Catalogue, Catalogue],
) -> None:
    one, two = pair
    store(one, "a.md", article_of("a", ["稀土。"]))
    one.give_collection("/x", "内部")
    one.correct("a", {"collection": "公开", "title": "别的"})
    assert found(two, "稀土") == {"a-0"}
    place = CatalogueOnServer(_url(one), _schema(one), one.folder)
    remove_index(one.folder, place)
    assert [each.name for each in one.folder.iterdir()] == [CATALOGUE_NAME]
    assert (two.counts(), found(two, "稀土")) == ((0, 0), set())
    assert two.given_collections() == {"/x": "内部"}
    assert two.corrections() == {"a": {"collection": "公开"}}


def test_the_folder_decides_where_its_catalogue_is(tmp_path: Path, catalogue_server: URL) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    file = folder / "catalogue.sqlite"
    assert catalogue_place(folder, None) == file
    assert catalogue_place(folder, catalogue_server, new_on_server=False) == file
    file.touch()
    assert catalogue_place(folder, catalogue_server) == file, "a full one is not swapped for an empty one"
    file.unlink()
    place = catalogue_place(folder, catalogue_server)
    assert isinstance(place, CatalogueOnServer)
    assert catalogue_place(folder, catalogue_server, new_on_server=False) == place
    assert name_of(folder) == place.schema
    with pytest.raises(Problem) as unset:
        catalogue_place(folder, None)
    assert unset.value.code == "catalogue_on_server"
    (folder / CATALOGUE_NAME).write_text('x"; DROP SCHEMA public')
    with pytest.raises(Problem) as wrong:
        catalogue_place(folder, catalogue_server)
    assert wrong.value.code == "catalogue_name_wrong"
    (folder / CATALOGUE_NAME).unlink()
    (folder / "chroma").mkdir()
    with pytest.raises(Problem) as lost:
        catalogue_place(folder, catalogue_server)
    assert lost.value.code == "index_broken"


def test_the_default_schema_is_left_alone(pair: tuple[Catalogue, Catalogue], catalogue_server: URL) -> None:
    engine = create_engine(catalogue_server)
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        assert tables.fetchall() == []
    engine.dispose()
