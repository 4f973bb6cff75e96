"""Serving: questions and passages in, scores and spans out."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from corpus.language.script import simplify
from index.embeddings.processor import has_bf16
from index.reader.network import build, rank_of
from index.reader.packing import load_weights
from index.synonyms import in_the_words_of

WEIGHTS = Path(__file__).parent / "weights" / "reader.safetensors"
LONGEST = 256
_STRIDE = 96
_LONGEST_QUESTION = 64
_LONGEST_SPAN = 40
_BATCH = 16
_REMEMBERED = 512


@dataclass(frozen=True)
class Reading:
    """What the reader sees in one passage.

    `score` is the logit that the passage answers the question. `start_scores` and `end_scores` are logits
    of the answer's first and last token, best of all windows, for the tokens at `characters` (spans in the
    passage's text).
    """

    score: float
    characters: list[tuple[int, int]]
    start_scores: np.ndarray
    end_scores: np.ndarray

    def best_span(self, begin: int, end: int) -> tuple[int, int, float]:
        """The likeliest answer inside `text[begin:end]`: its span in characters and its score.

        The score is the log of the share that the span's ends have among all tokens of the passage;
        minus infinity where the stretch holds no token.
        """
        inside = [
            n
            for n, (first, last) in enumerate(self.characters)
            if first >= begin and last <= end and last > first
        ]
        if not inside:
            return begin, begin, float("-inf")
        starts, ends = _log_softmax(self.start_scores)[inside], _log_softmax(self.end_scores)[inside]
        table = starts[:, None] + ends[None, :]
        allowed = np.triu(np.ones_like(table, bool)) & np.tril(np.ones_like(table, bool), _LONGEST_SPAN - 1)
        flat = int(np.where(allowed, table, -np.inf).argmax())
        first, last = divmod(flat, len(inside))
        return self.characters[inside[first]][0], self.characters[inside[last]][1], float(table[first, last])


def _log_softmax(values: np.ndarray) -> np.ndarray:
    shifted = values - values.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))


class Reader:
    """The trained reader. Deterministic, and safe to call from several threads."""

    def __init__(self, model_folder: Path, weights: Path = WEIGHTS) -> None:
        from transformers import AutoTokenizer

        trained = load_weights(weights)
        network = build(model_folder, rank_of(trained))
        missing = set(network.trained()) - set(trained)
        if missing:
            raise ValueError(f"{weights} lacks {sorted(missing)[0]}")
        network.load_state_dict(trained, strict=False)
        network.merge()
        network.eval()
        if has_bf16():
            network.encoder.to(torch.bfloat16)
        self._network = network
        self._tokenizer = AutoTokenizer.from_pretrained(model_folder, local_files_only=True)
        # Fast tokenizers are not safe to share between threads.
        self._tokenizing = threading.Lock()
        self._remembering = threading.Lock()
        self._readings: dict[tuple[str, str], Reading] = {}

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """A reading of each passage; a long one is read in windows, and the best window's logit counts.

        The last `_REMEMBERED` readings are kept: search and answer read the same passages.
        """
        with self._remembering:
            known = {
                text: self._readings[question, text]
                for text in passages
                if (question, text) in self._readings
            }
        unread = [text for text in dict.fromkeys(passages) if text not in known]
        known.update(zip(unread, self._read_anew(question, unread), strict=True))
        with self._remembering:
            self._readings.update({(question, text): known[text] for text in unread})
            while len(self._readings) > _REMEMBERED:
                self._readings.pop(next(iter(self._readings)))
        return [known[text] for text in passages]

    def _read_anew(self, question: str, passages: list[str]) -> list[Reading]:
        encoded = self.encode(question, passages)
        order = sorted(range(len(encoded)), key=lambda number: len(encoded[number].ids))
        merged: dict[int, _Merged] = {}
        with torch.inference_mode():
            for begin in range(0, len(order), _BATCH):
                windows = [encoded[number] for number in order[begin : begin + _BATCH]]
                ids, mask, in_passage = pad(windows, self._tokenizer.pad_token_id)
                spans, logits = self._network(ids, mask, in_passage)
                for row, window in enumerate(windows):
                    first, last = window.passage_tokens
                    merged.setdefault(window.passage, _Merged()).add(
                        float(logits[row]), window.characters[first:last], spans[row, first:last].numpy()
                    )
        return [merged[number].reading() for number in range(len(passages))]

    def encode(self, question: str, passages: list[str]) -> list[Window]:
        """Windows of question and passage tokens with the characters they stand for.

        The question is read in each passage's own words for things: the network knows little of what else they are called.
        """
        if not passages:
            return []
        with self._tokenizing:
            pairs = [in_one_script(question, passage) for passage in passages]
            pairs = [(in_the_words_of(passage, asked), passage) for asked, passage in pairs]
            return encode_pairs(self._tokenizer, [pair[0] for pair in pairs], [pair[1] for pair in pairs])


class _Merged:
    """Collects the windows of one passage."""

    def __init__(self) -> None:
        self._score = float("-inf")
        self._tokens: dict[tuple[int, int], np.ndarray] = {}

    def add(self, score: float, characters: list[tuple[int, int]], spans: np.ndarray) -> None:
        self._score = max(self._score, score)
        for place, values in zip(characters, spans, strict=True):
            known = self._tokens.get(place)
            self._tokens[place] = values if known is None else np.maximum(known, values)

    def reading(self) -> Reading:
        places = sorted(self._tokens)
        table = np.array([self._tokens[place] for place in places]).reshape(len(places), 2)
        return Reading(self._score, places, table[:, 0], table[:, 1])


@dataclass
class Window:
    """Token ids of a pair, which of them are the passage's, and each token's characters in the passage."""

    passage: int
    ids: list[int]
    passage_tokens: tuple[int, int]
    characters: list[tuple[int, int]]


def in_one_script(question: str, passage: str) -> tuple[str, str]:
    """Both in simplified script, in which the reader was trained; lengths stay the same."""
    return simplify(question), simplify(passage)


def encode_pairs(tokenizer: object, questions: list[str], passages: list[str]) -> list[Window]:
    """Windows of at most `LONGEST` tokens: "<s> question </s> </s> passage </s>"."""
    cut = []
    for question in questions:
        offsets = tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]  # type: ignore[operator]
        cut.append(
            question if len(offsets) <= _LONGEST_QUESTION else question[: offsets[_LONGEST_QUESTION][0]]
        )
    encoded = tokenizer(  # type: ignore[operator]
        cut,
        passages,
        truncation="only_second",
        max_length=LONGEST,
        stride=_STRIDE,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )
    windows = []
    for number, ids in enumerate(encoded["input_ids"]):
        sequence = encoded.sequence_ids(number)
        inside = [position for position, part in enumerate(sequence) if part == 1]
        tokens = (inside[0], inside[-1] + 1) if inside else (len(ids), len(ids))
        windows.append(
            Window(
                encoded["overflow_to_sample_mapping"][number], ids, tokens, encoded["offset_mapping"][number]
            )
        )
    return windows


def pad(windows: list[Window], pad_id: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, attention mask and passage mask, each [windows, longest]."""
    longest = max(len(window.ids) for window in windows)
    ids = torch.full((len(windows), longest), pad_id)
    mask = torch.zeros((len(windows), longest), dtype=torch.long)
    in_passage = torch.zeros((len(windows), longest), dtype=torch.long)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        in_passage[row, window.passage_tokens[0] : window.passage_tokens[1]] = 1
    return ids, mask, in_passage
