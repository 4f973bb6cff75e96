"""What the keyword side of an index costs: `python -m evals.bench_words`.

Made-up articles (`evals.scale_corpus`) are put into a catalogue without vectors, a quarter of them in a collection, and
the 50 questions are asked for their first forty. Times are of the processor, so that they do not depend on what else runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus.model import Article, Passage
from evals.scale_corpus import NEWEST_YEAR, PLACES, make_article, make_questions
from index.catalogue import Catalogue, FileRecord
from index.query import Filters
from index.words import content_words, words

_PASSAGES_A_FILE = 5_000
_DEPTH = 40
_ROUNDS = 3
_EVERY_NTH = 4
_COLLECTION = "内部"


def measure(passages: int, folder: Path) -> dict[str, float]:
    """Build a catalogue of so many passages in `folder` and ask it; seconds, milliseconds and megabytes by name."""
    catalogue = Catalogue(folder / "catalogue.sqlite")
    figures = {"ingest, CPU s": _build(catalogue, passages)}
    asked = [list(dict.fromkeys(w for c in content_words(q) for w in words(c))) for q in make_questions()]
    year = NEWEST_YEAR - 1
    for name, filters, years in (
        ("search, CPU ms", Filters(), []),
        ("passages of a year, CPU ms", Filters(), [year]),
        ("articles of a year, CPU ms", Filters(years=[year]), []),
        ("of a year and region, CPU ms", Filters(years=[year], regions=[PLACES[1]]), []),
        ("without the collection, CPU ms", Filters(collections=[]), []),
    ):
        calls = [partial(catalogue.keywords.search, each, filters, years, _DEPTH) for each in asked]
        figures[name] = _cpu_ms(calls)
    catalogue.close()
    for name, pattern in (("catalogue, MB", "catalogue.sqlite"), ("words, MB", "keywords/**/*")):
        figures[name] = sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file()) / 1e6
    return {name: round(value, 2) for name, value in figures.items()}


def _build(catalogue: Catalogue, passages: int) -> float:
    number = stored = 0
    spent = 0.0
    while stored < passages:
        articles: list[Article] = []
        waiting: list[Passage] = []
        while len(waiting) < min(_PASSAGES_A_FILE, passages - stored):
            article, own = make_article(number)
            collection = _COLLECTION if number % _EVERY_NTH == 0 else ""
            articles.append(article.model_copy(update={"collection": collection}))
            waiting += own[: passages - stored - len(waiting)]
            number += 1
        begun = time.process_time()
        catalogue.replace_file(FileRecord(f"/made/{stored}", "", []), articles, waiting)
        # Catalogues before step 8 stored the words in the same transaction.
        if hasattr(catalogue.keywords, "catch_up"):
            catalogue.keywords.catch_up()
        spent += time.process_time() - begun
        stored += len(waiting)
    return spent


def _cpu_ms(calls: Sequence[Callable[[], object]]) -> float:
    """Milliseconds a call, the median of some rounds after one that is not counted."""
    rounds = []
    for _ in range(_ROUNDS + 1):
        begun = time.process_time()
        for call in calls:
            call()
        rounds.append(1000 * (time.process_time() - begun) / len(calls))
    return statistics.median(rounds[1:])


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=[20_000, 100_000], help="numbers of passages")
    parser.add_argument("--work", type=Path, help="folder to build in; default: a temporary one")
    chosen = parser.parse_args()
    for passages in chosen.sizes:
        with tempfile.TemporaryDirectory(dir=chosen.work) as folder:
            sys.stdout.write(json.dumps({"passages": passages, **measure(passages, Path(folder))}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
