"""Which sentences are quoted for a part of a question: one, or what it announces, belongs to, or leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answering.gather import in_more_detail, over_articles
from assistant.answering.listed import announced_items, announcing, items_beside, items_of_section
from assistant.answering.sentence_after import exception_after, reason_after
from assistant.answering.short_answer import FIGURE_KINDS
from assistant.answering.summary import summary
from assistant.answering.worked_out import same_place
from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.reading.sentence_times import SentenceTimes
from assistant.reading.table_rows import narrowed
from assistant.reading.word_weights import WordWeights
from assistant.state import Part
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.rows import rows_in
from corpus.language.sentences import cut_positions, sentence_spans
from corpus.table import is_row
from index.kinds import Kind
from index.query import Query
from index.question_heads import heads
from index.store import Index

_TOLD_IN_ITEMS = frozenset([Kind.LIST, Kind.HOW, Kind.OTHER])
"""Kinds of questions (steps, conditions, parts) that all items of an announced list answer."""
_TOLD_IN_ONE = frozenset([Kind.AMOUNT, Kind.SHARE, Kind.DATE, Kind.BODY, Kind.PERSON])
"""Kinds of questions that one sentence answers."""
_AS_GOOD = 0.6
"""How far behind the first another sentence may be that answers as likely: of such firsts on three corpora half were wrong."""
_AFTER = {Kind.REASON: reason_after, Kind.YES_NO: exception_after}
"""What of the next sentence belongs to an answer."""
_LONG = 200
_NEAR_ENOUGH = 2.5
_NEAR_WHEN_PLAIN = 6.0
_WORTH_A_SENTENCE = 0.18
_WORTH_WHEN_PLAIN = 0.08
_ANNOUNCES = re.compile(
    r"[两二三四五六七八九十\d]{1,6}(?:大|个|项|层|类|种|条|方面)[^，,、；;：:]{0,12}(?:[，,][^，,、；;：:]{0,14})?[。：:]?$|[：:]$|如下[。：:]?$"
)
_LONGEST_LIST = 220
_IN_NAMED_SECTION = 5
_FEWEST_OF_A_ROW = 3
_CONDITION = "condition"
_SURELY_CONDITIONS = 0.6
"""From which likelihood a question asks for conditions, which are a list as a rule."""
_SURE_ALONE = 0.8
"""From which confidence the first sentence is quoted alone."""


@dataclass(frozen=True)
class Chooser:
    """Chooses what is quoted for a part of a question.

    Attributes:
        index: Where the articles stand.
        scorer: Tells how sure one may be of a sentence.
        times: The times that sentences speak of.
    """

    index: Index
    scorer: Scorer
    times: SentenceTimes

    def __call__(self, part: Part, *, alone: bool, more: bool) -> list[Candidate]:
        """The sentences to quote, the one that answers first, items of a list in their order.

        Args:
            part: A part of the question, answered, its candidates best first.
            alone: Whether the question has no other part.
            more: Whether more of what was told before is wanted.
        """
        query = part.found.query or Query(question=part.question)
        first = part.candidates[0]
        if first.is_whole:
            return [first]
        if query.kind is Kind.SUMMARY and (items := self._items(part, first)):
            return items
        if query.kind is Kind.SUMMARY:
            return summary(self.index, self.times, part.parsed, part.candidates)
        if more:
            return in_more_detail(part.candidates)
        if part.parsed.is_over_articles and not _announces(first):
            chosen = over_articles(part.candidates)
            return [shortened(candidate, part.parsed) for candidate in chosen]
        if items := self._items(part, first):
            return items
        first = self.narrowed(part, self._with_what_it_announces(part, first))
        chosen = [first]
        if alone and (part.parsed.asks_several or query.kind in {Kind.LIST, Kind.COMPARE}):
            second = self._completing(part, first)
            if second is not None:
                chosen.append(second)
        if (after := _AFTER.get(query.kind)) and (further := after(first, self._text_of(first))):
            chosen.append(further)
        return [shortened(candidate, part.parsed) for candidate in chosen]

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
        asks = _announces(first) or (_asks_a_list(part, kind) and not _tells_a_row(first.text))
        return _with_what_it_announces(first, self._text_of(first)) if asks else first

    def narrowed(self, part: Part, candidate: Candidate) -> Candidate:
        """A long row of a table cut down to the cell asked for."""
        if not is_row(candidate.text) or part.parsed.kind not in FIGURE_KINDS:
            return candidate
        return narrowed(part.parsed, candidate, self._text_of(candidate))

    def _text_of(self, candidate: Candidate) -> str:
        article = self.index.catalogue.article(candidate.hit.article.id)
        return article.text if article is not None else ""

    def lead_of(self, first: Candidate) -> Candidate | None:
        """The sentence that announces the list which a sentence is an item of: what is asked for, allowed or forbidden stands there."""
        return None if first.is_whole or is_row(first.text) else announcing(first, self._text_of(first))

    def rival(self, part: Part, first: Candidate) -> Candidate | None:
        """A sentence of the same article that may as well be what is asked for; None where the first is surely better."""
        if part.confidence >= _SURE_ALONE:
            return None
        if part.parsed.kind not in _TOLD_IN_ONE or first.is_whole or is_row(first.text):
            return None
        for each in part.candidates[1:_IN_NAMED_SECTION]:
            lost = part.candidates[0].score - each.score
            if not 0 <= lost < _AS_GOOD:
                return None
            is_near = each.hit.article.id == first.hit.article.id and not same_place(each, first)
            is_sure = self.scorer.confidence_of([each]) >= self.scorer.threshold_for(part.parsed)
            if is_near and is_sure and not is_row(each.text) and not contradicts(each):
                return each
        return None

    def _completing(self, part: Part, first: Candidate) -> Candidate | None:
        """The sentence that covers what of the question the first leaves open."""
        weight = WordWeights(self.index)
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


def _tells_a_row(text: str) -> bool:
    """Whether the things counted stand in the sentence itself: "甲、乙和丙三个产业"."""
    return any(len(row) >= _FEWEST_OF_A_ROW for row in rows_in(text))


def _announces(candidate: Candidate) -> bool:
    return candidate.text.rstrip().endswith(("：", ":"))


def _asks_a_list(part: Part, kind: Kind) -> bool:
    """Whether it asks for things in a row, or for the steps of something."""
    form = part.parsed.form
    if kind is Kind.OTHER and heads().read(part.parsed.text)[_CONDITION] >= _SURELY_CONDITIONS:
        return True
    return kind in {Kind.LIST, Kind.HOW} or form.is_which_few or form.count_asked is not None


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


def shortened(candidate: Candidate, question: Question) -> Candidate:
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
