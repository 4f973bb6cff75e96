"""The items of a list that a sentence announces or belongs to, each to be quoted with its own mark, wherever pages end."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.sentences import sentence_spans
from corpus.outline import PROVISIONS, NumberedList, items_of, mark_of, outline_of
from index.words import content_words

_MOST = 12
_FEWEST = 2
_LONGEST = 120
_LONGEST_BETWEEN = 4
_BULLETS = ("- ", "• ", "· ", "* ")
_LABEL = re.compile(r"[^\s：:，,。；;]{2,10}[：:](?=\S)")
_FEWEST_LABELS = 3
_LONGEST_HEADING = 16


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
    return [_at(candidate, article_text, span) for span in _to_quote(article_text, spans)]


def announcing(candidate: Candidate, article_text: str) -> Candidate | None:
    """The sentence before a colon that announces the list which a candidate's sentence is an item of; None where there is none.

    An item of "有下列情形之一的，不得上岗：" says nothing without it.
    """
    held = items_of(article_text, candidate.start)
    if held is None or held.lead is None or held.style in PROVISIONS or held.item_at(candidate.start) is None:
        return None
    start, end = held.lead
    text = article_text[start:end]
    is_apart = end <= candidate.start and text.rstrip().endswith(("：", ":"))
    return _at(candidate, article_text, held.lead) if is_apart and not is_order(text) else None


def items_of_section(candidate: Candidate, article_text: str, question: Question) -> list[Candidate]:
    """The items under a heading that the question names ("有哪些发展趋势" of "三、发展趋势"), where the candidate stands among them."""
    for each in outline_of(article_text):
        start, end = each.items[0].start, each.items[-1].end
        if each.style in PROVISIONS or not start <= candidate.start < end or len(each.items) < _FEWEST_LABELS:
            continue
        heading = article_text[:start].rstrip().rpartition("\n")[2].strip()
        mark = mark_of(heading)
        name = fold(heading[mark.end :] if mark else heading).strip()
        words = content_words(name) if 0 < len(name) <= _LONGEST_HEADING else []
        if words and all(word in question.folded for word in words):
            spans = [(item.start, item.end) for item in each.items]
            return [_at(candidate, article_text, span) for span in _to_quote(article_text, spans)]
    return []


def items_beside(candidate: Candidate, article_text: str, question: Question) -> list[Candidate]:
    """All items of the list that a candidate's sentence is one item of, with the sentence that announces them.

    Args:
        candidate: The sentence that answers, with its span in the article.
        article_text: The text of its article.
        question: What asks for a list. A word of it that stands in this item, and neither above the list nor in another
            item, picks this item out.

    Returns:
        Candidates in the order of the text, the given one in its place; none where the sentence is no item, where the
        question asks for this item, where an item gives orders to the reader, or where there are too many to quote.
    """
    lead, spans = _list_around(candidate, article_text)
    own = next((span for span in spans if span[0] <= candidate.start < span[1]), None)
    if own is None or _picks_out(question, candidate, article_text, own, [*spans, *lead]):
        return []
    items = _to_quote(article_text, spans)
    if not any(start <= candidate.start < end for start, end in items):
        return []
    return [
        candidate if start <= candidate.start < end else _at(candidate, article_text, (start, end))
        for start, end in [*lead, *items]
    ]


def _list_around(candidate: Candidate, text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The span of what announces the list that the candidate lies in, where anything does, and the spans of its items."""
    held = items_of(text, candidate.start)
    if held is not None and held.style not in PROVISIONS and held.item_at(candidate.start) is not None:
        return [held.lead] if held.lead else [], [(item.start, item.end) for item in held.items]
    return [], _labelled(candidate, text)


def _labelled(candidate: Candidate, text: str) -> list[tuple[int, int]]:
    """The spans of the lines in a row, each begun by a label ("科学合理：…"), that the candidate begins one of."""
    first = text.rfind("\n", 0, candidate.start) + 1
    while first and _LABEL.match(text, before := text.rfind("\n", 0, first - 1) + 1):
        first = before
    spans: list[tuple[int, int]] = []
    for line in text[first:].splitlines(keepends=True):
        if not _LABEL.match(line):
            break
        spans.append((first, first + len(line.rstrip())))
        first += len(line)
    return spans if len(spans) >= _FEWEST_LABELS else []


def _picks_out(
    question: Question, candidate: Candidate, text: str, own: tuple[int, int], spans: list[tuple[int, int]]
) -> bool:
    around = fold("\n".join([candidate.context, *(text[slice(*span)] for span in spans if span != own)]))
    mine = fold(text[slice(*own)])
    return any(word in mine and word not in around for word in question.words)


def _to_quote(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The span of the first sentence of each item; none where they are too few or too many, or one gives orders."""
    if not _FEWEST <= len(spans) <= _MOST:
        return []
    items = [first_sentence(text, *span) for span in spans]
    return [] if any(is_order(text[start:end]) for start, end in items) else items


def _at(candidate: Candidate, text: str, span: tuple[int, int]) -> Candidate:
    start, end = span
    return replace(candidate, start=start, end=end, text=text[start:end], reader_span=None, head="")


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


def first_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the first sentence of an item's first line; a heading is one."""
    line = text[start:end].partition("\n")[0]
    spans = sentence_spans(line)
    if not spans:
        return start, end
    begin, stop = spans[0]
    return start + begin, start + min(stop, begin + _LONGEST if stop - begin > 3 * _LONGEST else stop)
