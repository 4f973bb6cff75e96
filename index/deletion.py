"""Deleting an index; who may see what is kept for the next one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from corpus.problem import Problem
from index.catalogue import Catalogue
from index.catalogue.place import CATALOGUE_NAME, CatalogueOnServer


def remove_index(folder: Path, place: Path | CatalogueOnServer) -> None:
    """Delete an index folder and empty its catalogue. Only what is known as an index is deleted.

    A catalogue on a server keeps its name, so that others that share it see that it is empty.

    Raises:
        Problem: `not_an_index` when the folder holds something else, `index_busy` where another server writes to it.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not isinstance(place, Path):
        _empty(folder, place)
        return
    if not place.exists():
        raise Problem("not_an_index", folder=folder)
    given, corrected = _collections_of(place)
    shutil.rmtree(folder)
    if given or corrected:
        folder.mkdir(parents=True)
        catalogue = Catalogue(place)
        for path, collection in sorted(given.items()):
            catalogue.give_collection(path, collection)
        for article_id, collection in corrected.items():
            catalogue.correct(article_id, {"collection": collection})
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
