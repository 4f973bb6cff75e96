"""Third stage: the sentences of the passages found in order of worth, and the form of the question that they answer best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering.abbreviations import spelled_out
from assistant.answering.alike_cells import sure_by_wording
from assistant.answering.in_sentence import tells_gap
from assistant.answering.named_document import prefer_named_document
from assistant.answering.one_place import answer_in_one_place
from assistant.answering.sentence_after import gives_a_reason
from assistant.answering.summary import topic_covered
from assistant.reading.by_time import keep_series, tells_part_of_stretch
from assistant.reading.candidate import Candidate
from assistant.reading.candidates import candidates_in, read_alone
from assistant.reading.counted_row import prefer_counted_row
from assistant.reading.last_frame import of_another_frame
from assistant.reading.named_cell import trust_named_cell
from assistant.reading.named_figure import prefer_named_figure
from assistant.reading.named_rows import with_named_rows
from assistant.reading.named_section import trust_named_section
from assistant.reading.newest import newest_first, without_rivals
from assistant.reading.openings import with_openings
from assistant.reading.rank import READ_ALONE, Scorer
from assistant.reading.same_region import regions_before, same_region_first
from assistant.reading.sentence_times import SentenceTimes
from assistant.reading.so_far import form_so_far, note_so_far, tells_all
from assistant.reading.table_rows import named_rows_first
from assistant.state import Interpretation, Part, State
from assistant.understanding.completeness import is_complete
from assistant.understanding.conversation import names_another_thing
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from corpus.language.normalize import closed_up, fold
from index.kinds import Kind
from index.query import Query
from index.reader.read import Reader
from index.search import Searcher
from index.store import Index
from index.synonyms import synonyms_in

PASSAGES = 8
_FEWEST_PLACES = 2
_PASSAGES_OF_PLACES = 16
"""How many are read where the figure of each place is asked for, one told in each."""
_FIRST_FORM_LEAD = 0.05
_SPELLED_OUT = 0.95
"""How sure one may be of a name that stands in brackets beside what it stands for."""
_NO_REASON = 0.5
"""What is left of the confidence where a follow-up's "why" is answered by what was said before."""
_NO_GAP = 0.5
"""What is left of the confidence in a difference that the sentence does not tell."""
_OF_PART_OF_A_STRETCH = 0.5
"""What is left of the confidence in one year's figure where what several years came to is asked for."""
_OF_ANOTHER_THING = 0.5
"""What is left of the confidence of a follow-up's answer that names nothing of what the follow-up itself does."""


def rerank_with(
    index: Index, searcher: Searcher, scorer: Scorer, reader: Reader | None, times: SentenceTimes
) -> Callable[[State], State]:
    """The stage that fills `candidates` and `confidence`, and puts the best interpretation in front."""
    ranking = _Ranking(index, searcher, scorer, reader, times)
    return lambda state: state if state.control or state.overview else ranking.rerank(state)


@dataclass(frozen=True)
class _Ranking:
    """What candidates are made and put in order with."""

    index: Index
    searcher: Searcher
    scorer: Scorer
    reader: Reader | None
    times: SentenceTimes

    def rerank(self, state: State) -> State:
        """Rank every form, and put the one in front that the corpus answers best."""
        regions = regions_before(state, self.searcher.catalogue)
        for form in state.interpretations:
            self._rank(state, form)
            for part in form.parts:
                same_region_first(part, regions, self.scorer)
        first = state.interpretations[0]
        _keep_sure_places(state, self.scorer)
        keep_series(state, self.scorer)
        if first.operation is Operation.DIFFERENCE:
            _doubt_without_gap(state.interpretations[1:])
        if not self._answers(state):
            self._add_so_far(state)
        typed = None if self._answers(state) else _as_typed(state)
        last = _asked_last(state, self.scorer)
        state.interpretations.sort(
            key=lambda each: (
                each is not typed,
                each is last,
                not (each.is_by_place or each.by_time),
                -each.confidence - (_FIRST_FORM_LEAD if each is first else 0.0),
            )
        )
        if note := note_so_far(state, self.scorer):
            state.notes.append(note)
        return state

    def _answers(self, state: State) -> bool:
        return any(_is_answered(each, self.scorer) for each in state.interpretations)

    def _rank(self, state: State, form: Interpretation) -> None:
        for part in form.parts:
            self._rank_part(state, form, part)
        if state.topic_is_absent:
            for part in form.parts:
                part.confidence = 0.0
        sure_by_wording(form, self.scorer)
        if form.operation is None:
            answer_in_one_place(form.parts, self.scorer)

    def _rank_part(self, state: State, form: Interpretation, part: Part) -> None:
        every = list(part.hits)
        part.found = self.searcher.rerank(part.found, _passages_for(part.parsed))
        query = part.found.query or part.parsed.query(form.filters(state.filters))
        hits = with_named_rows(part.parsed, every, with_openings(self.index, query, part.hits))
        candidates = candidates_in(self.index, query, hits, self.times, self.reader)
        ordered = _read_in_order(self.scorer, self.reader, query, candidates)
        ordered = named_rows_first(part.parsed.searched, ordered)
        part.candidates = newest_first(query, ordered)
        part.confidence = _confidence(self.scorer, query.kind, part, without_rivals(query, ordered))
        if part.candidates and tells_part_of_stretch(part.parsed, part.candidates[0]):
            part.confidence *= _OF_PART_OF_A_STRETCH
        prefer_named_document(self.index, query, part)
        _prefer_spelled_out(part)
        prefer_named_figure(part)
        prefer_counted_row(self.index, part, self.scorer)
        trust_named_section(self.index, part, self.scorer)
        trust_named_cell(part, self.scorer)
        if not form.within:
            _doubt_follow_up(state, part)
        elif of_another_frame(state, part):
            part.confidence *= _OF_ANOTHER_THING

    def _add_so_far(self, state: State) -> None:
        """Ask a question about the running year of the part of it that is told, where that is answered."""
        form = form_so_far(state)
        if form is None:
            return
        for part in form.parts:
            part.found = self.searcher.retrieve(part.parsed.query(form.filters(state.filters)))
        self._rank(state, form)
        if _is_answered(form, self.scorer) and tells_all(form):
            state.interpretations.append(form)


def _is_answered(form: Interpretation, scorer: Scorer) -> bool:
    return any(part.confidence >= scorer.threshold_for(part.parsed) for part in form.parts)


def _asked_last(state: State, scorer: Scorer) -> Interpretation | None:
    """The form asked of the articles just cited, where the last question asked of another thing ("归母净利润呢") is answered."""
    if not names_another_thing(closed_up(state.question.strip())):
        return None
    others = [form for form in state.interpretations if not form.within]
    within = next((form for form in state.interpretations if form.within), None)
    return within if any(_is_answered(form, scorer) for form in others) else None


def _as_typed(state: State) -> Interpretation | None:
    """The form of a follow-up as it was typed, where it can be understood by itself: it is what nothing answers, if nothing does."""
    typed = closed_up(state.question.strip())
    if not state.history or not is_complete(typed, state.history[-1].standalone_question):
        return None
    whole = with_absolute_years(typed, state.today)
    return next((form for form in state.interpretations if form.parsed.text == whole), None)


def _passages_for(question: Question) -> int:
    return PASSAGES if question.value_of_each_place is None else _PASSAGES_OF_PLACES


def _keep_sure_places(state: State, scorer: Scorer) -> None:
    """Of a question asked by place keep the places that are surely answered; drop the form where fewer than two are."""
    for each in [form for form in state.interpretations if form.is_by_place]:
        each.parts = [part for part in each.parts if part.confidence >= scorer.threshold_for(part.parsed)]
        if len(each.parts) < _FEWEST_PLACES:
            state.interpretations.remove(each)


def _read_in_order(
    scorer: Scorer, reader: Reader | None, query: Query, candidates: list[Candidate]
) -> list[Candidate]:
    """Candidates in order of worth; where there is a reader, the first of them read by themselves and put in order again."""
    ordered = scorer.order(candidates)
    if reader is None:
        return ordered
    read_alone(reader, query, ordered[:READ_ALONE])
    return scorer.order_again(ordered, of_figure=query.kind in {Kind.AMOUNT, Kind.SHARE})


def _prefer_spelled_out(part: Part) -> None:
    """Put the sentences in front that spell out an abbreviation which the part asks for."""
    if told := [each for each in part.candidates if spelled_out(part.parsed.searched, each.text)]:
        part.candidates = [*told, *(each for each in part.candidates if each not in told)]
        part.confidence = max(part.confidence, _SPELLED_OUT)


def _doubt_follow_up(state: State, part: Part) -> None:
    """Lower the confidence in what only tells again what was told, or speaks of another thing than the follow-up."""
    if part.parsed.searched.form.is_why_changed and _tells_again(state, part.candidates):
        part.confidence *= _NO_REASON
    if state.brought and not _speaks_of(state.brought, part.candidates):
        part.confidence *= _OF_ANOTHER_THING


def _doubt_without_gap(interpretations: list[Interpretation]) -> None:
    """Lower the confidence in a difference found in so many words where the first sentence tells no difference."""
    for interpretation in interpretations:
        for part in interpretation.parts if interpretation.operation is None else []:
            if part.candidates and not tells_gap(part.parsed, part.candidates[0].text):
                part.confidence *= _NO_GAP


def _tells_again(state: State, candidates: list[Candidate]) -> bool:
    """Whether a "why did it rise" would be answered with the sentence that was just quoted, which gives no reason."""
    if not state.history or not candidates:
        return False
    first = candidates[0].text
    return first in state.history[-1].answer and not gives_a_reason(first)


def _speaks_of(things: frozenset[str], candidates: list[Candidate]) -> bool:
    """Whether the first sentence or what stands above it names one of `things`."""
    if not candidates:
        return True
    first = candidates[0]
    told = fold(f"{first.context} {first.head} {first.text}")
    return any(name in told for thing in things for name in [thing, *synonyms_in(thing).get(thing, ())])


def _confidence(scorer: Scorer, kind: Kind, part: Part, ordered: list[Candidate]) -> float:
    if part.parsed.has_no_topic:
        return 0.0
    if kind is Kind.SUMMARY:
        # No single sentence answers: what counts is whether the articles speak of the topic at all.
        return topic_covered(part.parsed, part.candidates)
    return scorer.confidence_of(ordered)
