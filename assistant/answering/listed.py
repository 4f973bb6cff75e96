"""The items of a list that a sentence announces, each to be quoted with its own mark, wherever pages or passages end."""

from __future__ import annotations

from dataclasses import replace

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from corpus.language.sentences import sentence_spans
from corpus.outline import NumberedList, outline_of

_MOST = 12
_FEWEST = 2
_LONGEST = 120
_LONGEST_BETWEEN = 4
_BULLETS = ("- ", "• ", "· ", "* ")


def announced_items(candidate: Candidate, article_text: str) -> list[Candidate]:
    """The items that a candidate's sentence announces: numbered ones, else lines with bullets right after it.

    Args:
        candidate: The sentence that answers, with its span in the article.
        article_text: The text of its article.

    Returns:
        A candidate for the first sentence of each item, in order; none where the sentence announces no list, where
        an item gives orders to the reader, or where there are too many to quote.
    """
    spans = _numbered(candidate, article_text) or _bulleted(candidate, article_text)
    if not _FEWEST <= len(spans) <= _MOST:
        return []
    items = [_first_sentence(article_text, *span) for span in spans]
    if any(is_order(article_text[start:end]) for start, end in items):
        return []
    return [
        replace(candidate, start=start, end=end, text=article_text[start:end], reader_span=None, head="")
        for start, end in items
    ]


def _numbered(candidate: Candidate, text: str) -> list[tuple[int, int]]:
    """The spans of the items of the list whose lead is the candidate's sentence."""
    chosen: NumberedList | None = None
    for each in outline_of(text):
        if each.lead is not None and each.lead[0] < candidate.end and candidate.start < each.lead[1]:
            chosen = chosen or each
    if chosen is None or candidate.end > chosen.items[0].end:
        return []
    return [(item.start, item.end) for item in chosen.items]


def _bulleted(candidate: Candidate, text: str) -> list[tuple[int, int]]:
    """The spans of the lines with bullets that follow a sentence which ends with a colon."""
    if not text[: candidate.end].rstrip().endswith(("：", ":")):
        return []
    spans, at = [], candidate.end
    for line in text[candidate.end : candidate.end + 6000].splitlines(keepends=True):
        if line.startswith(_BULLETS):
            spans.append((at, at + len(line.rstrip())))
        elif line.strip() and (spans or len(line.strip()) > _LONGEST_BETWEEN):
            break
        at += len(line)
    return spans


def _first_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The first line's first sentence of an item; a heading is one."""
    line = text[start:end].partition("\n")[0]
    spans = sentence_spans(line)
    if not spans:
        return start, end
    begin, stop = spans[0]
    return start + begin, start + min(stop, begin + _LONGEST if stop - begin > 3 * _LONGEST else stop)
