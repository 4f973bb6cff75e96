"""`python -m ui.web.attack --url http://127.0.0.1:PORT [--key KEY]…` or `--start`: attack a server on this machine.

Prints each family as it ends, then what was tried and what held; exit code 1 when something did not hold, 2 for wrong use,
130 when it was interrupted: the servers that it started are ended, and what was tried until then is told.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ui.web.attack.registry import Attempt, all_families
from ui.web.attack.run import Ended, Run
from ui.web.attack.started import launched
from ui.web.attack.target import Target, target_at

_LONGEST_DETAIL = 200
_INTERRUPTED = 130
_WITH, _WITHOUT, _GIVEN = "with accounts", "without accounts", "the server"


def main(arguments: list[str] | None = None) -> int:
    """Run the suite; returns the exit code."""
    families = all_families()
    parser = _parser(list(families))
    given = parser.parse_args(arguments)
    if given.list:
        print("\n".join(families))
        return 0
    if not given.start and given.url is None:
        parser.error("one of the arguments --url --start --list is required")
    names = [*given.families, *given.family] or list(families)
    since, interrupted = time.monotonic(), False
    run = Run(families, _tell)
    try:
        with _interrupted_when_terminated(), ExitStack() as servers:
            for target, server in _targets(given, servers):
                run.attack(target, server, names)
    except KeyboardInterrupt:
        interrupted = True
        run.stop()
    except ValueError as error:
        parser.error(str(error))
    tried = list(run.tried)
    show(tried, run.seconds, time.monotonic() - since)
    if interrupted:
        print("interrupted: what stands above was tried until then", file=sys.stderr)
        return _INTERRUPTED
    return 1 if not tried or any(not attempt.held for _, attempt in tried) else 0


def _parser(families: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ui.web.attack", description=(__doc__ or "").split("\n")[0]
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", help="a server on this machine; other addresses are refused")
    where.add_argument(
        "--start", action="store_true", help="start servers of the suite's own, with and without accounts"
    )
    where.add_argument("--list", action="store_true", help="print the names of all families")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="API key of a person whose rights are tried (may be repeated)",
    )
    parser.add_argument(
        "--families", nargs="+", default=[], choices=families, metavar="NAME", help="only these families"
    )
    parser.add_argument(
        "--family", action="append", default=[], choices=families, help="only this family (may be repeated)"
    )
    return parser


@contextmanager
def _interrupted_when_terminated() -> Iterator[None]:
    """`kill` does what Ctrl-C does, so that no server is left over."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _targets(given: argparse.Namespace, servers: ExitStack) -> Iterator[tuple[Target, str]]:
    if given.url is not None:
        yield target_at(given.url, given.key), _GIVEN
        return
    # Both start at the same time; the second is ready when the first was attacked.
    starting = [
        (servers.enter_context(launched(accounts=accounts)), name)
        for accounts, name in ((True, _WITH), (False, _WITHOUT))
    ]
    for when_ready, name in starting:
        since = time.monotonic()
        target = when_ready()
        print(f"{name}: ready after {time.monotonic() - since:.0f} s", flush=True)
        yield target, name


def _tell(ended: Ended) -> None:
    if ended.tried:
        missed = "" if ended.held == ended.tried else "  NOT HELD"
        told = f"tried {ended.tried:>5}  held {ended.held:>5}  {ended.seconds:>6.1f} s{missed}"
        print(f"{ended.server}: {ended.name:<20} {told}", flush=True)


def show(tried: Iterable[tuple[str, Attempt]], seconds: Mapping[str, float], total_s: float) -> None:
    """A table of tried and held by family and door, then what did not hold.

    Args:
        tried: The families' names and what they tried.
        seconds: That each family took.
        total_s: What all of it took.
    """
    console = Console(width=None if sys.stdout.isatty() else 140)
    all_tried: Counter[tuple[str, str]] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    broken = []
    for name, attempt in tried:
        all_tried[name, attempt.door] += 1
        held[name, attempt.door] += attempt.held
        if not attempt.held:
            broken.append((name, attempt))
    table = Table("family", "door", "tried", "held", "seconds")
    before = ""
    for (name, door), count in sorted(all_tried.items()):
        took = f"{seconds.get(name, 0):.1f}" if name != before else ""
        table.add_row(name, escape(door), str(count), str(held[name, door]), took)
        before = name
    table.add_row("all", "", str(all_tried.total()), str(held.total()), f"{total_s:.1f}", style="bold")
    console.print(table)
    for name, attempt in broken:
        told = f"NOT HELD {name}: {attempt.door}: {attempt.attack}: {attempt.detail[:_LONGEST_DETAIL]}"
        console.print(escape(told), style="red")


if __name__ == "__main__":
    sys.exit(main())
