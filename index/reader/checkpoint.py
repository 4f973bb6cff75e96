"""What a training has learned so far, and what of it is kept, so that a stopped one goes on."""

from __future__ import annotations

import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from index.reader.network import ReaderNetwork
from index.reader.packing import save_weights

_log = logging.getLogger("reader.train")


@dataclass
class Progress:
    """How far a training has come; kept beside the weights, so that a stopped one goes on."""

    step: int = 0
    seconds: float = 0.0
    pairs: int = 0
    loss: float = 0.0


class Learned:
    """The weights that learn, in fp32; where the processor is faster in bf16, the encoder computes in copies of them.

    A third faster here than bf16 by autocast, which casts each weight in each step.
    """

    def __init__(self, network: ReaderNetwork, in_half: bool) -> None:
        self._used = network.trained()
        self.weights: dict[str, torch.Tensor] = dict(self._used)
        if in_half:
            for name, value in self._used.items():
                if name.startswith("encoder."):
                    self.weights[name] = value.detach().clone()
            network.encoder.to(torch.bfloat16)
            self._used = network.trained()

    def take_gradients(self) -> None:
        """Move the gradients of the last backward pass to the weights that learn."""
        for name, weight in self.weights.items():
            used = self._used[name]
            if used is not weight:
                weight.grad = None if used.grad is None else used.grad.float()
                used.grad = None

    def give_weights(self) -> None:
        """Let the network compute with what was learned, and forget the gradients."""
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.grad = None
                if self._used[name] is not weight:
                    self._used[name].copy_(weight)

    def set(self, weights: dict[str, torch.Tensor]) -> None:
        """Go on from weights kept before."""
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_(weights[name])
        self.give_weights()


def save_checkpoint(
    out: Path,
    learned: Learned,
    optimizer: torch.optim.Optimizer,
    progress: Progress,
    frozen: dict[str, torch.Tensor],
) -> None:
    """Write the weights, and beside them all that is needed to go on.

    Args:
        out: Where the weights go; beside it, ending in `.progress`, lie those in fp32, the optimizer's state and how far
            the training came.
        learned: The weights that learn.
        optimizer: What makes them learn.
        progress: How far the training has come.
        frozen: The weights that do not learn.
    """
    save_weights({**frozen, **learned.weights}, out)
    state = {"trained": learned.weights, "optimizer": optimizer.state_dict(), "progress": asdict(progress)}
    part = out.with_suffix(".progress-part")
    torch.save(state, part)
    os.replace(part, _progress_of(out))


def resume(out: Path, learned: Learned, optimizer: torch.optim.Optimizer) -> Progress:
    """Take up what a stopped training left beside `out`.

    Args:
        out: Where the weights go.
        learned: The weights that learn; set to those kept.
        optimizer: What makes them learn; set to the state kept.

    Returns:
        How far that training came; a new one's where nothing was kept.
    """
    file = _progress_of(out)
    if not file.is_file():
        return Progress()
    state = torch.load(file, weights_only=True)
    learned.set(state["trained"])
    optimizer.load_state_dict(state["optimizer"])
    progress = Progress(**state["progress"])
    _log.info("going on from step %d", progress.step)
    return progress


def remove_checkpoint(out: Path) -> None:
    """Remove what was kept beside `out`: the training has come to its end."""
    _progress_of(out).unlink(missing_ok=True)


def _progress_of(out: Path) -> Path:
    return out.with_suffix(".progress")
