"""The catalogue: the database that knows every file, article and passage, and which words wait to be stored.

A file for each kind of rows: `files`, `articles`, `passages`, `links`, `corrections`, and `visibility` for collections and
who may see what. They share `database`; `tables` has their tables, which the revisions in `migrations` make; `catalogue` puts them together.
"""

from index.catalogue.catalogue import Catalogue
from index.catalogue.files import FileRecord

__all__ = ["Catalogue", "FileRecord"]
