"""Which years a stretch of an article speaks of: "今年", "去年" and "过去五年" count from the article's year."""

from __future__ import annotations

import re

from corpus.clean import fold
from corpus.model import Article, Section
from corpus.sentences import sentence_spans

_CHINESE_YEAR = re.compile(r"[一二][〇零○o0九八七六五四三二一]{3}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:年|[—–\-~至到]\s*(?:19|20)\d{2}))")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?\s*[—–\-~至到]+\s*((?:19|20)\d{2})(?=\s*年|[)）》])")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
# "比上年增长" compares with a year, it does not tell of it.
_LAST_YEAR = re.compile(
    r"(?<![比较同与和])(?:去年|上年|上一年|过去一年|一年来|过去的一年)(?!同期|同月|同季|结转)"
)
_THIS_YEAR = re.compile(r"今年|本年|年内|新的一年")
_BEFORE_LAST = re.compile(r"(?<![比较])前年")
_PAST_YEARS = re.compile(r"过去(?:的)?([二三四五六七八九十])年|([二三四五六七八九十])年来")
_PLAN = re.compile(
    r"(?<![一二三四五六七八九十])[“\"'「]?([一二三]?[十]?[一二三四五六七八九十])五[”\"'」]?(?=时期|期间|规划|计划|以来|末|[”\"'」])"
)
_FIRST_YEAR_OF_FIRST_PLAN = 1953
_PLANS_IN_STEP_FROM = 1981
_LONGEST_RANGE = 10
_TIMELESS_KINDS = frozenset({"法", "条例", "实施条例", "办法", "管理办法", "实施办法", "规定", "实施细则"})


def years_in(text: str, article_year: int | None) -> list[int]:
    """The years named in `text`, "今年" and "去年" counted from `article_year` when it is known."""
    folded = _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), fold(text))
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
    if not years:
        # "2025年…完成“十四五”目标" speaks of 2025: a span of years counts only where no year is named.
        for number in _PLAN.findall(folded):
            years.update(years_of_plan(number))
        if article_year is not None:
            for match in _PAST_YEARS.finditer(folded):
                count = "零一二三四五六七八九十".index(match.group(1) or match.group(2))
                years.update(range(article_year - count, article_year))
    return sorted(years)


def years_of_plan(number: str) -> range:
    """The years of a five-year plan by its Chinese number ("十四" is 2021 to 2025); empty for one unknown.

    The first two plans and the third (after three years of adjustment) had years of their own.
    """
    digits = "零一二三四五六七八九十"
    tens, ten, ones = number.partition("十")
    try:
        value = (
            (10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0))
            if ten
            else digits.index(number)
        )
    except ValueError:
        return range(0)
    if value >= 6:
        first = _PLANS_IN_STEP_FROM + 5 * (value - 6)
    else:
        first = {1: _FIRST_YEAR_OF_FIRST_PLAN, 2: 1958, 3: 1966, 4: 1971, 5: 1976}.get(value, 0)
    return range(first, first + 5) if 0 < first < 2100 else range(0)


def year_of_title(title: str) -> int | None:
    """The first year in a title ("2025年政府工作报告"), or None."""
    match = _TITLE_YEAR.search(fold(title))
    return int(match.group(1)) if match else None


class YearReader:
    """Tells the years of spans of one article; a span that names none takes them from what stands before it."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._timeless = article.kind in _TIMELESS_KINDS
        self._year = None if self._timeless else article.year or year_of_title(article.title)
        self._cache: dict[int, list[tuple[int, list[int]]]] = {}

    def of_span(self, section: Section, start: int, end: int) -> list[int]:
        """Years of `text[start:end]`: named there, else last named earlier in its section, else its headings'.

        What tells of no year at all is of the article's own, unless it is a rule, which holds for any.
        """
        text = self._article.text
        named = years_in(text[start:end], self._year)
        if named or self._timeless:
            return named
        before = [years for place, years in self._named_in(section) if place < start]
        if before:
            return before[-1]
        for heading in reversed(section.path):
            in_heading = years_in(heading, self._year)
            if in_heading:
                return in_heading
        return [self._year] if self._year else []

    def _named_in(self, section: Section) -> list[tuple[int, list[int]]]:
        """Start and years of the section's sentences that name any, in order; worked out once."""
        if section.start not in self._cache:
            text = self._article.text
            found = []
            for start, end in sentence_spans(text, section.start, section.end):
                years = years_in(text[start:end], self._year)
                # Plans for far years ("到2035年") do not set what the next sentences speak of.
                if years and (self._year is None or min(years) <= self._year + 1):
                    found.append((start, years))
            self._cache[section.start] = found
        return self._cache[section.start]
