"""Runs families of attacks on a target, several at the same time, and keeps what was tried as it comes."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from ui.web.attack.registry import Attempt, Family, runs_alone
from ui.web.attack.target import Target

_AT_ONCE = 4


@dataclass(frozen=True)
class Ended:
    """A family that has come to its end, on which server, and how long it took."""

    name: str
    server: str
    tried: int
    held: int
    seconds: float


@dataclass
class Run:
    """What was tried until now; `stop` ends it at the next attempt.

    Attributes:
        families: Those to run, by name.
        tell: Is told of each family that has ended.
    """

    families: Mapping[str, Family]
    tell: Callable[[Ended], None]
    tried: list[tuple[str, Attempt]] = field(default_factory=list)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _stopping: threading.Event = field(default_factory=threading.Event)

    def attack(self, target: Target, server: str, names: Sequence[str]) -> None:
        """Run families on a server: those that may run beside others first, then each of the others alone.

        Args:
            target: The server.
            server: What it is called where a family's end is told.
            names: Of the families.
        """
        together = [name for name in names if not runs_alone(name)]
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for each in as_completed([pool.submit(self._family, target, server, name) for name in together]):
                each.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        for name in names:
            if runs_alone(name):
                self._family(target, server, name)

    def stop(self) -> None:
        """End what is under way at its next attempt."""
        self._stopping.set()

    def _family(self, target: Target, server: str, name: str) -> None:
        since, found = time.monotonic(), []
        try:
            for attempt in self.families[name](target):
                found.append(attempt)
                self.tried.append((name, attempt))
                if self._stopping.is_set():
                    return
        except Exception as error:
            if self._stopping.is_set():
                return
            # A server that breaks off did not hold; the other families are tried all the same.
            found.append(
                Attempt("the family", "to run to its end", False, f"{type(error).__name__}: {error}")
            )
            self.tried.append((name, found[-1]))
        spent = time.monotonic() - since
        self.seconds[name] += spent
        self.tell(Ended(name, server, len(found), sum(each.held for each in found), spent))
