"""Making an index anew from the texts that its catalogue holds: for another splitter, layout or embedding model.

Nothing is read from files, which may be gone. Articles are done a few at a time and taken off a list in the same
transaction, so that a renewal that is stopped goes on where it was. With the same model the vectors are replaced
article by article and searches go on meanwhile; those of another model are put beside the present ones and take their
place when all are there.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.load import split_articles
from corpus.model import Article, Passage
from corpus.problem import Problem
from index.embedding import Stores, store_vectors
from index.keyword_search import WORDS_AT_ONCE

if TYPE_CHECKING:
    from index.store import Index

Progress = Callable[[int, int, str], None]
_log = logging.getLogger(__name__)
_PASSAGES_AT_ONCE = 64
_LAYOUT_OF_VECTORS = ("layout", "splitter")


def is_due(index: Index, *, thoroughly: bool = True) -> bool:
    """Whether the index differs from what would be made now, or a renewal was begun and not finished.

    Unless `thoroughly`, the model is not loaded: one of the same name is taken to make the same vectors, as long as no
    search found out otherwise.
    """
    if index.differences() or index.catalogue.renewal.target():
        return True
    return (thoroughly or index.other_model_was_wanted()) and _is_of_other_embedder(index)


def renew(index: Index, progress: Progress | None = None) -> int:
    """Make passages and vectors of all articles anew where that is due; how many articles. `writing` must hold.

    Ctrl-C ends it between articles; the next call goes on there.
    """
    if not is_due(index):
        return 0
    catalogue, target = index.catalogue, index.target()
    made_with = {name: catalogue.meta(name) for name in target}
    same_vectors = made_with["embedder"] in {None, target["embedder"]}
    if same_vectors and not catalogue.renewal.target() and not _differ(made_with, target):
        # Only the name of the model is another: its vectors are the same.
        catalogue.renewal.end(target)
        return 0
    begun_for = catalogue.renewal.target()
    if begun_for != target:
        if begun_for:
            _drop_set_begun(index, begun_for)
        catalogue.renewal.begin(target)
    set_name = "" if same_vectors else _set_name(target["embedder"])
    passages, sentences = (index.passages, index.sentences) if same_vectors else index.stores_of(set_name)
    stores = Stores(passages, sentences)
    done = _renew_all(
        index, stores, replaces=same_vectors, progress=progress or (lambda done, total, name: None)
    )
    if same_vectors:
        catalogue.renewal.end(target)
    else:
        stale = (passages.ids() | sentences.ids()) - catalogue.all_passage_ids()
        stores.remove(stale)
        catalogue.renewal.end({**target, "vectors_of": set_name})
        index.use_vectors_of(set_name, passages, sentences)
    return done


def _renew_all(index: Index, stores: Stores, *, replaces: bool, progress: Progress) -> int:
    left = index.catalogue.renewal.article_ids()
    done = 0
    for articles in _few_at_once(index, left):
        progress(done, len(left), articles[0].title)
        passages = {article.id: _cut(index, article) for article in articles}
        old = {each.id for article in articles for each in index.catalogue.passages_of(article.id)}
        new = [passage for each in passages.values() for passage in each]
        by_id = {article.id: article for article in articles}
        for start in range(0, len(new), _PASSAGES_AT_ONCE):
            store_vectors(index.own_embedder, stores, new[start : start + _PASSAGES_AT_ONCE], by_id)
        index.catalogue.renew(passages)
        index.passages.catch_up(at_least=WORDS_AT_ONCE)
        if replaces:
            stores.remove(old - {passage.id for passage in new})
        done += len(articles)
    progress(len(left), len(left), "")
    return done


def _few_at_once(index: Index, ids: Iterable[str]) -> Iterator[list[Article]]:
    """Articles with about as many passages together as are embedded at once."""
    few: list[Article] = []
    length = 0
    for article_id in ids:
        article = index.catalogue.article(article_id)
        if article is None:
            continue
        few.append(article)
        length += len(article.text)
        if length >= _PASSAGES_AT_ONCE * index.splitter.target:
            yield few
            few, length = [], 0
    if few:
        yield few


def _cut(index: Index, article: Article) -> list[Passage]:
    """The article's passages; those that it has where it cannot be cut, so that one article stops no other."""
    article = article.model_copy(update={"layout": index.catalogue.layout(article.id)})
    try:
        return [passage for passages in split_articles(index.splitter, [article]) for passage in passages]
    except Problem as problem:
        _log.warning("%s keeps its passages: %s", article.id, problem)
        return index.catalogue.passages_of(article.id)


def _differ(made_with: dict[str, str | None], target: dict[str, str]) -> bool:
    return any(made_with[name] != target[name] for name in _LAYOUT_OF_VECTORS)


def _is_of_other_embedder(index: Index) -> bool:
    made_with = index.catalogue.meta("embedder")
    return made_with is not None and made_with != index.own_embedder.fingerprint


def _set_name(embedder: str) -> str:
    return hashlib.sha256(embedder.encode()).hexdigest()[:12]


def _drop_set_begun(index: Index, begun_for: dict[str, str]) -> None:
    """Remove the vectors that a renewal for a third model left."""
    name = _set_name(begun_for["embedder"])
    if begun_for["embedder"] == index.catalogue.meta("embedder") or name == index.catalogue.meta(
        "vectors_of"
    ):
        return
    passages, sentences = index.stores_of(name)
    passages.delete()
    sentences.close()
    index.remove_set(name)
