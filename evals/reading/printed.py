"""`python -m evals.reading.printed [--texts N] [--scans N] [--worn]`: what is read of known texts printed to PDF."""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy

from corpus.model import Article
from evals.reading.print_known import PRINTERS, STYLES, KnownText, known_text

_FIGURE = re.compile(r"\d+")
_DOTS_AN_INCH = 200
_TURNED = 0.7
_GRAIN = 12


@dataclass
class Reading:
    """What was read of one printed text."""

    similarity: float
    right_cells: int
    cells: int
    strange_figures: list[str]
    figures: int
    seconds_a_page: float
    problems: list[str] = field(default_factory=list)


def edit_similarity(one: str, other: str) -> float:
    """1 less the edits between two texts over the length of the longer, white space aside."""
    a = numpy.frombuffer("".join(one.split()).encode("utf-32-le"), dtype=numpy.uint32)
    b = numpy.frombuffer("".join(other.split()).encode("utf-32-le"), dtype=numpy.uint32)
    if not len(a) or not len(b):
        return float(len(a) == len(b))
    places = numpy.arange(len(b) + 1)
    row = places.copy()
    for number, character in enumerate(a, start=1):
        step = numpy.minimum(row[1:] + 1, row[:-1] + (b != character))
        row = numpy.minimum.accumulate(numpy.concatenate(([number], step)) - places) + places
    return 1 - float(row[-1]) / max(len(a), len(b))


def read_back(text: KnownText, file: Path) -> Reading:
    """How much of a text comes back from the file that it was printed to."""
    from pypdfium2 import PdfDocument

    from corpus.assemble import assemble
    from corpus.block import Draft
    from corpus.readers import reader_for

    start = time.process_time()
    found = list(reader_for(file)(file))
    article = next(assemble(each, file, "key") for each in found if isinstance(each, Draft))
    pages = len(PdfDocument(file)) if file.suffix == ".pdf" else 1
    seconds = (time.process_time() - start) / pages
    printed = [text.title, *_printed(text)]
    prose = [article.title, *_prose(article)]
    cells = [fact for table in text.tables() for fact in table.facts()]
    grids = list(_grids(article))
    right = sum(any(holds(grid, *fact) for grid in grids) for fact in cells)
    there = set(
        _FIGURE.findall("\n".join([*printed, *(" ".join(row) for t in text.tables() for row in t.heads)]))
    )
    there |= set(_FIGURE.findall(" ".join(value for _, _, value in cells)))
    figures = _FIGURE.findall(article.title + "\n" + article.text)
    problems = [each.code for each in found if not isinstance(each, Draft)]
    return Reading(
        edit_similarity("".join(printed), "".join(prose)), right, len(cells),
        [figure for figure in figures if figure not in there], len(figures), seconds, problems,
    )  # fmt: skip


def _printed(text: KnownText) -> Iterator[str]:
    for part in text.parts:
        if isinstance(part, str):
            yield part
        else:
            yield part.caption
            yield f"单位：{part.unit}"


def _prose(article: Article) -> list[str]:
    """The lines of an article that are no rows of a table."""
    rows = {span for table in article.layout.tables for span in table.lines.values()}
    lines, at = [], 0
    for line in article.text.split("\n"):
        if (at, at + len(line)) not in rows:
            lines.append(line)
        at += len(line) + 1
    return lines


def _grids(article: Article) -> Iterator[tuple[list[list[str]], int]]:
    for table in article.layout.tables:
        yield table.cells, table.head_rows


def holds(grid: tuple[list[list[str]], int], name: str, heads: list[str], value: str) -> bool:
    """Whether a table holds the value in the row of that name under all of its heads."""
    cells, head_rows = grid
    for row in cells[head_rows:]:
        if _flat(row[0]) != _flat(name):
            continue
        for column, cell in enumerate(row):
            above = _flat("".join(head[column] for head in cells[:head_rows]))
            if _flat(cell) == _flat(value) and all(_flat(head) in above for head in heads):
                return True
    return False


def _flat(text: str) -> str:
    return (
        "".join(text.split())
        .translate(str.maketrans("（），：－−", "(),:--"))
        .replace("—", "-")
        .replace("一", "-")
    )


def scan(file: Path, worn: bool = False) -> Path:
    """The pages of a PDF as pictures in another PDF, as a scanner makes them; worn: turned, blurred and grainy."""
    from pypdfium2 import PdfDocument

    pictures = [page.render(scale=_DOTS_AN_INCH / 72).to_pil().convert("L") for page in PdfDocument(file)]
    pictures = [(_worn(picture) if worn else picture).convert("RGB") for picture in pictures]
    scanned = file.with_suffix(".worn.pdf" if worn else ".scan.pdf")
    pictures[0].save(scanned, save_all=True, append_images=pictures[1:], resolution=_DOTS_AN_INCH, quality=70)
    return scanned


def _worn(picture: Any) -> Any:
    from PIL import Image, ImageFilter

    turned = picture.rotate(_TURNED, fillcolor=255, resample=Image.Resampling.BICUBIC)
    points = numpy.asarray(turned.filter(ImageFilter.GaussianBlur(0.8)), dtype=float)
    grain = numpy.random.default_rng(1).normal(0, _GRAIN, points.shape)
    return Image.fromarray((points * 0.85 + 20 + grain).clip(0, 255).astype(numpy.uint8))


def measure(texts: int, scans: int, worn: bool = False) -> Iterator[tuple[str, list[Reading]]]:
    """Readings by printer and style, and those of scanned pages by style.

    Args:
        texts: How many texts are printed in every style of every printer.
        scans: How many of these are scanned too.
        worn: Whether the scans are turned, blurred and grainy.
    """
    scanned: dict[str, list[Reading]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, printer in PRINTERS.items():
            if name != "reportlab" and not shutil.which("chromium" if name == "chromium" else "soffice"):
                continue
            for style in STYLES if name != "libreoffice" else ("ruled", "plain"):
                readings = []
                for seed in range(texts):
                    text, file = known_text(seed), Path(folder) / f"{name}-{style}-{seed}.pdf"
                    printer(text, file, style)
                    readings.append(read_back(text, file))
                    if seed < scans:
                        scanned.setdefault(style, []).append(read_back(text, scan(file, worn)))
                yield f"{name}, {style}", readings
    for style, readings in scanned.items():
        yield f"scanned at {_DOTS_AN_INCH} dpi{', worn' if worn else ''}, {style}", readings


def main() -> None:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=5, help="texts for each printer and style")
    parser.add_argument(
        "--scans", type=int, default=0, help="how many of these are scanned and recognised too"
    )
    parser.add_argument("--worn", action="store_true", help="the scans are turned, blurred and grainy")
    given = parser.parse_args()
    print("| print | texts | similarity, median | worst | cells right | strange figures | CPU s a page |")  # noqa: T201
    print("|---|---|---|---|---|---|---|")  # noqa: T201
    for name, readings in measure(given.texts, given.scans, given.worn):
        cells = sum(each.cells for each in readings)
        figures = sum(each.figures for each in readings)
        strange = [figure for each in readings for figure in each.strange_figures]
        similarities = [each.similarity for each in readings]
        print(  # noqa: T201
            f"| {name} | {len(readings)} | {median(similarities):.3f} | {min(similarities):.3f} "
            f"| {sum(each.right_cells for each in readings)} of {cells} | {len(strange)} of {figures} {strange[:3]} "
            f"| {median(each.seconds_a_page for each in readings):.2f} |"
            + "".join(sorted({problem for each in readings for problem in each.problems})),
            flush=True,
        )


if __name__ == "__main__":
    main()
