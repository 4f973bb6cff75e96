"""How much memory this machine has for a model."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

_MB = 1 << 20
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_TAKEN = {"memory.max": "memory.current", "memory.limit_in_bytes": "memory.usage_in_bytes"}
_KEPT_AT_HAND = re.compile(r"^(?:total_)?inactive_file (\d+)", re.MULTILINE)
_AVAILABLE = re.compile(r"^MemAvailable:\s*(\d+) kB", re.MULTILINE)
_SPARED_MB = 1500
"""What the system and this program need besides."""


def memory_mb() -> int:
    """Memory of this machine, or of the container that this program runs in; 0 where it cannot be told."""
    amounts = [amount for amount in (_of_machine(), *map(_of_container, _LIMITS)) if amount > 0]
    return min(amounts, default=0) // _MB


def free_memory_mb() -> int:
    """Memory that programs can still take, of this machine or of its container; 0 where it cannot be told (Linux only)."""
    amounts = [amount for amount in (_available(), *map(_left_of_container, _LIMITS)) if amount > 0]
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


def _available() -> int:
    with suppress(OSError):
        found = _AVAILABLE.search(Path("/proc/meminfo").read_text(encoding="ascii"))
        return int(found[1]) * 1024 if found else 0
    return 0


def _left_of_container(limit: Path) -> int:
    """What a container may still take: its limit less what it has taken, but for files that are only kept at hand."""
    most, taken = _of_container(limit), _of_container(limit.with_name(_TAKEN[limit.name]))
    with suppress(OSError):
        kept = _KEPT_AT_HAND.search(limit.with_name("memory.stat").read_text(encoding="ascii"))
        taken -= int(kept[1]) if kept else 0
    return max(most - taken, 1) if most and taken > 0 else 0
