"""Weights of the least loss whose signs are known beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch


def minimise(loss: Callable[[torch.Tensor], torch.Tensor], signs: list[int | None]) -> np.ndarray:
    """Weights of the least loss, each of the sign it must have (None: any, 0: left out).

    What a feature means is known beforehand; with a few hundred questions the sign is worth more than freedom.
    """
    import torch

    inner = torch.full((len(signs),), -1.0, dtype=torch.float64, requires_grad=True)

    def outer() -> torch.Tensor:
        parts = [
            inner[n] if sign is None else sign * torch.nn.functional.softplus(inner[n])
            for n, sign in enumerate(signs)
        ]
        return torch.stack(parts)

    optimizer = torch.optim.LBFGS([inner], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss(outer())
        value.backward()
        return value

    optimizer.step(closure)
    return np.asarray(outer().detach().numpy())
