"""`assistant eval SET` and the group `assistant evals …` around it."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.messages import message
from corpus.problem import Problem
from evals.arm import Arm
from ui.eval_tables import show_comparison, show_summary
from ui.terminal import (
    FAILED_IN_PART,
    IndexOption,
    JsonOption,
    complain,
    err,
    language,
    leave_interrupted,
    out,
    progress_bar,
    read_settings,
    say,
)

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.settings import Settings
    from evals.folder import RunFolder
    from evals.items import EvalItem
    from evals.run import EvalRun

evals = typer.Typer(no_args_is_help=True, help=message("cli_evals"))

SetArgument = Annotated[Path, typer.Argument(metavar="SET", help=message("cli_eval_set"))]
OutOption = Annotated[Path | None, typer.Option("--out", help=message("cli_eval_out"))]
FreshOption = Annotated[bool, typer.Option("--fresh", help=message("cli_eval_fresh"))]


def evaluate(
    set_file: SetArgument,
    out_folder: OutOption = None,
    index: IndexOption = None,
    fresh: FreshOption = False,
    judge: Annotated[bool, typer.Option("--judge", help=message("cli_eval_judge"))] = False,
) -> None:
    """Run a set of question-answer pairs."""
    settings = read_settings(index)
    items, problems = _read(set_file)
    if not items:
        sys.exit(FAILED_IN_PART)
    folder = out_folder or _new_run_folder(settings, set_file)
    _run(settings, set_file, items, folder, fresh=fresh)
    if judge:
        _judge(settings, folder)
        _write_report(folder)
    if problems:
        sys.exit(FAILED_IN_PART)


@evals.command("compare", help=message("cli_evals_compare"))
def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN_A", help=message("cli_evals_run"))],
    second: Annotated[Path, typer.Argument(metavar="RUN_B", help=message("cli_evals_run"))],
    as_json: JsonOption = False,
) -> None:
    """Show what moved between two runs."""
    from evals.compare import compare as compare_runs

    comparison = compare_runs(_run_folder(first), _run_folder(second))
    if as_json:
        out.print_json(comparison.model_dump_json(), ensure_ascii=False)
    else:
        show_comparison(comparison)


@evals.command("gate", help=message("cli_evals_gate"))
def gate(
    set_file: SetArgument,
    at_least: Annotated[list[str] | None, typer.Option("--min", help=message("cli_evals_min"))] = None,
    at_most: Annotated[list[str] | None, typer.Option("--max", help=message("cli_evals_max"))] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help=message("cli_evals_baseline"))] = None,
    out_folder: OutOption = None,
    index: IndexOption = None,
    fresh: FreshOption = False,
) -> None:
    """Run a set and fail where a figure falls short."""
    from evals.compare import compare as compare_runs
    from evals.gate import as_markdown, judge, parse_demand

    demands = [parse_demand(text, at_least=True) for text in at_least or []]
    demands += [parse_demand(text, at_least=False) for text in at_most or []]
    if not demands and baseline is None:
        raise Problem("gate_nothing")
    if baseline is not None:
        _run_folder(baseline).record()
    settings = read_settings(index)
    items, problems = _read(set_file)
    if not items:
        sys.exit(FAILED_IN_PART)
    folder = out_folder or _new_run_folder(settings, set_file)
    run = _run(settings, set_file, items, folder, fresh=fresh)
    comparison = compare_runs(_run_folder(baseline), _run_folder(folder)) if baseline else None
    verdicts = judge(run.summary, demands, comparison)
    text = as_markdown(verdicts, run.summary, language())
    out.print(text, markup=False)
    if summary_file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary_file).open("a", encoding="utf-8") as stream:
            stream.write(text)
    if problems or not all(verdict.passed for verdict in verdicts):
        sys.exit(FAILED_IN_PART)


@evals.command("report", help=message("cli_evals_report"))
def report(run: Annotated[Path, typer.Argument(metavar="RUN", help=message("cli_evals_run"))]) -> None:
    """Write a run's report again."""
    from evals.report import write_report

    out.print(say("eval_written", folder=write_report(_run_folder(run), language())))


@evals.command("judge", help=message("cli_evals_judge"))
def judge_answers(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=message("cli_evals_run"))],
) -> None:
    """Let a language model judge the answers of a run."""
    _judge(read_settings(), _run_folder(run).path)
    _write_report(_run_folder(run).path)


@evals.command("export", help=message("cli_evals_export"))
def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=message("cli_evals_run"))],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help=message("cli_evals_target"))],
    form: Annotated[str, typer.Option("--form", help=message("cli_evals_export_form"))] = "csv",
    index: IndexOption = None,
    fresh: FreshOption = False,
) -> None:
    """Write a run as RAGAS, BEIR or CSV."""
    from assistant.service import Assistant, open_index
    from evals.export import export as write

    if target.exists() and not fresh:
        raise Problem("file_exists", file=target)
    assistant: Assistant | None = None
    folder = _run_folder(run)
    if form == "beir":
        settings = read_settings(index or Path(folder.record().identity.index_folder))
        assistant = Assistant(open_index(settings), settings)
    write(folder, form, target, assistant)
    out.print(say("export_done", target=target))


@evals.command("public", help=message("cli_evals_public"))
def public(
    name: Annotated[str, typer.Argument(metavar="NAME", help=message("cli_evals_public_name"))],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=message("cli_evals_public_folder"))],
    most: Annotated[int, typer.Option("--most", "-n", min=0, help=message("cli_evals_public_most"))] = 0,
    out_folder: OutOption = None,
    as_json: JsonOption = False,
    plain: Annotated[Arm | None, typer.Option("--plain", help=message("cli_evals_public_plain"))] = None,
) -> None:
    """Run a public benchmark and count it by its own rules."""
    from evals.public import BENCHMARKS, run_benchmark

    if name not in BENCHMARKS:
        raise Problem("public_unknown", name=name, known=" ".join(BENCHMARKS))
    settings = read_settings()
    benchmark = BENCHMARKS[name](folder, most)
    work = out_folder or settings.data / "public" / (f"{name}-{most}" if most else name)
    with (
        progress_bar(say("public_indexing")) as indexing,
        progress_bar(say("eval_running"), counted=True) as asking,
    ):
        result = run_benchmark(benchmark, settings, work, plain=plain, indexing=indexing, asking=asking)
    if as_json:
        out.print_json(result.model_dump_json())
        return
    table = Table(*(say(f"column_{each}") for each in ("part", "measure", "value", "items")))
    for part, measures in result.parts.items():
        for measure, found in measures.items():
            table.add_row(
                part, measure, f"{found.value:.3f} ({found.low:.3f} – {found.high:.3f})", str(found.n)
            )
    out.print(table)
    out.print(say("eval_written", folder=work))


@evals.command("runs", help=message("cli_evals_runs"))
def runs() -> None:
    """List the runs that were not given a folder of their own."""
    from evals.folder import runs_in

    table = Table(
        *(say(name) for name in ("column_run", "column_items", "column_facts", "column_refused_right"))
    )
    for run in runs_in(read_settings().runs_folder):
        try:
            summary = run.summary()
        except Problem:
            continue
        shares = [summary.value(name) for name in ("facts", "refused_right")]
        cells = ["–" if share is None else f"{share:.1%}" for share in shares]
        table.add_row(escape(str(run.path)), str(summary.items), *cells)
    out.print(table)


# -- parts of the commands


def _read(set_file: Path) -> tuple[list[EvalItem], list[Problem]]:
    from evals.formats import read_set

    items, problems = read_set(set_file)
    for problem in problems:
        complain(problem)
    return items, problems


def _new_run_folder(settings: Settings, set_file: Path) -> Path:
    """A new folder named after the set and the time."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    return settings.runs_folder / f"{set_file.stem}-{stamp}"


def _run_folder(path: Path) -> RunFolder:
    """A run by its folder, or by its name among those not given one."""
    from evals.folder import RunFolder

    if not path.exists():
        named = read_settings().runs_folder / path
        if named.exists():
            path = named
    return RunFolder(path)


def _open(settings: Settings) -> Assistant:
    from assistant.service import Assistant, open_index

    opened = open_index(settings)
    if opened.catalogue.counts()[1] == 0:
        raise Problem("index_empty", folder=opened.folder)
    return Assistant(opened, settings)


def _run(settings: Settings, set_file: Path, items: list[EvalItem], folder: Path, *, fresh: bool) -> EvalRun:
    from evals.run import Runner, Stopped

    assistant = _open(settings)
    told: list[bool] = []
    with progress_bar(say("eval_running"), counted=True) as bar:

        def progress(done: int, total: int) -> None:
            if not told and done:
                err.print(say("eval_resumed", done=done, total=total))
            told.append(True)
            bar(done, total, "")

        runner = Runner(assistant, items, out=folder, set_file=set_file, fresh=fresh, progress=progress)
        try:
            run = runner.run()
            stopped = False
        except Stopped as stop:
            run, stopped = stop.run, True
    show_summary(run.summary)
    if run.scores:
        _write_report(folder)
    out.print(say("eval_written", folder=folder))
    if stopped:
        err.print(say("eval_stopped", done=len(run.scores), total=len(items)))
        leave_interrupted()
    return run


def _write_report(folder: Path) -> None:
    from evals.report import write_report

    write_report(_run_folder(folder), language())


def _judge(settings: Settings, folder: Path) -> None:
    from evals.judge import judge_run, make_judge

    judge = make_judge(settings)
    with progress_bar(say("judging"), counted=True) as bar:
        summary, problem = judge_run(_run_folder(folder), judge, lambda done, total: bar(done, total, ""))
    for name in ("judge_correct", "judge_faithful"):
        if name in summary.measures:
            out.print(f"{name}: {summary.measures[name].value:.1%}")
    if problem is not None:
        complain(problem)
        sys.exit(FAILED_IN_PART)
