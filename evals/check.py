"""Whether a set can be trusted: duplicates, quotes that are in no article, facts beside their evidence, leaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.language.normalize import fold
from corpus.problem import Problem
from evals.evidence import EvidenceFinder
from evals.items import EvalItem
from evals.metrics.facts import holds

_NEAR = 0.9
_QUOTE_SHOWN = 30
_STATED = re.compile(r"[\d.]+")


def check_items(
    items: Sequence[EvalItem],
    *,
    finder: EvidenceFinder | None = None,
    others: Sequence[tuple[Path, Sequence[EvalItem]]] = (),
) -> list[Problem]:
    """Warnings, in the order of the items; without a finder, quotes are not looked up."""
    warnings: list[Problem] = []
    warnings += [warning for item in items for warning in _of_item(item, finder)]
    warnings += _duplicates(items)
    for file, other_items in others:
        known = {key_of(other): other.id for other in other_items}
        warnings += [
            Problem("warn_leak", id=item.id, file=file, other=known[key_of(item)])
            for item in items
            if key_of(item) in known
        ]
    without = sum(item.answerable and bool(item.groups) and not item.evidence for item in items)
    if without:
        warnings.append(Problem("warn_no_evidence", count=without))
    return warnings


def key_of(item: EvalItem) -> str:
    """What makes two questions the same: their letters, and the chat and day that they are asked in."""
    asked = item.standalone or item.question
    plain = re.sub(r"\W", "", fold(asked))
    chat = item.conversation if item.conversation is not None and not item.standalone else ""
    return f"{plain}|{chat}|{item.asked_on or ''}"


def _of_item(item: EvalItem, finder: EvidenceFinder | None) -> list[Problem]:
    warnings = []
    if item.answerable and not item.groups:
        warnings.append(Problem("warn_no_facts", id=item.id))
    if not item.answerable and item.groups:
        warnings.append(Problem("warn_facts_of_absent", id=item.id))
    if finder is not None:
        warnings += [
            Problem("warn_quote_nowhere", id=item.id, quote=_short(quote))
            for quote in item.evidence
            if not finder.places(quote)
        ]
    if item.evidence:
        quoted = "\n".join(item.evidence)
        warnings += [
            Problem("warn_fact_not_in_evidence", id=item.id, fact=" / ".join(group))
            for group in item.facts
            if any(_STATED.search(each) for each in group) and not any(holds(quoted, each) for each in group)
        ]
    return warnings


def _duplicates(items: Sequence[EvalItem]) -> list[Problem]:
    warnings = []
    by_key: dict[str, str] = {}
    shingles: list[tuple[str, set[str], str]] = []
    postings: dict[str, list[int]] = {}
    for item in items:
        key = key_of(item)
        if key in by_key:
            warnings.append(Problem("warn_duplicate", id=item.id, other=by_key[key]))
            continue
        by_key[key] = item.id
        own = _pairs(key)
        # Figures and names decide what is asked, so only questions with the same ones can be near duplicates.
        figures = "|".join(sorted(_STATED.findall(key)))
        near: dict[int, int] = {}
        for pair in own:
            for number in postings.get(pair, ()):
                near[number] = near.get(number, 0) + 1
        for number, shared in near.items():
            other_id, other, other_figures = shingles[number]
            if figures == other_figures and shared >= _NEAR * len(own | other):
                warnings.append(Problem("warn_near_duplicate", id=item.id, other=other_id))
                break
        for pair in own:
            postings.setdefault(pair, []).append(len(shingles))
        shingles.append((item.id, own, figures))
    return warnings


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _short(quote: str) -> str:
    return quote if len(quote) <= _QUOTE_SHOWN else quote[:_QUOTE_SHOWN] + "…"
