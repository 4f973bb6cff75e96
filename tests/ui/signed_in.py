"""The routes of articles over a library of a test's own, for whoever is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request

from assistant.service import open_index
from assistant.settings import Settings
from index.catalogue import Catalogue
from index.sync import ingest
from ui.people.access import Access
from ui.people.limits import Limits
from ui.people.person import LOCAL, Person, Role
from ui.web.api import router
from ui.web.error_pages import add_error_handlers
from ui.web.workplace import Workplace

OUTSIDER = Person("外", Role.READER, frozenset())


class SignedIn(Access):
    """Access of one person."""

    person = LOCAL

    def person_of(self, request: Request) -> Person | None:
        return self.person


@dataclass(frozen=True)
class OpenLibrary:
    """A client, who it is, the catalogue, and the folder that the articles were read from."""

    client: TestClient
    access: SignedIn
    catalogue: Catalogue
    corpus: Path


@contextmanager
def open_library(folder: Path, settings: Settings) -> Iterator[OpenLibrary]:
    """The articles in `folder/corpus`, with the index and data beside it."""
    own = settings.model_copy(update={"index": folder / "index", "data": folder})
    workplace = Workplace(own)
    index = workplace._index = open_index(own)
    ingest(index, [folder / "corpus"])
    access = SignedIn(own)
    app = FastAPI()
    add_error_handlers(app)
    app.include_router(router(workplace, access, Limits(1000)))
    yield OpenLibrary(TestClient(app), access, index.catalogue, folder / "corpus")
    index.close()
