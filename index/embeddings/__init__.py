"""From texts to vectors: one interface, and the models behind it."""

from index.embeddings.base import Embedder
from index.embeddings.factory import DEFAULT_MODEL, make_embedder

__all__ = ["DEFAULT_MODEL", "Embedder", "make_embedder"]
