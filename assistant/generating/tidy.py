"""What a model wrote without what is no answer: thoughts, fences, pieces of its prompt, loops, a last sentence that it did not finish."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from assistant.checking.marks import in_one_form, without_half_a_mark
from assistant.checking.units import is_refusal
from assistant.generating.missing import may_ask_for_search, without_missing
from assistant.generating.prompts import NO_ANSWER, PIECES
from assistant.generating.thoughts import is_thinking, without_fences, without_thoughts
from corpus.language.sentences import sentence_spans

_UNFINISHED = frozenset({"length", "max_tokens", "content_filter", "broken", "timeout", ""})
"""Reasons for which a text may stop anywhere."""
_SHORTEST_LOOP = 12
_FINISHED = re.compile(r"(?:[。！？!?….|）)】\]*`:：”’』」])\s*$")


@dataclass(frozen=True)
class Written:
    """What a model wrote, tidied; whether it refused, whether its last sentence was cut off, why it stopped, what it wants searched.

    `thoughts` are what it thought before.
    """

    text: str
    refuses: bool = False
    cut: bool = False
    reason: str = ""
    missing: list[str] = field(default_factory=list)
    thoughts: str = ""


def tidied(text: str, reason: str) -> Written:
    """A model's text without what it repeats of its prompt, and without a last sentence that it did not finish.

    Args:
        text: All that it wrote.
        reason: Why its endpoint says that it stopped; empty where it gives no reason.
    """
    text, missing = without_missing(without_fences(without_thoughts(text)))
    # What follows a piece of the prompt is the prompt.
    lines = list(takewhile(lambda line: not any(piece in line for piece in PIECES), text.split("\n")))
    kept = "\n".join(lines).strip()
    if not kept or kept.strip("。.！! ") == NO_ANSWER or is_refusal(kept):
        return Written("", refuses=bool(kept or missing), reason=reason, missing=missing)
    spans = sentence_spans(kept)
    ends = kept[slice(*spans[-1])] if spans else ""
    # An endpoint that breaks off gives no reason at all.
    if reason in _UNFINISHED and not _FINISHED.search(ends):
        return Written(kept[: spans[-1][0]].strip(), cut=True, reason=reason, missing=missing)
    return Written(kept, reason=reason, missing=missing)


def loop_begins(text: str) -> int | None:
    """Where a text begins to repeat itself: its last sentence stood three times in a row; None where it does not."""
    sentences = sentence_spans(text)
    if len(sentences) < 3:
        return None
    last = [text[start:end].strip() for start, end in sentences[-3:]]
    if len(last[0]) >= _SHORTEST_LOOP and last[0] == last[1] == last[2]:
        return sentences[-2][0]
    return None


def shown_so_far(text: str, passages: int) -> str:
    """What may be shown of an unfinished text: no thoughts, and no marks that point nowhere or are half written.

    Nothing of one that begins by asking for a search: it is likely to be written anew.
    """
    if is_thinking(text):
        return ""
    plain = without_fences(without_thoughts(text))
    return "" if may_ask_for_search(plain) else without_half_a_mark(in_one_form(plain, passages)[0])
