"""Questions that ask a figure of every place, and name none: "各省2025年集成电路产业的营收"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.kinds import Kind

if TYPE_CHECKING:
    from assistant.understanding.question import Question

_PLACES = r"(?:省(?:市|区|份)?|(?:主要)?城市|地(?:区|方|市)?|市|区县|自治区)"
EACH_PLACE = re.compile(
    rf"(?:全国)?(?:各(?!地方|级|地区各)(?:个|大)?{_PLACES}|有?哪(?:些|几个){_PLACES})(?!各)的?"
)
"""The words by which every place is asked of."""
_BOUND = re.compile(
    r"(?:超过|高于|多于|突破|达到|大于|不低于|不少于|低于|少于|不到|不足|小于|过)(?=了?\d)了?.*$"
)
_FIGURES = frozenset([Kind.AMOUNT, Kind.SHARE])


def value_of_each_place(question: Question) -> str:
    """The text of the question for one place's figure, without the place; empty where no figure of each place is asked for.

    Args:
        question: What is asked: "各省2025年集成电路产业的营收", or "哪些省2025年的产量超过100万吨", which asks for the
            figures that pass a bound.
    """
    run = None if question.places else EACH_PLACE.search(question.text)
    if run is None:
        return ""
    bound = _BOUND.search(question.text)
    is_which = "哪" in run.group()
    if is_which != bool(bound) or (not is_which and question.kind not in _FIGURES):
        return ""
    end = bound.start() if bound and bound.start() > run.end() else len(question.text)
    rest = question.text[run.end() : end].rstrip("?？。 ")
    rest = re.sub("(?:分别|各自?)?(?:是|为|有|达)?多少$|的$", "", rest)
    return f"{question.text[: run.start()]}{rest}是多少" if len(rest) > 1 else ""
