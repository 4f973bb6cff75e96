"""Fits the weights of `assistant.understanding.follow_up_head`: `python -m evals.fit_follow_up_head [--check]`.

Trained on the turns of `index/reader/training` (`turns.jsonl` and the conversations on documents) and on questions of one
document in a row that each stand alone. `--check` leaves out a fifth of the conversations at a time and prints each label's recall and precision.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.understanding.follow_up_head import BUCKETS, FACTS, LABELS, WEIGHTS, FollowUpHead, features
from evals.metrics.intervals import estimate
from index.hashed_pieces import in_eight_bits
from index.reader.annotated import TRAINING, packed_documents

_log = logging.getLogger("follow_up_head")
_FOLDS = 5
_SEED = 5
_MADE = 3
"""Conversations of questions that stand alone, made of each document."""
_MOST_BEFORE = 5
"""Questions before the last of such a conversation: with one alone, all that comes late would seem to go back."""
_MADE_WEIGHS = 0.2
"""An example that was made of others counts so much."""
_STRENGTH = 2.0


@dataclass(frozen=True)
class TurnExample:
    """A turn: its conversation, the questions before it written out, what is asked, and how it goes on."""

    conversation: str
    before: tuple[str, ...]
    question: str
    label: str
    weight: float = 1.0


def turn_examples(folder: Path = TRAINING) -> list[TurnExample]:
    """The turns of `folder` that follow another, and what is made of them."""
    return [*_of_turns(folder), *_of_documents(folder)]


def _of_turns(folder: Path) -> list[TurnExample]:
    found, meant = [], {}
    for line in (folder / "turns.jsonl").read_text("utf-8").splitlines():
        turns, question, label, written_out, _ = json.loads(line)
        meant[(*turns, question)] = written_out or question
        before = tuple(meant.get(tuple(turns[: at + 1]), turn) for at, turn in enumerate(turns))
        found.append(TurnExample(turns[0], before, question, label))
    return found


def _of_documents(folder: Path) -> list[TurnExample]:
    found, draw = [], random.Random(_SEED)
    for _, name, _, rows in packed_documents(folder):
        alone = []
        for row in rows:
            question, turns, label = row[0], (row[5:6] or [[]])[0], (row[6:7] or [""])[0]
            if label and turns:
                found.append(TurnExample(name, tuple(turns), question, label))
            elif not label:
                alone.append(question)
        if len(alone) > _MADE:
            for _ in range(_MADE):
                *before, question = draw.sample(alone, draw.randint(2, min(len(alone), _MOST_BEFORE + 1)))
                found.append(TurnExample(name, tuple(before), question, "complete", _MADE_WEIGHS))
    return found


def matrix(examples: list[TurnExample]) -> csr_matrix:
    """[examples, columns]."""
    rows = [features(each.question, each.before) for each in examples]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns, values = (np.concatenate(part) for part in zip(*rows, strict=True))
    return csr_matrix((values, columns, ends), shape=(len(rows), BUCKETS + FACTS))


def fit(rows: csr_matrix, examples: list[TurnExample]) -> FollowUpHead:
    """Weights for the labels of `examples`."""
    labels = [LABELS.index(each.label) for each in examples]
    model = LogisticRegression(C=_STRENGTH, max_iter=300)
    model.fit(rows, labels, sample_weight=[each.weight for each in examples])
    return FollowUpHead(*in_eight_bits(model.coef_.T), model.intercept_)


def held_out(examples: list[TurnExample]) -> list[dict[str, float]]:
    """What the head reads in each example when its conversation was left out."""
    rows = matrix(examples)
    conversations = sorted({each.conversation for each in examples})
    random.Random(_SEED).shuffle(conversations)
    folds = {name: number % _FOLDS for number, name in enumerate(conversations)}
    own = np.array([folds[each.conversation] for each in examples])
    found: list[dict[str, float]] = [{} for _ in examples]
    for fold in range(_FOLDS):
        kept = [each for each, number in zip(examples, own, strict=True) if number != fold]
        head = fit(rows[own != fold], kept)
        for at in np.flatnonzero(own == fold):
            found[at] = head.read(examples[at].question, examples[at].before)
    return found


def check(examples: list[TurnExample]) -> None:
    """Print how right the head is on conversations that it was not fitted on; what was made of turns does not count."""
    read_so = [
        (each, read) for each, read in zip(examples, held_out(examples), strict=True) if each.weight == 1
    ]
    examples = [each for each, _ in read_so]
    likeliest = [max(read, key=read.__getitem__) for _, read in read_so]
    for label in LABELS:
        pairs = [(each.label, says) for each, says in zip(examples, likeliest, strict=True)]
        found = [says == label for is_so, says in pairs if is_so == label]
        right = [is_so == label for is_so, says in pairs if says == label]
        _log.info("%-9s %5d  recall %s  precision %s", label, len(found), *map(_share, (found, right)))
    _log.info("all       %5d  %s", len(pairs), _share([is_so == says for is_so, says in pairs]))


def _share(right: list[bool]) -> str:
    share = estimate(np.array(right, float))
    return f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}]"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--training", type=Path, default=TRAINING)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--check", action="store_true", help="leave out a fifth at a time and print figures")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = turn_examples(arguments.training)
    if arguments.check:
        check(examples)
        return
    fit(matrix(examples), examples).save(arguments.out)
    _log.info("%d turns, %.0f KB", len(examples), arguments.out.stat().st_size / 1024)


if __name__ == "__main__":
    main()
