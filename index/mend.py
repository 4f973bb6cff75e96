"""Bringing vectors and catalogue together again after a stop, a kill, or the loss of one of their files.

The catalogue decides: vectors that it does not know are removed, and those that are missing are made from its texts,
so that articles whose files are gone are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from corpus.model import Article, Passage
from index.embedding import store_vectors

if TYPE_CHECKING:
    from index.store import Index

Progress = Callable[[int, int, str], None]
_PASSAGES_AT_ONCE = 64
_LOOKED_AT = 32
_KEEPS_SENTENCES = "keeps_sentences"


def mend(index: Index, *, thoroughly: bool = False, progress: Progress | None = None) -> set[str]:
    """Make vectors and catalogue agree; ids of the passages whose vectors were made again. `writing` must hold.

    `thoroughly` asks for every vector, which finds what a kill in the midst of Chroma's writing left, or the loss of
    Chroma's graph; it is done by itself where one of some vectors cannot be had.
    """
    in_catalogue, in_vectors, in_sentences = (
        index.catalogue.all_passage_ids(),
        index.passages.ids(),
        index.sentences.ids(),
    )
    some = sorted(in_vectors)[:: max(1, len(in_vectors) // _LOOKED_AT)]
    if thoroughly or index.passages.unreadable(some):
        lost = index.passages.unreadable(sorted(in_vectors))
        index.passages.remove(lost)
        in_vectors -= lost
    index.stores.remove((in_vectors | in_sentences) - in_catalogue)
    index.passages.catch_up(thoroughly=thoroughly)
    missing = in_catalogue - in_vectors
    if _keeps_sentences(index, in_sentences):
        missing |= in_catalogue - in_sentences
    return embed_again(index, missing, progress)


def embed_again(index: Index, ids: set[str], progress: Progress | None = None) -> set[str]:
    """Make the vectors of these passages from the texts in the catalogue; ids of those that it holds."""
    progress = progress or (lambda done, total, name: None)
    done: set[str] = set()
    waiting = iter(sorted(ids))
    while part := list(islice(waiting, _PASSAGES_AT_ONCE)):
        found = [passage for passage, _ in index.catalogue.passages(part).values()]
        articles: dict[str, Article] = {}
        passages: list[Passage] = []
        for passage in found:
            if passage.article_id not in articles:
                article = index.catalogue.article(passage.article_id)
                if article is None:
                    continue
                articles[passage.article_id] = article
            passages.append(passage)
        if passages:
            progress(len(done), len(ids), articles[passages[0].article_id].title)
            store_vectors(index.embedder, index.stores, passages, articles)
        done |= {passage.id for passage in passages}
    progress(len(ids), len(ids), "")
    return done


def _keeps_sentences(index: Index, present: set[str]) -> bool:
    """Whether the model gives vectors of sentences, which shows in those that are or were there."""
    if index.catalogue.meta(_KEEPS_SENTENCES):
        return True
    if present:
        index.catalogue.set_meta(_KEEPS_SENTENCES, "1")
    return bool(present)
