"""The catalogue as one thing, with the searches over it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import false, not_, true

from index.catalogue.articles import ArticleTables
from index.catalogue.corrections import CorrectionTable
from index.catalogue.database import CHANGES
from index.catalogue.files import FileTables
from index.catalogue.links import LinkTables
from index.catalogue.passages import PassageTables
from index.catalogue.place import CatalogueOnServer
from index.catalogue.tables import METADATA, corrections, given_collections, meta, words_waiting
from index.keyword_search import KeywordSearch
from index.renewal_list import RenewalList
from index.stores.keyword_files import KEYWORDS
from index.words_waiting import WaitingInFile, WaitingOnServer


class Catalogue(FileTables, CorrectionTable, ArticleTables, PassageTables, LinkTables):
    """All of the index that is not vectors; a file's articles change in one transaction."""

    def __init__(self, place: Path | CatalogueOnServer) -> None:
        super().__init__(place)
        self.renewal = RenewalList(self)
        words = self.folder / KEYWORDS
        waiting = WaitingInFile(self) if isinstance(place, Path) else WaitingOnServer(self, words)
        self.keywords = KeywordSearch(self, waiting, words, self.articles_in_sight)

    def close(self) -> None:
        """Close the files."""
        self.keywords.close()
        super().close()

    def clear(self) -> None:
        """Forget all but who may see what."""
        kept = {
            meta.name: meta.c.name == CHANGES,
            corrections.name: corrections.c.field == "collection",
            given_collections.name: true(),
        }
        # On a server the list of words is how others see what went.
        with self.transaction() as connection:
            for table in METADATA.sorted_tables:
                if table is not words_waiting:
                    connection.execute(table.delete().where(not_(kept.get(table.name, false()))))

    def passages_with(self, word: str) -> int:
        """In how many passages a word occurs."""
        return self.keywords.passages_with(word)
