"""Words marked in a text: found as a search compares them, shown as they stand, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from corpus.language.normalize import fold_characters, readable
from corpus.language.sentences import sentence_spans

Span = tuple[int, int]


def spans_of(text: str, words: Iterable[str]) -> list[Span]:
    """Where any of the folded `words` stands in `text`; what touches or overlaps is one span.

    Letters and figures count as a word only where no other letter or figure stands beside them.
    """
    folded, places = _folded(text)
    found = sorted(span for word in words if word.strip() for span in _occurrences(folded, word))
    spans: list[Span] = []
    for start, end in found:
        first, last = places[start], places[end - 1] + 1
        if spans and first <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], last)
        else:
            spans.append((first, last))
    return spans


def marked_html(text: str, spans: Iterable[Span]) -> str:
    """`text` as HTML with sorted, disjoint `spans` in `<mark>`."""
    parts, at = [], 0
    for start, end in spans:
        parts += [_html(text[at:start]), f"<mark>{_html(text[start:end])}</mark>"]
        at = end
    return "".join([*parts, _html(text[at:])])


def telling_sentence(text: str, words: Iterable[str], nearest: Span | None = None) -> Span:
    """The sentence of `text` that holds most of the folded `words`; `nearest` where it holds as many, else the first.

    Where none holds any, the nearest, or the whole text.
    """
    folded, places = _folded(text)
    starts = [{places[at] for at, _ in _occurrences(folded, word)} for word in words if word.strip()]
    held = {
        span: sum(any(span[0] <= at < span[1] for at in of_word) for of_word in starts)
        for span in sentence_spans(text)
    }
    most = max(held.values(), default=0)
    if most == 0 or (nearest is not None and held.get(nearest) == most):
        return nearest or (0, len(text))
    return next(span for span, count in held.items() if count == most)


def _occurrences(folded: str, word: str) -> Iterable[Span]:
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_joined(folded[at - 1 : at], word[0]) or _joined(folded[end : end + 1], word[-1])):
            yield at, end
        at = folded.find(word, at + 1)


def _joined(neighbour: str, edge: str) -> bool:
    """Whether a neighbour goes on with the letters, or with the figure, that a word ends in."""
    return (_is_letter(edge) and _is_letter(neighbour)) or (edge.isdecimal() and neighbour.isdecimal())


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in `text` that it comes from."""
    folded, places = [], []
    for place, character in enumerate(text):
        as_compared = _folded_character(character)
        folded.append(as_compared)
        places += [place] * len(as_compared)
    return "".join(folded), places


@lru_cache(maxsize=10_000)
def _folded_character(character: str) -> str:
    return fold_characters(character)


def _html(text: str) -> str:
    return escape(readable(text))
