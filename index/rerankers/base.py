"""What a reranker must do for the search."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Reranker(Protocol):
    """Reads question and passage together. Safe to call from several threads."""

    @property
    def fingerprint(self) -> str:
        """What tells rerankers apart."""
        ...

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """A logit for each text, in the order of `texts`: the higher, the better it answers.

        The same question and texts always get the same logits. No texts, no scores.
        """
        ...
