"""The collection of an index's passages in Milvus: its fields, a passage as a row of it, filters and words as expressions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pymilvus import DataType, Function, FunctionType, MilvusClient

from corpus.model import Passage
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.passage_words import words_of
from index.stores.base import Within
from index.stores.keyword_query import Articles

_LONGEST = 65_535
"""Bytes of a text field, the most that Milvus allows."""
_LONGEST_ID = 512
_MOST_YEARS = 4096
_NEIGHBOURS, _LOOKED_AT_TO_BUILD = 16, 200
_K1, _B = 1.2, 0.75
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PLAIN = re.compile(r"[^\W_]")


def make_collection(client: MilvusClient, name: str, dimensions: int, timeout: float) -> None:
    """Make the collection with its indexes and have it in memory; nothing happens where it is there."""
    if client.has_collection(name, timeout=timeout):
        return
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=_LONGEST_ID)
    schema.add_field("article_id", DataType.VARCHAR, max_length=_LONGEST_ID)
    schema.add_field("date", DataType.VARCHAR, max_length=_LONGEST_ID)
    schema.add_field("year", DataType.INT64)
    schema.add_field("source", DataType.VARCHAR, max_length=_LONGEST)
    schema.add_field("region", DataType.VARCHAR, max_length=_LONGEST)
    schema.add_field("years", DataType.ARRAY, element_type=DataType.INT64, max_capacity=_MOST_YEARS)
    schema.add_field(
        "words",
        DataType.VARCHAR,
        max_length=_LONGEST,
        enable_analyzer=True,
        enable_match=True,
        analyzer_params={"tokenizer": "standard"},
    )
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimensions)
    schema.add_field("weights", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(Function("bm25", FunctionType.BM25, ["words"], ["weights"]))
    indexes = client.prepare_index_params()
    indexes.add_index(
        "vector",
        index_type="HNSW",
        metric_type="COSINE",
        params={"M": _NEIGHBOURS, "efConstruction": _LOOKED_AT_TO_BUILD},
    )
    indexes.add_index(
        "weights",
        index_type="SPARSE_INVERTED_INDEX",
        metric_type="BM25",
        params={"bm25_k1": _K1, "bm25_b": _B},
    )
    client.create_collection(name, schema=schema, index_params=indexes, timeout=timeout)


def row_of(passage: Passage, article: ArticleInfo, vector: Vectors) -> dict[str, Any]:
    """A passage with its vector [dimensions] as the values of a row."""
    own = words_of(passage, article.title)
    return {
        "id": passage.id,
        "article_id": article.id,
        "date": article.date,
        "year": article.year or 0,
        "source": _cut(article.source),
        "region": _cut(article.region),
        "years": list(passage.years)[:_MOST_YEARS],
        "words": _cut(coded(" ".join((own.heading, own.body, own.title)).split())),
        "vector": vector.tolist(),
    }


def _cut(text: str) -> str:
    """As much of a text as a field takes."""
    return text.encode()[:_LONGEST].decode(errors="ignore")


def coded(words: Iterable[str]) -> str:
    """Words with spaces between them, in letters and digits alone: Milvus's tokenizer takes a word apart at every other sign.

    "3.5%" is one word here, as it is wherever words are searched.
    """
    return " ".join("".join(map(_coded_sign, word)) for word in words)


def _coded_sign(sign: str) -> str:
    return sign if _PLAIN.match(sign) else f"u{ord(sign):04x}"


def words_in(groups: Iterable[str]) -> list[str]:
    """Single words, each once, of words and phrases."""
    return list(dict.fromkeys(word for group in groups for word in group.split()))


def holds(phrase: str) -> str:
    """An expression for the passages that hold a word, or all words of a phrase."""
    return " and ".join(f"TEXT_MATCH(words, '{coded([word])}')" for word in phrase.split())


def holds_of_each(groups: Sequence[Sequence[str]]) -> str:
    """An expression for the passages that hold a word or phrase of every group; empty where a group has none."""
    required = []
    for group in groups:
        alternatives = [f"({holds(each)})" for each in group if each.split()]
        if years := [int(each) for each in group if _YEAR.fullmatch(each)]:
            alternatives.append(f"ARRAY_CONTAINS_ANY(years, {years})")
        if not alternatives:
            return ""
        required.append(f"({' or '.join(alternatives)})")
    return " and ".join(required)


def expression_of(within: Within, sight: Articles | None) -> str:
    """What passages must meet; empty for all.

    Args:
        within: The filters, of which the catalogue has worked out some.
        sight: The articles that may be found, or those that may not, as the catalogue says.
    """
    filters = within.filters
    clauses = [
        f"{name} in {_listed(values)}"
        for name, values in (
            ("year", filters.years),
            ("source", filters.sources),
            ("region", filters.regions),
        )
        if values
    ]
    if within.years:
        clauses.append(f"ARRAY_CONTAINS_ANY(years, {_listed(list(within.years))})")
    if sight is not None and (sight.ids or not sight.hidden):
        clauses.append(f"article_id {'not in' if sight.hidden else 'in'} {_listed(sorted(sight.ids))}")
    return " and ".join(clauses)


def _listed(values: Sequence[int] | Sequence[str]) -> str:
    """Values as Milvus's expressions write a list; text in JSON's quotes, which its own are."""
    return json.dumps(list(values), ensure_ascii=False)
