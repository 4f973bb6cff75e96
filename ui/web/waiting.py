"""Waiting without holding a thread: for an answer that is due, and in threads that questions never fill."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request

from assistant.fair_queue import Place
from corpus.problem import Problem

T = TypeVar("T")
P = ParamSpec("P")
_THREADS = 8
_LOOK_EVERY_S = 1.0
_front: RunVar[CapacityLimiter] = RunVar("threads of gate and log-in")


async def in_front(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do quick work (who is it, log-in) in threads of its own, which nothing that takes long ever uses."""
    try:
        limiter = _front.get()
    except LookupError:
        limiter = CapacityLimiter(_THREADS)
        _front.set(limiter)
    return await to_thread.run_sync(partial(work, *args, **kwargs), limiter=limiter)


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work that reads files in one of the server's common threads."""
    return await to_thread.run_sync(partial(work, *args, **kwargs))


async def once_over(is_under_way: Callable[[], bool], at_most_s: float) -> bool:
    """Wait until something is no longer under way; whether it is over within `at_most_s` seconds."""
    looks = int(at_most_s / _LOOK_EVERY_S)
    for _ in range(looks):
        if not is_under_way():
            return True
        await asyncio.sleep(_LOOK_EVERY_S)
    return not is_under_way()


async def result_of(place: Place[T], request: Request | None = None) -> T:
    """What comes of a place in the queue. Where the sender of `request` has gone, a place that still waits is given up.

    Raises:
        Problem: `program_not_ready_now` where it was given up; and whatever the work raised.
    """
    waiting = asyncio.wrap_future(place.future)
    try:
        while not (await asyncio.wait({waiting}, timeout=_LOOK_EVERY_S))[0]:
            if request is not None and await request.is_disconnected() and place.give_up():
                raise Problem("program_not_ready_now")
        return waiting.result()
    finally:
        if not waiting.done():
            place.give_up()
