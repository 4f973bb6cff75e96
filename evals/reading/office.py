"""`python -m evals.reading.office [--seed N] [--endings docx doc …]`: cells of generated Word tables that keep the heads of their row and column.

Documents with known tables are written by python-docx and read; where LibreOffice is installed also as .doc, .rtf and .odt.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.readers import reader_for
from corpus.readers.soffice import converted, soffice

_PLACES = ("甘泉县", "永丰县", "东桥县", "西桥县", "南溪区", "北岭市", "云麓县", "梅岭市", "兰泉市", "荷塘区")
_MEASURES = ("床位数", "医师数", "营收", "增速", "产量", "面积", "户数", "投资额", "企业数", "就业人数")
_YEARS = ("2022年", "2023年", "2024年", "2025年")
_DOCUMENTS, _TABLES = 20, 3


@dataclass(frozen=True)
class KnownCell:
    """A figure with the names of its row and the heads of its column from the top."""

    names: tuple[str, ...]
    heads: tuple[str, ...]
    figure: str

    def is_in(self, line: str) -> bool:
        """Whether a line of an article holds the figure with all of them."""
        cells = line.split(" | ")
        named = all(any(cell == name or cell.endswith("：" + name) for cell in cells) for name in self.names)
        return named and "·".join(self.heads) + "：" + self.figure in cells


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading.office", description=__doc__)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--endings", nargs="*", default=["docx", "doc", "rtf", "odt"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = [(file, known) for file, known in documents(Path(folder), random.Random(chosen.seed))]
        for ending in chosen.endings if soffice() else ["docx"]:
            found = total = 0
            for file, known in made:
                lines = list(_lines(file, ending))
                found += sum(any(cell.is_in(line) for line in lines) for cell in known)
                total += len(known)
            sys.stdout.write(f".{ending:5s} {found:5d} of {total:5d}  {found / total:.3f}\n")


def documents(folder: Path, draw: random.Random) -> Iterator[tuple[Path, list[KnownCell]]]:
    """Documents of several tables with what stands in them."""
    import docx

    layouts: list[Callable[[Any, int, random.Random], list[KnownCell]]] = [
        _plain, _with_caption_row, _with_two_heads, _with_names_over_rows,
    ]  # fmt: skip
    for number in range(_DOCUMENTS):
        document = docx.Document()
        document.add_heading(f"统计资料之{number + 1}", 0)
        document.add_paragraph("各地主要指标如下，供有关部门参考使用，数据均为快报数。")
        known: list[KnownCell] = []
        for place in range(_TABLES):
            known += draw.choice(layouts)(document, place + 1, draw)
            document.add_paragraph("以上为主要指标完成情况，具体数字以年报为准。")
        file = folder / f"{number}.docx"
        document.save(str(file))
        yield file, known


def _lines(file: Path, ending: str) -> Iterator[str]:
    if file.suffix != f".{ending}":
        with converted(file, ending) as made:
            yield from _lines(made, ending)
        return
    for found in reader_for(file)(file):
        if isinstance(found, Draft):
            yield from (block.text for block in found.blocks)


def _figure(draw: random.Random) -> str:
    whole = draw.randint(10, 99_999)
    return draw.choice((str(whole), f"{whole:,}", f"{whole / 100:.1f}", f"{whole / 3000:.1f}%"))


def _fill(table: Any, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts):
        table.cell(row, column).text = text


def _plain(document: Any, number: int, draw: random.Random, *, above: int = 0) -> list[KnownCell]:
    measures = draw.sample(_MEASURES, draw.randint(2, 5))
    places = draw.sample(_PLACES, draw.randint(3, 6))
    if not above:
        document.add_paragraph(f"表{number} 各地主要指标")
        document.add_paragraph("单位：亿元")
    table = document.add_table(1 + above + len(places), 1 + len(measures))
    if above:
        table.cell(0, 0).merge(table.cell(0, len(measures))).text = f"表{number} 各地情况"
    _fill(table, above, ["地区", *measures])
    known = []
    for row, place in enumerate(places, start=above + 1):
        figures = [_figure(draw) for _ in measures]
        _fill(table, row, [place, *figures])
        known += [KnownCell((place,), (m,), f) for m, f in zip(measures, figures, strict=True)]
    return known


def _with_caption_row(document: Any, number: int, draw: random.Random) -> list[KnownCell]:
    return _plain(document, number, draw, above=1)


def _with_two_heads(document: Any, number: int, draw: random.Random) -> list[KnownCell]:
    measures, years = draw.sample(_MEASURES, 2), draw.sample(_YEARS, draw.randint(2, 3))
    places = draw.sample(_PLACES, draw.randint(3, 6))
    heads = [(measure, year) for measure in measures for year in years]
    table = document.add_table(2 + len(places), 1 + len(heads))
    table.cell(0, 0).merge(table.cell(1, 0)).text = "地区"
    for place, measure in enumerate(measures):
        first = 1 + place * len(years)
        table.cell(0, first).merge(table.cell(0, first + len(years) - 1)).text = measure
    for column, (_, year) in enumerate(heads, start=1):
        table.cell(1, column).text = year
    known = []
    for row, place_name in enumerate(places, start=2):
        figures = [_figure(draw) for _ in heads]
        _fill(table, row, [place_name, *figures])
        known += [KnownCell((place_name,), head, f) for head, f in zip(heads, figures, strict=True)]
    return known


def _with_names_over_rows(document: Any, number: int, draw: random.Random) -> list[KnownCell]:
    measures, years = draw.sample(_MEASURES, 3), draw.sample(_YEARS, 2)
    places = draw.sample(_PLACES, draw.randint(3, 5))
    table = document.add_table(1 + 2 * len(places), 2 + len(measures))
    _fill(table, 0, ["地区", "年份", *measures])
    known = []
    for number_of_place, place in enumerate(places):
        first = 1 + 2 * number_of_place
        for row, year in enumerate(years, start=first):
            figures = [_figure(draw) for _ in measures]
            _fill(table, row, ["", year, *figures])
            known += [KnownCell((place, year), (m,), f) for m, f in zip(measures, figures, strict=True)]
        table.cell(first, 0).merge(table.cell(first + 1, 0)).text = place
    return known


if __name__ == "__main__":
    main()
