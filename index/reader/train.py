"""Training of the reader: `python -m index.reader.train --minutes 55`.

Loss: cross entropy of the span's start and end (where only the sentences that answer are known: of a start and an end inside
one of them), a listwise cross entropy over the passages of one question, and a binary cross entropy that makes the logit mean
"this passage answers".
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count, islice
from pathlib import Path

import torch
from torch.nn import functional

from index.embeddings.factory import default_model_folder
from index.embeddings.processor import has_bf16
from index.reader.data import Group, groups
from index.reader.network import RANK, ReaderNetwork, build, rank_of
from index.reader.packing import load_weights, save_weights
from index.reader.read import WEIGHTS, Window, encode_pairs, pad

_log = logging.getLogger("reader.train")
_GROUPS_A_STEP = 12
_WINDOWS_AT_ONCE = 12
_NEGATIVES = 4
_HEADS_FASTER = 8
_SECONDS_BETWEEN_SAVES = 300
_SPAN_WEIGHT, _LIST_WEIGHT, _BINARY_WEIGHT = 1.0, 1.0, 1.0


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


def loss_of(network: ReaderNetwork, tokenizer: object, batch: list[Group]) -> torch.Tensor:
    """The loss of one batch."""
    questions: list[str] = []
    passages: list[str] = []
    owners: list[int] = []
    spans: list[tuple[int, int] | None] = []
    lines: list[list[tuple[int, int]]] = []
    for number, group in enumerate(batch):
        rows: list[tuple[str, tuple[int, int] | None]] = (
            [(group.positive, group.span)] if group.positive else []
        )
        rows += [(negative, None) for negative in group.negatives[:_NEGATIVES]]
        for passage, span in rows:
            questions.append(group.question)
            passages.append(passage)
            owners.append(number)
            spans.append(span)
            lines.append([] if span is None else group.lines)
    known = [
        each[0] if span is not None and span[1] <= span[0] and each else span
        for span, each in zip(spans, lines, strict=True)
    ]
    windows = first_or_answering(encode_pairs(tokenizer, questions, passages), known)
    logits, span_logits = read_by_length(network, windows, tokenizer.pad_token_id)  # type: ignore[attr-defined]
    is_positive = torch.tensor([span is not None for span in spans], dtype=torch.float)
    total = _BINARY_WEIGHT * functional.binary_cross_entropy_with_logits(logits, is_positive)
    owner = torch.tensor(owners)
    listwise, lists = torch.zeros(()), 0
    for number, group in enumerate(batch):
        rows_of = logits[owner == number]
        if group.positive and len(rows_of) > 1:
            listwise = listwise - functional.log_softmax(rows_of, 0)[0]
            lists += 1
    total = total + _LIST_WEIGHT * listwise / max(lists, 1)
    span_losses = []
    for window, span, answering, values in zip(windows, spans, lines, span_logits, strict=True):
        tokens = tokens_of(window, span) if span is not None and span[1] > span[0] else None
        if tokens is not None:
            first = window.passage_tokens[0]
            for side in (0, 1):
                target = torch.tensor([tokens[side] - first])
                span_losses.append(functional.cross_entropy(values[:, side][None], target))
        elif answering:
            span_losses += _outside(window, answering, values)
    if span_losses:
        total = total + _SPAN_WEIGHT * torch.stack(span_losses).mean()
    return total


def _outside(window: Window, lines: list[tuple[int, int]], values: torch.Tensor) -> list[torch.Tensor]:
    """Minus the log of the share that start and end have inside `lines`; nothing where the window holds none of them."""
    first, last = window.passage_tokens
    places = window.characters[first:last]
    inside = torch.tensor([any(s < end and begin < e for begin, end in lines) for s, e in places])
    if not inside.any() or inside.all():
        return []
    return [-torch.logsumexp(torch.log_softmax(values[:, side], 0)[inside], 0) for side in (0, 1)]


def read_by_length(
    network: ReaderNetwork, windows: list[Window], pad_id: int
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Answer logits [windows], and of each window the span logits [its passage's tokens, 2].

    Windows of like length are read together, to pad less.
    """
    device = next(network.parameters()).device
    order = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
    logits: dict[int, torch.Tensor] = {}
    spans: dict[int, torch.Tensor] = {}
    for begin in range(0, len(order), _WINDOWS_AT_ONCE):
        chunk = order[begin : begin + _WINDOWS_AT_ONCE]
        ids, mask, in_passage = (each.to(device) for each in pad([windows[n] for n in chunk], pad_id))
        span_rows, answer_rows = (values.float().cpu() for values in network(ids, mask, in_passage))
        for row, number in enumerate(chunk):
            logits[number] = answer_rows[row]
            spans[number] = span_rows[row, slice(*windows[number].passage_tokens)]
    numbers = range(len(windows))
    return torch.stack([logits[number] for number in numbers]), [spans[number] for number in numbers]


def first_or_answering(windows: list[Window], spans: list[tuple[int, int] | None]) -> list[Window]:
    """One window a passage: the one that holds the answer, else the first."""
    chosen: dict[int, Window] = {}
    for window in windows:
        span = spans[window.passage]
        if window.passage not in chosen or (
            span is not None and tokens_of(chosen[window.passage], span) is None and tokens_of(window, span)
        ):
            chosen[window.passage] = window
    return [chosen[number] for number in range(len(spans))]


def tokens_of(window: Window, span: tuple[int, int]) -> tuple[int, int] | None:
    """First and last token of a span of characters, or None when the window does not hold it."""
    first, last = window.passage_tokens
    inside = [
        token
        for token in range(first, last)
        if window.characters[token][1] > span[0] and window.characters[token][0] < span[1]
    ]
    if not inside or window.characters[inside[-1]][1] < span[1]:
        return None
    return inside[0], inside[-1]


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
) -> Progress:
    """Train for `minutes`, from scratch or on from the weights `start`; they are written to `out` every few minutes.

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
    progress = _go_on(out, learned, optimizer)
    begun = saved = 0.0
    for batch in islice(
        steps(shared, seed, made_share, open_share, annotated, written_share), progress.step, None
    ):
        if not begun:
            # Making the first groups reads whole articles; that is no training.
            saved = time.monotonic()
            begun = saved - progress.seconds
        progress.seconds = time.monotonic() - begun
        done = progress.seconds / (minutes * 60)
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
        progress.pairs += sum(len(group.negatives[:_NEGATIVES]) + bool(group.positive) for group in batch)
        if progress.step % 50 == 0:
            _log.info(
                "step %d  %.1f %%  loss %.3f  %.1f pairs/s  %.0f s left",
                progress.step,
                done * 100,
                progress.loss,
                progress.pairs / max(progress.seconds, 1e-9),
                minutes * 60 - progress.seconds,
            )
        progress.step += 1
        if time.monotonic() - saved > _SECONDS_BETWEEN_SAVES:
            _keep(out, learned, optimizer, progress, frozen_weights)
            saved = time.monotonic()
    save_weights({**frozen_weights, **learned.weights}, out)
    _progress_of(out).unlink(missing_ok=True)
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


def _progress_of(out: Path) -> Path:
    return out.with_suffix(".progress")


def _keep(
    out: Path,
    learned: Learned,
    optimizer: torch.optim.Optimizer,
    progress: Progress,
    frozen: dict[str, torch.Tensor],
) -> None:
    """The weights, and all that is needed to go on: the weights in fp32, the optimizer's state, how far it came."""
    save_weights({**frozen, **learned.weights}, out)
    state = {"trained": learned.weights, "optimizer": optimizer.state_dict(), "progress": asdict(progress)}
    part = out.with_suffix(".progress-part")
    torch.save(state, part)
    os.replace(part, _progress_of(out))


def _go_on(out: Path, learned: Learned, optimizer: torch.optim.Optimizer) -> Progress:
    file = _progress_of(out)
    if not file.is_file():
        return Progress()
    state = torch.load(file, weights_only=True)
    learned.set(state["trained"])
    optimizer.load_state_dict(state["optimizer"])
    progress = Progress(**state["progress"])
    _log.info("going on from step %d", progress.step)
    return progress


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--models", type=Path, default=Path(".data/models"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--minutes", type=float, default=55)
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
    )


if __name__ == "__main__":
    main()
