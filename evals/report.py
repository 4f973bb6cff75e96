"""`report.html`: one file that opens offline and prints, whatever the size of the run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from assistant.messages import message
from evals.causes import CAUSES
from evals.folder import ItemTrace, PassageText, Prediction, RunFolder
from evals.items import EvalItem
from evals.metrics.intervals import Estimate
from evals.metrics.measures import BY_NAME, GROUPS, MEASURES, Measure
from evals.plots import can_draw, plots_of
from evals.score import ItemScore
from evals.summary import OF_TYPES, Summary

_TEMPLATES = Path(__file__).parent / "templates"
_RANKED_SHOWN = 10
_PASSAGE_SHOWN = 240
_PASSAGES_OF_LARGE_RUNS = 80
_LARGE_RUN = 1500


def write_report(folder: RunFolder, language: str = "zh") -> Path:
    """Write the report of a run with figures; where it lies.

    Raises:
        Problem: `not_a_run` where the folder has no figures yet.
    """
    record, summary = folder.record(), folder.summary()
    predictions, traces, scores = folder.predictions(), folder.traces(), folder.scores()
    items = [item for item in folder.items() if item.id in scores]

    def words(code: str, **fields: object) -> str:
        return message(code, language, **fields)

    shown = _PASSAGE_SHOWN if len(items) <= _LARGE_RUN else _PASSAGES_OF_LARGE_RUNS
    data = {
        "items": [
            _item(item, predictions[item.id], traces.get(item.id) or ItemTrace(id=item.id), scores[item.id])
            for item in items
        ],
        "passages": {id_: _passage(text, shown) for id_, text in folder.passages().items()},
        "causes": {cause: words(f"cause_{cause}") for cause in CAUSES},
        "words": {code: words(f"report_{code}") for code in _WORDS},
        "stages": {stage: words(f"stage_{stage}") for stage in ("dense", "keyword", "fused", "reranked")},
    }
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    environment.filters["figure"] = figure
    environment.filters["interval"] = interval
    html = environment.get_template("report.html.j2").render(
        w=words,
        language=language,
        record=record,
        summary=summary,
        groups=_groups(summary, words, language),
        types=_types(summary, language),
        causes=[(words(f"cause_{cause}"), count) for cause, count in summary.causes.items()],
        headline=[
            (BY_NAME[name], summary.measures[name])
            for name in ("right", "facts", "cited", "refused_right", "refused_wrong")
            if name in summary.measures
        ],
        plots={name: Markup(svg) for name, svg in plots_of(summary, words).items()},
        no_plots="" if can_draw() else words("report_no_plots"),
        data=Markup(_json_for_html(data)),
        style=Markup((_TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=Markup((_TEMPLATES / "report.js").read_text(encoding="utf-8")),
        label=lambda measure: getattr(measure, language, measure.zh),
        identity=record.identity.model_dump(),
    )
    folder.replace("report.html", html)
    return folder.path / "report.html"


_WORDS = (
    "all", "wrong", "right", "refused", "answered", "question", "standalone", "answer", "short", "expected", "refuse",
    "evidence", "cause", "confidence", "part", "seen", "weighed", "more", "shown", "citations", "any_type", "any_cause",
    "search", "no_items", "flags",
)  # fmt: skip


def figure(estimate: Estimate | None, measure: Measure, *, bare: bool = False) -> str:
    """A figure as a person reads it, with its interval unless `bare`."""
    if estimate is None:
        return "–"
    value = number(estimate.value, measure)
    return value if bare else f"{value} ({interval(estimate, measure)})"


def interval(estimate: Estimate | None, measure: Measure) -> str:
    """The ends of an estimate's interval."""
    if estimate is None:
        return "–"
    return f"{number(estimate.low, measure)} – {number(estimate.high, measure)}"


def number(value: float, measure: Measure) -> str:
    """A value of a measure in its own form."""
    if measure.form == "share":
        return f"{value:.1%}"
    if measure.form == "score":
        return f"{value:.3f}"
    return f"{value:,.0f}" if abs(value) >= 10 or value == 0 else f"{value:.3g}"


def _groups(summary: Summary, words: Callable[..., str], language: str) -> list[tuple[str, list[tuple]]]:
    result = []
    for group in GROUPS:
        rows = []
        for measure in MEASURES:
            if measure.group == group and measure.name in summary.measures:
                stage = measure.name.split(".")[1] if "." in measure.name else ""
                name = getattr(measure, language, measure.zh)
                label = f"{words(f'stage_{stage}')} {name}" if stage else name
                rows.append((label, measure, summary.measures[measure.name]))
        if rows:
            result.append((words(f"group_{group}"), rows))
    return result


def _head(measure: Measure, language: str) -> str:
    name = str(getattr(measure, language, measure.zh))
    return f"{name} (ms)" if measure.form == "ms" else name


def _types(summary: Summary, language: str) -> dict:
    names = [name for name in OF_TYPES if any(name in each for each in summary.by_type.values())]
    return {
        "heads": [_head(BY_NAME[name], language) for name in names],
        "rows": [
            (type_, max((each.n for each in measures.values()), default=0), [
                figure(measures.get(name), BY_NAME[name], bare=True) for name in names
            ])
            for type_, measures in summary.by_type.items()
        ],
    }  # fmt: skip


def _item(item: EvalItem, prediction: Prediction, trace: ItemTrace, score: ItemScore) -> dict:
    return {
        "id": item.id,
        "type": item.type,
        "q": item.question,
        "s": prediction.standalone_question if prediction.standalone_question != item.question else "",
        "a": prediction.answer,
        "short": prediction.short_answer,
        "can": item.answerable,
        "facts": [" / ".join(group) for group in item.groups],
        "evidence": item.evidence,
        "refused": score.refused,
        "right": score.right and not score.cause,
        "cause": score.cause,
        "conf": round(score.confidence, 2),
        "ms": round(prediction.timings_ms.total),
        "flags": [f"{flag.sentence[:40]}: {flag.detail or flag.reason}" for flag in prediction.flags],
        "cites": [
            {"n": c.n, "t": c.title, "d": c.date, "h": c.section, "q": c.quote} for c in prediction.citations
        ],
        "parts": [
            {
                "q": part.question,
                "conf": part.confidence,
                "read": part.read,
                "dense": part.dense[:_RANKED_SHOWN],
                "keyword": part.keyword[:_RANKED_SHOWN],
                "fused": part.fused[:_RANKED_SHOWN],
                "reranked": part.reranked[:_RANKED_SHOWN],
                "seen": [
                    {"t": each.text[:160], "s": round(each.score, 2), "w": each.weighed}
                    for each in part.sentences[:3]
                ],
            }
            for part in trace.parts
        ],
    }


def _passage(passage: PassageText, shown: int) -> list[str]:
    where = " > ".join(part for part in (passage.title, passage.heading) if part)
    text = passage.text if len(passage.text) <= shown else passage.text[:shown] + "…"
    return [f"{where} {passage.date}".strip(), text]


def _json_for_html(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
