"""Tables of runs in the terminal: the figures of one, and how two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Column, Table

from ui.terminal import out, say

if TYPE_CHECKING:
    from evals.compare import Comparison
    from evals.summary import Summary

_SHOWN = ("facts", "cited", "refused_right", "refused_wrong", "length")


def show_summary(summary: Summary) -> None:
    """A row a type, the sum and its intervals, and what went wrong how often."""
    from evals.metrics.measures import BY_NAME
    from evals.report import figure, interval

    table = Table()
    table.add_column(say("column_type"), no_wrap=True)
    table.add_column(say("column_items"), justify="right")
    for name in (*_SHOWN, "ms"):
        table.add_column(say(f"column_{name}"), justify="right")

    def cells(measures: dict) -> list[str]:
        shown = [figure(measures.get(name), BY_NAME[name], bare=True) for name in _SHOWN]
        times = [
            figure(measures.get(f"ms.total.{w}"), BY_NAME[f"ms.total.{w}"], bare=True)
            for w in ("median", "p95")
        ]
        return [*shown, " / ".join(times)]

    for name, measures in summary.by_type.items():
        table.add_row(
            escape(name), str(max((each.n for each in measures.values()), default=0)), *cells(measures)
        )
    table.add_section()
    table.add_row(say("row_total"), str(summary.items), *cells(summary.measures), style="bold")
    intervals = [summary.measures.get(name) for name in _SHOWN]
    table.add_row(
        say("row_interval"), "",
        *(interval(each, BY_NAME[name]) for name, each in zip(_SHOWN, intervals, strict=True)),
        "", style="dim",
    )  # fmt: skip
    out.print(table)
    if summary.causes:
        causes = "，".join(f"{say(f'cause_{cause}')} {count}" for cause, count in summary.causes.items())
        out.print(say("eval_causes", causes=causes))


def show_comparison(comparison: Comparison) -> None:
    """The measures that changed and the items that turned."""
    from evals.metrics.measures import BY_NAME

    out.print(
        say("compare_items", both=comparison.both, first=comparison.only_first, second=comparison.only_second)
    )
    if comparison.set_differs:
        out.print(say("compare_set_differs"))
    names = ("measure", "first", "second", "change", "p", "verdict")
    table = Table(*(Column(say(f"column_{name}"), no_wrap=True) for name in names))
    colours = {"better": "green", "worse": "red"}
    for change in comparison.changes:
        if change.verdict == "same" and BY_NAME[change.name].group not in {"answer", "refusal"}:
            continue
        moved = change.difference
        table.add_row(
            change.name,
            f"{change.first:.3f}",
            f"{change.second:.3f}",
            f"{moved.value:+.3f} ({moved.low:+.3f} – {moved.high:+.3f})",
            f"{moved.p:.3f}",
            say(f"compare_{change.verdict}"),
            style=colours.get(change.verdict, ""),
        )
    out.print(table)
    better = sum(flip.better for flip in comparison.flips)
    out.print(say("compare_flips", better=better, worse=len(comparison.flips) - better))
    for flip in comparison.flips:
        mark = "[green]✓[/]" if flip.better else "[red]✗[/]"
        cause = flip.first_cause if flip.better else flip.second_cause
        told = f"  [dim]{say(f'cause_{cause}')}[/]" if cause else ""
        out.print(f"{mark} {escape(flip.id)} {escape(flip.question)}{told}")
