"""The steps of a training: which examples are read together, and how what learns is changed."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from typing import Protocol

import torch
from torch import Tensor

from index.reader.train import share_of_rate

_log = logging.getLogger("reader.steps")

_A_STEP = 16
_SORTED_TOGETHER = 16
_HEADS_FASTER = 8
_SECONDS_BETWEEN_REPORTS = 60
_REMEMBERED = 0.97


class Learns(Protocol):
    """A network of which a part learns."""

    def trained(self) -> dict[str, Tensor]:
        """What training changes."""

    def train(self, mode: bool = True) -> object:
        """Drop some of what is read, or (`mode` false) nothing."""


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


def learn(
    network: Learns,
    lengths: list[int],
    loss_of: Callable[[list[int]], Tensor],
    *,
    epochs: int,
    rate: float,
    seed: int,
) -> Iterator[float]:
    """Read every example in each epoch and change what learns.

    Args:
        network: that learns; it drops nothing between the steps.
        lengths: tokens of each example.
        loss_of: what some examples, by their numbers, cost.
        epochs: how often every example is read.
        rate: highest learning rate of the layers.
        seed: of the order.

    Yields:
        At the end of each epoch the loss, averaged over the last steps.
    """
    optimizer = optimizer_of(network.trained(), rate)
    reported, average = time.monotonic(), 0.0
    for epoch in range(epochs):
        batches = list(batches_of(lengths, random.Random(seed * 1000 + epoch)))
        for step, batch in enumerate(batches):
            done = (epoch + step / len(batches)) / epochs
            for group in optimizer.param_groups:
                group["lr"] = group["highest"] * share_of_rate(done)
            network.train()
            loss = loss_of(batch)
            network.train(mode=False)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.trained().values(), 1.0)
            optimizer.step()
            first = not epoch and not step
            average = loss.item() if first else _REMEMBERED * average + (1 - _REMEMBERED) * loss.item()
            if time.monotonic() - reported > _SECONDS_BETWEEN_REPORTS:
                reported = time.monotonic()
                _log.info("%.1f %%  loss %.3f", done * 100, average)
        yield average
