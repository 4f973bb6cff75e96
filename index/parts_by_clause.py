"""The questions inside a question, one for each of its clauses that asks; what a later clause leaves out is put back.

"2024年全国GDP多少亿，涨了几个点" leaves out of what it is asked how much it grew. A later clause either goes on with the
subject of the first (it begins with a verb or with the asking word, or names only a relation: 增速, 占比), or puts one
thing in the place of its like ("城市低保每月多少，农村一年多少"), or brings a subject of its own and shares only time and place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import rjieba

from corpus.clean import fold
from corpus.places import places_in
from index.question import MEASURE, Kind, kind_of

_ASKING = re.compile(
    r"什么时[候间]|为什么|为何|何时|何地|多少|百分之几|第几|几|多[大高长重远久快深宽]|什么|哪[儿里年天月日些个家项种条款本座类份届位部只]?|谁|怎么样?|怎样|如何|吗|没有$|是否|是不是|有没有"
)
_ENDS_OF_CLAUSES = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[;；?？。!！]")
_YEAR_OR_DAY = re.compile(
    r"(?<![^占同环]比)(?<!^比)(?<!较)(?:(?:19|20)\d{2}年?|[去今明前]年|本年)(?:\d{1,2}月(?:\d{1,2}[日号])?|[一二三四]季度|[上下]半年)?[底末初]?(?!月)|"
    r"[“\"]?十[一二三四五]五[”\"]?(?:时期|期间)?|(?<![^占同环]比)(?<!^比)(?<!较)(?:\d{1,2}月份?|上个?月)|[一二三四]季度|[上下]半年|"
    r"原先|原来|以前|现在|目前|如今"
)
_NATION = re.compile("全国|我国|全球|全世界|全[省市区县]")
_TITLE = re.compile(r"《[^《》]+》")
_AFTER_PLACE = "(?:自治区|自治州|新区|省|市|州|区|县)?"
_CONNECTS = re.compile(r"(?:(?:那么|那|另外|同时|并且?|而且|以及|还有|又|里面|其中)(?=.)(?![些家个年天里]))+")
_PART_OF = re.compile("其中|里面")
_POINTS_BACK = re.compile(r"它们?|(?<![极尤])其(?![中他余次实它])")
_POINTS_AT_THE_ANSWER = re.compile("[他她]们?|这些|那些|该")
RELATION = re.compile(
    r"(?:比上年|比上月|同比|环比|实际|年均|平均)?(?:增[速幅]|增长率?|涨幅|降幅|变化率|同比|环比|占比|占[^，,]{0,8}?比[重例]|比[重例]|份额|排名|位次|名次|"
    r"中位数|平均数?|均值|最[高低]值|峰值|人均)"
)
"""What is told of a measure: how it grew, what share it has, where it stands among others."""
_ATTRIBUTE = re.compile(
    r"(?:时间|地点|日期|期限|年限|条件|原因|结果|对象|范围|标准|价格|费用|金额|人数|数量|面积|规模|余额|利润|营收|收入|支出|"
    r"[产销]量|[产销]值|产能|[进出]口[量额]?|电话|地址|目标|预期|计划)"
)
"""What of a thing can be asked without saying of which thing: 销量 after 产量 is that of the same."""
_PREDICATE = re.compile(
    r"完成|实现|达到?|超过|占到?|覆盖|需要?|要|应当?|可以?|能|会|将|须|得|已经?|最多能?|至少|不|大概|大约|一共|总共|共|是|为|有|到|在|了|过|着|的|"
    r"每[年月天]|[一每]年|[一每]个?月|一天|分别|各|约|再|还|又|才|最多|最高|最低|最少"
)
_GOES_ON = re.compile(
    r"占到?|各|分别|是|在|由|归|从|向|按|以|用|比|较|与|跟|为|排[在名]?|居|位[列居]|连[着续]|同比|环比|涨|跌|降|升|增[长加至到]|减少|下降|上[升涨]|提高|扩大|"
    r"[先再又还也][要能会须得]?|共|总共|一共|累计|完成|实现|达到?|覆盖|预计|大概|约|能|可|要|应|需|会|得|不"
)
"""How a clause begins that leaves out its subject."""
_NO_PART = re.compile(
    r"相?差|差距|[高低多少大小快慢长短重轻]了?(?:多少|几)|各?(?:是|有|为)?(?:多少|几[个家项]?)[^，,]{0,3}$|(?:谁|哪[一]?[个年月家项地]?)[^，,]{0,8}(?:更|最|较)?[多少高低大小快慢长短早晚]$"
)
"""What is no question for a thing of its own: which of those asked of is more, and by how much."""
_UNIT = re.compile(
    r"(?:亿|万|千|百)*(?:个百分点|百分点|平方公里|平方米|立方米|公里|千瓦时|千瓦|美元|元|块|钱|人次|人口?|次|天|年|月|岁|个|家|项|条|种|款|名|倍|成|点|"
    r"吨|斤|公斤|亩|公顷|米|辆|台|部|座|所|套|件|张|户|对|分|只|头|架|艘|届|位|度|级|EFlops|ZB)*(?:以上|以下)?"
)
_OF_A_THING = re.compile("多少|几|哪|什么(?!时)")
_NOUN_TAGS = ("n", "eng", "j", "l", "i", "vn", "an", "b", "x", "zg", "s")
_MOST_PARTS = 4
_LONGEST = 300
"""Characters of a question beyond which it is pasted text and not two questions."""
_SHORTEST = 2
_MOST_VERBS = 2
_LONGEST_BARE = 4


def clauses_apart(question: str) -> list[str]:
    """One question for each clause of `question` that asks, each with what it leaves out; none where there are not two.

    A clause that asks nothing is no part: one before the first that asks belongs to it, one after the last keeps the
    question whole.
    """
    if len(question) > _LONGEST:
        return []
    clauses = _clauses(question)
    asking = [place for place, clause in enumerate(clauses) if _asks(clause, is_first=place == 0)]
    if not 1 < len(asking) <= _MOST_PARTS or asking != list(range(asking[0], len(clauses))):
        return []
    first = "，".join(clauses[: asking[0] + 1])
    parts = [first]
    for clause in clauses[asking[0] + 1 :]:
        of = parts[-1] if _PART_OF.match(clause) else first
        if not (part := continued(of, clause)):
            return []
        parts.append(part)
    return parts


def continued(first: str, other: str) -> str:
    """`other`, a clause after `first`, as a question of its own; empty where it only makes sense beside the first.

    Args:
        first: A clause that asks, complete: "2021年城市低保每月多少".
        other: A later clause of the same question: "农村一年多少".

    Returns:
        The later clause with the time, place and subject that it leaves out: "2021年农村低保一年多少".
    """
    before = _Clause(first)
    connective = _CONNECTS.match(other)
    after = _Clause(other[connective.end() :] if connective else other)
    if _NO_PART.match(after.text) or _POINTS_AT_THE_ANSWER.match(after.text):
        return ""
    if {Kind.REASON, Kind.SUMMARY} & {kind_of(first), kind_of(other)}:
        return ""
    if other.startswith("各") and "各" not in first:
        # "有哪几笔，各多少" asks of what the answer to the first will be.
        return ""
    if _POINTS_BACK.search(after.lead):
        of = before.subject
        return _POINTS_BACK.sub(lambda _: of, after.text, count=1) if of else ""
    if after.is_only_frame:
        return _in_other_frame(before, after)
    if after.goes_on:
        return _gone_on(before, after)
    subject = before.subject_at(after)
    if RELATION.fullmatch(after.name):
        return f"{subject}{after.asked_in_full}" if subject else ""
    if _ATTRIBUTE.fullmatch(after.name):
        return f"{_ends_cut(subject)}{after.asked_in_full}" if subject else ""
    if connective and _PART_OF.search(connective.group()) and subject:
        return f"{subject}其中{after.asked_in_full}"
    if not after.tail and after.qualifies:
        return f"{after.lead}{before.text}"
    if after.is_complete and not (after.is_bare_measure and before.measure_at is not None):
        return before.frame_missing_in(after) + after.text
    return _with_like_replaced(before, after)


def _clauses(question: str) -> list[str]:
    """The clauses of a question; a 、 parts two only where both ask."""
    clauses = [clause.strip() for clause in _ENDS_OF_CLAUSES.split(question) if clause.strip()]
    found: list[str] = []
    for clause in clauses:
        pieces = clause.split("、")
        alone = len(pieces) > 1 and all(_ASKING.search(piece) for piece in pieces)
        found += pieces if alone else [clause]
    return found


def _asks(clause: str, *, is_first: bool) -> bool:
    return len(clause) >= _SHORTEST and bool(
        _ASKING.search(clause) or (clause.endswith("呢") and not is_first)
    )


@dataclass(frozen=True)
class _Clause:
    """A clause that asks: what stands before the asking word, the asking word and what follows it."""

    text: str

    @cached_property
    def _asking(self) -> re.Match[str] | None:
        return _ASKING.search(self.text)

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
            if match := re.search(rf"{re.escape(place)}{_AFTER_PLACE}", self.lead):
                found.append(match.group())
        return found or _NATION.findall(self.lead)[:1]

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """The words before the asking word with their tags; times and places are one word each, tagged "frame"."""
        marks = [*self.times, *self.places, *_TITLE.findall(self.lead), *_NATION.findall(self.lead)]
        marks = sorted(filter(None, marks), key=len, reverse=True)
        if not marks:
            return rjieba.tag(self.lead)
        found: list[tuple[str, str]] = []
        for piece in re.split(f"({'|'.join(map(re.escape, marks))})", self.lead):
            found += [(piece, "frame")] if piece in marks else rjieba.tag(piece) if piece else []
        return found

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
            elif not (_PREDICATE.fullmatch(word) or tag[:1] in "dprucfmaq") or MEASURE.search(fold(word)):
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
        names_one = any(tag != "frame" and _is_noun(word, tag) for word, tag in self.words[:end])
        exists = predicate.rstrip("一总共大约").endswith("有")
        if (not names_one or exists) and self.after_unit and not re.search("[，,]", self.after_unit):
            return f"{before}{self.after_unit}"
        return before

    def subject_at(self, other: _Clause) -> str:
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
        return len(self.name) <= _LONGEST_BARE and bool(MEASURE.search(fold(self.name)))

    @cached_property
    def qualifies(self) -> bool:
        """Whether a clause without an asking word only says which of the things asked of: "大型以上的呢"."""
        tag = next((tag for _, tag in self.words if tag != "frame"), "n")
        return self.lead.endswith("的") and not tag.startswith(("n", "v", "eng", "l", "j"))

    @cached_property
    def frame(self) -> list[str]:
        """Times, places and titles in the order in which they stand."""
        return [word for word, tag in self.words if tag == "frame"]

    def frame_missing_in(self, other: _Clause) -> str:
        """Of this clause's times, places and titles those that the other has none of its own for."""
        found = ""
        for word in self.frame:
            is_time, is_title = bool(_YEAR_OR_DAY.fullmatch(word)), bool(_TITLE.fullmatch(word))
            own = (
                _YEAR_OR_DAY.search(other.text) if is_time else _TITLE.search(other.text) if is_title else ""
            )
            if not is_time and not is_title:
                own = other.places or word in other.text
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
        if RELATION.fullmatch(self.name) or _ATTRIBUTE.fullmatch(self.name):
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
            _PREDICATE.fullmatch(plain[-1][0])
            or plain[-1][1][:1] in "pdu"
            or (plain[-1][1] == "v" and len(plain[-1][0]) == 1 and not MEASURE.search(plain[-1][0]))
        ):
            plain.pop()
        return "".join(word for word, _ in plain).strip("的，, ")

    @cached_property
    def is_complete(self) -> bool:
        """Whether a clause says of what it asks: it names a measure, or two things, and asks in its own words."""
        nouns = [word for word, tag in self.words if tag != "frame" and _is_noun(word, tag)]
        return bool(self.tail) and (
            bool(MEASURE.search(fold(self.name))) or len(nouns) > 1 or bool(_TITLE.search(self.lead))
        )

    @cached_property
    def asked_in_full(self) -> str:
        """The clause with "是多少" where it has no asking word: "增速呢"."""
        return self.text if self.tail else f"{self.lead}是多少"


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


def _is_noun(word: str, tag: str) -> bool:
    return tag.startswith(_NOUN_TAGS) or (tag == "v" and len(word) > 1) or bool(MEASURE.search(fold(word)))


def _gone_on(before: _Clause, after: _Clause) -> str:
    """A clause that begins with its verb or its asking word, with what it goes on from."""
    of = before.subject_at(after)
    if not after.lead and _OF_A_THING.match(after.tail) and _names_only(after.after_unit):
        # "要布局多少个枢纽、多少个基地": what is done is the same.
        return f"{before.lead}{after.text}" if before.lead else ""
    if not of or kind_of(before.text) is Kind.YES_NO:
        return ""
    return f"{of}{after.text}"


def _names_only(text: str) -> bool:
    """Whether a text names something and does nothing: 国家物流枢纽, not 天得补班."""
    return bool(text) and all(_is_noun(word, tag) or tag[:1] in "nau" for word, tag in rjieba.tag(text))


def _ends_cut(subject: str) -> str:
    """A subject without the measure at its end: 新能源汽车 of 新能源汽车产量."""
    words = [word for word, _ in rjieba.tag(subject)]
    if len(words) > 1 and _ATTRIBUTE.fullmatch(words[-1]):
        words.pop()
    return "".join(words)


def _in_other_frame(before: _Clause, after: _Clause) -> str:
    """The first clause asked of another time or place; empty where it names none to be replaced."""
    asked = before.text
    for mine, others in ((before.times, after.times), (before.places, after.places)):
        if others and not mine:
            return ""
        if others:
            asked = asked.replace(mine[0], others[0], 1)
    return asked


def _with_like_replaced(before: _Clause, after: _Clause) -> str:
    """The first clause with one thing in the place of its like: 农村 of 城市, 住一次院 of 看一次门诊."""
    new = rjieba.cut(after.name)
    old = [word for word, _ in before.words]
    span = _span_of_like(before, new) if new else None
    if span is None:
        return ""
    start, stop = span
    if not after.tail:
        return "".join([*old[:start], after.name, *old[stop:]]) + before.tail
    of = "".join([*old[:start], after.name, *old[stop : max(before.end_of_subject, stop)]])
    for time in before.times if after.times else []:
        of = of.replace(time, "", 1)
    return f"{''.join(after.times)}{of}{after.lead.partition(after.name)[2]}{after.tail}"


def _span_of_like(before: _Clause, new: list[str]) -> tuple[int, int] | None:
    """Which words of the first clause make room for `new`: those around a word that both have, a measure for a measure, else a noun."""
    old, tags = [word for word, _ in before.words], [tag for _, tag in before.words]
    marks = [at for at, word in enumerate(old) if word in {",", "，"}]
    things = [at for at in range(max(marks, default=-1) + 1, before.end_of_subject) if tags[at] != "frame"]
    shared = [word for word in new if word in old and word not in before.frame]
    if shared:
        word = next((each for each in shared if not _PREDICATE.fullmatch(each)), shared[0])
        at, place = old.index(word), new.index(word)
        first = max((n + 1 for n in range(at) if tags[n] == "frame"), default=0)
        return max(at - place, first), min(at + len(new) - place, len(old))
    if not things:
        return None
    nouns = [at for at in things if _is_noun(old[at], tags[at])]
    name = "".join(new)
    if len(name) <= _LONGEST_BARE and MEASURE.search(fold(name)) and before.measure_at is not None:
        return before.measure_at, before.measure_at + 1
    if len(new) == 1 and len(nouns) > 1:
        return nouns[0], nouns[0] + 1
    keeps_measure = before.measure_at is not None and len(nouns) > 1
    return things[0], before.measure_at if keeps_measure else things[-1] + 1
