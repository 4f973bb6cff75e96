"""What a text tells of the kind of thing that a question asks for, and whether it tells another: a count for a measure, a change for a level."""

from __future__ import annotations

import re

from corpus.language.normalize import fold
from index.kinds import Kind
from index.measure_asked import PER_HEAD
from index.question import ParsedQuestion
from index.spans import SPANS

NOTE_MARK = re.compile(r"[\[［]\d{1,3}[\]］]")
"""The mark of a note, as in "工业总产值[2]51300亿元": no figure."""


_COUNT_IN_WORDS = re.compile(
    r"[一二三四五六七八九十两零〇]{1,10}(?:个|项|条|种|件|座|家|大|次|所|方面|部分|层次)"
)


def things_told(kind: Kind, question: ParsedQuestion, text: str) -> list[tuple[int, int]] | None:
    """Spans of folded `text` that look like an answer of this kind and do not stand in the question; None where looks tell nothing.

    "两个" of "江苏和甘肃两个省份" is no figure of an output.
    """
    pattern = SPANS.get(kind)
    if pattern is None:
        return None
    asked = question.spans(kind)
    text = NOTE_MARK.sub(lambda mark: " " * len(mark.group()), text)
    measured = kind is Kind.AMOUNT and question.measure.is_asked
    return [
        match.span()
        for match in pattern.finditer(text)
        if match.group() not in asked and not (measured and _COUNT_IN_WORDS.fullmatch(match.group()))
    ]


_PERCENT = re.compile(
    r"\d\s*[%％‰倍]|(?<![\d.])0\.\d|百分之|[一二三四五六七八九两几]成|百分点|一半|过半|分之|翻[一两]?番"
)
_MONEY = re.compile(
    r"(?<![单公])元(?![旦宵素件器首老化])|[币金镑]|倍|"
    r"按[^,，。；;]{1,24}(?:[%％]|百分之|[一二三四五六七八九两几\d]成)|"
    r"[%％]的?(?:标准|比例)?(?:给予|发放|计[发征算]|补[助贴]|奖励|收取)|\d\s*[万亿](?![千人辆台颗块吨个项家户件])"
)
"""What answers a question for money: an amount, or a share of one ("按工资的60%发")."""
_ANY_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千两几数半零][万亿个家项条种成倍名人次分番年月天日元块吨斤户件座所部台辆套位处艘架篇岁款周届批册张份克米亩里级]"
)

_YEAR_OR_MONTH = r"(?:19|20)\d{2}年?|\d{1,2}月(?:\d{1,2}[日号])?"


def lacks_figure(question: ParsedQuestion, text: str) -> bool:
    """Whether a question asks for a share or an amount and a text tells no share, or no figure at all besides years and dates."""
    if question.measure.is_percent:
        return not _PERCENT.search(text)
    if question.sure_kind not in {Kind.AMOUNT, Kind.SHARE}:
        return False
    without_dates = re.sub(rf"{_YEAR_OR_MONTH}|\d{{1,2}}[日号]", "", NOTE_MARK.sub("", fold(text)))
    if question.measure.is_asked:
        without_dates = _COUNT_IN_WORDS.sub("", without_dates)
    return not _ANY_FIGURE.search(without_dates)


_TELLS_A_DAY = re.compile(
    r"\d[日号]|\d{1,2}[-/.]\d{1,2}|[一二三四五六七八九十][日号]|[当次同即之][日天]|初[一二三四五六七八九十]|元旦|除夕|\d天|月底|年底"
)


def lacks_day(question: ParsedQuestion, text: str) -> bool:
    """Whether a day is asked for ("截止日期是哪天") and `text` tells none."""
    return question.measure.is_day and not _TELLS_A_DAY.search(fold(text))


_CLAUSE = re.compile(r"[，,；;。]")


def tells_counterpart(question: ParsedQuestion, text: str, around: str) -> bool:
    """Whether one of two that are told side by side is asked for (支出), and folded `text` tells of the other alone (收入).

    What stands `around` it may name the one asked for.
    """
    return any(
        asked in question.folded
        and other not in question.folded
        and other in text
        and asked not in text
        and asked not in around
        for one, two in _COUNTERPARTS
        for asked, other in ((one, two), (two, one))
    )


def tells_other_measure(question: ParsedQuestion, text: str, around: str = "") -> bool:
    """Whether a total is asked for and `text` tells only figures per head, or one per head and neither it nor what stands `around` it does."""
    if question.measure.is_per_head:
        return not PER_HEAD.search(f"{text} {around}")
    if not question.measure.is_total or not PER_HEAD.search(text):
        return False
    dated = re.sub(r"(?:19|20)\d{2}年?", "", fold(text))
    told = [clause for clause in _CLAUSE.split(dated) if re.search(r"\d", clause)]
    return bool(told) and all(PER_HEAD.search(clause) for clause in told)


_COUNTERPARTS = (
    ("收入", "支出"), ("产量", "产值"), ("净利润", "利润总额"), ("铁路", "公路"), ("进口", "出口"), ("城镇", "农村"), ("流入", "流出"), ("男性", "女性"),
    ("出生", "死亡"), ("最高", "最低"), ("资产", "负债"), ("存款", "贷款"),
)  # fmt: skip
"""Pairs of things that have figures of one unit and stand side by side in reports; an answer about the one is none about the other."""
_CHANGE = r"(?:[增减]少?长?加?|下降|降低|上升|提高|扩大|缩小|上涨|下跌|回落|(?<![最至不])[多少])了?(?:约|近|超过?|逾|大约)?"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_GOES_ON_TO_A_LEVEL = re.compile(r"(?:总量|规模|总额|总值)?(?:首次)?(?:达到?了?|为|至|突破|超过?)\D{0,4}\d")
_AFTER_A_CHANGE = re.compile(rf"{_CHANGE}$")


def tells_only_a_change(question: ParsedQuestion, text: str) -> bool:
    """Whether a level is asked for ("能源消耗量是多少") and all that `text` tells of it is by how much it changed ("减少了150吨")."""
    measure = question.measure.level
    if not measure:
        return False
    dated = re.sub(_YEAR_OR_MONTH, "", fold(text))
    clauses = _CLAUSE.split(dated)
    told = [clause for clause in clauses if measure in clause and _FIGURE.search(clause)]
    # "增长3.8%，达45.47万亿元" goes on to the level.
    if any(_GOES_ON_TO_A_LEVEL.match(clause) for clause in clauses):
        return False
    return bool(told) and all(
        _AFTER_A_CHANGE.search(clause[: figure.start()])
        for clause in told
        for figure in _FIGURE.finditer(clause)
    )


_TELLS_A_CHANGE = re.compile(
    r"[增减降升涨跌缩]|提高|扩[大容]|[上下]调|回落|同比|环比|比[^，。]{1,14}[多少高低大小快慢]|翻|倍|[多少]了|"
    r"[由从][^，。]{0,12}\d[^，。]{0,8}(?:调整|提|调|变)[为至到]|调整(?:水平|幅度|为)|[上下]行|[多高少低]\d"
)


def tells_only_a_level(question: ParsedQuestion, text: str) -> bool:
    """Whether by how much something changed is asked for ("债务减少金额是多少") and `text` tells of no change."""
    return question.measure.is_change and not _TELLS_A_CHANGE.search(fold(text))


_COUNTED = frozenset(["人", "家", "户", "名", "辆", "台", "件", "款", "项"])
_WITHOUT_UNIT = re.compile(r"\d\s*[万亿](?=[，,。；;、)）]|$)")
"""A count may be told without what is counted: "网民规模为10.51亿，"."""


_LONG_FIGURE = re.compile(r"\d{8}|\d{1,3}(?:,\d{3}){2}")
"""Hundreds of millions are told in 亿 or 万, or are a long figure."""


def lacks_unit(question: ParsedQuestion, text: str) -> bool:
    """Whether `question` asks for an amount in a unit ("多少美元") in which `text` tells none."""
    measure = question.measure
    if not measure.unit and measure.has_scale:
        folded = fold(text)
        return not any(figure in folded for figure in ("万", "亿")) and not _LONG_FIGURE.search(folded)
    if not measure.unit:
        return measure.is_money and not _MONEY.search(fold(text))
    told = rf"[\d一二三四五六七八九十百千两]\s{{0,2}}[多余几]?\s{{0,2}}[万亿千百十]{{0,6}}[多余]?\s{{0,2}}个?(?:工作)?(?:{measure.units})"
    if measure.unit in _COUNTED and _WITHOUT_UNIT.search(fold(text)):
        return False
    return re.search(told, fold(text)) is None


def tells_another_thing(question: ParsedQuestion, text: str, around: str) -> bool:
    """Whether folded `text`, in what stands `around` it, tells no figure, day, level or change where one is asked for, or that of another measure."""
    return (
        lacks_figure(question, text)
        or tells_other_measure(question, text, around)
        or tells_counterpart(question, text, around)
        or tells_only_a_change(question, text)
        or tells_only_a_level(question, text)
        or lacks_day(question, text)
    )
