"""Run as a process of its own: an ingest that is killed between the store of passages and the catalogue, on either side."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from index.store import Index
from index.stores.place import place_of
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder


def _end(*arguments: object, **named: object) -> None:
    os._exit(9)


def _end_with_some(ids: Iterable[str]) -> None:
    """What is asked before anything has changed removes nothing."""
    if list(ids):
        os._exit(9)


if __name__ == "__main__":
    folder, articles, side, passages, chroma_server, database_url = sys.argv[1:]
    place = place_of(passages, chroma_server=chroma_server, database_url=database_url)
    index = Index(Path(folder), DigestEmbedder, model_name="digest", place=place)
    if side == "before the catalogue":
        index.catalogue.replace_file = _end  # type: ignore[method-assign]
    else:
        index.passages.remove = _end_with_some  # type: ignore[method-assign]
    ingest(index, [Path(articles)])
