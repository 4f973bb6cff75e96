"""Passages with their articles."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select

from corpus.model import Passage
from index.catalogue.tables import articles, passages
from index.catalogue.visibility import Visibility
from index.hit import ArticleInfo
from index.state.statements import TEXTS, one_of

_IDS_GIVEN = bindparam("ids", type_=TEXTS)
_BY_ID = select(passages.c.article_id, passages.c.data).where(one_of(passages.c.id, _IDS_GIVEN))
_INFOS = select(articles.c.id, articles.c.info).where(one_of(articles.c.id, _IDS_GIVEN))
_OF_ARTICLE = (
    select(passages.c.data).where(passages.c.article_id == bindparam("article")).order_by(passages.c.number)
)
_OPENING = _OF_ARTICLE.limit(1)
_own = select(passages.c.number).where(passages.c.id == bindparam("id")).scalar_subquery()
_NEAR = _OF_ARTICLE.where(passages.c.number.between(_own - bindparam("reach"), _own + bindparam("reach")))
_NEW = passages.insert()
_IDS = select(passages.c.id)
_COUNTS = select(
    select(func.count()).select_from(articles).scalar_subquery(),
    select(func.count()).select_from(passages).scalar_subquery(),
)


class PassageTables(Visibility):
    """Passages, by id and by article."""

    def passages(self, ids: list[str]) -> dict[str, tuple[Passage, ArticleInfo]]:
        """The passages with these ids and their articles; unknown ids are left out."""
        rows = self.rows(_BY_ID, {"ids": ids})
        infos = self.infos({article_id for article_id, _ in rows})
        found = {}
        for article_id, data in rows:
            if article_id in infos:
                passage = Passage.model_validate_json(data)
                found[passage.id] = (passage, infos[article_id])
        return found

    def infos(self, article_ids: Iterable[str]) -> dict[str, ArticleInfo]:
        """What is known of some articles by their ids; unknown ids are left out."""
        rows = self.rows(_INFOS, {"ids": list(set(article_ids))})
        return {id_: ArticleInfo.model_validate_json(info) for id_, info in rows}

    def passages_of(self, article_id: str) -> list[Passage]:
        """An article's passages in order."""
        rows = self.rows(_OF_ARTICLE, {"article": article_id})
        return [Passage.model_validate_json(row[0]) for row in rows]

    def opening_of(self, article_id: str) -> Passage | None:
        """An article's first passage; None where it has none."""
        rows = self.rows(_OPENING, {"article": article_id})
        return Passage.model_validate_json(rows[0][0]) if rows else None

    def passages_near(self, passage: Passage, reach: int) -> list[Passage]:
        """The passages of the same article that stand at most `reach` before or after one, in order, with it."""
        rows = self.rows(_NEAR, {"id": passage.id, "article": passage.article_id, "reach": reach})
        return [Passage.model_validate_json(row[0]) for row in rows]

    def all_passage_ids(self) -> set[str]:
        """Ids of all passages."""
        return {row[0] for row in self.rows(_IDS)}

    def counts(self, collections: list[str] | None = None) -> tuple[int, int]:
        """How many articles and passages there are, of those that may be seen (`Filters.collections`)."""
        if collections is not None:
            of_articles = self._seen(articles.c.id, collections)
            of_passages = self._seen(passages.c.article_id, collections)
            seen_articles = select(func.count()).select_from(articles).where(of_articles)
            seen_passages = select(func.count()).select_from(passages).where(of_passages)
            counted_rows = self.rows(select(seen_articles.scalar_subquery(), seen_passages.scalar_subquery()))
            return counted_rows[0][0], counted_rows[0][1]
        with self._lock:
            counted = self._counts()
            if counted.totals is None:
                rows = self.rows(_COUNTS)
                counted.totals = rows[0][0], rows[0][1]
            return counted.totals


def insert_passages(connection: Connection, new: list[Passage]) -> None:
    """Add passages; their words wait to be stored (`index.keyword_search`)."""
    rows = [
        {"id": passage.id, "article_id": passage.article_id, "data": passage.model_dump_json()}
        for passage in new
    ]
    if rows:
        connection.execute(_NEW, rows)
