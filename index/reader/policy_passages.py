"""What made-up policy questions of every kind share: random words and figures, and passages around sentences."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from index.reader.policy_vocabulary import INDUSTRIES, PLACES


@dataclass
class MadeGroup:
    """A question with a passage that answers and passages that nearly do; `answer` is empty when none does."""

    question: str
    positive: str
    answer: str
    negatives: list[str] = field(default_factory=list)


class PolicyPassages:
    """Draws from `source`; the same draws of it give the same ones."""

    def __init__(self, source: random.Random) -> None:
        self._random = source

    def _pick(self, options: list[str] | tuple[str, ...], *but: str) -> str:
        return self._random.choice([option for option in options if option not in but])

    def _shuffled(self, values: list[str]) -> list[str]:
        return self._random.sample(values, len(values))

    def _amount(self, unit: str) -> str:
        value = self._random.choice(
            [
                self._random.randint(2, 99) * 100,
                self._random.randint(3, 9999),
                round(self._random.uniform(1, 3000), 2),
            ]
        )
        return f"{self._random.choice(['', '', '超', '约', '突破', '达到'])}{value}{unit}"

    def _rate(self) -> str:
        return f"{round(self._random.uniform(0.3, 68), 1)}%"

    def _filler(self) -> str:
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        return self._random.choice(
            [
                f"{place}将继续完善{industry}产业链，培育龙头企业。",
                f"{place}提出因地制宜发展{industry}，打造创新高地。",
                f"业内人士认为，{industry}市场前景广阔。",
                f"下一步，{place}将加大对{industry}企业的扶持力度。",
                f"围绕{industry}，{place}已形成较为完整的产业生态。",
                "",
            ]
        )

    def _wrap(self, sentence: str, place: str, year: int, industry: str) -> str:
        """A passage: sometimes with title and heading, among other sentences."""
        body = [self._filler(), sentence, self._filler()] if self._random.random() < 0.7 else [sentence]
        text = "".join(body)
        title = self._random.choice(
            [
                f"{place}{industry}产业发展情况",
                f"{year}年各地{industry}产业观察",
                f"{place}：{industry}再上新台阶",
                "",
            ]
        )
        heading = self._random.choice([f"{year}年数据", place, "发展成效", ""])
        label = " > ".join(part for part in (title, heading) if part)
        return f"{label}\n{text}" if label else text

    def _group(
        self, question: str, right: str, answer: str, wrong: list[str], place: str, year: int, industry: str
    ) -> MadeGroup:
        """Wraps the sentences; half the time several near misses share a passage, with the right one or without."""
        self._random.shuffle(wrong)
        wrong = [sentence for sentence in wrong if answer not in sentence]
        positive = right
        negatives = list(wrong)
        if wrong and self._random.random() < 0.5:
            positive = "".join(
                self._shuffled(
                    [right, *self._random.sample(wrong, min(len(wrong), self._random.randint(1, 2)))]
                )
            )
            together = "".join(self._random.sample(wrong, min(len(wrong), self._random.randint(2, 4))))
            negatives = [together, *wrong]
        return MadeGroup(
            question,
            self._wrap(positive, place, year, industry),
            answer,
            [self._wrap(sentence, place, year, industry) for sentence in negatives[:3]],
        )
