"""Keeping the memory of a server that runs for weeks from creeping up."""

from __future__ import annotations

import ctypes
import os
import sys

_M_ARENA_MAX = -8
_ARENAS = 2
_KEPT_PRIMITIVES = "128"


def keep_memory_low() -> None:
    """Before threads and models are made: glibc's arenas are few, and oneDNN keeps fewer of the kernels it made.

    Every thread that answers may else have an arena of its own that gives nothing back, and oneDNN keeps up to 1,024 kernels, one
    for each length of text it met. Elsewhere than on Linux nothing is changed.
    """
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", _KEPT_PRIMITIVES)
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, _ARENAS)
