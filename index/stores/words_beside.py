"""A store whose words lie in tantivy's folder beside it (`index.keyword_search`)."""

from __future__ import annotations

from collections.abc import Sequence

from index.keyword_search import KeywordSearch
from index.query import Filters
from index.stores.base import PassageStore, Ranked, Within


class WithWordsBeside(PassageStore):
    """All that is asked for by words is asked of the catalogue's `KeywordSearch`."""

    def __init__(self, words: KeywordSearch) -> None:
        self._words = words

    def with_words(self, questions: Sequence[Sequence[str]], within: Within, most: int) -> list[Ranked]:
        """As `PassageStore.with_words`."""
        return [
            self._words.search(list(each), within.filters, list(within.years), most) for each in questions
        ]

    def holding_all(
        self, groups: Sequence[Sequence[str]], filters: Filters, most: int
    ) -> list[tuple[str, str]]:
        """As `PassageStore.holding_all`."""
        return self._words.holding_all([list(group) for group in groups], filters, most)

    def passages_with(self, words: Sequence[str]) -> list[int]:
        """As `PassageStore.passages_with`."""
        return [self._words.passages_with(word) for word in words]

    def follow(self) -> bool:
        """As `PassageStore.follow`."""
        return self._words.follow()

    def catch_up(self, *, thoroughly: bool = False, at_least: int = 1) -> None:
        """As `PassageStore.catch_up`."""
        self._words.catch_up(thoroughly=thoroughly, at_least=at_least)
