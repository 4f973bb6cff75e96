"""Things that a number tells from others of their kind: "第九批集采", "嫦娥六号", "3号线", "二级医院", "5G"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.normalize import fold
from corpus.language.numerals import number_of

_NUMBER = r"\d{1,4}|[一二三四五六七八九十百]{1,4}"
_NUMBERED = re.compile(
    rf"(?:第(?P<nth>{_NUMBER})(?P<of>[批届期版代轮号级类])|"
    rf"(?<![\d.月第一二三四五六七八九十百])(?P<number>{_NUMBER})(?P<kind>号|级|类)|"
    r"(?<![\d.a-z])(?P<generation>[2-7])(?P<letter>g)(?![a-z0-9]))"
)
_BEFORE, _AFTER = 2, 5
_NO_NAME = re.compile(r"[^\u4e00-\u9fffa-z]")


@dataclass(frozen=True)
class Designation:
    """A number with its kind ("批"), and the characters of the name before and behind it."""

    kind: str
    number: int
    before: str
    after: str

    def is_like(self, other: Designation) -> bool:
        """Whether both number things of one name, perhaps with other numbers: "第九批集采" and "第十批国家集采"."""
        if self.kind != other.kind:
            return False
        if self.kind == "g":
            return True
        named = bool(self.before) and self.before == other.before
        return named or bool(_pairs(self.after) & _pairs(other.after))


def designations_in(text: str) -> list[Designation]:
    """The designations of a text, in their order."""
    folded = fold(text)
    found = []
    for match in _NUMBERED.finditer(folded):
        kind = match["of"] or match["kind"] or match["letter"]
        number = number_of(match["nth"] or match["number"] or match["generation"])
        if number is None:
            continue
        before = folded[max(0, match.start() - _BEFORE) : match.start()]
        after = folded[match.end() : match.end() + _AFTER]
        found.append(
            Designation(
                kind,
                int(number),
                "" if len(before) < _BEFORE or _NO_NAME.search(before) else before,
                _NO_NAME.split(after)[0],
            )
        )
    return found


def names_another(wanted: list[Designation], own: list[Designation], above: list[Designation]) -> bool:
    """Whether a sentence is about another thing of a name than is wanted, and neither it nor what stands above it about that one.

    Args:
        wanted: of the question.
        own: of the sentence.
        above: of what stands above it.
    """
    for each in wanted:
        alike = [other for other in [*own, *above] if each.is_like(other)]
        if alike and all(each.number != other.number for other in alike):
            return True
    return False


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
