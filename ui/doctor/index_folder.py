"""The index: what it holds, whether its files are whole and of this version, and who writes to it. All is looked at in a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from assistant.settings import Settings
from assistant.state_place import server_of
from corpus.problem import Problem
from index.catalogue.place import name_of
from index.catalogue.tables import CATALOGUE as CATALOGUE_TABLES
from index.folder_lock import holder_of
from index.kept_copy import version_of
from index.renewal import is_due
from index.repair import CATALOGUE, damage_in
from index.snapshot import INDEX_FILES, NO_FAULT, snapshot
from index.state import shown
from index.state.look import reached_in_schema
from index.store import Index
from index.stores.place import check_place
from ui.doctor.data_folder import may_write
from ui.doctor.finding import Finding, State, found, of_problem

_KNOWN = CATALOGUE_TABLES.head


def index(settings: Settings) -> Iterator[Finding]:
    """What the index holds, whether it is whole, and who holds it."""
    folder, language = settings.index_folder.absolute(), settings.language
    tell = partial(found, "index", language)
    if not folder.exists():
        yield tell("warning", "doctor_index_missing", "doctor_ingest", folder=folder)
        return
    holder, runs = holder_of(folder)
    if runs:
        yield tell("warning", "doctor_index_held", "doctor_index_held_advice", holder=holder)
        return
    if holder:
        yield found("ingest", language, "warning", "doctor_ingest_killed", "doctor_ingest", holder=holder)
    try:
        with snapshot(folder, INDEX_FILES) as copy:
            yield from _in_copy(copy, settings)
    except Problem as problem:
        # A disk without room for the copy, or an index that is changed all the time, is no fault of the index.
        state: State = "warning" if problem.code in NO_FAULT else "fault"
        of_index = Problem(problem.code, **{**problem.fields, "folder": folder})
        yield of_problem("index", language, of_index, state)


def vector_server(settings: Settings) -> Iterator[Finding]:
    """Whether the server that keeps the passages answers, where one is set."""
    from assistant.service import passages_place

    place = passages_place(settings)
    if not place.in_folder:
        check_place(place)
        yield found("vector_server", settings.language, "ok", "doctor_server", server=place.server)


def _in_copy(copy: Path, settings: Settings) -> Iterator[Finding]:
    if damaged := damage_in(copy):
        files, reason = ", ".join(damaged), next(iter(damaged.values()))
        fields = {"file": files, "reason": reason}
        yield found("index", settings.language, "fault", "doctor_damaged", "doctor_repair", **fields)
        return
    if older := _older_on_server(copy, settings):
        yield older
        return
    reached = _step_of(copy / CATALOGUE) if not name_of(copy) else _KNOWN
    if reached > _KNOWN:
        file = settings.index_folder.absolute() / CATALOGUE
        newer = Problem("database_newer", file=file, reached=reached, known=_KNOWN)
        yield of_problem("index_version", settings.language, newer)
        return
    from assistant.service import open_index, passages_place

    opened = open_index(settings.model_copy(update={"index": copy, "chroma_server": ""}))
    try:
        yield _contents(opened, settings)
        if reached:
            yield _version(opened, reached, settings)
        if opened.catalogue.counts()[1] and not passages_place(settings).chroma_server:
            yield _vectors(opened, settings.language)
    finally:
        opened.close()


def _older_on_server(copy: Path, settings: Settings) -> Finding | None:
    """What is to be known before a catalogue on a server is opened, which would bring it up to date: there is no copy of it."""
    name, server = name_of(copy), server_of(settings)
    if not name or server is None:
        return None
    reached = reached_in_schema(server, CATALOGUE_TABLES, name)
    if reached == _KNOWN:
        return None
    code = "doctor_catalogue_older" if reached else "doctor_catalogue_missing"
    tell = partial(found, "index", settings.language, "warning", code, f"{code}_advice")
    return tell(name=name, server=shown(server), reached=reached, known=_KNOWN)


def _step_of(catalogue: Path) -> int:
    """The last step of the migrations that a catalogue has been through; 0 where there is none."""
    if not catalogue.exists():
        return 0
    with closing(sqlite3.connect(catalogue)) as connection:
        return version_of(connection)


def _contents(opened: Index, settings: Settings) -> Finding:
    folder = settings.index_folder.absolute()
    tell = partial(found, "index", settings.language)
    articles, passages = opened.catalogue.counts()
    if not may_write(folder):
        # It cannot even be read where nothing can be written.
        reason = "reason_no_right" if folder.is_dir() else "reason_no_folder"
        return of_problem(
            "index", settings.language, Problem("index_not_writable", folder=folder, reason=reason)
        )
    if not passages:
        return tell("warning", "doctor_index_empty", "doctor_ingest", folder=folder)
    return tell("ok", "doctor_index", articles=articles, passages=passages, folder=folder)


def _version(opened: Index, reached: int, settings: Settings) -> Finding:
    tell = partial(found, "index_version", settings.language)
    if "model" in opened.differences():
        made_with, now = opened.catalogue.meta("model"), settings.embedding_model
        folder = settings.index_folder.absolute()
        other = Problem("index_of_other_model", folder=folder, made_with=made_with, now=now)
        return of_problem("index_version", settings.language, other)
    if is_due(opened, thoroughly=False):
        return tell("warning", "doctor_index_to_renew", "doctor_ingest")
    if reached < _KNOWN:
        steps = {"reached": reached, "known": _KNOWN}
        return tell("warning", "doctor_index_older", "doctor_index_older_advice", **steps)
    return tell("ok", "doctor_index_version", reached=reached)


def _vectors(opened: Index, language: str) -> Finding:
    tell = partial(found, "vectors", language)
    missing = len(opened.catalogue.all_passage_ids() - opened.passages.ids())
    if missing:
        return tell("warning", "doctor_vectors_missing", "doctor_ingest", count=missing)
    return tell("ok", "doctor_vectors")
