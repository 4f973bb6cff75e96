"""The words of the catalogue's passages: kept in step with it, and searched within what may be seen."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import bindparam, func, select

from corpus.model import Passage
from index.catalogue.database import CatalogueDatabase
from index.catalogue.filter_conditions import YEAR
from index.catalogue.tables import articles, passages
from index.folder_lock import folder_if_free
from index.passage_words import words_of
from index.query import Filters
from index.state.statements import TEXTS, one_of
from index.stores.keyword_files import damage_of_folder
from index.stores.keyword_query import Articles
from index.stores.keyword_store import (
    KeywordDocument,
    KeywordsBusyError,
    KeywordsDamagedError,
    KeywordStore,
)
from index.words_waiting import WordsWaiting

_log = logging.getLogger(__name__)
WORDS_AT_ONCE = 5_000
"""How many changes wait in the midst of an ingest before they are stored."""
_FORMAT = "1"
"""Number of how passages are cut into words and stored; another one has all of them stored anew."""
_COMMITTED_AT_ONCE = 20_000
_READ_AT_ONCE = 500
_SOME = one_of(passages.c.id, bindparam("ids", type_=TEXTS))
_ARTICLES_OF = select(passages.c.id, passages.c.article_id).where(_SOME)
_with_article = passages.join(articles, articles.c.id == passages.c.article_id)
_DATES_OF = (
    select(passages.c.id, passages.c.article_id, articles.c.date).select_from(_with_article).where(_SOME)
)
_TEXTS_OF = (
    select(passages.c.data, articles.c.title, articles.c.source, articles.c.region, YEAR)
    .select_from(_with_article)
    .where(_SOME)
    .order_by(passages.c.number)
)
_IDS = select(passages.c.id)
_COUNT = select(func.count()).select_from(passages)


class KeywordSearch:
    """Searches a `KeywordStore` that holds what the catalogue says.

    A change of a passage puts its id on a list, `WordsWaiting`, in the same transaction (the catalogue's triggers do).
    `catch_up` stores what is on the list and only then takes it off: whatever a stop falls on, the next one to open the
    index or to write to it goes on there. Files that are damaged or gone are made again from the catalogue's texts.
    """

    def __init__(
        self,
        database: CatalogueDatabase,
        waiting: WordsWaiting,
        folder: Path,
        in_sight: Callable[[Filters], Articles | None],
    ) -> None:
        self._database = database
        self._waiting = waiting
        self._folder = folder
        self._in_sight = in_sight
        self._lock = threading.RLock()
        self._keeping = threading.RLock()
        """Held while words are stored, which takes seconds; searches go on meanwhile."""
        self._opened: KeywordStore | None = None
        self._version = self._followed = -1
        self._is_behind, self._is_doubtful = True, False
        self._with: dict[str, int] = {}

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._opened = None

    # -- what is searched

    def search(
        self, question_words: list[str], filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids of the passages that hold most of the words, with BM25 (higher is better), best first.

        `years` keeps only passages that speak of one of them. While damaged files cannot be made again, because
        another process holds the index, nothing is found.
        """
        try:
            found = self._search(question_words, filters, years, most)
        except KeywordsDamagedError as error:
            self._note_damage(error)
            if not self.follow():
                return []
            try:
                found = self._search(question_words, filters, years, most)
            except KeywordsDamagedError as again:
                self._note_damage(again)
                return []
        return found

    def _search(
        self, question_words: list[str], filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        sight = self._in_sight(filters)
        found = self._store().search(question_words, filters, years, most, sight)
        if not found:
            return []
        # What was taken out or hidden since the words were stored is not shown for a moment.
        rows = self._database.rows(_ARTICLES_OF, {"ids": [id_ for id_, _ in found]})
        shown = {id_ for id_, article in rows if sight is None or sight.holds(article)}
        return [each for each in found if each[0] in shown]

    def holding_all(self, groups: list[list[str]], filters: Filters, most: int) -> list[tuple[str, str]]:
        """Ids of the passages that hold a word of every group, each with its article's date, the best by BM25 first.

        A word of several parts, "集成 电路", is a phrase; a year is also held by a passage that speaks of it in other words.
        """
        sight = self._in_sight(filters)
        try:
            ids = self._store().holding_all(groups, filters, most, sight)
        except KeywordsDamagedError as error:
            self._note_damage(error)
            return []
        there: dict[str, tuple[str, str]] = {}
        for start in range(0, len(ids), _READ_AT_ONCE):
            rows = self._database.rows(_DATES_OF, {"ids": ids[start : start + _READ_AT_ONCE]})
            there.update({id_: (article, date) for id_, article, date in rows})
        # What was taken out or hidden since the words were stored is not shown for a moment.
        return [
            (id_, there[id_][1])
            for id_ in ids
            if id_ in there and (sight is None or sight.holds(there[id_][0]))
        ]

    def passages_with(self, word: str) -> int:
        """In how many passages a word, or a phrase of several with spaces between them, occurs."""
        try:
            store = self._store()
            with self._lock:
                if word not in self._with:
                    self._with[word] = store.passages_with(word)
                return self._with[word]
        except KeywordsDamagedError as error:
            self._note_damage(error)
            return 0

    def _store(self) -> KeywordStore:
        """The store as of now, whoever has changed it."""
        with self._lock:
            version = self._database.data_version()
            if self._opened is None:
                self._opened = KeywordStore(self._folder)
            elif version != self._version:
                self._opened.reload()
            if version != self._version:
                self._version = version
                self._with.clear()
            return self._opened

    def _note_damage(self, error: Exception) -> None:
        with self._lock:
            if not self._is_behind:
                _log.warning("the words in %s cannot be read: %s", self._folder, error)
            self._opened = None
            self._is_behind = self._is_doubtful = True

    # -- keeping in step

    def follow(self) -> bool:
        """Bring the store in step unless another process is writing to the index; whether it is in step."""
        version = self._database.data_version()
        if version == self._followed and not self._is_behind:
            return True
        if not self._keeping.acquire(blocking=False):
            return False
        try:
            self._followed = version
            self._is_behind = not self._in_step()
            if self._is_behind:
                with folder_if_free(self._folder.parent) as free:
                    if free:
                        self.catch_up()
        except OSError as error:
            # Passages are found by their vectors, and the next ingest tells what is wrong with the disk.
            _log.warning("the words in %s cannot be stored: %s", self._folder, error)
        finally:
            self._keeping.release()
        return not self._is_behind

    def catch_up(self, *, thoroughly: bool = False, at_least: int = 1) -> None:
        """Store the words of all that has changed. The index must be held for writing.

        Args:
            thoroughly: Compare every passage, not only how many there are.
            at_least: Nothing is done while fewer changes wait.

        Raises:
            OSError: the files cannot be written.
        """
        with self._keeping:
            if at_least > 1 and self._waiting.count() < at_least:
                return
            try:
                try:
                    self._catch_up(thoroughly=thoroughly)
                except KeywordsDamagedError as error:
                    self._note_damage(error)
                    self._start_anew()
                    self._catch_up(thoroughly=False)
                self._is_behind = False
            except KeywordsBusyError:
                _log.info("another process is storing words in %s", self._folder)

    def leave(self) -> None:
        """Forget what waits: the words are searched elsewhere (`index.stores`). Who stores them here again starts anew."""
        self._waiting.leave()

    def _catch_up(self, *, thoroughly: bool) -> None:
        is_of_before = self._waiting.format() != _FORMAT
        if is_of_before or self._is_damaged():
            self._start_anew()
        store = self._store()
        self._store_waiting(store)
        if is_of_before:
            # Until step 8 the words were in the catalogue's own file.
            self._database.give_back_space()
        if thoroughly or store.count() != self._passages():
            known = {row[0] for row in self._database.rows(_IDS)}
            self._waiting.add(sorted(known ^ store.ids()))
            self._store_waiting(store)

    def _in_step(self) -> bool:
        try:
            return (
                self._waiting.format() == _FORMAT
                and not self._is_damaged()
                and not self._waiting.count()
                and self._store().count() == self._passages()
            )
        except KeywordsDamagedError as error:
            self._note_damage(error)
            return False

    def _is_damaged(self) -> bool:
        """Whether the files are damaged, looked at where one of them could not be read; another process may have made them again."""
        self._is_doubtful = self._is_doubtful and bool(damage_of_folder(self._folder))
        return self._is_doubtful

    def _passages(self) -> int:
        return int(self._database.rows(_COUNT)[0][0])

    def _start_anew(self) -> None:
        """Throw the files away and have every passage wait."""
        with self._lock:
            self._opened, self._is_doubtful = None, False
            with suppress(FileNotFoundError):
                if self._folder.is_dir():
                    shutil.rmtree(self._folder)
                else:
                    self._folder.unlink()
        self._waiting.start_anew(_FORMAT)

    def _store_waiting(self, store: KeywordStore) -> None:
        while rows := self._waiting.first(_COMMITTED_AT_ONCE):
            ids = list(dict.fromkeys(id_ for _, id_ in rows))
            with store.changing() as writer:
                for start in range(0, len(ids), _READ_AT_ONCE):
                    part = ids[start : start + _READ_AT_ONCE]
                    writer.remove(part)
                    writer.add(self._documents(part))
            self._waiting.stored(rows[-1][0])
            self._with.clear()

    def _documents(self, ids: list[str]) -> Iterator[KeywordDocument]:
        rows = self._database.rows(_TEXTS_OF, {"ids": ids})
        for data, title, source, region, year in rows:
            passage = Passage.model_validate(json.loads(data))
            yield KeywordDocument(
                id=passage.id,
                article=passage.article_id,
                **words_of(passage, title)._asdict(),
                years=passage.years,
                year=year,
                source=source,
                region=region,
            )
