"""The command line: `assistant ingest | search | ask | chat | library | briefing | eval | evals | people | model | serve | mcp`, and to look
after it `demo | doctor | backup | restore | repair | database`.

Exit codes: 0 done, 1 something in the input failed and all else was done, 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from assistant.messages import message
from corpus.extras import need
from corpus.load import find_files
from corpus.private_files import keep_new_files_private
from corpus.problem import Problem
from corpus.web import fetch, is_address
from ui.cli_backup import backup, restore
from ui.cli_briefing import briefing
from ui.cli_database import database
from ui.cli_demo import demo
from ui.cli_doctor import doctor
from ui.cli_eval_checker import checker
from ui.cli_eval_corpora import corpora
from ui.cli_eval_sets import check, convert, draft
from ui.cli_evals import evals, evaluate
from ui.cli_library import explain_file, library, named
from ui.cli_mcp import serve_mcp
from ui.cli_model import model
from ui.cli_people import people
from ui.cli_repair import repair
from ui.cli_search import search
from ui.in_use import in_use
from ui.terminal import (
    FAILED_IN_PART,
    WRONG_USE,
    IndexOption,
    JsonOption,
    complain,
    err,
    language,
    leave_interrupted,
    out,
    progress_bar,
    read_settings,
)
from ui.terminal_answer import show_answer

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.sync import IngestReport

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=message("cli_help")
)
app.command("eval", help=message("cli_eval"))(evaluate)
app.command("search", help=message("cli_search"))(search)
app.command("mcp", help=message("cli_mcp"))(serve_mcp)
app.command("backup", help=message("cli_backup"))(backup)
app.command("restore", help=message("cli_restore"))(restore)
app.command("repair", help=message("cli_repair"))(repair)
app.command("doctor", help=message("cli_doctor"))(doctor)
app.command("briefing", help=message("cli_briefing"))(briefing)
app.command("demo", help=message("cli_demo"))(demo)
evals.command("check", help=message("cli_evals_check"))(check)
evals.command("draft", help=message("cli_evals_draft"))(draft)
evals.command("convert", help=message("cli_evals_convert"))(convert)
evals.command("checker", help=message("cli_evals_checker"))(checker)
evals.command("corpora", help=message("cli_evals_corpora"))(corpora)
app.add_typer(evals, name="evals")
app.add_typer(library, name="library")
app.add_typer(people, name="people")
app.add_typer(database, name="database")
app.add_typer(model, name="model")


def main() -> None:
    """Run a command; problems become one sentence and an exit code."""
    os.environ.setdefault("HF_HUB_OFFLINE", "0")
    keep_new_files_private()
    try:
        app()
    except Problem as problem:
        complain(problem)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        err.print(message("stopped", language()))
        leave_interrupted()
    except OSError as error:
        if error.errno == 28:
            complain(Problem("disk_full", folder=error.filename or "."))
            sys.exit(WRONG_USE)
        raise


@app.command(help=message("cli_ingest"))
def ingest(
    sources: Annotated[list[str] | None, typer.Argument(help=message("cli_ingest_paths"))] = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=message("cli_rebuild"))] = False,
    watch: Annotated[bool, typer.Option("--watch", help=message("cli_watch"))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=message("cli_explain"))] = False,
    collection: Annotated[
        str | None, typer.Option("--collection", help=message("cli_ingest_collection"))
    ] = None,
    no_collection: Annotated[
        bool, typer.Option("--no-collection", help=message("cli_ingest_no_collection"))
    ] = False,
) -> None:
    """Bring the index in step with files, folders and addresses."""
    given = named(collection) if collection is not None else "" if no_collection else None
    if given and no_collection:
        raise Problem("collection_and_none")
    paths = [Path(source) for source in sources or [] if not is_address(source)]
    if explain:
        problems = [explain_file(file) for file in find_files(paths)]
        sys.exit(FAILED_IN_PART if any(problems) else 0)
    from assistant.catalogue_place import catalogue_of
    from assistant.service import open_index, passages_place
    from index.deletion import remove_index
    from index.sync import ingest as bring_in_step

    settings = read_settings(index)
    if rebuild:
        remove_index(settings.index_folder, catalogue_of(settings), passages_place(settings))
    fetched = _fetch([source for source in sources or [] if is_address(source)], settings)
    paths += [each for each in fetched if isinstance(each, Path)]
    unfetched = [each for each in fetched if isinstance(each, Problem)]
    if unfetched and not paths:
        for problem in unfetched:
            complain(problem)
        sys.exit(FAILED_IN_PART)
    with progress_bar(message("ingest_reading", settings.language)) as progress:
        report = bring_in_step(open_index(settings), paths or [settings.corpus], progress, given)
    report.problems = unfetched + report.problems
    _show_report(report, settings.language)
    if watch and not report.left:
        with in_use(settings.data):
            _follow(settings, paths or [settings.corpus])
    if report.left:
        leave_interrupted()
    if report.problems:
        nothing_done = not (report.added or report.replaced or report.unchanged or report.removed)
        paths_wrong = all(problem.code == "no_such_path" for problem in report.problems)
        sys.exit(WRONG_USE if nothing_done and paths_wrong else FAILED_IN_PART)


def _fetch(addresses: list[str], settings: Settings) -> list[Path | Problem]:
    if not addresses:
        return []
    with progress_bar(message("ingest_fetching", settings.language), counted=True) as progress:
        private = settings.fetch_private
        return list(fetch(addresses, settings.web_folder, progress, allow_private=private))


def _follow(settings: Settings, paths: list[Path]) -> None:
    """Ingest again whenever something under `paths` changes, until Ctrl-C."""
    from watchfiles import watch

    from assistant.service import open_index
    from index.sync import ingest as bring_in_step

    there = [path for path in paths if path.exists()]
    index = open_index(settings)
    err.print(message("watching", settings.language, paths=", ".join(map(str, there))))
    # The first round comes without a change, for what changed before the watching began.
    caught_up = False
    for changes in watch(*there, raise_interrupt=False, yield_on_timeout=True, rust_timeout=1000):
        if caught_up and not changes:
            continue
        caught_up = True
        try:
            report = bring_in_step(index, paths)
        except Problem as problem:
            complain(problem)
            continue
        if report.added or report.replaced or report.removed or report.moved or report.problems:
            _show_report(report, settings.language)
        if report.left:
            break


@app.command(help=message("cli_ask"))
def ask(
    question: Annotated[str, typer.Argument(help=message("cli_question"))],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer one question."""
    from assistant.service import Assistant, open_index
    from assistant.usage import UsageBook

    settings = read_settings(index)
    if not question.strip():
        raise Problem("empty_question")
    answer = Assistant(open_index(settings), settings, usage=UsageBook.of(settings)).ask(question)
    if as_json:
        out.print_json(answer.model_dump_json(), ensure_ascii=False)
    else:
        show_answer(answer, settings.language)


@app.command(help=message("cli_chat"))
def chat(index: IndexOption = None) -> None:
    """Answer questions one after another, each in the light of those before."""
    from assistant.limits import TURNS
    from assistant.model import Turn
    from assistant.service import Assistant, open_index
    from assistant.usage import UsageBook

    settings = read_settings(index)
    assistant = Assistant(open_index(settings), settings, usage=UsageBook.of(settings))
    err.print(message("chat_hint", settings.language))
    history: list[Turn] = []
    while True:
        try:
            question = out.input("[bold]> [/]").strip()
        except (EOFError, KeyboardInterrupt):
            out.print()
            return
        if question in {"", "/exit", "/quit"}:
            if question:
                return
            continue
        if question == "/new":
            history.clear()
            continue
        try:
            answer = assistant.ask(question, history[-TURNS:])
        except Problem as problem:
            complain(problem)
            continue
        history.append(Turn.after(question, answer))
        show_answer(answer, settings.language)


@app.command(help=message("cli_serve"))
def serve(
    index: IndexOption = None,
    host: Annotated[str, typer.Option(envvar="HOST", help=message("cli_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help=message("cli_port"))] = 7860,
    open_to_all: Annotated[bool, typer.Option("--open", help=message("cli_open"))] = False,
) -> None:
    """Open the chat page and the API."""
    need("page", "assistant serve")
    from ui.people.access import check_binding
    from ui.web.server import free_or_complain

    settings = read_settings(index)
    if open_to_all:
        settings = settings.model_copy(update={"open": True})
    free_or_complain(host, port)
    check_binding(settings, host)
    from ui.web.server import run

    with progress_bar(message("ingest_reading", settings.language)) as progress:
        run(settings, host, port, progress, say=lambda text: err.print(text))


def _show_report(report: IngestReport, language: str) -> None:
    for problem in report.problems:
        complain(problem)
    for file in report.left:
        err.print(f"[yellow]{escape(message('ingest_left', language, file=file))}[/]")
    out.print(message("ingest_done", language, **{
        name: getattr(report, name) for name in ("added", "replaced", "unchanged", "removed", "moved", "articles", "passages")
    }))  # fmt: skip


if __name__ == "__main__":
    main()
