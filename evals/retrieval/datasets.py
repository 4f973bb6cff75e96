"""What is searched and asked: real articles with questions of our own, and public benchmarks as one pool each.

A question of our own names the article that answers and short strings that stand together in the answering sentence
(`holds`, a list of alternatives), so that no sentence of the articles is kept here.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.encoding import decode
from corpus.language.normalize import fold
from corpus.language.script import simplify
from corpus.load import SAMPLE_CORPUS
from corpus.problem import Problem
from evals.formats import read_set
from evals.public.dragonball import DragonBall
from evals.public.rgb import hash_of_text, is_right
from evals.public.span_questions import Cmrc2018, Drcd, SpanQuestions
from index.hit import ArticleInfo

SETS = Path(__file__).parents[1] / "sets" / "retrieval"
_BLANK = re.compile(r"\s+")
_TOGETHER = 160
_SEED = 7


@dataclass
class Asked:
    """A question. `right` tells of an article's key and a text of it whether that text may be cited for the answer.

    `references` are sentences to be covered, where the data set has them.
    """

    id: str
    question: str
    right: Callable[[str, str], bool]
    today: date | None = None
    type: str = ""
    references: list[str] = field(default_factory=list)


@dataclass
class Dataset:
    """Files to ingest, how an article is called (`key`), and the questions; `by_article` ranks articles, not passages."""

    name: str
    paths: list[Path]
    key: Callable[[ArticleInfo], str]
    asked: list[Asked]
    by_article: bool = False


def load(name: str, shared: Path, work: Path, most: int = 0) -> Dataset:
    """The data set `name` (one of `LOADERS`); a pool of public texts is written under `work` first.

    Raises:
        Problem: `no_such_path` when its files are not under `shared`.
    """
    dataset = LOADERS[name](shared, work)
    missing = [path for path in dataset.paths if not path.exists()]
    if missing:
        raise Problem("no_such_path", file=missing[0])
    if most and len(dataset.asked) > most:
        dataset.asked = random.Random(_SEED).sample(dataset.asked, most)
    return dataset


def _reports(shared: Path, work: Path) -> Dataset:
    asked = [*_own("reports-old"), *_own("reports-new")]
    return Dataset("reports", [shared / "articles/government_work_reports.jsonl"], lambda a: a.title, asked)


def _page(shared: Path, work: Path) -> Dataset:
    return Dataset("page", [shared / "articles/semiconductor-2026.txt"], lambda a: "", list(_own("page")))


def _news(shared: Path, work: Path) -> Dataset:
    folder = shared / "articles/news-broadcast-2026"
    return Dataset("news", [folder], lambda a: Path(a.file).stem, list(_own("news")))


def _sample(shared: Path, work: Path) -> Dataset:
    """The sample set on the sample corpus: the items that stand alone, and the quotes they may be answered with."""
    items, _ = read_set(SETS.parent / "sample.jsonl")
    asked = []
    for item in items:
        question = item.standalone or (item.question if item.conversation is None else "")
        quotes = [plain(quote) for quote in item.evidence]
        if question and quotes and item.answerable:
            asked.append(
                Asked(
                    item.id,
                    question,
                    lambda key, text, quotes=quotes: any(quote in plain(text) for quote in quotes),  # type: ignore[misc]
                    item.asked_on,
                    item.type,
                )
            )
    return Dataset("sample", [SAMPLE_CORPUS], lambda a: a.id, asked)


def _own(name: str) -> Iterator[Asked]:
    for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        alternatives = [
            (plain(each["article"]), [plain(string) for string in each["strings"]]) for each in row["holds"]
        ]
        yield Asked(
            row["id"],
            row["question"],
            _holds_one_of(alternatives),
            date.fromisoformat(row["asked_on"]) if row.get("asked_on") else None,
            row.get("type", ""),
        )


def _holds_one_of(alternatives: list[tuple[str, list[str]]]) -> Callable[[str, str], bool]:
    def right(key: str, text: str) -> bool:
        of_article = [strings for article, strings in alternatives if article == plain(key)]
        return bool(of_article) and any(stand_together(strings, plain(text)) for strings in of_article)

    return right


def stand_together(strings: list[str], text: str) -> bool:
    """Whether all `strings` stand within a sentence's length of each other in `text`."""
    first = text.find(strings[0])
    while first >= 0:
        around = text[max(0, first - _TOGETHER) : first + len(strings[0]) + _TOGETHER]
        if all(string in around for string in strings[1:]):
            return True
        first = text.find(strings[0], first + 1)
    return False


def plain(text: str) -> str:
    """`text` folded, in simplified script and without blanks, as both sides are compared."""
    return _BLANK.sub("", simplify(fold(text)))


def _rgb(shared: Path, work: Path) -> Dataset:
    file = shared / "benchmarks/rgb/zh_refine.jsonl"
    texts: dict[str, str] = {}
    asked = []
    for row in _rows(file):
        own = [*row["positive"], *row["negative"]]
        texts.update({str(hash_of_text(text)): text for text in own})
        good = [*row["positive"], *(text for text in row["negative"] if is_right(text, row["answer"]))]
        keys = {str(hash_of_text(text)) for text in good}
        asked.append(Asked(str(row["id"]), row["query"], lambda key, text, keys=keys: key in keys))  # type: ignore[misc]
    return Dataset("rgb", [_pool(work, "rgb", texts)], lambda a: a.source, asked, by_article=True)


def _dragonball(shared: Path, work: Path) -> Dataset:
    folder = shared / "benchmarks/dragonball"
    bench = DragonBall(folder)
    texts = {d.key: d.text for d in bench.documents()} if folder.exists() else {}
    titles = {d.key: d.title for d in bench.documents()} if folder.exists() else {}
    asked = []
    for number, row in enumerate(bench.rows("queries.jsonl")):
        truth = row["ground_truth"]
        references = [plain(each) for each in truth["references"] if each.strip()]
        if not references:
            continue
        keys = {f"report-{id_}" for id_ in truth["doc_ids"]}
        asked.append(
            Asked(
                str(number),
                row["query"]["content"],
                lambda key, text, keys=keys, references=references: (  # type: ignore[misc]
                    key in keys and any(each in plain(text) for each in references)
                ),
                type=row["query"]["query_type"],
                references=references,
            )
        )
    return Dataset("dragonball", [_pool(work, "dragonball", texts, titles)], lambda a: a.source, asked)


def _spans(kind: type[SpanQuestions], folder: str) -> Callable[[Path, Path], Dataset]:
    def load_spans(shared: Path, work: Path) -> Dataset:
        bench = kind(shared / "benchmarks" / folder)
        texts = {d.key: d.text for d in bench.documents()}
        titles = {d.key: d.title for d in bench.documents()}
        asked = [
            Asked(str(n), task.question, lambda key, text, keys=task.documents: key in keys)  # type: ignore[misc]
            for n, task in enumerate(bench.tasks())
            if task.part == "held out"
        ]
        return Dataset(
            folder, [_pool(work, folder, texts, titles)], lambda a: a.source, asked, by_article=True
        )

    return load_spans


LOADERS: dict[str, Callable[[Path, Path], Dataset]] = {
    "sample": _sample,
    "rgb": _rgb,
    "reports": _reports,
    "page": _page,
    "dragonball": _dragonball,
    "news": _news,
    "cmrc2018": _spans(Cmrc2018, "cmrc2018"),
    "drcd": _spans(Drcd, "drcd"),
}


def _rows(file: Path) -> list[dict]:
    if not file.is_file():
        raise Problem("no_such_path", file=file)
    return [json.loads(line) for line in decode(file.read_bytes(), file).split("\n") if line.strip()]


def _pool(work: Path, name: str, texts: dict[str, str], titles: dict[str, str] | None = None) -> Path:
    """A file of records to ingest, one a text."""
    work.mkdir(parents=True, exist_ok=True)
    file = work / f"{name}.jsonl"
    lines = (
        json.dumps(
            {"title": (titles or {}).get(key) or "资料", "content": text, "source": key}, ensure_ascii=False
        )
        for key, text in texts.items()
        if text.strip()
    )
    content = "\n".join(lines) + "\n"
    if not file.exists() or file.read_text("utf-8") != content:
        file.write_text(content, "utf-8")
    return file
