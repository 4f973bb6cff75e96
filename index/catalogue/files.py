"""Files with their articles and passages: what is put in, renewed, moved and taken out, each in one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, literal, or_, select, update

from corpus.file_contents import READING
from corpus.model import Article, Passage
from index.catalogue.articles import insert_articles
from index.catalogue.corrections import REMOVED
from index.catalogue.database import CatalogueDatabase
from index.catalogue.passages import insert_passages
from index.catalogue.tables import (
    article_layouts,
    articles,
    corrections,
    files,
    links,
    passages,
    signatures,
    to_renew,
)
from index.state.columns import TEXT
from index.state.statements import json_with

_NEW = files.insert()
_RECORDS = select(files.c.path, files.c.digest, files.c.problems, files.c.key, files.c.reading)
_IDS_OF_FILE = select(articles.c.id).where(articles.c.file == bindparam("path"))
_IDS_IN_ORDER = _IDS_OF_FILE.order_by(articles.c.rowid)
_PASSAGES_OF_FILE = (
    select(passages.c.id)
    .join(articles, articles.c.id == passages.c.article_id)
    .where(articles.c.file == bindparam("path"))
)
_DELETE_FILE = (
    delete(passages).where(passages.c.article_id.in_(_IDS_OF_FILE)),
    delete(article_layouts).where(article_layouts.c.article_id.in_(_IDS_OF_FILE)),
    delete(signatures).where(signatures.c.article_id.in_(_IDS_OF_FILE)),
    delete(links).where(or_(links.c.older.in_(_IDS_OF_FILE), links.c.newer.in_(_IDS_OF_FILE))),
    delete(to_renew).where(to_renew.c.article_id.in_(_IDS_OF_FILE)),
    delete(articles).where(articles.c.file == bindparam("path")),
    delete(files).where(files.c.path == bindparam("path")),
)


@dataclass
class FileRecord:
    """What the catalogue knows of an ingested file.

    `key` makes the ids of its articles: the path it was first found at, kept when the file moves. `reading` is the way
    in which it was read (`corpus.file_contents.READING`); one of an earlier way is read again.
    """

    path: str
    digest: str
    problems: list[dict]
    key: str = ""
    reading: int = READING


class FileTables(CatalogueDatabase):
    """What the index was made from."""

    def files(self) -> dict[str, FileRecord]:
        """Every ingested file by its path."""
        return {
            path: FileRecord(path, digest, json.loads(problems), key, reading)
            for path, digest, problems, key, reading in self.rows(_RECORDS)
        }

    def file(self, path: str) -> FileRecord | None:
        """An ingested file, or None."""
        for _, digest, problems, key, reading in self.rows(_RECORDS.where(files.c.path == path)):
            return FileRecord(path, digest, json.loads(problems), key, reading)
        return None

    def article_ids_of_file(self, path: str) -> list[str]:
        """Ids of the articles that came from a file."""
        return [row[0] for row in self.rows(_IDS_IN_ORDER, {"path": path})]

    def passage_ids_of_file(self, path: str) -> list[str]:
        """Ids of the passages that came from a file."""
        return [row[0] for row in self.rows(_PASSAGES_OF_FILE, {"path": path})]

    def replace_file(self, record: FileRecord, articles: list[Article], passages: list[Passage]) -> None:
        """Make `articles` and `passages` all that the catalogue holds of the file, in one transaction."""
        with self.transaction() as connection:
            _delete_file(connection, record.path)
            connection.execute(
                _NEW,
                {
                    "path": record.path,
                    "digest": record.digest,
                    "problems": json.dumps(record.problems, ensure_ascii=False),
                    "key": record.key or record.path,
                    "reading": record.reading,
                },
            )
            insert_articles(connection, record.path, articles)
            insert_passages(connection, passages)

    def renew(self, renewed: dict[str, list[Passage]]) -> None:
        """Put new passages, by article id, in the place of those that articles had, and take the articles off the renewal list."""
        with self.transaction() as connection:
            for article_id, new in renewed.items():
                connection.execute(delete(passages).where(passages.c.article_id == article_id))
                connection.execute(delete(to_renew).where(to_renew.c.article_id == article_id))
                insert_passages(connection, new)

    def note_failure(self, record: FileRecord) -> None:
        """Remember what went wrong with a file, and that it is to be read again; its articles stay as they are."""
        problems = json.dumps(record.problems, ensure_ascii=False)
        with self.transaction() as connection:
            known = connection.execute(select(files.c.key).where(files.c.path == record.path)).scalar()
            if known is not None:
                change = update(files).where(files.c.path == record.path)
                connection.execute(change.values(digest="", problems=problems))
                return
            key = record.key or record.path
            row = {"path": record.path, "digest": "", "problems": problems, "key": key, "reading": 1}
            connection.execute(files.insert(), row)

    def move_file(self, old: str, new: str) -> None:
        """The file at `old` now lies at `new`; its articles keep their ids, and those taken out can be brought back."""
        with self.transaction() as connection:
            connection.execute(update(files).where(files.c.path == old).values(path=new))
            info = json_with(articles.c.info, literal(new, TEXT), "file")
            connection.execute(update(articles).where(articles.c.file == old).values(file=new, info=info))
            removed = update(corrections).where(corrections.c.field == REMOVED, corrections.c.value == old)
            connection.execute(removed.values(value=new))

    def remove_file(self, path: str) -> None:
        """Forget a file with its articles and passages."""
        with self.transaction() as connection:
            _delete_file(connection, path)


def _delete_file(connection: Connection, path: str) -> None:
    for statement in _DELETE_FILE:
        connection.execute(statement, {"path": path})
