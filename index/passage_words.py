"""A passage as the words by which it is found: those of its article's title, of its headings, and its own."""

from __future__ import annotations

from typing import NamedTuple

from corpus.model import Passage
from corpus.row_words import caption_above, in_words
from index.words import words


class PassageWords(NamedTuple):
    """Words with spaces between them."""

    title: str
    heading: str
    body: str


def words_of(passage: Passage, title: str) -> PassageWords:
    """The words of a passage of an article with this title; rows of figures are read in words."""
    return PassageWords(
        " ".join(words(title)),
        " ".join(words(" ".join([*passage.heading_path, caption_above(passage)]))),
        " ".join(words(in_words(passage.text, passage.lead).text)),
    )
