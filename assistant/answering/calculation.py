"""Sums, differences and comparisons of figures that the articles state, worked out and shown with what they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import rjieba

from corpus.language.normalize import fold
from corpus.language.periods import Period
from corpus.language.places import places_in
from corpus.language.quantities import Quantity, comparable, written

SUM = re.compile(r"[两三四]年累计|合计|一共|总共|共计|加起来|加在一起|之和|总和|加总|相加|合起来|加上")
_DIFFERENCE = re.compile(
    r"相差|差距|差(?:多少|几|了)|之差|[多少高低大小快慢][^，,。多少几]{0,3}(?:了|出)?(?:多少|几个?|几成)|(?:增加|减少|提高|上调|下调|降低|扩大|缩小|[升降涨跌])了?(?:多少|几个)"
)
CHANGE = re.compile(
    r"相?差(?:距|额)?(?:是|有|了|出)?(?:多少|几)|(?:(?<![最至])[多少高低升降涨跌增减丢掉缩]|增[加长]|减少|提[高升]|[下上]降?升?|降低|扩大|缩小|变化)(?:了|出)(?:多少|几)|"
    r"[比较].{1,24}(?<![最至])[多少高低大小快慢](?:多少|几)"
)
COMPARED = re.compile(
    r"(?:比(?![重例率])|较).{1,30}(?:多|少|高|低|快|慢|增加|减少|提高|上调|下调|降低|扩大|缩小|差)|相比|"
    r"[与和跟].{1,30}[高低大小快慢多少](?:了|出)?(?:多少|几)|相差|差距|之差|差(?:多少|几)|从.{4,10}[到至].{4,24}[升降涨跌]了?(?:多少|几)|"
    r"(?:19|20)\d{2}年?[到至—~-](?:19|20)\d{2}年?.{0,24}(?:[多少高低升降涨跌]|增[加长]|减少|提高|下降)了?出?(?:多少|几)"
)
_ONE_BY_ONE = re.compile(r"(?:分别|各自?)(?!相差|差)")
_WHICH = re.compile(
    r"(?:谁|哪[一]?[个年月省市地家者方种类](?:月份?|季度|地区|地方|城市|公司|省份?|假期)?)(?:的)?[^，,。?？]{0,14}?(?:更|最|较|比较)?[高低多少大小快慢长短早晚](?:些|一些|一点)?[^一-龥]*$|"
    r"更[高低多少大小快慢长短早晚]|[高低多少大小快慢]还是.*[高低多少大小快慢][^一-龥]*$"
)
_EARLIER_OR_LATER = re.compile(r"[更最较]([早晚先后迟])(?!进|的)|([早晚先后迟])(?:些|一些|一点)?[^一-龥]*$")
_TWO = 2
_SHORTEST_TOPIC = 6
_SMALLER = re.compile(r"[低少小慢短早](?:些|一些|一点)?[^一-龥]*$")
_BETTER = re.compile(r"(?:更|最|较)?([高低多少大小快慢长短早晚])(?:些|一些|一点)?[^一-龥]*$")


class Operation(str, Enum):
    """What is to be done with the figures of the parts."""

    SUM = "sum"
    DIFFERENCE = "difference"
    COMPARE = "compare"
    MEET = "meet"


def operation_of(question: str) -> Operation | None:
    """What a question of several parts wants done with their figures; None when it wants them told one by one."""
    folded = fold(question)
    if SUM.search(folded):
        return Operation.SUM
    if _DIFFERENCE.search(folded) and not _ONE_BY_ONE.search(folded) and COMPARED.search(folded):
        return Operation.DIFFERENCE
    return Operation.COMPARE if _WHICH.search(folded) else None


def operation_in_a_sentence(question: str) -> Operation | None:
    """What a question wants done with figures that one sentence tells: their sum, or a difference; None where neither is asked for."""
    folded = fold(question)
    if SUM.search(folded):
        return Operation.SUM
    return Operation.DIFFERENCE if CHANGE.search(folded) else None


def value_question(part: str) -> str:
    """A part of such a question asked for its own figure: "上海谁的增速高?" asks "上海的增速是多少?"."""
    text = fold(part).rstrip("?？。 ")
    text = re.sub(r"(?:增长得?|[增涨长]得)(?:更|最|较)?[快慢高低多少]+$", "增长多少", text)
    text = re.sub(r"(?:下降|减少)(?:得)?(?:更|最|较)?[快慢多少]+$", "下降多少", text)
    text = re.sub(
        r"谁的?|哪[一]?[个年月省市地家者方种类](?:月份?|季度|地区|地方|城市|公司|省份?|假期)?的?", "", text
    )
    text = re.sub(r"[定设报卖做]得(?=(?:更|最|较)?[高低多少大小贵]$)", "", text)
    text = SUM.sub("", text)
    text = re.sub(r"(?:这?[两二三]年|[两二三]个月|[两二三]者|[两二三]地)的?", "", text)
    text = re.sub(r"(?:相差|差距|之差|差)(?:是|有|达)?(?:了)?(?:多少|几)?.*$", "是多少", text)
    text = re.sub(
        r"(?:多|少|高|低|大|小|快|慢|[升降涨跌](?=了)|增加|减少|提高|上调|下调|降低)(?:了|出)?(?:多少|几).*$",
        "是多少",
        text,
    )
    text = (
        re.sub(r"(?:更|最|较|比较)?[高低多少大小快慢长短](?:些|一些|一点)?$", "", text)
        if not text.endswith("多少")
        else text
    )
    text = _named_growth(re.sub("要(?=是多少$)", "", text.strip("，, 的")))
    return text if re.search(r"多少|几[个家项]|多[高大长]", text) else f"{text}是多少"


def _named_growth(question: str) -> str:
    """ "合肥2024年增长多少" with what is meant where a place is said to grow: its product."""
    growth = re.search(r"(?:增长|增速)(?:是)?多少$", question)
    if growth is None:
        return question
    rest = re.sub(
        r"(?:19|20)\d{2}年?|[，,的\s]|全[国省市年]|[上下]半年|[一二三四]季度", "", question[: growth.start()]
    )
    for place in sorted(places_in(rest), key=len, reverse=True):
        rest = re.sub(rf"{re.escape(place)}[省市区县]?", "", rest)
    return question if rest else f"{question[: growth.start()]}地区生产总值{growth.group()}"


def time_question(part: str) -> str:
    """A part of "which was earlier" asked for its time: "甲公司的债务重组时间" asks "甲公司的债务重组是什么时候?"."""
    head, _, rest = re.sub("[?？。 ]+$", "", fold(part)).replace("，", ",").partition(",")
    text = head if len(head) >= _SHORTEST_TOPIC else head + rest
    text = re.sub(
        r"(?:在|于)?(?:何时|什么时[候间]|哪[一]?[年月天])|(?:谁|哪[一]?[个家部项份])(?:公司|企业)?的?",
        "",
        text,
    )
    text = re.sub(r"(?:分别)?(?:进行|发生|实施|采取)(?=的)", "", text).replace("的的", "的")
    text = re.sub(r"(?:方面的?)?时间(?:安排)?$|(?:是否)?(?:更|最|较|比较)?[早晚先后迟]$", "", text)
    text = text.strip("，, 的是").removesuffix("得")
    return f"{text}是什么时候"


def asks_which_came_first(question: str) -> bool:
    """Whether the parts of a question are to be held against each other in time."""
    return bool(_EARLIER_OR_LATER.search(fold(question)))


@dataclass(frozen=True)
class Operand:
    """One part's name ("上海"), its figure, and how that is told ("1100万人以上")."""

    name: str
    quantity: Quantity
    told: str = ""


@dataclass(frozen=True)
class Worked:
    """What comes out: a sentence to say, and the result by itself."""

    text: str
    short: str


def names_of_parts(parts: list[str]) -> list[str]:
    """What each part alone says: of "2023年的赤字率" and "2024年的赤字率" the years."""
    words = [rjieba.cut(part) for part in parts]
    shortest = min(map(len, words))
    before = 0
    while before < shortest and all(each[before] == words[0][before] for each in words):
        before += 1
    after = 0
    while after < shortest - before and all(each[-1 - after] == words[0][-1 - after] for each in words):
        after += 1
    names = []
    for each in words:
        name = "".join(each[before : len(each) - after])
        following = each[len(each) - after] if after else ""
        names.append((name + following if name.isdigit() else name).strip("的，, "))
    return names


def work_out(operation: Operation, question: str, operands: list[Operand]) -> Worked | None:
    """The result, or None where the figures cannot be put together."""
    quantities = [operand.quantity for operand in operands]
    if len(operands) < 2 or not all(comparable(one, other) for one, other in combinations(quantities, 2)):
        return None
    about = "约" if any(re.search("[多余]", each.text) for each in quantities) else ""
    told = "，".join(f"{operand.name}{operand.quantity.text}" for operand in operands)
    if operation is Operation.SUM:
        if quantities[0].unit == "%":
            return None
        total = about + written(
            sum((q.value for q in quantities), start=quantities[0].value * 0), widest(quantities)
        )
        return Worked(f"合计{total}（{' + '.join(q.text for q in quantities)}）。", total)
    if operation is Operation.DIFFERENCE and len(operands) == 2:
        high, low = sorted(operands, key=lambda operand: operand.quantity.value, reverse=True)
        unit = "个百分点" if high.quantity.unit == "%" else ""
        gap = about + written(high.quantity.value - low.quantity.value, widest(quantities), unit)
        if high.quantity.value == low.quantity.value:
            return Worked(f"{told}，两者相同。", gap)
        more = "高" if unit else "多"
        return Worked(
            f"{high.name}比{low.name}{more}{gap}（{high.quantity.text} − {low.quantity.text}）。", gap
        )
    match = _BETTER.search(fold(question))
    word = match.group(1) if match else "高"
    ordered = sorted(
        operands, key=lambda operand: operand.quantity.value, reverse=not _SMALLER.search(fold(question))
    )
    same = [each.name for each in ordered if each.quantity.value == ordered[0].quantity.value]
    if len(same) == len(ordered):
        return Worked(f"{told}，{'两者' if len(same) == 2 else '都'}相同。", "相同")
    if len(same) > 1:
        return Worked(f"{'和'.join(same)}相同，都更{word}：{told}。", "和".join(same))
    return Worked(f"{ordered[0].name}更{word}：{told}。", ordered[0].name)


def compared_times(question: str, names: list[str], times: list[Period]) -> Worked | None:
    """Which of two things was earlier, or later; None where the times overlap or neither is asked for."""
    asked = _EARLIER_OR_LATER.search(fold(question))
    if asked is None or len(times) != _TWO:
        return None
    first, second = sorted(zip(times, names, strict=True), key=lambda each: each[0].first)
    if first[0].last >= second[0].first:
        return None
    words = [time.in_words for time, _ in (first, second)]
    if not all(words):
        return None
    word = asked.group(1) or asked.group(2)
    chosen = second if word in "晚后迟" else first
    return Worked(f"{chosen[1]}更{word}：{first[1]}{words[0]}，{second[1]}{words[1]}。", chosen[1])


_MEASURES = {
    "营业收入": "营业?收入|营收", "产值": "总?产值", "产量": "产量|生产", "销量": "销量|销售量", "销售额": "销售额|零售额", "增加值": "增加值",
    "进出口": "进出口", "出口": "(?<!进)出口", "进口": "进口", "利润": "利润", "投资": "投资", "生产总值": "生产总值|GDP",
}  # fmt: skip


def unlike_measures(question: str, told: list[str]) -> list[str]:
    """What each of several sentences measures where they share nothing ("营业收入", "产量") and the question does not name it all; else none."""
    named = [[name for name, words in _MEASURES.items() if re.search(words, text)] for text in told]
    if not all(named) or set.intersection(*map(set, named)):
        return []
    firsts = [names[0] for names in named]
    return [] if all(re.search(_MEASURES[name], question) for name in firsts) else firsts


def widest(quantities: list[Quantity]) -> Quantity:
    """The one in whose scale a result of them is written."""
    return max(quantities, key=lambda quantity: (bool(quantity.unit), quantity.power))
