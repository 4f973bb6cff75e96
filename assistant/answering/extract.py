"""The answerer that needs no language model: it quotes the sentences that answer, or refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.added import document_of, standing_alone
from assistant.answering.gather import in_more_detail, over_articles
from assistant.answering.headline import HeadlineScorer
from assistant.answering.listed import announced_items, items_beside, items_of_section
from assistant.answering.notes import note
from assistant.answering.of_one_place import Found, worked_in_one_place
from assistant.answering.overview import tell_overview
from assistant.answering.short_answer import FIGURE_KINDS, short_answer, tells_one
from assistant.answering.summary import summary
from assistant.answering.table import TableMaker
from assistant.answering.versions import agreeing, differing
from assistant.answering.worked_out import same_place, worked_in_one, worked_out
from assistant.checking.orders import is_order
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.reading.sentence_times import SentenceTimes
from assistant.reading.table_rows import narrowed
from assistant.reading.word_weights import WordWeights
from assistant.state import Interpretation, Part, State, Statement
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.sentences import cut_positions, sentence_spans
from corpus.table import is_row
from index.aim import Aim
from index.kinds import Kind
from index.query import Query
from index.store import Index

if TYPE_CHECKING:
    from index.reader.calculations import CalculationReader

_TOLD_IN_ITEMS = frozenset([Kind.LIST, Kind.HOW, Kind.OTHER])
"""Kinds of questions (steps, conditions, parts) that all items of an announced list answer."""
_LONG = 200
_NEAR_ENOUGH = 2.5
_NEAR_WHEN_PLAIN = 6.0
_WORTH_A_SENTENCE = 0.18
_WORTH_WHEN_PLAIN = 0.08
_ANNOUNCES = re.compile(
    r"[两二三四五六七八九十\d]{1,6}(?:大|个|项|层|类|种|条|方面)[^，,、；;：:]{0,12}(?:[，,][^，,、；;：:]{0,14})?[。：:]?$|[：:]$|如下[。：:]?$"
)
_LONGEST_LIST = 220
_LIKELY_WHEN_WORKED_OUT = 0.65
"""The share of the usual threshold that is enough where a result follows from one sentence: it holds not the answer, but all that
the answer is worked out of, which the confidence does not know.
"""
_IN_NAMED_SECTION = 5
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
        self._index = index
        self._scorer = scorer
        self._headlines = headlines or HeadlineScorer.load()
        self._calculations = calculations
        self._times = times
        self._tables = TableMaker(self._headlines)

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
        alone = len(state.best.parts) == 1
        shorts: list[str] = []
        sure = True
        quoted: dict[int, Candidate] = {}
        for part in answered:
            chosen = self._choose(part, alone=alone, more=state.wants_more)
            quoted[id(part)] = chosen[0]
            found = _shorts(part.parsed, chosen[0], alone)
            sure = sure and self._is_sure(part, found) and not _told_for_another(quoted, part, found, shorts)
            shorts += [short for short in found if short not in shorts]
            for number, candidate in enumerate(chosen):
                self._state(state, part, candidate, is_first=number == 0)
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

    def _tell_series(self, state: State, parts: Sequence[Part], answered: Sequence[Part]) -> bool:
        """Quote what each point of a series stands on, for a gap what answers its part; False where the question makes no series."""
        state.table = self._tables.series(state, parts)
        if state.table is None:
            return False
        cells = {name: row[0] for name, row in state.table.rows}
        sure = {id(part) for part in answered}
        for part, cell in zip(parts, cells.values(), strict=True):
            if cell.is_sure and cell.support is not None:
                support = _shortened(self._narrowed(part, cell.support), part.parsed)
            elif id(part) in sure:
                support = self._choose(part, alone=False, more=False)[0]
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
        return all(self._headlines.is_sure(short, part.candidates, part.confidence) for short in shorts)

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

    def _choose(self, part: Part, *, alone: bool, more: bool) -> list[Candidate]:
        query = part.found.query or Query(question=part.question)
        first = part.candidates[0]
        if first.is_whole:
            return [first]
        if query.kind is Kind.SUMMARY and (items := self._items(part, first)):
            return items
        if query.kind is Kind.SUMMARY:
            return summary(self._index, self._times, part.parsed, part.candidates)
        if more:
            return in_more_detail(part.candidates)
        if part.parsed.is_over_articles:
            chosen = over_articles(part.candidates)
            return [_shortened(candidate, part.parsed) for candidate in chosen]
        if items := self._items(part, first):
            return items
        first = self._narrowed(part, self._with_what_it_announces(part, first))
        chosen = [first]
        if alone and (part.parsed.asks_several or query.kind in {Kind.LIST, Kind.COMPARE}):
            second = self._completing(part, first)
            if second is not None:
                chosen.append(second)
        return [_shortened(candidate, part.parsed) for candidate in chosen]

    def _items(self, part: Part, first: Candidate) -> list[Candidate]:
        """The items of the list that the first sentence announces or is one of, where the question wants them all."""
        kind = (part.found.query or part.parsed.query()).kind
        if kind is Kind.SUMMARY and not part.parsed.form.count_asked:
            return self._named_section(part)
        if not _announces(first) and not _asks_a_list(part, kind):
            return []
        text = self._text_of(first)
        wants_all = kind in _TOLD_IN_ITEMS or not _announces(first)
        if wants_all and (items := announced_items(first, text)):
            return [first, *items]
        if not _asks_a_list(part, kind):
            return []
        return self._named_section(part) or items_beside(first, text, part.parsed)

    def _named_section(self, part: Part) -> list[Candidate]:
        """The items of the section that the question names, where one of the best sentences stands in it."""
        for each in part.candidates[:_IN_NAMED_SECTION]:
            if not contradicts(each) and (items := items_of_section(each, self._text_of(each), part.parsed)):
                return items
        return []

    def _with_what_it_announces(self, part: Part, first: Candidate) -> Candidate:
        kind = (part.found.query or part.parsed.query()).kind
        if kind is Kind.HOW and not _announces(first):
            return first
        asks = _announces(first) or _asks_a_list(part, kind)
        return _with_what_it_announces(first, self._text_of(first)) if asks else first

    def _narrowed(self, part: Part, candidate: Candidate) -> Candidate:
        """A long row of a table cut down to the cell asked for."""
        if not is_row(candidate.text) or part.parsed.kind not in FIGURE_KINDS:
            return candidate
        return narrowed(part.parsed, candidate, self._text_of(candidate))

    def _text_of(self, candidate: Candidate) -> str:
        article = self._index.catalogue.article(candidate.hit.article.id)
        return article.text if article is not None else ""

    def _completing(self, part: Part, first: Candidate) -> Candidate | None:
        """The sentence that covers what of the question the first leaves open."""
        weight = WordWeights(self._index)
        asked = {word: weight(word) for word in part.parsed.words}
        total = sum(asked.values()) or 1.0
        open_words = {word for word in asked if word not in fold(first.text)}
        best, best_gain = None, 0.0
        plainly = part.parsed.form.is_plainly_several
        for candidate in part.candidates[1:12]:
            if first.score - candidate.score > (_NEAR_WHEN_PLAIN if plainly else _NEAR_ENOUGH):
                break
            if contradicts(candidate) or same_place(candidate, first):
                continue
            gain = sum(asked[word] for word in open_words if word in fold(candidate.text)) / total
            if gain > max(best_gain, _WORTH_WHEN_PLAIN if plainly else _WORTH_A_SENTENCE):
                best, best_gain = candidate, gain
        return best


def _told_for_another(quoted: dict[int, Candidate], part: Part, found: list[str], shorts: list[str]) -> bool:
    """Whether the same words of the same sentence were read for another part, which is surely asked for something else."""
    mine = quoted[id(part)]
    others = (each for key, each in quoted.items() if key != id(part))
    return any(short in shorts for short in found) and any(same_place(mine, each) for each in others)


def _announces(candidate: Candidate) -> bool:
    return candidate.text.rstrip().endswith(("：", ":"))


def _asks_a_list(part: Part, kind: Kind) -> bool:
    """Whether it asks for things in a row, or for the steps of something."""
    form = part.parsed.form
    return kind in {Kind.LIST, Kind.HOW} or form.is_which_few or form.count_asked is not None


def _naming(part: Part, chosen: Candidate) -> list[Candidate]:
    """The sentence of the same article that names the document which `chosen` stands in, where it does not itself."""
    document = document_of(chosen)
    if document in chosen.text:
        return []
    article = chosen.hit.article.id
    return [each for each in part.candidates if each.hit.article.id == article and document in each.text][:1]


def _with_what_it_announces(candidate: Candidate, article_text: str) -> Candidate:
    """ "…分为三个层次。" goes on to the sentences after it, which tell them; over the passage's end where it ends there."""
    if not _ANNOUNCES.search(candidate.text):
        return candidate
    end_of_passage = candidate.hit.passage.end
    is_last = not article_text[candidate.end : end_of_passage].strip()
    after = article_text[candidate.end : candidate.end + _LONGEST_LIST if is_last else end_of_passage]
    end = 0
    for start, stop in sentence_spans(after):
        if (end and len(candidate.text) + stop > _LONGEST_LIST) or is_order(after[start:stop]):
            break
        end = stop
    return replace(
        candidate, end=candidate.end + end, text=article_text[candidate.start : candidate.end + end]
    )


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


def _shortened(candidate: Candidate, question: Question) -> Candidate:
    """A very long sentence cut down to the clauses that cover as much of the question as the whole does."""
    text = candidate.text
    if len(text) <= _LONG:
        return candidate
    cuts = [0, *cut_positions(text, "；;"), len(text)]
    if len(cuts) < 3:
        return candidate
    asked = [word for word in question.words if word in fold(text)]
    best: tuple[int, int] | None = None
    for begin in range(len(cuts) - 1):
        for end in range(begin + 1, len(cuts)):
            start, stop = cuts[begin], cuts[end]
            holds_span = candidate.reader_span is None or (
                start <= candidate.reader_span[0] - candidate.start
                and candidate.reader_span[1] - candidate.start <= stop
            )
            covers = holds_span and all(word in fold(text[start:stop]) for word in asked)
            if covers and (best is None or stop - start < best[1] - best[0]):
                best = (start, stop)
    if best is None:
        return candidate
    return replace(
        candidate,
        start=candidate.start + best[0],
        end=candidate.start + best[1],
        text=text[best[0] : best[1]],
    )
