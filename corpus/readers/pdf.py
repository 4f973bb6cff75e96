"""PDF with a text layer (pypdfium2): lines in the file's own order, without running heads and page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.layout.furniture import date_of_masthead, without_furniture
from corpus.layout.page import Page
from corpus.layout.paragraphs import blocks_of_pages
from corpus.layout.pdfium import lines_of
from corpus.layout.rulings import rules_of
from corpus.problem import Problem

_MOST_PAGES = 3000


def read_pdf(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a PDF; pages without a text layer are named, never silently empty."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        code = "file_encrypted" if "assword" in str(error) else "broken_file"
        raise Problem(code, file=file, reason=str(error)[:80]) from error
    try:
        pages = [_page(document, number) for number in range(min(len(document), _MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise Problem("broken_file", file=file, reason=str(error)[:80]) from error
    finally:
        document.close()
    without = [page.number for page in pages if not page.lines]
    if len(without) == len(pages):
        raise Problem("pdf_without_text", file=file)
    if without:
        yield Problem("pdf_page_without_text", file=file, pages=", ".join(map(str, without)))
    title, blocks = blocks_of_pages(without_furniture(pages))
    date = date_of_masthead(pages)
    yield Draft(title, {"date": date} if date else {}, blocks)


def _page(document: Any, number: int) -> Page:
    page = document[number]
    width, height = page.get_size()
    return Page(number + 1, lines_of(page), rules_of(page), width, height)
