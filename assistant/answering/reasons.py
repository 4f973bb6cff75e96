"""Sentences that give a reason, and the one beside a sentence that only says again what is asked about."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from corpus.language.sentences import sentence_spans

_GIVES_A_REASON = re.compile(
    r"因|由于|受.{1,12}影响|冲击|得益|带动|推动|拉动|助力|为了|旨在|以便|原因|所以|导致|使(?![用命馆者])|源于|支撑|贡献"
)
_LONGEST = 200


def gives_a_reason(text: str) -> bool:
    """Whether a text says why: "得益于出口增长"."""
    return bool(_GIVES_A_REASON.search(text))


def reason_after(candidate: Candidate, article_text: str) -> Candidate | None:
    """The next sentence of the paragraph, where it gives a reason and the candidate's sentence gives none; else None.

    Args:
        candidate: The sentence that answers a "why", with its span in the article.
        article_text: The text of its article.
    """
    if gives_a_reason(candidate.text):
        return None
    after = article_text[candidate.end :].partition("\n")[0]
    span = next(iter(sentence_spans(after)), None)
    if span is None or not 0 < span[1] - span[0] <= _LONGEST:
        return None
    text = after[slice(*span)]
    if not gives_a_reason(text) or is_order(text):
        return None
    start = candidate.end + span[0]
    return replace(
        candidate, start=start, end=start + len(text), text=text, reader_span=None, head="", row_name=""
    )
