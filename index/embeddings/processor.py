"""What this processor computes fast, and on how many cores."""

from __future__ import annotations

import os
import platform
from functools import lru_cache
from pathlib import Path

# AVX-512 BF16 alone does not count: there the reader takes 1.6 times as long in bf16 as in fp32.
_BF16 = "amx_bf16"


@lru_cache(maxsize=1)
def processor_flags() -> frozenset[str]:
    """Names of what the processor can do, as Linux has them on x86 ("avx2", "amx_bf16"); empty elsewhere."""
    if platform.system() != "Linux":
        return frozenset()
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    return next(
        (frozenset(line.split()) for line in text.splitlines() if line.startswith("flags")), frozenset()
    )


def has_bf16() -> bool:
    """Whether the processor computes faster in bf16 than in fp32: one with AMX (Linux on x86)."""
    return _BF16 in processor_flags()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
