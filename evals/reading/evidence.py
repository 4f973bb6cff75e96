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
_DIGITS = re.compile(r"\d+")
_LEAST_AGAIN = 3


@dataclass
class FormatCount:
    """How many quotes of the documents of one format were found, and those that were not."""

    found: int = 0
    total: int = 0
    elsewhere: int = 0
    """Quotes that stand in another document of the corpus than the one they are said to be from."""
    over_border: int = 0
    """Quotes that carry what is printed at the edges of pages (number, running head) where a page ends."""
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
            elif any(text.holds_over_border(quote) for name in names for text in corpus.texts(name)):
                count.over_border += 1
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
            edges = _page_edges(self._folder / name)
            self._texts[name] = [Searched(each, edges) for each in _articles(self._folder / name)]
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

    def __init__(self, article: Article, edges: dict[int, list[str]] | None = None) -> None:
        self._text = plain(article.title + "\n" + article.text)
        self._borders = _borders(article, edges or {})
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

    def holds_over_border(self, quote: str) -> bool:
        """Whether the text holds the quote but for what is printed at the edges of pages where a page ends."""
        flat = plain(_LINE_MARK.sub("", quote))
        return any(
            match.start() > 0
            and self._text[:border].endswith(flat[: match.start()])
            and self._text[border:].startswith(flat[match.end() :])
            for border, printed in self._borders
            for between in printed
            for match in re.finditer(re.escape(between), flat)
        )


def _borders(article: Article, edges: dict[int, list[str]]) -> list[tuple[int, list[str]]]:
    """Where in the compared text pages end, with all that may be printed there between their texts."""
    borders = []
    for before, after in pairwise(article.layout.places):
        lines = [*edges.get(before.page, []), *edges.get(after.page, [])] if after.page > before.page else []
        if lines:
            runs = {"".join(lines[a:b]) for a in range(len(lines)) for b in range(a + 1, len(lines) + 1)}
            borders.append((len(plain(article.title + "\n" + article.text[: after.start])), sorted(runs)))
    return borders


def _page_edges(file: Path) -> dict[int, list[str]]:
    """The lines at the edges of a PDF's pages that come again on others, figures aside, by the page's number."""
    if file.suffix.lower() != ".pdf":
        return {}
    from pypdfium2 import PdfDocument

    edges: dict[int, list[str]] = {}
    for page, content in enumerate(PdfDocument(file), start=1):
        lines = [line for line in content.get_textpage().get_text_range().splitlines() if plain(line)]
        edges[page] = [plain(line) for line in (*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:])]
    often = Counter(key for lines in edges.values() for key in {_DIGITS.sub("#", line) for line in lines})
    return {
        page: [line for line in lines if often[_DIGITS.sub("#", line)] >= _LEAST_AGAIN]
        for page, lines in edges.items()
    }


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
