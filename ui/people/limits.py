"""How often somebody may ask."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from fastapi import HTTPException
from starlette.requests import Request

from assistant.messages import message
from ui.page_language import language_at
from ui.people.person import Person

_MOST_REMEMBERED = 10_000


class Limits:
    """A bucket of `a_minute` tokens for everyone, filled again within a minute; kept in memory, safe across threads."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, person: Person, request: Request) -> None:
        """Count one question, by person or, where there are no accounts, by the address that it comes from.

        Raises:
            HTTPException: 429 with `Retry-After`.
        """
        wait_s = self.wait_s(who(person, request))
        if wait_s:
            raise HTTPException(
                429,
                message("access_too_often", language_at(request), most=self._a_minute, seconds=ceil(wait_s)),
                {"Retry-After": str(ceil(wait_s))},
            )

    def wait_s(self, key: str) -> float:
        """Count one; 0 where it may go on, else the seconds until one may (and it is not counted)."""
        a_second = self._a_minute / 60
        with self._lock:
            now = self._clock()
            tokens, since = self._buckets.pop(key, (float(self._a_minute), now))
            tokens = min(self._a_minute, tokens + (now - since) * a_second)
            may = tokens >= 1
            self._buckets[key] = (tokens - 1 if may else tokens, now)
            if len(self._buckets) > _MOST_REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if may else (1 - tokens) / a_second


def who(person: Person, request: Request) -> str:
    """What a person's questions are counted under."""
    return person.name or f"address {address_of(request)}"


def address_of(request: Request) -> str:
    """The address a request comes from."""
    return request.client.host if request.client else ""
