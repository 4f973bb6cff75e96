"""The right passage first: `python -m evals.retrieval [NAME …]`, beside plain dense, plain BM25 and their RRF.

Indexes each data set under the working folder (once), asks its questions, and prints one table. `--keep` leaves the
features of all hits there, for `python -m evals.retrieval.fit`. Ours is cross-fitted over the data sets of the run: each
half of the questions is ranked by weights learnt on the other half; `--as-shipped` uses index/weights/mix.json instead.
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from assistant.settings import Settings
from corpus.problem import Problem
from evals.retrieval.datasets import LOADERS, load
from evals.retrieval.fit import cross_fitted
from evals.retrieval.measure import figures, order_of, reordered
from evals.retrieval.samples import RememberingReranker, Sample, collect, load_samples, save
from index.mix import Mix
from index.rerankers import make_reranker

_log = logging.getLogger("retrieval")
_ARMS = ("dense", "bm25", "rrf")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="data sets; all when none is named")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path(".data/retrieval"))
    parser.add_argument(
        "--most", type=int, default=0, help="questions of each data set, drawn with a fixed seed"
    )
    parser.add_argument("--keep", action="store_true", help="keep the samples as WORK/NAME.pickle")
    parser.add_argument("--kept", action="store_true", help="take kept samples where there are any")
    parser.add_argument(
        "--as-shipped", action="store_true", help="the shipped weights, not cross-fitted ones"
    )
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    settings = Settings()
    arguments.work.mkdir(parents=True, exist_ok=True)
    made = make_reranker(settings.reranker, settings.models_folder)
    reranker = RememberingReranker(made, arguments.work) if made is not None else None
    samples: list[Sample] = []
    with Progress(console=Console(stderr=True)) as bar:
        for name in arguments.names or LOADERS:
            file = arguments.work / f"{name}.pickle"
            if arguments.kept and file.exists():
                samples += load_samples(file)
                continue
            try:
                dataset = load(name, arguments.shared, arguments.work, arguments.most)
            except Problem as problem:
                _log.info("%s left out: %s %s", name, problem.code, problem.fields)
                continue
            task = bar.add_task(name, total=len(dataset.asked))
            own = collect(
                dataset,
                settings,
                arguments.work,
                reranker,
                lambda done, total, task=task: bar.update(task, completed=done, total=total),  # type: ignore[misc]
            )
            if reranker is not None:
                reranker.save()
            if arguments.keep:
                save(own, file)
            samples += own
    if not samples:
        parser.exit(1, "no data set was found\n")
    table = table_of(samples, as_shipped=arguments.as_shipped)
    _log.info(
        "| data | questions | ranking | first | within 4 | within 5 | within 10 | covered in 4,000 characters |"
    )
    _log.info("|---|---|---|---|---|---|---|---|")
    for name, rows in table.items():
        count = sum(sample.dataset == name for sample in samples)
        for ranking, row in rows.items():
            values = [
                f"{row[measure]:.3f}" if measure in row else ""
                for measure in ("@1", "@4", "@5", "@10", "covered")
            ]
            _log.info("| %s | %d | %s | %s |", name, count, ranking, " | ".join(values))
    if arguments.json:
        arguments.json.write_text(json.dumps(table, indent=1), "utf-8")


def table_of(samples: list[Sample], *, as_shipped: bool = False) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by data set and ranking: the plain ones, and ours before and after reranking."""
    ours = _shipped(samples) if as_shipped else cross_fitted(samples)
    table = {}
    for name, stages in ours.items():
        own = [sample for sample in samples if sample.dataset == name]
        references = [sample.references for sample in own]
        plain = {arm: figures([sample.plain[arm] for sample in own], references) for arm in _ARMS}
        table[name] = {**plain, **stages}
    return table


def _shipped(samples: list[Sample]) -> dict[str, dict[str, dict[str, float]]]:
    mix = Mix.load()
    result: dict[str, dict[str, dict[str, float]]] = {}
    for name in dict.fromkeys(sample.dataset for sample in samples):
        own = [sample for sample in samples if sample.dataset == name]
        result[name] = {
            stage: figures(
                [reordered(s.hits, order_of(s, mix, reranked=stage == "reranked")) for s in own],
                [s.references for s in own],
            )
            for stage in ("first", "reranked")
        }
    return result


if __name__ == "__main__":
    main()
