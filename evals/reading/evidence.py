"""Whether the sentences that people quoted from documents stand in the articles that were read from them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from corpus.load import read_articles
from corpus.model import Article

_NOT_COMPARED = re.compile(r"[\s*|\u200b\ufeff]")
_BETWEEN_CELLS = re.compile(r"\s*[|\n\t]\s*|\s+")
_LINE_MARK = re.compile(r"(?m)^\s*(?:- \"|[-+>]\s|#{1,6}\s)\s*")
"""The mark of a list item (in front matter with its quotation mark), a quotation or a heading: markup, not text."""
_LEAST_CELLS = 2
_EDGE_LINES = 3
_PAGE_NUMBER = re.compile(r"^[-—–第\s]*(\d{1,4})[-—–页\s]*(?:[/／共\s]*\d{1,4}\s*页?)?$")
_LEAST_NUMBERED = 3


@dataclass
class FormatCount:
    """How many quotes of the documents of one format were found, and those that were not."""

    found: int = 0
    total: int = 0
    elsewhere: int = 0
    """Quotes that stand in another document of the corpus than the one they are said to be from."""
    over_number: int = 0
    """Quotes that carry the printed number of a page where the page ends; the text has none there."""
    missing: list[tuple[str, str]] = field(default_factory=list)


def count_evidence(corpora: Iterable[Path]) -> dict[str, FormatCount]:
    """Quotes found in the articles, by the ending of the document that they were taken from.

    Args:
        corpora: Folders with `documents/` and `questions.jsonl`; a question's `evidence` are verbatim quotes of the
            files in its `document` or `documents`.

    Returns:
        Counts by ending. A quote counts once for a file that holds it; where a question names several documents, the
        quote counts for the one that holds it, or for the first.
    """
    counts: dict[str, FormatCount] = defaultdict(FormatCount)
    for folder in corpora:
        corpus = _Corpus(folder)
        for names, quote in quotes_of(folder):
            holder = corpus.holder(quote, names)
            count = counts[Path(holder or names[0]).suffix.lower()]
            count.total += 1
            if holder:
                count.found += 1
            elif corpus.holder(quote, corpus.names()):
                count.elsewhere += 1
            elif any(text.holds_over_number(quote) for name in names for text in corpus.texts(name)):
                count.over_number += 1
            else:
                count.missing.append((f"{folder.name}/{names[0]}", quote))
    return dict(counts)


class _Corpus:
    """The documents of a corpus, each read once, when a quote is first looked for in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "documents"
        self._texts: dict[str, list[Searched]] = {}

    def names(self) -> list[str]:
        return sorted(file.name for file in self._folder.iterdir() if file.is_file())

    def texts(self, name: str) -> list[Searched]:
        if name not in self._texts:
            numbers = _page_numbers(self._folder / name)
            self._texts[name] = [Searched(each, numbers) for each in _articles(self._folder / name)]
        return self._texts[name]

    def holder(self, quote: str, names: Iterable[str]) -> str | None:
        """The first of the documents that holds a quote."""
        return next((name for name in names if any(text.holds(quote) for text in self.texts(name))), None)


def quotes_of(folder: Path) -> Iterator[tuple[list[str], str]]:
    """The different quotes of a corpus's questions, each with the documents it may come from."""
    seen = set()
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        names = question.get("documents") or question.get("document") or []
        names = [names] if isinstance(names, str) else names
        for quote in question.get("evidence", []):
            key = (tuple(names), quote)
            if names and key not in seen:
                seen.add(key)
                yield names, quote


class Searched:
    """An article in which quotes are looked for, white space, marks of bold and bars of tables aside."""

    def __init__(self, article: Article, page_numbers: dict[int, str] | None = None) -> None:
        self._text = plain(article.title + "\n" + article.text)
        self._numbers = _numbers_at_borders(article, page_numbers or {})
        lines = [line for line in article.text.splitlines() if line.strip()]
        grids = [" ".join(row) for table in article.layout.tables for row in table.cells]
        self._lines = [plain(line) for line in [*lines, *grids]]

    def holds(self, quote: str) -> bool:
        """Whether the quote stands in the text, or all the cells of its row in order in one row of the article."""
        quote = _LINE_MARK.sub("", quote)
        if plain(quote) in self._text:
            return True
        cells = [cell for part in _BETWEEN_CELLS.split(quote) if (cell := plain(part))]
        return len(cells) >= _LEAST_CELLS and any(_in_order(cells, line) for line in self._lines)

    def holds_over_number(self, quote: str) -> bool:
        """Whether the text holds the quote but for the printed number of a page where that page ends."""
        flat = plain(_LINE_MARK.sub("", quote))
        for border, numbers in self._numbers:
            for number in numbers:
                for match in re.finditer(re.escape(number), flat):
                    before, after = flat[: match.start()], flat[match.end() :]
                    there = self._text[:border].endswith(before) and self._text[border:].startswith(after)
                    if there and before:
                        return True
        return False


def _numbers_at_borders(article: Article, page_numbers: dict[int, str]) -> list[tuple[int, list[str]]]:
    """Where in the compared text pages end, with the numbers printed on the two pages."""
    borders = []
    for before, after in pairwise(article.layout.places):
        numbers = [n for page in (before.page, after.page) if (n := page_numbers.get(page, ""))]
        if after.page > before.page and numbers:
            borders.append((len(plain(article.title + "\n" + article.text[: after.start])), numbers))
    return borders


def _page_numbers(file: Path) -> dict[int, str]:
    """The numbers printed at the edges of a PDF's pages, which count up from page to page."""
    if file.suffix.lower() != ".pdf":
        return {}
    from pypdfium2 import PdfDocument

    shift: Counter[int] = Counter()
    found: dict[int, dict[int, str]] = {}
    for page, content in enumerate(PdfDocument(file), start=1):
        lines = [
            line.strip() for line in content.get_textpage().get_text_range().splitlines() if line.strip()
        ]
        edges = [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]
        numbers = [(match, line) for line in edges if (match := _PAGE_NUMBER.match(line))]
        found[page] = {int(match.group(1)): plain(line) for match, line in numbers}
        shift.update(number - page for number in found[page])
    usual, often = max(shift.items(), key=lambda item: item[1], default=(0, 0))
    if often < _LEAST_NUMBERED:
        return {}
    return {page: numbers[page + usual] for page, numbers in found.items() if page + usual in numbers}


def plain(text: str) -> str:
    """`text` as it is compared: NFKC, without white space, asterisks and bars."""
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", text))


def _in_order(cells: list[str], line: str) -> bool:
    at = 0
    for cell in cells:
        at = line.find(cell, at)
        if at < 0:
            return False
        at += len(cell)
    return True


def _articles(file: Path) -> list[Article]:
    return [article for article in read_articles(file) if isinstance(article, Article)]
