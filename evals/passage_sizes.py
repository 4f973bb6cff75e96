"""How long passages should be: `python -m evals.passage_sizes SET=CORPUS … [--dragonball DIR]` (docs/corpus.md).

Every size is searched within the same number of characters, so that long passages gain nothing by their length: the
share of the quotes that lie whole in the first passage, and in the first 2,000 and 4,000 characters.
"""

from __future__ import annotations

import argparse
import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.service import open_index
from assistant.settings import Settings
from corpus.language.normalize import fold
from corpus.split import Splitter
from evals.formats import read_set
from evals.public.dragonball import DragonBall
from index.hit import Hit
from index.query import read_query
from index.search import Searcher
from index.store import Index
from index.sync import ingest

_log = logging.getLogger("sizes")
_SIZES = ((120, 200), (260, 420), (400, 640), (520, 840))
_BUDGETS = (2000, 4000)
_MOST_PASSAGES = 40
_SHORTEST_FACT = 4
_MOST_OF_A_TYPE = 25
_BLANK = re.compile(r"\s+")


@dataclass
class Asked:
    """A question and the quotes that answer it, each with its alternatives."""

    question: str
    quotes: list[list[str]]


def questions_of(file: Path) -> list[Asked]:
    """The items of a set that stand alone, with their evidence, else with facts too long to stand anywhere."""
    items, _ = read_set(file)
    found = []
    for item in items:
        quotes = [[quote] for quote in item.evidence] or item.facts
        telling = all(len(each) >= _SHORTEST_FACT for group in quotes for each in group)
        if item.answerable and item.conversation is None and quotes and telling:
            found.append(Asked(item.question, quotes))
    return found


def questions_of_dragonball(folder: Path) -> Iterator[Asked]:
    """The first of its questions of each type that have reference sentences."""
    for task in DragonBall(folder, _MOST_OF_A_TYPE).tasks():
        quotes = [quote for quote in task.expected["references"] if quote.strip()]
        if quotes:
            yield Asked(task.question, [[quote] for quote in quotes])


def measure(index: Index, asked: list[Asked]) -> list[float]:
    """Share of the quotes in the first passage and within each budget of characters."""
    searcher = Searcher(index)
    rows = []
    for each in asked:
        hits = searcher.search(read_query(each.question), _MOST_PASSAGES)
        quotes = [[_plain(quote) for quote in group] for group in each.quotes]
        read = [hits[:1], *(_within(hits, budget) for budget in _BUDGETS)]
        texts = [_plain("".join(hit.passage.text for hit in _in_order(part))) for part in read]
        rows.append([float(np.mean([any(q in text for q in group) for group in quotes])) for text in texts])
    return [float(value) for value in np.mean(rows, axis=0)]


def _within(hits: list[Hit], budget: int) -> list[Hit]:
    taken: list[Hit] = []
    length = 0
    for hit in hits:
        length += len(hit.passage.text)
        if length > budget and taken:
            break
        taken.append(hit)
    return taken


def _in_order(hits: list[Hit]) -> list[Hit]:
    """Neighbours side by side, so that a quote that runs over two passages counts when both are there."""
    return sorted(hits, key=lambda hit: (hit.passage.article_id, hit.passage.position))


def _plain(text: str) -> str:
    return _BLANK.sub("", fold(text))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET=CORPUS")
    parser.add_argument("--dragonball", type=Path)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        jobs = [
            (Path(s).stem, questions_of(Path(s)), Path(c))
            for s, _, c in (a.partition("=") for a in arguments.sets)
        ]
        if arguments.dragonball:
            corpus = Path(folder) / "dragonball"
            corpus.mkdir()
            for document in DragonBall(arguments.dragonball).documents():
                (corpus / f"{document.key}.md").write_text(
                    f"# {document.title}\n\n{document.text}\n", "utf-8"
                )
            jobs.append(("dragonball", list(questions_of_dragonball(arguments.dragonball)), corpus))
        _log.info("| questions | target / longest | passages | first passage | 2,000 characters | 4,000 |")
        _log.info("|---|---|---|---|---|---|")
        for name, asked, corpus in jobs:
            for target, longest in _SIZES:
                _log.info("%s", _row(name, asked, corpus, Splitter(target=target, longest=longest)))


def _row(name: str, asked: list[Asked], corpus: Path, splitter: Splitter) -> str:
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Settings().model_copy(update={"index": Path(folder)}), splitter)
        ingest(index, [corpus])
        shares = " | ".join(f"{share:.3f}" for share in measure(index, asked))
        passages = index.catalogue.counts()[1]
        index.close()
    return f"| {name} ({len(asked)}) | {splitter.target} / {splitter.longest} | {passages:,} | {shares} |"


if __name__ == "__main__":
    main()
