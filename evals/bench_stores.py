"""The same questions to the same articles in several places for passages: `python -m evals.bench_stores SET PLACE…`.

`SET` is asked first of an index in a folder (Chroma and tantivy), then of one in each `PLACE`, which is what
`ASSISTANT_PASSAGES` may be; `pgvector` uses the database of `ASSISTANT_DATABASE_URL`. What is made on a server is removed at the end.
An answer is equal where its text, its short answer and all of its quotes are; passages of which several may come first with
equal scores can still make a difference. `--search` compares what is found before anything is read, which takes a fortieth of the time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, Field, SecretStr

from assistant.service import Assistant, open_index, passages_place
from assistant.settings import Settings
from evals.folder import ItemTrace, Prediction
from evals.formats.read import read_set
from evals.items import EvalItem
from evals.run import Runner
from index.deletion import remove_index
from index.hit import Found
from index.query import read_query
from index.search import Searcher
from index.sync import ingest

_FIRST = 10
_HERE = "embedded"


class Asked(BaseModel):
    """What one place gave: predictions and traces by the items' ids, and what it took."""

    predictions: dict[str, Prediction] = Field(default_factory=dict)
    traces: dict[str, ItemTrace] = Field(default_factory=dict)
    found: dict[str, Found] = Field(default_factory=dict)
    ingest_cpu_s: float
    ask_cpu_s: float


class Compared(BaseModel):
    """One place against the index in a folder.

    Attributes:
        questions: How many were asked of both.
        equal: Of how many the answers are equal.
        same_first: Of how many the first ten passages of the first ranking are the same, in the same order.
        other: Ids of the questions that were answered otherwise.
        ingest_cpu_s: Seconds of this process's processor to read, embed and store the articles, as in the folder.
        ask_cpu_s: The same, to answer all questions.
    """

    place: str
    questions: int
    equal: int
    same_first: int
    other: list[str] = Field(default_factory=list)
    ingest_cpu_s: tuple[float, float]
    ask_cpu_s: tuple[float, float]


class ComparedSearch(BaseModel):
    """What is found in one place against the index in a folder.

    Attributes:
        dense: Of how many questions the forty nearest passages are the same.
        keyword: Of how many those that hold most of the words are.
        first: Of how many the first passage of the first ranking is the same.
        first_ten: Of how many the first ten are, in the same order.
        other: Ids of the questions of which the first passage is another.
    """

    place: str
    questions: int
    dense: int
    keyword: int
    first: int
    first_ten: int
    other: list[str] = Field(default_factory=list)
    ingest_cpu_s: tuple[float, float]
    search_cpu_s: tuple[float, float]


def ask(settings: Settings, items: Sequence[EvalItem], run: Path) -> Asked:
    """Ingest the corpus of the settings, ask all items, and remove the index again; `run` is a folder for the run."""
    begun = time.process_time()
    index = open_index(settings)
    try:
        report = ingest(index, [settings.corpus])
        if report.problems:
            raise report.problems[0]
        stored = time.process_time()
        done = Runner(Assistant(index, settings), items, out=run, workers=1).run()
        asked = time.process_time()
    finally:
        index.close()
        remove_index(settings.index_folder, place=passages_place(settings))
    return Asked(
        predictions={each.id: each for each in done.predictions},
        traces=done.folder.traces() if done.folder else {},
        ingest_cpu_s=round(stored - begun, 2),
        ask_cpu_s=round(asked - stored, 2),
    )


def search(settings: Settings, items: Sequence[EvalItem]) -> Asked:
    """Ingest the corpus of the settings, search for all items without a reader, and remove the index again."""
    begun = time.process_time()
    index = open_index(settings)
    try:
        ingest(index, [settings.corpus])
        stored = time.process_time()
        searcher = Searcher(index)
        found = {item.id: searcher.retrieve(read_query(item.question, item.filters)) for item in items}
        asked = time.process_time()
    finally:
        index.close()
        remove_index(settings.index_folder, place=passages_place(settings))
    return Asked(found=found, ingest_cpu_s=round(stored - begun, 2), ask_cpu_s=round(asked - stored, 2))


def compare_found(place: str, here: Asked, there: Asked) -> ComparedSearch:
    """Count which lists are the same."""
    pairs = [(each, there.found[id_]) for id_, each in here.found.items()]
    return ComparedSearch(
        place=place,
        questions=len(pairs),
        dense=sum(set(one.dense) == set(other.dense) for one, other in pairs),
        keyword=sum(set(one.keyword) == set(other.keyword) for one, other in pairs),
        first=sum(one.fused[:1] == other.fused[:1] for one, other in pairs),
        first_ten=sum(one.fused[:_FIRST] == other.fused[:_FIRST] for one, other in pairs),
        other=[id_ for id_, each in here.found.items() if each.fused[:1] != there.found[id_].fused[:1]],
        ingest_cpu_s=(here.ingest_cpu_s, there.ingest_cpu_s),
        search_cpu_s=(here.ask_cpu_s, there.ask_cpu_s),
    )


def compare(place: str, here: Asked, there: Asked) -> Compared:
    """Count what is equal."""
    other = [id_ for id_, each in here.predictions.items() if _said(each) != _said(there.predictions[id_])]
    return Compared(
        place=place,
        questions=len(here.predictions),
        equal=len(here.predictions) - len(other),
        same_first=sum(_first(each) == _first(there.traces[id_]) for id_, each in here.traces.items()),
        other=other,
        ingest_cpu_s=(here.ingest_cpu_s, there.ingest_cpu_s),
        ask_cpu_s=(here.ask_cpu_s, there.ask_cpu_s),
    )


def _said(answer: Prediction) -> tuple[object, ...]:
    quotes = [(each.n, each.article_id, each.start, each.end) for each in answer.citations]
    return answer.answer, answer.short_answer, answer.refused, quotes


def _first(trace: ItemTrace) -> list[list[str]]:
    return [part.fused[:_FIRST] for part in trace.parts]


def main() -> None:
    """Ask, compare, and print a JSON object for each place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("places", nargs="+", metavar="PLACE")
    parser.add_argument("--corpus", type=Path, help="a folder of articles; default: the sample")
    parser.add_argument("--most", type=int, default=0, help="how many questions; default: all")
    parser.add_argument("--search", action="store_true", help="compare what is found, and read nothing")
    given = parser.parse_args()
    items, problems = read_set(given.set)
    if problems:
        raise problems[0]
    items = items[: given.most or len(items)]
    settings = Settings().model_copy(update={"chroma_server": ""})
    if given.corpus is not None:
        settings = settings.model_copy(update={"corpus": given.corpus})
    with tempfile.TemporaryDirectory() as made:
        asked = {}
        for number, place in enumerate([_HERE, *given.places]):
            changes = {"index": Path(made) / f"index-{number}", "passages": SecretStr(place)}
            own = settings.model_copy(update=changes)
            asked[place] = (
                search(own, items) if given.search else ask(own, items, Path(made) / f"run-{number}")
            )
    for place in given.places:
        compares = compare_found if given.search else compare
        compared = compares(place.split("@")[-1], asked[_HERE], asked[place])
        sys.stdout.write(json.dumps(compared.model_dump(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
