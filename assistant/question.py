"""What a question asks for: the kind of thing, and its parts when it asks for several."""

from __future__ import annotations

import re
from enum import Enum

from corpus.clean import fold
from corpus.places import places_in


class Kind(str, Enum):
    """The kind of thing that answers."""

    AMOUNT = "amount"
    SHARE = "share"
    DATE = "date"
    PERSON = "person"
    BODY = "body"
    LIST = "list"
    YES_NO = "yes_no"
    REASON = "reason"
    COMPARE = "compare"
    OTHER = "other"


_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.REASON, r"为什么|为何|原因|怎么会|缘何"),
    (
        Kind.COMPARE,
        r"谁[^，,]{0,6}更|哪个[^，,]{0,6}(?:更|高|低|多|少|快|大)|更[高低多少快大]|相比|差多少|多多少",
    ),
    (Kind.LIST, r"哪些|哪几|有什么|包括什么|几方面|分别是什么|都有谁"),
    (
        Kind.SHARE,
        r"增速|增幅|增长率|增长(?:了)?多少|涨了?多少|降了?多少|占比|比例|比重|百分之|几成|率(?:是|为|达|有|拟|按|定)?(?:多少|几|多高)|同比|[增下]长?降?多少",
    ),
    (Kind.DATE, r"什么时[候间]|何时|哪[一]?[年天月日]|几月|几号|多久|日期|期限|截止|时间是|多会儿|啥时候"),
    (
        Kind.AMOUNT,
        r"多少|几[个家项条种人名款次名万亿届座层倍]|多大|多高|多长|多重|数量|规模|金额|总额|营收$|产量$|数$",
    ),
    (
        Kind.BODY,
        r"哪个?(?:部门|机构|单位|公司|企业|家|所|大学|国家|委)|由谁(?:发布|印发|负责)|哪家|谁(?:发布|印发|出台|牵头|主办|制定)",
    ),
    (Kind.PERSON, r"谁|哪位|何人|姓名|叫什么名字"),
    (Kind.YES_NO, r"吗[?？]?$|是否|是不是|有没有|能否|能不能|可否|可不可以|会不会|要不要"),
)
_AMOUNT_SPAN = (
    r"[0-9０-９][0-9０-９,，.．]*(?:[—\-~～至到][0-9０-９.]+)?\s*(?:余|多|几)?"
    r"(?:(?:[万亿百十]|千(?!瓦|克|米))+)?(?:多|余)?(?:个百分点|个工作日|[%％‰]|[万亿]?(?:元|美元|吨|斤|公斤|人次|人|户|块|颗|片|台|辆|架|艘|家|个|项|条|种|件|款|座|"
    r"公里|平方米|平方公里|立方米|亩|公顷|千瓦时|千瓦|度|小时|天|日|年|个月|倍|次|所|支|部|万|亿|层|章|类|名|位|批|届|岁|套|英寸|纳米|毫米)?)"
)
_SHARE_SPAN = (
    r"(?:百分之[一二三四五六七八九十百零点两]+|[0-9０-９][0-9０-９.．]*\s*(?:[—\-~～至到]\s*[0-9０-９.]+)?\s*"
    r"(?:[%％‰]|个百分点|倍)(?:至[0-9.]+[%％])?|百分之[十几多]+|[一二三四五六七八九]成)"
)
_DATE_SPAN = (
    r"(?:(?:19|20)\d{2}年)?(?:(?:今年|去年|明年|本|上)?\d{1,2}月(?:\d{1,2}[日号])?|(?:上|下)半年|第?[一二三四1-4]季度|年底|年末|初|中旬)"
    r"(?:[—\-~至到]\d{1,2}月?(?:\d{1,2}[日号])?)?|(?:19|20)\d{2}年(?:底|前)?|\d{1,3}(?:个工作日|日|天|个月|年)(?:内|以内)?|今年年底前?"
)
SPANS: dict[Kind, re.Pattern[str]] = {
    Kind.AMOUNT: re.compile(
        _AMOUNT_SPAN
        + "|[一二三四五六七八九十百千万亿两零〇]{1,10}(?:余|多)?(?:亿|万|千|百)?(?:元|吨|斤|人|户|家|个|项|条|种|件|座|大|天|日|年|倍|次|所|方面|部分|层次)"
    ),
    Kind.SHARE: re.compile(_SHARE_SPAN),
    Kind.DATE: re.compile(_DATE_SPAN),
}
"""What an answer of a kind looks like in a sentence."""

_ASKS = re.compile(
    r"多少|几|什么|哪|谁|何时|为何|如何|怎[么样]|吗|呢|是否|是不是|有没有|多[大高长久]|增速|占比|[?？]"
)


def kind_of(question: str) -> Kind:
    """The kind of thing `question` asks for."""
    folded = fold(question).strip()
    for kind, pattern in _KINDS:
        if re.search(pattern, folded):
            return kind
    return Kind.OTHER


def parts_of(question: str) -> list[str]:
    """The questions inside a question: one for each place it compares, or for each clause that asks.

    A question that asks one thing is returned as it is, alone.
    """
    places = places_in(question)
    several = re.search(r"[和与跟、及]|分别|各|还是|相比|比", question)
    if 2 <= len(places) <= 5 and several and kind_of(question) is not Kind.YES_NO:
        parts = [_only_place(question, place, places) for place in places]
        if all(parts):
            return parts
    clauses = [clause.strip() for clause in re.split(r"[,，;；?？]", question) if clause.strip()]
    if len(clauses) == 2 and all(_ASKS.search(clause) and len(clause) >= 3 for clause in clauses):
        return clauses
    return [question]


def _only_place(question: str, kept: str, places: list[str]) -> str:
    """`question` with the run of joined places ("上海和江苏") cut down to one of them."""
    names = "|".join(re.escape(place) for place in places)
    run = re.compile(rf"(?:{names})(?:省|市)?(?:(?:[和与跟、及]|以及|还是)(?:{names})(?:省|市)?)+")
    if not run.search(question):
        return ""
    return re.sub(r"分别|各自|各", "", run.sub(kept, question))


def names_no_topic(question: str) -> bool:
    """Whether a question asks about a place or a year but not what of it: "那湖北呢?" with nothing said before."""
    topic = re.sub(r"(?:19|20)\d{2}年?|那么?|呢|吗|怎么样|如何|[,，?？。\s]", "", fold(question))
    for place in sorted(places_in(topic), key=len, reverse=True):
        topic = re.sub(rf"{re.escape(place)}[省市区]?", "", topic)
    return not topic


def asks_several(question: str) -> bool:
    """Whether one sentence may not be enough: "产量和增速各是多少"."""
    return bool(re.search(r"分别|各(?:是|为|有|占|达|增)|[和与及]|以及|、|,|，|哪些|哪几", question))


_ASKED_UNIT = re.compile(
    r"(?:多少|几)[万亿千百]*(美元|元|块钱|钱|公斤|斤|吨|公里|颗|家|人|户|亩|辆|台|件|款|项|名|所|座|千瓦时|小时|个月|天|日|年|倍|层|次|桶|纳米)"
)
_SAME_UNIT = {
    "钱": "元|美元", "块钱": "元|美元", "家": "家|户|个", "人": "人|名|位", "名": "人|名|位", "辆": "辆|台",
    "台": "台|辆", "天": "天|日", "日": "天|日", "件": "件|台|部", "斤": "斤|公斤|吨", "吨": "吨|斤", "年": "年|个月",
}  # fmt: skip


def lacks_unit(question: str, text: str) -> bool:
    """Whether `question` asks for an amount in a unit ("多少美元") in which `text` tells none."""
    match = _ASKED_UNIT.search(fold(question))
    if match is None:
        return False
    unit = _SAME_UNIT.get(match.group(1), match.group(1))
    told = rf"[\d一二三四五六七八九十百千两]\s*[多余几]?\s*[万亿千百十]*[多余]?\s*个?(?:工作)?(?:{unit})"
    return re.search(told, fold(text)) is None
