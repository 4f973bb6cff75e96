"""`python -m evals.reading.figures CORPORA`: figures in what was read of documents that stand nowhere in the files.

The files' own plain text is that of another program: pdfium's for PDF, what is left of web pages without their tags, the bytes for text.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.encoding import decode
from corpus.load import read_articles
from corpus.model import Article

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_BROKEN = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
_TAG = re.compile(r"<[^<>]*>")


@dataclass
class FigureCount:
    """The figures of the documents of one format, and those that stand nowhere in their file."""

    total: int = 0
    strange: list[tuple[str, str]] = field(default_factory=list)


def strange_figures(article: Article, plain: str) -> tuple[int, list[str]]:
    """How many figures an article's text has, and those of them that its file's plain text lacks."""
    there = set(_FIGURE.findall(plain)) | set(_FIGURE.findall(_BROKEN.sub("", plain)))
    read = _FIGURE.findall(unicodedata.normalize("NFKC", article.text))
    return len(read), [figure for figure in read if figure not in there]


def plain_text(file: Path) -> str | None:
    """The plain text of a file as another program gives it; None for a format without one."""
    ending = file.suffix.lower()
    if ending == ".pdf":
        from pypdfium2 import PdfDocument

        text = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(file))
    elif ending in {".html", ".htm"}:
        source = decode(file.read_bytes(), file)
        text = "\n".join(html.unescape(_TAG.sub(between, source)) for between in ("", " "))
    elif ending in {".txt", ".md", ".csv"}:
        text = decode(file.read_bytes(), file)
    else:
        return None
    return unicodedata.normalize("NFKC", text)


def count_figures(corpora: Iterable[Path]) -> dict[str, FigureCount]:
    """The figures of all documents of the corpora, by the ending of the file."""
    counts: dict[str, FigureCount] = {}
    for folder in corpora:
        for file in sorted((folder / "documents").iterdir()):
            plain = plain_text(file) if file.is_file() else None
            if not plain:
                continue
            count = counts.setdefault(file.suffix.lower(), FigureCount())
            for article in read_articles(file):
                if isinstance(article, Article):
                    total, strange = strange_figures(article, plain)
                    count.total += total
                    count.strange += [(f"{folder.name}/{file.name}", figure) for figure in strange]
    return counts


def main() -> None:
    """Print a line a format, and the strange figures where they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading.figures", description=__doc__)
    parser.add_argument("corpora", type=Path, help="a folder of corpora, each with documents/")
    parser.add_argument("--strange", action="store_true", help="list the figures that stand nowhere")
    parser.add_argument("--only", nargs="*", default=[], help="names of corpora; all by default")
    chosen = parser.parse_args()
    folders = sorted(each.parent for each in chosen.corpora.glob("*/documents"))
    folders = [folder for folder in folders if not chosen.only or folder.name in chosen.only]
    for ending, count in sorted(count_figures(folders).items()):
        sys.stdout.write(f"{ending:8s} {len(count.strange):4d} of {count.total:6d}\n")
        for name, figure in count.strange if chosen.strange else []:
            sys.stdout.write(f"    {name}: {figure}\n")


if __name__ == "__main__":
    main()
