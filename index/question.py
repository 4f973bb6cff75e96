"""What a question asks for: the kind of thing, and its parts when it asks for several."""

from __future__ import annotations

import re
from enum import Enum

from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.language.times import years_in
from index.question_heads import heads


class Kind(str, Enum):
    """The kind of thing that answers."""

    AMOUNT = "amount"
    SHARE = "share"
    DATE = "date"
    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    LIST = "list"
    YES_NO = "yes_no"
    REASON = "reason"
    HOW = "how"
    SUMMARY = "summary"
    COMPARE = "compare"
    OTHER = "other"


class Aim(str, Enum):
    """What a question wants to know of a thing: the goal that was set, or the result that was reached."""

    GOAL = "goal"
    RESULT = "result"
    ANY = ""


_GOAL_ASKED = re.compile(
    r"目标|预期|计划|拟|安排|打算|预计|(?<!即)将|要求|力争|(?<!新)希望(?!工程|小学|了解|知道)|规划|准备|想|要[达保控把]|定的底线"
)
_RESULT_ASKED = re.compile(
    r"完成|实现了?|实际|达到?了|结果|了多少|多少了|已经?|到底|落实|增长了|下降了|[涨跌增减升降]了|成绩|成就|情况|同比|究竟|最终"
)
_RESULT_SAID = re.compile(
    r"实际(?!控制|利用|使用|缴纳?|到[位账]|投资|需求|情况)|(?:完成|实现)了?(?:多少|几)|(?:完成|实现|达到)了?(?:没有?|吗)"
)
_GOAL_SAID = re.compile(
    r"(?:打算|计划|准备|拟|预计|预期|力争|争取|希望|要|将|目标是?)(?:要|在[^，,]{1,8})?(?:完成|实现|达到)"
)
_RESULT_TOLD = re.compile(r"实际|完成|实现了|达到了|超额|超过预期|好于预期|[上下]降了|增长了")
_GOAL_TOLD = re.compile(
    r"目标|预期|计划|拟|安排|力争|预计|将|要[保控求达]|到20\d\d年|定[在为到于]|以上|左右|确保|争取"
)
_GOAL_NAMED = re.compile(r"目标|预期")
_GOAL_ONLY = re.compile(
    r"目标|预期|拟[安按]|力争|争取|要保持|控制在[^。]{0,12}(?:以内|左右)|定[在为]\d[^。，]{0,12}(?:以内|左右|以上|区间)"
)
_NAMES = re.compile(r"《[^《》]+》|[a-z][a-z0-9\-.]*[a-z0-9]|[a-z]|(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
OF_LABEL = {
    "amount": Kind.AMOUNT, "share": Kind.SHARE, "date": Kind.DATE, "duration": Kind.DATE, "person": Kind.PERSON, "body": Kind.BODY,
    "document": Kind.DOCUMENT, "list": Kind.LIST, "yes_no": Kind.YES_NO, "reason": Kind.REASON, "how": Kind.HOW, "summary": Kind.SUMMARY,
    "compare": Kind.COMPARE, "place": Kind.OTHER, "definition": Kind.OTHER, "condition": Kind.OTHER, "name": Kind.OTHER, "other": Kind.OTHER,
}  # fmt: skip
"""The labels of `index.question_heads` that are kinds."""
_LIKELY_KIND = 0.14
_SURE_KIND = 0.6


MEASURE = re.compile(
    r"(?:[量额率值]|[出进]口|里程|投入|产[值能]|营收|利润|收入|支出|总[值产]|规模|数量?|面积|单产|总产|亩产|增加值|增[速幅长]|涨幅|占?比[重例]?|份额|"
    r"装机|人[口数次]|就业|赤字|[存贷]款|投资|债务|储量|价格?|目标|预期|[上下]限|门槛|起点|标准|期限|日期|年限|进度|外币|人民币|定义|时间|[a-z])"
    r"(?:目标|增速|增幅)?$"
)
"""How the name of something that is measured ends: "集成电路产量", "城镇新增就业", "赤字率"."""


_ASKS_HOW_MUCH = re.compile(
    r"(?:分别|各|一共|总共|大约|约|已经|已)?(?:是|为|有|达到?了?)?(?:多少|几何|多大)(?:亿|万)?(?:元|块|吨|斤|美元)?[?？。]*$"
)


def before_how_much(question: str) -> str:
    """What stands before "是多少" in a folded question ("集成电路产量"); empty where it does not end so."""
    folded = fold(question).strip()
    asked = _ASKS_HOW_MUCH.search(folded)
    return folded[: asked.start()] if asked else ""


def asks_for_a_measure(question: str) -> bool:
    """Whether how much of something measured is asked for ("集成电路产量是多少"), which no count of things answers."""
    return bool(MEASURE.search(before_how_much(question)))


def kind_of(question: str, at_least: float = _LIKELY_KIND) -> Kind:
    """The kind of thing `question` asks for: the likeliest, `Kind.OTHER` where none is as likely as `at_least`."""
    likely = heads().read(question)
    label = max(OF_LABEL, key=lambda each: likely[each])
    return OF_LABEL[label] if likely[label] >= at_least else Kind.OTHER


def sure_kind_of(question: str) -> Kind:
    """The kind of thing that `question` surely asks for, by which a text may be held to lack it; else `Kind.OTHER`."""
    return kind_of(question, _SURE_KIND)


def _says_result(question: str) -> bool:
    """Whether a question says that it asks for what was reached: "实际完成了多少", not "打算完成多少"."""
    return bool(_RESULT_SAID.search(question)) and not _GOAL_SAID.search(question)


def aim_of(question: str) -> Aim:
    """Whether a goal or a result is asked for, or neither is said."""
    if _says_result(question):
        return Aim.RESULT
    if _GOAL_ASKED.search(question):
        return Aim.GOAL
    return Aim.RESULT if _RESULT_ASKED.search(question) else Aim.ANY


def goal_mismatch(question: str, text: str) -> float:
    """1 where a goal is asked and none is told, or a result is asked of a year and the text sets a goal.

    2 where the question says that it asks for the one and the text tells only the other.
    """
    if _says_result(question):
        return 2.0 if _GOAL_ONLY.search(text) and not _RESULT_TOLD.search(text) else 0.0
    if _GOAL_ASKED.search(question):
        if _GOAL_TOLD.search(text):
            return 0.0
        return 2.0 if _GOAL_NAMED.search(question) else 1.0
    return 1.0 if _GOAL_ONLY.search(text) and years_in(question, None) else 0.0


def names_goal(text: str) -> bool:
    """Whether a text says that it speaks of goals."""
    return bool(_GOAL_NAMED.search(text))


def names_in(question: str) -> list[str]:
    """Titles in 《》, Latin names and bare numbers that are no years, folded, in order: a text that lacks them is another one."""
    names = dict.fromkeys(_NAMES.findall(fold(question)))
    return [name for name in names if not re.fullmatch(r"(?:19|20)\d{2}", name)]


def names_no_topic(question: str) -> bool:
    """Whether a question asks about a place or a year but not what of it: "那湖北呢?" with nothing said before."""
    topic = re.sub(r"(?:19|20)\d{2}年?|那么?|呢|吗|怎么样|如何|[,，?？。\s]", "", fold(question))
    for place in sorted(places_in(topic), key=len, reverse=True):
        topic = re.sub(rf"{re.escape(place)}(?:自治区|自治州|新区|省|市|州|区|县)?", "", topic)
    return not topic


_OVER_ARTICLES = re.compile(
    r"(?:哪些|哪几[个家项座部份]?|都?有哪些|列出|列举|盘点)(?:[^，,。?？]{0,4})(?:省份?|市|城市|地区|地方|地|区域|企业|公司|机构|部门|国家|文件|政策|会议|报告|年份?|规定|办法|方案|品类)"
)


def asks_over_articles(question: str) -> bool:
    """Whether a list is asked for whose members stand in many places: "哪些省把…列为重点"."""
    return bool(_OVER_ARTICLES.search(fold(question)))


def asks_several(question: str) -> bool:
    """Whether one sentence may not be enough: "产量和增速各是多少"."""
    return bool(re.search(r"分别|各(?:是|为|有|占|达|增)|[和与及]|以及|、|,|，|哪些|哪几", question))


_NEWEST = re.compile(r"现在|目前|当前|如今|眼下|最新|最近(?!\d|[一两二三四五六七八九十]年)|现行")


def asks_newest(question: str) -> bool:
    """Whether a question asks how a thing is now, whatever it was before."""
    return bool(_NEWEST.search(fold(question)))


_NEWEST_SAID = re.compile(
    r"(?:截至|截止)?(?:现在|目前|当前|如今|眼下)(?:为止)?(?:能查到的|公布的|已知的)?|最新(?:的)?(?:一[次期轮年月个]的?)?(?:公布|发布|安排|下达|通报|披露)?的?|"
    r"最近(?!\d|[一两二三四五六七八九十]年)(?:的)?(?:一[次期轮年月个]的?)?(?:公布|发布|安排|下达|通报|披露)?的?|现行的?"
)


def without_newest(question: str) -> str:
    """A question without the words that say "as it is now", which no article repeats."""
    plain = re.sub("(?<=[，,])的", "", _NEWEST_SAID.sub("", question))
    return plain.lstrip("，, 的") or question
