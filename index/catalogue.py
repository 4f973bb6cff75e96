"""The SQLite file that knows every file, article and passage, and their words (FTS5)."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from corpus.model import Article, Passage, Section
from corpus.problem import Problem
from index.article_list import ArticleRow, Listing, file_name
from index.duplicates import Link
from index.hit import ArticleInfo
from index.query import Filters
from index.words import words

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, problems TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    article_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article_id, field));
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
    source TEXT NOT NULL, region TEXT NOT NULL, info TEXT NOT NULL, sections TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS signatures (article_id TEXT PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS links (older TEXT NOT NULL, newer TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS links_by_older ON links (older);
CREATE INDEX IF NOT EXISTS links_by_newer ON links (newer);
CREATE INDEX IF NOT EXISTS articles_by_file ON articles (file);
CREATE INDEX IF NOT EXISTS articles_listed ON articles (date, title, source, region, file, id);
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, article_id TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id);
CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5 (
    title, heading, body, years, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE IF NOT EXISTS word_counts USING fts5vocab ('passage_words', 'row');
"""
_TITLE_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT, _YEARS_WEIGHT = 0.5, 1.0, 1.0, 0.0
_SECTIONS = TypeAdapter(list[Section])
_RANKED_AT_LEAST = 5_000
_RANKED_SHARE = 0.05
_REQUIRED_AT_LEAST = 3


@dataclass
class FileRecord:
    """What the catalogue knows of an ingested file.

    `key` makes the ids of its articles: the path it was first found at, kept when the file moves.
    """

    path: str
    digest: str
    problems: list[dict]
    key: str = ""


@dataclass
class _Counts:
    """What was counted while SQLite's data_version stayed the same: articles and passages in all, and by word."""

    version: int
    totals: tuple[int, int] | None = None
    passages_with: dict[str, int] = field(default_factory=dict)


class Catalogue:
    """All of the index that is not vectors; a file's articles change in one transaction."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        self._counted = _Counts(version=-1)
        try:
            self._connection = sqlite3.connect(
                file, check_same_thread=False, isolation_level=None, timeout=30
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)
            self._connection.create_function("file_name", 1, file_name, deterministic=True)
        except sqlite3.OperationalError as error:
            raise Problem("index_not_writable", folder=file.parent, reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise Problem("index_broken", folder=file.parent, reason=str(error)) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            # SQLite's data_version tells of other connections' changes only.
            self._counted = _Counts(version=-1)
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, sql: str, parameters: Iterable[object] = ()) -> list[tuple]:
        with self._lock:
            return self._connection.execute(sql, tuple(parameters)).fetchall()

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
        rows = self._rows("SELECT path, digest, problems, key FROM files")
        return {
            path: FileRecord(path, digest, json.loads(problems), key) for path, digest, problems, key in rows
        }

    def file(self, path: str) -> FileRecord | None:
        """An ingested file, or None."""
        rows = self._rows("SELECT digest, problems, key FROM files WHERE path = ?", [path])
        return FileRecord(path, rows[0][0], json.loads(rows[0][1]), rows[0][2]) if rows else None

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
                "INSERT INTO files VALUES (?, ?, ?, ?)",
                [
                    record.path,
                    record.digest,
                    json.dumps(record.problems, ensure_ascii=False),
                    record.key or record.path,
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
                        " ".join(words(" ".join(passage.heading_path))),
                        " ".join(words(passage.text)),
                        " ".join(map(_year_word, passage.years)),
                    ],
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
        """Remember what a person set right; the next ingest applies it again."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)",
                [(article_id, field, value) for field, value in values.items()],
            )

    def forget_corrections(self, article_id: str, field: str = "") -> None:
        """Go back to what was read from the file, from the next reading on; all fields unless one is named."""
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM corrections WHERE article_id = ? AND (? = '' OR field = ?)",
                [article_id, field, field],
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
        connection.execute(f"DELETE FROM signatures WHERE article_id IN ({ids})", [path])
        connection.execute(f"DELETE FROM links WHERE older IN ({ids}) OR newer IN ({ids})", [path, path])
        connection.execute("DELETE FROM articles WHERE file = ?", [path])
        connection.execute("DELETE FROM files WHERE path = ?", [path])

    # -- articles and passages

    def articles(self) -> list[ArticleInfo]:
        """Every article without its text, newest first."""
        rows = self._rows("SELECT info FROM articles ORDER BY date DESC, title")
        return [ArticleInfo.model_validate_json(row[0]) for row in rows]

    def find_articles(self, listing: Listing, filters: Filters) -> tuple[list[ArticleRow], int]:
        """A page of the articles that meet the filters and the listing's words, and how many there are in all."""
        condition, parameters = _filter_condition(filters)
        words_condition, words_parameters = listing.condition()
        where = f"WHERE 1 {condition} {words_condition}"
        parameters += words_parameters
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

    def counts(self) -> tuple[int, int]:
        """How many articles and passages there are."""
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

    def values_of(self, column: str) -> list[str]:
        """The distinct sources, regions or years of the articles."""
        expressions = {"source": "source", "region": "region", "year": "substr(date, 1, 4)"}
        if column not in expressions:
            raise ValueError(f"no list of {column!r}")
        value = expressions[column]
        return [
            row[0]
            for row in self._rows(f"SELECT DISTINCT {value} FROM articles WHERE {value} <> '' ORDER BY 1")
        ]

    # -- articles that belong together

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

    def links(self, article_id: str = "") -> list[Link]:
        """All links, or those of an article."""
        rows = self._rows(
            "SELECT data FROM links WHERE ? = '' OR older = ? OR newer = ?",
            [article_id, article_id, article_id],
        )
        return [Link.model_validate_json(row[0]) for row in rows]

    def superseded(self, article_ids: Iterable[str]) -> set[str]:
        """Those of the articles that have a newer version or a newer copy in the index."""
        ids = list(article_ids)
        marks = ", ".join("?" * len(ids))
        return {
            row[0] for row in self._rows(f"SELECT DISTINCT older FROM links WHERE older IN ({marks})", ids)
        }

    # -- words

    def search_words(
        self, question_words: list[str], filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids of the passages that hold most of the words, with BM25 (higher is better), best first.

        `years` keeps only passages that speak of one of them. In a large index a passage must hold one of the
        rarer words, and the common ones add to its score; where that finds fewer than `most`, any word does.
        """
        question_words = _quotable(question_words)
        if not question_words:
            return []
        telling, required = self._telling_words(question_words)
        found = self._ranked_passages(telling, required, filters, years, most)
        if len(found) < most and len(required) < len(question_words):
            found = self._ranked_passages(question_words, question_words, filters, years, most)
        return found

    def _telling_words(self, question_words: list[str]) -> tuple[list[str], list[str]]:
        """The words that bear on the ranking, and those of them that a passage must hold one of.

        Ranking takes time for every passage that holds a required word, so words are required from the rarest on
        as long as no more than `_RANKED_SHARE` of the passages hold them, and at least `_REQUIRED_AT_LEAST` that occur.
        What that leaves out holds common words only and hardly ever reaches the first forty. FTS5 gives no weight to a word that half of the passages hold.
        """
        count = {word: self.passages_with(word) for word in question_words}
        if sum(count.values()) <= _RANKED_AT_LEAST:
            return question_words, question_words
        _, passages = self.counts()
        from_rare = sorted(question_words, key=lambda word: count[word])
        telling = [word for word in from_rare if 2 * count[word] < passages]
        if not any(count[word] for word in telling):
            telling = from_rare
        most = max(_RANKED_AT_LEAST, int(_RANKED_SHARE * passages))
        required: list[str] = []
        for word in telling:
            held = [count[each] for each in [*required, word] if count[each]]
            if len(held) > _REQUIRED_AT_LEAST and sum(held) > most:
                break
            required.append(word)
        return telling, required

    def _ranked_passages(
        self, telling: list[str], required: list[str], filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids and BM25 over `telling` of the passages that hold one of `required`, best first."""
        expression, times = _expression(telling, required)
        match = f"({expression}) AND ({_any_of(map(_year_word, years))})" if years else expression
        condition, parameters = _filter_condition(filters)
        # Most rows are ranked away, so nothing else is looked up for them unless a filter asks for their article.
        joined = (
            "JOIN passages p ON p.number = w.rowid JOIN articles a ON a.id = p.article_id" if filters else ""
        )
        rows = self._rows(
            "SELECT passages.id, best.score FROM ("
            "SELECT w.rowid AS number, -bm25(passage_words, ?, ?, ?, ?) AS score "
            f"FROM passage_words w {joined} WHERE passage_words MATCH ? {condition} "
            "ORDER BY score DESC, w.rowid LIMIT ?"
            ") best JOIN passages ON passages.number = best.number ORDER BY best.score DESC, best.number",
            [_TITLE_WEIGHT, _HEADING_WEIGHT, _BODY_WEIGHT, _YEARS_WEIGHT, match, *parameters, most],
        )
        return [(id_, score / times) for id_, score in rows]

    def passages_with(self, word: str) -> int:
        """In how many passages a word occurs."""
        with self._lock:
            known = self._counts().passages_with
            if word not in known:
                rows = self._rows("SELECT doc FROM word_counts WHERE term = ?", [word])
                known[word] = rows[0][0] if rows else 0
            return known[word]


def _expression(telling: list[str], required: list[str]) -> tuple[str, int]:
    """An FTS5 expression for passages with one of `required`, and how many times BM25 over `telling` it scores.

    BM25 adds up every phrase of the expression. Required words stand in it once to be required and once to be
    ranked; the others stand in it twice as well, so that all scores are doubled alike.
    """
    common = [word for word in telling if word not in required]
    if not common:
        return _any_of(required), 1
    return f"({_any_of(required)}) AND ({_any_of([*required, *common, *common])})", 2


def _any_of(question_words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in question_words)


def _year_word(year: int) -> str:
    """What stands for a year in the column `years`: the full-width letter is in no word of a text, which are folded.

    So the words of a question need not be kept to the other columns, which takes FTS5 a fifth of the time.
    """
    return f"ｙ{year}"


def _quotable(question_words: list[str]) -> list[str]:
    return [word.replace('"', "") for word in question_words if word.strip('"')]


def _filter_condition(filters: Filters) -> tuple[str, list[object]]:
    clauses: list[str] = []
    parameters: list[object] = []
    for column, values in (("source", filters.sources), ("region", filters.regions)):
        if values:
            clauses.append(f"AND a.{column} IN ({', '.join('?' * len(values))})")
            parameters += values
    if filters.years:
        clauses.append(f"AND substr(a.date, 1, 4) IN ({', '.join('?' * len(filters.years))})")
        parameters += [str(year) for year in filters.years]
    return " ".join(clauses), parameters
