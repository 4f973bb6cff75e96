"""Briefings under way and made, by who wants them: one a person at a time, each in a thread, kept in memory for a while."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from threading import Event, Lock, Thread

from assistant.briefing.make import BriefingStopped
from assistant.briefing.model import Briefing
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from ui.people.person import Person

_log = logging.getLogger(__name__)
_KEPT = 100
"""How many are kept, of all people; the oldest that are done are forgotten first."""
_KEPT_OF_ONE = 10

Make = Callable[[Callable[[int, int], None], Callable[[], bool]], Briefing]
"""Makes a briefing, given what to call with the progress, and what tells whether it was stopped."""


@dataclass(frozen=True)
class BriefingStatus:
    """`phase` is running, finished, stopped or failed; `articles` are the ids it is made of."""

    id: str
    person: Person
    articles: tuple[str, ...]
    phase: str = "running"
    done: int = 0
    total: int = 0
    briefing: Briefing | None = None
    problem: Problem | None = None


class BriefingJobs:
    """Starts and stops briefings; nobody learns of those of others."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: OrderedDict[str, BriefingStatus] = OrderedDict()
        self._stops: dict[str, Event] = {}

    def start(self, person: Person, articles: tuple[str, ...], make: Make) -> BriefingStatus:
        """Make a briefing in the background.

        Raises:
            Problem: `briefing_busy` where one of the same person is under way.
        """
        with self._lock:
            own = [each for each in self._all.values() if each.person.name == person.name]
            if any(each.phase == "running" for each in own):
                raise Problem("briefing_busy")
            status = BriefingStatus(token_urlsafe(12), person, articles, total=len(articles))
            self._all[status.id] = status
            self._stops[status.id] = Event()
            self._forget(own)
        Thread(target=self._run, args=(status.id, make), name="briefing", daemon=True).start()
        return status

    def of(self, person: Person, id_: str) -> BriefingStatus:
        """How far a briefing of this person is.

        Raises:
            Problem: `briefing_not_there`, also for one of somebody else.
        """
        with self._lock:
            status = self._all.get(id_)
        if status is None or status.person.name != person.name:
            raise Problem("briefing_not_there")
        return status

    def stop(self, person: Person, id_: str) -> BriefingStatus:
        """Stop one before its next article.

        Raises:
            Problem: `briefing_not_there`.
        """
        status = self.of(person, id_)
        if status.phase == "running":
            self._stops[id_].set()
        return status

    def _forget(self, own: list[BriefingStatus]) -> None:
        too_many_of_one = [each.id for each in own][: max(0, len(own) + 1 - _KEPT_OF_ONE)]
        done = [each.id for each in self._all.values() if each.phase != "running"]
        too_many = done[: max(0, len(self._all) - _KEPT)]
        for id_ in {*too_many_of_one, *too_many}:
            self._all.pop(id_, None)
            self._stops.pop(id_, None)

    def _run(self, id_: str, make: Make) -> None:
        stop = self._stops[id_]

        def progress(done: int, total: int) -> None:
            self._set(id_, done=done, total=total)

        try:
            self._set(id_, phase="finished", briefing=make(progress, stop.is_set))
        except BriefingStopped:
            self._set(id_, phase="stopped")
        except Problem as problem:
            self._set(id_, phase="failed", problem=problem)
        except Exception as error:
            _log.exception("a briefing failed")
            failure = Problem("failed", **reason_and_detail(error, "reason_program"))
            self._set(id_, phase="failed", problem=failure)

    def _set(self, id_: str, **fields: object) -> None:
        with self._lock:
            if id_ in self._all:
                self._all[id_] = replace(self._all[id_], **fields)  # type: ignore[arg-type]


__all__ = ["BriefingJobs", "BriefingStatus"]
