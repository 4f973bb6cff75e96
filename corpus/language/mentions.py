"""Where the figures of a text stand: each with its place, so that what is read there can be counted with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from corpus.language.quantities import Quantity, quantities_in

_NUMBER = re.compile(
    r"(?<![\d.:a-z第])(?<!\d-)(?!(?:19|20)\d{2}\s?(?:年|[/.-]))\d+(?:,\d{3})*(?:\.\d+)?(?!\d|\s?[月日号届时:])"
)
_FAR_UNIT = re.compile(r"[a-zμ]{1,6}(?:/[a-z]{1,4})?")
_LONGEST_UNIT = 12
_LONGEST = 2000


@dataclass(frozen=True)
class Mention:
    """A figure of a text: `text[start:end]` holds its digits, `quantity` what they count."""

    start: int
    end: int
    quantity: Quantity


def mentions_in(text: str) -> list[Mention]:
    """The figures of a text in their order, without years, dates and ordinals.

    Args:
        text: of which the first 2,000 characters are read.

    Returns:
        The figures; the unit of one that is counted in something unknown is what is written behind it ("548.3GWh").
    """
    level = "".join(map(_level, text[:_LONGEST]))
    found = []
    for match in _NUMBER.finditer(level):
        told = quantities_in(level[match.start() : match.end() + _LONGEST_UNIT])
        if not told:
            continue
        quantity = told[0]
        if not quantity.unit:
            behind = level[match.start() :][len(quantity.text) :].lstrip()
            if unit := _FAR_UNIT.match(behind):
                quantity = replace(quantity, unit=unit.group(), written_unit=unit.group())
        found.append(Mention(match.start(), match.end(), quantity))
    return found


def _level(character: str) -> str:
    """A character as it is compared, still one character."""
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character
