"""Yes or no, where the sentence decides it plainly: a figure against a bound, or "不得" where leave is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in

_AT_LEAST = re.compile(r"以上|至少|不[得能]?少于|不[得能]?低于|最低|最少|起点|起报|达到|满")
_AT_MOST = re.compile(
    r"以内|之内|日内|天内|月内|年内|不[得能]?超过|不[得能]?高于|不[得能]?多于|最多|最高|以下|上限"
)
_ASKED_ABOVE = re.compile(r"超过|达到|突破|高于|不低于|多于|过了?(?=\d)|大于|迈过|站上")
_ASKED_BELOW = re.compile(r"低于|不到|不足|少于|小于|以下")
_PASSED = re.compile(r"(?:超过|突破|超|站上|迈过|跨过)了?$")
_LEAVE = re.compile(r"可以|能不能|能否|可不可以|允许|行不行|行吗|能[^，。]{0,24}吗")
_DUTY = re.compile(r"必须|需要|应当|要不要|需不需要|是否要|该不该|得[^，。]{0,16}吗|要[^，。]{0,20}吗")
_FORBIDDEN = re.compile(r"不得|不可以?|不能|禁止|严禁|不允许")
_NOT_NEEDED = re.compile(r"无需|不需要|不必|可以不|不用|免于|免予")
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


def verdict(question: str, sentence: str) -> Verdict | None:
    """What `sentence` says to a question of yes or no; None where it has to be read by a person."""
    return _by_figures(fold(question), fold(sentence)) or _by_leave(fold(question), fold(sentence))


def _by_figures(question: str, sentence: str) -> Verdict | None:
    asked = [each for each in quantities_in(question) if each.unit not in {"", "年"} or each.power]
    asked += [each for each in quantities_in(question) if each.unit == "年" and each.value < _A_YEAR]
    if len(asked) != 1:
        return None
    told = [
        each for each in quantities_in(sentence) if each.unit == asked[0].unit and comparable(each, asked[0])
    ]
    bounds = list({found[0].value: found for each in told if (found := _bound(each, sentence))}.values())
    asks_bound = _ASKED_ABOVE.search(question) or _ASKED_BELOW.search(question)
    if asks_bound and len(told) == 1 and asked[0].unit not in {"年", "天"}:
        above = told[0].value >= asked[0].value
        yes = above if _ASKED_ABOVE.search(question) else not above
        return Verdict(yes, _told(told[0], asked[0]))
    if _ASKED_ABOVE.search(question) and len(told) > 1:
        passed = next((each for each in told if each.value == asked[0].value), None)
        word = _PASSED.search(sentence[: sentence.find(passed.text)]) if passed else None
        if passed and word:
            return Verdict(True, f"{word.group()}{passed.text}")
    if len(bounds) == 1 and not asks_bound:
        bound, at_least = bounds[0]
        yes = asked[0].value >= bound.value if at_least else asked[0].value <= bound.value
        return Verdict(yes, _told(asked[0], bound))
    return None


_A_YEAR = 1000


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


def _by_leave(question: str, sentence: str) -> Verdict | None:
    forbidden, needless = _FORBIDDEN.search(sentence), _NOT_NEEDED.search(sentence)
    if _FORBIDDEN.search(question) or _NOT_NEEDED.search(question):
        return None
    if _LEAVE.search(question):
        if forbidden:
            return Verdict(False, forbidden.group())
        allowed = _ALLOWED.search(sentence)
        return Verdict(True, allowed.group()) if allowed and not needless else None
    if _DUTY.search(question):
        if needless:
            return Verdict(False, needless.group())
        bound = _BOUND.search(sentence)
        return Verdict(True, bound.group()) if bound and not forbidden else None
    return None
