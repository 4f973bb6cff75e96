"""The index as one thing: catalogue, store of passages, vectors of sentences, and the embedder that made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import cached_property
from pathlib import Path
from time import monotonic

from corpus.private_files import private_folder
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from corpus.split import Splitter
from index.catalogue import Catalogue
from index.catalogue.place import CatalogueOnServer, catalogue_place, signs_of_index
from index.embedding import Stores
from index.embeddings import Embedder
from index.folder_lock import HOLDER_NAME
from index.sentence_store import SentenceStore
from index.sentence_vectors import SentenceVectors
from index.stores.base import PassageStore
from index.stores.place import EMBEDDED, Place, open_store
from index.vector_damage import watched_opening

_LAYOUT = "6"
"""Number of what is embedded of a passage and kept with its vector; tables change by Alembic (`index.catalogue.tables`)."""
VECTORS_OF = "vectors_of"
"""Under this name the catalogue remembers which set of vectors is searched."""
_WANTED = "wanted_embedder"
_MOST_TIMES_AS_LONG = 10


class Index:
    """An index folder. The embedder is made on first use, because loading it takes seconds.

    An index that was made with another splitter, layout or model can be opened. With another splitter or layout it is
    searched as it is; with another model it is not, because vectors of two models must not be compared. An ingest
    makes it anew from the texts that the catalogue holds (`index.renewal`). It has its catalogue where `catalogue` says
    (`index.catalogue.place`), else a file in the folder.

    Raises:
        Problem: `index_not_writable` when the folder cannot be opened, `index_broken` or `vectors_broken` when it is
            damaged, `database_newer` when a later version of the program made it.
    """

    def __init__(
        self,
        folder: Path,
        make_embedder: Callable[[], Embedder],
        *,
        model_name: str,
        splitter: Splitter | None = None,
        place: Place = EMBEDDED,
        catalogue: Path | CatalogueOnServer | None = None,
    ) -> None:
        self.folder = folder
        self.splitter = splitter or Splitter()
        self._make_embedder = make_embedder
        self._made_with = {
            "layout": _LAYOUT,
            "model": model_name,
            "splitter": self.splitter.fingerprint,
        }
        self.place = place
        try:
            private_folder(folder)
        except OSError as error:
            raise Problem("index_not_writable", folder=folder, **reason_and_detail(error)) from error
        catalogue = catalogue or catalogue_place(folder, None)
        if isinstance(catalogue, Path) and not catalogue.exists() and signs_of_index(folder):
            # A new one would show everybody what only some may see.
            raise Problem("index_broken", folder=folder, reason="reason_part_missing", part=catalogue.name)
        self.catalogue = Catalogue(catalogue)
        try:
            self._note_what_is_new(self._made_with)
            self._vectors_of = self.catalogue.meta(VECTORS_OF) or ""
            with watched_opening(folder / "chroma") if place.in_folder else nullcontext():
                self.passages, self.sentences = self.stores_of(self._vectors_of)
                self.passages.look()
            self.passages.follow()
        except BaseException:
            self.catalogue.close()
            raise
        self._fits_model = False
        self._seen_version = self.catalogue.data_version()
        self._look_again_at = 0.0

    @property
    def stores(self) -> Stores:
        """What is searched."""
        return Stores(self.passages, self.sentences)

    def stores_of(self, name: str) -> tuple[PassageStore, SentenceStore]:
        """The stores of one set of vectors: those of another model are made under another name beside the present ones."""
        sentences = SentenceStore(self.folder / f"sentences{name and '-'}{name}.sqlite")
        return open_store(self.place, self.folder, self.catalogue, name), sentences

    @cached_property
    def own_embedder(self) -> Embedder:
        """The embedding model that the settings name, whatever the index was made with."""
        return self._make_embedder()

    @property
    def embedder(self) -> Embedder:
        """The embedding model that the vectors were made with.

        Raises:
            Problem: `index_of_other_model` where the settings name another.
        """
        self.check_model()
        return self.own_embedder

    def check_model(self) -> None:
        """Check that the vectors were made by the model that the settings name.

        Raises:
            Problem: `index_of_other_model`.
        """
        if self._fits_model:
            return
        ours = {"model": self._made_with["model"]}
        self._check(ours)
        ours["embedder"] = self.own_embedder.fingerprint
        self._note_what_is_new(ours)
        self._check(ours)
        self._fits_model = True

    def _check(self, ours: dict[str, str]) -> None:
        for name, value in ours.items():
            made_with = self.catalogue.meta(name)
            if made_with != value:
                with suppress(Problem, sqlite3.Error):
                    self.catalogue.set_meta(_WANTED, value)
                raise Problem("index_of_other_model", folder=self.folder, made_with=made_with, now=value)

    def other_model_was_wanted(self) -> bool:
        """Whether somebody wanted to search with another model than the vectors were made with."""
        return self.catalogue.meta(_WANTED) not in {None, self.catalogue.meta("embedder")}

    @cached_property
    def sentence_vectors(self) -> SentenceVectors:
        """Remembered vectors of sentences and questions."""
        return SentenceVectors(self.embedder)

    # -- what it was made with

    def _note_what_is_new(self, ours: dict[str, str]) -> None:
        for name, value in ours.items():
            if self.catalogue.meta(name) is None:
                self.catalogue.set_meta(name, value)

    def differences(self) -> set[str]:
        """In what the index differs from what would be made now: of "layout", "model" and "splitter"."""
        return {name for name, value in self._made_with.items() if self.catalogue.meta(name) != value}

    def target(self) -> dict[str, str]:
        """What an index is made with now, by name; loads the embedder."""
        return {**self._made_with, "embedder": self.own_embedder.fingerprint}

    def use_vectors_of(self, name: str, passages: PassageStore, sentences: SentenceStore) -> None:
        """Search another set of vectors from now on, and remove the one before."""
        before = self.passages, self.sentences
        self.passages, self.sentences = passages, sentences
        earlier, self._vectors_of = self._vectors_of, name
        self.__dict__.pop("sentence_vectors", None)
        self._fits_model = False
        before[0].delete()
        before[1].close()
        self.remove_set(earlier)

    def remove_set(self, name: str) -> None:
        """Delete the files of a set's sentences; its vectors go with `PassageStore.delete`."""
        for ending in ("", "-wal", "-shm"):
            (self.folder / f"sentences{name and '-'}{name}.sqlite{ending}").unlink(missing_ok=True)

    def close(self) -> None:
        """Close the files."""
        self.passages.close()
        self.sentences.close()
        self.catalogue.close()

    def follow(self, *, at_once: bool = False) -> None:
        """See what other processes have stored since the last look (the page is open, an ingest runs).

        Every file that an ingest stores would have all vectors read anew, so while one runs this takes a tenth of the
        time at most, but `at_once`.
        """
        self.passages.follow()
        version = self.catalogue.data_version()
        if version == self._seen_version:
            return
        if not at_once and monotonic() < self._look_again_at and (self.folder / HOLDER_NAME).exists():
            return
        name = self.catalogue.meta(VECTORS_OF) or ""
        if name == self._vectors_of:
            begun = monotonic()
            self.passages.reopen()
            ended = monotonic()
            self._look_again_at = ended + _MOST_TIMES_AS_LONG * (ended - begun)
            self._seen_version = version
            return
        # Another process has made the vectors anew, perhaps with another model.
        self.__dict__.pop("sentence_vectors", None)
        self.passages, self.sentences = self.stores_of(name)
        self._vectors_of = name
        self._fits_model = False
        self._seen_version = version
