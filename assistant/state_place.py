"""Where what people and chats keep lies: files of the data folder, or the database server that is set."""

from __future__ import annotations

from sqlalchemy import URL

from assistant.settings import Settings
from index.state import StatePlace, server_url


def place_of(settings: Settings, name: str) -> StatePlace:
    """The file of that name in the data folder, or the server of `ASSISTANT_DATABASE_URL`.

    Raises:
        Problem: `database_url_wrong`.
    """
    return server_of(settings) or settings.data / name


def server_of(settings: Settings) -> URL | None:
    """The server of `ASSISTANT_DATABASE_URL`; None where none is set.

    Raises:
        Problem: `database_url_wrong`.
    """
    address = settings.database_url.get_secret_value()
    return server_url(address) if address else None
