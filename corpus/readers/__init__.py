"""From a file to drafts of articles: one small module per format, chosen by the file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.archive import archive_reader
from corpus.readers.epub import read_epub
from corpus.readers.html import read_html
from corpus.readers.image import ENDINGS as PICTURES
from corpus.readers.image import read_image
from corpus.readers.jsonl import read_json, read_jsonl
from corpus.readers.mail import mail_reader
from corpus.readers.markdown import read_markdown
from corpus.readers.ofd import read_ofd
from corpus.readers.office import OFFICE_ENDINGS, read_office
from corpus.readers.pdf import read_pdf
from corpus.readers.sheet import read_csv
from corpus.readers.text import read_text

Reader = Callable[[Path], Iterator[Draft | Problem]]
"""Yields an article's draft, or the problem that kept one from being read; raises when nothing can be."""


def reader_for(file: Path) -> Reader:
    """The reader for `file`'s ending.

    Raises:
        Problem: `unknown_format` when no reader knows the ending.
    """
    try:
        return READERS[file.suffix.lower()]
    except KeyError:
        raise Problem("unknown_format", file=file, known=" ".join(sorted(READERS))) from None


READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    **dict.fromkeys(sorted(OFFICE_ENDINGS), read_office),
    ".ofd": read_ofd,
    ".eml": mail_reader(reader_for),
    ".mht": mail_reader(reader_for),
    ".mhtml": mail_reader(reader_for),
    ".epub": read_epub,
    ".zip": archive_reader(reader_for),
    **dict.fromkeys(PICTURES, read_image),
}
