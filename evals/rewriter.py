"""Follow-ups written out whole: `python -m evals.rewriter`, and of everyday chat `python -m evals.rewriter FILE`.

Without a file: the turns of conversations that the network was not trained on, by the likelihood that it gives (docs/results.md). FILE is
that of utterance-rewriter (Su et al., ACL 2019).

A row has what one person said, what the other replied, an elliptic third turn of the first and its full form. What counts
is retrieval: among all full forms of the file's sample, is the nearest to our standalone form the right one? Beside it: the
third turn left as it is, and simply put behind the turns before it.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.model import Turn
from assistant.service import open_index
from assistant.settings import Settings
from assistant.understanding.conversation import readings
from assistant.understanding.written_whole import Writer
from index.reader.rewriting import open_rewriting
from index.reader.train_rewriting import examples_of, parted

_log = logging.getLogger("rewriter")
_SEED = 7
_LIKELIHOODS = (0.0, 0.4, 0.6, 0.8, 0.9, 1.01)


def rows_of(file: Path, most: int) -> list[tuple[list[str], str, str]]:
    """(turns before, third turn, its full form) of a random sample."""
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = [cell for cell in line.split("\t\t") if cell]
        if len(cells) == 4:
            rows.append((cells[:2], cells[2], cells[3]))
    return random.Random(_SEED).sample(rows, min(most, len(rows)))


def main() -> None:
    """Print the share of rows that retrieve the same, by way of rewriting."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", help="corpus.tsv")
    parser.add_argument("--most", type=int, default=1000)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    settings = Settings()
    network = open_rewriting(settings.models_folder)
    if arguments.file is None:
        if network is None:
            parser.error("the network of follow-ups is not there: see assistant doctor")
        by_likelihood(network.write)
        return
    rows = rows_of(arguments.file, arguments.most)
    forms = {
        "as it is": [asked for _, asked, _ in rows],
        "turns in front": [" ".join([*before, asked]) for before, asked, _ in rows],
        "slots alone": [_standalone(before, asked) for before, asked, _ in rows],
    }
    if network is not None:
        forms["ours"] = [_standalone(before, asked, network.write) for before, asked, _ in rows]
        forms["network alone"] = [network.write(asked, tuple(before), "").text for before, asked, _ in rows]
    embed = open_index(settings).embedder.embed_queries
    golds = list(dict.fromkeys(gold for _, _, gold in rows))
    pool = embed(golds)
    wanted = np.array([golds.index(gold) for _, _, gold in rows])
    for name, texts in forms.items():
        nearest = (embed(texts) @ pool.T).argmax(axis=1)
        same = sum(_plain(text) == _plain(gold) for text, (_, _, gold) in zip(texts, rows, strict=True))
        _log.info(
            "%-15s nearest %.3f  the same %.3f  of %d",
            name,
            float((nearest == wanted).mean()),
            same / len(rows),
            len(rows),
        )


def by_likelihood(writer: Writer) -> None:
    """Print how often the network and the slots write a turn held out as a person did, by the likelihood of the network."""
    found: list[tuple[float, bool, bool]] = []
    for turn in parted(examples_of())[0]:
        history = [Turn(question=each, standalone_question=each, titles=["…"]) for each in turn.before]
        written = writer(turn.turn, turn.before, turn.answer)
        forms = written.text, readings(turn.turn, history)[0]
        network, slots = (_plain(form) == _plain(turn.whole) for form in forms)
        found.append((written.likelihood, network, slots))
    for least, below in [(0.0, 1.01), *pairwise(_LIKELIHOODS)]:
        some = [each for each in found if least <= each[0] < below]
        shares = (sum(each[number] for each in some) / max(len(some), 1) for number in (1, 2))
        _log.info(
            "likelihood %.1f to %.1f: %3d turns, network %.3f, slots %.3f", least, below, len(some), *shares
        )


def _plain(text: str) -> str:
    return re.sub(r"[的\s？?，,。！!]", "", text)


def _standalone(before: list[str], asked: str, writer: Writer | None = None) -> str:
    """The likeliest form of the third turn; the second is the other person's reply."""
    said, reply = before
    turn = Turn(question=said, standalone_question=said, answer=reply, short_answer=reply)
    return readings(asked, [turn], writer)[0]


if __name__ == "__main__":
    main()
