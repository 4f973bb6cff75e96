"""`python -m evals.reading.metadata LABELS CORPORA [--wrong]`: titles, dates, numbers, sources and regions as printed.

LABELS is a JSONL file kept outside the project, an object a document: `corpus` and `file` (under CORPORA as
`corpus/documents/file`), `title` (a list: any of them is right) and any of `FIELDS`. A field that is missing is not
scored; an empty one means that the document does not print it; alternatives are parted by "|".
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from corpus.language.places import places_in
from corpus.load import read_articles
from corpus.model import Article

FIELDS = ("date", "number", "source", "region", "issuer", "signed", "effective", "expires")
_NOT_COMPARED = re.compile(r"[\W_]")


@dataclass
class FieldCount:
    """How often a field was read right where it is printed, and how often it was made up where it is not.

    `printed` counts documents that print the field, `right` those read right; `made_up` counts values that stand for
    nothing printed, wrong values of `printed` documents among them; `wrong` lists all faults.
    """

    printed: int = 0
    right: int = 0
    made_up: int = 0
    wrong: list[str] = field(default_factory=list)


def score(labels: list[dict], corpora: Path) -> dict[str, dict[str, FieldCount]]:
    """Counts by corpus and field; the articles are read as an ingest reads them.

    Args:
        labels: What the documents print.
        corpora: The folder that the labels' `corpus` and `file` lie in.

    Returns:
        For every corpus a count for `title` and each of `FIELDS`.
    """
    counts: dict[str, dict[str, FieldCount]] = defaultdict(lambda: defaultdict(FieldCount))
    for label in labels:
        folder = corpora / label["corpus"]
        file = (folder / "documents" if (folder / "documents").is_dir() else folder) / label["file"]
        article = next((each for each in read_articles(file) if isinstance(each, Article)), None)
        for name in ("title", *FIELDS):
            if name in label:
                read = getattr(article, name) if article else ""
                _count(counts[label["corpus"]][name], name, label[name], read, label["file"])
    return counts


def _count(count: FieldCount, name: str, label: str | list[str], read: str, file: str) -> None:
    allowed = label if isinstance(label, list) else label.split("|")
    right = _comparable(name, read) in {_comparable(name, each) for each in allowed}
    if allowed[0]:
        count.printed += 1
        count.right += right
    if not right:
        count.made_up += bool(read)
        count.wrong.append(f"{file}: {read!r}, not {allowed[0]!r}")


def _comparable(name: str, value: str) -> str:
    """A value without what print may differ in: white space and punctuation; a region under its plain name."""
    folded = unicodedata.normalize("NFKC", value)
    if name == "region":
        places = places_in(folded)
        folded = places[-1] if places else folded
    return folded if name in {"date", "signed", "effective", "expires"} else _NOT_COMPARED.sub("", folded)


def main() -> None:
    """Print a line a field: right of printed, and how many were made up; with `--wrong` what was read instead."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading.metadata", description=__doc__)
    parser.add_argument("labels", type=Path, help="JSONL of what the documents print")
    parser.add_argument("corpora", type=Path, help="the folder of corpora that the labels name")
    parser.add_argument("--wrong", action="store_true", help="list what was read wrong")
    parser.add_argument("--by-corpus", action="store_true", help="a line a corpus and field too")
    parser.add_argument("--only", nargs="*", default=[], help="names of corpora; all by default")
    chosen = parser.parse_args()
    labels = [json.loads(line) for line in chosen.labels.read_text("utf-8").splitlines()]
    labels = [label for label in labels if not chosen.only or label["corpus"] in chosen.only]
    counts = score(labels, chosen.corpora)
    for name in ("title", *FIELDS):
        found = [(corpus, each[name]) for corpus, each in counts.items() if name in each]
        if found:
            _print(name, [count for _, count in found], chosen.wrong)
            for corpus, count in found if chosen.by_corpus else []:
                _print(f"  {corpus}", [count], wrong=False)


def _print(name: str, counts: list[FieldCount], wrong: bool) -> None:
    printed, right = sum(count.printed for count in counts), sum(count.right for count in counts)
    share = f"{right / printed:.3f}" if printed else "    -"
    made_up = sum(count.made_up for count in counts)
    sys.stdout.write(f"{name:18s} {right:4d} of {printed:4d}  {share}  made up {made_up:3d}\n")
    for line in (line for count in counts for line in count.wrong) if wrong else []:
        sys.stdout.write(f"    {line}\n")


if __name__ == "__main__":
    main()
