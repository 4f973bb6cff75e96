"""Sums and differences of figures that one sentence tells side by side: "河堤闸门18扇、泵站闸门7扇" for "一共几扇"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from assistant.answering.calculation import Worked, widest
from assistant.answering.in_sentence import respective_rows
from assistant.understanding.operation import Operation, years_of_stretch
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in, written
from index.measure_asked import MEASURE

_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_ENDS_AN_ITEM = re.compile(
    r"[，、；;。:：]|(?<!\d),|,(?!\d{3}(?!\d))|(?:以?及|[和与])(?=[^，,、；;。]{0,6}\d)|(?=[同环]比|比上?[年月期])"
)
_LIST_MARKS = frozenset("、；;和与及")
_TELLS_OTHERWISE = re.compile(
    r"其中|包括|含|[同环]比|比上?[年月期]|增[长速幅]|增加(?!值)|减少|下降|占|法定|不得|上限|下限"
)
_NOT_EXACT = re.compile(
    r"(?:[-−—–~～×:/第≥≤><±a-z.]|负|零下|近|不足|不到|不超过|超过?|逾|约|至少|最[高多低少])\s*$"
)
_NOT_EXACT_AFTER = re.compile(r"\s*(?:[-—–~～至到]\s*\d|以[上下内]|左右|余|多|[a-z])")
_MOST = re.compile("最[高多]")
"""What is the most of each is so of their sum, where the most is asked for."""
_LOSSES = re.compile("亏|逆差|零下|裁|负")
_PER = re.compile(r"每[一-龥]{1,3}|[人户亩年月日次]均|平均|/[一-龥]{1,2}")
_NEVER_SUMMED = re.compile("每|均|价|率|时限|温度|浓度|年龄|比重|指数")
_LONGEST_SENTENCE = 500
_TELLS_A_WHOLE = re.compile("[共总]|累计|合计")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_OF_NO_THINGS = frozenset(["元", "美元", "欧元", "港元", "日元", "%", "个百分点", "吨", "亩"])
_ONE_BY_ONE = re.compile("分别|依次|各年|逐年")
_STRETCH = re.compile(r"(?:19|20)\d{2}年?[到至—~\-]+(?:(?:19|20)?\d{2})年?")
_TWO = 2


@dataclass(frozen=True)
class Item:
    """A figure with the words that say whose it is, and the mark that stands before it."""

    words: str
    quantity: Quantity
    mark: str = ""


def worked_side_by_side(question: Question, sentence: str, operation: Operation | None) -> Worked | None:
    """The sum or the difference of the figures that `sentence` tells of the things asked for; None where it is not plain which.

    Args:
        question: What is asked: "河堤和泵站的闸门加起来几扇".
        sentence: The sentence that answers: "现有河堤闸门18扇、泵站闸门7扇".
        operation: What is to be done with the figures.
    """
    if operation not in {Operation.SUM, Operation.DIFFERENCE} or _LOSSES.search(sentence):
        return None
    is_sum = operation is Operation.SUM
    if is_sum and _NEVER_SUMMED.search(question.folded + fold(sentence)):
        return None
    bound = _MOST.search(question.folded) if is_sum else None
    items = items_of(_MOST.sub("", sentence) if bound else sentence)
    chosen = _named(question, items, fold(sentence), is_sum=is_sum)
    if not chosen and is_sum:
        chosen = _all_of_a_row(question, items)
    if not chosen and not is_sum and question.operation.is_comparison:
        chosen = _only_two(question, items)
    if len(chosen) < _TWO or (not is_sum and len(chosen) != _TWO) or not _are_alike(question, chosen):
        return None
    if not is_sum:
        return _difference(chosen)
    return _sum(
        [item.quantity for item in chosen], bound.group() if bound and bound.group() in sentence else ""
    )


def tells_the_same_figures(one: str, other: str) -> bool:
    """Whether a sentence tells all figures of another, of which there are two or more: it may name them otherwise."""
    told = [
        {(each.value, each.unit) for each in quantities_in(text) if each.unit not in {"", "年", "天", "%"}}
        for text in (one, other)
    ]
    return len(told[0]) >= _TWO and told[0] <= told[1]


def _are_alike(question: Question, items: list[Item]) -> bool:
    """Whether figures are counted in one unit, the asked one where the question says it, and all or none by the head or the year."""
    quantities = [item.quantity for item in items]
    if any(each.unit == "年" for each in quantities) or not all(
        comparable(*pair) for pair in combinations(quantities, 2)
    ):
        return False
    asked = question.figure_unit
    if asked and not all(each.text.endswith(asked) or not each.written_unit for each in quantities):
        return False
    # "多少个项目" asks for no money.
    if not asked and question.operation.is_of_things and quantities[0].unit in _OF_NO_THINGS:
        return False
    return len({tuple(_PER.findall(item.words)) for item in items}) == 1


def _sum(quantities: list[Quantity], bound: str = "") -> Worked | None:
    values = [each.value for each in quantities]
    total = sum(values, start=Decimal(0))
    # A figure that is the sum of the others is told already.
    if quantities[0].unit == "%" or any(value * 2 == total for value in values):
        return None
    result = bound + written(total, widest(quantities))
    return Worked(f"合计{result}（{' + '.join(each.text for each in quantities)}）。", result)


def _difference(items: list[Item]) -> Worked | None:
    high, low = sorted((item.quantity for item in items), key=lambda each: each.value, reverse=True)
    if high.value == low.value:
        return None
    gap = written(high.value - low.value, widest([high, low]), "个百分点" if high.unit == "%" else "")
    return Worked(f"相差{gap}（{high.text} − {low.text}）。", gap)


def items_of(sentence: str) -> list[Item]:
    """The figures of a sentence that stand alone in their item, exact and without a sign, with its words; those of a 分别 list with
    their names. None of a very long sentence.
    """
    text = _BRACKETS.sub("", fold(sentence)) if len(sentence) <= _LONGEST_SENTENCE else ""
    aligned = _aligned(text)
    if aligned:
        return aligned
    items, start, mark = [], 0, ""
    for match in [*_ENDS_AN_ITEM.finditer(text), None]:
        end = match.start() if match else len(text)
        item = _item(text[start:end], mark)
        if item is not None:
            items.append(item)
        if match:
            start, mark = match.end(), match.group()[:1]
    return _with_years(text, items)


def _with_years(text: str, items: list[Item]) -> list[Item]:
    """The items, those of the one row of a sentence with a year each: "2018年-2020年分别新增9家、24家、63家"."""
    years = years_of_stretch(text)
    rows = [row for row in _rows(items) if len(row) == len(years)]
    if not years or len(rows) != 1 or not _ONE_BY_ONE.search(text):
        return items
    number = {id(item): year for item, year in zip(rows[0], years, strict=True)}
    return [
        replace(item, words=f"{number[id(item)]}年{_STRETCH.sub('', item.words)}")
        if id(item) in number
        else item
        for item in items
    ]


def _item(words: str, mark: str) -> Item | None:
    figures = [each for each in quantities_in(words) if each.unit != "年" and (each.unit or each.power)]
    if len(figures) != 1 or _TELLS_OTHERWISE.search(words):
        return None
    before, _, after = words.partition(figures[0].text)
    if _NOT_EXACT.search(before) or _NOT_EXACT_AFTER.match(after):
        return None
    return Item(before + after, figures[0], mark)


def _aligned(text: str) -> list[Item]:
    """The names of the one 分别 list of a sentence, each with its own figure, where there are as many of both."""
    rows = list(respective_rows(text))
    if len(rows) != 1 or text.count("分别") != 1 or len(rows[0][0]) != len(rows[0][1]):
        return []
    names, figures, measure = rows[0]
    if _NOT_EXACT.search(measure):
        return []
    return [Item(name, quantities_in(figure)[0], "、") for name, figure in zip(names, figures, strict=True)]


def _named(question: Question, items: list[Item], sentence: str, *, is_sum: bool) -> list[Item]:
    """The item of each thing that the question joins to others, or the items that it tells apart by a word or a year; none where
    a thing has no item that fits it best, or fewer than two are named.
    """
    asked = question.operation
    if asked.sides and not is_sum:
        return _of_sides(asked.sides, items)
    if len(asked.joined) > 1:
        if _is_left_out(asked.joined, items, sentence):
            return []
        return _of_joined(asked.joined, asked.counts_joined, items)
    if is_sum:
        return _of_years(asked.stretch_of_years, items)
    telling = [*_telling_words(asked.words_beside, items), *asked.years_beside]
    named = [item for item in items if any(word in item.words for word in telling)]
    is_plain = len(named) >= _TWO and all(comparable(named[0].quantity, each.quantity) for each in named)
    return named if is_plain else []


def _is_left_out(joined: Sequence[Sequence[str]], items: list[Item], sentence: str) -> bool:
    """Whether a sentence names one of the things asked for with a figure that makes no item: another's would be taken for it."""
    words = {word for thing in joined for word in thing if len(word) > 1 and not MEASURE.search(word)}
    return any(
        re.search(rf"(?<![\d.]){re.escape(word)}[^,;。、\d]{{0,6}}\(?\d", sentence)
        and not any(word in item.words for item in items)
        for word in words
    )


def _of_sides(sides: tuple[tuple[str, ...], ...], items: list[Item]) -> list[Item]:
    """The item of each of two things held against each other, which a word of its own tells from the other's; none where not both have one."""
    chosen = []
    for number, words in enumerate(sides):
        own = set(words) - set(sides[1 - number])
        best = _best(_telling_words(words, items), items)
        if best is None or not any(word in best.words for word in own):
            return []
        chosen.append(best)
    return chosen if chosen[0] is not chosen[1] else []


def _of_joined(joined: tuple[tuple[str, ...], ...], counts: tuple[int, ...], items: list[Item]) -> list[Item]:
    """The items of things joined by 和, as many of each as is said ("两类里程碑": two); none where one has not its own.

    A later thing may leave out what the first begins with: "青年组一等奖、二等奖".
    """
    chosen: list[Item] = []
    for words, count in zip(joined, counts, strict=True):
        telling = _telling_words(words, items)
        if not telling:
            return []
        if count > 1:
            found = [item for item in items if any(word in item.words for word in telling)]
            chosen += found if len(found) == count else []
            continue
        best = _best(telling, items) or _best([*_telling_words(joined[0], items)[:-1], *telling], items)
        if best is not None:
            chosen.append(best)
    return chosen if len({id(item) for item in chosen}) == sum(counts) else []


def _of_years(years: Sequence[int], items: list[Item]) -> list[Item]:
    """The items of these years, one of each; none where a year has none or several, or an item beside them names no year."""
    told = [_YEAR.findall(item.words) for item in items]
    chosen = [item for item, own in zip(items, told, strict=True) if len(own) == 1 and int(own[0]) in years]
    of_each = [int(own[0]) for own in told if len(own) == 1 and int(own[0]) in years]
    return chosen if sorted(of_each) == sorted(years) and all(told) else []


def _telling_words(words: Sequence[str], items: list[Item]) -> list[str]:
    """Those words of a part of the question that stand with some of the figures, not with all."""
    names = [word for word in words if len(word) > 1 and (_YEAR.fullmatch(word) or not word[0].isdigit())]
    return [word for word in names if 0 < sum(word in item.words for item in items) < len(items)]


def _best(words: list[str], items: list[Item]) -> Item | None:
    """The one item that holds most of the words; a later word, nearer the thing's own name, counts more. None where two hold as much."""

    def fit(item: Item) -> int:
        return sum(len(word) * place for place, word in enumerate(words, 1) if word in item.words)

    ranked = sorted(items, key=fit, reverse=True)
    return ranked[0] if ranked and fit(ranked[0]) > max(map(fit, ranked[1:]), default=0) else None


def _only_two(question: Question, items: list[Item]) -> list[Item]:
    """The two items of a sentence that tells no more, if they are of one unit, of no other years than those asked for, and of both
    things that are held against each other.
    """
    told = set(_YEAR.findall("".join(item.words for item in items)))
    if len(items) != _TWO or not comparable(items[0].quantity, items[1].quantity):
        return []
    sides = question.operation.sides
    named = "".join(item.words for item in items)
    for number, words in enumerate(sides):
        own = set(words) - set(sides[1 - number])
        if not any(word in named for word in own):
            return []
    return items if not told or told <= question.operation.years else []


def _rows(items: list[Item]) -> list[list[Item]]:
    """The items that stand in a row each, joined by 、 or 和."""
    rows: list[list[Item]] = []
    for item in items:
        if _TELLS_A_WHOLE.search(item.words):
            rows.append([])
        elif (
            rows
            and rows[-1]
            and item.mark in _LIST_MARKS
            and comparable(rows[-1][-1].quantity, item.quantity)
        ):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _all_of_a_row(question: Question, items: list[Item]) -> list[Item]:
    """All figures of a row joined by 、 or 和, where the question says how many there are ("四年一共") and names none of them."""
    asked = question.operation
    if not asked.counted:
        return []
    rows = _rows(items)
    fitting = [row for row in rows if len(row) == asked.counted]
    # The words before the first figure may be of the whole row.
    is_one = len(fitting) == 1 and not _telling_words(asked.words_beside_sum, fitting[0][1:])
    return fitting[0] if is_one else []
