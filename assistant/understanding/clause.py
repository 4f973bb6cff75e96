"""One clause of a question, taken apart: its time and place, what it asks of, its verb, the asking word and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import rjieba

from corpus.language.normalize import fold
from corpus.language.places import DIVISION_SUFFIX, places_in
from index.kinds import Kind, kind_of
from index.measure_asked import MEASURE

ASKING = re.compile(
    r"什么时[候间]|为什么|为何|何时|何地|多少|百分之几|第几|几|多[大高长重远久快深宽厚贵早晚热冷强密粗]|什么|哪[儿里年天月日些个家项种条款本座类份届位部只]?|谁|怎么样?|怎样|如何|吗|没有$|是否|是不是|有没有"
)
_YEAR_OR_DAY = re.compile(
    r"(?<![^占同环]比)(?<!^比)(?<!较)(?:(?:19|20)\d{2}年?|[去今明前]年|本年)(?:\d{1,2}月(?:\d{1,2}[日号])?|[一二三四]季度|[上下]半年)?[底末初]?(?!月)|"
    r"[“\"]?十[一二三四五]五[”\"]?(?:时期|期间)?|(?<![^占同环]比)(?<!^比)(?<!较)(?:\d{1,2}月份?|上个?月)|[一二三四]季度|[上下]半年|"
    r"原先|原来|以前|现在|目前|如今"
)
_NATION = re.compile("全国|我国|全球|全世界|全[省市区县]")
_TITLE = re.compile(r"《[^《》]+》")
RELATION = re.compile(
    r"(?:比上年|比上月|同比|环比|实际|年均|平均)?(?:增[速幅]|增长率?|涨幅|降幅|变化率|同比|环比|占比|占[^，,]{0,8}?比[重例]|比[重例]|份额|排名|位次|名次|"
    r"中位数|平均数?|均值|最[高低]值|峰值|人均)"
)
"""What is told of a measure: how it grew, what share it has, where it stands among others."""
ATTRIBUTE = re.compile(
    r"(?:时间|地点|日期|期限|年限|条件|原因|结果|对象|范围|标准|价格|费用|金额|人数|数量|面积|规模|余额|利润|营收|收入|支出|"
    r"[产销]量|[产销]值|产能|[进出]口[量额]?|电话|地址|目标|预期|计划)"
)
"""What of a thing can be asked without saying of which thing: 销量 after 产量 is that of the same."""
PREDICATE = re.compile(
    r"完成|实现|达到?|超过|占到?|覆盖|需要?|要|应当?|可以?|能|会|将|须|得|已经?|最多能?|至少|不|大概|大约|一共|总共|共|是|为|有|到|在|了|过|着|的|"
    r"每[年月天]|[一每]年|[一每]个?月|一天|分别|各|约|再|还|又|才|最多|最高|最低|最少"
)
_GOES_ON = re.compile(
    r"占到?|各|分别|是|在|由|归|从|向|按|以|用|比|较|与|跟|为|排[在名]?|居|位[列居]|连[着续]|同比|环比|涨|跌|降|升|增[长加至到]|减少|下降|上[升涨]|提高|扩大|"
    r"[先再又还也][要能会须得]?|共|总共|一共|累计|完成|实现|达到?|覆盖|预计|大概|约|能|可|要|应|需|会|得|不"
)
"""How a clause begins that leaves out its subject."""
_UNIT = re.compile(
    r"(?:亿|万|千|百)*(?:个百分点|百分点|平方公里|平方米|立方米|公里|千瓦时|千瓦|美元|元|块|钱|人次|人口?|次|天|年|月|岁|个|家|项|条|种|款|名|倍|成|点|"
    r"吨|斤|公斤|亩|公顷|米|辆|台|部|座|所|套|件|张|户|对|分|只|头|架|艘|届|位|度|级|EFlops|ZB)*(?:以上|以下)?"
)
_NOUN_TAGS = ("n", "eng", "j", "l", "i", "vn", "an", "b", "x", "zg", "s")
_MOST_VERBS = 2
_DIVISIONS = frozenset("县市区旗镇乡")
_LONGEST_PLACE = 3
LONGEST_BARE = 4


@dataclass(frozen=True)
class Clause:
    """A clause that asks: what stands before the asking word, the asking word and what follows it."""

    text: str

    @cached_property
    def _asking(self) -> re.Match[str] | None:
        return ASKING.search(self.text)

    @cached_property
    def kind(self) -> Kind:
        """The kind of thing that answers it."""
        return kind_of(self.text)

    @cached_property
    def lead(self) -> str:
        """What stands before the asking word."""
        return self.text[: self._asking.start()] if self._asking else self.text.removesuffix("呢")

    @cached_property
    def tail(self) -> str:
        """The asking word and what follows it; empty in "农村居民呢"."""
        return self.text[self._asking.start() :] if self._asking else ""

    @cached_property
    def after_unit(self) -> str:
        """What follows the asking word and its unit: 新能源车 of 多少辆新能源车."""
        rest = self.text[self._asking.end() :] if self._asking else ""
        words = [word for word, _ in rjieba.tag(rest)]
        while words and (
            _UNIT.fullmatch(words[0]) or words[0] == "的" or re.fullmatch("(?:以上|了|钱)", words[0])
        ):
            words.pop(0)
        return "".join(words).strip("的")

    @cached_property
    def times(self) -> list[str]:
        """The times before the asking word."""
        return [match.group() for match in _YEAR_OR_DAY.finditer(self.lead)]

    @cached_property
    def places(self) -> list[str]:
        """The places before the asking word, as they are written."""
        found = []
        for place in places_in(self.lead):
            if match := re.search(rf"{re.escape(place)}{DIVISION_SUFFIX}?", self.lead):
                found.append(match.group())
        return found or _NATION.findall(self.lead)[:1]

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """The words before the asking word with their tags; times and places are one word each, tagged "frame"."""
        marks = [*self.times, *self.places, *_TITLE.findall(self.lead), *_NATION.findall(self.lead)]
        marks = sorted(filter(None, marks), key=len, reverse=True)
        if not marks:
            return _with_place_joined(rjieba.tag(self.lead))
        found: list[tuple[str, str]] = []
        for piece in re.split(f"({'|'.join(map(re.escape, marks))})", self.lead):
            found += [(piece, "frame")] if piece in marks else rjieba.tag(piece) if piece else []
        return _with_place_joined(found)

    @property
    def _asks_an_object(self) -> bool:
        return re.match("什么(?!时)|谁|哪", self.tail) is not None

    @cached_property
    def end_of_subject(self) -> int:
        """How many of the words are no predicate: two of "2024年|全国|生|了"."""
        words, end, verbs = self.words, len(self.words), 0
        while end and words[end - 1][1] != "frame":
            word, tag = words[end - 1]
            beside = words[end][0] if end < len(words) else ""
            ahead = words[end - 2][0] if end > 1 else ""
            is_last = not verbs and (
                (tag == "zg" and len(word) == 1) or (tag == "v" and self._asks_an_object)
            )
            if (is_last or _is_verb(word, tag, ahead, beside)) and verbs < _MOST_VERBS:
                verbs += 1
            elif not (PREDICATE.fullmatch(word) or tag[:1] in "dprucfmaq") or MEASURE.search(fold(word)):
                break
            end -= 1
        return end

    @cached_property
    def subject(self) -> str:
        """What the clause asks of, with its time and place: all before the verb, else with the thing after the asking word."""
        if not self.lead:
            return ""
        end = self.end_of_subject
        before = "".join(word for word, _ in self.words[:end]).rstrip("的，, ")
        predicate = "".join(word for word, _ in self.words[end:])
        names_one = any(tag != "frame" and is_noun(word, tag) for word, tag in self.words[:end])
        exists = predicate.rstrip("一总共大约").endswith("有")
        if (not names_one or exists) and self.after_unit and not re.search("[，,]", self.after_unit):
            return f"{before}{self.after_unit}"
        return before

    def subject_at(self, other: Clause) -> str:
        """The subject without its own time where the other clause brings another."""
        subject = self.subject
        for time in self.times if other.times else []:
            subject = subject.replace(time, "", 1)
        return subject

    @cached_property
    def measure_at(self) -> int | None:
        """Which of the words of the subject is a measure, the last of several."""
        found = [
            at
            for at, (word, tag) in enumerate(self.words[: self.end_of_subject])
            if tag != "frame" and MEASURE.search(fold(word))
        ]
        return found[-1] if found else None

    @cached_property
    def is_bare_measure(self) -> bool:
        """Whether a clause names a measure without saying of what: 满意率."""
        return len(self.name) <= LONGEST_BARE and bool(MEASURE.search(fold(self.name)))

    @cached_property
    def qualifies(self) -> bool:
        """Whether a clause without an asking word only says which of the things asked of: "大型以上的呢"."""
        tag = next((tag for _, tag in self.words if tag != "frame"), "n")
        return self.lead.endswith("的") and not tag.startswith(("n", "v", "eng", "l", "j"))

    @cached_property
    def frame(self) -> list[str]:
        """Times, places and titles in the order in which they stand."""
        return [word for word, tag in self.words if tag == "frame"]

    def frame_missing_in(self, other: Clause) -> str:
        """Of this clause's times, places and titles those that the other has none of its own for."""
        found = ""
        for word in self.frame:
            is_time, is_title = bool(_YEAR_OR_DAY.fullmatch(word)), bool(_TITLE.fullmatch(word))
            if is_time or is_title:
                own = bool((_YEAR_OR_DAY if is_time else _TITLE).search(other.text))
            else:
                own = bool(other.places) or word in other.text
            found += "" if own else word
        return found

    @cached_property
    def is_only_frame(self) -> bool:
        """Whether a clause without an asking word names only another time or place: "江苏呢"."""
        return not self.tail and bool(self.words) and all(tag == "frame" for _, tag in self.words)

    @cached_property
    def goes_on(self) -> bool:
        """Whether a clause begins with its verb or its asking word: "占GDP多少", "哪天发的"."""
        plain = [(word, tag) for word, tag in self.words if tag != "frame"]
        while plain and plain[0][1][:1] in "mdt" and not _GOES_ON.fullmatch(plain[0][0]):
            plain.pop(0)
        if not plain or not self.name:
            return bool(self.tail)
        word, tag = plain[0]
        if RELATION.fullmatch(self.name) or ATTRIBUTE.fullmatch(self.name):
            return False
        beside = plain[1][0] if len(plain) > 1 else ""
        if re.match("[比较](?![例重率])", word):
            return True
        if _GOES_ON.fullmatch(word) or _GOES_ON.fullmatch(word + beside) or beside in {"了", "过"}:
            return True
        alone = len(word) > 1 or len(plain) == 1 or beside in {"给", "到", "出", "成"}
        return tag == "v" and alone and bool(self.tail) and not MEASURE.search(fold(word))

    @cached_property
    def name(self) -> str:
        """The thing that a clause names before it asks: 农村 of "农村一年多少"."""
        plain = [(word, tag) for word, tag in self.words if tag != "frame"]
        while plain and (
            PREDICATE.fullmatch(plain[-1][0])
            or plain[-1][1][:1] in "pdu"
            or (plain[-1][1] == "v" and len(plain[-1][0]) == 1 and not MEASURE.search(plain[-1][0]))
        ):
            plain.pop()
        return "".join(word for word, _ in plain).strip("的，, ")

    @cached_property
    def is_complete(self) -> bool:
        """Whether a clause says of what it asks: it names a measure, or two things, and asks in its own words."""
        nouns = [word for word, tag in self.words if tag != "frame" and is_noun(word, tag)]
        return bool(self.tail) and (
            bool(MEASURE.search(fold(self.name))) or len(nouns) > 1 or bool(_TITLE.search(self.lead))
        )

    @cached_property
    def asked_in_full(self) -> str:
        """The clause with "是多少" where it has no asking word: "增速呢"."""
        return self.text if self.tail else f"{self.lead}是多少"


def _with_place_joined(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words with a place at their front that no list holds as one, where the segmenter cuts it: 平川 and 县."""
    at = next((number for number, (_, tag) in enumerate(words) if tag != "frame"), len(words))
    if (
        at + 1 >= len(words)
        or words[at + 1][0] not in _DIVISIONS
        or not 2 <= len(words[at][0]) <= _LONGEST_PLACE
    ):
        return words
    return [*words[:at], (words[at][0] + words[at + 1][0], "frame"), *words[at + 2 :]]


def _is_verb(word: str, tag: str, ahead: str, beside: str) -> bool:
    """Whether a word is what is done: 花 before 了, 做到, 布局 after 要; 低保 alone is not."""
    if len(word) == 1:
        return (tag == "v" and not MEASURE.search(word)) or beside in {"了", "过", "着"}
    if tag == "vn" and beside in {"了", "过"}:
        return True
    return tag == "v" and (
        word[-1] in "到了成至为有出掉"
        or beside in {"了", "过", "着", "到"}
        or bool(re.fullmatch("要|能|会|可|可以|应|将|须|已|已经|再|新", ahead))
    )


def is_noun(word: str, tag: str) -> bool:
    """Whether a word with its tag may name a thing: a noun, a longer verb ("低保" is tagged as one), a measure."""
    return tag.startswith(_NOUN_TAGS) or (tag == "v" and len(word) > 1) or bool(MEASURE.search(fold(word)))
