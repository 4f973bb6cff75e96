"""Whether a text says what a sentence tells: figures with their units, dates, names, places, bodies, negation, goal or result, direction."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.language.bodies import bodies_in, same_body
from corpus.language.normalize import fold
from corpus.language.places import places_in, same_place
from corpus.language.quantities import Quantity, quantities_in
from corpus.language.sentences import sentence_spans
from index.synonyms import synonyms_in
from index.words import content_words

_FIGURE = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
_NAME = re.compile(r"《[^《》]+》|[a-z][a-z0-9\-]+|(?<=“)[^”]{2,20}(?=”)")
_DOWN = re.compile(r"(?:下降|减少|下滑|降低|回落|跌|负增长|收窄|萎缩)")
_UP = re.compile(r"(?:增长|增加|上升|提高|上涨|上调|回升|攀升|扩大|多)")
_BOUND = r"(?!低于|少于|小于|高于|多于|大于|超过|超出|晚于|早于|迟于)"
_NO = re.compile(
    rf"(?:不得{_BOUND}|不能{_BOUND}|不可以?(?!或缺|否认)|禁止|严禁|没有|未(?![来成变])|无需|无须|不需要?|不必|不用|不再)"
)
_NO_OTHERWISE = re.compile(
    r"不(?:予|收|设|含|包括|属|是|受|会|宜|应|准|许|作|列|适用|存在|超过|低于|少于|高于)|无(?=不良|违法|法|权|关|效)|免[于除收征交缴费]|拒绝|尚未|[不无]须"
)
"""Other ways to say no, which only keep an alarm from being raised."""
_GOAL = re.compile(r"目标|预期|计划|拟|力争|预计")
_DONE = re.compile(r"实现了|完成了|达到了|已经?完成|实际")
_COUNTED = frozenset("家户个项条款种座所件套")
"""Units that count the same things: "1256家企业" is "1256户企业"."""
_NUMERALS = "〇一二三四五六七八九"
_SPELT = re.compile(
    r"(?:([一二三四五六七八九])?(十))?([一二两三四五六七八九])?(?=[个项条家种类次章节部年月日天人名倍届批座所位户大])"
)
_PARTS = re.compile(r"[，,。；;]")
_NEAR_FIGURE = 14
_SHARED = 0.5
_FOREIGN_BELOW = 0.4
"""Of 2,039 sentences of reference answers (Dragonball), 0.9% share less with their passages, all of them of the kind "这些措施为…奠定基础"."""


def things_in(sentence: str) -> list[str]:
    """Figures, quoted names, Latin names and places that `sentence` names, each once."""
    folded = fold(sentence)
    return list(dict.fromkeys([*_FIGURE.findall(folded), *_NAME.findall(folded), *places_in(sentence)]))


def unsupported(sentence: str, told: str) -> list[str]:
    """What `sentence` tells and the text `told` does not: missing figures, names, places and bodies as they are written.

    A figure with its unit counts as told where the same amount is ("2000亿元" for "0.2万亿元").
    """
    folded, told_folded = fold(sentence), fold(told)
    plain = {_plain(figure) for figure in _FIGURE.findall(told_folded)} | _spelt_numbers(told_folded)
    amounts = {(each.value, each.unit) for each in quantities_in(told) if each.unit}
    missing = [
        figure
        for figure in _FIGURE.findall(folded)
        if _plain(figure) not in plain and not _same_amount(figure, quantities_in(sentence), amounts)
    ]
    missing += [each.text for each in quantities_in(sentence) if _other_unit(each, told)]
    called = synonyms_in(sentence)
    missing += [
        name
        for name in _NAME.findall(folded)
        if name not in told_folded
        and not any(other in told_folded for other in called.get(name, ()))
        and not _ends_a_title(name, told_folded)
    ]
    told_places = places_in(told)
    missing += [
        place
        for place in places_in(sentence)
        if place not in told_folded and not any(same_place(place, other) for other in told_places)
    ]
    told_bodies = bodies_in(told)
    missing += [
        body
        for body in bodies_in(sentence)
        if body not in told_folded and not any(same_body(body, other) for other in told_bodies)
    ]
    return list(dict.fromkeys(missing))


def is_foreign(sentence: str, told: str) -> bool:
    """Whether hardly any word of `sentence` stands in `told`: it tells of something else, whatever it cites."""
    words = [word for word in set(content_words(sentence)) if len(word) > 1]
    told = fold(told)
    return bool(words) and sum(word in told for word in words) < _FOREIGN_BELOW * len(words)


def _ends_a_title(name: str, told: str) -> bool:
    """Whether a title is told whole or as the end of a longer one: 《反洗钱法》 of 《中华人民共和国反洗钱法》."""
    inside = name[1:-1]
    return (
        name[0] == "《"
        and len(inside) > 2
        and re.search(rf"{re.escape(inside)}(?=[》（(_\s]|$)", told, re.M) is not None
    )


def _plain(figure: str) -> str:
    """A figure without its commas and the noughts before it: "06月" is "6月"."""
    return re.sub(r"^0+(?=\d)", "", figure.replace(",", "").replace("，", ""))


def _spelt_numbers(told: str) -> set[str]:
    """The small numbers that a text counts or numbers in words, as figures: "三个城市", "第十二条"."""
    found = set()
    for match in _SPELT.finditer(told):
        tens, ten, ones = match.groups()
        if ten or ones:
            number = _NUMERALS.index(tens or "一") * 10 if ten else 0
            found.add(str(number + _NUMERALS.index((ones or "〇").replace("两", "二"))))
    return found


def _same_amount(figure: str, quantities: list[Quantity], amounts: set[tuple[Decimal, str]]) -> bool:
    return any(
        _number(each) == _plain(figure) and (each.value, each.unit) in amounts
        for each in quantities
        if each.unit
    )


def _number(quantity: Quantity) -> str:
    """The digits of a figure without its scale and unit."""
    match = _FIGURE.match(quantity.text)
    return _plain(match.group()) if match else ""


def _other_unit(quantity: Quantity, told: str) -> bool:
    """Whether the figure stands in `told` only with another unit or scale: "4800万元" for "4800亿元"."""
    if not quantity.unit and not quantity.power:
        return False
    told_quantities = quantities_in(told)
    same = [each for each in told_quantities if _number(each) == _number(quantity)]
    if not same or any(
        (each.value, each.unit) == (quantity.value, quantity.unit) for each in told_quantities
    ):
        return False  # already told as missing, or the same amount written otherwise
    return not any(
        each.power == quantity.power
        and (
            each.unit == quantity.unit
            or not each.unit
            or not quantity.unit
            or {each.unit, quantity.unit} <= _COUNTED
        )
        for each in same
    )


def turned_round(sentence: str, told: str) -> str:
    """The word by which `sentence` says the contrary of the nearest sentence of `told`; empty where it does not.

    Looked for: not against no not, goal against result, rise against fall beside the same figure.
    """
    nearest = _nearest(sentence, told)
    if not nearest:
        return ""
    here, there = _NO.search(sentence), _NO.search(nearest)
    other = nearest if there is None else sentence
    if (
        (here is None) != (there is None)
        and not _NO_OTHERWISE.search(other)
        and _much_alike(sentence, nearest)
    ):
        return (here or there).group()  # type: ignore[union-attr]
    done = _DONE.search(sentence)
    if done and _GOAL.search(nearest) and not _DONE.search(nearest):
        return done.group()
    return _other_direction(sentence, nearest)


def _other_direction(sentence: str, told: str) -> str:
    folded, told_folded = fold(sentence), fold(told)
    for match in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(%|个百分点)", folded):
        before = _clause_before(folded, match.start())
        same = re.compile(rf"(?<![\d.]){re.escape(match.group(1))}\s*{match.group(2)}")
        clauses = [_clause_before(told_folded, other.start()) for other in same.finditer(told_folded)]
        # Where the figure is told of several things, the one that is meant decides.
        alike = [len(set(before) & set(_DOWN.sub("", _UP.sub("", clause)))) for clause in clauses]
        meant = [clause for clause, shared in zip(clauses, alike, strict=True) if shared == max(alike)]
        words = [_contrary(before, clause) for clause in meant]
        if words and all(words):
            return words[0]
    return ""


def _clause_before(text: str, at: int) -> str:
    return _PARTS.split(text[max(0, at - _NEAR_FIGURE) : at])[-1]


def _contrary(said: str, told: str) -> str:
    """The word of `said` for a fall where `told` has a rise, or for a rise where it has a fall."""
    down, up = _DOWN.search(said), _UP.search(said)
    if down and not up and _UP.search(told) and not _DOWN.search(told):
        return down.group()
    if up and _DOWN.search(told) and not _UP.search(told):
        return up.group()
    return ""


def _nearest(sentence: str, told: str) -> str:
    words = set(content_words(sentence))
    # One half of a rule may forbid what the other allows.
    sentences = [
        part
        for start, end in sentence_spans(told)
        for part in re.split("[；;]", told[start:end])
        if part.strip()
    ]
    return max(sentences, key=lambda each: len(words & set(content_words(each))), default="")


def _much_alike(one: str, other: str) -> bool:
    words, others = set(content_words(one)), set(content_words(other))
    return len(words & others) >= _SHARED * max(min(len(words), len(others)), 1)
