"""Where the time of an ingest goes, step by step, in characters a second and as a share of the whole."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus.assemble import assemble
from corpus.block import Draft
from corpus.load import find_files
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.readers import reader_for
from corpus.repair import repair
from index.catalogue import FileRecord
from index.embedding import embedding_text, info_of
from index.store import Index
from index.sync import link_articles

STEPS = ("reading", "repair", "metadata", "splitting", "embedding", "storing")


@dataclass
class StepTimes:
    """Seconds by step, and the characters of the articles that went through."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STEPS, 0.0))
    characters: int = 0

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        """Add the time of the block to a step."""
        begun = time.perf_counter()
        yield
        self.seconds[step] += time.perf_counter() - begun

    def lines(self) -> list[str]:
        """A line a step: characters a second and share."""
        whole = sum(self.seconds.values())
        return [
            f"{step:<10} {self.characters / max(seconds, 1e-9):>12,.0f} characters/s {seconds / whole:>6.1%}"
            for step, seconds in self.seconds.items()
        ]

    @property
    def share_without_embedding(self) -> float:
        """Share of all steps but embedding."""
        return 1 - self.seconds["embedding"] / sum(self.seconds.values())


def time_steps(index: Index, paths: list[Path]) -> StepTimes:
    """Ingest `paths` into an empty index by hand, a step at a time."""
    times = StepTimes()
    for file in find_files(paths):
        with times.of("reading"):
            drafts = [found for found in reader_for(file)(file) if isinstance(found, Draft)]
        # `assemble` repairs and reads metadata; repair alone is timed beside it and taken off.
        begun = time.perf_counter()
        for draft in drafts:
            repair(draft.blocks)
        repairing = time.perf_counter() - begun
        begun = time.perf_counter()
        articles = [found for number, draft in enumerate(drafts) if (found := _article(draft, file, number))]
        times.seconds["metadata"] += max(time.perf_counter() - begun - repairing, 0.0)
        times.seconds["repair"] += repairing
        times.characters += sum(len(article.text) for article in articles)
        _store(index, file, articles, times)
    with times.of("storing"):
        link_articles(index)
    return times


def _article(draft: Draft, file: Path, number: int) -> Article | None:
    try:
        return assemble(draft, file, f"{file}#{number}")
    except Problem:
        return None


def _store(index: Index, file: Path, articles: list[Article], times: StepTimes) -> None:
    by_id = {article.id: article for article in articles}
    with times.of("splitting"):
        passages: list[Passage] = [each for article in articles for each in index.splitter.split(article)]
    with times.of("embedding"):
        vectors = index.embedder.embed_passages(
            [embedding_text(by_id[each.article_id], each) for each in passages]
        )
    with times.of("storing"):
        index.passages.add(passages, {id_: info_of(article) for id_, article in by_id.items()}, vectors)
        index.catalogue.replace_file(FileRecord(str(file), "", [], str(file)), articles, passages)
