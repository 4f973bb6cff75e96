"""Deleting an index; who may see what is kept for the next one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from corpus.problem import Problem
from index.catalogue import Catalogue
from index.catalogue.place import CATALOGUE_FILE, CATALOGUE_NAME, CatalogueOnServer
from index.store import VECTORS_OF
from index.stores.place import EMBEDDED, Place, open_store


def remove_index(
    folder: Path, catalogue: Path | CatalogueOnServer | None = None, place: Place = EMBEDDED
) -> None:
    """Delete an index folder with what servers keep of it. Only what is known as an index is deleted.

    A catalogue on a server keeps its name, so that others that share it see that it is empty.

    Raises:
        Problem: `not_an_index` when the folder holds something else, `index_busy` where another server writes to it.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return
    at = catalogue or folder / CATALOGUE_FILE
    if isinstance(at, Path) and not at.exists():
        raise Problem("not_an_index", folder=folder)
    if not place.in_folder:
        _remove_from_server(folder, at, place)
    if not isinstance(at, Path):
        _empty(folder, at)
        return
    given, corrected = _collections_of(at)
    shutil.rmtree(folder)
    if given or corrected:
        folder.mkdir(parents=True)
        opened = Catalogue(at)
        for path, collection in sorted(given.items()):
            opened.give_collection(path, collection)
        for article_id, collection in corrected.items():
            opened.correct(article_id, {"collection": collection})
        opened.close()


def _remove_from_server(folder: Path, at: Path | CatalogueOnServer, place: Place) -> None:
    """Remove the passages of an index from its server; those of a catalogue that cannot be read stay there."""
    try:
        catalogue = Catalogue(at)
    except Problem:
        return
    try:
        open_store(place, folder, catalogue, catalogue.meta(VECTORS_OF) or "").delete()
    finally:
        catalogue.close()


def _empty(folder: Path, place: CatalogueOnServer) -> None:
    catalogue = Catalogue(place)
    try:
        with catalogue.alone():
            catalogue.clear()
    finally:
        catalogue.close()
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        elif each.name != CATALOGUE_NAME:
            each.unlink()


def _collections_of(file: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Collections given to paths, and those of articles set right by hand; none where the catalogue cannot be read."""
    try:
        catalogue = Catalogue(file)
    except Problem:
        return {}, {}
    try:
        given, corrections = catalogue.given_collections(), catalogue.corrections()
    except (Problem, sqlite3.DatabaseError):
        return {}, {}
    finally:
        catalogue.close()
    corrected = {id_: each["collection"] for id_, each in corrections.items() if "collection" in each}
    return given, corrected
