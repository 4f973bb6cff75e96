"""The SQLite file that knows every file, article and passage, and their words (FTS5)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from corpus.file_contents import READING
from corpus.model import Article, Layout, Passage, Section
from corpus.problem import Problem
from corpus.row_words import caption_above, in_words
from index.article_list import ArticleRow, Listing, file_name
from index.catalogue_steps import CATALOGUE_STEPS, COLLECTION
from index.database import Database
from index.duplicates import Link
from index.hit import ArticleInfo
from index.keyword_search import KeywordSearch, filter_condition, year_word
from index.query import Filters
from index.renewal_list import RenewalList
from index.words import words

_SECTIONS = TypeAdapter(list[Section])
_SEEN_REMEMBERED = 400_000
"""How many ids of passages in sight are remembered at most, over all sets of collections."""


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


@dataclass
class _Counts:
    """What was read while SQLite's data_version stayed the same.

    Articles and passages in all, passages by word, the names of the collections, and the passages in sight of those
    who may see some of them.
    """

    version: int
    totals: tuple[int, int] | None = None
    passages_with: dict[str, int] = field(default_factory=dict)
    collections: frozenset[str] | None = None
    in_sight: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)


class Catalogue:
    """All of the index that is not vectors; a file's articles change in one transaction."""

    def __init__(self, file: Path) -> None:
        self._counted = _Counts(version=-1)
        try:
            self._database = Database(
                file,
                CATALOGUE_STEPS,
                when_damaged=lambda reason: Problem("index_broken", folder=file.parent, reason=reason),
            )
            self._database.connection.create_function("file_name", 1, file_name, deterministic=True)
        except (sqlite3.Error, OSError) as error:
            raise Problem("index_not_writable", folder=file.parent, reason=str(error)) from error
        self._lock = self._database.lock
        self._rows = self._database.rows
        self.renewal = RenewalList(self._database, self._transaction)
        self.keywords = KeywordSearch(self._database, self.counts, self.passages_with, self._hidden)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._database.transaction() as connection:
            # SQLite's data_version tells of other connections' changes only.
            self._counted = _Counts(version=-1)
            yield connection

    # -- what made this index

    def meta(self, name: str) -> str | None:
        """A remembered value, or None."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", [name])
        return rows[0][0] if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    # -- files

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

    def passage_ids_of_file(self, path: str) -> list[str]:
        """Ids of the passages that came from a file."""
        sql = "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id WHERE a.file = ?"
        return [row[0] for row in self._rows(sql, [path])]

    def replace_file(self, record: FileRecord, articles: list[Article], passages: list[Passage]) -> None:
        """Make `articles` and `passages` all that the catalogue holds of the file, in one transaction."""
        titles = {article.id: article.title for article in articles}
        with self._transaction() as connection:
            self._delete_file(connection, record.path)
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
            connection.executemany(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        a.id,
                        record.path,
                        a.title,
                        a.date,
                        a.source,
                        a.region,
                        a.model_dump_json(exclude={"text", "sections"}),
                        _SECTIONS.dump_json(a.sections).decode(),
                        a.text,
                    )
                    for a in articles
                ],
            )
            connection.executemany(
                "INSERT INTO article_layouts VALUES (?, ?)",
                [
                    (a.id, a.layout.model_dump_json(exclude_defaults=True))
                    for a in articles
                    if a.layout.tables or a.layout.places
                ],
            )
            _insert_passages(connection, titles, passages)

    def renew(self, passages: dict[str, list[Passage]], titles: dict[str, str]) -> None:
        """Put new passages in the place of those that articles had, and take the articles off the renewal list.

        Args:
            passages: the new passages by article id.
            titles: the articles' titles by id.
        """
        with self._transaction() as connection:
            for article_id in passages:
                connection.execute(
                    "DELETE FROM passage_words WHERE rowid IN (SELECT number FROM passages WHERE article_id = ?)",
                    [article_id],
                )
                connection.execute("DELETE FROM passages WHERE article_id = ?", [article_id])
                connection.execute("DELETE FROM to_renew WHERE article_id = ?", [article_id])
                _insert_passages(connection, titles, passages[article_id])

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
        """The file at `old` now lies at `new`; its articles keep their ids."""
        with self._transaction() as connection:
            connection.execute("UPDATE files SET path = ? WHERE path = ?", [new, old])
            connection.execute(
                "UPDATE articles SET file = ?, info = json_set(info, '$.file', ?) WHERE file = ?",
                [new, new, old],
            )

    def correct(self, article_id: str, values: dict[str, str]) -> None:
        """Remember what a person set right; the next ingest applies it again. A collection holds at once."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)",
                [(article_id, field, value) for field, value in values.items()],
            )
            if "collection" in values:
                connection.execute(
                    f"UPDATE articles SET {_set_collection('correction')} WHERE id = ?",
                    [values["collection"], article_id],
                )

    def forget_corrections(self, article_id: str, fields: Iterable[str]) -> None:
        """Go back to what was read from the file in these fields, from the next reading on."""
        with self._transaction() as connection:
            connection.executemany(
                "DELETE FROM corrections WHERE article_id = ? AND field = ?",
                [(article_id, field) for field in fields],
            )

    def corrections(self) -> dict[str, dict[str, str]]:
        """What people set right, by article and field."""
        found: dict[str, dict[str, str]] = {}
        for article_id, name, value in self._rows("SELECT article_id, field, value FROM corrections"):
            found.setdefault(article_id, {})[name] = value
        return found

    def remove_file(self, path: str) -> None:
        """Forget a file with its articles and passages."""
        with self._transaction() as connection:
            self._delete_file(connection, path)

    @staticmethod
    def _delete_file(connection: sqlite3.Connection, path: str) -> None:
        numbers = "SELECT p.number FROM passages p JOIN articles a ON a.id = p.article_id WHERE a.file = ?"
        connection.execute(f"DELETE FROM passage_words WHERE rowid IN ({numbers})", [path])
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

    # -- articles and passages

    def articles(self, collections: list[str] | None = None) -> list[ArticleInfo]:
        """Every article that may be seen (`Filters.collections`) without its text, newest first."""
        seen, names = self._seen("id", collections)
        rows = self._rows(f"SELECT info FROM articles WHERE {seen} ORDER BY date DESC, title", names)
        return [ArticleInfo.model_validate_json(row[0]) for row in rows]

    def find_articles(
        self, filters: Filters, text: str = "", *, article_id: str = "", offset: int = 0, most: int = -1
    ) -> tuple[list[ArticleInfo], int]:
        """Articles within `filters` whose title or document number holds `text`, newest first, and how many there are.

        `most` of them from `offset` on, all where it is negative; `article_id` keeps only the one with that id.
        """
        condition, parameters = filter_condition(filters)
        seen, names = self._seen("a.id", filters.collections)
        where = (
            "FROM articles a WHERE (? = '' OR a.id = ?) AND (? = '' OR instr(lower(a.title), lower(?)) "
            f"OR instr(lower(json_extract(a.info, '$.number')), lower(?))) {condition} AND {seen}"
        )
        values = [article_id, article_id, text, text, text, *parameters, *names]
        rows = self._rows(
            f"SELECT a.info {where} ORDER BY a.date DESC, a.title, a.id LIMIT ? OFFSET ?",
            [*values, most, offset],
        )
        total = self._rows(f"SELECT count(*) {where}", values)[0][0]
        return [ArticleInfo.model_validate_json(row[0]) for row in rows], total

    def list_articles(self, listing: Listing, filters: Filters) -> tuple[list[ArticleRow], int]:
        """A page of the articles that meet the filters and the listing's words, and how many there are in all."""
        condition, parameters = filter_condition(filters)
        words_condition, words_parameters = listing.condition()
        seen, names = self._seen("a.id", filters.collections)
        where = f"WHERE {seen} {condition} {words_condition}"
        parameters = [*names, *parameters, *words_parameters]
        total = self._rows(f"SELECT count(*) FROM articles a {where}", parameters)[0][0]
        rows = self._rows(listing.page_sql(where), [*parameters, listing.limit, listing.offset])
        return [ArticleRow(*row) for row in rows], total

    def article_ids_of_file(self, path: str) -> list[str]:
        """Ids of the articles that came from a file."""
        return [row[0] for row in self._rows("SELECT id FROM articles WHERE file = ? ORDER BY rowid", [path])]

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or None."""
        rows = self._rows("SELECT info, sections, text FROM articles WHERE id = ?", [article_id])
        if not rows:
            return None
        info, sections, text = rows[0]
        return Article(**json.loads(info), sections=_SECTIONS.validate_json(sections), text=text)

    def layout(self, article_id: str) -> Layout:
        """How an article was printed: tables and places on pages; empty where nothing is known of it."""
        rows = self._rows("SELECT data FROM article_layouts WHERE article_id = ?", [article_id])
        return Layout.model_validate_json(rows[0][0]) if rows else Layout()

    def passages(self, ids: list[str]) -> dict[str, tuple[Passage, ArticleInfo]]:
        """The passages with these ids and their articles; unknown ids are left out."""
        marks = ", ".join("?" * len(ids))
        rows = self._rows(f"SELECT article_id, data FROM passages WHERE id IN ({marks})", ids)
        infos = self._infos({article_id for article_id, _ in rows})
        found = {}
        for article_id, data in rows:
            if article_id in infos:
                passage = Passage.model_validate_json(data)
                found[passage.id] = (passage, infos[article_id])
        return found

    def _infos(self, article_ids: set[str]) -> dict[str, ArticleInfo]:
        marks = ", ".join("?" * len(article_ids))
        rows = self._rows(f"SELECT id, info FROM articles WHERE id IN ({marks})", article_ids)
        return {id_: ArticleInfo.model_validate_json(info) for id_, info in rows}

    def passages_of(self, article_id: str) -> list[Passage]:
        """An article's passages in order."""
        rows = self._rows("SELECT data FROM passages WHERE article_id = ? ORDER BY number", [article_id])
        return [Passage.model_validate_json(row[0]) for row in rows]

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file (SQLite's data_version)."""
        return self._rows("PRAGMA data_version")[0][0]

    def all_passage_ids(self) -> set[str]:
        """Ids of all passages."""
        return {row[0] for row in self._rows("SELECT id FROM passages")}

    def counts(self, collections: list[str] | None = None) -> tuple[int, int]:
        """How many articles and passages there are, of those that may be seen (`Filters.collections`)."""
        if collections is not None:
            of_articles, names = self._seen("id", collections)
            of_passages, _ = self._seen("article_id", collections)
            counted_rows = self._rows(
                f"SELECT (SELECT count(*) FROM articles WHERE {of_articles}), "
                f"(SELECT count(*) FROM passages WHERE {of_passages})",
                [*names, *names],
            )
            return counted_rows[0][0], counted_rows[0][1]
        with self._lock:
            counted = self._counts()
            if counted.totals is None:
                rows = self._rows("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)")
                counted.totals = rows[0][0], rows[0][1]
            return counted.totals

    def _counts(self) -> _Counts:
        """What was counted so far and still holds; counting takes as long as there are rows, and searches ask often."""
        version = self.data_version()
        if self._counted.version != version:
            self._counted = _Counts(version)
        return self._counted

    def values_of(self, column: str, collections: list[str] | None = None) -> list[str]:
        """The distinct sources, regions or years of the articles that may be seen (`Filters.collections`)."""
        expressions = {"source": "source", "region": "region", "year": "substr(date, 1, 4)"}
        if column not in expressions:
            raise ValueError(f"no list of {column!r}")
        value = expressions[column]
        seen, names = self._seen("id", collections)
        sql = f"SELECT DISTINCT {value} FROM articles WHERE {value} <> '' AND {seen} ORDER BY 1"
        return [row[0] for row in self._rows(sql, names)]

    # -- collections: who may see what

    def collections(self) -> frozenset[str]:
        """The names of the collections that articles belong to."""
        with self._lock:
            counted = self._counts()
            if counted.collections is None:
                sql = f"SELECT DISTINCT {COLLECTION} FROM articles WHERE {COLLECTION} <> ''"
                counted.collections = frozenset(row[0] for row in self._rows(sql))
            return counted.collections

    def passages_in_sight(self, collections: list[str] | None) -> frozenset[str] | None:
        """Ids of the passages that may be seen (`Filters.collections`); None where all may."""
        with self._lock:
            hidden = self._hidden(collections)
            if hidden is None:
                return None
            sql, names = hidden
            known = self._counts().in_sight
            key = frozenset(names)
            found = known.pop(key, None)
            if found is None:
                rows = self._rows(f"SELECT id FROM passages WHERE article_id NOT IN ({sql})", names)
                found = frozenset(row[0] for row in rows)
            # The last used comes last, the first is forgotten first.
            known[key] = found
            while len(known) > 1 and sum(map(len, known.values())) > _SEEN_REMEMBERED:
                del known[next(iter(known))]
            return found

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
                    f"UPDATE articles SET {_set_collection('ingest')} WHERE {beneath} AND id NOT IN "
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

    # -- articles that belong together

    def articles_without_signature(self) -> list[str]:
        """Ids of the articles that were not compared with the others yet."""
        sql = "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM signatures)"
        return [row[0] for row in self._rows(sql)]

    def signatures(self) -> dict[str, bytes]:
        """Signatures of the articles that are long enough to have one."""
        return dict(self._rows("SELECT article_id, data FROM signatures WHERE data IS NOT NULL"))

    def texts_with(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Ids and texts of the articles whose text holds one of some words."""
        words = list(words)
        condition = " OR ".join(["instr(text, ?)"] * len(words))
        yield from self._rows(f"SELECT id, text FROM articles WHERE {condition}", words)

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

    def superseded(self, article_ids: Iterable[str], collections: list[str] | None = None) -> set[str]:
        """Those of the articles that have a newer version or copy, or were abolished by one, that may be seen (`Filters.collections`)."""
        ids = list(article_ids)
        marks = ", ".join("?" * len(ids))
        newer, names = self._seen("newer", collections)
        rows = self._rows(
            f"SELECT DISTINCT older FROM links WHERE older IN ({marks}) AND json_extract(data, '$.kind') != 'amends' "
            f"AND {newer}",
            [*ids, *names],
        )
        return {row[0] for row in rows}

    # -- words

    def passages_with(self, word: str) -> int:
        """In how many passages a word occurs."""
        with self._lock:
            known = self._counts().passages_with
            if word not in known:
                rows = self._rows("SELECT doc FROM word_counts WHERE term = ?", [word])
                known[word] = rows[0][0] if rows else 0
            return known[word]


def _insert_passages(connection: sqlite3.Connection, titles: dict[str, str], passages: list[Passage]) -> None:
    """Add passages with the words that they are found by; `titles` are the articles' by id."""
    for passage in passages:
        cursor = connection.execute(
            "INSERT INTO passages (id, article_id, data) VALUES (?, ?, ?)",
            [passage.id, passage.article_id, passage.model_dump_json()],
        )
        connection.execute(
            "INSERT INTO passage_words (rowid, title, heading, body, years) VALUES (?, ?, ?, ?, ?)",
            [
                cursor.lastrowid,
                " ".join(words(titles[passage.article_id])),
                " ".join(words(" ".join([*passage.heading_path, caption_above(passage)]))),
                " ".join(words(in_words(passage.text, passage.lead).text)),
                " ".join(map(year_word, passage.years)),
            ],
        )


def _set_collection(origin: str) -> str:
    """SQL that sets an article's collection to its one parameter."""
    return f"info = json_set(info, '$.collection', ?, '$.origins.collection', '{origin}')"
