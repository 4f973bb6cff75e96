"""Which years a stretch of an article speaks of: "今年", "去年" and bare months count from the article's year."""

from __future__ import annotations

import re

from corpus.clean import fold
from corpus.model import Article, Section

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:年|[—–\-~至到]\s*(?:19|20)\d{2}))")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[—–\-~至到]+\s*((?:19|20)\d{2})(?=\s*年|[)）》])")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_LAST_YEAR = re.compile(r"去年|上年|上一年|过去一年|一年来|过去的一年")
_THIS_YEAR = re.compile(r"今年|本年|年内|新的一年")
_BEFORE_LAST = re.compile(r"前年")
_LONGEST_RANGE = 10


def years_in(text: str, article_year: int | None) -> list[int]:
    """The years named in `text`, "今年" and "去年" counted from `article_year` when it is known."""
    folded = fold(text)
    years = {int(year) for year in _YEAR.findall(folded)}
    for first, last in _RANGE.findall(folded):
        if 0 < int(last) - int(first) <= _LONGEST_RANGE:
            years.update(range(int(first), int(last) + 1))
    if article_year is not None:
        if _LAST_YEAR.search(folded):
            years.add(article_year - 1)
        if _THIS_YEAR.search(folded):
            years.add(article_year)
        if _BEFORE_LAST.search(folded):
            years.add(article_year - 2)
    return sorted(years)


def year_of_title(title: str) -> int | None:
    """The first year in a title ("2025年政府工作报告"), or None."""
    match = _TITLE_YEAR.search(fold(title))
    return int(match.group(1)) if match else None


class YearReader:
    """Tells the years of spans of one article; a span that names none takes them from what stands before it."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._year = article.year or year_of_title(article.title)

    def of_span(self, section: Section, start: int, end: int) -> list[int]:
        """Years of `text[start:end]`: named there, else last named earlier in its section, else its headings."""
        text = self._article.text
        named = years_in(text[start:end], self._year)
        if named:
            return named
        for paragraph in reversed(text[section.start : start].split("\n")):
            before = years_in(paragraph, self._year)
            if before:
                return before
        for heading in reversed(section.path):
            in_heading = years_in(heading, self._year)
            if in_heading:
                return in_heading
        return []
