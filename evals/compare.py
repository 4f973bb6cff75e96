"""Two runs side by side: what moved, by how much more than noise, and which items flipped."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel, Field

from corpus.problem import Problem
from evals.folder import RunFolder
from evals.items import EvalItem
from evals.metrics.intervals import Difference, difference
from evals.metrics.measures import BY_NAME, MEASURES
from evals.score import ItemScore

_NOT_PER_ITEM = {"aurc", "calibration"}
_TIME = BY_NAME["ms.total.median"]


class Change(BaseModel):
    """A measure in both runs, over the items that both count for it."""

    name: str
    first: float
    second: float
    difference: Difference

    @property
    def verdict(self) -> str:
        """ "better", "worse", "noise" or "same"."""
        if self.difference.value == 0:
            return "same"
        if not self.difference.more_than_noise or BY_NAME[self.name].better == 0:
            return "noise"
        return "better" if self.difference.value * BY_NAME[self.name].better > 0 else "worse"


class Flip(BaseModel):
    """An item that went right in one run only; the answers and causes in both."""

    id: str
    type: str
    question: str
    better: bool
    first_answer: str
    second_answer: str
    first_cause: str = ""
    second_cause: str = ""


class Comparison(BaseModel):
    """What `compare` finds. `only_first` and `only_second` count items that the other run lacks."""

    first: str
    second: str
    both: int
    only_first: int
    only_second: int
    set_differs: bool
    changes: list[Change] = Field(default_factory=list)
    flips: list[Flip] = Field(default_factory=list)
    settings_changed: list[str] = Field(default_factory=list)


def compare(first: RunFolder, second: RunFolder) -> Comparison:
    """Compare two runs by the items that have the same id and ask the same in both.

    Raises:
        Problem: `not_a_run` or `compare_nothing`.
    """
    one, other = first.record(), second.record()
    first_items = {item.id: item for item in first.items()}
    second_items = {item.id: item for item in second.items()}
    first_scores, second_scores = first.scores(), second.scores()
    ids = [
        id_
        for id_, item in second_items.items()
        if id_ in first_scores and id_ in second_scores and _asks_the_same(first_items.get(id_), item)
    ]
    if not ids:
        raise Problem("compare_nothing")
    first_answers, second_answers = first.predictions(), second.predictions()
    flips = []
    for id_ in ids:
        before, after = first_scores[id_], second_scores[id_]
        if before.right == after.right:
            continue
        flips.append(
            Flip(
                id=id_,
                type=after.type,
                question=second_items[id_].question,
                better=after.right,
                first_answer=first_answers[id_].answer,
                second_answer=second_answers[id_].answer,
                first_cause=before.cause,
                second_cause=after.cause,
            )
        )
    return Comparison(
        first=str(first.path),
        second=str(second.path),
        both=len(ids),
        only_first=len(first_scores) - len(ids),
        only_second=len(second_scores) - len(ids),
        set_differs=one.identity.set_hash != other.identity.set_hash,
        changes=_changes(
            [_comparable(first_scores[id_], first_items[id_], second_items[id_]) for id_ in ids],
            [second_scores[id_] for id_ in ids],
        ),
        flips=sorted(flips, key=lambda flip: flip.better),
        settings_changed=one.identity.differs_from(other.identity),
    )


def _asks_the_same(one: EvalItem | None, other: EvalItem) -> bool:
    """Whether question and right answer are the same; evidence may have been added since."""
    names = {"question", "facts", "answers", "answerable", "conversation", "filters", "asked_on"}
    return one is not None and (
        one.model_dump(include=names - {"answers"}) == other.model_dump(include=names - {"answers"})
        and (bool(one.facts) or one.answers == other.answers)
    )


def _comparable(score: ItemScore, one: EvalItem, other: EvalItem) -> ItemScore:
    """The score without the measures that other evidence or other accepted answers judge by now."""
    gone = set()
    if one.evidence != other.evidence:
        gone |= {name for name in score.values if BY_NAME.get(name, _TIME).group == "retrieval"}
        gone.add("cite_evidence")
    if one.answers != other.answers:
        gone |= {"exact", "f1"}
    return score.model_copy(
        update={"values": {name: value for name, value in score.values.items() if name not in gone}}
    )


def _changes(first: list[ItemScore], second: list[ItemScore]) -> list[Change]:
    changes = []
    for measure in MEASURES:
        if measure.name in _NOT_PER_ITEM or measure.name.endswith(".p95"):
            continue
        name = measure.name.removesuffix(".median")
        pairs = [
            (before.values[name], after.values[name])
            for before, after in zip(first, second, strict=True)
            if name in before.values and name in after.values
        ]
        if pairs:
            before, after = np.array(pairs).T
            changes.append(
                Change(
                    name=measure.name,
                    first=float(before.mean()),
                    second=float(after.mean()),
                    difference=difference(before, after),
                )
            )
    return changes
