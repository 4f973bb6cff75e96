"""In which form a question wants its answer: yes or no, both ends of a change, a share, a summary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.understanding.time_words import time_spans
from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.language.quantities import Quantity, quantities_in
from corpus.language.rows import counts_in
from index.question import ParsedQuestion
from index.question_text import QuestionText

_CHANGES = re.compile("增|减|涨|跌|升|降|提高|扩大|缩小|变化|百分点|万亿|[多少]了")
_ASKS_BOTH_ENDS = re.compile("[从由](?:多少|几)[^，,]{0,6}[到至为](?:了)?(?:多少|几)")
_ASKS_AN_AMOUNT = re.compile("[多少](?:了|出)(?:多少|几)|百分点")
_IN_POINTS = re.compile(r"百分点|[几多]少?个?点|几成|百分之|[%％]|[增涨][长幅速]|倍")
_ASKS_A_SHARE = re.compile(r"占[^，,]{0,10}?(?:几成|百分之几|多少|多大)|占比(?:是|为|有)?多少|的几成")
_ASKS_THE_WHOLE = re.compile(
    r"(?:占|比[例重]|份额)[^?？]{0,24}(?:推算|[倒反]推|[估折]算|算下?来|那|则|[全整总])[^?？]{0,20}(?:多少|几|多大)|(?:推算|[倒反]推|[估折]算)[^?？]{0,16}[全整总][^?？]{0,16}(?:多少|几|多大)"
)
_AFTER_HOW_MUCH = re.compile("(?<=[多少])(?:少|几)?(?:[十百千]?万亿|[十百千]?[万亿])?[^，,。?？]{0,4}[?？]?$")
_ASKS_BEFORE = re.compile(
    "(?<![目当])前(?!后)|[初旧老末底]|原|过去|曾|起点|以往|上[一年期]|去年|本来|年|月|季度"
)
_COUNTS_PLACES = re.compile(r"(?:几|多少)[个座]?(?:省市|省份|省|城市|市|地区)(?!场|民|值|级)")
_OFFERS_A_CHOICE = re.compile("还是|哪|谁")
_ASKS_A_NUMBER = re.compile("[文字编令]号|编号|几号|第几|哪[一]?[条款项]")
_ASKS_THE_WHOLE_NAME = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9\-+.]{0,40})[”\"》]?\s*(?:的)?(?:中文|汉语)?(?:全称|中文名称?|中文叫|中文是|中文(?=[^\w]*$)|是什么的缩写|叫什么|代表什么|指的?是?什么|是什么意思)"
)
_ASKED_ABOVE = re.compile(r"超过|达到|突破|高于|不低于|多于|过了?(?=\d)|大于|迈过|站上")
_ASKED_BELOW = re.compile(r"低于|不到|不足|少于|小于|以下")
_LEAVE = re.compile(r"可以|能不能|能否|可不可以|允许|行不行|行吗|能[^，。]{0,24}吗")
_DUTY = re.compile(r"必须|需要|应当|要不要|需不需要|是否要|该不该|得[^，。]{0,16}吗|要[^，。]{0,20}吗")
FORBIDDEN = re.compile(r"不得|不可以?|不能|禁止|严禁|不允许")
NOT_NEEDED = re.compile(r"无需|不需要|不必|可以不|不用|免于|免予")
_A_YEAR = 1000
_ASKS_THE_NUMBER = re.compile(r"的?(?:发文字号|文件编号|文件号|文号|字号)|是?(?:几|多少)号文")
_ASKS_WHETHER_IT_HOLDS = re.compile(r"有效|失效|废止|作废|生效|施行|替代|取代|修改|修订|停止")
_PLAINLY_SEVERAL = re.compile(r"分别|各(?:是|为|有|占|达|自)|谁|哪个")
_ASKS_SO_MANY = re.compile(
    r"哪(?=[两二三四五六七八九十\d])(?P<counted>[两二三四五六七八九十\d]{1,3}\s?.{1,3})"
    r"|(?P<counted_before>[两二三四五六七八九十\d]{1,3}\s?(?:大?[个项条种类道篇件步点层级款本座]|大)[^，,。？?里中只都具分各是指为包有]{0,10})(?:都|具体|分别|各)*(?:是|指|为|包括|有|叫)+(?:的是)?(?:哪|什么)"
)
"""Things counted, of which none is left out: not "八个城市里哪些"."""
_WHICH_FEW = re.compile("哪[一二三四五六七八九十几两]")
_WHY_IT_CHANGED = re.compile(r"(?:为什么|为何|为啥|怎么会|原因)[^，,]{0,8}[涨跌增减升降高低多少快慢猛]")
_MARKS = re.compile(r"[\W_]+")
_ASKS_A_CHANGE = re.compile(
    r"增速|增[长幅]率?|[涨跌降]幅|涨跌|同比|环比|比重|占比?|比[例率]|率|变化|快慢|"
    r"(?:增加?|减少?|涨|跌|升|降|多|少|翻|提高|下降|上升)了?(?:多少|几|没)"
)
_ASKS_FOR_SUMMARY = re.compile(
    r"总结|概括|概述|综述|梳理|归纳|介绍|简[要单]|简述|主要|内容|核心|大意|要点|摘要|情况|那篇|文章|报道|结论|要求|[讲说写谈]了?|"
    r"^(?:帮|给|做个?|[几些]|几句话|整个|过程|串|起来|各有|特点|表现|前后|变化)$"
)
_FRAME = re.compile(r"^(?:结合|根据|按照?)[^，,]{2,40}[，,]")


@dataclass(frozen=True)
class FormAsked(QuestionText):
    """In which form a question wants its answer; each fact is read when it is first needed."""

    @cached_property
    def is_both_ends(self) -> bool:
        """Whether it asks from what to what something changed: "从多少涨到多少"."""
        return bool(_ASKS_BOTH_ENDS.search(self.text))

    @cached_property
    def is_before(self) -> bool:
        """Whether it speaks of an earlier state, or of a time."""
        return bool(_ASKS_BEFORE.search(self.text))

    @cached_property
    def is_amount_of_change(self) -> bool:
        """Whether it asks for the amount of a change, not for its rate: "多了多少"."""
        return bool(_ASKS_AN_AMOUNT.search(self.text))

    @cached_property
    def is_in_points(self) -> bool:
        """Whether it asks for a change as a percentage: "涨了几个点"."""
        return bool(_IN_POINTS.search(self.text))

    @cached_property
    def is_share(self) -> bool:
        """Whether it asks which share a part has of its whole: "占几成"."""
        return bool(_ASKS_A_SHARE.search(self.text))

    @cached_property
    def is_whole_of_share(self) -> bool:
        """Whether it asks how much the whole is of which a part has a share: "占全市八成，那全市多少亿"."""
        return not self.is_share and bool(_ASKS_THE_WHOLE.search(self.text))

    @cached_property
    def changing(self) -> tuple[tuple[str, ...], ...]:
        """The words for what changed, each with its other names; no places, times or words of change."""
        asked = ParsedQuestion(_parted_at_times(_AFTER_HOW_MUCH.sub("", self.text)))
        return tuple(names for word, names in asked.names_of_words.items() if _may_change(word))

    @cached_property
    def counts_places(self) -> bool:
        """Whether it asks how many places there are."""
        return bool(_COUNTS_PLACES.search(self.text))

    @cached_property
    def offers_choice(self) -> bool:
        """Whether it names what may be chosen: "甲还是乙"."""
        return bool(_OFFERS_A_CHOICE.search(self.text))

    @cached_property
    def is_number_of_document(self) -> bool:
        """Whether of a document its number is asked for, or the number of a 条."""
        return bool(_ASKS_A_NUMBER.search(self.text))

    @cached_property
    def abbreviation(self) -> str:
        """The Latin letters, folded, that it wants spelled out in Chinese; empty where none."""
        match = _ASKS_THE_WHOLE_NAME.search(self.text)
        return fold(match.group("name")) if match else ""

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The figures that a question of yes or no holds against what is told; no years of the calendar."""
        named = quantities_in(self.folded)
        counted = [each for each in named if each.unit not in {"", "年"} or each.power]
        return (*counted, *(each for each in named if each.unit == "年" and each.value < _A_YEAR))

    @cached_property
    def is_above(self) -> bool:
        """Whether it asks if something is more than a figure."""
        return bool(_ASKED_ABOVE.search(self.folded))

    @cached_property
    def is_below(self) -> bool:
        """Whether it asks if something is less than a figure."""
        return bool(_ASKED_BELOW.search(self.folded))

    @cached_property
    def is_leave(self) -> bool:
        """Whether it asks if something may be done."""
        return bool(_LEAVE.search(self.folded))

    @cached_property
    def is_duty(self) -> bool:
        """Whether it asks if something must be done."""
        return bool(_DUTY.search(self.folded))

    @cached_property
    def is_denied(self) -> bool:
        """Whether it speaks itself of what is forbidden or not needed."""
        return bool(FORBIDDEN.search(self.folded) or NOT_NEEDED.search(self.folded))

    @cached_property
    def number_at(self) -> int | None:
        """Where it asks for a document's own number; None where it does not."""
        match = _ASKS_THE_NUMBER.search(self.text)
        return match.start() if match else None

    @cached_property
    def is_whether_valid(self) -> bool:
        """Whether it asks if a document is in force."""
        return bool(_ASKS_WHETHER_IT_HOLDS.search(self.text))

    @cached_property
    def count_asked(self) -> tuple[int, str] | None:
        """How many things it wants named and by what they are counted: (4, "个") of "哪四个产业"; None where it says no number."""
        match = _ASKS_SO_MANY.search(self.text)
        told = counts_in(match.group("counted") or match.group("counted_before")) if match else ()
        return next(iter(told), None)

    @cached_property
    def is_plainly_several(self) -> bool:
        """Whether it says that it asks for several things: "分别"."""
        return bool(_PLAINLY_SEVERAL.search(self.text))

    @cached_property
    def is_which_few(self) -> bool:
        """Whether it asks for some of several: "哪几"."""
        return bool(_WHICH_FEW.search(self.text))

    @cached_property
    def is_why_changed(self) -> bool:
        """Whether it asks why something rose or fell."""
        return bool(_WHY_IT_CHANGED.search(self.text))

    @cached_property
    def is_change_in_table(self) -> bool:
        """Whether of the columns of a table it asks for those of changes and shares."""
        return bool(_ASKS_A_CHANGE.search(self.folded))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Its pairs of neighbouring letters and digits."""
        return pairs_of(self.text)

    @cached_property
    def topic(self) -> dict[str, tuple[str, ...]]:
        """The words of what is to be summed up, each with its other names."""
        return _topic_of(self.text)

    @cached_property
    def without_source(self) -> str:
        """The text without the source that it begins with: "根据…，"."""
        return _FRAME.sub("", self.text)

    @cached_property
    def topic_without_source(self) -> dict[str, tuple[str, ...]]:
        """As `topic`, of `without_source`."""
        return _topic_of(self.without_source)


def pairs_of(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters and digits, marks aside; a single one is its own pair."""
    bare = _MARKS.sub("", fold(text))
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset([bare] if bare else [])


def _topic_of(text: str) -> dict[str, tuple[str, ...]]:
    named = ParsedQuestion(text).names_of_words
    return {word: names for word, names in named.items() if not _ASKS_FOR_SUMMARY.search(word)}


def _parted_at_times(text: str) -> str:
    """A text with a comma for every time that it names: "比上一年多了" has no word 比多."""
    for begin, end in reversed(time_spans(text)):
        text = f"{text[:begin]}，{text[end:]}"
    return text


def _may_change(word: str) -> bool:
    """Whether a word names what is asked of: no place, no time, and no word of how it changed."""
    is_time = re.fullmatch(r"[\d一二三四五六七八九十两几近]+(?:年|个?月|季度)?[里间来]?", word)
    return len(word) > 1 and not is_time and not places_in(word) and not _CHANGES.search(word)
