"""The command line: `assistant ingest | search | ask | chat | library | eval | serve`.

Exit codes: 0 done, 1 something in the input failed and all else was done, 2 wrong use.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from rich.table import Table

from assistant.messages import explain, message
from assistant.settings import Settings
from corpus.problem import Problem

if TYPE_CHECKING:
    from assistant.model import Answer
    from evals.metrics import Rates
    from index.sync import IngestReport

FAILED_IN_PART, WRONG_USE = 1, 2

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=message("cli_help")
)
_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)

IndexOption = Annotated[Path | None, typer.Option("--index", help=message("cli_index"))]
JsonOption = Annotated[bool, typer.Option("--json", help=message("cli_json"))]


def main() -> None:
    """Run a command; problems become one sentence and an exit code."""
    os.environ.setdefault("HF_HUB_OFFLINE", "0")
    try:
        app()
    except Problem as problem:
        _complain(problem)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        _err.print(message("stopped", _language()))
        sys.exit(130)
    except OSError as error:
        if error.errno == 28:
            _complain(Problem("disk_full", folder=error.filename or "."))
            sys.exit(WRONG_USE)
        raise


@app.command(help=message("cli_ingest"))
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help=message("cli_ingest_paths"))] = None,
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=message("cli_rebuild"))] = False,
) -> None:
    """Bring the index in step with files and folders."""
    from assistant.service import open_index
    from index.store import remove_index
    from index.sync import ingest as bring_in_step

    settings = _settings(index)
    if rebuild:
        remove_index(settings.index_folder)
    with _progress_bar(message("ingest_reading", settings.language)) as progress:
        report = bring_in_step(open_index(settings), paths or [settings.corpus], progress)
    _show_report(report, settings.language)
    if report.left:
        sys.exit(130)
    if report.problems:
        nothing_done = not (report.added or report.replaced or report.unchanged or report.removed)
        paths_wrong = all(problem.code == "no_such_path" for problem in report.problems)
        sys.exit(WRONG_USE if nothing_done and paths_wrong else FAILED_IN_PART)


@app.command(help=message("cli_search"))
def search(
    question: Annotated[str, typer.Argument(help=message("cli_question"))],
    index: IndexOption = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, max=100, help=message("cli_most"))] = 8,
    as_json: JsonOption = False,
) -> None:
    """Show the passages found for a question."""
    from assistant.service import open_index
    from index.search import Searcher, read_query

    settings = _settings(index)
    if not question.strip():
        raise Problem("empty_question")
    opened = open_index(settings)
    if opened.catalogue.counts()[1] == 0:
        raise Problem("index_empty", folder=opened.folder)
    hits = Searcher(opened).search(read_query(question.strip()), most)
    if as_json:
        _out.print_json(
            json.dumps([hit.model_dump() for hit in hits], ensure_ascii=False), ensure_ascii=False
        )
        return
    for number, hit in enumerate(hits, 1):
        heading = " > ".join([hit.article.title, *hit.passage.heading_path])
        _out.print(f"[bold]{number}. {escape(heading)}[/]  [dim]{hit.article.date} {hit.score:.2f}[/]")
        _out.print(escape(hit.passage.text) + "\n")


@app.command(help=message("cli_ask"))
def ask(
    question: Annotated[str, typer.Argument(help=message("cli_question"))],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer one question."""
    from assistant.service import Assistant, open_index

    settings = _settings(index)
    if not question.strip():
        raise Problem("empty_question")
    answer = Assistant(open_index(settings), settings).ask(question)
    if as_json:
        _out.print_json(answer.model_dump_json(), ensure_ascii=False)
    else:
        _show_answer(answer, settings.language)


@app.command(help=message("cli_chat"))
def chat(index: IndexOption = None) -> None:
    """Answer questions one after another, each in the light of those before."""
    from assistant.model import Turn
    from assistant.service import Assistant, open_index

    settings = _settings(index)
    assistant = Assistant(open_index(settings), settings)
    _err.print(message("chat_hint", settings.language))
    history: list[Turn] = []
    while True:
        try:
            question = _out.input("[bold]> [/]").strip()
        except (EOFError, KeyboardInterrupt):
            _out.print()
            return
        if question in {"", "/exit", "/quit"}:
            if question:
                return
            continue
        if question == "/new":
            history.clear()
            continue
        try:
            answer = assistant.ask(question, history)
        except Problem as problem:
            _complain(problem)
            continue
        history.append(
            Turn(question=question, standalone_question=answer.standalone_question, answer=answer.answer)
        )
        _show_answer(answer, settings.language)


@app.command(help=message("cli_library"))
def library(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the articles of the index."""
    from assistant.service import open_index

    settings = _settings(index)
    catalogue = open_index(settings).catalogue
    articles = catalogue.articles()
    if as_json:
        _out.print_json(
            json.dumps([article.model_dump() for article in articles], ensure_ascii=False), ensure_ascii=False
        )
        return
    table = Table(
        *(message(f"column_{name}", settings.language) for name in ("date", "title", "source", "region"))
    )
    for article in articles:
        table.add_row(
            *(escape(value) for value in (article.date, article.title, article.source, article.region))
        )
    _out.print(table)
    _, passages = catalogue.counts()
    _out.print(message("library_total", settings.language, articles=len(articles), passages=passages))


@app.command("eval", help=message("cli_eval"))
def evaluate(
    set_file: Annotated[Path, typer.Argument(metavar="SET.jsonl", help=message("cli_eval_set"))],
    out: Annotated[Path | None, typer.Option("--out", help=message("cli_eval_out"))] = None,
    index: IndexOption = None,
) -> None:
    """Run a set of question-answer pairs."""
    from assistant.service import Assistant, open_index
    from evals.items import read_set
    from evals.run import run_set

    settings = _settings(index)
    items, problems = read_set(set_file)
    for problem in problems:
        _complain(problem)
    if not items:
        sys.exit(FAILED_IN_PART)
    opened = open_index(settings)
    if opened.catalogue.counts()[1] == 0:
        raise Problem("index_empty", folder=opened.folder)
    assistant = Assistant(opened, settings)
    with _progress_bar(message("eval_running", settings.language)) as progress:
        run = run_set(assistant, items, out=out, progress=lambda done, total: progress(done, total, ""))
    table = Table(message("column_type", settings.language))
    for name in ("items", "answer_rate", "citation_rate", "refused_right", "refused_wrong", "length", "ms"):
        table.add_column(message(f"column_{name}", settings.language), justify="right")
    for name, rates in run.by_type.items():
        table.add_row(escape(name), *_cells(rates))
    table.add_section()
    table.add_row(message("row_total", settings.language), *_cells(run.total), style="bold")
    _out.print(table)
    if out is not None:
        _out.print(message("eval_written", settings.language, folder=out))
    if problems:
        sys.exit(FAILED_IN_PART)


@app.command(help=message("cli_serve"))
def serve(
    index: IndexOption = None,
    host: Annotated[str, typer.Option(envvar="HOST", help=message("cli_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help=message("cli_port"))] = 7860,
) -> None:
    """Open the chat page and the API."""
    from ui.web.server import free_or_complain

    settings = _settings(index)
    free_or_complain(host, port)
    from ui.web.server import run

    with _progress_bar(message("ingest_reading", settings.language)) as progress:
        run(settings, host, port, progress, say=lambda text: _err.print(text))


def _settings(index: Path | None) -> Settings:
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + ".".join(str(part) for part in first["loc"]).upper()
        raise Problem("setting_wrong", name=name, reason=first["msg"]) from error
    return settings.model_copy(update={"index": index}) if index else settings


def _language() -> str:
    return "en" if os.environ.get("ASSISTANT_LANGUAGE", "").lower() == "en" else "zh"


def _complain(problem: Problem) -> None:
    _err.print(f"[red]{escape(explain(problem, _language()))}[/]")


@contextmanager
def _progress_bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on the terminal's error stream, shown once there is work."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    if title == message("eval_running", _language()):
        columns = (*columns[:2], MofNCompleteColumn(), *columns[3:])  # type: ignore[assignment]
    with Progress(*columns, console=_err, transient=True) as progress:
        task: list = []

        def step(done: int, total: int, name: str) -> None:
            if total == 0:
                return
            if not task:
                task.append(progress.add_task(title, total=total, name=""))
            progress.update(task[0], completed=done, total=total, name=escape(name[:40]))

        yield step


def _show_report(report: IngestReport, language: str) -> None:
    for problem in report.problems:
        _complain(problem)
    for file in report.left:
        _err.print(f"[yellow]{escape(message('ingest_left', language, file=file))}[/]")
    _out.print(message("ingest_done", language, **{
        name: getattr(report, name) for name in ("added", "replaced", "unchanged", "removed", "articles", "passages")
    }))  # fmt: skip


def _show_answer(answer: Answer, language: str) -> None:
    for note in answer.notes:
        _err.print(f"[yellow]{escape(note)}[/]")
    if answer.short_answer:
        _out.print(f"[bold green]{escape(answer.short_answer)}[/]")
    _out.print(escape(answer.answer))
    for flag in answer.flags:
        _out.print(f"[yellow]⚠ {escape(message(flag.reason, language, detail=flag.detail))}[/]")
    for citation in answer.citations:
        where = " · ".join(
            part for part in (citation.title, citation.section, citation.date, citation.source) if part
        )
        _out.print(f"[dim]{escape(f'[{citation.n}] {where}')}[/]")
    if answer.near:
        _out.print(f"[dim]{message('near', language)}[/]")
        for citation in answer.near:
            _out.print(f"[dim]· {escape(citation.title)}：{escape(citation.quote[:80])}[/]")


def _cells(rates: Rates) -> list[str]:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.1%}"

    length = "–" if rates.mean_length is None else f"{rates.mean_length:.0f}"
    speed = "–" if rates.median_ms is None else f"{rates.median_ms:.0f} / {rates.p95_ms:.0f}"
    return [
        str(rates.items),
        share(rates.answer_rate),
        share(rates.citation_rate),
        share(rates.refused_right),
        share(rates.refused_wrong),
        length,
        speed,
    ]


if __name__ == "__main__":
    main()
