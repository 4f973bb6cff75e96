"""Collections: which articles belong to which, and so who may see what (`Filters.collections`)."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    bindparam,
    delete,
    func,
    literal,
    not_,
    select,
    true,
    update,
)

from index.catalogue.database import CatalogueDatabase
from index.catalogue.filter_conditions import COLLECTION, catalogue_conditions, lies_beneath
from index.catalogue.tables import articles, corrections, given_collections, passages
from index.query import Filters
from index.state.columns import TEXT
from index.state.statements import TEXTS, json_field, json_with, one_of
from index.stores.keyword_query import Articles

_FILTERS_REMEMBERED = 100
_SEEN_REMEMBERED = 400_000
"""How many filters are remembered at most, and how many ids of passages in sight over all of them."""
_SIGHTS_REMEMBERED = 16
_COLLECTIONS = select(COLLECTION).where(COLLECTION != "").distinct()
_GIVEN = select(given_collections.c.path, given_collections.c.collection)
_GIVEN_TO = _GIVEN.where(one_of(given_collections.c.path, bindparam("paths", type_=TEXTS)))
_OF_FILES = select(
    articles.c.file,
    func.coalesce(COLLECTION, ""),
    func.coalesce(json_field(articles.c.info, "origins", "collection"), ""),
)


class Visibility(CatalogueDatabase):
    """The collections of files and articles, and conditions for what may be seen of the other tables."""

    def collections(self) -> frozenset[str]:
        """The names of the collections that articles belong to."""
        with self._lock:
            counted = self._counts()
            if counted.collections is None:
                counted.collections = frozenset(row[0] for row in self.rows(_COLLECTIONS))
            return counted.collections

    def passages_in_sight(self, filters: Filters) -> frozenset[str] | None:
        """Ids of the passages that may be seen and meet what only the catalogue can tell (`catalogue_conditions`); None for all."""
        with self._lock:
            hidden = self._hidden(filters.collections)
            if hidden is None and not filters.asks_catalogue:
                return None
            known = self._counts().in_sight
            key = self._key(filters)
            found = known.pop(key, None)
            if found is None:
                rows = self.rows(
                    select(passages.c.id).where(passages.c.article_id.in_(self._in_sight(filters)))
                )
                found = frozenset(row[0] for row in rows)
            # The last used comes last, the first is forgotten first.
            known[key] = found
            while len(known) > 1 and (
                len(known) > _FILTERS_REMEMBERED or sum(map(len, known.values())) > _SEEN_REMEMBERED
            ):
                del known[next(iter(known))]
            return found

    def articles_in_sight(self, filters: Filters) -> Articles | None:
        """The articles that may be seen and meet what only the catalogue can tell (`catalogue_conditions`); None for all.

        Where most may be seen and nothing else is asked of them it is those that may not.
        """
        with self._lock:
            hidden = self._hidden(filters.collections)
            if hidden is None and not filters.asks_catalogue:
                return None
            known = self._counts().articles_in_sight
            key = self._key(filters)
            if key not in known:
                found = None
                if hidden is not None and not filters.asks_catalogue:
                    found = Articles(frozenset(row[0] for row in self.rows(hidden)), hidden=True)
                if found is None or 2 * len(found.ids) > self._article_count():
                    found = Articles(frozenset(row[0] for row in self.rows(self._in_sight(filters))))
                while len(known) >= _SIGHTS_REMEMBERED:
                    del known[next(iter(known))]
                known[key] = found
            return known[key]

    def _article_count(self) -> int:
        return int(self.rows(select(func.count()).select_from(articles))[0][0])

    def _in_sight(self, filters: Filters) -> Select[tuple[str]]:
        seen = self._seen(articles.c.id, filters.collections)
        return select(articles.c.id).where(seen, *catalogue_conditions(filters))

    def _key(self, filters: Filters) -> Hashable:
        """What `_in_sight` depends on, of filters."""
        return (
            self._named(filters.collections),
            None if filters.articles is None else tuple(filters.articles),
            *(tuple(each) for each in (filters.within_collections, filters.kinds, filters.within_folders)),
            filters.since,
            filters.until,
        )

    def _named(self, collections: list[str] | None) -> tuple[str, ...] | None:
        """Those of the collections that articles belong to; None where that is all of them."""
        if collections is None:
            return None
        every = self.collections()
        named = tuple(sorted(every.intersection(collections)))
        return None if len(named) == len(every) else named

    def _hidden(self, collections: list[str] | None) -> Select[tuple[str]] | None:
        """The ids of the articles that may not be seen; None where all may be seen."""
        named = self._named(collections)
        if named is None:
            return None
        return select(articles.c.id).where(COLLECTION != "", COLLECTION.not_in(named))

    def _seen(self, article_id: ColumnElement[str], collections: list[str] | None) -> ColumnElement[bool]:
        """The condition that an article may be seen."""
        hidden = self._hidden(collections)
        return true() if hidden is None else article_id.not_in(_apart(hidden))

    def give_collection(self, path: str, collection: str) -> None:
        """All that lies at or under `path` belongs to a collection from now on, also what is added later.

        Articles that are there already belong to it at once, those corrected by hand aside; an empty name takes
        the collection away from those read next.
        """
        with self.transaction() as connection:
            connection.execute(delete(given_collections).where(lies_beneath(given_collections.c.path, path)))
            connection.execute(given_collections.insert(), {"path": path, "collection": collection})
            if collection:
                by_hand = select(corrections.c.article_id).where(corrections.c.field == "collection")
                connection.execute(
                    set_collection("ingest", collection).where(
                        lies_beneath(articles.c.file, path), not_(articles.c.id.in_(by_hand))
                    )
                )

    def given_collections(self, file: str = "") -> dict[str, str]:
        """Collections given to files and folders, by path; empty where one was taken away.

        Of a `file`, only those given to itself and to the folders above it.
        """
        if not file:
            return dict(self.rows(_GIVEN))
        return dict(self.rows(_GIVEN_TO, {"paths": [file, *map(str, Path(file).parents)]}))

    def collections_by_file(self) -> dict[str, set[tuple[str, str]]]:
        """For every file the collections of its articles, each with where it was read."""
        found: dict[str, set[tuple[str, str]]] = {}
        for file, collection, origin in self.rows(_OF_FILES):
            found.setdefault(file, set()).add((collection, origin))
        return found


def _apart(hidden: Select[tuple[str]]) -> Select[tuple[str]]:
    """The statement with a name of its own for the articles, so that it stands alone inside of one on articles."""
    return hidden.correlate(None)


def set_collection(origin: str, collection: str) -> Update:
    """The change of articles' collection."""
    info = json_with(articles.c.info, literal(collection, TEXT), "collection")
    return update(articles).values(info=json_with(info, literal(origin, TEXT), "origins", "collection"))
