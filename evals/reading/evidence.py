"""Whether the sentences that people quoted from documents stand in the articles that were read from them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.load import read_articles
from corpus.model import Article

_NOT_COMPARED = re.compile(r"[\s*|\u200b\ufeff]")
_BETWEEN_CELLS = re.compile(r"\s*[|\n\t]\s*|\s+")
_LINE_MARK = re.compile(r"(?m)^\s*(?:- \"|[-+>]\s|#{1,6}\s)\s*")
"""The mark of a list item (in front matter with its quotation mark), a quotation or a heading: markup, not text."""
_LEAST_CELLS = 2


@dataclass
class FormatCount:
    """How many quotes of the documents of one format were found, and those that were not."""

    found: int = 0
    total: int = 0
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
        texts: dict[str, list[Searched]] = {}
        for names, quote in quotes_of(folder):
            for name in names:
                if name not in texts:
                    texts[name] = [Searched(article) for article in _articles(folder / "documents" / name)]
            holder = next((name for name in names if any(text.holds(quote) for text in texts[name])), None)
            count = counts[Path(holder or names[0]).suffix.lower()]
            count.total += 1
            if holder:
                count.found += 1
            else:
                count.missing.append((f"{folder.name}/{names[0]}", quote))
    return dict(counts)


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

    def __init__(self, article: Article) -> None:
        self._text = plain(article.title + "\n" + article.text)
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
