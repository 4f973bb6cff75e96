"""Training of the network that judges claims: `python -m index.reader.train_claims --minutes 60`.

It starts from the reader's weights and trains the upper layers and a head of three classes on claims written about passages
(`index/reader/training/claims.jsonl.xz`), on claims of other passages (neither), and on sentences of the passages themselves,
as they are (follows) and with a figure changed (contradicts).
"""

from __future__ import annotations

import argparse
import json
import logging
import lzma
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import torch
from torch.nn import functional

from index.embeddings.factory import default_model_folder
from index.reader.claims import CLAIM_WEIGHTS, LABELS, claim_network, logits_of, one_window
from index.reader.network import ReaderNetwork
from index.reader.packing import save_weights
from index.reader.read import WEIGHTS, encode_pairs, in_one_script
from index.reader.train import share_of_rate

_log = logging.getLogger("reader.train_claims")
TRAINING = Path(__file__).parent / "training" / "claims.jsonl.xz"
_CLAIMS_A_STEP = 24
_SMOOTHING = 0.05
_HEAD_FASTER = 8
_HELD_OUT = 20
_SECONDS_BETWEEN_SAVES = 900
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
    content = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    rows = (json.loads(line) for line in content.decode("utf-8").splitlines())
    return [
        [Claim(passage, text, LABELS.index(label)) for text, label, _ in claims] for passage, claims in rows
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


def steps(passages: list[list[Claim]], seed: int) -> Iterator[list[Claim]]:
    """Batches of claims without end, an epoch after another; claims of like length together, to pad less."""
    for epoch in count():
        draw = random.Random(seed + epoch)
        pool = [claim for claims in passages for claim in claims] + list(made(passages, draw))
        draw.shuffle(pool)
        chunks = [
            pool[begin : begin + _CLAIMS_A_STEP * 16] for begin in range(0, len(pool), _CLAIMS_A_STEP * 16)
        ]
        for chunk in chunks:
            chunk.sort(key=lambda claim: len(claim.passage) + len(claim.text))
            batches = [
                chunk[begin : begin + _CLAIMS_A_STEP] for begin in range(0, len(chunk), _CLAIMS_A_STEP)
            ]
            draw.shuffle(batches)
            yield from batches


def _logits(network: ReaderNetwork, tokenizer: object, batch: list[Claim]) -> torch.Tensor:
    read = [in_one_script(claim.text, claim.passage) for claim in batch]
    windows = encode_pairs(tokenizer, [text for text, _ in read], [passage for _, passage in read])
    return logits_of(network, one_window(windows, len(batch)), tokenizer.pad_token_id)  # type: ignore[attr-defined]


def right_of(network: ReaderNetwork, tokenizer: object, claims: list[Claim]) -> float:
    """The share of claims whose label is the network's first."""
    right = 0
    ordered = sorted(claims, key=lambda claim: len(claim.passage))
    with torch.inference_mode():
        for begin in range(0, len(ordered), _CLAIMS_A_STEP):
            batch = ordered[begin : begin + _CLAIMS_A_STEP]
            first = _logits(network, tokenizer, batch).argmax(-1)
            right += int((first == torch.tensor([claim.label for claim in batch])).sum())
    return right / len(claims)


def train(
    model_folder: Path,
    out: Path,
    minutes: float,
    *,
    file: Path = TRAINING,
    start: Path = WEIGHTS,
    frozen: int = 6,
    rate: float = 1e-4,
    seed: int = 1,
) -> float:
    """Train for `minutes`; the weights are written to `out` every few minutes.

    Args:
        model_folder: of the embedding model.
        out: file of the weights that learn.
        minutes: of training.
        file: passages with claims.
        start: weights of the reader.
        frozen: how many of the first layers keep the reader's weights, and are not written.
        rate: highest learning rate of the layers.
        seed: of the order and of what is made.

    Returns:
        The share of claims judged rightly on the passages held out, one in twenty.
    """
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
    network = claim_network(model_folder, start, attention="folded")
    network.freeze(frozen)
    network.eval()
    passages = written(file)
    held_out = [claim for claims in passages[::_HELD_OUT] for claim in claims]
    learning = [claims for number, claims in enumerate(passages) if number % _HELD_OUT]
    optimizer = optimizer_of(network, rate)
    begun = saved = time.monotonic()
    average = 0.0
    for step, batch in enumerate(steps(learning, seed)):
        done = (time.monotonic() - begun) / (minutes * 60)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * share_of_rate(done)
        labels = torch.tensor([claim.label for claim in batch])
        loss = functional.cross_entropy(
            _logits(network, tokenizer, batch), labels, label_smoothing=_SMOOTHING
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.trained().values(), 1.0)
        optimizer.step()
        average = 0.98 * average + 0.02 * loss.item() if step else loss.item()
        if step % 20 == 0:
            _log.info("step %d  %.1f %%  loss %.3f", step, done * 100, average)
        if time.monotonic() - saved > _SECONDS_BETWEEN_SAVES:
            save_weights(network.trained(), out)
            saved = time.monotonic()
            _log.info("held out %.3f", right_of(network, tokenizer, held_out))
    save_weights(network.trained(), out)
    return right_of(network, tokenizer, held_out)


def optimizer_of(network: ReaderNetwork, rate: float) -> torch.optim.Optimizer:
    """AdamW for what is trained; the new heads learn faster than the layers.

    Args:
        network: that learns.
        rate: highest learning rate of the layers; each group's is its `highest`.
    """
    layers = [value for name, value in network.trained().items() if name.startswith("encoder.")]
    head = [value for name, value in network.trained().items() if not name.startswith("encoder.")]
    groups = [{"params": layers, "highest": rate}, {"params": head, "highest": rate * _HEAD_FASTER}]
    return torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    parser.add_argument("--out", type=Path, default=CLAIM_WEIGHTS)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--frozen", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate of the layers")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    right = train(
        default_model_folder(arguments.models),
        arguments.out,
        arguments.minutes,
        frozen=arguments.frozen,
        rate=arguments.rate,
        seed=arguments.seed,
    )
    _log.info("held out %.3f", right)


if __name__ == "__main__":
    main()
