"""`python -m ui.web.attack --url http://127.0.0.1:PORT [--key KEY]…` or `--start`: attack a server on this machine.

Prints what was tried and what held; exit code 1 when something did not hold, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ui.web.attack.registry import Attempt, all_families
from ui.web.attack.started import started
from ui.web.attack.target import Target, target_at

_LONGEST_DETAIL = 200


def main(arguments: list[str] | None = None) -> int:
    """Run the suite; returns the exit code."""
    families = all_families()
    parser = argparse.ArgumentParser(
        prog="python -m ui.web.attack", description=(__doc__ or "").split("\n")[0]
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--url", help="a server on this machine; other addresses are refused")
    where.add_argument(
        "--start", action="store_true", help="start servers of the suite's own, with and without accounts"
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="API key of a person whose rights are tried (may be repeated)",
    )
    parser.add_argument(
        "--family", action="append", choices=sorted(families), help="only this family (may be repeated)"
    )
    given = parser.parse_args(arguments)
    chosen = given.family or list(families)
    tried: list[tuple[str, Attempt]] = []
    try:
        for target in _targets(given):
            tried += [(name, attempt) for name in chosen for attempt in families[name](target)]
    except ValueError as error:
        parser.error(str(error))
    show(tried)
    return 1 if not tried or any(not attempt.held for _, attempt in tried) else 0


def _targets(given: argparse.Namespace) -> Iterator[Target]:
    if given.url is not None:
        yield target_at(given.url, given.key)
        return
    for accounts in (True, False):
        with ExitStack() as stack:
            yield stack.enter_context(started(accounts=accounts))


def show(tried: Iterable[tuple[str, Attempt]]) -> None:
    """A table of tried and held by family and door, then what did not hold."""
    console = Console(width=None if sys.stdout.isatty() else 140)
    all_tried: Counter[tuple[str, str]] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    broken = []
    for name, attempt in tried:
        all_tried[name, attempt.door] += 1
        held[name, attempt.door] += attempt.held
        if not attempt.held:
            broken.append((name, attempt))
    table = Table("family", "door", "tried", "held")
    for (name, door), count in sorted(all_tried.items()):
        table.add_row(name, escape(door), str(count), str(held[name, door]))
    table.add_row("all", "", str(all_tried.total()), str(held.total()), style="bold")
    console.print(table)
    for name, attempt in broken:
        told = f"NOT HELD {name}: {attempt.door}: {attempt.attack}: {attempt.detail[:_LONGEST_DETAIL]}"
        console.print(escape(told), style="red")


if __name__ == "__main__":
    sys.exit(main())
