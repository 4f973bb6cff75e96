"""What the reader alone is worth: `python -m evals.reader [WEIGHTS …]`, several weights side by side.

On questions written by hand on passages that no training saw (`index/reader/questions/held_out`): how well its logit parts
passages that answer from near misses, how many near misses it refuses where it refuses 5 % of the others, and how often its
span meets the answer. On RGB's snippets (where ../shared has them): the same by question, good against bad. On the paragraphs
of CMRC 2018 and DRCD that are held out: F1 of the span by CMRC's script, and whether the likeliest sentence holds an answer.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.settings import Settings
from corpus.language.sentences import sentence_spans
from evals.metrics.spans import f1
from index.embeddings.factory import default_model_folder
from index.reader.data import Source, is_held_out, sources
from index.reader.read import WEIGHTS, Reader
from index.reader.written import QUESTIONS, AskedPassage, read_written

_log = logging.getLogger("reader")
_GOOD, _BAD = 5, 8
_WRONGLY = 0.05


def main() -> None:
    """Print a line a measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", nargs="*", type=Path, default=[WEIGHTS])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--most", type=int, default=300, help="span questions of each set; 0 takes all")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    asked, _ = read_written(arguments.shared / "articles", QUESTIONS / "held_out")
    snippets = arguments.shared / "benchmarks" / "rgb" / "zh_refine.jsonl"
    rows = (
        [json.loads(line) for line in snippets.read_text(encoding="utf-8").splitlines()]
        if snippets.is_file()
        else []
    )
    folder = default_model_folder(Settings().models_folder)
    for weights in arguments.weights:
        reader = Reader(folder, weights)
        _log.info("%s", weights)
        measured = {**of_written(reader, asked), **of_snippets(reader, rows)}
        for source in sources(arguments.shared):
            if source.hold_out and source.file.is_file():
                measured |= of_spans(reader, source, arguments.most)
        for name, value in measured.items():
            _log.info("  %-48s %.3f", name, value)


def of_written(reader: Reader, asked: list[AskedPassage]) -> dict[str, float]:
    """Measures over hand-written questions."""
    scores, answers, met = [], [], []
    for each in asked:
        text = f"{each.label}\n{each.text}"
        (reading,) = reader.read(each.question, [text])
        scores.append(reading.score)
        answers.append(each.answer is not None)
        if each.answer is not None:
            shift = len(each.label) + 1
            begin, end, _ = reading.best_span(shift, len(text))
            met.append(begin < each.answer[1] + shift and each.answer[0] + shift < end)
    right, wrong = np.array(scores)[np.array(answers)], np.array(scores)[~np.array(answers)]
    return {
        "written questions": float(len(asked)),
        "  answering above near miss (AUC)": area(right, wrong),
        "  near misses refused at 5 % wrongly": float((wrong < np.quantile(right, _WRONGLY)).mean()),
        "  span meets the answer": float(np.mean(met)),
    }


def of_snippets(reader: Reader, rows: list[dict]) -> dict[str, float]:
    """Measures over RGB's questions."""
    areas, first, good_best, bad_best = [], [], [], []
    for row in rows:
        good, bad = row["positive"][:_GOOD], row["negative"][:_BAD]
        if not good or not bad:
            continue
        scores = [reading.score for reading in reader.read(row["query"], [*good, *bad])]
        right, wrong = np.array(scores[: len(good)]), np.array(scores[len(good) :])
        areas.append(area(right, wrong))
        first.append(right[0] > wrong[:4].max())
        good_best.append(max(right[0], wrong[:4].max()))
        bad_best.append(wrong[:5].max())
    if not areas:
        return {}
    return {
        "RGB questions": float(len(areas)),
        "  good above bad snippet (mean AUC)": float(np.mean(areas)),
        "  1 good among 4 bad: the good one first": float(np.mean(first)),
        "  5 bad refused at 5 % wrongly": float(
            (np.array(bad_best) < np.quantile(good_best, _WRONGLY)).mean()
        ),
    }


def of_spans(reader: Reader, source: Source, most: int) -> dict[str, float]:
    """Measures over span questions on held-out paragraphs, read under their article's title."""
    f1s, sentences = [], []
    for title, context, question, answers in islice(_held_out(source), most or None):
        shift = len(title) + 1
        (reading,) = reader.read(question, [f"{title}\n{context}"])
        begin, end, _ = reading.best_span(shift, shift + len(context))
        f1s.append(f1(answers, context[begin - shift : end - shift]))
        likeliest = max(
            sentence_spans(context), key=lambda s: reading.best_span(s[0] + shift, s[1] + shift)[2]
        )
        sentences.append(any(answer in context[slice(*likeliest)] for answer in answers))
    name = source.file.parent.name
    return {
        f"{name}, held-out questions": float(len(f1s)),
        "  F1 of the span, " + name: float(np.mean(f1s)),
        "  likeliest sentence holds an answer, " + name: float(np.mean(sentences)),
    }


def _held_out(source: Source) -> Iterator[tuple[str, str, str, list[str]]]:
    for article in json.loads(source.file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            if is_held_out(paragraph["context"]):
                for item in paragraph["qas"]:
                    answers = [answer["text"] for answer in item["answers"]]
                    yield article.get("title") or "", paragraph["context"], item["question"], answers


def area(right: np.ndarray, wrong: np.ndarray) -> float:
    """Share of pairs in which the right one scores higher: the area under the ROC curve."""
    return float((right[:, None] > wrong[None, :]).mean() + 0.5 * (right[:, None] == wrong[None, :]).mean())


if __name__ == "__main__":
    main()
