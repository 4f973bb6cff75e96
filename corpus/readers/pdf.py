"""PDF (pypdfium2): lines in the file's own order, tables, no running heads; scanned pages by recognition."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.budget import budget_for
from corpus.layout.compare import losses
from corpus.layout.furniture import date_of_masthead, without_furniture
from corpus.layout.page import Page
from corpus.layout.paragraphs import blocks_of_pages
from corpus.layout.pdfium import is_rubble, lines_of
from corpus.layout.recognise import DOTS_AN_INCH, is_installed, page_of_picture
from corpus.layout.rulings import rules_of
from corpus.problem import Problem
from corpus.reasons import broken_file

RECOGNITION_SHARE = 0.8
"""The share of a file's time (`corpus.budget`) for its scanned pages; what is left then is named and not read."""
_MOST_PAGES = 3000
_POINTS = 72
_FEW_CHARACTERS = 30
_PICTURE_OF_A_PAGE = 0.5
_LARGEST_SIDE = 4000


def read_pdf(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a PDF; pages that cannot be read are named, never silently empty."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Problem("file_encrypted", file=file) from error
        raise broken_file(file, error) from error
    try:
        pages = [_page(document, number) for number in range(min(len(document), _MOST_PAGES))]
        scanned = [page.number for page in pages if not page.lines]
        unread = yield from _recognise(document, pages, scanned, file)
    except pypdfium2.PdfiumError as error:
        raise broken_file(file, error) from error
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise Problem("pdf_without_text", file=file)
    if unread:
        yield Problem("pdf_page_without_text", file=file, pages=", ".join(map(str, unread)))
    kept = without_furniture(pages)
    title, blocks = blocks_of_pages(kept)
    yield from (Problem(code, file=file, **fields) for code, fields in losses(kept, title, blocks))
    date = date_of_masthead(pages)
    yield Draft(title, {"date": date} if date else {}, blocks)


def _page(document: Any, number: int) -> Page:
    """A page with its text layer; without lines where it has none, or one that is rubble."""
    page = document[number]
    width, height = page.get_size()
    lines = lines_of(page)
    characters = sum(len(line.text) for line in lines)
    if is_rubble(lines) or (characters < _FEW_CHARACTERS and _is_picture(page)):
        lines = []
    return Page(number + 1, lines, rules_of(page), width, height)


def _is_picture(page: Any) -> bool:
    """Whether pictures cover most of a page."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += abs((right - left) * (top - bottom))
    return covered > _PICTURE_OF_A_PAGE * width * height


def _recognise(
    document: Any, pages: list[Page], scanned: Sequence[int], file: Path
) -> Generator[Problem, None, list[int]]:
    """Put what is recognised on `scanned` pages into `pages`; returns the numbers of those left without text."""
    if not scanned:
        return []
    if not is_installed():
        yield Problem("recognition_not_installed", file=file, pages=_list(scanned))
        return list(scanned)
    end = time.monotonic() + RECOGNITION_SHARE * budget_for(file).seconds
    for place, number in enumerate(scanned):
        if place and time.monotonic() > end:
            yield Problem(
                "scan_read_in_part", file=file, read=place, scanned=len(scanned), pages=_list(scanned[place:])
            )
            break
        page = document[number - 1]
        scale = min(DOTS_AN_INCH / _POINTS, _LARGEST_SIDE / max(page.get_size()))
        picture = page.render(scale=scale).to_numpy()[:, :, :3]
        pages[number - 1] = page_of_picture(picture, number, scale * _POINTS)
    return []


def _list(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return f"{shown}, …" if len(numbers) > 20 else shown
