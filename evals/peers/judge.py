"""The one judge of all programs compared: whether a passage is the right one, and how many of the facts it holds."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from corpus.language.normalize import fold
from evals.items import EvalItem
from evals.metrics.facts import holds_all, share_held
from evals.peers.systems.base import Found

WITHIN = 5


def judge(item: EvalItem, found: Sequence[Found]) -> dict[str, float]:
    """What the passages found for an item are worth, best first.

    Args:
        item: The question with its evidence and facts.
        found: Passages, best first.

    Returns:
        Of an answerable item `first` and `within` (the right passage stands first, or among the first five), `facts_first` and
        `facts_within` (share of the facts that these texts hold), `characters` of the first; of an absent one `answered`: whether
        anything was found.
    """
    if not item.answerable:
        return {"answered": float(bool(found))}
    texts = [each.text for each in found[:WITHIN]]
    right = [is_right(item, each) for each in found[:WITHIN]]
    return {
        "first": float(right[:1] == [True]),
        "within": float(any(right)),
        "facts_first": share_held(texts[0] if texts else "", item.groups) or 0.0,
        "facts_within": share_held("\n".join(texts), item.groups) or 0.0,
        "characters": float(len("".join(texts[0].split())) if texts else 0),
    }


def is_right(item: EvalItem, found: Found) -> bool:
    """Whether a passage holds a quote of the evidence, or all facts in a document that the item names.

    Only letters and digits of a quote are compared, for each program writes tables and line ends its own way. An item that names
    no document takes its facts from any.
    """
    text = _letters(found.text)
    if any(letters in text for quote in item.evidence if (letters := _letters(quote))):
        return True
    named = _documents(item)
    return (
        bool(item.groups)
        and (not named or bool(named & set(found.sources)))
        and holds_all(found.text, item.groups)
    )


def asked(items: Sequence[EvalItem], most: int = 0) -> list[EvalItem]:
    """The items that every program is asked, in their order.

    Args:
        items: Those of a set.
        most: How many are drawn at most, always the same ones; 0 draws all.

    Returns:
        Items but for later turns of conversations: a plain search knows nothing of the turns before.
    """
    begun: set[str] = set()
    alone = []
    for item in items:
        if item.conversation is None or item.conversation not in begun:
            alone.append(item)
        if item.conversation is not None:
            begun.add(item.conversation)
    if not 0 < most < len(alone):
        return alone
    return [alone[at] for at in sorted(random.Random(0).sample(range(len(alone)), most))]


def _documents(item: EvalItem) -> set[str]:
    extra = item.model_extra or {}
    one, several = extra.get("document"), extra.get("documents")
    return {str(name) for name in [one, *(several if isinstance(several, list) else [])] if name}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
