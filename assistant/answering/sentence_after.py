"""The sentence after one that answers: the reason that it does not give, the exception from what it rules."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from corpus.language.sentences import sentence_spans

_GIVES_A_REASON = re.compile(
    r"因|由于|受.{1,12}影响|冲击|得益|带动|推动|拉动|助力|为了|旨在|以便|原因|所以|导致|使(?![用命馆者])|源于|支撑|贡献"
)
_EXCEPTS = re.compile(
    r"^(?:但|不过)|除外|例外|可以?不予|不受[^，。]{1,12}限制|另有规定|经[^，。]{1,30}(?:批准|同意|许可|核准)[^，。]{0,6}[，,]?(?:可|方可)|特殊情况"
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
    after = None if gives_a_reason(candidate.text) else _next_of(candidate, article_text)
    return after if after is not None and gives_a_reason(after.text) else None


def exception_after(candidate: Candidate, article_text: str) -> Candidate | None:
    """The next sentence of the paragraph, where it makes an exception from what the candidate's rules; else None.

    Args:
        candidate: The sentence that says whether something may be done, with its span in the article.
        article_text: The text of its article.
    """
    after = _next_of(candidate, article_text)
    return after if after is not None and _EXCEPTS.search(after.text) else None


def _next_of(candidate: Candidate, article_text: str) -> Candidate | None:
    after = article_text[candidate.end :].partition("\n")[0]
    span = next(iter(sentence_spans(after)), None)
    if span is None or not 0 < span[1] - span[0] <= _LONGEST or is_order(after[slice(*span)]):
        return None
    start, end = candidate.end + span[0], candidate.end + span[1]
    text = article_text[start:end]
    return replace(candidate, start=start, end=end, text=text, reader_span=None, head="", row_name="")
