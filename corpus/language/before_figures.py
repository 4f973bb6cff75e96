"""What stands right before a figure and says how it is meant: about so much, a bound, a fall."""

from __future__ import annotations

import re

HEDGES = r"不?(?:超过|低于|高于|少于|多于)|不[足到]|(?:大?约|大概)为?|(?:将|达到?|高达)?近|接近|逾|超过?|突破|至少|至多|最[高多低少]"
"""A pattern of the words that make of a figure one of about so much, or a bound."""
_HEDGED = re.compile(rf"(?:{HEDGES})\s*$")
_FALLS = re.compile(r"(?:下[降跌滑]|减少|降低|回落|负增长|[降跌减负])(?:了|约|近)*\s*$")


def is_hedged(before: str) -> bool:
    """Whether what stands before a figure ends with a word for about so much, or for a bound: "超过", "约"."""
    return bool(_HEDGED.search(before))


def tells_fall(before: str) -> bool:
    """Whether what stands before a figure ends with a word for a fall: "下降", "减少了约"."""
    return bool(_FALLS.search(before))
