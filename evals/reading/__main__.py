"""`python -m evals.reading CORPORA [--missing]`: quotes of documents that stand in what was read of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals.reading.evidence import FormatCount, count_evidence


def main() -> None:
    """Print a line a format, and the quotes not found where they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading", description=__doc__)
    parser.add_argument(
        "corpora", type=Path, help="a folder of corpora, each with documents/ and questions.jsonl"
    )
    parser.add_argument("--missing", action="store_true", help="list the quotes that were not found")
    parser.add_argument("--only", nargs="*", default=[], help="names of corpora; all by default")
    chosen = parser.parse_args()
    folders = sorted(file.parent for file in chosen.corpora.glob("*/questions.jsonl"))
    folders = [folder for folder in folders if not chosen.only or folder.name in chosen.only]
    if not folders:
        parser.error(f"no corpus with questions.jsonl under {chosen.corpora}")
    counts = count_evidence(folders)
    for ending, count in sorted(counts.items()):
        share = count.found / count.total
        sys.stdout.write(
            f"{ending or '(none)':8s} {count.found:4d} of {count.total:4d}  {share:.3f}{_aside(count)}\n"
        )
        for name, quote in count.missing if chosen.missing else []:
            sys.stdout.write(f"    {name}: {quote}\n")


def _aside(count: FormatCount) -> str:
    """Quotes of the rest that are not as the document named reads, and the share with them."""
    if not count.elsewhere + count.over_border:
        return ""
    share = (count.found + count.elsewhere + count.over_border) / count.total
    return (
        f"  (in another document {count.elsewhere}, with the edge of a page in it {count.over_border}: "
        f"with these {share:.3f})"
    )


if __name__ == "__main__":
    main()
