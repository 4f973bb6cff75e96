"""Where the catalogue of the index is: in its folder, or on the database server that is set."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings
from assistant.state_place import server_of
from index.catalogue.place import CatalogueOnServer, catalogue_place


def catalogue_of(settings: Settings) -> Path | CatalogueOnServer:
    """Where the catalogue of the index is.

    A new index of the data folder has it on the server that is set; another one (`--index`), which may be made for a
    measurement and thrown away, only where its folder names it.

    Raises:
        Problem: as `index.catalogue.place.catalogue_place` does, and `database_url_wrong`.
    """
    new_on_server = settings.index is None
    return catalogue_place(settings.index_folder, server_of(settings), new_on_server=new_on_server)
