CREATE TABLE chats (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, named INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL, changed TEXT NOT NULL, deleted TEXT NOT NULL DEFAULT '');
CREATE INDEX chats_of_owner ON chats (owner, deleted, changed DESC);
CREATE TABLE turns (id TEXT PRIMARY KEY, chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE, question TEXT NOT NULL, filters TEXT NOT NULL, state TEXT NOT NULL, draft TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '', trace TEXT NOT NULL DEFAULT '', verdict TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', suggested TEXT NOT NULL DEFAULT '', cut TEXT NOT NULL DEFAULT '', asked TEXT NOT NULL);
CREATE INDEX turns_of_chat ON turns (chat, cut);
PRAGMA user_version = 1;
