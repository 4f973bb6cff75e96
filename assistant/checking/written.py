"""What a language model wrote, checked unit by unit against the passages that it was given.

A unit that fails costs only itself: it stays where it stands, with the reason. Which passages a unit is held against is decided
here; what speaks against it is `assistant.checking.judge`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from assistant.checking.figures import CHINESE, FIGURE, plain_figures
from assistant.checking.judge import Claim, Fault, Judgement, judge, missing_things
from assistant.checking.marks import in_one_form, without_references
from assistant.checking.orders import without_orders
from assistant.checking.units import Unit, UnitKind, units_of
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, quantities_in
from index.words import content_words

if TYPE_CHECKING:
    from index.reader.claims import Judgement as ClaimJudgement

_SAYS_SOMETHING = re.compile(r"\d|《|“|[a-zA-Z]{2}")
_SHORT = 14
_NOT_TOLD = 0.8
"""The share of "neither" from which a claim is flagged: one in fifty of those that follow, and two of five that do not (docs/results.md)."""
_MOST_OTHERS = 10
"""To how many passages a unit is held that does not stand on those that it cites."""
_OF_THE_ANSWER = re.compile(
    r"(?:如需|如果(?:您|你)?还?(?:想|需要|有)|以上(?:就是|内容|为|是)|综上[，,]?以上|希望(?:以上|这|对)|可以继续(?:提问|问)|请(?:随时)?告诉我|欢迎(?:继续)?提问"
    r"|let me know|hope (?:this|that)|feel free|if you need)",
    re.IGNORECASE,
)
_RELATIVE_YEARS = (
    ("前年", -2),
    ("去年|上年|上一年|过去一年|全年", -1),
    ("今年|本年|当年", 0),
    ("明年|下年|次年", 1),
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True)
class Source:
    """A passage as a model was shown it: its text, and what stands above it (title, date, source, headings)."""

    text: str
    above: str = ""
    date: str = ""

    @property
    def told(self) -> str:
        """All that may be written from it; years that it names as "去年" are written out."""
        years = {int(each) for each in _YEAR.findall(f"{self.above} {self.date}")}
        named = [
            f"{year + step}年"
            for words, step in _RELATIVE_YEARS
            for year in sorted(years)
            if re.search(words, self.text)
        ]
        return plain_figures("\n".join([f"{self.above} {self.date} {' '.join(named)}", self.text]))


def shown_source(
    text: str, *, title: str = "", date: str = "", source: str = "", headings: str = ""
) -> Source:
    """A passage as a model is shown it: without sentences that give orders."""
    return Source(without_orders(text), f"{title} {date} {source} {headings}", date)


def asked_in(earlier: Iterable[str], *questions: str) -> str:
    """What was asked, which a written answer may name without a source.

    Earlier answers are no part of it: a model is shown none of them, so that a figure of one that the question does not repeat
    is a claim like any other and is held against the passage that it cites.

    Args:
        earlier: The questions of the turns before.
        questions: The question in all its forms.
    """
    return "\n".join([*earlier, *questions])


@dataclass
class CheckedUnit:
    """A unit with the passages that it stands on and what is wrong with it.

    `marks` are its own, or what was found for it afterwards (`found`).
    """

    unit: Unit
    marks: list[int]
    found: bool = False
    judgement: Judgement = field(default_factory=Judgement)
    says_something: bool = True

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with it."""
        return self.judgement.faults

    @property
    def is_of_the_answer(self) -> bool:
        """Whether it speaks of the answer or the conversation, not of the world ("如果还想了解…")."""
        return _OF_THE_ANSWER.search(self.unit.plain) is not None


class ClaimJudge(Protocol):
    """What tells how claims stand to passages: `index.reader.claims.ClaimReader`."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> Sequence[ClaimJudgement]:
        """A judgement of each pair of claim and passage."""


class WrittenCheck:
    """Checks the units of one answer.

    Args:
        sources: The passages, in the order of their numbers.
        asked: What was asked, as `asked_in` gives it: what it names needs no source.
        claims: Reads the claims that no rule doubts against what they cite; none where there is no such network.
    """

    def __init__(self, sources: Sequence[Source], asked: str = "", claims: ClaimJudge | None = None) -> None:
        self._claims = claims
        self._told = [source.told for source in sources]
        self._folded = [fold(told) for told in self._told]
        self._asked = plain_figures(asked)

    def read(self, text: str) -> tuple[str, list[CheckedUnit]]:
        """An answer as it was written, with its marks in one form and without a list of references, and its checked units."""
        text, _ = in_one_form(without_references(text), len(self._told))
        return text, self.check(text)

    def check(self, text: str) -> list[CheckedUnit]:
        """The units of a text whose marks are in one form, each checked."""
        units = units_of(text)
        read = [replace(unit, plain=plain_figures(unit.plain)) for unit in units]
        own = [each for unit in read for each in quantities_in(unit.plain)]
        checked = [self._checked(unit, own) for unit in read]
        for each, unit in zip(checked, units, strict=True):
            each.unit = unit
        self._doubt_what_is_not_told(checked)
        return checked

    def _doubt_what_is_not_told(self, checked: list[CheckedUnit]) -> None:
        """Flag claims of which the network reads that no passage they cite tells of them; rows tell too little by themselves."""
        if self._claims is None:
            return
        doubted = [
            each
            for each in checked
            if each.marks and each.says_something and not each.faults
            if each.unit.kind is UnitKind.CLAIM and not each.unit.is_row
        ]
        pairs = [(each.unit.plain, self._told[n - 1]) for each in doubted for n in each.marks]
        judged = iter(self._claims.judge(pairs))
        for each in doubted:
            if min(next(judged).neither for _ in each.marks) >= _NOT_TOLD:
                each.judgement.found.append(Fault("flag_foreign", rule="read"))

    def _checked(self, unit: Unit, own: list[Quantity]) -> CheckedUnit:
        if unit.kind is UnitKind.STRUCTURE or not unit.plain or _says_nothing(unit):
            return CheckedUnit(unit, unit.marks, says_something=False)
        if unit.kind is UnitKind.CAVEAT:
            return self._caveat(unit, own)
        marks = unit.marks or unit.inherited
        first = self._against(unit, marks, own) if marks else None
        if first is not None and not first.faults:
            return first
        others = [self._against(unit, [n], own) for n in self._likeliest(unit.plain) if n not in marks]
        better = next((each for each in others if not each.faults), None)
        if unit.marks and first is not None:
            if better is not None and any(fault.reason != "flag_contrary" for fault in first.faults):
                wrong_mark = Fault("flag_mark", str(better.marks[0]), "mark")
                return CheckedUnit(unit, unit.marks, judgement=Judgement([wrong_mark]))
            return first
        if better is not None:
            better.found = True
            return better
        together = self._against(unit, list(range(1, len(self._told) + 1)), own)
        if not together.faults:
            return CheckedUnit(unit, [], judgement=together.judgement)
        return first if first is not None and len(first.faults) <= len(together.faults) else together

    def _likeliest(self, plain: str) -> list[int]:
        """The numbers of the passages, in order, that share the most words and figures with a unit."""
        numbers = range(1, len(self._told) + 1)
        if len(self._told) <= _MOST_OTHERS:
            return list(numbers)
        things = {*content_words(plain), *FIGURE.findall(fold(plain))}
        shared = {n: sum(thing in self._folded[n - 1] for thing in things) for n in numbers}
        return sorted(sorted(numbers, key=lambda n: -shared[n])[:_MOST_OTHERS])

    def _caveat(self, unit: Unit, own: list[Quantity]) -> CheckedUnit:
        missing, _ = missing_things(Claim(unit.plain, "\n".join(self._told), self._asked, own=own))
        faults = [Fault("flag_figure", each.thing, each.rule) for each in missing if each.thing[:1].isdigit()]
        return CheckedUnit(unit, unit.marks, judgement=Judgement(faults))

    def _against(self, unit: Unit, marks: list[int], own: list[Quantity]) -> CheckedUnit:
        told = "\n".join(self._told[n - 1] for n in marks)
        # A year that was asked for is no year of the passage.
        asked = _YEAR.sub("", self._asked)
        claim = Claim(unit.plain, told, asked, unit.frame, own, is_row=unit.is_row)
        return CheckedUnit(unit, marks, judgement=judge(claim))


def _says_nothing(unit: Unit) -> bool:
    """Whether a unit without a mark tells nothing that could be checked: a short verdict, a word on the answer itself."""
    if unit.marks or (
        _SAYS_SOMETHING.search(_OF_THE_ANSWER.sub("", unit.plain)) and CHINESE.search(unit.plain)
    ):
        return False
    return len(unit.plain) <= _SHORT or bool(_OF_THE_ANSWER.search(unit.plain))


__all__ = ["CheckedUnit", "ClaimJudge", "Fault", "Source", "WrittenCheck", "asked_in", "shown_source"]
