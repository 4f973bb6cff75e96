"""What the commands share: consoles, settings, the progress bar, and how a problem is said."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Literal, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from assistant.messages import explain, message
from assistant.saved_settings import with_saved
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.wrong_values import wrong_value

FAILED_IN_PART, WRONG_USE, INTERRUPTED = 1, 2, 130
_LONGEST_END_S = 10.0

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 140)
err = Console(stderr=True, highlight=False, soft_wrap=True)

IndexOption = Annotated[Path | None, typer.Option("--index", help=message("cli_index"))]
JsonOption = Annotated[bool, typer.Option("--json", help=message("cli_json"))]


def read_settings(index: Path | None = None) -> Settings:
    """The settings, with the index that a flag names.

    Raises:
        Problem: `setting_wrong`, `saved_settings_broken`.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + ".".join(str(part) for part in first["loc"]).upper()
        raise Problem("setting_wrong", name=name, **wrong_value(first)) from error
    settings = with_saved(settings)
    return settings.model_copy(update={"index": index}) if index else settings


def language() -> Literal["zh", "en"]:
    """The language of messages, even where the settings cannot be read."""
    return "en" if os.environ.get("ASSISTANT_LANGUAGE", "").lower() == "en" else "zh"


def say(code: str, **fields: object) -> str:
    """A message in the person's language."""
    return message(code, language(), **fields)


def complain(problem: Problem, *, colour: str = "red") -> None:
    """Say a problem on the error stream."""
    err.print(f"[{colour}]{escape(explain(problem, language()))}[/]")


def stop_tidily() -> None:
    """A service manager's stop and a terminal that is closed count as Ctrl-C, so that nothing is left half done."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Who starts a command with nohup wants it to outlive the terminal.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, stop)


def leave_interrupted() -> NoReturn:
    """End as after Ctrl-C, within some seconds.

    A thread of a pool that Ctrl-C met while it was starting is one that the pool does not know, and Python waits for it for ever.
    """
    last = threading.Timer(_LONGEST_END_S, os._exit, (INTERRUPTED,))
    last.daemon = True
    last.start()
    sys.exit(INTERRUPTED)


@contextmanager
def progress_bar(title: str, *, counted: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on the terminal's error stream, shown once there is work; `counted` shows how many are done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn() if counted else TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task: list = []

        def step(done: int, total: int, name: str = "") -> None:
            if total == 0:
                return
            if not task:
                task.append(progress.add_task(title, total=total, name=""))
            progress.update(task[0], completed=done, total=total, name=escape(name[:40]))

        yield step
