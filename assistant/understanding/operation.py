"""What a question wants done with figures: added up, compared, told by how much they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

import rjieba

from corpus.language.normalize import fold
from corpus.language.numerals import number_of
from corpus.language.places import places_in
from index.question_text import QuestionText
from index.words import content_words

SUM = re.compile(r"[两三四]年累计|合计|一共|总共|共计|加起来|加在一起|之和|总和|加总|相加|合起来|加上")
_DIFFERENCE = re.compile(
    r"相差|差距|差(?:多少|几|了)|之差|[多少高低大小快慢](?![概约])[^，,。多少几]{0,3}(?:了|出)?(?:多少|几个?|几成)|(?:增加|减少|提高|上调|下调|降低|扩大|缩小|[升降涨跌])了?(?:多少|几个)"
)
CHANGE = re.compile(
    r"相?差(?:距|额)?(?:是|有|了|出)?(?:多少|几)|(?:(?<![最至])[多少高低升降涨跌增减丢掉缩]|增[加长]|减少|提[高升]|[下上]降?升?|降低|扩大|缩小|变化)(?:了|出)(?:多少|几)|"
    r"[比较].{1,24}(?<![最至])[多少高低大小快慢](?:多少|几)|比.{1,24}(?<![最至])[多少][一-龥]{1,2}(?:了|出)(?:多少|几)"
)
COMPARED = re.compile(
    r"(?:(?<![占同环])比(?![重例率])|较).{1,30}(?:多|少|高|低|快|慢|增加|减少|提高|上调|下调|降低|扩大|缩小|差)|相比|"
    r"[与和跟].{1,30}[高低大小快慢多少](?:了|出)?(?:多少|几)|相差|差距|之差|差(?:多少|几)|从.{4,10}[到至].{4,24}[升降涨跌]了?(?:多少|几)|"
    r"(?:19|20)\d{2}年?[到至—~-](?:19|20)\d{2}年?.{0,24}(?:[多少高低升降涨跌]|增[加长]|减少|提高|下降)了?出?(?:多少|几)"
)
_ONE_BY_ONE = re.compile(r"(?:分别|各自?|每一?年|逐年|历年)(?!相差|差)")
_ONE_OF_SEVERAL = r"(?:谁|哪[一]?[个年月省市地家者方种类](?:月份?|季度|地区|地方|城市|公司|省份?|假期)?)的?"
"""The words for the one of several that is asked for: "谁的", "哪个季度"."""
_WHICH = re.compile(
    rf"{_ONE_OF_SEVERAL}[^，,。?？]{{0,14}}?(?:更|最|较|比较)?[高低多少大小快慢长短早晚](?:些|一些|一点)?[^一-龥]*$|"
    r"更[高低多少大小快慢长短早晚]|[高低多少大小快慢]还是.*[高低多少大小快慢][^一-龥]*$"
)
_EARLIER_OR_LATER = re.compile(r"[更最较]([早晚先后迟])(?!进|的)|([早晚先后迟])(?:些|一些|一点)?[^一-龥]*$")
_SHORTEST_TOPIC = 6
_SMALLER = re.compile(r"[低少小慢短早](?:些|一些|一点)?[^一-龥]*$")
_BETTER = re.compile(r"(?:更|最|较)?([高低多少大小快慢长短早晚])(?:些|一些|一点)?[^一-龥]*$")
_ASKED_SCALE = re.compile("(?:多少|几)(万亿|亿|万)")
_SCALES = {"万": 4, "亿": 8, "万亿": 12}
_SPAN_OF_YEARS = re.compile(r"((?:19|20)\d{2})年?[至到—~\-]+((?:19|20)?\d{2})(?!\d)")
_MOST_YEARS = 12
_ASKS_OF_THINGS = re.compile(
    "(?:多少|几)(?:个(?!亿|月|点|百分)|家|项|座|所|台|辆|套|条|件|种|款|户|人|名|位)"
)
_JOINED = re.compile(r"以?及|[和与跟、加]")
_COUNTED = re.compile(r"([两二三四五六七八九十])(?:[个块类项年种大地者家部季月省市])")
_COUNTED_THING = re.compile(r"^([两二三四五六七八九十])[个块类项种笔轮批次档款](?=[一-龥])")
_BESIDE = frozenset("比较跟和与同及")
_GAP_ASKED = re.compile(
    r"(?:相?差|差距|(?<![最至])[多少高低大小快慢](?:[一-龥]?[一-龥]?[了出])?出?(?:多少|几)|(?:增加|减少|提高|扩大|缩小|降低)了?(?:多少|几)).*$"
)
_THAN = re.compile("(?<![占对同环相])比(?![重例率较])")
_TWO = 2
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MEASURES = {
    "营业收入": "营业?收入|营收", "产值": "总?产值", "产量": "产量|生产", "销量": "销量|销售量", "销售额": "销售额|零售额", "增加值": "增加值",
    "进出口": "进出口", "出口": "(?<!进)出口", "进口": "进口", "利润": "利润", "投资": "投资", "生产总值": "生产总值|GDP",
}  # fmt: skip


class Operation(str, Enum):
    """What is to be done with the figures of the parts."""

    SUM = "sum"
    DIFFERENCE = "difference"
    COMPARE = "compare"
    MEET = "meet"


@dataclass(frozen=True)
class OperationAsked(QuestionText):
    """What a question wants done with figures; each fact is read when it is first needed."""

    @cached_property
    def of_parts(self) -> Operation | None:
        """What is to be done with the figures of several parts; None where they are to be told one by one."""
        if SUM.search(self.folded):
            return Operation.SUM
        if (
            _DIFFERENCE.search(self.folded)
            and not _ONE_BY_ONE.search(self.folded)
            and COMPARED.search(self.folded)
        ):
            return Operation.DIFFERENCE
        return Operation.COMPARE if _WHICH.search(self.folded) else None

    @cached_property
    def in_a_sentence(self) -> Operation | None:
        """What is to be done with figures of one sentence: their sum, or a difference; None for neither."""
        if SUM.search(self.folded) or self._adds:
            return Operation.SUM
        return Operation.DIFFERENCE if CHANGE.search(self.folded) else None

    @cached_property
    def is_comparison(self) -> bool:
        """Whether two things are held against each other."""
        return bool(COMPARED.search(self.folded))

    @cached_property
    def better(self) -> str:
        """The word by which things are compared: 高, 多, 快, …."""
        match = _BETTER.search(self.folded)
        return match.group(1) if match else "高"

    @cached_property
    def wants_smallest(self) -> bool:
        """Whether the least of the things compared is asked for."""
        return bool(_SMALLER.search(self.folded))

    @cached_property
    def earlier_or_later(self) -> str:
        """早 or 晚, 先 or 后, where things are held against each other in time; else empty."""
        match = _EARLIER_OR_LATER.search(self.folded)
        return (match.group(1) or match.group(2)) if match else ""

    @cached_property
    def scale(self) -> int:
        """The power of ten in which a figure is asked for ("差多少万亿": 12); 0 where none is named."""
        match = _ASKED_SCALE.search(self.folded)
        return _SCALES[match.group(1)] if match else 0

    @cached_property
    def measures(self) -> frozenset[str]:
        """The usual measures it names: 产量, 营业收入."""
        return frozenset(measures_in(self.text))

    @cached_property
    def years(self) -> frozenset[str]:
        """The years it writes out."""
        return frozenset(_YEAR.findall(self.text))

    @cached_property
    def joined(self) -> tuple[tuple[str, ...], ...]:
        """The words of each thing that it joins to others by 和, without those that say what is to be done."""
        return tuple(tuple(content_words(piece)) for piece in self._pieces_joined)

    @cached_property
    def _pieces_joined(self) -> tuple[str, ...]:
        return tuple(piece for piece in _JOINED.split(self._without_operation) if any(content_words(piece)))

    @cached_property
    def counts_joined(self) -> tuple[int, ...]:
        """How many things each of `joined` stands for: 1, 2 for "预付加两类里程碑"."""
        counted = [_COUNTED_THING.match(piece) for piece in self._pieces_joined]
        return tuple((number_of(match.group(1)) or 1) if match else 1 for match in counted)

    @cached_property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The words of each of the two things that it holds against each other: "甲厂比乙厂多多少"; none where it is not plain which two."""
        told = _GAP_ASKED.sub("", self.folded)
        words = rjieba.cut(told)
        marks = [at for at, word in enumerate(words) if word in _BESIDE]
        firm = [at for at in marks if words[at] in "比较跟"]
        marks = firm if len(firm) == 1 else marks
        pieces = _THAN.split(told)
        if len(marks) == 1:
            pieces = ["".join(words[: marks[0]]), "".join(words[marks[0] + 1 :])]
        found = tuple(tuple(content_words(piece)) for piece in pieces) if len(marks) <= 1 else ()
        return (
            found
            if len(found) == _TWO and all(set(one) - set(other) for one, other in (found, found[::-1]))
            else ()
        )

    @cached_property
    def _adds(self) -> bool:
        """Whether it joins things by a bare 加 and asks how much: "首付加尾款多少"."""
        words = rjieba.cut(self.folded)
        joins = any(word == "加" and after[:1] not in "了到出起" for word, after in pairwise(words[1:]))
        return joins and bool(re.search("多少|几", self.folded))

    @cached_property
    def is_of_things(self) -> bool:
        """Whether it asks how many of something there are, which no money tells: "多少个项目"."""
        return bool(_ASKS_OF_THINGS.search(self.folded))

    @cached_property
    def words_beside(self) -> tuple[str, ...]:
        """Its words without those that say what is to be done."""
        return tuple(content_words(self._without_operation))

    @cached_property
    def years_beside(self) -> frozenset[str]:
        """The years in what does not say what is to be done."""
        return frozenset(_YEAR.findall(self._without_operation))

    @cached_property
    def stretch_of_years(self) -> tuple[int, ...]:
        """The years of the stretch that it names ("2020年至2023年"); none where it names none."""
        return years_of_stretch(self._without_operation)

    @cached_property
    def counted(self) -> int:
        """How many things are to be put together, where it says so and joins none ("四年一共": 4); else 0."""
        match = _COUNTED.search(self.text)
        return (number_of(match.group(1)) or 0) if match and len(_JOINED.split(self._without_sum)) == 1 else 0

    @cached_property
    def words_beside_sum(self) -> tuple[str, ...]:
        """Its words without those that ask for a sum."""
        return tuple(content_words(self._without_sum))

    @cached_property
    def _without_sum(self) -> str:
        return SUM.sub(" ", self.folded)

    @cached_property
    def _without_operation(self) -> str:
        return CHANGE.sub(" ", self._without_sum)


def measures_in(text: str) -> list[str]:
    """The usual measures that a text names, each under one name."""
    return [name for name, words in _MEASURES.items() if re.search(words, text)]


def years_of_stretch(text: str) -> tuple[int, ...]:
    """Each year of the one stretch of years that a text names ("2018年-2021年"); none where it names none, several or a long one."""
    found = _SPAN_OF_YEARS.findall(text)
    if len(found) != 1:
        return ()
    first, last = found[0]
    years = tuple(range(int(first), int(first[: -len(last)] + last) + 1))
    return years if 1 < len(years) <= _MOST_YEARS else ()


def value_question(part: str) -> str:
    """A part of such a question asked for its own figure: "上海谁的增速高?" asks "上海的增速是多少?"."""
    text = fold(part).rstrip("?？。 ")
    text = re.sub(r"(?:增长得?|[增涨长]得)(?:更|最|较)?[快慢高低多少]+$", "增长多少", text)
    text = re.sub(r"(?:下降|减少)(?:得)?(?:更|最|较)?[快慢多少]+$", "下降多少", text)
    text = re.sub(_ONE_OF_SEVERAL, "", text)
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
