"""How likely a question is answered from passages that are known already: without a search, at a tenth of a question's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.reading.candidates import candidates_in, read_alone
from assistant.reading.rank import READ_ALONE, Scorer
from assistant.reading.sentence_times import SentenceTimes
from index.hit import Hit
from index.query import read_query
from index.reader.read import Reader
from index.store import Index


@dataclass(frozen=True)
class Preview:
    """What would be answered: the sentence, and how sure one may be of it, 0 to 1."""

    sentence: str
    confidence: float


class Previewer:
    """Reads a question against given passages as answering does.

    Args:
        index: where the passages are.
        scorer: orders the sentences and tells how sure one may be.
        reader: reads the passages.
        times: of the sentences.
    """

    def __init__(self, index: Index, scorer: Scorer, reader: Reader, times: SentenceTimes) -> None:
        self._index = index
        self._scorer = scorer
        self._reader = reader
        self._times = times

    def preview(self, question: str, passages: list[str], today: date) -> Preview:
        """What the passages answer.

        Args:
            question: a complete question.
            passages: ids, best first; unknown ones are left out.
            today: from which "去年" is counted.

        Returns:
            The best sentence; an empty one of no confidence where the passages hold none.
        """
        known = self._index.catalogue.passages(passages)
        hits = [
            Hit(passage=known[each][0], article=known[each][1], score=-float(rank))
            for rank, each in enumerate(passages)
            if each in known
        ]
        query = read_query(question, today=today)
        ordered = self._scorer.order(candidates_in(self._index, query, hits, self._times, self._reader))
        if not ordered:
            return Preview("", 0.0)
        read_alone(self._reader, query, ordered[:READ_ALONE])
        ordered = self._scorer.order_again(ordered)
        return Preview(ordered[0].text, self._scorer.confidence_of(ordered))
