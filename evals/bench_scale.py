"""How time and memory grow with the number of passages: `python -m evals.bench_scale`.

Each size is built in a temporary folder by a process of its own and measured by another, so that what is measured
is what a person meets who opens such an index (`evals.scale_corpus` makes what it holds).
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, Field

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.model import Article, Passage
from evals.scale_corpus import (
    NEWEST_YEAR,
    PLACES,
    YEARS,
    VectorMaker,
    article_year,
    make_article,
    make_questions,
)
from index.catalogue import FileRecord
from index.embedding import info_of
from index.mend import mend
from index.query import Filters, read_query
from index.rerankers.factory import open_reader
from index.rerankers.reader import ReaderReranker
from index.search import Searcher
from index.store import Index
from index.stores.base import Within
from index.stores.keyword_files import KEYWORDS
from index.words import content_words, words

_log = logging.getLogger("bench_scale")
_T = TypeVar("_T")

_SIZES = [1_000, 10_000, 100_000]
_DEPTH = 40
_HITS_READ = 150
_PASSAGES_A_FILE = 5_000


class Built(BaseModel):
    """What it took to store `passages`: seconds, megabytes on disk and at most in memory."""

    articles: int = 0
    passages: int = 0
    catalogue_s: float = 0.0
    vectors_s: float = 0.0
    sentences_s: float = 0.0
    catalogue_mb: float = 0.0
    words_mb: float = 0.0
    vectors_mb: float = 0.0
    sentences_mb: float = 0.0
    peak_mb: float = 0.0


class Spread(BaseModel):
    """Median and 95th percentile in milliseconds."""

    median: float
    p95: float


class Measured(BaseModel):
    """One size. `first_answer_s` counts from the start of the process, imports and models included.

    `memory_mb` is the resident memory after all searches; `recall` the share of the exact nearest forty that
    the vector store found, over all passages and over those of the asked year.
    """

    built: Built
    first_answer_s: float = 0.0
    open_s: float = 0.0
    mend_s: float = 0.0
    memory_opened_mb: float = 0.0
    memory_mb: float = 0.0
    recall: dict[str, float] = Field(default_factory=dict)
    calls_ms: dict[str, Spread] = Field(default_factory=dict)


def _settings(folder: Path) -> Settings:
    return Settings().model_copy(update={"index": folder / "index", "chroma_server": ""})


def _articles(passages: int) -> Iterator[tuple[int, Article, list[Passage]]]:
    """Articles until they hold `passages` in all; the last one is cut."""
    number, left = 0, passages
    while left > 0:
        article, own = make_article(number)
        yield number, article, own[:left]
        left -= len(own)
        number += 1


def build(folder: Path, passages: int, *, bare: bool) -> Built:
    """Store `passages` made passages in an index under `folder`; `bare` leaves the articles' text out."""
    index = open_index(_settings(folder))
    maker = VectorMaker(index)
    built = Built()
    ids: list[str] = []
    vectors = np.lib.format.open_memmap(
        folder / "vectors.npy", mode="w+", dtype=np.float32, shape=(passages, maker.of_article(0, 1).shape[1])
    )
    years: list[list[int]] = []
    articles: list[Article] = []
    waiting: list[Passage] = []

    def store() -> None:
        start = len(ids)
        part = np.asarray(vectors[start : start + len(waiting)])
        begun = time.perf_counter()
        index.passages.add(waiting, {article.id: info_of(article) for article in articles}, part)
        between = time.perf_counter()
        index.catalogue.replace_file(FileRecord(f"/made/{start}", "", []), articles, waiting)
        index.passages.catch_up()
        after = time.perf_counter()
        built.vectors_s += between - begun
        built.catalogue_s += after - between
        if not bare:
            index.sentences.add(
                [passage.id for passage in waiting], [maker.of_sentences(row) for row in part]
            )
            built.sentences_s += time.perf_counter() - after
        ids.extend(passage.id for passage in waiting)
        years.extend(passage.years for passage in waiting)
        built.articles += len(articles)
        articles.clear()
        waiting.clear()

    filled = 0
    for number, article, own in _articles(passages):
        vectors[filled : filled + len(own)] = maker.of_article(number, len(own))
        filled += len(own)
        articles.append(article.model_copy(update={"text": "", "sections": []}) if bare else article)
        waiting += own
        if len(waiting) >= _PASSAGES_A_FILE:
            store()
            _log.info("  %d of %d stored", len(ids), passages)
    store()
    vectors.flush()
    (folder / "passages.json").write_text(json.dumps({"ids": ids, "years": years}), "utf-8")
    index.close()
    built.passages = len(ids)
    built.catalogue_mb = sum(_megabytes(file) for file in (folder / "index").glob("catalogue.sqlite*"))
    built.words_mb = sum(_megabytes(file) for file in (folder / "index" / KEYWORDS).rglob("*"))
    built.vectors_mb = sum(_megabytes(file) for file in (folder / "index" / "chroma").rglob("*"))
    built.sentences_mb = sum(_megabytes(file) for file in (folder / "index").glob("sentences.sqlite*"))
    built.peak_mb = _memory("VmHWM")
    return built


def measure(folder: Path, started: float, built: Built) -> Measured:
    """Open the index in this process, begun at `started` (seconds since the epoch), and time its calls."""
    measured = Measured(built=built)
    before = time.time()
    index = open_index(_settings(folder))
    measured.open_s = time.time() - before
    searcher = Searcher(index)
    questions = make_questions()
    searcher.search(read_query("预热：上海2025年集成电路产业营收多少?"))
    measured.first_answer_s = time.time() - started
    measured.memory_opened_mb = _memory("VmRSS")
    ids: list[str] = json.loads((folder / "passages.json").read_text("utf-8"))["ids"]
    measured.calls_ms = _time_parts(index, questions, ids) | _time_searches(index, questions)
    measured.memory_mb = _memory("VmRSS")
    begun = time.perf_counter()
    mend(index)
    measured.mend_s = time.perf_counter() - begun
    measured.recall = _recall(index, folder, questions)
    index.close()
    return measured


def _timed(calls: Iterable[Callable[[], object]]) -> Spread:
    times = []
    for call in calls:
        begun = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    return Spread(median=round(statistics.median(times), 2), p95=round(times[int(0.95 * len(times)) - 1], 2))


def _time_parts(index: Index, questions: list[str], ids: list[str]) -> dict[str, Spread]:
    draw = random.Random(1)
    catalogue, store = index.catalogue, index.passages
    calls_ms = {"embed question": _timed(partial(index.embedder.embed_queries, [q]) for q in questions)}
    vectors = [index.sentence_vectors.of_question(question) for question in questions]
    asked = [list(dict.fromkeys(w for c in content_words(q) for w in words(c))) for q in questions]
    years = [article_year(draw) for _ in questions]
    of_region, of_year = Filters(regions=[PLACES[1]]), Filters(years=[NEWEST_YEAR - 1])
    for name, filters, with_year in (
        ("", Filters(), False),
        (", year", Filters(), True),
        (", region filter", of_region, False),
        (", year filter", of_year, False),
        (", year and region filter", of_region, True),
    ):
        within = [Within(filters, (year,) if with_year else ()) for year in years]
        calls_ms[f"search_words{name}"] = _timed(
            partial(store.with_words, [a], w, _DEPTH) for a, w in zip(asked, within, strict=True)
        )
        calls_ms[f"vectors.search{name}"] = _timed(
            partial(store.nearest, v, w, _DEPTH) for v, w in zip(vectors, within, strict=True)
        )
    some = [draw.sample(ids, min(_HITS_READ, len(ids))) for _ in questions]
    calls_ms[f"vectors.cosines of {_DEPTH}"] = _timed(
        partial(store.cosines, v, s[:_DEPTH]) for v, s in zip(vectors, some, strict=True)
    )
    calls_ms[f"catalogue.passages of {_HITS_READ}"] = _timed(partial(catalogue.passages, s) for s in some)
    calls_ms[f"sentences.nearest of {_HITS_READ}"] = _timed(
        partial(index.sentences.nearest, v, s) for v, s in zip(vectors, some, strict=True)
    )
    calls_ms["catalogue.superseded"] = _timed(
        partial(catalogue.superseded, {id_.split("-")[0] for id_ in s}) for s in some
    )
    calls_ms["catalogue.passages_with"] = _timed(partial(store.passages_with, a[:1]) for a in asked)
    calls_ms["catalogue.counts"] = _timed([catalogue.counts] * len(questions))
    calls_ms["catalogue.data_version"] = _timed([catalogue.data_version] * len(questions))
    return calls_ms


def _time_searches(index: Index, questions: list[str]) -> dict[str, Spread]:
    """Whole searches without a reranker, one with it, and whole answers, all by what has not seen the questions yet."""
    calls_ms = {}
    for name, kept, filters in (
        ("all questions", questions, Filters()),
        ("no year", [q for q in questions if not read_query(q).years], Filters()),
        ("a year", [q for q in questions if read_query(q).years], Filters()),
        ("region filter", questions, Filters(regions=[PLACES[1]])),
    ):
        # The vectors of questions are remembered; here each is asked for the first time.
        index.__dict__.pop("sentence_vectors", None)
        searcher = Searcher(index)
        calls_ms[f"SEARCH, {name}"] = _timed(
            partial(_read_and_search, searcher, question, filters) for question in kept
        )
    reader = open_reader(_settings(index.folder).models_folder)
    if reader is not None:
        index.__dict__.pop("sentence_vectors", None)
        searcher = Searcher(index, ReaderReranker(reader))
        calls_ms["SEARCH AND READ, all questions"] = _timed(
            partial(_read_and_search, searcher, question, Filters()) for question in questions
        )
        index.__dict__.pop("sentence_vectors", None)
        assistant = Assistant(index, _settings(index.folder))
        calls_ms["QUESTION TO CHECKED ANSWER, all questions"] = _timed(
            partial(assistant.ask, question) for question in questions
        )
    return calls_ms


def _read_and_search(searcher: Searcher, question: str, filters: Filters) -> None:
    searcher.search(read_query(question, filters))


def _recall(index: Index, folder: Path, questions: list[str]) -> dict[str, float]:
    told = json.loads((folder / "passages.json").read_text("utf-8"))
    ids, years = told["ids"], told["years"]
    stored = np.load(folder / "vectors.npy", mmap_mode="r")
    draw = random.Random(2)
    found: dict[str, list[float]] = {"all passages": [], "recent year": [], "rare year": []}
    masks = {
        year: np.array([year in each for each in years]) for year in range(NEWEST_YEAR - YEARS, NEWEST_YEAR)
    }
    for question in questions:
        vector = index.sentence_vectors.of_question(question)
        cosines = stored @ vector[0]
        for name, year in (
            ("all passages", 0),
            ("recent year", NEWEST_YEAR - draw.randint(1, 3)),
            ("rare year", NEWEST_YEAR - draw.randint(YEARS - 4, YEARS - 1)),
        ):
            own = np.where(masks[year], cosines, -2.0) if year else cosines
            count = min(_DEPTH, int(masks[year].sum()) if year else len(ids))
            if not count:
                continue
            exact = {ids[at] for at in np.argpartition(-own, count - 1)[:count]}
            within = Within(years=(year,) if year else ())
            got = {id_ for id_, _ in index.passages.nearest(vector, within, _DEPTH)[0]}
            found[name].append(len(exact & got) / count)
    return {name: round(statistics.mean(shares), 4) for name, shares in found.items() if shares}


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6 if file.is_file() else 0.0


def _memory(field: str) -> float:
    """Resident megabytes of this process: `VmRSS` now, `VmHWM` at most; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1000


def _in_fresh_process(function: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_set_up_logging) as pool:
        return pool.submit(function, *arguments, **named).result()


def _set_up_logging() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("bench_scale").setLevel(logging.INFO)


def _one_size(passages: int, work: Path, *, bare: bool) -> Measured:
    folder = work / str(passages)
    folder.mkdir(parents=True)
    _log.info("%s passages", f"{passages:,}")
    try:
        built = _in_fresh_process(build, folder, passages, bare=bare)
        return _in_fresh_process(measure, folder, time.time(), built)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(results: list[Measured]) -> list[str]:
    """Lines of a Markdown table, a column a size."""
    rows: list[tuple[str, list[str]]] = [
        ("articles", [f"{r.built.articles:,}" for r in results]),
        ("store words, s", [f"{r.built.catalogue_s:.1f}" for r in results]),
        ("store vectors, s", [f"{r.built.vectors_s:.1f}" for r in results]),
        ("store vectors of sentences, s", [f"{r.built.sentences_s:.1f}" for r in results]),
        ("storing: peak memory, MB", [f"{r.built.peak_mb:,.0f}" for r in results]),
        ("catalogue on disk, MB", [f"{r.built.catalogue_mb:,.0f}" for r in results]),
        ("words on disk, MB", [f"{r.built.words_mb:,.0f}" for r in results]),
        ("vectors on disk, MB", [f"{r.built.vectors_mb:,.0f}" for r in results]),
        ("vectors of sentences on disk, MB", [f"{r.built.sentences_mb:,.0f}" for r in results]),
        ("open the index, s", [f"{r.open_s:.2f}" for r in results]),
        ("fresh process to first answer, s", [f"{r.first_answer_s:.1f}" for r in results]),
        ("check of both stores at start (mend), s", [f"{r.mend_s:.2f}" for r in results]),
        ("memory after the first answer, MB", [f"{r.memory_opened_mb:,.0f}" for r in results]),
        ("memory after all searches, MB", [f"{r.memory_mb:,.0f}" for r in results]),
    ]
    for name in dict.fromkeys(name for r in results for name in r.recall):
        rows.append(
            (f"recall@{_DEPTH} of vectors, {name}", [_cell(r.recall.get(name), "{:.3f}") for r in results])
        )
    for name in dict.fromkeys(name for r in results for name in r.calls_ms):
        cells = [r.calls_ms.get(name) for r in results]
        rows.append((f"{name}, ms", [f"{c.median:.1f} / {c.p95:.1f}" if c else "" for c in cells]))
    head = ["passages (times: median / 95 %)", *(f"{r.built.passages:,}" for r in results)]
    body = [[name, *cells] for name, cells in rows]
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body)]


def _cell(value: float | None, pattern: str) -> str:
    return "" if value is None else pattern.format(value)


def main(arguments: list[str] | None = None) -> None:
    """Build and measure each size and tell the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=_SIZES, help="numbers of passages")
    parser.add_argument(
        "--vectors-only",
        nargs="*",
        type=int,
        default=[],
        help="more sizes: vectors and words without articles' text",
    )
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--work", type=Path, help="folder to build in; default: a temporary one")
    chosen = parser.parse_args(arguments)
    _set_up_logging()
    results: list[Measured] = []
    with tempfile.TemporaryDirectory(dir=chosen.work) as work:
        for bare, sizes in ((False, chosen.sizes), (True, chosen.vectors_only)):
            for passages in sizes:
                results.append(_one_size(passages, Path(work), bare=bare))
                if chosen.json:
                    chosen.json.write_text(json.dumps([r.model_dump() for r in results], indent=1), "utf-8")
    for line in table(results):
        _log.info("%s", line)


if __name__ == "__main__":
    main(sys.argv[1:])
