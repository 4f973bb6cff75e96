"""The steps that made the catalogue's tables what they are. New tables and columns are added as steps at the end.

Steps 1 to 4 also meet files from before there were numbers, which may have been made in any of those states; they
look before they change.
"""

from __future__ import annotations

import sqlite3

from index.migrations import Step, has_column

COLLECTION = "json_extract(info, '$.collection')"
"""SQL for the collection that an article belongs to."""

_ARTICLES = (
    "CREATE TABLE {name} (id TEXT PRIMARY KEY, file TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, "
    "source TEXT NOT NULL, region TEXT NOT NULL, info TEXT NOT NULL, sections TEXT NOT NULL, text TEXT NOT NULL)"
)


def _add_keys(connection: sqlite3.Connection) -> None:
    """Files keep the path that they were first found at; so far it is the one they lie at."""
    if not has_column(connection, "files", "key"):
        connection.execute("ALTER TABLE files ADD COLUMN key TEXT NOT NULL DEFAULT ''")
        connection.execute("UPDATE files SET key = path")


def _part_articles(connection: sqlite3.Connection) -> None:
    """What was one JSON text of an article becomes three columns, so that lists need not read texts."""
    if not has_column(connection, "articles", "data"):
        return
    connection.execute(_ARTICLES.format(name="articles_parted"))
    connection.execute(
        "INSERT INTO articles_parted SELECT id, file, title, date, source, region, "
        "json_remove(data, '$.text', '$.sections'), json_extract(data, '$.sections'), "
        "json_extract(data, '$.text') FROM articles ORDER BY rowid"
    )
    connection.execute("DROP TABLE articles")
    connection.execute("ALTER TABLE articles_parted RENAME TO articles")


def _add_reading(connection: sqlite3.Connection) -> None:
    """Files read so far were read in the first way."""
    if not has_column(connection, "files", "reading"):
        connection.execute("ALTER TABLE files ADD COLUMN reading INTEGER NOT NULL DEFAULT 1")


CATALOGUE_STEPS = (
    Step(
        1,
        "files, articles, passages and their words",
        (
            "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, problems TEXT NOT NULL)",
            _ARTICLES.format(name="IF NOT EXISTS articles"),
            "CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, "
            "article_id TEXT NOT NULL, data TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article_id)",
            "CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5 (title, heading, body, years, "
            'tokenize = "unicode61 remove_diacritics 0")',
            "CREATE VIRTUAL TABLE IF NOT EXISTS word_counts USING fts5vocab ('passage_words', 'row')",
        ),
    ),
    Step(
        2,
        "files keep their first path, corrections by hand",
        (
            _add_keys,
            "CREATE TABLE IF NOT EXISTS corrections (article_id TEXT NOT NULL, field TEXT NOT NULL, "
            "value TEXT NOT NULL, PRIMARY KEY (article_id, field))",
        ),
    ),
    Step(
        3,
        "an article's text and sections apart from what is known of it; articles that belong together",
        (
            _part_articles,
            "CREATE INDEX IF NOT EXISTS articles_by_file ON articles (file)",
            "CREATE TABLE IF NOT EXISTS signatures (article_id TEXT PRIMARY KEY, data BLOB)",
            "CREATE TABLE IF NOT EXISTS links (older TEXT NOT NULL, newer TEXT NOT NULL, data TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS links_by_older ON links (older)",
            "CREATE INDEX IF NOT EXISTS links_by_newer ON links (newer)",
        ),
    ),
    Step(
        4,
        "collections, and lists in any order",
        (
            "CREATE TABLE IF NOT EXISTS given_collections (path TEXT PRIMARY KEY, collection TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS articles_listed ON articles (date, title, source, region, file, id)",
            f"CREATE INDEX IF NOT EXISTS articles_in_collections ON articles ({COLLECTION}) WHERE {COLLECTION} <> ''",
        ),
    ),
    Step(
        5,
        "articles whose passages and vectors are being made anew",
        ("CREATE TABLE to_renew (article_id TEXT PRIMARY KEY)",),
    ),
    Step(
        6,
        "how articles were printed: tables, and lines on pages",
        ("CREATE TABLE IF NOT EXISTS article_layouts (article_id TEXT PRIMARY KEY, data TEXT NOT NULL)",),
    ),
    Step(
        7,
        "with which way of reading each file was read",
        (_add_reading,),
    ),
    Step(
        8,
        "words in a folder of their own; passages whose words wait to be stored there",
        (
            "CREATE TABLE IF NOT EXISTS words_waiting (number INTEGER PRIMARY KEY AUTOINCREMENT, passage_id TEXT NOT NULL)",
            "CREATE TRIGGER IF NOT EXISTS words_of_new AFTER INSERT ON passages BEGIN "
            "INSERT INTO words_waiting (passage_id) VALUES (new.id); END",
            "CREATE TRIGGER IF NOT EXISTS words_of_old AFTER DELETE ON passages BEGIN "
            "INSERT INTO words_waiting (passage_id) VALUES (old.id); END",
            "INSERT INTO words_waiting (passage_id) SELECT id FROM passages ORDER BY number",
            "DROP TABLE IF EXISTS word_counts",
            "DROP TABLE IF EXISTS passage_words",
        ),
    ),
    Step(
        9,
        "when each article first came",
        (
            "CREATE TABLE IF NOT EXISTS arrivals (article_id TEXT PRIMARY KEY, at TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS arrivals_by_time ON arrivals (at)",
            "INSERT OR IGNORE INTO arrivals SELECT id, '' FROM articles",
            "CREATE TRIGGER IF NOT EXISTS arrival_of_new AFTER INSERT ON articles BEGIN INSERT OR IGNORE INTO arrivals "
            "VALUES (new.id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '+00:00'); END",
        ),
    ),
)
