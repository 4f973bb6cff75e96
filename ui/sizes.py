"""Amounts of bytes in words."""

from __future__ import annotations


def in_gb(megabytes: float) -> str:
    """An amount of megabytes as a person reads it: "640 MB", "2.5 GB"; a dash where it is unknown."""
    if megabytes <= 0:
        return "–"
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"
