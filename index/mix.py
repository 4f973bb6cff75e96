"""How much each feature of a hit weighs, learnt by `python -m evals.retrieval.fit` (docs/results.md says on what)."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, Field

from index.features import RERANKER_FEATURES
from index.hit import Hit

WEIGHTS = Path(__file__).parent / "weights" / "mix.json"


class Mix(BaseModel):
    """Two sets of weights by feature name: of the first ranking, and of the second, which has the reranker's features.

    `arm_depth` is how many passages each arm brings, `read_most` how many the reranker reads, in steps of
    `read_step`; it stops sooner when the first leads by `clear_lead`.
    """

    first: dict[str, float] = Field(default_factory=dict)
    second: dict[str, float] = Field(default_factory=dict)
    arm_depth: int = 40
    read_most: int = 12
    read_step: int = 6
    clear_lead: float = 3.0

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Mix:
        """The learnt weights."""
        return cls.model_validate(json.loads(file.read_text(encoding="utf-8")))

    def weigh(self, hit: Hit) -> float:
        """A hit's score: the sum of its `terms`."""
        return sum(self.terms(hit).values())

    def terms(self, hit: Hit) -> dict[str, float]:
        """What each feature adds to a hit's score: by the second weights where the reranker read it, else by the first."""
        weights = self.first if hit.reranker is None else self.second
        return {name: weights[name] * value for name, value in hit.features.items() if name in weights}

    @property
    def uses_reranker(self) -> bool:
        """Whether the reranker has any weight."""
        return any(self.second.get(name) for name in RERANKER_FEATURES)
