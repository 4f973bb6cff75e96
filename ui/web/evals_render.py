"""HTML of runs, comparisons and traces for the evals tab."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from assistant.messages import message
from assistant.trace import Trace
from evals.compare import Comparison
from evals.folder import PassageText
from evals.items import EvalItem
from evals.metrics.measures import BY_NAME
from evals.report import figure, interval
from evals.summary import Summary
from ui.said import said
from ui.web.eval_job import JobStatus

_CARDS = ("right", "facts", "cited", "refused_right", "refused_wrong", "ms.total.median")
_PASSAGES = 8
_SENTENCES = 3
_ITEM_COLUMNS = {
    "mark": "evals_column_ok",
    "question": "evals_column_question",
    "cause": "evals_column_cause",
    "type": "column_type",
    "id": "evals_column_id",
}


@dataclass(frozen=True)
class ItemRow:
    """An item of a run: how it was answered, how that `moved` against another run (better, worse, not at all), and what went wrong."""

    item: EvalItem
    is_right: bool
    moved: bool | None = None
    cause: str = ""


def job_html(status: JobStatus, language: str) -> str:
    """How far the run is, or how it ended."""
    if status.phase == "idle":
        return ""
    lines = []
    if status.phase == "running":
        minutes, seconds = divmod(round(status.left), 60)
        text = message(
            "evals_progress", language, done=status.done, total=status.total, left=f"{minutes}:{seconds:02d}"
        )
        share = status.done / max(status.total, 1)
        lines.append(
            f'<div class="busy">{escape(status.name)} · {text}<progress value="{share:.3f}" max="1"></progress></div>'
        )
    elif status.phase == "failed" and status.problem is not None:
        lines.append(f'<div class="failed">{escape(said(status.problem, language))}</div>')
    else:
        code = "evals_finished" if status.phase == "finished" else "evals_was_stopped"
        text = message(code, language, name=status.name, done=status.done, total=status.total)
        lines.append(f'<div class="ready">{escape(text)}</div>')
    if status.skipped:
        lines.append(
            f'<details class="failed"><summary>{message("evals_skipped", language, count=len(status.skipped))}</summary>'
        )
        lines += [f"<div>{escape(said(problem, language))}</div>" for problem in status.skipped[:100]]
        lines.append("</details>")
    return "".join(lines)  # fmt: skip


def summary_html(name: str, summary: Summary, language: str) -> str:
    """The main figures, and the way to the whole report."""
    cards = []
    for measure_name in _CARDS:
        estimate = summary.measures.get(measure_name)
        if estimate is None:
            continue
        measure = BY_NAME[measure_name]
        label = f"{getattr(measure, language)} ms" if measure.form == "ms" else getattr(measure, language)
        cards.append(
            f'<div class="card" title="{escape(measure.definition)}"><b>{figure(estimate, measure, bare=True)}</b>'
            f"<span>{escape(label)}</span><small>{interval(estimate, measure)}</small></div>"
        )
    causes = "，".join(
        f"{message(f'cause_{cause}', language)} {count}" for cause, count in summary.causes.items()
    )
    told = message("eval_causes", language, causes=causes) if causes else ""
    link = (
        f'<a href="/evals/runs/{escape(name)}/report" target="_blank">{message("evals_report", language)}</a>'
    )
    return f'<div class="cards">{"".join(cards)}</div><p>{escape(told)} {link}</p>'


def comparison_html(comparison: Comparison, language: str) -> str:
    """What moved between two runs, beyond noise or not."""
    told = message(
        "compare_items",
        language,
        both=comparison.both,
        first=comparison.only_first,
        second=comparison.only_second,
    )
    better = sum(flip.better for flip in comparison.flips)
    flips = message("compare_flips", language, better=better, worse=len(comparison.flips) - better)
    rows = []
    for change in comparison.changes:
        measure = BY_NAME[change.name]
        if measure.group == "retrieval" and change.verdict in {"same", "noise"}:
            continue
        moved = change.difference
        rows.append(
            f'<tr class="{change.verdict}"><td>{escape(change.name)}</td><td>{change.first:.3f}</td><td>{change.second:.3f}</td>'
            f"<td>{moved.value:+.3f} ({moved.low:+.3f} – {moved.high:+.3f})</td><td>{message(f'compare_{change.verdict}', language)}</td></tr>"
        )
    heads = "".join(
        f"<th>{message(f'column_{name}', language)}</th>"
        for name in ("measure", "first", "second", "change", "verdict")
    )
    return (
        f"<p>{escape(told)}<br>{escape(flips.rstrip('：:'))}</p>"
        f'<table class="figures"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def items_html(rows: list[ItemRow], language: str) -> str:
    """A table of items; a click on a question, or Enter, opens it as a chat."""
    if not rows:
        return f'<p class="hint">{message("evals_no_items", language)}</p>'
    heads = "".join(
        f'<th scope="col" class="{name}">{message(code, language)}</th>'
        for name, code in _ITEM_COLUMNS.items()
    )
    lines = []
    for row in rows:
        item, way = row.item, {None: "", True: " ↑", False: " ↓"}[row.moved]
        mark, told = ("✓", "evals_right") if row.is_right else ("✗", "evals_wrong")
        cause = message(f"cause_{row.cause}", language) if row.cause else ""
        lines.append(
            f'<tr data-item="{escape(item.id)}" class="{"right" if row.is_right else "wrong"}">'
            f'<td class="mark" title="{message(told, language)}">{mark}{way}</td>'
            f'<td class="question"><button type="button">{escape(item.question)}</button></td>'
            f'<td class="cause">{escape(cause)}</td>'
            f'<td class="type">{escape(item.type)}</td><td class="id">{escape(item.id)}</td></tr>'
        )
    return f'<table class="items"><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


def expected_html(item: EvalItem, cause: str, language: str) -> str:
    """What a right answer holds, and what went wrong."""
    facts = "；".join(" / ".join(group) for group in item.groups) or "–"
    text = (
        message("evals_expected", language, facts=facts)
        if item.answerable
        else message("report_refuse", language)
    )
    told = f" · {message(f'cause_{cause}', language)}" if cause else ""
    return f'<div class="note">{escape(text + told)}</div>'


def trace_html(trace: Trace, passages: dict[str, PassageText], language: str) -> str:
    """The passages of every stage and the sentences weighed, folded away."""
    parts = []
    for part in trace.parts:
        columns = []
        for stage in ("dense", "keyword", "fused", "reranked"):
            rows = "".join(
                _passage(id_, passages, _scored(part.scores.get(id_, {}), stage))
                for id_ in getattr(part, stage)[:_PASSAGES]
            )
            columns.append(f"<div><b>{message(f'stage_{stage}', language)}</b><ol>{rows}</ol></div>")
        weighed = "".join(
            f"<div class='weighed'>{each.score:.2f} {escape(each.text)} <small>{escape(_signs(each.weighed))}</small></div>"
            for each in part.sentences[:_SENTENCES]
        )
        parts.append(
            f"<p><b>{escape(part.question)}</b> · {message('report_confidence', language)} {part.confidence:.2f}</p>"
            f'{weighed}<div class="stages">{"".join(columns)}</div>'
        )
    return f'<details class="trace"><summary>{message("evals_stages", language)}</summary>{"".join(parts)}</details>'


def _signs(weighed: dict[str, float]) -> str:
    return " · ".join(f"{name} {value:g}" for name, value in weighed.items())


def _scored(scores: dict[str, float], stage: str) -> str:
    """The score that a stage's ranker gave, and after the last one the reader's."""
    told = [f"{scores[stage]:.2f}"] if stage in scores else []
    if stage == "reranked" and "reader" in scores:
        told.append(f"reader {scores['reader']:.1f}")
    return f" <small>{' · '.join(told)}</small>" if told else ""


def _passage(id_: str, passages: dict[str, PassageText], scored: str = "") -> str:
    passage = passages.get(id_)
    if passage is None:
        return f"<li>{escape(id_)}{scored}</li>"
    where = " > ".join(part for part in (passage.title, passage.heading) if part)
    return f'<li title="{escape(passage.text)}"><small>{escape(where)}</small> {escape(passage.text[:50])}…{scored}</li>'
