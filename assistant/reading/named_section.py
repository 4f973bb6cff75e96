"""A list that stands under the heading which the question names ("有哪些发展趋势": 三、发展趋势) is likely the one asked for."""

from __future__ import annotations

from assistant.answering.listed import items_of_section
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part
from index.kinds import Kind
from index.store import Index

_LIKELY = 0.6
"""The share of the usual threshold that is enough for an item of such a list: one item is only part of the answer."""

_NAMED = 0.75
"""The share of the question's words that must stand in the sentence or above it."""


def trust_named_section(index: Index, part: Part, scorer: Scorer) -> None:
    """Raise the confidence of a list whose first sentence found stands under the heading that the question names.

    Args:
        index: Where the articles stand.
        part: A part of a question, its candidates best first.
        scorer: What tells how sure one must be.
    """
    least = scorer.threshold_for(part.parsed)
    if part.parsed.kind is not Kind.LIST or not least * _LIKELY <= part.confidence < least:
        return
    first = part.candidates[0]
    if first.features.get("covered_with_context", 0.0) < _NAMED:
        # 补领 is not told of under 申领材料.
        return
    article = index.catalogue.article(first.hit.article.id)
    if article is not None and not contradicts(first) and items_of_section(first, article.text, part.parsed):
        part.confidence = least
