"""Files with their articles and passages: what is put in, renewed, moved and taken out, each in one transaction."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from corpus.file_contents import READING
from corpus.model import Article, Passage
from index.catalogue.articles import insert_articles
from index.catalogue.corrections import REMOVED
from index.catalogue.database_file import DatabaseFile
from index.catalogue.passages import insert_passages


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


class FileTables(DatabaseFile):
    """What the index was made from."""

    def files(self) -> dict[str, FileRecord]:
        """Every ingested file by its path."""
        rows = self._rows("SELECT path, digest, problems, key, reading FROM files")
        return {
            path: FileRecord(path, digest, json.loads(problems), key, reading)
            for path, digest, problems, key, reading in rows
        }

    def file(self, path: str) -> FileRecord | None:
        """An ingested file, or None."""
        rows = self._rows("SELECT digest, problems, key, reading FROM files WHERE path = ?", [path])
        return FileRecord(path, rows[0][0], json.loads(rows[0][1]), *rows[0][2:]) if rows else None

    def article_ids_of_file(self, path: str) -> list[str]:
        """Ids of the articles that came from a file."""
        return [row[0] for row in self._rows("SELECT id FROM articles WHERE file = ? ORDER BY rowid", [path])]

    def passage_ids_of_file(self, path: str) -> list[str]:
        """Ids of the passages that came from a file."""
        sql = "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id WHERE a.file = ?"
        return [row[0] for row in self._rows(sql, [path])]

    def replace_file(self, record: FileRecord, articles: list[Article], passages: list[Passage]) -> None:
        """Make `articles` and `passages` all that the catalogue holds of the file, in one transaction."""
        with self._transaction() as connection:
            _delete_file(connection, record.path)
            connection.execute(
                "INSERT INTO files (path, digest, problems, key, reading) VALUES (?, ?, ?, ?, ?)",
                [
                    record.path,
                    record.digest,
                    json.dumps(record.problems, ensure_ascii=False),
                    record.key or record.path,
                    record.reading,
                ],
            )
            insert_articles(connection, record.path, articles)
            insert_passages(connection, passages)

    def renew(self, passages: dict[str, list[Passage]]) -> None:
        """Put new `passages`, by article id, in the place of those that articles had, and take the articles off the renewal list."""
        with self._transaction() as connection:
            for article_id in passages:
                connection.execute("DELETE FROM passages WHERE article_id = ?", [article_id])
                connection.execute("DELETE FROM to_renew WHERE article_id = ?", [article_id])
                insert_passages(connection, passages[article_id])

    def note_failure(self, record: FileRecord) -> None:
        """Remember what went wrong with a file, and that it is to be read again; its articles stay as they are."""
        problems = json.dumps(record.problems, ensure_ascii=False)
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO files (path, digest, problems, key) VALUES (?, '', ?, ?) "
                "ON CONFLICT (path) DO UPDATE SET digest = '', problems = excluded.problems",
                [record.path, problems, record.key or record.path],
            )

    def move_file(self, old: str, new: str) -> None:
        """The file at `old` now lies at `new`; its articles keep their ids, and those taken out can be brought back."""
        with self._transaction() as connection:
            connection.execute("UPDATE files SET path = ? WHERE path = ?", [new, old])
            connection.execute(
                "UPDATE articles SET file = ?, info = json_set(info, '$.file', ?) WHERE file = ?",
                [new, new, old],
            )
            connection.execute(
                "UPDATE corrections SET value = ? WHERE field = ? AND value = ?", [new, REMOVED, old]
            )

    def remove_file(self, path: str) -> None:
        """Forget a file with its articles and passages."""
        with self._transaction() as connection:
            _delete_file(connection, path)


def _delete_file(connection: sqlite3.Connection, path: str) -> None:
    connection.execute(
        "DELETE FROM passages WHERE article_id IN (SELECT id FROM articles WHERE file = ?)", [path]
    )
    ids = "SELECT id FROM articles WHERE file = ?"
    connection.execute(f"DELETE FROM article_layouts WHERE article_id IN ({ids})", [path])
    connection.execute(f"DELETE FROM signatures WHERE article_id IN ({ids})", [path])
    connection.execute(f"DELETE FROM links WHERE older IN ({ids}) OR newer IN ({ids})", [path, path])
    connection.execute(f"DELETE FROM to_renew WHERE article_id IN ({ids})", [path])
    connection.execute("DELETE FROM articles WHERE file = ?", [path])
    connection.execute("DELETE FROM files WHERE path = ?", [path])
