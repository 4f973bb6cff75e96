"""What several things come to together, where a sentence tells how much there is for each: "每亩补贴100元" for 40亩."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.calculation import Worked
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.numerals import number_of
from corpus.language.quantities import Quantity, plain_value, written
from index.words import content_words

_NUMBER = r"(?:\d[\d.]{0,12}[万千百]?|[一二两三四五六七八九十百千万]{1,12})"
_UNITS = "人次|个人|平方米|公里|千瓦|公顷|人|名|位|户|亩|吨|台|辆|套|间|头|只|株|座|家|项|件|门|张|篇|场|个(?!月|百|工|点|小时|税)"
_COUNT = re.compile(rf"(?<![\d第年月/])(?P<number>{_NUMBER})(?P<unit>{_UNITS})(?P<noun>[一-龥]{{0,4}})")
_RATE = re.compile(
    rf"每(?P<full>满)?(?:新?增加?)?(?P<number>{_NUMBER})?(?P<unit>{_UNITS})"
    rf"(?P<between>[^,;。\d]{{0,16}}?)(?P<amount>{_NUMBER})(?P<scale>)元(?![/至到~—-])"
)
_NOT_A_RATE = re.compile(
    r"以[上下内]|超过|不[足到超高低少多]|最[高多低少]|封顶|[上下]限|限额|总额|累计|首[次年台个]|第[一二三]|另|额外|倍|[%/]|至少|每户?家?(?:企业|单位)"
)
"""What makes of an amount for each no amount that may be multiplied: tiers, caps, a second amount."""
_PERIOD = re.compile("每个?([月年天日季学周]|学期|季度)")
_ASKS_HOW_MUCH = re.compile("多少|几[万千百]?元|几块")
_DOES = re.compile(
    "给予|奖励|补贴|补助|发放|扣除|支付|资助|奖补|安排|享受|收取|缴纳?|的?标准|每|按|一次性|可|补|奖|为|是|的"
)
_PERSONS = frozenset(["人", "个人", "名", "位"])
_CHILDREN = ("娃", "孩子", "小孩", "子女", "儿童")


@dataclass(frozen=True)
class _Rate:
    """So much for each `number` of `unit`: 1000元 for each 1 of 个子女, each month."""

    amount: Quantity
    number: Decimal
    is_full: bool
    noun: str
    period: str
    text: str


def times_count(question: Question, sentence: str, before: str = "", after: str = "") -> Worked | None:
    """An amount for each thing times how many of them a question names; None where it is not plain.

    Args:
        question: What is asked: "种了40亩能补多少钱".
        sentence: The sentence that answers: "每亩补贴100元".
        before: What stands above it and names of what it speaks.
        after: What follows it, which may set a cap.
    """
    folded = question.folded
    told = fold(sentence)
    if not _ASKS_HOW_MUCH.search(folded) or _NOT_A_RATE.search(told) or _NOT_A_RATE.search(fold(after)):
        return None
    rates = list(_RATE.finditer(told))
    if len(rates) != 1 or f"每{rates[0].group('unit')}" in folded:
        return None
    unit = rates[0].group("unit")
    counts = [each for each in _COUNT.finditer(folded) if _is_unit(each.group("unit"), unit)]
    rate = _rate(rates[0])
    if (
        rate is None
        or len(counts) != 1
        or not _is_of(rate, unit, counts[0].group("noun"), folded, fold(before) + told)
    ):
        return None
    count = _value(counts[0].group("number"))
    if count is None or count <= rate.number or (rate.period and rate.period not in folded):
        return None
    times = count / rate.number
    if rate.is_full:
        times = Decimal(int(times))
    result = written(rate.amount.value * times, rate.amount)
    each = f"每{rate.period}" if rate.period else ""
    return Worked(
        f"{rate.text}，共{each}{result}（{rate.amount.text} × {plain_value(times)}）。", f"{each}{result}"
    )


def _rate(match: re.Match[str]) -> _Rate | None:
    amount = _value(match.group("amount"))
    number = _value(match.group("number") or "1")
    if amount is None or not number:
        return None
    between = match.group("between")
    period = _PERIOD.search(between)
    text = f"{match.group('amount')}元"
    return _Rate(
        Quantity(amount, "元", text, 4 if "万" in text else 0, "元"),
        number,
        bool(match.group("full")),
        _DOES.split(between)[0].strip("、 "),
        period.group(1) if period else "",
        match.group(),
    )


def _value(text: str) -> Decimal | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([万千百]?)", text)
    if match:
        return Decimal(match.group(1)).scaleb({"万": 4, "千": 3, "百": 2, "": 0}[match.group(2)])
    number = number_of(text)
    return None if number is None else Decimal(number)


def _is_unit(one: str, other: str) -> bool:
    return one == other or {one, other} <= _PERSONS


def _is_of(rate: _Rate, unit: str, noun: str, question: str, told: str) -> bool:
    """Whether the things counted are those that a sentence tells the amount of: what the one names, the other names too."""
    counted = next(iter(content_words(noun)), "")
    if noun.startswith(_CHILDREN) and rate.noun in _CHILDREN:
        return True
    if rate.noun:
        return rate.noun in question
    return unit in _PERSONS or (unit != "个" and (not counted or counted in told))
