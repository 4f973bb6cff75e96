"""From a thread that writes to whoever reads in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


def handing_over(steps: asyncio.Queue[T]) -> Callable[[T], None]:
    """What a thread calls with each step: it wakes whoever reads `steps` in the loop that runs now."""
    loop = asyncio.get_running_loop()

    def put(step: T) -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(steps.put_nowait, step)

    return put
