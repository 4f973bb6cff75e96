"""Collections given to files and folders as they were brought in: which holds for a file, and whether it was applied.

They are kept by path, so that a later ingest of the same files, or of a file that is new in such a folder, need not name
the collection again: what is forgotten would be seen by everybody.
"""

from __future__ import annotations

from pathlib import Path

from corpus.model import Article
from index.catalogue import Catalogue

ORIGIN = "ingest"
_OUTRANKING = "correction"


def give(catalogue: Catalogue, paths: list[Path], collection: str) -> None:
    """Remember that all at or under `paths` belongs to a collection; empty: to what the files themselves say."""
    for path in paths:
        if path.exists():
            catalogue.give_collection(str(path.resolve()), collection.strip())


def given_to(file: str, given: dict[str, str]) -> str | None:
    """The collection given to a file, else to the nearest folder above it; None where none was."""
    return next((given[path] for path in (file, *map(str, Path(file).parents)) if path in given), None)


def is_applied(articles: set[tuple[str, str]], given: str | None) -> bool:
    """Whether a file's articles (their collections, each with where it was read) are of the collection given to it."""
    for collection, origin in articles:
        if origin == ORIGIN and collection != (given or ""):
            return False
        if given and origin != _OUTRANKING and collection != given:
            return False
    return True


def follow_move(catalogue: Catalogue, given: dict[str, str], old: str, new: str) -> None:
    """A file that leaves a folder of a collection stays in it, unless one was given to where it lies now."""
    collection = given_to(old, given)
    if collection and given_to(new, given) is None:
        catalogue.give_collection(new, collection)
        given[new] = collection


def with_given(article: Article, given: str | None) -> Article:
    """The article in the collection given to its file, which outranks what the file says."""
    if not given:
        return article
    origins = article.origins | {"collection": ORIGIN}
    return article.model_copy(update={"collection": given, "origins": origins})
