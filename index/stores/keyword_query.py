"""What tantivy is asked: words by BM25, within years, sources, regions and what may be seen."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tantivy import Occur, Query, Schema, SchemaBuilder, Searcher

from index.query import Filters

_YEAR = re.compile(r"(?:19|20)\d{2}")
_LEAST = 1e-6
"""The weight of a word that half of the passages hold: it says nothing, and still finds them where no other does."""
_SIGHTS_REMEMBERED = 16
"""Sets of articles whose query is kept: building one of many ids takes long."""


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    for name in ("article", "years", "year", "source", "region"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()
"""`words` are a passage's own, `years` those it speaks of, `year` that of its article's date."""


@dataclass(frozen=True)
class Articles:
    """Ids of articles that alone may be found, or with `hidden` of those that may not."""

    ids: frozenset[str]
    hidden: bool = False

    def holds(self, article: str) -> bool:
        """Whether this article may be found."""
        return (article in self.ids) != self.hidden


def words_query(searcher: Searcher, question_words: Sequence[str]) -> Query | None:
    """Passages with any of the words or phrases, by BM25 (k1 1.2, b .75); None where none is given.

    tantivy weighs a word by ln(1 + (N - n + .5) / (n + .5)), which is above 0 also for those that all passages hold, and a
    phrase by the sum of its words; each is brought to the weight of Robertson and Spärck Jones, without the 1, of its own count.
    """
    parts = []
    total = searcher.num_docs
    for each in dict.fromkeys(" ".join(word.split()) for word in question_words):
        if not each:
            continue
        query = count_query(each)
        counts = [searcher.doc_freq("words", word) for word in each.split(" ")]
        held = counts[0] if len(counts) == 1 else count_of(searcher, query)
        if held:
            own = sum(_tantivy_weight(count, total) for count in counts)
            parts.append((Occur.Should, Query.boost_query(query, _weight(held, total) / own)))
    return Query.boolean_query(parts) if parts else None


def holding_query(searcher: Searcher, groups: Sequence[Sequence[str]]) -> Query | None:
    """Passages with a word or phrase of every group, by BM25; a year is also held by those that speak of it. None where a group has none."""
    required = []
    for group in groups:
        alternatives = [(Occur.Should, query)] if (query := words_query(searcher, group)) else []
        if years := [word for word in group if _YEAR.fullmatch(word)]:
            alternatives.append((Occur.Should, _any_of("years", years)))
        if not alternatives:
            return None
        required.append((Occur.Must, Query.boolean_query(alternatives)))
    return Query.boolean_query(required) if required else None


def count_of(searcher: Searcher, query: Query) -> int:
    """How many passages a query finds."""
    result: Any = searcher.search(query, 1)  # tantivy's types leave `count` out
    return int(result.count or 0)


def count_query(word: str) -> Query:
    """Passages that hold a word, or a phrase of several with spaces between them."""
    parts = word.split()
    if len(parts) > 1:
        return Query.phrase_query(SCHEMA, "words", list(parts))
    return Query.term_query(SCHEMA, "words", word)


def matching(query: Query, filters: Filters, years: Sequence[int], articles: Articles | None) -> Query:
    """`query` kept to what meets the filters and may be seen; the scores stay."""
    parts = [(Occur.Must, query)]
    for name, values in (
        ("years", years),
        ("year", filters.years),
        ("source", filters.sources),
        ("region", filters.regions),
    ):
        if values:
            parts.append((Occur.Must, _any_of(name, [str(value) for value in values])))
    if articles is not None:
        occur = Occur.MustNot if articles.hidden else Occur.Must
        parts.append((occur, _of_articles(articles)))
    return Query.boolean_query(parts) if len(parts) > 1 else query


def _any_of(name: str, values: list[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(SCHEMA, name, values), 0.0)


@lru_cache(_SIGHTS_REMEMBERED)
def _of_articles(articles: Articles) -> Query:
    return _any_of("article", sorted(articles.ids))


def _weight(held: int, total: int) -> float:
    return max(math.log((max(total - held, 0) + 0.5) / (held + 0.5)), _LEAST)


def _tantivy_weight(held: int, total: int) -> float:
    return math.log(1 + (max(total - held, 0) + 0.5) / (held + 0.5))
