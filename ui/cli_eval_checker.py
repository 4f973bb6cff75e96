"""`assistant evals checker`: whether the check of written answers lets good ones through and catches bad ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from assistant.messages import message
from ui.terminal import JsonOption, out, say

if TYPE_CHECKING:
    from evals.metrics.intervals import Estimate


def checker(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=message("cli_evals_checker_file"))],
    show: Annotated[bool, typer.Option("--show", help=message("cli_evals_checker_show"))] = False,
    as_json: JsonOption = False,
) -> None:
    """Check labelled answers of language models."""
    from evals.checker import run_checker

    result = run_checker(file)
    if as_json:
        plain = {
            name: value.value if value else None
            for name in ("good_flagged", "errors_caught", "marks_right", "whole")
            for value in [getattr(result, name)]
        }
        out.print_json(
            data={
                **plain,
                "cases": result.cases,
                "caught_by_kind": result.caught_by_kind,
                "misses": [miss.model_dump() for miss in result.misses],
            },
            ensure_ascii=False,
        )
        return
    table = Table()
    table.add_column(say("column_measure"))
    table.add_column(say("column_share"), justify="right")
    for name in ("good_flagged", "errors_caught", "marks_right", "whole"):
        table.add_row(say(f"checker_{name}"), _cell(getattr(result, name)))
    for kind, (caught, total) in result.caught_by_kind.items():
        table.add_row(f"  {escape(kind)}", f"{caught} / {total}")
    out.print(table)
    if show:
        for miss in result.misses:
            sign = "!" if miss.ok else "-"
            out.print(escape(f"{sign} {miss.case} {' '.join(miss.text.split())}  {miss.reason}"))


def _cell(value: Estimate | None) -> str:
    return "" if value is None else f"{value.value:.3f} ({value.low:.3f}–{value.high:.3f})"
