"""The catalogue: the SQLite file that knows every file, article and passage, and which words wait to be stored.

A file for each kind of rows: `files`, `articles`, `passages`, `links`, `corrections`, and `visibility` for collections and
who may see what. They share `database_file`; `steps` made the tables what they are; `catalogue` puts them together.
"""

from index.catalogue.catalogue import Catalogue
from index.catalogue.files import FileRecord

__all__ = ["Catalogue", "FileRecord"]
