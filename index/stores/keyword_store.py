"""The words of passages in a folder of tantivy's: added, removed, searched by BM25 within filters.

Passages come already cut into words (`index.words`). All that is here can be made again from the catalogue's texts, so
files that cannot be read are an error of their own (`KeywordsDamagedError`), which whoever holds the texts mends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from corpus.private_files import close_all_to_others, private_folder
from index.query import Filters
from index.stores.keyword_files import damage_of_folder
from index.stores.keyword_query import (
    SCHEMA,
    Articles,
    count_of,
    count_query,
    holding_query,
    matching,
    words_query,
)
from index.vector_damage import is_panic

_WRITER_BYTES = 64_000_000
_EQUALS = 24
"""Hits that are fetched beyond those wanted, so that equal scores come in one order however the files are parted."""
_BUSY = "LockBusy"


class KeywordsDamagedError(Exception):
    """The files are damaged, or of another version of tantivy or of this program."""


class KeywordsBusyError(Exception):
    """Another process is writing."""


@dataclass(frozen=True)
class KeywordDocument:
    """A passage as it is found by words.

    `title`, `heading` and `body` are words with spaces between them; `years` are those that the passage speaks of, `year`
    the one of its article's date, empty where that has none.
    """

    id: str
    article: str
    title: str
    heading: str
    body: str
    years: list[int] = field(default_factory=list)
    year: str = ""
    source: str = ""
    region: str = ""


class KeywordWriter:
    """What is done in one change of the store."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def add(self, documents: Iterable[KeywordDocument]) -> None:
        """Store passages; those already there are replaced."""
        for each in documents:
            self.remove([each.id])
            made = tantivy.Document()
            made.add_text("id", each.id)
            made.add_text("article", each.article)
            # One field, so that a word weighs by all that a passage holds; no phrase reaches from one part into the next.
            for part in (each.heading, each.body, each.title):
                made.add_text("words", part)
            for year in each.years:
                made.add_text("years", str(year))
            for name, value in (("year", each.year), ("source", each.source), ("region", each.region)):
                if value:
                    made.add_text(name, value)
            self._writer.add_document(made)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        for id_ in ids:
            self._writer.delete_documents_by_term("id", id_)


class KeywordStore:
    """A folder of words, searched as of the last `reload` or change of its own.

    Raises:
        KeywordsDamagedError: here and in every method, when the files cannot be read.
        OSError: when the folder cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.folder = private_folder(folder)
        except FileExistsError as error:
            raise KeywordsDamagedError(str(error)) from error
        with _errors_translated(folder):
            self._index = tantivy.Index(SCHEMA, path=str(folder))
            self._index.config_reader("manual")
            self._index.reload()
            self._searcher = self._index.searcher()
        close_all_to_others(folder)

    @contextmanager
    def changing(self) -> Iterator[KeywordWriter]:
        """All that is added and removed inside is stored at its end, or nothing of it.

        Raises:
            KeywordsBusyError: when another process is writing.
            OSError: when it cannot be written.
        """
        with _errors_translated(self.folder, writes=True):
            writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
            try:
                yield KeywordWriter(writer)
                writer.commit()
            except BaseException:
                # A writer that gave up cannot go back either; what it had not committed is nowhere.
                with suppress(ValueError):
                    writer.rollback()
                raise
            finally:
                with suppress(ValueError):
                    writer.wait_merging_threads()
        close_all_to_others(self.folder)
        self.reload()

    def reload(self) -> None:
        """See what another process has stored."""
        with _errors_translated(self.folder):
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(
        self,
        question_words: list[str],
        filters: Filters,
        years: list[int],
        most: int,
        articles: Articles | None = None,
    ) -> list[tuple[str, float]]:
        """Ids of the passages that hold most of the words, with BM25 (higher is better), best first.

        Args:
            question_words: Words, and as phrases several with spaces between them; any of them is enough.
            filters: What they are kept to but for the collections, of which nothing is known here.
            years: Only passages that speak of one of them, where any are given.
            most: How many at most.
            articles: Those that may be seen, or those that may not.
        """
        with _errors_translated(self.folder):
            searcher = self._searcher
            query = words_query(searcher, question_words)
            if query is None or most < 1:
                return []
            query = matching(query, filters, years, articles)
            hits = searcher.search(query, most + _EQUALS, count=False).hits
            found = [(_id_at(searcher, address), score) for score, address in hits]
        return sorted(found, key=lambda each: (-each[1], each[0]))[:most]

    def holding_all(
        self, groups: list[list[str]], filters: Filters, most: int, articles: Articles | None = None
    ) -> list[str]:
        """Ids of the passages that hold a word or phrase of every group, the best by BM25 first; arguments as of `search`."""
        with _errors_translated(self.folder):
            searcher = self._searcher
            query = holding_query(searcher, groups)
            if query is None or most < 1:
                return []
            hits = searcher.search(matching(query, filters, [], articles), most, count=False).hits
            return [_id_at(searcher, address) for _, address in hits]

    def passages_with(self, word: str) -> int:
        """In how many passages a word, or a phrase of several with spaces between them, occurs."""
        with _errors_translated(self.folder):
            return count_of(self._searcher, count_query(word))

    def count(self) -> int:
        """How many passages are stored."""
        return self._searcher.num_docs

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        with _errors_translated(self.folder):
            searcher = self._searcher
            if not searcher.num_docs:
                return set()
            hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
            return {_id_at(searcher, address) for _, address in hits}


def _id_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))


@contextmanager
def _errors_translated(folder: Path, *, writes: bool = False) -> Iterator[None]:
    """What tantivy raises, a ValueError or a panic, as one of the errors of this file."""
    try:
        yield
    except BaseException as error:
        # Of the class itself: what is wrong with a value that the caller has at hand is of one below it.
        if type(error) is not ValueError and not is_panic(error):
            raise
        if _BUSY in str(error):
            raise KeywordsBusyError(str(error)) from error
        if writes and not damage_of_folder(folder):
            # No space, no right.
            raise OSError(str(error)) from error
        raise KeywordsDamagedError(str(error)) from error
