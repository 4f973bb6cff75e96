"""`python -m evals.reading.table_readers [--texts N]`: cells of known printed tables by our reader and by pdfplumber.

pdfplumber is no dependency of the project; it is installed for this comparison alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evals.reading.print_known import STYLES, KnownText, known_text, print_reportlab
from evals.reading.printed import holds, read_back

Count = Callable[[KnownText, Path], int]


def ours(text: KnownText, file: Path) -> int:
    """Cells with the right row and heads by our reader."""
    return read_back(text, file).right_cells


def plumbed(strategy: str) -> Count:
    """The same by pdfplumber; which rows are heads, and which of their cells are merged, it is told."""

    def count(text: KnownText, file: Path) -> int:
        import pdfplumber

        settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
        grids = []
        with pdfplumber.open(file) as document:
            for page in document.pages:
                for table in page.extract_tables(settings):
                    grids.append([[cell or "" for cell in row] for row in table])
        right = 0
        for known in text.tables():
            for fact in known.facts():
                right += any(
                    holds((_filled(grid, len(known.heads)), len(known.heads)), *fact) for grid in grids
                )
        return right

    return count


def _filled(grid: list[list[str]], heads: int) -> list[list[str]]:
    """The head rows with empty cells filled from the left: merged heads."""
    rows = [list(row) for row in grid]
    for row in rows[: heads - 1]:
        for column in range(1, len(row)):
            row[column] = row[column] or row[column - 1]
    return rows


def main() -> None:
    """Print a line a style and reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=4, help="texts for each style")
    given = parser.parse_args()
    readers = {"ours": ours, "pdfplumber lines": plumbed("lines"), "pdfplumber text": plumbed("text")}
    with tempfile.TemporaryDirectory() as folder:
        for style in STYLES:
            for name, count in readers.items():
                right = cells = 0
                start = time.process_time()
                for seed in range(given.texts):
                    text, file = known_text(seed), Path(folder) / f"{style}-{seed}.pdf"
                    if not file.exists():
                        print_reportlab(text, file, style)
                    right += count(text, file)
                    cells += sum(1 for table in text.tables() for _ in table.facts())
                seconds = (time.process_time() - start) / given.texts
                sys.stdout.write(
                    f"{style:12s} {name:17s} {right:4d} of {cells:4d}  {seconds:.2f} CPU s a text\n"
                )


if __name__ == "__main__":
    main()
