"""Whether a text says a fact."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from corpus.language.normalize import fold

_FIGURE = re.compile(r"(?P<whole>\d+)(?:\.(?P<more>\d+))?(?P<unit>\D*)")
_FEWEST_DIGITS = 3


def holds(text: str, alternative: str) -> bool:
    """Whether `text` says `alternative`: folded, without white space, never inside a longer number.

    A decimal figure of three digits or more is also said by a finer one that rounds to it: 25.02 by "25.02328526"; 1109 by "1109.0".
    """
    wanted, plain = _plain(alternative), _plain(text)
    if not wanted:
        return False
    return _stands_in(wanted, plain) or _is_rounded_of(wanted, plain)


def _stands_in(wanted: str, plain: str) -> bool:
    if wanted not in plain:
        return False
    pattern = re.escape(wanted)
    if wanted[:1].isdigit():
        pattern = r"(?<![\d])(?<!\d\.)" + pattern
    if wanted[-1:].isdigit():
        pattern += r"(?!\d|\.\d)"
    return re.search(pattern, plain) is not None


def _is_rounded_of(wanted: str, plain: str) -> bool:
    figure = _FIGURE.fullmatch(wanted)
    if figure is None or sum(map(str.isdigit, wanted)) < _FEWEST_DIGITS or figure.group("whole") not in plain:
        return False
    more = figure.group("more") or ""
    # A whole number is only the same as one with noughts behind its point: 2024 is not 2024.3, nor a year in 2024.05.
    finer = r"\.0+" if not more else rf"\.\d{{{len(more) + 1},}}"
    unit = re.escape(figure.group("unit")) or "[^百千万亿]|$"
    value = Decimal(wanted[: len(wanted) - len(figure.group("unit"))])
    return any(
        Decimal(each.group()).quantize(Decimal(1).scaleb(-len(more)), ROUND_HALF_UP) == value
        for each in re.finditer(rf"(?<![\d.\-−])\d+{finer}(?![\d.])(?={unit})", plain)
    )


def holds_all(text: str, groups: list[list[str]]) -> bool:
    """Whether `text` meets every group by one of its alternatives."""
    return all(any(holds(text, alternative) for alternative in group) for group in groups)


def share_held(text: str, groups: list[list[str]]) -> float | None:
    """Share of the groups that `text` meets; None where there are none."""
    if not groups:
        return None
    return sum(any(holds(text, each) for each in group) for group in groups) / len(groups)


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))
