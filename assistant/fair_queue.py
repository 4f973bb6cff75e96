"""Who is answered next: as many at once as the machine carries, people in turn, each with a bounded number under way.

Whoever waits holds no thread. One person's hundred questions hold up nobody else: of those who wait each is answered one
question, then the next person, and so on round.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from math import ceil
from threading import Lock
from typing import Generic, TypeVar

from corpus.problem import Problem

T = TypeVar("T")
THE_PROGRAM = ""
"""Whose questions those are that nobody asked: of eval runs and commands. They take turns like a person's but are not bounded."""
_FIRST_GUESS_S = 0.5
_WEIGHT_OF_NEWEST = 0.1


class Place(Generic[T]):
    """A place in the queue, and what comes of it: `future` is done when the work is, or was given up.

    The work is done in the context of whoever asked: callbacks and traces of LangChain go on in it.
    """

    def __init__(self, queue: FairQueue, who: str, work: Callable[[], T]) -> None:
        self._queue = queue
        self.who = who
        self.work = work
        self._context = copy_context()
        self.future: Future[T] = Future()

    @property
    def ahead(self) -> int:
        """How many others are likely begun before this one; 0 once it is under way."""
        return self._queue.ahead_of(self)

    def result(self) -> T:
        """Wait for the work's result; raises what it raised."""
        return self.future.result()

    def give_up(self) -> bool:
        """Take the work out of the queue; false where it is under way or done already."""
        return self._queue.remove(self)

    def run(self) -> None:
        """Do the work, in the thread of a worker."""
        try:
            result = self._context.run(self.work)
        except BaseException as error:  # handed over to whoever asked
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class FairQueue:
    """Runs work in `workers` threads.

    Args:
        workers: how much is done at the same time.
        at_once: how much of one person is done at the same time.
        waiting: how much of one person may wait.
        waiting_in_all: how much may wait of all together.
    """

    def __init__(
        self, workers: int, *, at_once: int = 2, waiting: int = 30, waiting_in_all: int = 300
    ) -> None:
        self._workers = workers
        self._at_once = at_once
        self._most_waiting = waiting
        self._most_in_all = waiting_in_all
        # Each thread that torch computes in keeps memory and threads of its own, and more than the cores carry only wait.
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="answer")
        self._lock = Lock()
        self._waiting: OrderedDict[str, deque[Place]] = OrderedDict()
        self._under_way: Counter[str] = Counter()
        self._usual_s = _FIRST_GUESS_S

    @property
    def busy(self) -> int:
        """How much is under way or waits."""
        with self._lock:
            return sum(self._under_way.values()) + self._count()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        with self._lock:
            return self._count()

    def submit(self, who: str, work: Callable[[], T]) -> Place[T]:
        """Do `work` when it is the turn of `who`.

        Raises:
            Problem: `questions_waiting` or `questions_waiting_in_all`, with the `seconds` after which to try again.
        """
        place = Place(self, who, work)
        with self._lock:
            own = self._waiting.get(who, ())
            if who != THE_PROGRAM:
                self._check(len(own))
            self._waiting.setdefault(who, deque()).append(place)
        self._pool.submit(self._work)
        return place

    def check_room(self, who: str) -> None:
        """Check that one more of `who` may wait; raises as `submit` does."""
        with self._lock:
            self._check(len(self._waiting.get(who, ())))

    def ahead_of(self, place: Place) -> int:
        """How many are likely begun before a place; 0 where it waits no more."""
        with self._lock:
            own = self._waiting.get(place.who, deque())
            if place not in own:
                return 0
            number = own.index(place)
            before, passed = number, False
            for who, others in self._waiting.items():
                if who == place.who:
                    passed = True
                else:
                    before += min(len(others), number if passed else number + 1)
            return before

    def remove(self, place: Place) -> bool:
        """Take a place out; false where it is not in the queue."""
        with self._lock:
            own = self._waiting.get(place.who, deque())
            if place not in own:
                return False
            own.remove(place)
            if not own:
                del self._waiting[place.who]
        place.future.cancel()
        return True

    def give_up_all(self) -> None:
        """Take out all that waits, as when the program ends."""
        with self._lock:
            places = [place for own in self._waiting.values() for place in own]
            self._waiting.clear()
        for place in places:
            place.future.cancel()

    def _check(self, own: int) -> None:
        in_all = self._count()
        if own >= self._most_waiting:
            raise Problem("questions_waiting", most=self._most_waiting, seconds=self._seconds(own))
        if in_all >= self._most_in_all:
            raise Problem("questions_waiting_in_all", most=self._most_in_all, seconds=self._seconds(in_all))

    def _count(self) -> int:
        return sum(map(len, self._waiting.values()))

    def _seconds(self, waiting: int) -> int:
        """After how many seconds some of what waits is likely done."""
        return max(1, ceil(self._usual_s * waiting / self._workers / 2))

    def _work(self) -> None:
        """Do what is next, until nothing may be begun: whatever comes to be next has a worker, this or one sent for it."""
        while (place := self._next()) is not None:
            begun = time.monotonic()
            place.run()
            with self._lock:
                spent = time.monotonic() - begun
                self._usual_s += _WEIGHT_OF_NEWEST * (spent - self._usual_s)
                self._under_way[place.who] -= 1
                if not self._under_way[place.who]:
                    del self._under_way[place.who]

    def _next(self) -> Place | None:
        with self._lock:
            while (who := self._whose_turn()) is not None:
                own = self._waiting.pop(who)
                place = own.popleft()
                if own:
                    self._waiting[who] = own  # at the end: the others come first
                if place.future.set_running_or_notify_cancel():
                    self._under_way[who] += 1
                    return place
            return None

    def _whose_turn(self) -> str | None:
        return next(
            (who for who in self._waiting if who == THE_PROGRAM or self._under_way[who] < self._at_once), None
        )
