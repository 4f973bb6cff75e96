"""Where the catalogue of an index folder is: a file in it, or a schema of its own on a PostgreSQL server.

On a server every index has its tables in a schema, so that the same statements serve a file and a server, no statement can
meet the rows of another index, and an index can be dumped or dropped by its name. The name stands in the index folder;
folders with the same name share a catalogue.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL

from corpus.private_files import private_folder
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.stores.keyword_files import KEYWORDS

CATALOGUE_FILE = "catalogue.sqlite"
CATALOGUE_NAME = "catalogue.txt"
"""In an index folder, holds the name of its catalogue on the server."""
_SIGNS = ("chroma", KEYWORDS, "sentences.sqlite")
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class CatalogueOnServer:
    """A schema on a server, and the index folder that it is opened for."""

    url: URL
    schema: str
    folder: Path


def catalogue_place(
    folder: Path, server: URL | None, *, new_on_server: bool = True
) -> Path | CatalogueOnServer:
    """Where the catalogue is.

    The folder decides: one that names its catalogue has it on the server, one with a file in it, and a new one where
    `new_on_server` is not set, is its own. So a setting alone never swaps a full catalogue for an empty one.

    Raises:
        Problem: `catalogue_on_server` where the folder names one and no server is set, `catalogue_name_wrong`,
            `index_not_writable`.
    """
    file = folder / CATALOGUE_FILE
    name = name_of(folder)
    if name and server is None:
        raise Problem("catalogue_on_server", folder=folder, file=CATALOGUE_NAME)
    if server is None or (not name and (file.exists() or not new_on_server)):
        return file
    return CatalogueOnServer(server, name or _new_name(folder), folder)


def name_of(folder: Path) -> str:
    """The name that a folder's catalogue has on the server; empty where it has none.

    Raises:
        Problem: `catalogue_name_wrong`, `index_not_writable` where it cannot be read.
    """
    try:
        name = (folder / CATALOGUE_NAME).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeError) as error:
        raise Problem("index_not_writable", folder=folder, **reason_and_detail(error)) from error
    if not _NAME.fullmatch(name):
        raise Problem("catalogue_name_wrong", file=folder / CATALOGUE_NAME)
    return name


def made_up_name() -> str:
    """A name that no other index has."""
    return f"assistant_index_{uuid4().hex[:12]}"


def keep_name(folder: Path, name: str) -> None:
    """Write down the name of a folder's catalogue, whole or not at all: half a name would be that of no catalogue.

    Raises:
        FileExistsError: There is one already.
        OSError: It cannot be written.
    """
    part = folder / f"{CATALOGUE_NAME}.{uuid4().hex}.part"
    try:
        part.write_text(f"{name}\n", "utf-8")
        try:
            os.link(part, folder / CATALOGUE_NAME)
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            with (folder / CATALOGUE_NAME).open("x", encoding="utf-8") as stream:
                stream.write(f"{name}\n")
    finally:
        part.unlink(missing_ok=True)


def signs_of_index(folder: Path) -> list[Path]:
    """What an index makes besides its catalogue, where it is there: a folder with some of it was one."""
    return [folder / name for name in _SIGNS if (folder / name).exists()]


def _new_name(folder: Path) -> str:
    if signs_of_index(folder):
        # A new catalogue would show everybody what only some may see.
        raise Problem("index_broken", folder=folder, reason="reason_part_missing", part=CATALOGUE_NAME)
    try:
        private_folder(folder)
        with suppress(FileExistsError):
            keep_name(folder, made_up_name())
    except OSError as error:
        raise Problem("index_not_writable", folder=folder, **reason_and_detail(error)) from error
    return name_of(folder)
