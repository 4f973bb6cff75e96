"""Passages of public texts that lie elsewhere: training data names a document and how its passage begins and ends."""

from __future__ import annotations

import json
import lzma
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.reader.annotated import Stretch, stretches_of

_NO_NAME = re.compile(r"[^\w]")


def rows_of(file: Path) -> Iterator[dict]:
    """The rows of a file of JSON lines, which may be compressed (`.xz`)."""
    content = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    yield from map(json.loads, content.decode("utf-8").splitlines())


def located(rows: Iterable[dict], texts: Sequence[Path]) -> Iterator[tuple[dict, str, str]]:
    """Rows with the label and the text of the passage that each names by `document`, `begins` and `ends`.

    Args:
        rows: of training data; one whose passage is not there is left out.
        texts: folders with the public texts, files of one text or `.jsonl` of `title` and `content`.
    """
    rows = list(rows)
    stretches = dict(_stretches_elsewhere(texts, {row["document"] for row in rows}))
    for row in rows:
        for stretch in stretches.get(row["document"], []):
            begin = stretch.text.find(row["begins"])
            end = stretch.text.find(row["ends"], begin) if begin >= 0 else -1
            if end >= 0:
                yield row, stretch.label, stretch.text[begin : end + len(row["ends"])]
                break


def _stretches_elsewhere(texts: Sequence[Path], names: set[str]) -> Iterator[tuple[str, list[Stretch]]]:
    """The passages of the documents of some names."""
    files = [file for root in texts for file in sorted(root.rglob("*")) if file.is_file()]
    for file in files:
        if file.stem in names and file.suffix != ".jsonl":
            yield file.stem, stretches_of(file)[1]
    with tempfile.TemporaryDirectory() as own:
        for file in (each for each in files if each.suffix == ".jsonl"):
            for row in rows_of(file):
                name = _NO_NAME.sub("", str(row.get("title", "")))
                if name in names:
                    written = Path(own) / f"{name}.txt"
                    written.write_text(f"{row['title']}\n{row['content']}", encoding="utf-8")
                    yield name, stretches_of(written)[1]
