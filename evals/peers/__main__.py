"""`python -m evals.peers CORPORA`: this program beside what people would use instead, on the same corpora and questions.

The others (LangChain, txtai, Haystack) are installed on the first call into an environment of their own below `--out`. What was
measured is kept there and not measured again; `--blind` names corpora of which figures alone are kept.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

# One thread, for this program and the others: set before torch is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from assistant.settings import Settings
from corpus.problem import Problem
from evals.corpora import corpora_in
from evals.peers.environment import make_environment, sizes
from evals.peers.installed import installed
from evals.peers.ours import ANSWER, SEARCH
from evals.peers.run import OURS, figures, measure, totals
from evals.peers.systems.names import PEERS
from evals.peers.table import tables

_log = logging.getLogger("peers")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.peers", description=__doc__)
    parser.add_argument("corpora", type=Path, metavar="CORPORA", help="the folder that holds the corpora")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="a corpus; all when none is named"
    )
    parser.add_argument(
        "--blind", action="append", default=[], metavar="NAME", help="keep figures alone of it"
    )
    parser.add_argument(
        "--systems", nargs="+", choices=[OURS, *PEERS], default=[OURS, *PEERS], help="the programs to compare"
    )
    parser.add_argument(
        "--most", type=int, default=45, help="questions of each corpus, always the same ones; 0 asks all"
    )
    parser.add_argument("--out", type=Path, default=Path(".data/peers"))
    parser.add_argument(
        "--runs",
        type=Path,
        metavar="DIR",
        help="take this program's answers from what `assistant evals corpora --out DIR` left",
    )
    parser.add_argument("--fresh", action="store_true", help="measure again what was measured")
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    try:
        folders = corpora_in(given.corpora, given.only)
    except Problem as problem:
        parser.error(str(problem))
    given.out.mkdir(parents=True, exist_ok=True)
    peers = [name for name in given.systems if name != OURS]
    python = make_environment(given.out) if peers else None
    measure(
        folders,
        given.systems,
        Settings(),
        given.out,
        python=python,
        blind=given.blind,
        most=given.most,
        runs=given.runs,
        fresh=given.fresh,
        told=lambda system, corpus: _log.info("%s: %s", system, corpus),
    )
    names = [folder.name for folder in folders]
    disk: dict[str, int] = {}
    if python is not None:
        found = sizes(python, {name: PEERS[name].installs for name in peers})
        disk = {name: each["size"] for name, each in found.items()}
        versions = {key: value for each in found.values() for key, value in each["versions"].items()}
        _log.info("%s", ", ".join(f"{key} {value}" for key, value in sorted(versions.items())))
    if OURS in given.systems:
        disk |= dict.fromkeys((ANSWER, SEARCH), _our_size())
    written = tables(figures(given.out, given.systems, names), totals(given.out, names), disk)
    (given.out / "tables.md").write_text(written + "\n", "utf-8")
    sys.stdout.write(written + "\n")


def _our_size() -> int:
    """Bytes of what the program requires, and of its own packages where it is installed from a checkout."""
    try:
        required = installed(["policy-assistant"]).size
    except PackageNotFoundError:
        return 0
    root = Path(__file__).parents[2]
    own = [
        file for name in ("assistant", "corpus", "index", "ui", "evals") for file in (root / name).rglob("*")
    ]
    return required + sum(
        file.stat().st_size for file in own if file.is_file() and "__pycache__" not in file.parts
    )


if __name__ == "__main__":
    main()
