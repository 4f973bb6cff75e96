"""What the layers that do not learn make of windows, computed once, for a training that reads each window many times."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from index.reader.network import ReaderNetwork, through
from index.reader.read import Window, pad

_AT_ONCE = 16
_DROPPED = 0.1


class LowerStates:
    """States behind the layers that stay as they are, kept in fp16, and what the layers above make of them.

    Args:
        network: whose first layers do not learn.
        frozen: how many these are.
        windows: that are read.
        pad_id: of the tokenizer.
    """

    def __init__(self, network: ReaderNetwork, frozen: int, windows: list[Window], pad_id: int) -> None:
        self._network = network
        self._upper = list(network.encoder.encoder.layer)[frozen:]
        self._windows = windows
        self._states: list[Tensor] = [torch.empty(0)] * len(windows)
        layers = list(network.encoder.encoder.layer)[:frozen]
        order = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
        with torch.inference_mode():
            for begin in range(0, len(order), _AT_ONCE):
                numbers = order[begin : begin + _AT_ONCE]
                ids, mask, in_passage = pad([windows[number] for number in numbers], pad_id)
                states = through(layers, network.embedded(ids, in_passage), mask)
                for row, number in enumerate(numbers):
                    self._states[number] = states[row, : len(windows[number].ids)].half().clone()

    @property
    def lengths(self) -> list[int]:
        """How many tokens each window has."""
        return [len(window.ids) for window in self._windows]

    def heads(self, numbers: list[int]) -> tuple[Tensor, Tensor]:
        """What the upper layers and the heads make of some windows, as `ReaderNetwork.forward`."""
        longest = max(len(self._windows[number].ids) for number in numbers)
        states = torch.zeros(len(numbers), longest, self._network.span.in_features)
        mask = torch.zeros(len(numbers), longest)
        in_passage = torch.zeros(len(numbers), longest)
        for row, number in enumerate(numbers):
            window = self._windows[number]
            states[row, : len(window.ids)] = self._states[number].float()
            mask[row, : len(window.ids)] = 1
            in_passage[row, window.passage_tokens[0] : window.passage_tokens[1]] = 1
        if self._network.training:
            states = functional.dropout(states, _DROPPED)
        return self._network.heads(through(self._upper, states, mask), mask, in_passage)
