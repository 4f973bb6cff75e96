"""How a sentence tells that a figure became another."""

from __future__ import annotations

import re

from corpus.language.normalize import fold

FROM_TO = re.compile(
    r"(?:从|由)(?P<old>[^，。；;]{1,24}?)(?:逐?步?(?:增[长加至]?|提[高升]|上[升涨调]|扩大|[升涨降减]|下[降调]|减少|降低|缩小|调整|变)为?[到至为]?)+"
    r"(?P<new>[^，。；;]{1,20})"
)
"""From what to what something changed: "由8元调整为10元"."""
_YEARS = re.compile(r"(?:19|20)\d{2}年?")


def tells_both_ends(text: str) -> bool:
    """Whether a text tells from what figure to what figure something changed, years aside: "由46.4%上升至55.3%"."""
    match = FROM_TO.search(_YEARS.sub("", fold(text)))
    return match is not None and all(re.search(r"\d", match.group(name)) for name in ("old", "new"))
