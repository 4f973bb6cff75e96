"""Any sentence-transformers CrossEncoder as a reranker."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from torch.nn import Identity

from index.reader.read import in_one_script

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """A CrossEncoder that gives one logit a pair; what is longer than it reads is cut off at the end.

    Question and text are compared in one script, as the reader does. One call at a time: torch already uses every
    core, and fast tokenizers are not safe to share between threads.
    """

    def __init__(self, model: CrossEncoder, fingerprint: str, batch_size: int = 16) -> None:
        self.model = model
        self.fingerprint = fingerprint
        self._batch_size = batch_size
        self._one_at_a_time = threading.Lock()

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """A logit for each text, in the order of `texts`."""
        if not texts:
            return []
        pairs = [in_one_script(question, text) for text in texts]
        with self._one_at_a_time:
            logits = self.model.predict(
                pairs,
                batch_size=self._batch_size,
                # Most models bring a sigmoid, which makes good passages hard to tell apart.
                activation_fn=Identity(),
                convert_to_tensor=True,
                show_progress_bar=False,
            )
        return [float(logit) for logit in logits.float().cpu().tolist()]
