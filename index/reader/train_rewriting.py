"""Training of the network that writes follow-ups out whole: `python -m index.reader.train_rewriting --epochs 8`.

It starts from the reader's weights and trains the upper layers and the heads on conversations (`rewritings.jsonl.xz`). What the lower layers make of
a conversation never changes: it is computed once.
"""

from __future__ import annotations

import argparse
import logging
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from index.embeddings.factory import default_model_folder
from index.reader.annotated import TRAINING
from index.reader.packing import load_weights, save_weights
from index.reader.passages_elsewhere import rows_of
from index.reader.rewriting import (
    FROZEN,
    REWRITING_WEIGHTS,
    Conversation,
    RewritingNetwork,
    conversation_of,
    decoded,
    numbered,
    rewriting_network,
)
from index.reader.rewriting_edits import Edits, applied, edits_of
from index.reader.steps import learn

_log = logging.getLogger("reader.train_rewriting")
REWRITINGS = TRAINING / "rewritings.jsonl.xz"
_MOST_COPIED = 4
HELD_OUT = 10
_DROPPED = 0.1
_SHARE_VARIED = 0.35
_LIKELIHOODS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class Example:
    """A turn of a conversation and what it is whole.

    Args:
        before: the questions before it, each whole, the last one last.
        turn: as it was typed.
        whole: as it would be asked with nothing said before.
        answer: what the last question was answered, or nothing.
    """

    before: tuple[str, ...]
    turn: str
    whole: str
    answer: str = ""


def examples_of(file: Path = REWRITINGS) -> list[list[Example]]:
    """The turns of a file, those of one conversation together."""
    found: dict[str, list[Example]] = {}
    for row in rows_of(file):
        example = Example(tuple(row["before"]), row["turn"], row["whole"], row.get("answer", ""))
        found.setdefault(example.before[0], []).append(example)
    return list(found.values())


def varied(examples: list[Example], draw: random.Random) -> list[Example]:
    """Examples beside the others: without the answer, and with fewer or more questions before, where the whole form needs none of these."""
    others = []
    for example in examples:
        if example.answer and example.answer not in example.whole and draw.random() < _SHARE_VARIED:
            others.append(replace(example, answer=""))
        if len(example.before) > 1 and draw.random() < _SHARE_VARIED:
            others.append(replace(example, before=example.before[-1:]))
        elif len(example.before) == 1 and draw.random() < _SHARE_VARIED:
            other = draw.choice(examples)
            if other.before[0] != example.before[0]:
                others.append(replace(example, before=(other.before[-1], *example.before)))
    return others


def parted(
    conversations: list[list[Example]], held_out: int = HELD_OUT
) -> tuple[list[Example], list[Example]]:
    """The turns of one in so many conversations, which are not learned from, and those of the others.

    Args:
        conversations: in any order.
        held_out: one in so many; 0 for none.
    """
    drawn = list(conversations)
    random.Random(0).shuffle(drawn)
    unseen = drawn[::held_out] if held_out else []
    learning = [own for number, own in enumerate(drawn) if not held_out or number % held_out]
    return [each for own in unseen for each in own], [each for own in learning for each in own]


class _Learner:
    """The upper layers and heads of a network, and of each example what the lower layers make of it."""

    def __init__(self, network: RewritingNetwork, tokenizer: Any, examples: list[Example]) -> None:
        self._network = network
        self.examples: list[Example] = []
        self.read: list[Conversation] = []
        self.edits: list[Edits] = []
        for example in examples:
            read = conversation_of(tokenizer, example.turn, example.before, example.answer)
            edits = edits_of(read.turn, example.whole, read.sources)
            if edits is not None and len(edits.copied) <= _MOST_COPIED:
                self.examples.append(example)
                self.read.append(read)
                self.edits.append(edits)
        self._states: list[Tensor] = [torch.empty(0)] * len(self.read)
        order = sorted(range(len(self.read)), key=lambda number: len(self.read[number].ids))
        with torch.inference_mode():
            for begin in range(0, len(order), 16):
                numbers = order[begin : begin + 16]
                ids, mask, _ = _padded([self.read[number] for number in numbers], tokenizer.pad_token_id)
                states = network.lower(ids, mask)
                for row, number in enumerate(numbers):
                    self._states[number] = states[row, : len(self.read[number].ids)].half().clone()

    @property
    def lengths(self) -> list[int]:
        """How many tokens each example has."""
        return [len(each.ids) for each in self.read]

    def states(self, numbers: list[int]) -> Tensor:
        """States of the last layer of some examples [examples, tokens, hidden]."""
        longest = max(len(self.read[number].ids) for number in numbers)
        states = torch.zeros(len(numbers), longest, self._network.kinds.shape[1])
        mask = torch.zeros(len(numbers), longest)
        kinds = torch.zeros(len(numbers), longest, dtype=torch.long)
        for row, number in enumerate(numbers):
            length = len(self.read[number].ids)
            states[row, :length] = self._states[number].float()
            mask[row, :length] = 1
            kinds[row, :length] = torch.tensor(self.read[number].kinds)
        if self._network.training:
            states = functional.dropout(states, _DROPPED)
        return self._network.upper(states, mask, kinds)

    def loss(self, numbers: list[int]) -> Tensor:
        """What the edits of some examples cost."""
        states = self.states(numbers)
        losses = []
        for row, number in enumerate(numbers):
            read, edits = self.read[number], self.edits[number]
            logits = self._network.edits(states[row, : len(read.ids)], read)
            places = {place: at for at, place in enumerate(numbered(read))}
            wanted = torch.zeros(len(logits.starts), dtype=torch.long)
            ends = []
            for gap, (source, first, last) in edits.copied.items():
                wanted[gap] = places[source, first] + 1
                ends.append((gap, places[source, first], places[source, last]))
            loss = functional.cross_entropy(logits.starts, wanted, reduction="sum")
            loss = loss + functional.binary_cross_entropy_with_logits(
                logits.keeps, torch.tensor(edits.kept, dtype=torch.float), reduction="sum"
            )
            if ends:
                gaps, firsts, lasts = (torch.tensor(part) for part in zip(*ends, strict=True))
                of_ends = self._network.end_logits(
                    logits.gaps[gaps], logits.start_keys[firsts], logits.end_keys
                )
                loss = loss + functional.cross_entropy(of_ends, lasts, reduction="sum")
            losses.append(loss)
        return torch.stack(losses).mean() / 10

    def written(self) -> list[tuple[str, float]]:
        """What the network makes of all examples, with its likelihood."""
        order = sorted(range(len(self.read)), key=lambda number: len(self.read[number].ids))
        found: dict[int, tuple[str, float]] = {}
        with torch.inference_mode():
            for begin in range(0, len(order), 16):
                numbers = order[begin : begin + 16]
                states = self.states(numbers)
                for row, number in enumerate(numbers):
                    read = self.read[number]
                    logits = self._network.edits(states[row, : len(read.ids)], read)
                    edits, likelihood = decoded(self._network, logits, read)
                    found[number] = applied(edits, read.turn, read.sources), likelihood
        return [found[number] for number in range(len(order))]


def _padded(read: list[Conversation], pad_id: int) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(each.ids) for each in read)
    ids = torch.full((len(read), longest), pad_id)
    mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, each in enumerate(read):
        length = len(each.ids)
        ids[row, :length] = torch.tensor(each.ids)
        kinds[row, :length] = torch.tensor(each.kinds)
        mask[row, :length] = 1
    return ids, mask, kinds


def figures_of(learner: _Learner) -> dict[str, float]:
    """How right the network is: whole forms that are the same but for 的 and marks, all, and where it is as likely as told."""
    pairs = [
        (_plain(text) == _plain(example.whole), likelihood)
        for example, (text, likelihood) in zip(learner.examples, learner.written(), strict=True)
    ]
    figures = {"right": sum(right for right, _ in pairs) / max(len(pairs), 1)}
    for least in _LIKELIHOODS:
        told = [right for right, likelihood in pairs if likelihood >= least]
        figures[f"told {least}"] = len(told) / max(len(pairs), 1)
        figures[f"right {least}"] = sum(told) / max(len(told), 1)
    return {name: round(value, 3) for name, value in figures.items()}


def _plain(text: str) -> str:
    return "".join(character for character in text if character not in "的 ？?，,。")


def train(
    model_folder: Path,
    out: Path,
    epochs: int,
    *,
    file: Path = REWRITINGS,
    frozen: int = FROZEN,
    rate: float = 2e-4,
    seed: int = 1,
    held_out: int = HELD_OUT,
    go_on: Path | None = None,
) -> dict[str, float]:
    """Train for some epochs and write the weights.

    Args:
        model_folder: of the embedding model.
        out: file of the weights that learn.
        epochs: how often every example is read.
        file: of the conversations.
        frozen: how many of the first layers keep the reader's weights, and are not written.
        rate: highest learning rate of the layers.
        seed: of the order and of what is drawn.
        held_out: one in so many conversations is not trained on; 0 for none.
        go_on: weights of an earlier training, to go on from.

    Returns:
        `figures_of` the conversations held out.
    """
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
    network = rewriting_network(model_folder, attention="folded", frozen=frozen)
    if go_on is not None:
        network.load_state_dict(load_weights(go_on), strict=False)
    network.eval()
    unseen, learning = parted(examples_of(file), held_out)
    learning += varied(learning, random.Random(seed))
    learner = _Learner(network, tokenizer, learning)
    kept = _Learner(network, tokenizer, unseen)
    _log.info("%d of %d examples; held out %d", len(learner.examples), len(learning), len(kept.examples))
    steps = learn(network, learner.lengths, learner.loss, epochs=epochs, rate=rate, seed=seed)
    for epoch, loss in enumerate(steps, start=1):
        _log.info("epoch %d  loss %.3f  held out %s", epoch, loss, figures_of(kept))
        save_weights(network.trained(), out)
    return figures_of(kept)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    parser.add_argument("--file", type=Path, default=REWRITINGS)
    parser.add_argument("--out", type=Path, default=REWRITING_WEIGHTS)
    parser.add_argument("--go-on", type=Path, help="weights of an earlier training, to go on from")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=FROZEN)
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the layers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--held-out", type=int, default=HELD_OUT, help="one in so many conversations; 0 for none"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    figures = train(
        default_model_folder(arguments.models),
        arguments.out,
        arguments.epochs,
        file=arguments.file,
        frozen=arguments.frozen,
        rate=arguments.rate,
        seed=arguments.seed,
        held_out=arguments.held_out,
        go_on=arguments.go_on,
    )
    _log.info("held out %s", figures)


if __name__ == "__main__":
    main()
