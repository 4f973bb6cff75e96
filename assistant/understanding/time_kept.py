"""The time of the question before, kept by a follow-up that names none."""

from __future__ import annotations

import re

from assistant.understanding.stretch import stretch_in
from assistant.understanding.time_words import time_spans, times_in


def in_time_of(question: str, before: str) -> str:
    """A question that names no time, in the time of the one before."""
    times = time_spans(before)
    if (
        times_in(question)
        or stretch_in(question)
        or not times
        or not re.match(r"[^年]{1,4}年", before[times[0][0] :])
    ):
        return question
    return f"{before[times[0][0] : times[0][1]]}{question}"


__all__ = ["in_time_of"]
