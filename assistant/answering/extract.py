"""The answerer that needs no language model: it quotes the sentences that answer, or refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.added import document_of, standing_alone
from assistant.answering.choose import Chooser, shortened
from assistant.answering.headline import HeadlineScorer
from assistant.answering.notes import note
from assistant.answering.of_one_place import Found, worked_in_one_place
from assistant.answering.other_count import other_count
from assistant.answering.overview import tell_overview
from assistant.answering.short_answer import short_answer, tells_one
from assistant.answering.table import TableMaker
from assistant.answering.versions import agreeing, differing
from assistant.answering.worked_out import same_place, worked_in_one, worked_out
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.reading.sentence_times import SentenceTimes
from assistant.state import Interpretation, Part, State, Statement
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from index.aim import Aim
from index.kinds import Kind
from index.query import Query
from index.store import Index

if TYPE_CHECKING:
    from index.reader.calculations import CalculationReader

_LIKELY_WHEN_WORKED_OUT = 0.65
"""The share of the usual threshold that is enough where a result follows from one sentence: it holds not the answer, but all that
the answer is worked out of, which the confidence does not know.
"""
_LOOKED_AT = 30
_SURELY_WORKED_OUT = 0.55
"""How likely a calculation must be to be told."""
_SURE_THOUGH_TOLD = 0.75
"""The same where a sentence tells a figure for certain: of a part, perhaps, where the whole is asked for."""
_LIKELY_WHEN_READ = 0.4
"""The share of the usual threshold that is enough where a likely calculation is read: what answers is in no sentence."""


class ExtractiveAnswerer:
    """Quotes one sentence a question; more where it asks for a list, a summary or more of the same.

    Figures that a sum, a difference or a comparison needs are put together, in a sentence of its own.
    """

    def __init__(
        self,
        index: Index,
        scorer: Scorer,
        times: SentenceTimes,
        headlines: HeadlineScorer | None = None,
        calculations: CalculationReader | None = None,
    ) -> None:
        self._scorer = scorer
        self._headlines = headlines or HeadlineScorer.load()
        self._calculations = calculations
        self._tables = TableMaker(self._headlines)
        self._chooser = Chooser(index, scorer, times)

    def __call__(self, state: State) -> State:
        """Fill `statements` and `short_answer`, or set `refused`."""
        return tell_overview(state, state.overview) if state.overview else self._quoted(state)

    def _quoted(self, state: State) -> State:
        parts = state.best.parts
        answered, worked = self._answered(state)
        if worked is None and state.best.operation is Operation.MEET:
            # What was found for the goal is no goal of this: only the result is told.
            answered = [part for part in answered if part is state.best.parts[-1]]
        if not answered:
            state.refused = True
            return state
        if worked is None and self._tell_series(state, parts, answered):
            return state
        if len(answered) < len(state.best.parts) and state.best.by_time is None:
            missing = "；".join(part.question for part in state.best.parts if part not in answered)
            state.notes.append(message("part_missing", state.language, parts=missing))
        is_plain = worked is None and state.best.operation is None
        shorts, sure, quoted = self._quote(state, answered, may_be_two=is_plain)
        # One of two would pass for the whole answer.
        state.short_answer = "；".join(shorts) if sure else ""
        if worked is not None:
            for support in worked.support:
                self._state(state, answered[0], support, is_first=False)
            state.statements.insert(0, worked)
            told = shorts[:-1] if state.best.operation is None else []
            state.short_answer = "；".join([*told, worked.worked_out])
        elif state.best.operation is not None:
            # The figures of the parts are not what is asked for.
            state.short_answer = ""
        self._tabulate(state, parts, quoted)
        return state

    def _quote(
        self, state: State, answered: Sequence[Part], *, may_be_two: bool
    ) -> tuple[list[str], bool, dict[int, Candidate]]:
        """Quote what answers each part; its short answers, whether all are sure, and the first sentence of each part.

        With `may_be_two` a sentence that is as likely as the first is quoted beside it.
        """
        alone = len(state.best.parts) == 1
        shorts: list[str] = []
        sure = True
        quoted: dict[int, Candidate] = {}
        for part in answered:
            chosen = self._chooser(part, alone=alone, more=state.wants_more)
            quoted[id(part)] = chosen[0]
            # A bare "否" before an exception would be half of the answer.
            is_limited = part.parsed.kind is Kind.YES_NO and len(chosen) > 1
            found = [] if is_limited else _shorts(part.parsed, chosen[0], alone)
            may_be_two = may_be_two and alone and len(chosen) == 1
            if may_be_two and (rival := self._chooser.rival(part, chosen[0])):
                chosen, found = [*chosen, rival], []
                note(state, "rival_quoted")
            is_told = bool(found) or alone
            sure = sure and is_told and self._is_sure(part, found)
            sure = sure and not _told_for_another(quoted, part, found, shorts)
            shorts += [short for short in found if short not in shorts]
            if counts := other_count(part.parsed, chosen):
                note(state, "other_count", asked=counts[0], told=counts[1])
            if (lead := self._chooser.lead_of(chosen[0])) is not None:
                self._state(state, part, lead, is_first=False)
            for number, candidate in enumerate(chosen):
                self._state(state, part, candidate, is_first=number == 0)
        return shorts, sure, quoted

    def _tell_series(self, state: State, parts: Sequence[Part], answered: Sequence[Part]) -> bool:
        """Quote what each point of a series stands on, for a gap what answers its part; False where the question makes no series."""
        state.table = self._tables.series(state, parts)
        if state.table is None:
            return False
        cells = {name: row[0] for name, row in state.table.rows}
        sure = {id(part) for part in answered}
        for part, cell in zip(parts, cells.values(), strict=True):
            if cell.is_sure and cell.support is not None:
                support = shortened(self._chooser.narrowed(part, cell.support), part.parsed)
            elif id(part) in sure:
                support = self._chooser(part, alone=False, more=False)[0]
            else:
                continue
            self._state(state, part, support, is_first=True, is_point=cell.is_sure)
        missing = [name for name, cell in cells.items() if not cell.is_sure]
        if missing:
            state.notes.append(message("series_missing", state.language, times="、".join(missing)))
        # Some of the figures would pass for all of them.
        state.short_answer = "" if missing else "；".join(cell.text for cell in cells.values())
        return True

    def _tabulate(self, state: State, parts: list[Part], quoted: dict[int, Candidate]) -> None:
        """Fill `table`; what its cells stand on is quoted too."""
        state.table = self._tables(state, parts, quoted)
        for support in state.table.supports() if state.table else ():
            self._state(state, parts[0], support, is_first=False)

    def _calculated(self, state: State, answered: list[Part]) -> tuple[list[Part], Statement] | None:
        """What follows from figures that stand together, with the part that is then answered; None where nothing surely does."""
        form = state.best
        if self._calculations is None or form.operation is Operation.MEET or form.by_time is not None:
            return None
        told = self._surely_told(form, answered) if form.operation is None else []
        # Of "产值多少，占几成" the last is asked of what the first names; of a sum all parts are.
        asked = form.parts if form.operation is not None else form.parts[-1:]
        firsts = [part.candidates[0] for part in asked if part.candidates]
        others = [each for part in asked[:1] for each in part.candidates[1:_LOOKED_AT]]
        question = form.question if form.operation is not None or len(form.parts) == 1 else asked[0].question
        found = worked_in_one_place(question, [*firsts, *others], self._calculations)
        if found is None or found.likelihood < (_SURE_THOUGH_TOLD if told else _SURELY_WORKED_OUT):
            return None
        if told and not _tells_a_part(found, answered[-1], told):
            return None
        best = max(asked, key=lambda part: part.confidence)
        if best.confidence < self._scorer.threshold_for(best.parsed) * _LIKELY_WHEN_READ:
            return None
        rest = [each for each in best.candidates if not same_place(each, found.candidate)]
        before = [part for part in form.parts if part not in asked and self._is_answered(part)]
        return [*before, replace(best, candidates=[found.candidate, *rest])], found.statement

    def _surely_told(self, form: Interpretation, answered: list[Part]) -> list[str]:
        """The headlines of the sentence that answers the last part; none where they are not sure."""
        told = []
        for part in answered[-1:]:
            shorts = _shorts(part.parsed, part.candidates[0], len(form.parts) == 1)
            told += shorts if shorts and self._is_sure(part, shorts) else []
        return told

    def _is_answered(self, part: Part) -> bool:
        return part.confidence >= self._scorer.threshold_for(part.parsed)

    def _answered(self, state: State) -> tuple[list[Part], Statement | None]:
        """The parts that are surely answered, and what is worked out of them; parts less sure where a result follows from one sentence."""
        answered, worked = self._by_rules(state)
        if worked is None and (calculated := self._calculated(state, answered)):
            answered, worked = calculated
            state.best.parts = answered
        return answered, worked

    def _by_rules(self, state: State) -> tuple[list[Part], Statement | None]:
        parts = state.best.parts
        sure = [part for part in parts if self._is_answered(part)]
        if len(sure) == len(parts):
            return sure, worked_out(state, sure)
        if sure and (worked := worked_in_one(state, sure)):
            state.best.parts = sure
            return sure, worked
        if all(self._is_likely(part) for part in parts) and state.best.operation is not Operation.MEET:
            likely = [replace(part, candidates=list(part.candidates)) for part in parts]
            worked = worked_out(state, likely)
            if worked is not None and len(worked.support) == 1:
                state.best.parts = likely
                return likely, worked
        return sure, None

    def _is_likely(self, part: Part) -> bool:
        least = self._scorer.threshold_for(part.parsed) * _LIKELY_WHEN_WORKED_OUT
        return bool(part.candidates) and part.confidence >= least

    def _is_sure(self, part: Part, shorts: list[str]) -> bool:
        return all(
            self._headlines.is_sure(part.parsed, short, part.candidates, part.confidence) for short in shorts
        )

    def _state(
        self, state: State, part: Part, candidate: Candidate, *, is_first: bool, is_point: bool = False
    ) -> None:
        """Add a sentence, with the other articles that tell the same; where they tell otherwise, those too.

        Of a point of a series it is known already whether its figure is a goal.
        """
        if any(same_place(candidate, other) for each in state.statements for other in each.support):
            return
        if candidate.is_whole:
            lines = [line for line in candidate.text.split("\n") if line.strip()]
            state.statements += [Statement(line.strip(), [candidate]) for line in lines]
            return
        query = part.found.query or Query(question=part.question)
        support = [candidate]
        others: list[Candidate] = []
        if is_first:
            if query.kind is Kind.DOCUMENT:
                support += _naming(part, candidate)
            support += agreeing(part, candidate)
            # A sentence reads better than a row of a table that says the same.
            support.sort(key=lambda each: bool(each.head))
            others = differing(part, candidate, self._scorer)
        # A line is a statement of its own, so that each carries its mark.
        lines = [line.strip() for line in standing_alone(support[0], query).split("\n")]
        state.statements += [Statement(line, support) for line in lines if line]
        for other in others:
            state.statements.append(Statement(standing_alone(other, query), [other]))
        if is_first and not is_point and _tells_goal_instead(part.parsed, candidate):
            note(state, "told_goal")
        if others:
            note(state, "versions_differ")


def _told_for_another(quoted: dict[int, Candidate], part: Part, found: list[str], shorts: list[str]) -> bool:
    """Whether the same words of the same sentence were read for another part, which is surely asked for something else."""
    mine = quoted[id(part)]
    others = (each for key, each in quoted.items() if key != id(part))
    return any(short in shorts for short in found) and any(same_place(mine, each) for each in others)


def _naming(part: Part, chosen: Candidate) -> list[Candidate]:
    """The sentence of the same article that names the document which `chosen` stands in, where it does not itself."""
    document = document_of(chosen)
    if document in chosen.text:
        return []
    article = chosen.hit.article.id
    return [each for each in part.candidates if each.hit.article.id == article and document in each.text][:1]


def _tells_goal_instead(question: Question, candidate: Candidate) -> bool:
    """Whether a year's figure is asked for and what was found sets a goal for it."""
    is_goal = candidate.features.get("goal_mismatch", 0.0) >= 1 and question.aim is not Aim.GOAL
    return is_goal and question.kind in {Kind.AMOUNT, Kind.SHARE}


def _tells_a_part(found: Found, part: Part, told: list[str]) -> bool:
    """Whether a figure that is surely told may be one of those that a result is worked out of, and not the result itself."""
    is_beside = found.candidate.hit.passage.id == part.candidates[0].hit.passage.id
    return is_beside and not ("%" in found.statement.worked_out and any("%" in each for each in told))


def _shorts(question: Question, candidate: Candidate, alone: bool) -> list[str]:
    """The short answers to a part: one for each clause that asks, none where only some can be read off."""
    clauses = question.clauses
    if alone and len(clauses) > 1:
        # What was read is the answer to one of them, it is not known which.
        unread = replace(candidate, reader_span=None)
        found = [short_answer(clause, unread, question) for clause in clauses]
        return found if all(found) and len(set(found)) == len(found) else []
    # "截至2025年底，有多少辆?": a clause that asks nothing is no second thing.
    asked = clauses[0] if len(clauses) == 1 else question
    if alone and (asked.asks_of_each or (asked.asks_several and not tells_one(question, candidate))):
        return []
    short = short_answer(question, candidate)
    return [short] if short else []
