"""Whether a text says what a sentence tells: figures with their units, dates, names, places, bodies, and what it speaks of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.checking.figures import CHINESE, FIGURE, digits_of, is_english, plain_number, spelt_numbers
from corpus.language.bodies import bodies_in, same_body
from corpus.language.normalize import fold
from corpus.language.places import places_in, same_place
from corpus.language.quantities import Quantity, quantities_in
from index.synonyms import synonyms_in
from index.words import content_words

_NAME = re.compile(
    r"《[^《》]+》|(?<![\d万亿千百a-z])(?<!不是)(?<!并非)[a-z][a-z0-9\-]+|(?<=“)[^”]{2,20}(?=”)"
)
_COUNTED = frozenset("家户个项条款种座所件套")
"""Units that count the same things: "1256家企业" is "1256户企业"."""
_ABBREVIATION = re.compile(r"[\u3400-\u9fff]{2,5}")
_MOST_BETWEEN = 5
_SAYS_NO_TOPIC = frozenset(
    "的了在是有和与及都也就还要能可被把对从到为以比将让给向个已其这那又再着过等或之中上下里内外年月日时"
    "不没无多少只用最一二三四五六七八九十大高低约近前后间每各本该须应得会所此些么什但而则即仅更很均共总家人成发出做去来"
    "占合计加降升增减涨跌幅速差倍率半种类列算表项值晚早快慢次涉变化"
)
"""Characters by which a sentence says how things stand to one another, not which things they are."""
_FOREIGN_BELOW = 0.5
"""Of 3,760 claims that follow from a passage 1.1 % share less of their other characters with it; of those that tell what
the passage does not tell, 20 % (`python -m evals.claims --rules index/reader/training/claims.jsonl.xz`)."""
_FOREIGN_WORDS_BELOW = 0.4


class Missing(NamedTuple):
    """A thing that a sentence names and a text does not, by the rule that found it: figure, unit, name, place or body."""

    rule: str
    thing: str


def things_in(sentence: str) -> list[str]:
    """Figures, quoted names, Latin names and places that `sentence` names, each once."""
    folded = fold(sentence)
    return list(dict.fromkeys([*FIGURE.findall(folded), *_NAME.findall(folded), *places_in(sentence)]))


def unsupported(sentence: str, told: str) -> list[str]:
    """What `sentence` tells and the text `told` does not: missing figures, names, places and bodies as they are written.

    A figure with its unit counts as told where the same amount is ("2000亿元" for "0.2万亿元").
    """
    return list(dict.fromkeys(each.thing for each in missing_in(sentence, told)))


def missing_in(sentence: str, told: str) -> list[Missing]:
    """What `sentence` tells and the text `told` does not, each thing with the rule that found it."""
    return [
        *_figures(sentence, told),
        *_names(sentence, told),
        *_places(sentence, told),
        *_bodies(sentence, told),
    ]


def _figures(sentence: str, told: str) -> list[Missing]:
    told_folded = fold(told)
    plain = {plain_number(figure) for figure in FIGURE.findall(told_folded)} | spelt_numbers(told_folded)
    own, others = quantities_in(sentence), quantities_in(told)
    amounts = {(each.value, each.unit) for each in others if each.unit}
    missing = [
        Missing("figure", figure)
        for figure in FIGURE.findall(fold(sentence))
        if plain_number(figure) not in plain and not _same_amount(figure, own, amounts)
    ]
    return missing + [
        Missing("unit", each.text)
        for each in own
        if _other_unit(each, others) and not _has_unit_of_table(each, others, told_folded)
    ]


def _names(sentence: str, told: str) -> list[Missing]:
    told = fold(told)
    called = synonyms_in(sentence)
    return [
        Missing("name", name)
        for name in _NAME.findall(fold(sentence))
        if name not in told
        and not any(other in told for other in called.get(name, ()))
        and not _ends_a_title(name, told)
        and not _is_short_for(name, told)
    ]


def _places(sentence: str, told: str) -> list[Missing]:
    told_places, told_folded = places_in(told), fold(told)
    return [
        Missing("place", place)
        for place in places_in(sentence)
        if place not in told_folded and not any(same_place(place, other) for other in told_places)
    ]


def _bodies(sentence: str, told: str) -> list[Missing]:
    told_bodies, told_folded = bodies_in(told), fold(told)
    return [
        Missing("body", body)
        for body in bodies_in(sentence)
        if body not in told_folded and not any(same_body(body, other) for other in told_bodies)
    ]


def is_foreign(sentence: str, told: str) -> bool:
    """Whether hardly anything of `sentence` stands in `told`: it tells of something else, whatever it cites."""
    told = fold(told)
    if is_english(sentence):
        words = [word for word in set(content_words(sentence)) if len(word) > 1]
        return bool(words) and sum(word in told for word in words) < _FOREIGN_WORDS_BELOW * len(words)
    characters = set(CHINESE.findall(fold(sentence))) - _SAYS_NO_TOPIC
    return sum(each in told for each in characters) < _FOREIGN_BELOW * len(characters)


def _ends_a_title(name: str, told: str) -> bool:
    """Whether a title is told whole or as the end of a longer one: 《反洗钱法》 of 《中华人民共和国反洗钱法》."""
    inside = name[1:-1]
    return (
        name[0] == "《"
        and len(inside) > 2
        and re.search(rf"{re.escape(inside)}(?=[》（(_\s]|$)", told, re.M) is not None
    )


def _is_short_for(name: str, told: str) -> bool:
    """Whether a quoted name is the first characters of words that stand in `told`: “七人普” of 第七次人口普查."""
    between = rf"[\u3400-\u9fff]{{0,{_MOST_BETWEEN}}}"
    return bool(_ABBREVIATION.fullmatch(name)) and re.search(between.join(name), told) is not None


def _same_amount(figure: str, quantities: list[Quantity], amounts: set[tuple[Decimal, str]]) -> bool:
    return any(
        digits_of(each) == plain_number(figure) and (each.value, each.unit) in amounts
        for each in quantities
        if each.unit
    )


def _other_unit(quantity: Quantity, told: list[Quantity]) -> bool:
    """Whether the figure stands among those told only with another unit or scale: "4800万元" for "4800亿元"."""
    if not quantity.unit and not quantity.power:
        return False
    same = [each for each in told if digits_of(each) == digits_of(quantity)]
    if not same or any((each.value, each.unit) == (quantity.value, quantity.unit) for each in told):
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


def _has_unit_of_table(quantity: Quantity, told: list[Quantity], told_folded: str) -> bool:
    """Whether the figure stands bare in a table whose unit is told once for all of it: "单位:万美元"."""
    unit = FIGURE.sub("", quantity.text).strip()
    is_bare = any(
        not each.unit and not each.power and digits_of(each) == digits_of(quantity) for each in told
    )
    return (
        is_bare and re.search(rf"单位\s*:?\s*{re.escape(unit)}(?![\u3400-\u9fff])", told_folded) is not None
    )


__all__ = ["Missing", "is_foreign", "missing_in", "things_in", "unsupported"]
