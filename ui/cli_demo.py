"""`assistant demo`: a guided minute on the sample articles, in a temporary folder that is removed at the end."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from ui.terminal import err, leave_interrupted, out, progress_bar, read_settings, stop_tidily
from ui.terminal_answer import show_answer

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.settings import Settings

_TRIES, _BETWEEN_TRIES_S = 20, 0.1
QUESTIONS = {
    "figure": "上海2025年集成电路产业营收多少?",
    "follow_up": "湖北呢?",
    "table": "2026年4月和5月全社会用电量分别是多少?",
    "absent": "2025年北京集成电路产业营收是多少?",
}
"""What each question shows → the question; the second one goes on with the first."""


def demo(yes: Annotated[bool, typer.Option("--yes", help=message("cli_demo_yes"))] = False) -> None:
    """Ask the sample articles four questions; nothing of the person's own is read or changed, but for the model."""
    stop_tidily()
    person = read_settings()
    say = partial(message, language=person.language)
    out.print(say("demo_begin"))
    try:
        with (
            _passing_folder() as folder,
            _prepared(folder, person) as assistant,
        ):
            _ask_all(assistant, say, waits=not yes and sys.stdin.isatty() and sys.stdout.isatty())
    except KeyboardInterrupt:
        err.print(say("demo_stopped"))
        leave_interrupted()
    out.print(escape(say("demo_end")))


@contextmanager
def _passing_folder() -> Iterator[Path]:
    """A folder that is gone at the end, also where a thread that was stopped in its midst still writes to it for a moment."""
    # Named before it is made: what is stopped between the two would leave it.
    folder = Path(tempfile.gettempdir()) / f"assistant-demo-{secrets.token_hex(6)}"
    # Once more when the threads that Python waits for are done.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        for _ in range(_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(_BETWEEN_TRIES_S)


@contextmanager
def _prepared(folder: Path, person: Settings) -> Iterator[Assistant]:
    """The assistant over the sample articles, with no setting of the person's but the language."""
    from assistant.service import Assistant, open_index
    from assistant.settings import Settings
    from index.sync import ingest

    # PyTorch makes a folder for itself at once.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(folder / "torch"))
    # Not from the environment: a language model that is set there would be asked, and an index elsewhere be used.
    settings = Settings.model_construct(data=folder, language=person.language)
    _lend_model(person.models_folder, settings.models_folder)
    index = open_index(settings)
    try:
        with progress_bar(message("ingest_reading", person.language)) as progress:
            report = ingest(index, [settings.corpus], progress)
        if report.left:
            # Ctrl-C ends an ingest quietly.
            raise KeyboardInterrupt
        yield Assistant(index, settings)
    finally:
        index.close()


def _lend_model(there: Path, here: Path) -> None:
    """Copy the embedding model where the person has it already: to make it anew takes longer."""
    from index.embeddings.factory import made_model_folder

    made = made_model_folder(there)
    if made is not None:
        with suppress(OSError):
            shutil.copytree(made, here / made.name)


def _ask_all(assistant: Assistant, say: Callable[..., str], *, waits: bool) -> None:
    from assistant.model import Turn

    history: list[Turn] = []
    for number, (what, question) in enumerate(QUESTIONS.items(), 1):
        if waits:
            _wait(say("demo_wait"))
        out.print(f"\n[bold]{number}/{len(QUESTIONS)} {escape(say(f'demo_{what}'))}[/]")
        out.print(f"[bold cyan]> {escape(question)}[/]")
        answer = assistant.ask(question, history)
        if answer.standalone_question != question:
            out.print(f"[dim]{escape(say('demo_understood', question=answer.standalone_question))}[/]")
        history.append(Turn.after(question, answer))
        show_answer(answer, assistant.settings.language)


def _wait(text: str) -> None:
    """Until Enter is pressed."""
    with suppress(EOFError):
        out.input(f"\n[dim]{escape(text)}[/]")
