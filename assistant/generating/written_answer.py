"""A language model's answer: its Markdown, cut into checked units, each with the sentences of the passages that its marks stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.added import without_added
from assistant.checking.left_out import holds_orders, is_supported
from assistant.checking.marks import MARK, in_one_form
from assistant.checking.support import is_foreign
from assistant.checking.units import UnitKind
from assistant.checking.written import CheckedUnit, ClaimJudge, Source, WrittenCheck, shown_source
from assistant.reading.candidate import Candidate
from assistant.state import Statement
from corpus.language.normalize import fold

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[.、:：)）]\s*(.+)$")
_DELETED = re.compile(r"^\s*[（(【\[]?(?:删去|删除|deleted?)[）)】\]]?[。.]?\s*$", re.IGNORECASE)


@dataclass
class WrittenUnit:
    """A unit of a written answer.

    `text` is how it stands in the answer, marks on passages (`[n]`) included; `gap` stands before it. `support` holds the
    sentence of each passage that it stands on, by the passage's number.
    """

    text: str
    gap: str
    checked: CheckedUnit
    support: dict[int, Candidate] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """Its words, without marks and markup."""
        return without_added(self.checked.unit.plain)

    @property
    def fails(self) -> bool:
        """Whether it tells what its passages do not, or claims something and cites nothing."""
        return bool(self.checked.faults) or self.cites_nothing

    @property
    def cites_nothing(self) -> bool:
        """Whether it is a claim that stands on no passage."""
        return self.checked.unit.kind is UnitKind.CLAIM and self.checked.says_something and not self.support


@dataclass
class WrittenAnswer:
    """The units of a written answer in order."""

    units: list[WrittenUnit]

    @property
    def text(self) -> str:
        """The answer as it was written, its marks on passages."""
        return "".join(unit.gap + unit.text for unit in self.units).strip("\n")

    @property
    def failing(self) -> list[WrittenUnit]:
        """The units that a check stopped."""
        return [unit for unit in self.units if unit.fails]

    @property
    def statements(self) -> list[Statement]:
        """The units that say something, as sentences with what they stand on."""
        return [
            Statement(unit.plain, list(unit.support.values()))
            for unit in self.units
            if unit.checked.unit.kind is not UnitKind.STRUCTURE
        ]

    @property
    def is_supported(self) -> bool:
        """Whether anything of it stands on a passage."""
        return any(unit.support for unit in self.units)


class AnswerReader:
    """Reads what a model wrote against the passages that it was shown, and the question it was asked.

    Args:
        passages: The sentences of each passage, in the order of their numbers.
        question: What was asked, with the turns before it.
        claims: The network that reads claims against passages, where there is one.
    """

    def __init__(
        self, passages: Sequence[list[Candidate]], question: str, claims: ClaimJudge | None = None
    ) -> None:
        self._passages = list(passages)
        sources = [_source(each[0]) for each in passages]
        self._check = WrittenCheck(sources, question, claims)
        self._every = "\n".join([question, *(source.told for source in sources)])

    def read(self, text: str) -> WrittenAnswer:
        """The answer in units, each checked."""
        text, read = self._check.read(text)
        units: list[WrittenUnit] = []
        at = 0
        for checked in read:
            start, end = checked.unit.start, checked.unit.end
            support = {n: best_support(checked.unit.plain, self._passages[n - 1]) for n in checked.marks}
            units.append(WrittenUnit(text[start:end], text[at:start], checked, support))
            at = end
        return WrittenAnswer(_without_repeats(units))

    def with_corrections(self, answer: WrittenAnswer, reply: str) -> WrittenAnswer:
        """The answer with its failing units as a second call wrote them, where that fails in less."""
        failing = answer.failing
        lines = [line for line in in_one_form(reply, len(self._passages))[0].split("\n") if line.strip()]
        rewritten: dict[int, str] = {}
        for line in lines:
            numbered = _NUMBERED.match(line)
            if numbered and 0 < int(numbered.group(1)) <= len(failing):
                rewritten[int(numbered.group(1)) - 1] = numbered.group(2).strip()
        if not rewritten and len(failing) == len(lines) == 1:
            rewritten[0] = lines[0].strip()
        replaced = {id(failing[number]): text for number, text in rewritten.items()}
        better = self.read(
            "".join(unit.gap + _in_place(unit, replaced.get(id(unit))) for unit in answer.units).strip("\n")
        )
        return better if better.units and len(better.failing) < len(failing) else answer

    def kept(self, answer: WrittenAnswer) -> WrittenAnswer:
        """The answer without the units that no passage supports (`assistant.checking.left_out`)."""
        return WrittenAnswer([unit for unit in answer.units if self._may_stay(unit)])

    def _may_stay(self, unit: WrittenUnit) -> bool:
        statement = Statement(unit.plain, list(unit.support.values()))
        is_claim = unit.checked.unit.kind is UnitKind.CLAIM
        if holds_orders(self._passages) or (is_claim and unit.checked.says_something):
            return is_supported(statement, self._passages)
        # A short verdict ("可以。") needs no passage, unless it speaks of something else altogether.
        return not is_claim or unit.checked.is_of_the_answer or not is_foreign(unit.plain, self._every)


def _source(candidate: Candidate) -> Source:
    article = candidate.hit.article
    return shown_source(
        candidate.hit.passage.text,
        title=article.title,
        date=article.date,
        source=article.source,
        headings=" ".join(candidate.hit.passage.heading_path),
    )


def _in_place(unit: WrittenUnit, text: str | None) -> str:
    if text is None:
        return unit.text
    return "" if _DELETED.match(text) else text


def _without_repeats(units: list[WrittenUnit]) -> list[WrittenUnit]:
    """The units without a sentence that stood before already."""
    seen: set[str] = set()
    kept = []
    for unit in units:
        plain = unit.plain
        if unit.checked.unit.kind is UnitKind.CLAIM and not unit.checked.unit.is_row and plain in seen:
            continue
        seen.add(plain)
        kept.append(unit)
    return kept


def best_support(sentence: str, candidates: list[Candidate]) -> Candidate:
    """The sentence of a passage that a written sentence most likely stands on."""
    folded = fold(MARK.sub("", sentence))
    figures = set(_FIGURE.findall(folded))
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)}

    def shared(candidate: Candidate) -> float:
        text = fold(candidate.text)
        return 3 * sum(figure in text for figure in figures) + sum(pair in text for pair in pairs) / (
            len(pairs) or 1
        )

    return max(candidates, key=shared)
