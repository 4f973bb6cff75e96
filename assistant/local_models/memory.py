"""How much memory this machine has for a model."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

_MB = 1 << 20
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_SPARED_MB = 1500
"""What the system and this program need besides."""


def memory_mb() -> int:
    """Memory of this machine, or of the container that this program runs in; 0 where it cannot be told."""
    amounts = [amount for amount in (_of_machine(), *map(_of_container, _LIMITS)) if amount > 0]
    return min(amounts, default=0) // _MB


def fits(needed_mb: int, has_mb: int) -> bool | None:
    """Whether a machine carries a model besides everything else; None where its memory is unknown."""
    return needed_mb + _SPARED_MB <= has_mb if has_mb else None


def _of_machine() -> int:
    if sys.platform == "win32":
        return _of_windows()
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0


def _of_windows() -> int:
    # MEMORYSTATUSEX: two numbers of 4 bytes, then seven of 8, the first of which is all the memory there is.
    status = (ctypes.c_uint64 * 8)()
    ctypes.memmove(status, ctypes.byref(ctypes.c_uint32(ctypes.sizeof(status))), 4)
    kernel = getattr(ctypes, "windll", None)
    if kernel is not None and kernel.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return int(status[1])
    return 0


def _of_container(file: Path) -> int:
    with suppress(OSError, ValueError):
        return int(file.read_text(encoding="ascii").strip())
    return 0
