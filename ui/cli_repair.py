"""`assistant repair`: finds damaged files of the data folder, keeps all that can be read, and makes the rest again."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from ui.terminal import FAILED_IN_PART, IndexOption, err, out, progress_bar, read_settings, say

if TYPE_CHECKING:
    from assistant.settings import Settings


def repair(
    vectors: Annotated[bool, typer.Option("--vectors", help=message("cli_repair_vectors"))] = False,
    index: IndexOption = None,
) -> None:
    """Repair index, chats and accounts; damaged files are kept beside those that take their place."""
    from ui.in_use import refuse_while_in_use

    settings = read_settings(index)
    refuse_while_in_use(settings.data)
    try:
        complete = [_repair_index(settings, every=vectors), _repair_chats(settings), _repair_people(settings)]
    except (OSError, sqlite3.Error) as error:
        raise Problem("data_not_writable", folder=settings.data, **reason_and_detail(error)) from error
    if not all(complete):
        sys.exit(FAILED_IN_PART)


def _repair_index(settings: Settings, *, every: bool) -> bool:
    """Repair the index; tells whether nothing was lost."""
    from assistant.service import open_index
    from index.repair import make_again, repair_files

    folder = settings.index_folder
    if not folder.is_dir():
        return True
    report = repair_files(folder)
    for name, reason in report.damaged.items():
        err.print(f"[yellow]{escape(say('repair_damaged', file=name, reason=reason))}[/]")
    opened = open_index(settings)
    with progress_bar(say("repair_embedding")) as progress:
        make_again(opened, report, progress, every=every)
    articles, passages = opened.catalogue.counts()
    opened.close()
    _show_aside(report.aside)
    out.print(
        escape(say("repair_index_done", articles=articles, passages=passages, embedded=report.embedded))
    )
    if report.lost and report.salvaged is not None:
        err.print(f"[red]{escape(say('repair_index_lost', tables=', '.join(report.salvaged.lossy)))}[/]")
    return not report.lost


def _repair_chats(settings: Settings) -> bool:
    from ui.chats.store import ChatStore, chats_place

    place = chats_place(settings)
    # A server looks after its own files.
    return not isinstance(place, Path) or _repair_database(place, lambda new: ChatStore(new).close())


def _repair_people(settings: Settings) -> bool:
    from ui.people.people_file import accounts_place, open_people_file

    place = accounts_place(settings)
    return not isinstance(place, Path) or _repair_database(
        place, lambda new: open_people_file(new).close(), is_enough=_has_an_admin
    )


def _has_an_admin(file: Path) -> bool:
    """Whether somebody can keep accounts: a file without people would let everybody in."""
    with closing(sqlite3.connect(file)) as connection:
        sql = "SELECT 1 FROM people WHERE role = 'admin' AND disabled = 0"
        return connection.execute(sql).fetchone() is not None


def _repair_database(
    file: Path, make: Callable[[Path], None], is_enough: Callable[[Path], bool] = lambda new: True
) -> bool:
    """Put what can be read of a damaged file in its place; tells whether that is all of it."""
    from index.salvage import copy_what_is_readable, damage_of, put_aside, remove_database

    reason = damage_of(file)
    if not reason:
        return True
    err.print(f"[yellow]{escape(say('repair_damaged', file=file.name, reason=reason))}[/]")
    new = file.with_name(f"{file.name}.new")
    remove_database(new)
    try:
        make(new)
        salvaged = copy_what_is_readable(file, new, derived=frozenset(["alembic_version"]))
        if not is_enough(new):
            err.print(f"[red]{escape(say('repair_not_enough', file=file.name))}[/]")
            return False
        new.chmod(0o600)
        aside = put_aside(file)
        new.replace(file)
    finally:
        remove_database(new)
    _show_aside([aside])
    rows = ", ".join(f"{table} {count}" for table, count in salvaged.rows.items())
    out.print(escape(say("repair_saved", file=file.name, rows=rows)))
    if salvaged.lossy:
        err.print(f"[red]{escape(say('repair_lost', file=file.name, tables=', '.join(salvaged.lossy)))}[/]")
    return not salvaged.lossy


def _show_aside(aside: list[Path]) -> None:
    for path in aside:
        out.print(escape(say("repair_aside", file=path)))
