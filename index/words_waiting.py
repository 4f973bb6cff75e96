"""The list of passages whose words are still to be stored, as one index folder sees it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import bindparam, delete, func, select

from corpus.private_files import private_folder
from index.catalogue.database import CatalogueDatabase
from index.catalogue.tables import meta, passages, words_waiting
from index.state.statements import put

_FORMAT_OF = "keywords_format"
_POSITION = "position.json"
_number = words_waiting.c.number
_SPAN = select(func.coalesce(func.max(_number) - func.min(_number) + 1, 0))
_FIRST = select(_number, words_waiting.c.passage_id).order_by(_number).limit(bindparam("most"))
_AFTER = _FIRST.where(_number > bindparam("last"))
_COUNT_AFTER = select(func.count()).select_from(words_waiting).where(_number > bindparam("last"))
_STORED = delete(words_waiting).where(_number <= bindparam("last"))
_ALL_WAIT = words_waiting.insert().from_select(
    ["passage_id"], select(passages.c.id).order_by(passages.c.number)
)


class WordsWaiting(Protocol):
    """What is still to be stored; nothing is taken off before it is."""

    def format(self) -> str:
        """In which form words are stored so far; empty where none are."""
        ...

    def start_anew(self, form: str) -> None:
        """Have every passage wait, to be stored in this form; the folder holds nothing any more."""
        ...

    def count(self) -> int:
        """About how many changes wait; 0 where none does."""
        ...

    def first(self, most: int) -> Sequence[tuple[int, str]]:
        """The first changes that wait: their numbers, which rise, and the ids of their passages."""
        ...

    def stored(self, last: int) -> None:
        """What is up to this number is stored."""
        ...

    def add(self, ids: list[str]) -> None:
        """Have these wait, too."""
        ...

    def leave(self) -> None:
        """Forget what waits and in which form words are stored."""
        ...


class WaitingInFile:
    """In a catalogue that is a file of the index folder: what is stored is taken off the list."""

    def __init__(self, database: CatalogueDatabase) -> None:
        self._database = database

    def format(self) -> str:
        """As `WordsWaiting.format`."""
        return self._database.meta(_FORMAT_OF) or ""

    def start_anew(self, form: str) -> None:
        """As `WordsWaiting.start_anew`."""
        with self._database.transaction() as connection:
            connection.execute(words_waiting.delete())
            connection.execute(_ALL_WAIT)
            put(connection, meta, [{"name": _FORMAT_OF, "value": form}])

    def count(self) -> int:
        """As `WordsWaiting.count`."""
        return int(self._database.rows(_SPAN)[0][0])

    def first(self, most: int) -> Sequence[tuple[int, str]]:
        """As `WordsWaiting.first`."""
        return self._database.rows(_FIRST, {"most": most})

    def stored(self, last: int) -> None:
        """As `WordsWaiting.stored`; what another connection has put on the list meanwhile has higher numbers."""
        with self._database.transaction() as connection:
            connection.execute(_STORED, {"last": last})

    def add(self, ids: list[str]) -> None:
        """As `WordsWaiting.add`."""
        if ids:
            with self._database.transaction() as connection:
                connection.execute(words_waiting.insert(), [{"passage_id": id_} for id_ in ids])

    def leave(self) -> None:
        """As `WordsWaiting.leave`."""
        if self.count() or self.format():
            with self._database.transaction() as connection:
                connection.execute(words_waiting.delete())
                connection.execute(delete(meta).where(meta.c.name == _FORMAT_OF))


class WaitingOnServer:
    """In a catalogue that several folders share: the list stays, and each folder notes how far it is.

    Of each passage only the last change is on the list. Who changes a catalogue does so alone, so that numbers come in the
    order in which changes can be seen.
    """

    def __init__(self, database: CatalogueDatabase, folder: Path) -> None:
        self._database = database
        self._file = folder / _POSITION
        self._besides: list[str] = []

    def format(self) -> str:
        """As `WordsWaiting.format`."""
        return self._read()[0]

    def start_anew(self, form: str) -> None:
        """As `WordsWaiting.start_anew`."""
        private_folder(self._file.parent)
        self._write(form, 0)

    def count(self) -> int:
        """As `WordsWaiting.count`."""
        waiting = self._database.rows(_COUNT_AFTER, {"last": self._read()[1]})
        return int(waiting[0][0]) + len(self._besides)

    def first(self, most: int) -> Sequence[tuple[int, str]]:
        """As `WordsWaiting.first`."""
        last = self._read()[1]
        besides, self._besides = self._besides, []
        if besides:
            return [(last, id_) for id_ in besides]
        return self._database.rows(_AFTER, {"most": most, "last": last})

    def stored(self, last: int) -> None:
        """As `WordsWaiting.stored`."""
        self._write(self._read()[0], last)

    def add(self, ids: list[str]) -> None:
        """As `WordsWaiting.add`; forgotten with the process, the next one compares again."""
        self._besides += ids

    def leave(self) -> None:
        """As `WordsWaiting.leave`; the list is kept for other folders."""
        self._file.unlink(missing_ok=True)

    def _read(self) -> tuple[str, int]:
        try:
            form, number = json.loads(self._file.read_text("utf-8"))
            return str(form), int(number)
        except (OSError, ValueError, TypeError):
            return "", 0

    def _write(self, form: str, number: int) -> None:
        part = self._file.with_name(f"{_POSITION}.part")
        with suppress(FileNotFoundError):
            part.write_text(json.dumps([form, number]), "utf-8")
            os.replace(part, self._file)
