"""The arms of plain retrieval."""

from __future__ import annotations

from enum import Enum


class Arm(str, Enum):
    """By vector, or by words."""

    DENSE = "dense"
    KEYWORD = "keyword"
