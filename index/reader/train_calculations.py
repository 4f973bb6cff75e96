"""Training of the network that reads calculations: `python -m index.reader.train_calculations --epochs 8`.

It starts from the reader's weights and trains the upper layers and two heads on questions written about passages
(`index.reader.calculation_examples`): what is to be worked out, and of which figures. Some questions are also asked of another's
passage, which holds no answer, and of their own with other digits; questions on the annotated documents whose answer is printed are read beside
them, so that a passage of many figures alone calls for no calculation. What the lower layers make of a pair never changes: it is computed once.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from corpus.language.mentions import Mention, mentions_in
from index.embeddings.factory import default_model_folder
from index.reader.calculation_examples import (
    TRAINING,
    Example,
    asked_of_their_like,
    examples_of,
    examples_on_texts,
    made,
    plain_examples,
)
from index.reader.calculations import (
    OPERATIONS,
    ROLES,
    Calculation,
    calculation_network,
    chosen,
    read_windows,
    tokens_of,
)
from index.reader.claims import one_window
from index.reader.lower_states import LowerStates
from index.reader.network import ReaderNetwork
from index.reader.packing import load_weights, save_weights
from index.reader.read import WEIGHTS, Window, encode_pairs, in_one_script
from index.reader.steps import learn

_log = logging.getLogger("reader.train_calculations")
_A_STEP = 16
_HELD_OUT = 10
_SMOOTHING = 0.05
_LIKELIHOODS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


class _Learner:
    """The upper layers and heads of a network, and of each example what the lower layers make of it.

    Args:
        network: of `calculation_network`.
        frozen: how many of its layers stay as they are.
        tokenizer: of the model.
        examples: that are learned from.
    """

    def __init__(self, network: ReaderNetwork, frozen: int, tokenizer: Any, examples: list[Example]) -> None:
        self._examples = examples
        windows, mentions = _windows(tokenizer, examples)
        self._places = [
            [(each, tokens) for each in own if (tokens := tokens_of(window, each))]
            for window, own in zip(windows, mentions, strict=True)
        ]
        self._lower = LowerStates(network, frozen, windows, tokenizer.pad_token_id)

    @property
    def lengths(self) -> list[int]:
        """How many tokens each example has."""
        return self._lower.lengths

    def loss(self, numbers: list[int]) -> Tensor:
        """What the calculations and the parts of the figures of some examples cost."""
        by_token, operations = self._lower.heads(numbers)
        wanted = torch.tensor([OPERATIONS.index(self._examples[number].operation) for number in numbers])
        loss = functional.cross_entropy(operations, wanted, label_smoothing=_SMOOTHING)
        roles, parts = [], []
        for row, number in enumerate(numbers):
            for mention, tokens in self._places[number]:
                roles.append(by_token[row, tokens].mean(0))
                parts.append(ROLES.index(self._examples[number].roles.get(mention.start, "none")))
        return loss + functional.cross_entropy(torch.stack(roles), torch.tensor(parts)) if parts else loss


def _windows(tokenizer: object, batch: list[Example]) -> tuple[list[Window], list[list[Mention]]]:
    read = [in_one_script(each.question, each.text) for each in batch]
    windows = encode_pairs(tokenizer, [asked for asked, _ in read], [text for _, text in read])
    return one_window(windows, len(batch)), [mentions_in(each.text) for each in batch]


def read_all(network: ReaderNetwork, tokenizer: object, examples: list[Example]) -> list[Calculation]:
    """What the network makes of examples, in their order."""
    order = sorted(range(len(examples)), key=lambda number: len(examples[number].text))
    found: dict[int, Calculation] = {}
    with torch.inference_mode():
        for begin in range(0, len(order), _A_STEP):
            numbers = order[begin : begin + _A_STEP]
            windows, mentions = _windows(tokenizer, [examples[number] for number in numbers])
            read = read_windows(network, windows, mentions, tokenizer.pad_token_id)  # type: ignore[attr-defined]
            for number, *own in zip(numbers, *read, strict=True):
                found[number] = chosen(*own)
    return [found[number] for number in range(len(examples))]


def is_right(example: Example, read: Calculation) -> bool:
    """Whether the calculation and all its figures are those wanted."""
    roles = {each.start: "a" for each in read.firsts} | {each.start: "b" for each in read.seconds}
    return read.operation == example.operation and roles == example.roles


def figures_of(examples: list[Example], read: list[Calculation]) -> dict[str, float]:
    """Shares of examples that were read.

    Args:
        examples: that were not learned from.
        read: what the network makes of each.

    Returns:
        Of those that ask for a calculation: `right`, whole, and the calculation alone, `operation`; the same whole for each calculation;
        of the others, how many are `left_alone`; and for some likelihoods how many are `told` from there, and `right` of these.
    """
    pairs = list(zip(examples, read, strict=True))
    asked = [(example, one) for example, one in pairs if example.operation != "none"]
    others = [one for example, one in pairs if example.operation == "none"]
    figures = {
        "right": _mean([is_right(example, one) for example, one in asked]),
        "operation": _mean([example.operation == one.operation for example, one in asked]),
        "left_alone": _mean([one.operation == "none" for one in others]),
    }
    for operation in OPERATIONS[1:]:
        figures[operation] = _mean([is_right(*pair) for pair in asked if pair[0].operation == operation])
    for least in _LIKELIHOODS:
        told = [
            is_right(*pair) for pair in pairs if pair[1].operation != "none" and pair[1].likelihood >= least
        ]
        figures[f"told {least}"] = float(len(told))
        figures[f"right {least}"] = _mean(told)
    return figures


def _mean(values: list[bool]) -> float:
    return sum(values) / max(len(values), 1)


def train(
    model_folder: Path,
    out: Path,
    epochs: int,
    *,
    file: Path = TRAINING,
    start: Path = WEIGHTS,
    go_on: Path | None = None,
    frozen: int = 8,
    rate: float = 1e-4,
    seed: int = 1,
    held_out: int = _HELD_OUT,
    plain: int = 0,
    texts: Sequence[Path] = (),
    of_like: bool = True,
) -> dict[str, float]:
    """Train for some epochs and write the weights.

    Args:
        model_folder: of the embedding model.
        out: file of the weights that learn.
        epochs: how often every example is read.
        file: passages with questions.
        start: weights of the reader.
        go_on: weights of an earlier training, to go on from.
        frozen: how many of the first layers keep the reader's weights, and are not written.
        rate: highest learning rate of the layers.
        seed: of the order and of what is drawn.
        held_out: one in so many passages is not trained on; 0 for none.
        plain: how many questions of the annotated documents are read beside.
        texts: folders with public texts of these.
        of_like: whether calculations are asked of passages like their own too, which do not hold their figures.

    Returns:
        `figures_of` the passages held out.
    """
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
    network = calculation_network(model_folder, start, attention="folded")
    if go_on is not None:
        network.load_state_dict(load_weights(go_on), strict=False)
    network.freeze(frozen)
    network.eval()
    passages = [*examples_on_texts(list(texts)), *examples_of(file)]
    random.Random(0).shuffle(passages)
    unseen = passages[::held_out] if held_out else []
    learning = [own for number, own in enumerate(passages) if not held_out or number % held_out]
    others = plain_examples(list(texts), plain, seed) if plain else []
    unread = len(others) // held_out if held_out else 0
    kept = [each for own in unseen for each in own] + others[:unread]
    examples = made(learning, random.Random(seed)) + others[unread:]
    if of_like:
        kept += asked_of_their_like(unseen)
        examples += asked_of_their_like(learning)
    learner = _Learner(network, frozen, tokenizer, examples)
    _log.info("%d examples", len(examples))
    steps = learn(network, learner.lengths, learner.loss, epochs=epochs, rate=rate, seed=seed)
    for epoch, loss in enumerate(steps, start=1):
        _log.info("epoch %d  loss %.3f  held out %s", epoch, loss, _rounded(network, tokenizer, kept))
        save_weights(network.trained(), out)
    return figures_of(kept, read_all(network, tokenizer, kept))


def _rounded(network: ReaderNetwork, tokenizer: object, examples: list[Example]) -> dict[str, float]:
    return {
        name: round(value, 3)
        for name, value in figures_of(examples, read_all(network, tokenizer, examples)).items()
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    parser.add_argument("--file", type=Path, default=TRAINING)
    parser.add_argument("--out", type=Path, default=Path(".data/calculations.safetensors"))
    parser.add_argument("--go-on", type=Path, help="weights of an earlier training, to go on from")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate of the layers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", type=int, default=_HELD_OUT, help="one in so many passages; 0 for none")
    parser.add_argument(
        "--plain", type=int, default=3500, help="questions of the annotated documents that are read beside"
    )
    parser.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="folders with the public texts of these"
    )
    parser.add_argument(
        "--own-only", action="store_true", help="ask calculations of no passages like their own"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    figures = train(
        default_model_folder(arguments.models),
        arguments.out,
        arguments.epochs,
        file=arguments.file,
        go_on=arguments.go_on,
        frozen=arguments.frozen,
        rate=arguments.rate,
        seed=arguments.seed,
        held_out=arguments.held_out,
        plain=arguments.plain,
        texts=arguments.texts,
        of_like=not arguments.own_only,
    )
    _log.info("held out %s", figures)


if __name__ == "__main__":
    main()
