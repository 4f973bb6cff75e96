"""A gate for CI: figures that a run must reach, and a baseline that it must not fall behind."""

from __future__ import annotations

from pydantic import BaseModel

from assistant.messages import message
from corpus.problem import Problem
from evals.compare import Comparison
from evals.metrics.measures import BY_NAME
from evals.summary import Summary


class Demand(BaseModel):
    """`measure` must be at least or at most `bound`."""

    measure: str
    bound: float
    at_least: bool


class Verdict(BaseModel):
    """A demand and what was measured; `value` None where nothing counts for it, which fails."""

    wanted: str
    value: float | None
    passed: bool
    name: str


def parse_demand(text: str, *, at_least: bool) -> Demand:
    """A demand from "facts=0.9".

    Raises:
        Problem: `gate_wrong` for an unknown measure or a bound that is no number.
    """
    name, _, bound = text.partition("=")
    try:
        value = float(bound.rstrip("%")) / (100 if bound.endswith("%") else 1)
    except ValueError:
        value = float("nan")
    if name.strip() not in BY_NAME or value != value:
        raise Problem("gate_wrong", text=text, known=" ".join(BY_NAME))
    return Demand(measure=name.strip(), bound=value, at_least=at_least)


def judge(summary: Summary, demands: list[Demand], comparison: Comparison | None = None) -> list[Verdict]:
    """A verdict for every demand, and for every measure that a comparison with the baseline tells of."""
    verdicts = []
    for demand in demands:
        value = summary.value(demand.measure)
        passed = value is not None and (value >= demand.bound if demand.at_least else value <= demand.bound)
        sign = "≥" if demand.at_least else "≤"
        verdicts.append(
            Verdict(wanted=f"{sign} {demand.bound:g}", value=value, passed=passed, name=demand.measure)
        )
    for change in comparison.changes if comparison else []:
        group = BY_NAME[change.name].group
        if group in {"answer", "citation", "refusal"} and BY_NAME[change.name].better:
            verdicts.append(
                Verdict(
                    wanted=f"{change.first:.4g}",
                    value=change.second,
                    passed=change.verdict != "worse",
                    name=f"{change.name} ↔",
                )
            )
    return verdicts


def as_markdown(verdicts: list[Verdict], summary: Summary, language: str = "zh") -> str:
    """A summary as GitHub shows it on a run's page."""

    def words(code: str, **fields: object) -> str:
        return message(code, language, **fields)

    lines = [
        f"### {words('gate_title')}: {words('gate_pass' if all(v.passed for v in verdicts) else 'gate_fail')}",
        "",
        words("report_items", items=summary.items, answerable=summary.answerable),
        "",
        f"| {words('column_measure')} | {words('gate_wanted')} | {words('gate_got')} | |",
        "|---|---|---|---|",
    ]
    for verdict in verdicts:
        got = words("gate_not_counted") if verdict.value is None else f"{verdict.value:.4g}"
        mark = "✅" if verdict.passed else "❌"
        lines.append(f"| {verdict.name} | {verdict.wanted} | {got} | {mark} |")
    if summary.causes:
        causes = ", ".join(f"{words(f'cause_{cause}')} {count}" for cause, count in summary.causes.items())
        lines += ["", words("eval_causes", causes=causes)]
    return "\n".join(lines) + "\n"
