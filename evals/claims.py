"""Does a claim follow from a passage, is it contradicted, or neither: what the check of written answers flags of each.

`python -m evals.claims [FILE]`: a passage a line, with claims written about it (`evals/sets/claims.jsonl`, on passages that
nothing was fitted to). A claim that follows should pass; the others should be flagged.
"""

from __future__ import annotations

import argparse
import json
import logging
import lzma
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.checking.written import Source, WrittenCheck
from evals.metrics.intervals import estimate

_log = logging.getLogger("claims")
_SET = Path(__file__).parent / "sets" / "claims.jsonl"
LABELS = ("follows", "contradicts", "neither")


def claims_in(file: Path) -> Iterator[tuple[str, str, str, str]]:
    """Passage, claim, label and kind of every claim of a file; it may be compressed (`.xz`)."""
    content = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    for line in content.decode("utf-8").splitlines():
        passage, claims = json.loads(line)
        for claim, label, kind in claims:
            yield passage, claim, label, kind


def flagged(passage: str, claim: str) -> bool:
    """Whether the check flags a claim that cites a passage; the passage's first line is its title, date and place."""
    above, _, text = passage.partition("\n")
    fields = above.split("｜")
    source = Source(text, above, fields[1] if len(fields) > 1 else "")
    return any(unit.faults for unit in WrittenCheck([source]).check(f"{claim}[1]"))


def main() -> None:
    """Print the share that is flagged, by label and kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=_SET)
    parser.add_argument("--most", type=int, default=0, help="claims, spread over the file; 0 for all")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = list(claims_in(arguments.file))
    rows = rows[:: max(len(rows) // arguments.most, 1)] if arguments.most else rows
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for passage, claim, label, kind in rows:
        judged = float(flagged(passage, claim))
        found["all"][label].append(judged)
        found[kind][label].append(judged)
    for kind, by_label in found.items():
        shares = []
        for label in LABELS:
            values = by_label[label]
            share = estimate(np.array(values)) if kind == "all" and values else None
            shares.append(
                f"{label} {share.value:.3f} ({share.low:.3f}–{share.high:.3f}) of {len(values)}"
                if share
                else f"{label} {sum(values):.0f}/{len(values)}"
            )
        _log.info("%-14s %s", kind, "  ".join(shares))


if __name__ == "__main__":
    main()
