"""Articles stored anew from their texts in the catalogue, as corrections have them.

No file is read, which may be gone, or a scan that takes long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from corpus.file_contents import READING
from corpus.model import Article
from corpus.problem import Problem
from index.file_store import IngestReport, store_file
from index.store import Index
from index.sync import link_articles, read_file_again


def articles_there(index: Index, article_ids: Iterable[str]) -> list[Article]:
    """Those of the articles that are in the index, each once and in order."""
    articles = (index.catalogue.article(id_) for id_ in dict.fromkeys(article_ids))
    return [article for article in articles if article is not None]


def store_files_again(
    index: Index, files: Iterable[str], change: Callable[[Article], Article] = lambda article: article
) -> None:
    """Store the articles of some files anew; `writing` must hold.

    Args:
        index: The index.
        files: Paths as the catalogue has them.
        change: Is given every article of the files and gives what is stored in its place.
    """
    for file in sorted(set(files)):
        record = index.catalogue.file(file)
        if record is None:
            continue
        if record.reading != READING and Path(file).is_file():
            # An earlier version read it, which must not count as read now.
            read_file_again(index, file)
            continue
        contents: list[Article | Problem] = [
            change(article.model_copy(update={"layout": index.catalogue.layout(article.id)}))
            for article in articles_there(index, index.catalogue.article_ids_of_file(file))
        ]
        contents += [_problem(each) for each in record.problems]
        store_file(index, Path(file), record.digest, record.key, IngestReport(), lambda share: None, contents)
    link_articles(index)


def _problem(recorded: Mapping[str, object]) -> Problem:
    fields = {name: value for name, value in recorded.items() if name != "code"}
    return Problem(str(recorded["code"]), **fields)
