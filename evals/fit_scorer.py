"""Fit the weights that rank sentences and tell when to refuse: `python -m evals.fit_scorer SET=CORPUS …`.

Each argument names a question-answer set and the articles it is about. The ranker maximises the likelihood of
the sentences that hold the facts; the confidence is a logistic regression on whether the first sentence does,
with the questions that nothing answers as further counter-examples. `--check` leaves out one set at a time, and measures on each
and on all of them together. A set of a corpus
(`questions.jsonl`) is called after its folder; only the sentences that serving would read alone, and a few more, are read alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.model import Turn
from assistant.reading.candidate import FEATURES, Candidate
from assistant.reading.candidates import candidates_in, read_alone
from assistant.reading.rank import ALONE, READ_ALONE, WEIGHTS, Scorer
from assistant.reading.rerank import PASSAGES
from assistant.reading.sentence_times import SentenceTimes
from assistant.service import open_index
from assistant.settings import Settings
from assistant.understanding.conversation import readings
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.rewrite import interpretations_of
from assistant.understanding.small_talk import reply_to
from evals.formats import read_set
from evals.items import EvalItem
from evals.left_out import Judged, among_five, figures_of
from evals.metrics.facts import holds
from evals.metrics.refusals import calibration_error
from evals.signed_fit import minimise
from index.query import Query, read_query
from index.question import Kind
from index.reader.read import Reader
from index.rerankers import make_reranker
from index.rerankers.factory import open_reader
from index.search import Searcher
from index.sync import ingest

if TYPE_CHECKING:
    import torch

_log = logging.getLogger("fit")
_RANK_L2, _CONFIDENCE_L2 = 0.002, 0.01
_SIGNS: dict[str, int | None] = {
    "bias": 0, "covered": 1, "covered_with_context": 1, "worst_gap": -1, "cosine": 1, "passage_cosine": 1,
    "passage_keyword": 1, "passage_rank": 1, "passage_lead": 1, "kind_fits": 1, "kind_missing": -1, "unit_missing": -1, "time_likeness": 1, "time_other": -1, "told_in_time": 1, "recent": 1, "newest": 1,
    "place_same": 1, "place_other": -1, "place_extra": -1, "period_missing": -1, "names_missing": -1, "body_missing": -1, "company_other": -1, "goal_mismatch": -1, "bigrams": 1, "reader": 1,
    "reader_span": 1, "reader_best": 1, "reader_alone": 1, "length": None,
}  # fmt: skip


_HARDLY_SEEN = {"company_other": -3.0}
"""Weights by hand of what the sets to fit on may hold too few examples of."""
_ENOUGH = 30
_MORE_ALONE = 2
_SURE_BY = ("bias", "reader", "reader_alone", "reader_span")
"""What the confidence reads. More of the features tell two corpora apart, not right from wrong (docs/results.md)."""
_AT_MOST = {"unit_missing": -2.0, "time_other": -1.5, "place_other": -1.5, "goal_mismatch": -0.6}
"""A sentence that contradicts the question stands behind one that does not, however few such pairs the sets hold."""


@dataclass
class Sample:
    """A question's candidates: `features` [sentences, features] and the share of the facts each holds."""

    set: str
    id: str
    answerable: bool
    features: np.ndarray
    facts_held: np.ndarray
    texts: list[str]

    @property
    def findable(self) -> bool:
        """Whether one of the sentences holds a fact."""
        return self.answerable and bool(self.facts_held.max(initial=0) > 0)


def samples_of(set_file: Path, corpus: list[Path], settings: Settings) -> list[Sample]:
    """Ask every item of a set of an index made for it and note what is found."""
    items, _ = read_set(set_file)
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(settings.model_copy(update={"index": Path(folder)}))
        ingest(index, corpus)
        reader = open_reader(settings.models_folder)
        searcher = Searcher(index, make_reranker(settings.reranker, settings.models_folder, reader=reader))
        times = SentenceTimes(index)
        scorer = Scorer.load()
        samples: list[Sample] = []
        chats: dict[str, list[Turn]] = {}
        for item in items:
            history = chats.setdefault(item.conversation, []) if item.conversation is not None else []
            today = item.asked_on or date.today()
            best: list[Sample] = []
            chosen = item.question
            for form in readings(item.question, history):
                for each in interpretations_of(with_absolute_years(form, today), today):
                    found = []
                    for part in each.parts:
                        query = read_query(part.question, today=today)
                        if query.kind is Kind.SUMMARY or reply_to(part.question):
                            continue
                        hits = searcher.search(query, PASSAGES)
                        candidates = candidates_in(index, query, hits, times, reader)
                        if reader is not None:
                            _read_front(reader, scorer, query, candidates)
                        found.append(_sample(_name_of(set_file), item, candidates))
                    if not best or _held(found) > _held(best):
                        best, chosen = found, each.question
            history.append(Turn(question=item.question, standalone_question=chosen))
            samples += [sample for sample in best if len(sample.texts) > 1]
        index.close()
    return samples


def _name_of(set_file: Path) -> str:
    """A set's name; a corpus's questions are called after its folder."""
    return set_file.parent.name if set_file.stem == "questions" else set_file.stem


def _read_front(reader: Reader, scorer: Scorer, query: Query, candidates: list[Candidate]) -> None:
    """Read alone what serving would, and a few more; the others count as the worst of these."""
    front = scorer.order(candidates)[: READ_ALONE + _MORE_ALONE]
    read_alone(reader, query, front)
    lowest = min((each.features[ALONE] for each in front), default=0.0)
    for each in candidates:
        each.features.setdefault(ALONE, lowest)


def _held(samples: list[Sample]) -> float:
    """Mean over the parts of a question of the facts that their best sentences hold."""
    return float(np.mean([sample.facts_held.max(initial=0) for sample in samples])) if samples else -1.0


def _sample(name: str, item: EvalItem, candidates: list) -> Sample:
    held = []
    for candidate in candidates:
        groups = [any(holds(candidate.text, each) for each in group) for group in item.groups]
        held.append(float(np.mean(groups)) if groups and item.answerable else 0.0)
    vectors = [candidate.vector() for candidate in candidates]
    return Sample(
        name,
        item.id,
        item.answerable,
        np.array(vectors) if vectors else np.zeros((0, len(FEATURES))),
        np.array(held),
        [candidate.text for candidate in candidates],
    )


def fit_rank(samples: list[Sample], off: tuple[str, ...] = ()) -> np.ndarray:
    """Weights by maximum likelihood of the sentences that hold most of the facts, with an L2 penalty."""
    import torch

    rows = [
        (torch.tensor(s.features), torch.tensor((s.facts_held >= s.facts_held.max()).astype(float)))
        for s in samples
        if s.findable
    ]

    def loss(weights: torch.Tensor) -> torch.Tensor:
        total = _RANK_L2 * (weights**2).sum()
        for features, right in rows:
            logs = torch.log_softmax(features @ weights, 0)
            total = total - torch.logsumexp(logs + torch.log(right + 1e-12), 0) / len(rows)
        return total

    weights = minimise(loss, [_SIGNS[name] if name not in (*off, ALONE) else 0 for name in FEATURES])
    for name, weight in _HARDLY_SEEN.items():
        if sum(s.features[:, FEATURES.index(name)].any() for s in samples) < _ENOUGH:
            weights[FEATURES.index(name)] = weight
    for name, most in _AT_MOST.items():
        weights[FEATURES.index(name)] = min(weights[FEATURES.index(name)], most)
    if ALONE not in off:
        weights[FEATURES.index(ALONE)] = _fit_alone(samples, weights)
    return weights


def _fit_alone(samples: list[Sample], weights: np.ndarray) -> float:
    """The weight of the second reading, over the sentences that the first order puts in front."""
    column = FEATURES.index(ALONE)
    rows = []
    for sample in samples:
        if sample.findable:
            scores = sample.features @ weights
            front = np.argsort(-scores)[:READ_ALONE]
            held = sample.facts_held[front]
            if held.max() > 0:
                rows.append((scores[front], sample.features[front, column], held >= sample.facts_held.max()))

    def loss(weight: float) -> float:
        total = 0.0
        for scores, alone, right in rows:
            mixed = scores + weight * alone
            total += np.logaddexp.reduce(mixed) - (np.logaddexp.reduce(mixed[right]) if right.any() else 0.0)
        return float(total / max(len(rows), 1)) + _RANK_L2 * weight**2

    return float(min(np.arange(0, 4.01, 0.1), key=loss))


def fit_confidence(samples: list[Sample], weights: np.ndarray, off: tuple[str, ...] = ()) -> dict[str, float]:
    """A logistic regression over the features of the first sentence, its score and its lead."""
    import torch

    names = [*FEATURES, "score", "lead"]
    table = np.array([_first(s, weights)[1] for s in samples])
    right = np.array([s.answerable and s.facts_held[_first(s, weights)[0]] > 0 for s in samples], dtype=float)
    spread = table.std(0) + 1e-6
    spread[FEATURES.index("bias")] = 1.0
    features, wanted = torch.tensor(table / spread), torch.tensor(right)
    balance = torch.where(wanted > 0, 0.5 / wanted.mean(), 0.5 / (1 - wanted).mean())

    def loss(slopes: torch.Tensor) -> torch.Tensor:
        told = torch.nn.functional.binary_cross_entropy_with_logits(features @ slopes, wanted, balance)
        return told + _CONFIDENCE_L2 * (slopes**2).sum()

    signs = [
        {**_SIGNS, "bias": None, "score": 1, "lead": 1}[n] if n in _SURE_BY and n not in off else 0
        for n in names
    ]
    slopes = minimise(loss, signs) / spread
    return {name: float(slope) for name, slope in zip(names, slopes, strict=True)}


def _first(sample: Sample, weights: np.ndarray) -> tuple[int, list[float]]:
    """The number of the sentence ranked first, and its confidence features."""
    first_stage = weights.copy()
    first_stage[FEATURES.index(ALONE)] = 0.0
    scores = sample.features @ first_stage
    order = np.argsort(-scores)
    front = order[:READ_ALONE]
    scores = sample.features @ weights
    order = np.concatenate([front[np.argsort(-scores[front])], order[READ_ALONE:]])
    unlike = [n for n in order[1:] if sample.texts[n] != sample.texts[order[0]]]
    lead = min(float(scores[order[0]] - scores[unlike[0]]), 5.0) if unlike else 3.0
    return int(order[0]), [*sample.features[order[0]], float(scores[order[0]]), lead]


def fit(samples: list[Sample], wrongly_refused: float, off: tuple[str, ...] = ()) -> Scorer:
    """A scorer whose threshold refuses `wrongly_refused` of the answerable questions of `samples`."""
    weights = fit_rank(samples, off)
    confidence = calibrated(fit_confidence(samples, weights, off), samples, weights)
    told = [confidence_of(s, weights, confidence) for s in samples if s.answerable]
    return Scorer(
        rank={name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)},
        confidence={name: round(value, 4) for name, value in confidence.items()},
        threshold=round(float(np.quantile(told, wrongly_refused)), 4),
    )


def calibrated(confidence: dict[str, float], samples: list[Sample], weights: np.ndarray) -> dict[str, float]:
    """`confidence` stretched and shifted so that it is the share of first sentences that are right (Platt, 1999)."""
    from sklearn.linear_model import LogisticRegression

    logits = [_logit(sample, weights, confidence) for sample in samples]
    right = [sample.answerable and sample.facts_held[_first(sample, weights)[0]] > 0 for sample in samples]
    line = LogisticRegression(C=1e6).fit(np.array(logits)[:, None], right)
    stretch, shift = float(line.coef_[0, 0]), float(line.intercept_[0])
    return {name: value * stretch + (shift if name == "bias" else 0.0) for name, value in confidence.items()}


def _logit(sample: Sample, weights: np.ndarray, confidence: dict[str, float]) -> float:
    _, values = _first(sample, weights)
    return sum(
        confidence[name] * value for name, value in zip([*FEATURES, "score", "lead"], values, strict=True)
    )


def confidence_of(sample: Sample, weights: np.ndarray, confidence: dict[str, float]) -> float:
    """The confidence in the first sentence of a sample."""
    return float(1 / (1 + np.exp(-_logit(sample, weights, confidence))))


def measure(samples: list[Sample], scorer: Scorer) -> dict[str, float]:
    """First sentence right, refusals right and wrong, with the scorer's threshold."""
    weights = np.array([scorer.rank[name] for name in FEATURES])
    can = [s for s in samples if s.answerable]
    cannot = [s for s in samples if not s.answerable]
    conf = {id(s): confidence_of(s, weights, scorer.confidence) for s in samples}
    low = np.quantile([conf[id(s)] for s in can], 0.1)
    return {
        "first_right": float(np.mean([s.facts_held[_first(s, weights)[0]] > 0 for s in can])),
        "refused_right": float(np.mean([conf[id(s)] < scorer.threshold for s in cannot])) if cannot else 0.0,
        "refused_wrong": float(np.mean([conf[id(s)] < scorer.threshold for s in can])),
        "calibration_error": calibration_error(
            np.array([conf[id(s)] for s in samples]),
            np.array([s.answerable and s.facts_held[_first(s, weights)[0]] > 0 for s in samples]),
        ),
        "refused_right_at_10": float(np.mean([conf[id(s)] < low for s in cannot])) if cannot else 0.0,
    }


def judged(samples: list[Sample], scorer: Scorer) -> list[Judged]:
    """What a scorer makes of samples that it was not fitted on."""
    weights = np.array([scorer.rank[name] for name in FEATURES])
    return [
        Judged(
            sample.answerable,
            sample.answerable and bool(sample.facts_held[_first(sample, weights)[0]] > 0),
            sample.answerable and among_five(sample.features @ weights, sample.facts_held),
            confidence_of(sample, weights, scorer.confidence),
        )
        for sample in samples
    ]


def _check(samples: list[Sample], wrongly_refused: float, off: tuple[str, ...], threshold: float) -> None:
    """Print figures of each set that is left out, and of all together."""
    pooled: list[Judged] = []
    for name in dict.fromkeys(sample.set for sample in samples):
        scorer = fit([s for s in samples if s.set != name], wrongly_refused, off)
        one = [s for s in samples if s.set == name]
        _log.info("%s %s", name, measure(one, scorer))
        pooled += judged(one, scorer)
    figures = figures_of(pooled, threshold)
    _log.info("left out, together: %s", {name: round(value, 3) for name, value in figures.items()})


def _samples(sets: list[str], kept: Path | None) -> list[Sample]:
    """The samples of the sets, or, where none is named, those kept in a file."""
    if not sets and kept is not None:
        return list(pickle.loads(kept.read_bytes()))
    samples: list[Sample] = []
    for argument in sets:
        set_file, _, corpora = argument.partition("=")
        found = samples_of(Path(set_file), [Path(each) for each in corpora.split(",")], Settings())
        _log.info("%s: %d questions", set_file, len(found))
        samples += found
    if kept is not None:
        kept.write_bytes(pickle.dumps(samples))
    return samples


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET=CORPUS[,CORPUS…]")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--wrongly-refused", type=float, default=0.10)
    parser.add_argument("--check", action="store_true", help="leave out one set at a time and measure on it")
    parser.add_argument("--threshold", type=float, default=0.56, help="of the check of all sets together")
    parser.add_argument("--off", nargs="*", default=[], help="features left out, to see what they bring")
    parser.add_argument(
        "--keep",
        type=Path,
        help="file of your own to keep the samples in; without sets they are taken from it",
    )
    arguments = parser.parse_args()
    if not arguments.sets and arguments.keep is None:
        parser.error("name a set, or a file with --keep")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = _samples(arguments.sets, arguments.keep)
    off = tuple(arguments.off)
    if arguments.check:
        _check(samples, arguments.wrongly_refused, off, arguments.threshold)
    scorer = fit(samples, arguments.wrongly_refused, off)
    scorer.fitted_on = ", ".join(dict.fromkeys(sample.set for sample in samples))
    _log.info("all %s", measure(samples, scorer))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(
        json.dumps(scorer.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
