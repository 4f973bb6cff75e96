"""What a reading lost: its characters and figures held against those of the plain text of the same pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.block import Block
from corpus.layout.page import Page

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_LEAST_LOST = 0.05
_FEW = 20


def losses(
    pages: Sequence[Page], title: str, blocks: Sequence[Block]
) -> Iterator[tuple[str, dict[str, object]]]:
    """What stands on the pages and not in the blocks, as codes of problems with their fields.

    Args:
        pages: The lines as the file gives them, without running heads and page numbers.
        title: The title that was taken from them.
        blocks: What was made of them.

    Yields:
        `characters_lost` with the share of the characters and the page that lost most; `figures_lost` with some of
        the figures that stand on the pages and nowhere in the blocks.
    """
    read = _texts(title, blocks)
    kept = Counter("".join(read.split()))
    plain = ["".join(line.text for line in page.lines) for page in pages]
    there = Counter("".join("".join(plain).split()))
    lost = there - kept
    total = sum(there.values())
    if sum(lost.values()) > max(_FEW, _LEAST_LOST * total):
        worst = max(
            range(len(plain)), key=lambda n: sum((Counter("".join(plain[n].split())) & lost).values())
        )
        share = round(100 * sum(lost.values()) / total)
        yield "characters_lost", {"share": share, "page": pages[worst].number}
    figures = Counter(_FIGURE.findall(read))
    missing = [
        figure
        for page in pages
        for line in page.lines
        for figure in _FIGURE.findall(line.text)
        if figure not in figures and figure not in read
    ]
    if len(missing) > 2 and len(missing) > _LEAST_LOST * sum(figures.values()):
        yield "figures_lost", {"count": len(missing), "figures": ", ".join(missing[:5])}


def _texts(title: str, blocks: Sequence[Block]) -> str:
    """All that was read: the texts of the blocks, and the heads of tables."""
    tables = {id(block.table): block.table for block in blocks if block.table is not None}
    cells = (cell for table in tables.values() for row in table.cells[: table.head_rows] for cell in row)
    return "\n".join([title, *(block.text for block in blocks), *cells])
