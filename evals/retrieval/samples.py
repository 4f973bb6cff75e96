"""The hits of every question of a data set with their features, which fitting and measuring share."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from assistant.service import open_index
from assistant.settings import Settings
from assistant.understanding.dates import with_absolute_years
from evals.retrieval.datasets import Asked, Dataset, plain
from evals.retrieval.plain import PlainSearch
from index.features import FEATURES, RERANKER_FEATURES
from index.hit import Hit
from index.mix import Mix
from index.query import read_query
from index.rerankers.base import Reranker
from index.search import Searcher, read_hits, reading_text
from index.store import Index
from index.sync import ingest

KEPT = 80
READ = 24
_KEPT_OF_PLAIN = 60
"""Hits a question whose features are kept, and how many of them are read: more than a search reads, to try weights."""
READERS = np.array([name in RERANKER_FEATURES for name in FEATURES])


class RememberingReranker:
    """A reranker whose logits are kept in a file, so that another mix is tried without reading all again."""

    def __init__(self, reranker: Reranker, folder: Path) -> None:
        self.fingerprint = reranker.fingerprint
        self._reranker = reranker
        self._file = folder / f"{self.fingerprint.replace('/', '-')}.pickle"
        self._known: dict[str, float] = pickle.loads(self._file.read_bytes()) if self._file.exists() else {}

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """See `Reranker`."""
        keys = [hashlib.sha256(f"{question}\0{text}".encode()).hexdigest()[:20] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        self._known.update(zip(new, self._reranker.scores(question, list(new.values())), strict=True))
        return [self._known[key] for key in keys]

    def save(self) -> None:
        """Write what is known."""
        self._file.write_bytes(pickle.dumps(self._known))


@dataclass
class Ranked:
    """A ranking of one question: what each rank is right for, its key (article), its characters and references held."""

    right: list[bool] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    characters: list[int] = field(default_factory=list)
    references: list[set[int]] = field(default_factory=list)

    def add(self, asked: Asked, key: str, text: str) -> None:
        """The next rank."""
        flat = plain(text) if asked.references else ""
        self.right.append(asked.right(key, text))
        self.keys.append(key)
        self.characters.append(len(text))
        self.references.append({n for n, each in enumerate(asked.references) if each in flat})


@dataclass
class Sample:
    """A question's hits in the order of the first ranking, `features` [hits, len(FEATURES)], and the plain rankings."""

    dataset: str
    asked_id: str
    question: str
    type: str
    features: np.ndarray
    hits: Ranked
    plain: dict[str, Ranked]
    references: int
    arms: dict[str, Ranked] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def read(self) -> Sample:
        """The sample with the hits that the reranker read."""
        hits = Ranked(
            self.hits.right[:READ],
            self.hits.keys[:READ],
            self.hits.characters[:READ],
            self.hits.references[:READ],
        )
        return replace(self, features=self.features[:READ], hits=hits)


def collect(
    dataset: Dataset,
    settings: Settings,
    work: Path,
    reranker: Reranker | None,
    progress: Callable[[int, int], None],
    mix: Mix | None = None,
) -> list[Sample]:
    """Index the data set under `work` (once), ask every question, and keep features of the first `KEPT` hits, of which the reranker reads `READ`."""
    index = open_index(settings.model_copy(update={"index": work / dataset.name}))
    ingest(index, dataset.paths)
    articles = {info.id: info for info in index.catalogue.articles()}
    keys = {id_: dataset.key(info) for id_, info in articles.items()}
    plain_search = PlainSearch(_all(index), index.embedder, work / f"{dataset.name}-plain.npz")
    searcher = Searcher(index, None, mix)
    samples = []
    for number, asked in enumerate(dataset.asked):
        progress(number, len(dataset.asked))
        question = with_absolute_years(asked.question, asked.today) if asked.today else asked.question
        query = read_query(question, today=asked.today)
        found = searcher.find(query, 400)
        hits = _first_of_article(found.hits) if dataset.by_article else found.hits
        hits = hits[:KEPT]
        if reranker is not None:
            read_hits(reranker, question, hits[:READ])
        ranked = Ranked()
        for hit in hits:
            ranked.add(asked, keys[hit.article.id], hit.passage.text)
        samples.append(
            Sample(
                dataset.name,
                asked.id,
                question,
                asked.type,
                np.array([[hit.features.get(name, 0.0) for name in FEATURES] for hit in hits]),
                ranked,
                _plain(dataset, asked, plain_search, keys, question),
                len(asked.references),
                texts=[f"{hit.article.date} {reading_text(hit)}" for hit in hits[:8]],
            )
        )
    index.close()
    return samples


def _all(index: Index) -> list:
    found = (index.catalogue.article(info.id) for info in index.catalogue.articles())
    return [article for article in found if article is not None]


def _first_of_article(hits: list[Hit]) -> list[Hit]:
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.article.id, hit)
    return list(first.values())


def _plain(
    dataset: Dataset, asked: Asked, search: PlainSearch, keys: dict[str, str], question: str
) -> dict[str, Ranked]:
    rankings = {}
    for name, numbers in search.search(question, _KEPT_OF_PLAIN).items():
        ranked = Ranked()
        seen: set[str] = set()
        for number in numbers:
            article = search.article_of[number]
            if dataset.by_article and article in seen:
                continue
            seen.add(article)
            ranked.add(asked, keys[article], search.texts[number])
        rankings[name] = ranked
    return rankings


def save(samples: list[Sample], file: Path) -> None:
    """Keep samples."""
    file.write_bytes(pickle.dumps(samples))


def load_samples(file: Path) -> list[Sample]:
    """Samples kept by `save` on this machine."""
    return list(pickle.loads(file.read_bytes()))
