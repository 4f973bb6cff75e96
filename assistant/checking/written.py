"""What a language model wrote, checked unit by unit against the passages that it was given.

A unit that fails costs only itself: it stays where it stands, with the reason. Looked at are figures (as they stand, converted,
rounded or worked out), names, places and bodies, what is turned round, and whether the cited passage speaks of it at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.arithmetic import counts, figures_with_places, follows
from assistant.checking.english import in_chinese_figures, names_in_english
from assistant.checking.stated import otherwise_stated
from assistant.checking.support import is_foreign, turned_round, unsupported
from assistant.checking.units import Unit, UnitKind, units_of
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, quantities_in
from index.words import content_words

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SPACED = re.compile(r"(?<![\d.])\d{1,3}(?:[ \u00a0\u2009]\d{3})+(?!\d)")
_UNIT_OF_A_COLUMN = re.compile(
    r"[（(]\s*((?:[十百千]?[万亿]{1,2})?(?:元|美元|吨|公斤|亩|公顷|人|人次|户|家|辆|台|个|件|项|%|％|千瓦时|千瓦|平方米|立方米|公里|岁|天)|[万亿]{1,2})\s*[)）]\s*([:：])\s*(-?\d[\d,.]*)(?=\s*(?:[；;，,。｜|\n]|$))"
)
_SAYS_SOMETHING = re.compile(r"\d|《|“|[a-zA-Z]{2}")
_SHORT = 14
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
_FIGURE = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")


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


def plain_figures(text: str) -> str:
    """A text whose figures are written without spaces, and in a row with the unit that its column names."""
    joined = _SPACED.sub(lambda match: re.sub(r"\s", "", match.group()), text)
    return _UNIT_OF_A_COLUMN.sub(r"\2\3\1", joined)


@dataclass(frozen=True)
class Fault:
    """Why a unit is flagged: the code of a message, and what it is about."""

    reason: str
    detail: str = ""


@dataclass
class CheckedUnit:
    """A unit with the passages that it stands on and what is wrong with it.

    `marks` are its own, or what was found for it afterwards (`found`).
    """

    unit: Unit
    marks: list[int]
    found: bool = False
    faults: list[Fault] = field(default_factory=list)
    worked_out: bool = False
    says_something: bool = True

    @property
    def is_of_the_answer(self) -> bool:
        """Whether it speaks of the answer or the conversation, not of the world ("如果还想了解…")."""
        return _OF_THE_ANSWER.search(self.unit.plain) is not None


class WrittenCheck:
    """Checks the units of one answer.

    Args:
        sources: The passages, in the order of their numbers.
        question: What was asked, with the turns before it: what it names needs no source.
    """

    def __init__(self, sources: Sequence[Source], question: str = "") -> None:
        self._told = [source.told for source in sources]
        self._folded = [fold(told) for told in self._told]
        self._question = plain_figures(question)

    def check(self, text: str) -> list[CheckedUnit]:
        """The units of a text whose marks are in one form, each checked."""
        units = units_of(text)
        read = [replace(unit, plain=plain_figures(unit.plain)) for unit in units]
        own = [each for unit in read for each in quantities_in(unit.plain)]
        checked = [self._checked(unit, own) for unit in read]
        for each, unit in zip(checked, units, strict=True):
            each.unit = unit
        return checked

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
                return CheckedUnit(unit, unit.marks, faults=[Fault("flag_mark", str(better.marks[0]))])
            return first
        if better is not None:
            better.found = True
            return better
        together = self._against(unit, list(range(1, len(self._told) + 1)), own)
        if not together.faults:
            return CheckedUnit(unit, [], found=False, worked_out=together.worked_out)
        return first if first is not None and len(first.faults) <= len(together.faults) else together

    def _likeliest(self, plain: str) -> list[int]:
        """The numbers of the passages, in order, that share the most words and figures with a unit."""
        numbers = range(1, len(self._told) + 1)
        if len(self._told) <= _MOST_OTHERS:
            return list(numbers)
        things = {*content_words(plain), *_FIGURE.findall(fold(plain))}
        shared = {n: sum(thing in self._folded[n - 1] for thing in things) for n in numbers}
        return sorted(sorted(numbers, key=lambda n: -shared[n])[:_MOST_OTHERS])

    def _caveat(self, unit: Unit, own: list[Quantity]) -> CheckedUnit:
        told = "\n".join([*self._told, self._question])
        missing, _ = self._missing(unit, told, own)
        return CheckedUnit(
            unit, unit.marks, faults=[Fault("flag_figure", each) for each in missing if each[:1].isdigit()]
        )

    def _against(self, unit: Unit, marks: list[int], own: list[Quantity]) -> CheckedUnit:
        told = "\n".join(self._told[n - 1] for n in marks)
        # A year that was asked for is no year of the passage.
        known = f"{told}\n{_YEAR.sub('', self._question)}\n{unit.frame}"
        missing, worked_out = self._missing(unit, known, own, told)
        faults = [Fault("flag_figure", each) for each in missing]
        stated = "" if unit.is_row else otherwise_stated(unit.plain, told)
        if not worked_out and (word := turned_round(unit.plain, told) or stated):
            faults.append(Fault("flag_contrary", word))
        same_language = _is_english(unit.plain) != bool(_CHINESE.search(told))
        if (
            not worked_out
            and not unit.is_row
            and same_language
            and is_foreign(unit.plain, f"{told}\n{unit.frame}")
        ):
            faults.append(Fault("flag_foreign"))
        return CheckedUnit(unit, marks, faults=faults, worked_out=worked_out)

    def _missing(self, unit: Unit, known: str, own: list[Quantity], told: str = "") -> tuple[list[str], bool]:
        return missing_things(unit.plain, known, told=told, own=own, frame=unit.frame, in_a_row=unit.is_row)


def missing_things(
    sentence: str,
    known: str,
    *,
    told: str = "",
    own: Sequence[Quantity] = (),
    frame: str = "",
    in_a_row: bool = False,
) -> tuple[list[str], bool]:
    """What a sentence names and its passages do not.

    Args:
        sentence: The sentence, without marks.
        known: All that it may name: its passages, and what was asked.
        told: The passages alone, whose figures may be worked with; `known` where it is empty.
        own: The figures of the whole answer, which may be worked with too.
        frame: What it is read under: heads of a table, the lead-in of a list.
        in_a_row: Whether it is a row of a table.

    Returns:
        The missing things, and whether a figure was found to be worked out.
    """
    in_english = _is_english(sentence)
    plain = in_chinese_figures(sentence) if in_english else sentence
    missing = unsupported(plain, known)
    if in_english:
        named = names_in_english(sentence)
        missing = [each for each in missing if each[:1].isdigit() or each in named]
    if not any(each[:1].isdigit() for each in missing):
        return missing, False
    places = figures_with_places(plain)
    figures = quantities_in(told or known)
    left, worked_out = [], False
    for thing in missing:
        if not thing[:1].isdigit():
            left.append(thing)
            continue
        alike = [each for each in places if _number_of(each[0]) == _number_text(thing)]
        ok = bool(alike) and all(
            follows(
                quantity,
                f"{frame} {plain}",
                before,
                after,
                [*_others(own, quantity), *figures],
                in_a_row=in_a_row,
            )
            or counts(int(quantity.value), quantity.written_unit, known)
            for quantity, before, after in alike
        )
        worked_out = worked_out or ok
        if not ok:
            left.append(thing)
    return left, worked_out


def _is_english(text: str) -> bool:
    """Whether a text is English, names in Chinese characters aside."""
    return len(_CHINESE.findall(text)) * 4 < len(re.findall(r"[a-zA-Z]", text))


def _says_nothing(unit: Unit) -> bool:
    """Whether a unit without a mark tells nothing that could be checked: a short verdict, a word on the answer itself."""
    if unit.marks or (
        _SAYS_SOMETHING.search(_OF_THE_ANSWER.sub("", unit.plain)) and _CHINESE.search(unit.plain)
    ):
        return False
    return len(unit.plain) <= _SHORT or bool(_OF_THE_ANSWER.search(unit.plain))


def _others(own: Sequence[Quantity], figure: Quantity) -> list[Quantity]:
    """The other figures of the answer."""
    return [each for each in own if (each.value, each.unit) != (figure.value, figure.unit)]


def _number_text(thing: str) -> str:
    match = _FIGURE.match(fold(thing))
    return _plain(match.group()) if match else thing


def _number_of(quantity: Quantity) -> str:
    match = _FIGURE.search(quantity.text)
    return _plain(match.group()) if match else ""


def _plain(figure: str) -> str:
    return re.sub(r"^0+(?=\d)", "", figure.replace(",", "").replace("，", ""))


__all__ = ["CheckedUnit", "Fault", "Source", "WrittenCheck", "missing_things"]
