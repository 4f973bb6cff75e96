"""Files of earlier versions: taken through numbered steps, never refused, never the poorer for it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from corpus.problem import Problem
from corpus.reasons import reason_of
from index.catalogue import Catalogue
from index.catalogue.tables import CATALOGUE
from index.kept_copy import KEPT_MARK
from index.query import Filters
from index.state import Part, open_state
from index.sync import ingest
from tests.index.killed_ingest import open_index
from ui.chats.store import ChatStore

OLD = Path(__file__).parent / "old_index"
LAYOUTS = sorted(file.stem for file in OLD.glob("*.sql"))


def old_catalogue(name: str, folder: Path) -> Path:
    """A catalogue as an earlier version of the program left it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "catalogue.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((OLD / f"{name}.sql").read_text("utf-8"))
        connection.commit()
    return file


def schema(file: Path) -> set[tuple[str, ...]]:
    """Tables with their columns, indexes with their SQL."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        columns = {
            (name, *(row[1] for row in connection.execute(f"PRAGMA table_info({name})")))
            for (name,) in tables
        }
        indexes = connection.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        return columns | set(indexes.fetchall())


def test_there_are_old_files_to_try() -> None:
    assert LAYOUTS == ["layout-1", "layout-3", "layout-5"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_old_catalogue_has_all_its_articles_and_the_tables_of_a_new_one(name: str, tmp_path: Path) -> None:
    file = old_catalogue(name, tmp_path / "old")
    catalogue = Catalogue(file)
    articles = [catalogue.article(info.id) for info in catalogue.articles()]
    assert [article.title for article in articles if article] == [
        "关于促进集成电路产业发展的通知",
        "臺灣地區產業報告",
    ]
    assert all(article and article.sections and "年" in article.text for article in articles)
    assert {record.key for record in catalogue.files().values()} == {"/articles/a.md", "/articles/b.txt"}
    assert len(catalogue.all_passage_ids()) == 4
    if name != "layout-1":
        assert catalogue.corrections() == {"5cc51428306c": {"source": "手工更正"}}
    assert catalogue.find_articles(Filters(), "集成电路")[1] == 1
    catalogue.close()
    Catalogue(tmp_path / "new.sqlite").close()
    assert schema(file) == schema(tmp_path / "new.sqlite")


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_old_index_is_made_anew_from_its_own_texts_and_searched(name: str, tmp_path: Path) -> None:
    old_catalogue(name, tmp_path)
    index = open_index(tmp_path)
    assert "splitter" in index.differences()
    # The files that it was read from are gone; nothing else was ever there.
    report = ingest(index, [])
    assert (report.articles, report.problems, report.left) == (2, [], [])
    assert not index.differences()
    ids = index.catalogue.all_passage_ids()
    assert ids
    assert ids == index.passages.ids()
    for info in index.catalogue.articles():
        article = index.catalogue.article(info.id)
        assert article is not None
        assert index.splitter.split(article) == index.catalogue.passages_of(info.id)
    assert index.catalogue.keywords.search(["营收"], Filters(), [], 5)
    index.close()


def test_a_copy_is_kept_of_what_was_there_before(tmp_path: Path) -> None:
    file = old_catalogue("layout-3", tmp_path)
    before = schema(file)
    Catalogue(file).close()
    copies = list(tmp_path.glob(f"*{KEPT_MARK}*"))
    assert [schema(copy) for copy in copies] == [before]
    assert copies[0].stat().st_mode & 0o077 == 0
    Catalogue(file).close()
    assert list(tmp_path.glob(f"*{KEPT_MARK}*")) == copies
    Catalogue(tmp_path / "fresh.sqlite").close()
    assert not list(tmp_path.glob(f"fresh*{KEPT_MARK}*"))


def test_what_a_later_version_made_is_left_as_it_is(tmp_path: Path) -> None:
    for name, open_it in (("catalogue.sqlite", Catalogue), ("chats.sqlite", ChatStore)):
        file = tmp_path / name
        open_it(file).close()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 900")
        before = file.read_bytes()
        with pytest.raises(Problem) as caught:
            open_it(file)
        assert caught.value.code == "database_newer"
        assert file.read_bytes() == before


def test_a_revision_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = old_catalogue("layout-5", tmp_path)
    before = schema(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        # In the way of a table that a revision makes, after it has made others.
        connection.execute("CREATE VIEW arrivals AS SELECT 1")
    with pytest.raises(Problem) as failed:
        Catalogue(file)
    assert failed.value.code == "index_not_writable"
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == number
        connection.execute("DROP VIEW arrivals")
    assert schema(file) == before
    catalogue = Catalogue(file)
    assert len(catalogue.articles()) == 2
    catalogue.close()


def test_a_table_that_a_later_version_adds_is_one_more_revision(tmp_path: Path) -> None:
    later = tmp_path / "migrations"
    shutil.copytree(CATALOGUE.migrations, later)
    number = CATALOGUE.head + 1
    (later / f"step_{number:04}_one_more.py").write_text(
        f"from alembic import op\nrevision, down_revision = '{number:04}', '{number - 1:04}'\n"
        "def upgrade():\n    op.execute('CREATE TABLE one_more (id TEXT PRIMARY KEY, data TEXT)')\n"
    )
    file = tmp_path / "catalogue.sqlite"
    Catalogue(file).close()
    database = open_state(
        file,
        Part("catalogue", later),
        when_damaged=lambda error: Problem("index_broken", reason=reason_of(error)),
    )
    assert database.rows(text("SELECT * FROM one_more")) == []
    database.close()
    with pytest.raises(Problem) as newer:
        Catalogue(file)
    assert newer.value.code == "database_newer"
    assert list(tmp_path.glob(f"*{KEPT_MARK}{number}"))
