"""What every store of passages does: keep them with their vectors, find them by meaning and by words, within filters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import Passage
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.query import Filters

Ranked = list[tuple[str, float]]
"""Ids of passages with a score, best first."""
IDS_A_PAGE = 10_000


@dataclass(frozen=True)
class Within:
    """What a search is kept to.

    Attributes:
        filters: On articles: year, source, region, kind and dates, the chosen sources, and what may be seen (`collections`).
        years: Only passages that speak of one of them, where any are given.
    """

    filters: Filters = field(default_factory=Filters)
    years: tuple[int, ...] = ()


EVERYTHING = Within()


class PassageStore(ABC):
    """The passages of one index, with the vectors of one embedding model. Safe to call from several threads.

    Who may see what is not kept here: the catalogue tells it, so that one place decides. All of it can be made again from
    the catalogue's texts: what a stop or a kill leaves is brought in step by `index.mend`.

    Every method may raise the `Problem` of a server that does not answer; the next call tries again.
    """

    # -- what is stored

    @abstractmethod
    def add(self, passages: Sequence[Passage], articles: Mapping[str, ArticleInfo], vectors: Vectors) -> None:
        """Store passages with their unit vectors [passages, dimensions]; those already there are replaced.

        Args:
            passages: As many as there are.
            articles: Their articles by id.
            vectors: In the order of the passages.
        """

    @abstractmethod
    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""

    @abstractmethod
    def count(self) -> int:
        """How many passages are stored."""

    @abstractmethod
    def id_pages(self, size: int = IDS_A_PAGE) -> Iterator[list[str]]:
        """The ids of all stored passages, at most `size` at a time, each once."""

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        return {id_ for page in self.id_pages() for id_ in page}

    @abstractmethod
    def unreadable(self, ids: Sequence[str]) -> set[str]:
        """Those of `ids` whose vector cannot be had: never stored, or lost."""

    # -- what is found

    @abstractmethod
    def nearest(self, vectors: Vectors, within: Within, most: int) -> list[Ranked]:
        """For each of the unit vectors [questions, dimensions] the nearest passages with their cosine."""

    @abstractmethod
    def cosines(self, vectors: Vectors, ids: Sequence[str]) -> list[dict[str, float]]:
        """For each of the vectors [questions, dimensions] its cosine with the stored vectors of `ids`; unknown ids are left out."""

    @abstractmethod
    def with_words(self, questions: Sequence[Sequence[str]], within: Within, most: int) -> list[Ranked]:
        """For each list of words the passages that hold most of them, by BM25; several with spaces between them are a phrase."""

    @abstractmethod
    def holding_all(
        self, groups: Sequence[Sequence[str]], filters: Filters, most: int
    ) -> list[tuple[str, str]]:
        """Ids of the passages that hold a word or phrase of every group, each with its article's date, the best by BM25 first.

        A year is also held by a passage that speaks of it in other words.
        """

    @abstractmethod
    def passages_with(self, words: Sequence[str]) -> list[int]:
        """In how many passages each word, or phrase, occurs."""

    # -- keeping in step

    @abstractmethod
    def look(self) -> None:
        """Find out whether what is stored can be read.

        Raises:
            Problem: `vectors_broken`, or what is wrong with a server.
        """

    @abstractmethod
    def reopen(self) -> None:
        """See what another process has stored."""

    @abstractmethod
    def follow(self) -> bool:
        """Bring the words in step with the catalogue unless another process is writing; whether they are."""

    @abstractmethod
    def catch_up(self, *, thoroughly: bool = False, at_least: int = 1) -> None:
        """Store the words of all that has changed in the catalogue. The index must be held for writing.

        Args:
            thoroughly: Compare every passage, not only how many there are.
            at_least: Nothing is done while fewer changes wait.
        """

    @abstractmethod
    def delete(self) -> None:
        """Remove all vectors of this store, and let go of it."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""
