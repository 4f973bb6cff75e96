"""Work of which there is one at a time, and only so many that wait: no reader's requests take every thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from corpus.problem import Problem


class OneAtATime:
    """Gives turns. Safe to call from several threads.

    Args:
        most: How many there are at most, with the one whose turn it is.
        busy: The code of the problem that those beyond get.
    """

    def __init__(self, most: int, busy: str) -> None:
        self._places = BoundedSemaphore(most)
        self._working = Lock()
        self._busy = busy

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it.

        Raises:
            Problem: `busy`, where too many wait already.
        """
        if not self._places.acquire(blocking=False):
            raise Problem(self._busy)
        try:
            with self._working:
                yield
        finally:
            self._places.release()
