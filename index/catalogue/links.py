"""Articles that belong together: versions, copies, changes, and the signatures by which copies are found."""

from __future__ import annotations

from collections.abc import Iterable

from index.catalogue.visibility import Visibility
from index.duplicates import SAME_TEXT, Link
from index.filter_sql import catalogue_condition
from index.query import Filters


class LinkTables(Visibility):
    """Signatures of articles, and the links between them."""

    def articles_without_signature(self) -> list[str]:
        """Ids of the articles that were not compared with the others yet."""
        sql = "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM signatures)"
        return [row[0] for row in self._rows(sql)]

    def signatures(self) -> dict[str, bytes]:
        """Signatures of the articles that are long enough to have one."""
        return dict(self._rows("SELECT article_id, data FROM signatures WHERE data IS NOT NULL"))

    def store_links(self, signatures: dict[str, bytes | None], links: list[Link]) -> None:
        """Add signatures and make `links` all there are."""
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO signatures VALUES (?, ?)", signatures.items())
            connection.execute("DELETE FROM links")
            connection.executemany(
                "INSERT INTO links VALUES (?, ?, ?)",
                [(link.older, link.newer, link.model_dump_json()) for link in links],
            )

    def links(self, article_id: str = "", collections: list[str] | None = None) -> list[Link]:
        """All links, or those of an article, between articles that may be seen (`Filters.collections`)."""
        older, names = self._seen("older", collections)
        newer, _ = self._seen("newer", collections)
        rows = self._rows(
            f"SELECT data FROM links WHERE (? = '' OR older = ? OR newer = ?) AND {older} AND {newer}",
            [article_id, article_id, article_id, *names, *names],
        )
        return [Link.model_validate_json(row[0]) for row in rows]

    def copies(self, article_ids: Iterable[str], collections: list[str] | None = None) -> dict[str, str]:
        """Of some articles those that are the same text as another that may be seen, with the title of one such."""
        ids = list(article_ids)
        marks = ", ".join("?" * len(ids))
        found: dict[str, str] = {}
        seen, names = self._seen("a.id", collections)
        for own, other in (("older", "newer"), ("newer", "older")):
            rows = self._rows(
                f"SELECT l.{own}, a.title FROM links l JOIN articles a ON a.id = l.{other} WHERE l.{own} IN ({marks}) "
                f"AND json_extract(l.data, '$.kind') = ? AND {seen}",
                [*ids, SAME_TEXT, *names],
            )
            found.update(rows)
        return found

    def superseded(self, article_ids: Iterable[str], filters: Filters | None = None) -> set[str]:
        """Those of the articles that have a newer version or copy, or were abolished by one, that may be seen and is asked too."""
        filters = filters or Filters()
        ids = list(article_ids)
        marks = ", ".join("?" * len(ids))
        newer, names = self._seen("newer", filters.collections)
        condition, values = catalogue_condition(filters.chosen)
        if condition:
            newer += f" AND newer IN (SELECT a.id FROM articles a WHERE 1 {condition})"
        rows = self._rows(
            f"SELECT DISTINCT older FROM links WHERE older IN ({marks}) AND json_extract(data, '$.kind') != 'amends' "
            f"AND {newer}",
            [*ids, *names, *values],
        )
        return {row[0] for row in rows}
