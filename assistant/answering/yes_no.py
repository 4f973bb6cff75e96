"""Yes or no, where the sentence decides it plainly: a figure against a bound, or "不得" where leave is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.form_asked import FORBIDDEN, NOT_NEEDED
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in

_AT_LEAST = re.compile(r"以上|至少|不[得能]?少于|不[得能]?低于|最低|最少|起点|起报|达到|满")
_AT_MOST = re.compile(
    r"以内|之内|日内|天内|月内|年内|不[得能]?超过|不[得能]?高于|不[得能]?多于|最多|最高|以下|上限"
)
_PASSED = re.compile(r"(?:超过|突破|超|站上|迈过|跨过)了?$")
_BOUND = re.compile(r"应当|必须|需要|须(?!知)|有义务")
_ALLOWED = re.compile(r"可以|有权|允许|准予")
_NEAR = 8


@dataclass(frozen=True)
class Verdict:
    """Whether it is so, and by what word or figures."""

    yes: bool
    because: str

    def __str__(self) -> str:
        """As a short answer."""
        return f"{'是' if self.yes else '否'}（{self.because}）"


def verdict(question: Question, sentence: str) -> Verdict | None:
    """What `sentence` says to a question of yes or no; None where it has to be read by a person."""
    return _by_figures(question, fold(sentence)) or _by_leave(question, fold(sentence))


def _by_figures(question: Question, sentence: str) -> Verdict | None:
    asked, form = question.form.figures, question.form
    if len(asked) != 1:
        return None
    told = [
        each for each in quantities_in(sentence) if each.unit == asked[0].unit and comparable(each, asked[0])
    ]
    bounds = list({found[0].value: found for each in told if (found := _bound(each, sentence))}.values())
    asks_bound = form.is_above or form.is_below
    if asks_bound and len(told) == 1 and asked[0].unit not in {"年", "天"}:
        above = told[0].value >= asked[0].value
        yes = above if form.is_above else not above
        return Verdict(yes, _told(told[0], asked[0]))
    if form.is_above and len(told) > 1:
        passed = next((each for each in told if each.value == asked[0].value), None)
        word = _PASSED.search(sentence[: sentence.find(passed.text)]) if passed else None
        if passed and word:
            return Verdict(True, f"{word.group()}{passed.text}")
    if len(bounds) == 1 and not asks_bound:
        bound, at_least = bounds[0]
        yes = asked[0].value >= bound.value if at_least else asked[0].value <= bound.value
        return Verdict(yes, _told(asked[0], bound))
    return None


def _told(one: Quantity, other: Quantity) -> str:
    if one.value == other.value:
        return f"{one.text}等于{other.text}"
    return f"{one.text}{'高于' if one.value > other.value else '低于'}{other.text}"


def _bound(quantity: Quantity, sentence: str) -> tuple[Quantity, bool] | None:
    """A figure with whether it is a lower bound; None where the words around it say neither or both."""
    at = sentence.find(quantity.text)
    around = sentence[max(0, at - _NEAR) : at + len(quantity.text) + 3]
    least, most = _AT_LEAST.search(around), _AT_MOST.search(around)
    return None if bool(least) == bool(most) else (quantity, least is not None)


def _by_leave(question: Question, sentence: str) -> Verdict | None:
    forbidden, needless = FORBIDDEN.search(sentence), NOT_NEEDED.search(sentence)
    if question.form.is_denied:
        return None
    if question.form.is_leave:
        if forbidden:
            return Verdict(False, forbidden.group())
        allowed = _ALLOWED.search(sentence)
        return Verdict(True, allowed.group()) if allowed and not needless else None
    if question.form.is_duty:
        if needless:
            return Verdict(False, needless.group())
        bound = _BOUND.search(sentence)
        return Verdict(True, bound.group()) if bound and not forbidden else None
    return None
