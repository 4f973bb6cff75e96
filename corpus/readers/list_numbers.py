"""Automatic numbers of paragraphs ("第三条", "（一）", "1.1"), counted as a word processor counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.readers.number_formats import format_number

_PLACE = re.compile(r"%(\d)")
_CLOSED = tuple("、，）)】〕：:")


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how its number is printed, and when it starts anew.

    `text` holds "%1" … "%9" for the numbers of the levels; `restart` is the level (counted from 1) whose next number
    starts this one anew, 0 for never, None for any level above it. `form` "bullet" has no number.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    all_digits: bool = False
    style: str = ""


@dataclass
class NumberedList:
    """A list as a paragraph names it: its levels, which lists it counts on with, and where it starts anew."""

    counts_with: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class ListNumbers:
    """Counts the paragraphs of a document's lists in their order."""

    def __init__(self, lists: dict[str, NumberedList]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of(self, name: str, depth: int) -> Level | None:
        """The level of a list, or None where there is none."""
        numbered = self._lists.get(name)
        return numbered.levels.get(depth) if numbered else None

    def depth_of_style(self, name: str, style: str) -> int:
        """The level that a list keeps for paragraphs of a style; the first where it names none."""
        numbered = self._lists.get(name)
        levels = numbered.levels.items() if numbered else ()
        return next((depth for depth, level in levels if style and level.style == style), 0)

    def restart(self, name: str) -> None:
        """Count a list from its start again."""
        if name in self._lists:
            self._counts.pop(self._lists[name].counts_with, None)

    def next_label(self, name: str, depth: int) -> str:
        """Count one paragraph more, and the label that is printed before it with the space that sets it off."""
        level = self.level_of(name, depth)
        if level is None:
            return ""
        numbered = self._lists[name]
        counts = self._counts.setdefault(numbered.counts_with, {})
        if depth in numbered.starts and (name, depth) not in self._begun:
            counts[depth] = numbered.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = numbered.starts.get(depth, level.start)
        self._begun.add((name, depth))
        for above in range(depth):
            upper = numbered.levels.get(above)
            counts.setdefault(above, upper.start if upper else 1)
        for below in [each for each in counts if each > depth]:
            restart = numbered.levels[below].restart if below in numbered.levels else None
            if restart is None or depth < restart:
                del counts[below]
        return _printed(level, numbered.levels, counts)


def _printed(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form == "bullet":
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        form = levels[place].form if place in levels else "decimal"
        if level.all_digits and form != "none":
            form = "decimal"
        return format_number(counts.get(place, 1), form)

    label = _PLACE.sub(number, level.text).strip()
    if not label or level.suffix == "nothing" or label.endswith(_CLOSED):
        return label
    return label + " "
