"""PDF with a text layer (pypdfium2): lines in reading order, without running heads and page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.page_layout import Line, blocks_of_pages, date_of_masthead

_MOST_PAGES = 3000
_MOST_PIECES = 6000


def read_pdf(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a PDF; pages without a text layer are named, never silently empty."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        code = "file_encrypted" if "assword" in str(error) else "broken_file"
        raise Problem(code, file=file, reason=str(error)[:80]) from error
    try:
        pages = [_lines(document[number]) for number in range(min(len(document), _MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise Problem("broken_file", file=file, reason=str(error)[:80]) from error
    finally:
        document.close()
    without = [number for number, lines in enumerate(pages, start=1) if not lines]
    if len(without) == len(pages):
        raise Problem("pdf_without_text", file=file)
    if without:
        yield Problem("pdf_page_without_text", file=file, pages=", ".join(map(str, without)))
    title, blocks = blocks_of_pages(pages)
    date = date_of_masthead(pages)
    yield Draft(title, {"date": date} if date else {}, blocks)


def _lines(page: object) -> list[Line]:
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    width, height = page.get_size()  # type: ignore[attr-defined]
    lines = []
    for number in range(min(text_page.count_rects(), _MOST_PIECES)):
        left, bottom, right, top = text_page.get_rect(number)
        text = " ".join(text_page.get_text_bounded(left, bottom, right, top).split())
        if text and top > bottom and right > left:
            lines.append(
                Line(text, left / width, right / width, 1 - top / height, 1 - bottom / height, height / width)
            )
    return lines
