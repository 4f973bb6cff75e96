"""`assistant evals corpora`: whole corpora with their questions, each in an index of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.messages import message
from ui.terminal import JsonOption, err, leave_interrupted, out, progress_bar, read_settings, say

if TYPE_CHECKING:
    from evals.corpora import CorporaResult, Totals


def corpora(
    folder: Annotated[Path, typer.Argument(metavar="CORPORA", help=message("cli_evals_corpora_folder"))],
    out_folder: Annotated[Path | None, typer.Option("--out", help=message("cli_evals_corpora_out"))] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help=message("cli_evals_corpora_only"))] = None,
    blind: Annotated[
        list[str] | None, typer.Option("--blind", help=message("cli_evals_corpora_blind"))
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help=message("cli_eval_fresh"))] = False,
    as_json: JsonOption = False,
) -> None:
    """Ingest and ask every corpus under a folder."""
    from evals.corpora import corpora_in, run_corpora
    from evals.run import Stopped

    settings = read_settings()
    folders = corpora_in(folder, only or [])
    target = out_folder or settings.runs_folder / "corpora"
    with progress_bar(say("eval_running"), counted=True) as bar:
        try:
            result = run_corpora(
                folders,
                settings,
                target,
                blind=blind or [],
                fresh=fresh,
                progress=lambda name, done, total: bar(done, total, name),
            )
        except Stopped:
            err.print(say("evals_corpora_stopped", folder=target))
            leave_interrupted()
    (target / "corpora.json").write_text(result.model_dump_json(indent=1), encoding="utf-8")
    if as_json:
        out.print_json(result.model_dump_json(), ensure_ascii=False)
    else:
        _show(result)
        out.print(say("eval_written", folder=target))


def _show(result: CorporaResult) -> None:
    from evals.corpora import MEASURES

    table = Table()
    table.add_column(say("column_corpus"), no_wrap=True)
    table.add_column(say("column_items"), justify="right")
    for name in MEASURES:
        table.add_column(say(f"column_{name}"), justify="right")
    for corpus in result.corpora:
        table.add_row(escape(corpus.name), *_cells(corpus.all, intervals=True), style="bold")
        for kind, totals in corpus.by_type.items():
            table.add_row(f"  {escape(kind)}", *_cells(totals, intervals=False))
        table.add_section()
    means = [f"{result.mean[name]:.3f}" if name in result.mean else "" for name in MEASURES]
    table.add_row(say("row_mean"), "", *means, style="bold")
    out.print(table)
    for corpus in result.corpora:
        for problem in corpus.problems:
            out.print(f"{escape(corpus.name)}: {escape(problem)}", style="dim")


def _cells(totals: Totals, *, intervals: bool) -> list[str]:
    from evals.corpora import MEASURES

    cells = [f"{totals.answerable} + {totals.absent}"]
    for name in MEASURES:
        found = totals.measures.get(name)
        if found is None:
            cells.append("")
        else:
            spread = f" ({found.low:.2f}–{found.high:.2f})" if intervals else ""
            cells.append(f"{found.value:.2f}{spread}")
    return cells
