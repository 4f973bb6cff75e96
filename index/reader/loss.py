"""What the reader's training brings down: the loss of a batch of questions with their passages.

Cross entropy of the span's start and end (where only the sentences that answer are known: of a start and an end inside
one of them), a listwise cross entropy over the passages of one question, and a binary cross entropy that makes the logit mean
"this passage answers".
"""

from __future__ import annotations

import torch
from torch.nn import functional

from index.reader.data import Group
from index.reader.network import ReaderNetwork
from index.reader.read import Window, encode_pairs, pad

NEGATIVES = 4
"""How many passages that do not answer are read with one that does."""
_WINDOWS_AT_ONCE = 12
_SPAN_WEIGHT, _LIST_WEIGHT, _BINARY_WEIGHT = 1.0, 1.0, 1.0


def loss_of(network: ReaderNetwork, tokenizer: object, batch: list[Group]) -> torch.Tensor:
    """The loss of one batch, a scalar: of the passages' answer logits, of their order, and of the answers' spans.

    Args:
        network: The network that reads.
        tokenizer: The tokenizer of its encoder.
        batch: Questions, each with a passage that answers, where there is one, and some that do not.

    Returns:
        What the step brings down, on the CPU.
    """
    questions: list[str] = []
    passages: list[str] = []
    owners: list[int] = []
    spans: list[tuple[int, int] | None] = []
    lines: list[list[tuple[int, int]]] = []
    for number, group in enumerate(batch):
        rows: list[tuple[str, tuple[int, int] | None]] = (
            [(group.positive, group.span)] if group.positive else []
        )
        rows += [(negative, None) for negative in group.negatives[:NEGATIVES]]
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
