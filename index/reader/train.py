"""Training of the reader: `python -m index.reader.train --minutes 55`.

What is brought down is the loss of `index.reader.loss`; what is kept of a stopped training, `index.reader.checkpoint` writes.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import torch

from index.embeddings.factory import default_model_folder
from index.embeddings.processor import has_bf16
from index.reader.checkpoint import Learned, Progress, remove_checkpoint, resume, save_checkpoint
from index.reader.data import Group, groups
from index.reader.loss import NEGATIVES, first_or_answering, loss_of, read_by_length, tokens_of
from index.reader.network import RANK, ReaderNetwork, build, rank_of
from index.reader.packing import load_weights, save_weights
from index.reader.read import WEIGHTS

__all__ = [
    "Learned",
    "Progress",
    "first_or_answering",
    "loss_of",
    "read_by_length",
    "share_of_rate",
    "steps",
    "tokens_of",
    "train",
]

_log = logging.getLogger("reader.train")
_GROUPS_A_STEP = 12
_HEADS_FASTER = 8
_SECONDS_BETWEEN_SAVES = 300


def steps(
    shared: Path,
    seed: int,
    made_share: float,
    open_share: float,
    annotated: Path | None = None,
    written_share: float = 1.0,
) -> Iterator[list[Group]]:
    """Batches of groups without end, an epoch after another; groups of like length together, to pad less."""
    draw = random.Random(seed)
    for epoch in count():
        drawn = groups(
            shared, seed + epoch, made_share, open_share, annotated=annotated, written_share=written_share
        )
        while pool := list(islice(drawn, _GROUPS_A_STEP * 16)):
            pool.sort(key=lambda group: max(map(len, [group.positive, *group.negatives]), default=0))
            batches = [pool[begin : begin + _GROUPS_A_STEP] for begin in range(0, len(pool), _GROUPS_A_STEP)]
            draw.shuffle(batches)
            yield from batches


def train(
    model_folder: Path,
    shared: Path,
    out: Path,
    minutes: float,
    seed: int = 1,
    rank: int = RANK,
    start: Path | None = None,
    rate: float = 6e-4,
    made_share: float = 0.35,
    open_share: float = 1.0,
    annotated: Path | None = None,
    frozen: int = 0,
    written_share: float = 1.0,
    pairs: int = 0,
) -> Progress:
    """Train for `minutes`, from scratch or on from the weights `start`; they are written to `out` every few minutes.

    With `pairs` the training ends after so many pairs of a question and a passage instead, and the same call gives the same
    weights on the same processor, however often it was stopped between.

    `annotated` is a folder of documents with annotated questions (`index.reader.annotated`); the first `frozen` layers keep
    their weights. `rank` is that of the adapters; 0 trains the weights of all layers, at a tenth of the adapters' rate or less.
    What a stopped training left beside `out` (`….progress`) is gone on with. On a GPU where there is one, else in bf16 where the
    processor has it.
    """
    from transformers import AutoTokenizer

    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
    network = _begin(model_folder, rank, start)
    frozen_weights = network.freeze(frozen)
    network.to(device)
    network.eval()  # no dropout: it costs more time than it brings in one epoch
    learned = Learned(network, in_half=has_bf16() or device.type == "cuda")
    optimizer = torch.optim.AdamW(
        _by_rate(learned.weights, rank, rate), lr=rate, weight_decay=0.01, betas=(0.9, 0.98)
    )
    progress = resume(out, learned, optimizer)
    begun = saved = 0.0
    for batch in islice(
        steps(shared, seed, made_share, open_share, annotated, written_share), progress.step, None
    ):
        if not begun:
            # Making the first groups reads whole articles; that is no training.
            saved = time.monotonic()
            begun = saved - progress.seconds
        progress.seconds = time.monotonic() - begun
        done = progress.pairs / pairs if pairs else progress.seconds / (minutes * 60)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * share_of_rate(done)
        loss = loss_of(network, tokenizer, batch)
        loss.backward()
        learned.take_gradients()
        torch.nn.utils.clip_grad_norm_(learned.weights.values(), 1.0)
        optimizer.step()
        learned.give_weights()
        progress.loss = 0.98 * progress.loss + 0.02 * loss.item() if progress.step else loss.item()
        progress.pairs += sum(len(group.negatives[:NEGATIVES]) + bool(group.positive) for group in batch)
        if progress.step % 50 == 0:
            _log.info(
                "step %d  %.1f %%  loss %.3f  %.1f pairs/s  %.0f s so far",
                progress.step,
                done * 100,
                progress.loss,
                progress.pairs / max(progress.seconds, 1e-9),
                progress.seconds,
            )
        progress.step += 1
        if time.monotonic() - saved > _SECONDS_BETWEEN_SAVES:
            save_checkpoint(out, learned, optimizer, progress, frozen_weights)
            saved = time.monotonic()
    save_weights({**frozen_weights, **learned.weights}, out)
    remove_checkpoint(out)
    return progress


def _begin(model_folder: Path, rank: int, start: Path | None) -> ReaderNetwork:
    """The network to train: new, or as `start` left it; adapters of `start` are folded in where layers are trained."""
    # transformers' fused attention is slower here, backwards
    if start is None:
        return build(model_folder, rank, attention="folded")
    known = load_weights(start)
    network = build(model_folder, rank_of(known), attention="folded")
    network.load_state_dict(known, strict=False)
    if not rank:
        network.unfreeze()
    elif rank != rank_of(known):
        raise ValueError(f"{start} has adapters of rank {rank_of(known)}, asked are {rank}")
    return network


def _by_rate(weights: dict[str, torch.Tensor], rank: int, rate: float) -> list[dict]:
    """Groups of parameters: where whole layers are trained, the heads learn faster."""
    layers = [value for name, value in weights.items() if name.startswith("encoder.")]
    heads = [value for name, value in weights.items() if not name.startswith("encoder.")]
    return [
        {"params": layers, "highest": rate},
        {"params": heads, "highest": rate if rank else rate * _HEADS_FASTER},
    ]


def share_of_rate(done: float) -> float:
    """The learning rate as a share of the highest: up over the first 4 %, then down along a cosine to 2 %."""
    return min(1.0, done / 0.04 + 0.02) * (0.5 * (1 + math.cos(math.pi * min(done, 1.0))) * 0.98 + 0.02)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument("--pairs", type=int, default=0, help="end after so many pairs instead of minutes")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=6e-4, help="highest learning rate")
    parser.add_argument(
        "--rank", type=int, default=RANK, help="of the adapters; 0 trains all layers' weights (22 MB)"
    )
    parser.add_argument("--made-share", type=float, default=0.35, help="share of made-up policy questions")
    parser.add_argument(
        "--open-share", type=float, default=1.0, help="how much of the open sets an epoch uses"
    )
    parser.add_argument("--annotated", type=Path, help="folder of documents with annotated questions")
    parser.add_argument(
        "--written-share", type=float, default=1.0, help="how much of the written questions an epoch uses"
    )
    parser.add_argument(
        "--frozen", type=int, default=0, help="how many of the first layers keep their weights"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    train(
        default_model_folder(arguments.models),
        arguments.shared,
        arguments.out,
        arguments.minutes,
        arguments.seed,
        arguments.rank,
        start=arguments.start,
        rate=arguments.rate,
        made_share=arguments.made_share,
        open_share=arguments.open_share,
        annotated=arguments.annotated,
        frozen=arguments.frozen,
        written_share=arguments.written_share,
        pairs=arguments.pairs,
    )


if __name__ == "__main__":
    main()
