"""Made-up questions on the attributes of a thing: a plant, a park, a line."""

from __future__ import annotations

from index.reader.policy_passages import MadeGroup, PolicyPassages
from index.reader.policy_vocabulary import ATTRIBUTES, INDUSTRIES, PLACES, THINGS


class ThingQuestions(PolicyPassages):
    """A passage tells a few attributes of a thing; the question asks for one of them, or of another thing."""

    def attribute(self) -> MadeGroup:
        """A thing of which a passage tells a few attributes; the question asks for one of them, or another."""
        place, industry = self._pick(PLACES), self._pick(INDUSTRIES)
        year = self._random.randint(2018, 2027)
        thing, other = self._thing(place, industry), self._thing(self._pick(PLACES, place), industry)
        names = self._random.sample(list(ATTRIBUTES), 4)
        values = {name: self._value(name) for name in names}
        asked, told = names[0], names[1:]
        answer = values[asked]

        def tell(of: str, attributes: list[str]) -> str:
            clauses = [self._random.choice(ATTRIBUTES[name][1]).format(v=values[name]) for name in attributes]
            opening = self._random.choice(
                [f"{of}", f"位于{place}的{of}", f"{year}年，{of}", f"记者获悉，{of}"]
            )
            if len(clauses) > 1 and self._random.random() < 0.5:
                half = len(clauses) // 2
                return f"{opening}{'，'.join(clauses[:half])}。该项目{'，'.join(clauses[half:])}。"
            return f"{opening}{'，'.join(clauses)}。"

        question = self._random.choice(ATTRIBUTES[asked][0]).format(t=thing)
        others = {name: self._value(name) for name in names}
        kept = dict(values)
        wrong = [tell(thing, self._random.sample(told, self._random.randint(1, 3))) for _ in range(2)]
        values.update(others)
        wrong.append(tell(other, [asked, *self._random.sample(told, 1)]))
        values.update(kept)
        right = tell(
            thing,
            self._random.sample([asked, *self._random.sample(told, self._random.randint(0, 2))], k=1)
            if self._random.random() < 0.3
            else self._shuffled([asked, *self._random.sample(told, 2)]),
        )
        if answer not in right:
            right = tell(thing, [asked])
        return self._group(question, right, answer, wrong, place, year, industry)

    def _thing(self, place: str, industry: str) -> str:
        kind = self._random.choice(THINGS)
        name = "".join(self._random.sample("华中天海星云光远新盛通达科芯瑞宏泰安启明博凌风岭江河湖", 2))
        return kind.format(p=place, i=industry, n=name)

    def _value(self, name: str) -> str:
        return ATTRIBUTES[name][2](self._random)
