"""The sentences of the best passages, each compared with what is asked and read."""

from __future__ import annotations

import numpy as np

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.reading.cell_alone import cell_alone
from assistant.reading.comparison import Comparison
from assistant.reading.sentence_times import SentenceTimes
from assistant.understanding.question import question_of
from corpus.label import label_of
from corpus.language.periods import Period, of_months
from corpus.language.sentences import sentence_spans
from corpus.questions import ANSWER_MARK
from corpus.row_words import Words, in_words, tells_sum
from corpus.table import head_above, is_row
from index.hit import Hit
from index.query import Query
from index.reader.read import Reader, Reading
from index.search import reading_text
from index.store import Index

_FAR_BEHIND = 5.0
_TELLING_SPAN = 2


def candidates_in(
    index: Index, query: Query, hits: list[Hit], times: SentenceTimes, reader: Reader | None = None
) -> list[Candidate]:
    """Candidates from all sentences of `hits`; without a reader its features stay 0."""
    found: list[Candidate] = []
    rows = []
    for rank, hit in enumerate(hits):
        sentences = sentences_of(hit, rank)
        found += sentences
        if sentences:
            rows.append(index.sentence_vectors.of_passage([each.reading_text for each in sentences]))
    if not found:
        return []
    asked = Comparison(index, query, hits)
    best = max(hit.score for hit in hits)
    for candidate, vector in zip(found, np.concatenate(rows), strict=True):
        candidate.periods = _with_sums(
            candidate, times.of(candidate.hit.article.id, candidate.start, candidate.end)
        )
        asked.compare(candidate, float(vector @ asked.vector))
        candidate.features["passage_lead"] = max(candidate.hit.score - best, -_FAR_BEHIND)
    if reader is not None:
        _read(reader, query.question, hits, found)
    return found


def _with_sums(candidate: Candidate, periods: list[Period]) -> list[Period]:
    """The periods of a sentence; a row of a month whose columns hold sums ("累计值") tells of the year up to it too."""
    if not is_row(candidate.text) or not tells_sum(candidate.said):
        return periods
    sums = [
        of_months(each.first.year, 1, each.last.month)
        for each in periods
        if each.first.year == each.last.year and each.first.month > 1
    ]
    return [*periods, *sums]


def _read(reader: Reader, question: str, hits: list[Hit], found: list[Candidate]) -> None:
    """Fill in what the reader sees: its logit for the passage, and how likely the answer lies in the sentence."""
    texts = [reading_text(hit) for hit in hits]
    readings = reader.read(question, texts)
    by_passage: dict[str, tuple[Words, int, Reading, str, float]] = {}
    for hit, text, reading in zip(hits, texts, readings, strict=True):
        # The passage's text ends what is read; what stands before it is its label.
        words = in_words(hit.passage.text, hit.passage.lead)
        label = len(text) - len(words.text)
        start, end, score = reading.best_span(0, label)
        by_passage[hit.passage.id] = (words, label, reading, text[start:end], score)
    best = max(reading.score for reading in readings)
    for candidate in found:
        words, label, reading, titled, titled_score = by_passage[candidate.hit.passage.id]
        begin = candidate.hit.passage.start
        first, last = words.span(candidate.start - begin, candidate.end - begin)
        start, end, score = reading.best_span(first + label, last + label)
        printed = words.printed(start - label, end - label)
        at = candidate.text.find(titled) if len(titled) >= _TELLING_SPAN else -1
        if at >= 0 and titled_score > score:
            # Where the title tells the answer, the sentence that tells the same is what it stands on.
            candidate.reader_span = (candidate.start + at, candidate.start + at + len(titled))
            score = titled_score
        elif end > start and printed is not None:
            candidate.reader_span = (printed[0] + begin, printed[1] + begin)
        candidate.features["reader"] = reading.score / 4
        candidate.features["reader_best"] = (reading.score - best) / 4
        candidate.features["reader_span"] = max(score, -15.0) / 5


def read_alone(reader: Reader, query: Query, candidates: list[Candidate]) -> None:
    """Fill in what the reader makes of each sentence without its neighbours, of a long row of the cell asked for."""
    if not candidates:
        return
    question = question_of(query)
    texts = [cell_alone(question, candidate) or candidate.reading_text for candidate in candidates]
    for candidate, reading in zip(candidates, reader.read(query.question, texts), strict=True):
        candidate.features["reader_alone"] = reading.score / 4


def sentences_of(hit: Hit, rank: int) -> list[Candidate]:
    """The sentences of a hit, without features but that of its rank."""
    passage = hit.passage
    label = label_of(hit.article.title, passage)
    about = f"{label} {hit.article.source} {hit.article.region} {hit.article.date[:4]}"
    result = []
    before = ""
    for start, end in sentence_spans(passage.text):
        if mark := ANSWER_MARK.match(passage.text, start, end):
            start = mark.end()
        text = passage.text[start:end]
        if not text or is_order(text):
            continue
        head = head_above(passage.text, start, passage.lead)
        if head == text:
            # The head itself tells nothing.
            before = text
            continue
        result.append(
            Candidate(
                hit,
                passage.start + start,
                passage.start + end,
                text,
                f"{about} {head or before}",
                head,
                features={"passage_rank": 1 / (1 + rank)},
            )
        )
        # A row tells nothing of the next one: what names the table does.
        before = before if is_row(text) else text
    return result
