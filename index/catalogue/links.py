"""Articles that belong together: versions, copies, changes, and the signatures by which copies are found."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, bindparam, or_, select

from index.catalogue.filter_conditions import catalogue_conditions
from index.catalogue.tables import articles, links, signatures
from index.catalogue.visibility import Visibility
from index.duplicates import SAME_TEXT, Link
from index.query import Filters
from index.state.statements import TEXTS, json_field, one_of, put

_KIND = json_field(links.c.data, "kind")
_UNSIGNED = select(articles.c.id).where(articles.c.id.not_in(select(signatures.c.article_id)))
_SIGNATURES = select(signatures.c.article_id, signatures.c.data).where(signatures.c.data.is_not(None))
_SUPERSEDED = (
    select(links.c.older)
    .where(one_of(links.c.older, bindparam("ids", type_=TEXTS)), _KIND != "amends")
    .distinct()
)


class LinkTables(Visibility):
    """Signatures of articles, and the links between them."""

    def articles_without_signature(self) -> list[str]:
        """Ids of the articles that were not compared with the others yet."""
        return [row[0] for row in self.rows(_UNSIGNED)]

    def signatures(self) -> dict[str, bytes]:
        """Signatures of the articles that are long enough to have one."""
        return {id_: bytes(data) for id_, data in self.rows(_SIGNATURES)}

    def store_links(self, new: dict[str, bytes | None], all_links: list[Link]) -> None:
        """Add signatures and make `all_links` all there are."""
        with self.transaction() as connection:
            put(connection, signatures, [{"article_id": id_, "data": data} for id_, data in new.items()])
            connection.execute(links.delete())
            rows = [
                {"older": link.older, "newer": link.newer, "data": link.model_dump_json()}
                for link in all_links
            ]
            if rows:
                connection.execute(links.insert(), rows)

    def links(self, article_id: str = "", collections: list[str] | None = None) -> list[Link]:
        """All links, or those of an article, between articles that may be seen (`Filters.collections`)."""
        older, newer = links.c.older, links.c.newer
        found = select(links.c.data).where(self._seen(older, collections), self._seen(newer, collections))
        if article_id:
            found = found.where(or_(older == article_id, newer == article_id))
        return [Link.model_validate_json(row[0]) for row in self.rows(found)]

    def copies(self, article_ids: Iterable[str], collections: list[str] | None = None) -> dict[str, str]:
        """Of some articles those that are the same text as another that may be seen, with the title of one such."""
        ids = list(article_ids)
        found: dict[str, str] = {}
        seen = self._seen(articles.c.id, collections)
        ends: tuple[tuple[ColumnElement[str], ColumnElement[str]], ...]
        ends = (links.c.older, links.c.newer), (links.c.newer, links.c.older)
        for own, other in ends:
            pairs = select(own, articles.c.title).join(articles, articles.c.id == other)
            rows = self.rows(pairs.where(own.in_(ids), _KIND == SAME_TEXT, seen))
            found.update(dict(rows))
        return found

    def superseded(self, article_ids: Iterable[str], filters: Filters | None = None) -> set[str]:
        """Those of the articles that have a newer version or copy, or were abolished by one, that may be seen and is asked too."""
        filters = filters or Filters()
        found = _SUPERSEDED
        if filters.collections is not None:
            found = found.where(self._seen(links.c.newer, filters.collections))
        if conditions := catalogue_conditions(filters.chosen):
            found = found.where(links.c.newer.in_(select(articles.c.id).where(*conditions)))
        return {row[0] for row in self.rows(found, {"ids": list(article_ids)})}
