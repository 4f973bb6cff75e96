"""The catalogue's list of articles whose passages and vectors are still to be made anew, and for what."""

from __future__ import annotations

import json

from sqlalchemy import delete, select

from index.catalogue.database import CatalogueDatabase
from index.catalogue.tables import articles, meta, to_renew
from index.state.statements import put

_TARGET = "renewing"
_LEFT = select(to_renew.c.article_id).order_by(to_renew.c.rowid)
_EVERY = to_renew.insert().from_select(["article_id"], select(articles.c.id))


class RenewalList:
    """What is left of a renewal that was begun; it outlives the process that began it."""

    def __init__(self, database: CatalogueDatabase) -> None:
        self._database = database

    def target(self) -> dict[str, str]:
        """What a renewal under way makes the index of, by name (model, splitter, …); empty where none is."""
        return dict(json.loads(self._database.meta(_TARGET) or "{}"))

    def begin(self, target: dict[str, str]) -> None:
        """Put every article on the list."""
        with self._database.transaction() as connection:
            connection.execute(to_renew.delete())
            connection.execute(_EVERY)
            put(connection, meta, [{"name": _TARGET, "value": json.dumps(target, sort_keys=True)}])

    def article_ids(self) -> list[str]:
        """Ids of the articles that are left."""
        return [row[0] for row in self._database.rows(_LEFT)]

    def end(self, made_with: dict[str, str]) -> None:
        """Note what the index is made with now; nothing is left to renew."""
        with self._database.transaction() as connection:
            connection.execute(to_renew.delete())
            connection.execute(delete(meta).where(meta.c.name == _TARGET))
            put(connection, meta, [{"name": name, "value": value} for name, value in made_with.items()])
