"""`assistant database copy`: accounts, chats and costs from the files of the data folder into a PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from ui.terminal import out, progress_bar, read_settings, say, stop_tidily

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.state.moving import Source

database = typer.Typer(no_args_is_help=True, help=message("cli_database"))


@database.callback()
def group() -> None:
    """So that a single command keeps its name."""


@database.command(help=message("cli_database_copy"))
def copy() -> None:
    """Copy the files of the data folder into the database, which must be empty."""
    from index.state import server_url, shown
    from index.state.moving import copy_to_server
    from ui.in_use import refuse_while_in_use

    settings = read_settings()
    address = settings.database_url.get_secret_value()
    if not address:
        raise Problem("database_copy_wants_url")
    url = server_url(address)
    refuse_while_in_use(settings.data)
    stop_tidily()
    with progress_bar(say("database_copying"), counted=True) as progress:
        counts = copy_to_server(_sources(settings), url, progress)
    tables = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    out.print(escape(say("database_copied", server=shown(url), rows=sum(counts.values()), tables=tables)))


def _sources(settings: Settings) -> list[Source]:
    from assistant import usage_tables
    from index.state.moving import Source
    from ui.chats import tables as chat_tables
    from ui.people import tables as people_tables

    return [
        Source(settings.data / "people.sqlite", people_tables.PEOPLE, people_tables.METADATA),
        Source(settings.data / "chats.sqlite", chat_tables.CHATS, chat_tables.METADATA),
        Source(settings.data / "usage.sqlite", usage_tables.USAGE, usage_tables.METADATA),
    ]
