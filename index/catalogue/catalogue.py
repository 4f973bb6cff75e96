"""The catalogue as one thing, with the searches over it."""

from __future__ import annotations

from pathlib import Path

from index.catalogue.articles import ArticleTables
from index.catalogue.corrections import CorrectionTable
from index.catalogue.files import FileTables
from index.catalogue.links import LinkTables
from index.catalogue.passages import PassageTables
from index.keyword_search import KeywordSearch
from index.renewal_list import RenewalList
from index.stores.keyword_files import KEYWORDS


class Catalogue(FileTables, CorrectionTable, ArticleTables, PassageTables, LinkTables):
    """All of the index that is not vectors; a file's articles change in one transaction."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.renewal = RenewalList(self)
        self.keywords = KeywordSearch(self, file.with_name(KEYWORDS), self.articles_in_sight)

    def close(self) -> None:
        """Close the files."""
        self.keywords.close()
        super().close()

    def passages_with(self, word: str) -> int:
        """In how many passages a word occurs."""
        return self.keywords.passages_with(word)
