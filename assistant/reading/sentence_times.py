"""The time that a single sentence speaks of, by everything its article says before it."""

from __future__ import annotations

import threading
from collections import OrderedDict

from corpus.language.periods import Period
from corpus.model import Article, Section
from corpus.time_reader import TimeReader
from index.store import Index

_REMEMBERED = 64


class SentenceTimes:
    """Periods of sentences; the last `_REMEMBERED` articles are kept as they were read. Safe from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read: OrderedDict[str, tuple[Article, TimeReader] | None] = OrderedDict()
        self._version = -1
        self._one_at_a_time = threading.Lock()

    def of(self, article_id: str, start: int, end: int) -> list[Period]:
        """Periods of `text[start:end]` of an article, empty where nothing tells them."""
        with self._one_at_a_time:
            if (version := self._index.catalogue.data_version()) != self._version:
                self._read.clear()
                self._version = version
            known = self._article(article_id)
            if known is None:
                return []
            article, times = known
            section = _section_at(article, start)
            return times.of_span(section, start, end) if section else []

    def _article(self, article_id: str) -> tuple[Article, TimeReader] | None:
        if article_id not in self._read:
            article = self._index.catalogue.article(article_id)
            self._read[article_id] = (article, TimeReader(article)) if article else None
            while len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)
        self._read.move_to_end(article_id)
        return self._read[article_id]


def _section_at(article: Article, start: int) -> Section | None:
    return next((section for section in article.sections if section.start <= start < section.end), None)
