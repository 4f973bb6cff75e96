"""Does a claim follow from a passage, is it contradicted, or neither: what the check of written answers flags of each.

`python -m evals.claims [FILE]`: a passage a line, with claims written about it (`evals/sets/claims.jsonl`, on passages that
nothing was fitted to). A claim that follows should pass; the others should be flagged. `--rules` counts each rule alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from assistant.checking.judge import RULES, Fault
from assistant.checking.written import WrittenCheck, shown_source
from assistant.settings import Settings
from evals.metrics.intervals import estimate
from index.reader.claims import open_claims

_log = logging.getLogger("claims")
_SET = Path(__file__).parent / "sets" / "claims.jsonl"
Judged = tuple[str, str, set[str]]
"""Label and kind of a claim, and the rules that fire on it."""
LABELS = ("follows", "contradicts", "neither")


def claims_in(file: Path) -> Iterator[tuple[str, str, str, str]]:
    """Passage, claim, label and kind of every claim of a file; it may be compressed (`.xz`)."""
    content = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    for line in content.decode("utf-8").splitlines():
        passage, claims = json.loads(line)
        for claim, label, kind in claims:
            yield passage, claim, label, kind


def faults_of(passage: str, claim: str) -> list[Fault]:
    """What every rule of the check finds in a claim that cites a passage, whose first line is its title, date and place."""
    above, _, text = passage.partition("\n")
    fields = above.split("｜")
    source = shown_source(text, title=above, date=fields[1] if len(fields) > 1 else "")
    units = WrittenCheck([source], claims=open_claims(Settings().models_folder)).check(f"{claim}[1]")
    return [fault for unit in units for fault in unit.judgement.found]


def main() -> None:
    """Print the share that is flagged, by label and kind, or how often each rule is right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=_SET)
    parser.add_argument("--most", type=int, default=0, help="claims, spread over the file; 0 for all")
    parser.add_argument("--rules", action="store_true", help="how often each rule fires, and is right")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = list(claims_in(arguments.file))
    rows = rows[:: max(len(rows) // arguments.most, 1)] if arguments.most else rows
    judged = [(label, kind, {each.rule for each in faults_of(p, claim)}) for p, claim, label, kind in rows]
    for line in of_rules(judged) if arguments.rules else of_kinds(judged):
        _log.info("%s", line)


def of_kinds(judged: list[Judged]) -> Iterator[str]:
    """A line for all claims and one for each kind: how many of each label are flagged."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for label, kind, rules in judged:
        found["all"][label].append(float(bool(rules)))
        found[kind][label].append(float(bool(rules)))
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
        yield f"{kind:<14} {'  '.join(shares)}"


def of_rules(judged: list[Judged]) -> Iterator[str]:
    """A line for each rule: how many claims of each label it fires on, how many of them no other rule does, and its precision."""
    claims = Counter(label for label, _, _ in judged)
    fired: dict[str, Counter[str]] = defaultdict(Counter)
    alone: dict[str, Counter[str]] = defaultdict(Counter)
    for label, _, rules in judged:
        for rule in rules:
            fired[rule][label] += 1
            alone[rule][label] += len(rules) == 1
    yield f"{'rule':<20} {'  '.join(f'{label:>11}' for label in LABELS)}  right  alone ({', '.join(LABELS)})"
    for rule in dict.fromkeys([*RULES, *fired]):
        counts = "  ".join(f"{fired[rule][label]:11d}" for label in LABELS)
        only = " ".join(str(alone[rule][label]) for label in LABELS)
        yield f"{rule:<20} {counts}  {precision(fired[rule], claims):5.2f}  {only}"


def precision(fired: Mapping[str, int], claims: Mapping[str, int]) -> float:
    """How often a rule is right that fires, were as many claims to follow as not: its share of the wrong claims against that of the right ones.

    Args:
        fired: How many claims of each label it fires on.
        claims: How many claims there are of each label.
    """
    follows, *others = (fired.get(label, 0) / max(claims.get(label, 0), 1) for label in LABELS)
    wrong = sum(others) / len(others)
    return wrong / (wrong + follows) if wrong + follows else float("nan")


if __name__ == "__main__":
    main()
