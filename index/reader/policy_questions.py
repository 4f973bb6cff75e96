"""Made-up policy sentences with questions, for training: what a near miss of a policy question looks like.

Nothing here is a fact. Places, years, industries and figures are drawn at random, so that the reader learns
which of them a question asks for, not what they are.
"""

from __future__ import annotations

import random

from index.reader.policy_acts import ActQuestions
from index.reader.policy_economy import Bulletins
from index.reader.policy_figures import FigureQuestions
from index.reader.policy_passages import MadeGroup
from index.reader.policy_things import ThingQuestions


class PolicyQuestions:
    """Draws groups; the same seed draws the same ones."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        figures = FigureQuestions(self._random)
        acts = ActQuestions(self._random)
        things = ThingQuestions(self._random)
        self._bulletins = Bulletins(self._random)
        # Each as often as it is to be drawn.
        self._kinds = [
            *[figures.figure] * 2,
            *[figures.goal] * 2,
            acts.subsidy,
            acts.body,
            acts.date,
            acts.person,
            *[things.attribute] * 5,
            *[figures.period] * 2,
            *[self._economy] * 8,
        ]

    def draw(self) -> MadeGroup:
        """One group of a random kind."""
        return self._random.choice(self._kinds)()

    def _economy(self) -> MadeGroup:
        question, bulletin, answer, misses = self._bulletins.draw()
        return MadeGroup(question, bulletin, answer, misses)
