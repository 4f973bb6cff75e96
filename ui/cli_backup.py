"""`assistant backup` and `assistant restore`: the whole data folder as one file, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.problem import Problem
from ui.terminal import (
    FAILED_IN_PART,
    IndexOption,
    complain,
    err,
    out,
    progress_bar,
    read_settings,
    say,
    stop_tidily,
)

if TYPE_CHECKING:
    from assistant.settings import Settings

FileArgument = Annotated[Path, typer.Argument(help=message("cli_backup_file"))]


def backup(
    file: FileArgument,
    wait: Annotated[float, typer.Option("--wait", min=0, help=message("cli_backup_wait"))] = 600.0,
    index: IndexOption = None,
) -> None:
    """Write the data folder to a file, also while the server runs."""
    from assistant.service import passages_place
    from ui.backups.make import back_up

    settings = read_settings(index)
    stop_tidily()
    with progress_bar(say("backup_writing")) as progress:
        report = back_up(settings, file, progress, wait)
    if not passages_place(settings).in_folder:
        err.print(f"[yellow]{escape(say('backup_without_vectors'))}[/]")
    _tell_of_server(settings, "backup_without_state")
    for problem in report.problems:
        complain(problem)
    size = _megabytes(file.stat().st_size)
    out.print(escape(say("backup_done", file=file, files=len(report.manifest.files), size=size)))
    if report.problems:
        sys.exit(FAILED_IN_PART)


def restore(
    file: FileArgument,
    yes: Annotated[bool, typer.Option("--yes", help=message("cli_restore_yes"))] = False,
    index: IndexOption = None,
) -> None:
    """Put a backup in the place of the data folder; what was there is kept beside it."""
    from ui.backups.restore import manifest_of
    from ui.backups.restore import restore as put_back
    from ui.in_use import refuse_while_in_use

    settings = read_settings(index)
    stop_tidily()
    refuse_while_in_use(settings.data)
    manifest = manifest_of(file)
    question = say(
        "restore_sure",
        made=manifest.made,
        files=len(manifest.files),
        size=_megabytes(manifest.size),
        folder=settings.data,
    )
    if not yes:
        if not sys.stdin.isatty():
            raise Problem("restore_wants_yes")
        if not typer.confirm(question):
            out.print(say("restore_left"))
            sys.exit(FAILED_IN_PART)
    with progress_bar(say("restore_reading")) as progress:
        restored = put_back(file, settings, progress)
    _tell_of_server(settings, "restore_without_state")
    out.print(escape(say("restore_done", folder=settings.data, files=len(restored.manifest.files))))
    for aside in restored.aside:
        out.print(escape(say("restore_aside", folder=aside)))


def _tell_of_server(settings: Settings, code: str) -> None:
    """What is not in a backup where a database server keeps it, and what to do."""
    from index.state import server_url, shown

    if address := settings.database_url.get_secret_value():
        err.print(f"[yellow]{escape(say(code, server=shown(server_url(address))))}[/]")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
