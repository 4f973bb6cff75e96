"""The words and the catalogue: in step after a kill, damage, a loss, another process, and from an index of before."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.catalogue import Catalogue
from index.folder_lock import at_rest
from index.query import Filters
from index.stores.keyword_files import KEYWORDS, damage_of_folder
from index.stores.keyword_store import KeywordsDamagedError, KeywordStore
from tests.index.contracts.test_keyword_store import flip
from tests.index.test_catalogue import article_of, store
from tests.index.test_migrations import old_catalogue

ROOT = Path(__file__).parents[2]
_KILLED_BETWEEN = """
import os, sys; from pathlib import Path
from index.catalogue import Catalogue
from tests.index.test_catalogue import article_of, store
catalogue = Catalogue(Path(sys.argv[1]))
if sys.argv[2] == "before":
    catalogue.keywords.catch_up = lambda: os._exit(9)
else:
    # The words are stored, the list of what waits is as it was.
    catalogue.keywords._waiting.stored = lambda last: os._exit(9)
store(catalogue, "b.md", article_of("b", ["稀土。", "稀土补贴。"]))
"""


def found(catalogue: Catalogue, word: str, collections: list[str] | None = None) -> set[str]:
    hits = catalogue.keywords.search([word], Filters(collections=collections), [], 50)
    return {id_ for id_, _ in hits}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A catalogue with its words, closed."""
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    store(catalogue, "a.md", article_of("a", ["补贴。", "林业。", "会议。", "工作。"]))
    catalogue.close()
    return tmp_path / "catalogue.sqlite"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_between_catalogue_and_words_is_mended(file: Path, moment: str) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED_BETWEEN, str(file), moment], check=False, cwd=ROOT)
    assert done.returncode == 9
    catalogue = Catalogue(file)
    assert len(catalogue.all_passage_ids()) == 6
    assert catalogue.keywords.follow()
    assert found(catalogue, "稀土") == {"b-0", "b-1"}
    assert KeywordStore(file.with_name(KEYWORDS)).count() == 6
    catalogue.close()


def lose(folder: Path) -> None:
    shutil.rmtree(folder)


def empty(folder: Path) -> None:
    for each in folder.iterdir():
        each.unlink()


def spoil_list(folder: Path) -> None:
    (folder / "meta.json").write_text("{")


def spoil_words(folder: Path) -> None:
    for each in folder.glob("*.term"):
        each.write_bytes(b"x" * 10)


def put_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


@pytest.mark.parametrize("fault", [lose, empty, spoil_list, spoil_words, put_a_file])
def test_files_that_are_gone_or_damaged_are_made_again(file: Path, fault: Callable[[Path], None]) -> None:
    fault(file.with_name(KEYWORDS))
    catalogue = Catalogue(file)
    assert catalogue.keywords.follow()
    assert found(catalogue, "补贴") == {"a-0"}
    assert damage_of_folder(file.with_name(KEYWORDS)) == ""
    catalogue.close()


def test_while_another_holds_the_index_nothing_is_made(file: Path) -> None:
    lose(file.with_name(KEYWORDS))
    catalogue = Catalogue(file)
    with at_rest(file.parent):
        assert not catalogue.keywords.follow()
        assert found(catalogue, "补贴") == set()
    assert catalogue.keywords.follow()
    assert found(catalogue, "补贴") == {"a-0"}
    catalogue.close()


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_words_that_cannot_be_stored_stop_no_search(file: Path) -> None:
    lose(file.with_name(KEYWORDS))
    catalogue = Catalogue(file)
    file.parent.chmod(0o500)
    assert not catalogue.keywords.follow()
    file.parent.chmod(0o700)
    catalogue.close()


def test_another_process_is_followed_and_its_removals_too(file: Path) -> None:
    catalogue, other = Catalogue(file), Catalogue(file)
    assert found(catalogue, "补贴") == {"a-0"}
    store(other, "b.md", article_of("b", ["补贴。"]))
    assert found(catalogue, "补贴") == {"a-0", "b-0"}
    # Taken out of the catalogue, it is not shown, though its words are still there.
    other.remove_file("a.md")
    assert found(catalogue, "补贴") == {"b-0"}
    for each in (catalogue, other):
        each.close()


def test_words_that_another_process_made_again_are_followed(file: Path) -> None:
    catalogue, other = Catalogue(file), Catalogue(file)
    assert found(catalogue, "补贴") == {"a-0"}
    lose(file.with_name(KEYWORDS))
    assert other.keywords.follow()
    store(other, "b.md", article_of("b", ["补贴。"]))
    assert found(catalogue, "补贴") == found(other, "补贴") == {"a-0", "b-0"}
    for each in (catalogue, other):
        each.close()


def test_what_turns_out_damaged_in_a_search_is_made_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalogue(file)
    assert found(catalogue, "补贴") == {"a-0"}
    whole = KeywordStore.search

    def fail_while_damaged(self: KeywordStore, *asked: Any) -> list[tuple[str, float]]:
        if damage_of_folder(self.folder):
            raise KeywordsDamagedError
        return whole(self, *asked)

    monkeypatch.setattr(KeywordStore, "search", fail_while_damaged)
    for each in file.with_name(KEYWORDS).glob("*.idx"):
        flip(each)
    assert found(catalogue, "补贴") == {"a-0"}
    assert damage_of_folder(file.with_name(KEYWORDS)) == ""
    catalogue.close()


def test_a_collection_holds_at_once(file: Path) -> None:
    catalogue = Catalogue(file)
    store(catalogue, "b.md", article_of("b", ["补贴。"]))
    assert found(catalogue, "补贴", []) == {"a-0", "b-0"}
    catalogue.correct("b", {"collection": "内部"})
    assert found(catalogue, "补贴", []) == {"a-0"}
    assert found(catalogue, "补贴", ["内部"]) == {"a-0", "b-0"}
    catalogue.correct("a", {"collection": "别处"})
    assert found(catalogue, "补贴", ["内部"]) == {"b-0"}
    assert found(catalogue, "补贴", []) == set()
    catalogue.close()


@pytest.mark.parametrize("name", ["layout-1", "layout-3", "layout-5"])
def test_an_index_of_before_has_its_words_at_its_first_opening(name: str, tmp_path: Path) -> None:
    file = old_catalogue(name, tmp_path)
    catalogue = Catalogue(file)
    assert catalogue.keywords.follow()
    assert found(catalogue, "营收")
    assert KeywordStore(tmp_path / KEYWORDS).ids() == catalogue.all_passage_ids()
    catalogue.close()
    with closing(sqlite3.connect(file)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        free, pages = (
            connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("freelist_count", "page_count")
        )
    assert not any("passage_words" in name or name == "word_counts" for name in tables)
    assert 4 * free < pages
