"""The reader as a reranker."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.reader.read import WEIGHTS, Reader


class ReaderReranker:
    """Our own reader (`index.reader`): its logit that a passage answers, the best window's for a long passage."""

    def __init__(self, reader: Reader, weights: Path = WEIGHTS) -> None:
        self._reader = reader
        self.fingerprint = f"reader/{hashlib.sha256(weights.read_bytes()).hexdigest()[:12]}"

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """A logit for each text, in the order of `texts`."""
        return [reading.score for reading in self._reader.read(question, texts)]
