"""What an embedding model must do for the index."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape [texts, dimensions], each row of length one."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness."""

    @property
    def fingerprint(self) -> str:
        """What an index remembers, so that vectors of two models are never mixed."""
        ...

    def embed_queries(self, texts: list[str]) -> Vectors:
        """Vectors of questions."""
        ...

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Vectors of passages."""
        ...
