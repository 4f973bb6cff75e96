"""Repairing an index folder: the catalogue keeps all that can be read, and everything else is made from its texts."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from index.catalogue import Catalogue
from index.catalogue.place import name_of, signs_of_index
from index.folder_lock import at_rest
from index.mend import embed_again, mend
from index.renewal import renew
from index.salvage import Salvaged, copy_what_is_readable, damage_of, put_aside, remove_database
from index.store import Index
from index.stores.keyword_files import KEYWORDS, damage_of_folder
from index.sync import link_articles, writing
from index.vector_damage import can_be_opened

Progress = Callable[[int, int, str], None]
CATALOGUE, VECTORS = "catalogue.sqlite", "chroma"
_DERIVED = frozenset({"passages", "signatures", "links", "to_renew", "words_waiting", "alembic_version"})
_VISIBILITY = frozenset({"corrections", "given_collections", "articles"})


@dataclass
class RepairReport:
    """What was damaged, by the code of a reason, and is kept aside, what was saved of the catalogue, and how many vectors were made."""

    damaged: dict[str, str] = field(default_factory=dict)
    aside: list[Path] = field(default_factory=list)
    salvaged: Salvaged | None = None
    embedded: int = 0

    @property
    def lost(self) -> bool:
        """Whether something could not be read that cannot be made again from the rest."""
        return self.salvaged is not None and bool(self.salvaged.lossy)


def damage_in(folder: Path) -> dict[str, str]:
    """What is damaged in an index folder: names of files and of the folder of vectors → codes of reasons.

    A catalogue on a server is the server's own affair. SQLite and Chroma write to what they open: where nothing may
    change, give the folder of an `index.snapshot`.
    """
    catalogue, vectors = folder / CATALOGUE, folder / VECTORS
    is_here = not name_of(folder)
    found = {CATALOGUE: damage_of(catalogue) if is_here else ""}
    found |= {each.name: damage_of(each) for each in sorted(folder.glob("sentences*.sqlite"))}
    if is_here and not catalogue.exists() and signs_of_index(folder):
        found[CATALOGUE] = "reason_not_there"
    elif (vectors / "chroma.sqlite3").exists():
        found[VECTORS] = damage_of(vectors / "chroma.sqlite3") or (
            "" if can_be_opened(vectors) else "reason_database_closed"
        )
    found[KEYWORDS] = damage_of_folder(folder / KEYWORDS)
    return {name: reason for name, reason in found.items() if reason}


def repair_files(folder: Path) -> RepairReport:
    """Put damaged files of an index folder aside and save what can be read of the catalogue.

    Raises:
        Problem: `index_busy`, `index_not_writable`.
    """
    report = RepairReport()
    with at_rest(folder):
        report.damaged = damage_in(folder)
        for name in report.damaged:
            if name != CATALOGUE:
                report.aside.append(put_aside(folder / name))
            elif (folder / CATALOGUE).exists():
                report.salvaged = _save_catalogue(folder / CATALOGUE, report)
            else:
                report.salvaged = Salvaged(lossy=sorted(_VISIBILITY))
                report.aside += [put_aside(sign) for sign in signs_of_index(folder)]
        (folder / "vectors.opening").unlink(missing_ok=True)
    return report


def make_again(
    index: Index, report: RepairReport, progress: Progress | None = None, *, every: bool = False
) -> None:
    """Make what is missing from the catalogue's texts: passages, words, vectors; `every` makes all vectors anew.

    Raises:
        Problem: `index_busy`, `index_of_other_model`.
    """
    with writing(index, renews=True):
        if report.salvaged is not None:
            index.catalogue.renewal.begin(index.target())
        before = len(index.catalogue.all_passage_ids())
        if renew(index, progress):
            report.embedded += max(before, len(index.catalogue.all_passage_ids()))
        report.embedded += len(mend(index, thoroughly=True, progress=progress))
        if every:
            report.embedded += len(embed_again(index, index.catalogue.all_passage_ids(), progress))
        link_articles(index)


def _save_catalogue(catalogue: Path, report: RepairReport) -> Salvaged:
    new = catalogue.with_name(f"{catalogue.name}.new")
    remove_database(new)
    Catalogue(new).close()
    salvaged = copy_what_is_readable(catalogue, new, _DERIVED)
    with closing(sqlite3.connect(new)) as connection, connection:
        broken = connection.execute(
            "DELETE FROM articles WHERE NOT (json_valid(info) AND json_valid(sections))"
        ).rowcount
        if broken and "articles" not in salvaged.lossy:
            salvaged.lossy.append("articles")
        if "articles" in salvaged.lossy:
            # Files whose articles were lost are read again by the next ingest, where they are still there.
            connection.execute("UPDATE files SET digest = ''")
    report.aside.append(put_aside(catalogue))
    os.replace(new, catalogue)
    remove_database(new)
    return salvaged
