"""From an article to its passages: whole sentences of one section, up to a length that is good to cite."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel

from corpus.model import Article, Passage, Section
from corpus.sentences import Span, cut_positions, is_inside, protected_spans, sentence_spans
from corpus.time_frame import TimeReader, years_of


class Splitter(BaseModel):
    """Sizes in characters. `version` changes whenever the same sizes would cut differently."""

    target: int = 260
    longest: int = 420
    version: int = 2

    @property
    def fingerprint(self) -> str:
        """What an index remembers, so that passages of two splitters are never mixed."""
        return f"sentences-v{self.version}-{self.target}-{self.longest}"

    def split(self, article: Article) -> list[Passage]:
        """The passages of `article` in order; together they hold every sentence exactly once."""
        passages: list[Passage] = []
        times = TimeReader(article)
        for section in article.sections:
            for start, end in self._groups(article, section):
                text = article.text[start:end]
                digest = hashlib.sha256("\n".join([*section.path, text]).encode()).hexdigest()[:8]
                periods = times.of_span(section, start, end)
                passages.append(
                    Passage(
                        id=f"{article.id}-{len(passages):04d}-{digest}",
                        article_id=article.id,
                        position=len(passages),
                        text=text,
                        heading_path=section.path,
                        start=start,
                        end=end,
                        years=years_of(periods),
                        periods=[str(period) for period in periods],
                    )
                )
        return passages

    def _groups(self, article: Article, section: Section) -> list[Span]:
        pieces: list[Span] = []
        for span in sentence_spans(article.text, section.start, section.end):
            pieces += self._cut_long(article.text, span)
        groups: list[Span] = []
        for start, end in pieces:
            if groups and self._fits(article.text, groups[-1], end):
                groups[-1] = (groups[-1][0], end)
            else:
                groups.append((start, end))
        return groups

    def _fits(self, text: str, group: Span, end: int) -> bool:
        length = end - group[0]
        if length > self.longest:
            return False
        # A paragraph's end is a good place to stop once there is enough.
        return length <= self.target or (group[1] - group[0] < self.target // 2)

    def _cut_long(self, text: str, span: Span) -> list[Span]:
        """A sentence longer than `longest` cut at its semicolons, then commas, then anywhere allowed."""
        start, end = span
        pieces: list[Span] = []
        while end - start > self.longest:
            window = text[start : start + self.longest]
            cut = next(
                (cuts[-1] for marks in ("；;", "，,", "、") if (cuts := cut_positions(window, marks))), 0
            )
            if not cut:
                cut = self._any_cut(text[start : min(end, start + 2 * self.longest)])
            pieces.append((start, start + cut))
            start += cut
        pieces.append((start, end))
        return pieces

    def _any_cut(self, window: str) -> int:
        protected = protected_spans(window)
        for cut in range(min(self.longest, len(window) - 1), 0, -1):
            if not is_inside(cut, protected):
                return cut
        return min(self.longest, len(window))
