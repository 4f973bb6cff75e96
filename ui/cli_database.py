"""`assistant database copy`: accounts, chats, costs and the catalogue of the index from files into a PostgreSQL database."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from ui.terminal import IndexOption, out, progress_bar, read_settings, say, stop_tidily

if TYPE_CHECKING:
    from sqlalchemy import URL

    from assistant.settings import Settings
    from index.state.moving import Progress, Source

database = typer.Typer(no_args_is_help=True, help=message("cli_database"))


@database.callback()
def group() -> None:
    """So that a single command keeps its name."""


@database.command(help=message("cli_database_copy"))
def copy(index: IndexOption = None) -> None:
    """Copy the files of the data folder into the database, which must be empty."""
    from index.state import server_url, shown
    from ui.in_use import refuse_while_in_use

    settings = read_settings(index)
    address = settings.database_url.get_secret_value()
    if not address:
        raise Problem("database_copy_wants_url")
    url = server_url(address)
    refuse_while_in_use(settings.data)
    stop_tidily()
    with progress_bar(say("database_copying"), counted=True) as progress:
        counts = move(settings, url, progress)
    tables = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    out.print(escape(say("database_copied", server=shown(url), rows=sum(counts.values()), tables=tables)))


def move(settings: Settings, url: URL, progress: Progress | None = None) -> dict[str, int]:
    """Copy what stands in files; how many rows, by table. The index folder names its catalogue on the server afterwards.

    Raises:
        Problem: As `copy_to_server` does; `index_busy`.
    """
    from index.catalogue.place import CATALOGUE_FILE, keep_name, made_up_name, name_of
    from index.folder_lock import at_rest
    from index.state.moving import copy_to_server
    from index.state.server import drop_schema

    folder = settings.index_folder
    if not (folder / CATALOGUE_FILE).is_file() or name_of(folder):
        return copy_to_server(_of_people(settings), url, progress)
    name = made_up_name()
    with at_rest(folder):
        try:
            counts = copy_to_server([*_of_people(settings), _of_index(settings, name)], url, progress)
            keep_name(folder, name)
        except BaseException:
            with suppress(Problem):
                drop_schema(url, name)
            raise
    return counts


def _of_people(settings: Settings) -> list[Source]:
    from assistant import usage_tables
    from index.state.moving import Source
    from ui.chats import tables as chat_tables
    from ui.people import tables as people_tables

    return [
        Source(settings.data / "people.sqlite", people_tables.PEOPLE, people_tables.METADATA),
        Source(settings.data / "chats.sqlite", chat_tables.CHATS, chat_tables.METADATA),
        Source(settings.data / "usage.sqlite", usage_tables.USAGE, usage_tables.METADATA),
    ]


def _of_index(settings: Settings, name: str) -> Source:
    from index.catalogue import tables
    from index.catalogue.place import CATALOGUE_FILE
    from index.state.moving import Source

    # Which words wait is another thing for every index folder; the server lists all passages by itself.
    waiting = frozenset([tables.words_waiting.name])
    return Source(settings.index_folder / CATALOGUE_FILE, tables.CATALOGUE, tables.METADATA, name, waiting)
