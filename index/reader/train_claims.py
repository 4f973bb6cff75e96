"""Training of the network that judges claims: `python -m index.reader.train_claims --epochs 3 --texts FOLDER…`.

It starts from the reader's weights and trains the upper layers and a head of three classes on claims written about passages
(`index/reader/training/claims.jsonl.xz`, and `claims_on_texts.jsonl.xz` on public texts that lie elsewhere), on claims of other
passages (neither), and on sentences of the passages themselves, as they are (follows) and with a figure changed (contradicts).
What the lower layers make of a pair never changes: it is computed once.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from index.embeddings.factory import default_model_folder
from index.reader.annotated import TRAINING as TRAINING_FOLDER
from index.reader.claims import CLAIM_WEIGHTS, LABELS, claim_network, one_window
from index.reader.lower_states import LowerStates
from index.reader.network import ReaderNetwork
from index.reader.packing import load_weights, save_weights
from index.reader.passages_elsewhere import located, rows_of
from index.reader.read import WEIGHTS, Window, encode_pairs, in_one_script
from index.reader.steps import learn

_log = logging.getLogger("reader.train_claims")
TRAINING = TRAINING_FOLDER / "claims.jsonl.xz"
ON_TEXTS = TRAINING_FOLDER / "claims_on_texts.jsonl.xz"
_AT_ONCE = 16
_SMOOTHING = 0.05
_HELD_OUT = 20
_SHARE_MADE = 0.35
_SENTENCE = re.compile(r"[^。！？；\n]{12,80}[。；]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Claim:
    """A claim about a passage; `label` is a number in `LABELS`."""

    passage: str
    text: str
    label: int


def written(file: Path = TRAINING) -> list[list[Claim]]:
    """The claims of a file, by passage."""
    return [
        [Claim(passage, text, LABELS.index(label)) for text, label, _ in claims]
        for passage, claims in rows_of(file)
    ]


def written_on_texts(texts: Sequence[Path], file: Path = ON_TEXTS) -> list[list[Claim]]:
    """The claims on public texts, by passage; none of a document that is not there.

    Args:
        texts: folders with the public texts, files of one text or `.jsonl` of `title` and `content`.
        file: with the claims.
    """
    return [
        [Claim(f"{label}\n{passage}", text, LABELS.index(name)) for text, name, _ in row["claims"]]
        for row, label, passage in located(rows_of(file), texts)
    ]


def made(passages: list[list[Claim]], draw: random.Random) -> Iterator[Claim]:
    """For each passage a sentence of it, the like with one figure changed, and a claim of another passage."""
    for number, claims in enumerate(passages):
        passage = claims[0].passage
        sentences = _SENTENCE.findall(passage.partition("\n")[2])
        if sentences:
            yield Claim(passage, draw.choice(sentences), LABELS.index("follows"))
        with_figures = [sentence for sentence in sentences if _FIGURE.search(sentence)]
        if with_figures:
            yield Claim(passage, _changed(draw.choice(with_figures), draw), LABELS.index("contradicts"))
        other = draw.choice(passages[:number] + passages[number + 1 :])
        yield Claim(passage, draw.choice(other).text, LABELS.index("neither"))


def _changed(sentence: str, draw: random.Random) -> str:
    """The sentence with one digit of one figure changed."""
    figure = draw.choice(list(_FIGURE.finditer(sentence)))
    place = draw.choice([n for n in range(*figure.span()) if sentence[n].isdigit()])
    digit = draw.choice([each for each in "123456789" if each != sentence[place]])
    return sentence[:place] + digit + sentence[place + 1 :]


def _windows(tokenizer: object, claims: list[Claim]) -> list[Window]:
    read = [in_one_script(claim.text, claim.passage) for claim in claims]
    windows = encode_pairs(tokenizer, [text for text, _ in read], [passage for _, passage in read])
    return one_window(windows, len(claims))


class _Pool:
    """Claims with what the lower layers of a network make of them."""

    def __init__(self, network: ReaderNetwork, frozen: int, tokenizer: Any, claims: list[Claim]) -> None:
        self.labels = torch.tensor([claim.label for claim in claims])
        self.lower = LowerStates(network, frozen, _windows(tokenizer, claims), tokenizer.pad_token_id)

    def loss(self, numbers: list[int]) -> Tensor:
        """What some claims cost."""
        logits = self.lower.heads(numbers)[1]
        return functional.cross_entropy(logits, self.labels[numbers], label_smoothing=_SMOOTHING)

    def right(self) -> float:
        """The share of claims whose label is the network's first."""
        order = sorted(range(len(self.labels)), key=lambda number: self.lower.lengths[number])
        right = 0
        with torch.inference_mode():
            for begin in range(0, len(order), _AT_ONCE):
                numbers = order[begin : begin + _AT_ONCE]
                first = self.lower.heads(numbers)[1].argmax(-1)
                right += int((first == self.labels[numbers]).sum())
        return right / max(len(order), 1)


def train(
    model_folder: Path,
    out: Path,
    epochs: int,
    *,
    file: Path = TRAINING,
    texts: Sequence[Path] = (),
    thinned: int = 1,
    start: Path = WEIGHTS,
    go_on: Path | None = None,
    frozen: int = 6,
    rate: float = 1e-4,
    seed: int = 1,
) -> dict[str, float]:
    """Train for some epochs; the weights are written to `out` after each.

    Args:
        model_folder: of the embedding model.
        out: file of the weights that learn.
        epochs: how often every claim is read.
        file: passages with claims.
        texts: folders with the public texts of `ON_TEXTS`; none: these are not read.
        thinned: one in so many of the invented passages is read.
        start: weights of the reader.
        go_on: weights of an earlier training, to go on from.
        frozen: how many of the first layers keep the reader's weights, and are not written.
        rate: highest learning rate of the layers.
        seed: of the order and of what is made.

    Returns:
        The share of claims judged rightly on the passages held out, one in twenty, of each kind of passages.
    """
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
    network = claim_network(model_folder, start, attention="folded")
    if go_on is not None:
        network.load_state_dict(load_weights(go_on), strict=False)
    network.freeze(frozen)
    network.eval()
    kinds = {"invented": written(file)[::thinned]}
    if texts:
        kinds["on texts"] = written_on_texts(texts)
    held_out = {
        name: _Pool(network, frozen, tokenizer, [claim for claims in kind[::_HELD_OUT] for claim in claims])
        for name, kind in kinds.items()
    }
    learning = [claims for kind in kinds.values() for number, claims in enumerate(kind) if number % _HELD_OUT]
    claims = [claim for claims in learning for claim in claims]
    draw = random.Random(seed)
    claims += [claim for claim in made(learning, draw) if draw.random() < _SHARE_MADE]
    pool = _Pool(network, frozen, tokenizer, claims)
    _log.info("%d claims", len(claims))
    steps = learn(network, pool.lower.lengths, pool.loss, epochs=epochs, rate=rate, seed=seed)
    for epoch, loss in enumerate(steps, start=1):
        save_weights(network.trained(), out)
        shares = {name: round(own.right(), 3) for name, own in held_out.items()}
        _log.info("epoch %d  loss %.3f  held out %s", epoch, loss, shares)
    return {name: own.right() for name, own in held_out.items()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    parser.add_argument("--out", type=Path, default=CLAIM_WEIGHTS)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument(
        "--texts",
        type=Path,
        nargs="*",
        default=[],
        help="folders with the public texts of the claims on texts",
    )
    parser.add_argument(
        "--thinned", type=int, default=1, help="one in so many of the invented passages is read"
    )
    parser.add_argument("--go-on", type=Path, help="weights of an earlier training, to go on from")
    parser.add_argument("--frozen", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate of the layers")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    right = train(
        default_model_folder(arguments.models),
        arguments.out,
        arguments.epochs,
        texts=arguments.texts,
        thinned=arguments.thinned,
        go_on=arguments.go_on,
        frozen=arguments.frozen,
        rate=arguments.rate,
        seed=arguments.seed,
    )
    _log.info("right on the passages held out: %s", {name: round(share, 3) for name, share in right.items()})


if __name__ == "__main__":
    main()
