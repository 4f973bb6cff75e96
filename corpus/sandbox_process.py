"""The child of `corpus.sandbox`: does pieces of work one after another, each within its limits."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.problem import Problem
from corpus.reasons import file_failed
from corpus.sandbox import ALONE, END, LEAVING, PROBLEM, READY, Frame, as_json, receive, send

_MOST_OPEN_FILES = 256
_BESIDE_READING = 60
_MOST_KEPT = 1 << 30
"""A child that holds on to more address space than this after its work makes room for a fresh one."""


def main() -> None:
    """Read work on standard input and write frames on standard output until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come among the frames.
    os.dup2(2, 1)
    _confine()
    send(answers, (READY, None))
    with suppress(EOFError, BrokenPipeError):
        while True:
            work = receive(sys.stdin.buffer)
            _limit(*work["limits"])
            spent = False
            for frame in _frames(work["call"], work["arguments"], Path(work["file"])):
                send(answers, frame)
                spent = spent or frame[0] == ALONE
            send(answers, (END, None))
            if spent or _address_space() > _MOST_KEPT:
                send(answers, (LEAVING, None))
                return


def _frames(call: str, arguments: dict[str, Any], file: Path) -> Iterable[Frame]:
    """What a function yields; whatever it raises is one problem of the file."""
    try:
        yield from _function(call)(arguments)
    except Problem as problem:
        yield PROBLEM, as_json(problem)
    except MemoryError:
        yield ALONE, as_json(Problem("file_needs_too_much_memory", file=file))
    except Exception as error:
        yield PROBLEM, as_json(file_failed(file, error))


def _function(call: str) -> Callable[[dict[str, Any]], Iterable[Frame]]:
    module, name = call.split(":")
    return getattr(importlib.import_module(module), name)


def _confine() -> None:
    """What holds for the whole life of the child: no memory image on disk, few open files, no new rights."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(_MOST_OPEN_FILES, hard), hard))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            import ctypes

            no_new_privileges = 38
            ctypes.CDLL(None).prctl(no_new_privileges, 1, 0, 0, 0)


def _limit(seconds: float, memory: int, written: int) -> None:
    """Set what the next piece of work may take; the parent watches the clock, the processor's time ends orphans."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, written),
            (resource.RLIMIT_CPU, int(time.process_time() + 4 * seconds) + _BESIDE_READING),
        ):
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space() -> int:
    """Bytes that this process has mapped; 0 where that cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
