"""The index as one thing: catalogue, vectors of passages and sentences, and the embedder that made them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from corpus.private_files import private_folder
from corpus.problem import Problem
from corpus.split import Splitter
from index.catalogue import Catalogue
from index.embeddings import Embedder
from index.sentence_store import SentenceStore
from index.sentence_vectors import SentenceVectors
from index.vectors import VectorStore

_LAYOUT = "5"


class Index:
    """An index folder. The embedder is made on first use, because loading it takes seconds.

    Raises:
        Problem: `index_of_other_model`, `index_of_other_splitter` or `index_of_other_layout` when the
            folder was made with something else, `index_not_writable` when it cannot be opened.
    """

    def __init__(
        self,
        folder: Path,
        make_embedder: Callable[[], Embedder],
        *,
        model_name: str,
        splitter: Splitter | None = None,
        chroma_server: str = "",
    ) -> None:
        self.folder = folder
        self.splitter = splitter or Splitter()
        self._make_embedder = make_embedder
        try:
            private_folder(folder)
        except OSError as error:
            raise Problem("index_not_writable", folder=folder, reason=error.strerror or str(error)) from error
        self.catalogue = Catalogue(folder / "catalogue.sqlite")
        self._refuse_to_mix("layout", _LAYOUT)
        self._refuse_to_mix("model", model_name)
        self._refuse_to_mix("splitter", self.splitter.fingerprint)
        self.sentences = SentenceStore(folder / "sentences.sqlite")
        self.vectors = VectorStore(
            folder / "chroma", chroma_server, in_sight=self.catalogue.passages_in_sight
        )
        self._seen_version = self.catalogue.data_version()

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model."""
        embedder = self._make_embedder()
        self._refuse_to_mix("embedder", embedder.fingerprint)
        return embedder

    @cached_property
    def sentence_vectors(self) -> SentenceVectors:
        """Remembered vectors of sentences and questions."""
        return SentenceVectors(self.embedder)

    def _refuse_to_mix(self, name: str, ours: str) -> None:
        made_with = self.catalogue.meta(name)
        if made_with is None:
            self.catalogue.set_meta(name, ours)
        elif made_with != ours:
            code = "index_of_other_model" if name in {"model", "embedder"} else f"index_of_other_{name}"
            raise Problem(code, folder=self.folder, made_with=made_with, now=ours)

    def close(self) -> None:
        """Close the files."""
        self.vectors.close()
        self.sentences.close()
        self.catalogue.close()

    def follow(self) -> None:
        """See what other processes have stored since the last look (the page is open, an ingest runs)."""
        version = self.catalogue.data_version()
        if version != self._seen_version:
            self._seen_version = version
            self.vectors.reopen()


def remove_index(folder: Path) -> None:
    """Delete an index folder. Only what is known as an index is deleted; who may see what is kept for the next one.

    Raises:
        Problem: `not_an_index` when the folder holds something else.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / "catalogue.sqlite").exists():
        raise Problem("not_an_index", folder=folder)
    given, corrected = _collections_of(folder)
    shutil.rmtree(folder)
    if given or corrected:
        folder.mkdir(parents=True)
        catalogue = Catalogue(folder / "catalogue.sqlite")
        for path, collection in sorted(given.items()):
            catalogue.give_collection(path, collection)
        for article_id, collection in corrected.items():
            catalogue.correct(article_id, {"collection": collection})
        catalogue.close()


def _collections_of(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Collections given to paths, and those of articles set right by hand; none where the catalogue cannot be read."""
    try:
        catalogue = Catalogue(folder / "catalogue.sqlite")
    except Problem:
        return {}, {}
    try:
        given, corrections = catalogue.given_collections(), catalogue.corrections()
    except sqlite3.DatabaseError:
        return {}, {}
    finally:
        catalogue.close()
    corrected = {id_: each["collection"] for id_, each in corrections.items() if "collection" in each}
    return given, corrected
