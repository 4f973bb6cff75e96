"""The one place where a written unit is held against the passages that it cites: `judge` gives the reasons to doubt it.

Three kinds of rules look at it: what it names and the passages do not (`support`, unless it is worked out, `arithmetic`),
what it says otherwise (`contrary`), and whether the passages speak of it at all. What a network makes of it comes after them, for
the whole answer at once (`assistant.checking.written`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.arithmetic import counts, figures_with_places, follows
from assistant.checking.contrary import RULES as CONTRARY_RULES
from assistant.checking.contrary import contraries
from assistant.checking.english import in_chinese_figures
from assistant.checking.figures import CHINESE, FIGURE, digits_of, is_english, plain_number
from assistant.checking.support import Missing, is_foreign, missing_in
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, quantities_in, unit_after

RULES = ("figure", "unit", "name", "place", "body", *CONTRARY_RULES, "foreign")
"""The ids of all rules; what the network finds has the id `read`."""


@dataclass(frozen=True)
class Claim:
    """A written unit and what it is held against.

    `text` is without marks and markup, `told` the passages that it cites. What it may name without a source is `asked` (the
    questions) and `frame` (heads of its table, lead-in of its list); `own` are the figures of the whole answer.
    """

    text: str
    told: str
    asked: str = ""
    frame: str = ""
    own: Sequence[Quantity] = ()
    is_row: bool = False

    @property
    def known(self) -> str:
        """All that it may name."""
        return f"{self.told}\n{self.asked}\n{self.frame}"


@dataclass(frozen=True)
class Fault:
    """Why a unit is flagged: the code of a message, what it is about, and the rule that found it."""

    reason: str
    detail: str = ""
    rule: str = ""


@dataclass
class Judgement:
    """What the rules found; `worked_out` where a figure that is not told follows from others."""

    found: list[Fault] = field(default_factory=list)
    worked_out: bool = False

    @property
    def faults(self) -> list[Fault]:
        """What is shown: of the rules that find the same thing, or a contrary, the first."""
        shown: dict[tuple[str, str], Fault] = {}
        for fault in self.found:
            shown.setdefault((fault.reason, "" if fault.reason == "flag_contrary" else fault.detail), fault)
        return list(shown.values())


def judge(claim: Claim) -> Judgement:
    """The reasons to doubt a claim; none where it may follow from what it cites."""
    missing, worked_out = missing_things(claim)
    found = [Fault("flag_figure", each.thing, each.rule) for each in missing]
    looks = (_of_a_row,) if claim.is_row else _LOOKS
    found += [fault for look in looks for fault in look(claim, worked_out)]
    return Judgement(found, worked_out)


def _of_a_row(claim: Claim, worked_out: bool) -> Iterator[Fault]:
    """A cell is read as a sentence on the thing that its row is about; it is too short for most rules."""
    first, *others = [cell.strip() for cell in claim.text.strip().strip("|").split("|")]
    for cell in others if not worked_out else ():
        yield from (
            Fault("flag_contrary", each.word, each.rule)
            for each in contraries(f"{first}{cell}", claim.told)
            if each.rule in _OF_ROWS
        )


def _says_otherwise(claim: Claim, worked_out: bool) -> Iterator[Fault]:
    if not worked_out:
        yield from (
            Fault("flag_contrary", each.word, each.rule) for each in contraries(claim.text, claim.told)
        )


def _speaks_of_else(claim: Claim, worked_out: bool) -> Iterator[Fault]:
    # Of a sentence in another language no word stands in the passages.
    same_language = is_english(claim.text) != bool(CHINESE.search(claim.told))
    if not worked_out and same_language and is_foreign(claim.text, f"{claim.told}\n{claim.frame}"):
        yield Fault("flag_foreign", rule="foreign")


_OF_ROWS = frozenset({"not_yet"})
_LOOKS: tuple[Callable[[Claim, bool], Iterator[Fault]], ...] = (_says_otherwise, _speaks_of_else)


def missing_things(claim: Claim) -> tuple[list[Missing], bool]:
    """What a claim names and nothing that it may be written from does, and whether a figure of it is worked out."""
    in_english = is_english(claim.text)
    plain = in_chinese_figures(claim.text) if in_english else claim.text
    missing = missing_in(plain, claim.known)
    if (
        in_english
    ):  # its names are translated: of those that a Chinese passage lacks, as many are right as wrong
        missing = [each for each in missing if each.rule in _OF_FIGURES]
    if not any(each.rule in _OF_FIGURES for each in missing):
        return missing, False
    figures = quantities_in(claim.told)
    missing = [each for each in missing if not _is_an_example(each.thing, plain)]
    places = figures_with_places(plain)
    left, worked_out = [], False
    for thing in missing:
        alike = [each for each in places if digits_of(each[0]) == _digits_of(thing.thing)]
        ok = (
            thing.rule in _OF_FIGURES
            and bool(alike)
            and all(_follows(claim, plain, *each, figures) for each in alike)
        )
        worked_out = worked_out or ok
        if not ok:
            left.append(thing)
    return left, worked_out


_OF_FIGURES = frozenset({"figure", "unit"})
_A_YEAR = re.compile(r"(?:19|20)\d\d年?")
_OF_AN_EXAMPLE = re.compile(r"(?<=岁)|[个家人名户]?(?:的(?!是)|时|岁)")


def _is_an_example(thing: str, sentence: str) -> bool:
    """Whether a figure is the case that a rule is applied to ("年营收4亿元的企业", "82岁老人"), which no passage needs to name."""
    folded = fold(sentence)
    at = folded.find(thing) + len(thing)
    if _A_YEAR.fullmatch(thing):
        return False
    return thing in folded and _OF_AN_EXAMPLE.match(folded, unit_after(folded, at)) is not None


def _follows(
    claim: Claim, plain: str, figure: Quantity, before: str, after: str, told: Sequence[Quantity]
) -> bool:
    others = [each for each in claim.own if (each.value, each.unit) != (figure.value, figure.unit)]
    return follows(figure, f"{claim.frame} {plain}", before, after, [*others, *told]) or counts(
        int(figure.value), figure.written_unit, claim.known
    )


def _digits_of(thing: str) -> str:
    match = FIGURE.match(fold(thing))
    return plain_number(match.group()) if match else thing


__all__ = ["RULES", "Claim", "Fault", "Judgement", "judge", "missing_things"]
