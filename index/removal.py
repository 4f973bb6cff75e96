"""Articles taken out by hand, which no later ingest brings back, and brought back by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.problem import Problem
from index.catalogue.corrections import REMOVED
from index.store import Index
from index.stored_again import articles_there, store_files_again
from index.sync import read_file_again, writing


def is_file_of_removed(index: Index, file: Path) -> bool:
    """Whether an article of this file was taken out."""
    return bool(index.catalogue.removed_of_file(str(file.resolve())))


def remove_articles(index: Index, article_ids: Iterable[str]) -> list[str]:
    """Take several articles out and keep them out; their files stay as they are.

    Returns:
        The ids of those that were there.

    Raises:
        Problem: `index_busy`.
    """
    with writing(index):
        removed = articles_there(index, article_ids)
        for article in removed:
            index.catalogue.correct(article.id, {REMOVED: article.file})
        store_files_again(index, (article.file for article in removed))
    return [article.id for article in removed]


def restore_articles(index: Index, article_ids: Iterable[str]) -> list[str]:
    """Bring removed articles back from their files.

    One whose file is gone, or holds it no more, stays among the removed, to be brought back when that is there again.

    Returns:
        The ids of those that came back.

    Raises:
        Problem: `index_busy`.
    """
    ids = list(dict.fromkeys(article_ids))
    with writing(index):
        corrections = index.catalogue.corrections()
        files = {id_: corrections.get(id_, {}).get(REMOVED, "") for id_ in ids}
        files = {id_: file for id_, file in files.items() if file and Path(file).is_file()}
        for id_ in files:
            index.catalogue.forget_corrections(id_, [REMOVED])
        try:
            for file in dict.fromkeys(files.values()):
                read_file_again(index, file)
        finally:
            back = [article.id for article in articles_there(index, files)]
            for id_ in files.keys() - set(back):
                index.catalogue.correct(id_, {REMOVED: files[id_]})
    return back


def remove_article(index: Index, article_id: str) -> None:
    """Take one article out (`remove_articles`).

    Raises:
        Problem: `no_such_article`, `index_busy`.
    """
    if not remove_articles(index, [article_id]):
        raise Problem("no_such_article", article=article_id)


def restore_article(index: Index, article_id: str) -> None:
    """Bring one removed article back (`restore_articles`).

    Raises:
        Problem: `no_such_article` when none of that id was removed, `no_such_path` when its file is gone,
            `article_not_in_file` when that holds it no more, `index_busy`.
    """
    file = index.catalogue.corrections().get(article_id, {}).get(REMOVED)
    if file is None:
        raise Problem("no_such_article", article=article_id)
    if not restore_articles(index, [article_id]):
        code = "article_not_in_file" if Path(file).is_file() else "no_such_path"
        raise Problem(code, file=file)
