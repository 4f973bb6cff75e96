"""Collections: which articles belong to which, and so who may see what (`Filters.collections`)."""

from __future__ import annotations

from pathlib import Path

from index.catalogue.database_file import DatabaseFile
from index.catalogue.steps import COLLECTION
from index.filter_sql import catalogue_condition
from index.query import Filters
from index.stores.keyword_query import Articles

_FILTERS_REMEMBERED = 100
_SEEN_REMEMBERED = 400_000
"""How many filters are remembered at most, and how many ids of passages in sight over all of them."""
_SIGHTS_REMEMBERED = 16


class Visibility(DatabaseFile):
    """The collections of files and articles, and SQL for what may be seen of the other tables."""

    def collections(self) -> frozenset[str]:
        """The names of the collections that articles belong to."""
        with self._lock:
            counted = self._counts()
            if counted.collections is None:
                sql = f"SELECT DISTINCT {COLLECTION} FROM articles WHERE {COLLECTION} <> ''"
                counted.collections = frozenset(row[0] for row in self._rows(sql))
            return counted.collections

    def passages_in_sight(self, filters: Filters) -> frozenset[str] | None:
        """Ids of the passages that may be seen and meet what only the catalogue can tell (`catalogue_condition`); None for all."""
        with self._lock:
            hidden = self._hidden(filters.collections)
            condition, values = catalogue_condition(filters)
            if hidden is None and not condition:
                return None
            seen, names = self._seen("a.id", filters.collections)
            known = self._counts().in_sight
            key = (seen, condition, *names, *values)
            found = known.pop(key, None)
            if found is None:
                rows = self._rows(
                    f"SELECT id FROM passages WHERE article_id IN (SELECT a.id FROM articles a WHERE {seen} {condition})",
                    [*names, *values],
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
        """The articles that may be seen and meet what only the catalogue can tell (`catalogue_condition`); None for all.

        Where most may be seen and nothing else is asked of them it is those that may not.
        """
        with self._lock:
            hidden = self._hidden(filters.collections)
            condition, values = catalogue_condition(filters)
            if hidden is None and not condition:
                return None
            seen, names = self._seen("a.id", filters.collections)
            known = self._counts().articles_in_sight
            key = (seen, condition, *names, *values)
            if key not in known:
                found = None
                if hidden is not None and not condition:
                    found = Articles(frozenset(row[0] for row in self._rows(*hidden)), hidden=True)
                if found is None or 2 * len(found.ids) > self._rows("SELECT count(*) FROM articles")[0][0]:
                    sql = f"SELECT a.id FROM articles a WHERE {seen} {condition}"
                    found = Articles(frozenset(row[0] for row in self._rows(sql, [*names, *values])))
                while len(known) >= _SIGHTS_REMEMBERED:
                    del known[next(iter(known))]
                known[key] = found
            return known[key]

    def _hidden(self, collections: list[str] | None) -> tuple[str, list[str]] | None:
        """SQL for the ids of the articles that may not be seen, with its parameters; None where all may be seen."""
        if collections is None:
            return None
        every = self.collections()
        named = sorted(every.intersection(collections))
        if len(named) == len(every):
            return None
        marks = ", ".join("?" * len(named))
        return f"SELECT id FROM articles WHERE {COLLECTION} <> '' AND {COLLECTION} NOT IN ({marks})", named

    def _seen(self, column: str, collections: list[str] | None) -> tuple[str, list[str]]:
        """An SQL condition that `column`, an article's id, is of one that may be seen, with its parameters."""
        hidden = self._hidden(collections)
        return (f"{column} NOT IN ({hidden[0]})", hidden[1]) if hidden else ("1", [])

    def give_collection(self, path: str, collection: str) -> None:
        """All that lies at or under `path` belongs to a collection from now on, also what is added later.

        Articles that are there already belong to it at once, those corrected by hand aside; an empty name takes
        the collection away from those read next.
        """
        beneath = "(file = ? OR substr(file, 1, ?) = ?)"
        where = [path, len(path) + 1, path.rstrip("/") + "/"]
        with self._transaction() as connection:
            connection.execute(
                f"DELETE FROM given_collections WHERE {beneath.replace('file', 'path')}", where
            )
            connection.execute("INSERT INTO given_collections VALUES (?, ?)", [path, collection])
            if collection:
                connection.execute(
                    f"UPDATE articles SET {set_collection('ingest')} WHERE {beneath} AND id NOT IN "
                    "(SELECT article_id FROM corrections WHERE field = 'collection')",
                    [collection, *where],
                )

    def given_collections(self, file: str = "") -> dict[str, str]:
        """Collections given to files and folders, by path; empty where one was taken away.

        Of a `file`, only those given to itself and to the folders above it.
        """
        if not file:
            return dict(self._rows("SELECT path, collection FROM given_collections"))
        paths = [file, *map(str, Path(file).parents)]
        marks = ", ".join("?" * len(paths))
        sql = f"SELECT path, collection FROM given_collections WHERE path IN ({marks})"
        return dict(self._rows(sql, paths))

    def collections_by_file(self) -> dict[str, set[tuple[str, str]]]:
        """For every file the collections of its articles, each with where it was read."""
        found: dict[str, set[tuple[str, str]]] = {}
        sql = (
            f"SELECT file, coalesce({COLLECTION}, ''), "
            "coalesce(json_extract(info, '$.origins.collection'), '') FROM articles"
        )
        for file, collection, origin in self._rows(sql):
            found.setdefault(file, set()).add((collection, origin))
        return found


def set_collection(origin: str) -> str:
    """SQL that sets an article's collection to its one parameter."""
    return f"info = json_set(info, '$.collection', ?, '$.origins.collection', '{origin}')"
