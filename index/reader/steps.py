"""The steps of a training: which examples are read together, and how what learns is changed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import torch
from torch import Tensor

_A_STEP = 16
_SORTED_TOGETHER = 16
_HEADS_FASTER = 8


def batches_of(lengths: list[int], draw: random.Random) -> Iterator[list[int]]:
    """Numbers of examples in batches, those of like length together, to pad less.

    Args:
        lengths: tokens of each example.
        draw: what the order is drawn with.
    """
    pool = list(range(len(lengths)))
    draw.shuffle(pool)
    batches = []
    for begin in range(0, len(pool), _A_STEP * _SORTED_TOGETHER):
        chunk = sorted(pool[begin : begin + _A_STEP * _SORTED_TOGETHER], key=lambda number: lengths[number])
        batches += [chunk[at : at + _A_STEP] for at in range(0, len(chunk), _A_STEP)]
    draw.shuffle(batches)
    yield from batches


def optimizer_of(trained: dict[str, Tensor], rate: float) -> torch.optim.Optimizer:
    """AdamW for what is trained; the new heads learn faster than the layers.

    Args:
        trained: the weights that learn, by their names; those of the layers begin with "encoder.".
        rate: highest learning rate of the layers; each group's is its `highest`.
    """
    layers = [value for name, value in trained.items() if name.startswith("encoder.")]
    heads = [value for name, value in trained.items() if not name.startswith("encoder.")]
    groups = [{"params": layers, "highest": rate}, {"params": heads, "highest": rate * _HEADS_FASTER}]
    return torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
