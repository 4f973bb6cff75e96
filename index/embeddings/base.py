"""What an embedding model must do for the index."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.language.sentences import Span

Vectors = NDArray[np.float32]
"""Shape [texts, dimensions], each row of length one."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness. Safe to call from several threads."""

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


@runtime_checkable
class PartEmbedder(Embedder, Protocol):
    """An embedder that also gives vectors of parts of a text, if `embeds_parts`."""

    @property
    def embeds_parts(self) -> bool:
        """Whether it can."""
        ...

    def embed_parts(self, texts: list[str], parts: list[list[Span]]) -> tuple[Vectors, list[Vectors]]:
        """Vectors of passages, and of spans of characters of each, [parts, dimensions]."""
        ...


def fingerprint_of(model: str, passage_prefix: str) -> str:
    """The fingerprint of a model; a prefix before passages makes other vectors, one before questions does not."""
    return f"{model} passage_prefix={passage_prefix!r}" if passage_prefix else model
