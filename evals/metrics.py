"""What is counted for an answer, and the rates over a set.

- answer rate: share of answerable items whose answer (or short answer) holds one alternative of every fact.
- citation rate: of the items counted right, the share whose cited quotes alone hold every fact.
- refused right: share of unanswerable items refused. refused wrong: share of answerable items refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import BaseModel

from assistant.model import Answer
from corpus.clean import fold
from evals.items import EvalItem


class Outcome(BaseModel):
    """How one item went."""

    id: str
    type: str
    answerable: bool
    refused: bool
    right: bool
    cited: bool
    length: int
    milliseconds: float


class Rates(BaseModel):
    """Rates of a group of outcomes; None where the group holds nothing to count."""

    items: int
    answerable: int
    answer_rate: float | None
    citation_rate: float | None
    refused_right: float | None
    refused_wrong: float | None
    mean_length: float | None
    median_ms: float | None
    p95_ms: float | None


def holds(text: str, alternative: str) -> bool:
    """Whether `text` says `alternative`: folded, without white space, never inside a longer number."""
    wanted = _plain(alternative)
    pattern = re.escape(wanted)
    if wanted[:1].isdigit():
        pattern = r"(?<![\d])(?<!\d\.)" + pattern
    if wanted[-1:].isdigit():
        pattern += r"(?!\d|\.\d)"
    return bool(wanted) and re.search(pattern, _plain(text)) is not None


def holds_all(text: str, groups: list[list[str]]) -> bool:
    """Whether `text` meets every group by one of its alternatives."""
    return all(any(holds(text, alternative) for alternative in group) for group in groups)


def outcome_of(item: EvalItem, answer: Answer) -> Outcome:
    """Count one answer."""
    text = re.sub(r"\[\d+\]", "", answer.answer) + "\n" + answer.short_answer
    right = item.answerable and not answer.refused and holds_all(text, item.groups)
    quotes = "\n".join(citation.quote for citation in answer.citations)
    return Outcome(
        id=item.id,
        type=item.type,
        answerable=item.answerable,
        refused=answer.refused,
        right=right if item.answerable else answer.refused,
        cited=right and bool(answer.citations) and holds_all(quotes, item.groups),
        length=len(answer.answer),
        milliseconds=answer.timings_ms.total,
    )


def rates_of(outcomes: Iterable[Outcome]) -> Rates:
    """The rates of a group of outcomes."""
    rows = list(outcomes)
    can = [row for row in rows if row.answerable]
    cannot = [row for row in rows if not row.answerable]
    right = [row for row in can if row.right]
    answered = [row for row in can if not row.refused]
    times = sorted(row.milliseconds for row in rows)
    return Rates(
        items=len(rows),
        answerable=len(can),
        answer_rate=_share(len(right), len(can)),
        citation_rate=_share(sum(row.cited for row in right), len(right)),
        refused_right=_share(sum(row.refused for row in cannot), len(cannot)),
        refused_wrong=_share(sum(row.refused for row in can), len(can)),
        mean_length=sum(row.length for row in answered) / len(answered) if answered else None,
        median_ms=times[len(times) // 2] if times else None,
        p95_ms=times[min(len(times) - 1, int(len(times) * 0.95))] if times else None,
    )


def rates_by_type(outcomes: Iterable[Outcome]) -> dict[str, Rates]:
    """Rates for each type, in order of first appearance."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.type, []).append(outcome)
    return {name: rates_of(rows) for name, rows in groups.items()}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))
