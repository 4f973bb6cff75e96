"""What the networks that share the reader's lower layers need to be asked: weights, a tokenizer, and a lock around it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.reader.network import ReaderNetwork
from index.reader.packing import load_weights
from index.reader.read import Window, encode_pairs, in_one_script


class ServedNetwork:
    """A network with the weights that were trained on. Safe to call from several threads.

    Args:
        network: as it is before its own weights are read.
        weights: the file of these.
        model_folder: of the embedding model, which holds the tokenizer.
    """

    def __init__(self, network: ReaderNetwork, weights: Path, model_folder: Path) -> None:
        from transformers import AutoTokenizer

        network.load_state_dict(load_weights(weights), strict=False)
        network.eval()
        self.network = network
        self._tokenizer: Any = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
        self._tokenizing = threading.Lock()

    @property
    def pad_id(self) -> int:
        """The token that fills a window up."""
        return int(self._tokenizer.pad_token_id)

    def windows(self, pairs: Sequence[tuple[str, str]]) -> list[Window]:
        """The windows of pairs of a question or claim and a passage, in one script."""
        with self._tokenizing:
            read = [in_one_script(asked, passage) for asked, passage in pairs]
            return encode_pairs(self._tokenizer, [asked for asked, _ in read], [text for _, text in read])
