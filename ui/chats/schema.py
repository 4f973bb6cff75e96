"""The tables of the file that keeps chats, folders and notes, as numbered steps."""

from __future__ import annotations

from index.migrations import Step

STEPS = (
    Step(
        1,
        "chats and their turns",
        (
            "CREATE TABLE IF NOT EXISTS chats (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, "
            "named INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL, changed TEXT NOT NULL, "
            "deleted TEXT NOT NULL DEFAULT '')",
            "CREATE INDEX IF NOT EXISTS chats_of_owner ON chats (owner, deleted, changed DESC)",
            "CREATE TABLE IF NOT EXISTS turns (id TEXT PRIMARY KEY, "
            "chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE, question TEXT NOT NULL, "
            "filters TEXT NOT NULL, state TEXT NOT NULL, draft TEXT NOT NULL DEFAULT '', "
            "answer TEXT NOT NULL DEFAULT '', trace TEXT NOT NULL DEFAULT '', verdict TEXT NOT NULL DEFAULT '', "
            "reason TEXT NOT NULL DEFAULT '', suggested TEXT NOT NULL DEFAULT '', cut TEXT NOT NULL DEFAULT '', "
            "asked TEXT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS turns_of_chat ON turns (chat, cut)",
        ),
    ),
    Step(
        2,
        "chats that are pinned, and folders",
        (
            "ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE chats ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
            "CREATE TABLE folders (id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, "
            "removed TEXT NOT NULL DEFAULT '')",
            "CREATE INDEX folders_of_owner ON folders (owner, removed)",
        ),
    ),
    Step(
        3,
        "passages that a person collected",
        (
            "CREATE TABLE notes (id TEXT PRIMARY KEY, owner TEXT NOT NULL, place INTEGER NOT NULL, "
            "article TEXT NOT NULL, title TEXT NOT NULL, section TEXT NOT NULL, date TEXT NOT NULL, "
            "source TEXT NOT NULL, url TEXT NOT NULL, quote TEXT NOT NULL, start INTEGER NOT NULL, "
            "\"end\" INTEGER NOT NULL, text TEXT NOT NULL, added TEXT NOT NULL, removed TEXT NOT NULL DEFAULT '')",
            "CREATE INDEX notes_of_owner ON notes (owner, removed, place)",
        ),
    ),
    Step(
        4,
        "the sources that a chat asks",
        (
            "CREATE TABLE chosen_sources (chat TEXT UNIQUE REFERENCES chats (id) ON DELETE CASCADE, "
            "owner TEXT NOT NULL, filters TEXT NOT NULL)",
        ),
    ),
    Step(
        5,
        "when a person last looked at what is new",
        ("CREATE TABLE visits (owner TEXT PRIMARY KEY, at TEXT NOT NULL)",),
    ),
)
