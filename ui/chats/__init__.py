"""Chats that are kept: in SQLite, each its person's own, with answers under way and ways to take them out."""
