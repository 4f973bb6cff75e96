"""What a text tells of the kind of thing that a question asks for, and whether it tells another: a count for a measure, a change for a level."""

from __future__ import annotations

import re

from corpus.language.normalize import fold
from index.question import Kind, asks_for_a_measure, before_how_much, names_goal, sure_kind_of
from index.words import content_words

_AMOUNT_SPAN = (
    r"[0-9０-９][0-9０-９,，.．]*(?:[—\-~～至到][0-9０-９.]+)?\s*(?:余|多|几)?"
    r"(?:(?:[万亿百十]|千(?!瓦|克|米))+)?(?:多|余)?(?:个百分点|个工作日|[%％‰]|[万亿]?(?:元|美元|吨|斤|公斤|人次|人|户|块|颗|片|台|辆|架|艘|家|个|项|条|种|件|款|座|"
    r"公里|平方米|平方公里|立方米|亩|公顷|千瓦时|千瓦|度|小时|天|日|年|个月|倍|次|所|支|部|万|亿|层|章|类|名|位|批|届|岁|套|英寸|纳米|毫米)?)"
)
_SHARE_SPAN = (
    r"(?:百分之[一二三四五六七八九十百零点两]+|[0-9０-９][0-9０-９.．]{0,24}\s{0,2}(?:[—\-~～至到]\s{0,2}[0-9０-９.]{1,24})?\s{0,2}"
    r"(?:[%％‰]|个百分点|倍)(?:至[0-9.]{1,24}[%％])?|百分之[十几多]+|[一二三四五六七八九]成)"
)
_DATE_SPAN = (
    r"(?:(?:19|20)\d{2}年)?(?:(?:今年|去年|明年|本|上)?\d{1,2}月(?:\d{1,2}[日号])?|(?:上|下)半年|第?[一二三四1-4]季度|年底|年末|初|中旬)"
    r"(?:[—\-~至到]\d{1,2}月?(?:\d{1,2}[日号])?)?|(?:19|20)\d{2}年(?:底|前)?|\d{1,3}(?:个工作日|日|天|个月|年)(?:内|以内)?|今年年底前?"
)
NOTE_MARK = re.compile(r"[\[［]\d{1,3}[\]］]")
"""The mark of a note, as in "工业总产值[2]51300亿元": no figure."""
SPANS: dict[Kind, re.Pattern[str]] = {
    Kind.AMOUNT: re.compile(
        _AMOUNT_SPAN
        + "|[一二三四五六七八九十百千万亿两零〇]{1,10}(?:余|多)?(?:亿|万|千|百)?(?:元|吨|斤|人|户|家|个|项|条|种|件|座|大|天|日|年|倍|次|所|部(?![分门委])|台|辆|套|名|位|处|艘|架|篇|岁|方面|部分|层次)"
    ),
    Kind.SHARE: re.compile(_SHARE_SPAN),
    Kind.DATE: re.compile(_DATE_SPAN),
}
"""What an answer of a kind looks like in a sentence."""


_COUNT_IN_WORDS = re.compile(
    r"[一二三四五六七八九十两零〇]{1,10}(?:个|项|条|种|件|座|家|大|次|所|方面|部分|层次)"
)


def things_told(kind: Kind, question: str, text: str) -> list[tuple[int, int]] | None:
    """Spans of folded `text` that look like an answer of this kind and do not stand in the question; None where looks tell nothing.

    "两个" of "江苏和甘肃两个省份" is no figure of an output.
    """
    pattern = SPANS.get(kind)
    if pattern is None:
        return None
    asked = set(pattern.findall(fold(question)))
    text = NOTE_MARK.sub(lambda mark: " " * len(mark.group()), text)
    measured = kind is Kind.AMOUNT and asks_for_a_measure(question)
    return [
        match.span()
        for match in pattern.finditer(text)
        if match.group() not in asked and not (measured and _COUNT_IN_WORDS.fullmatch(match.group()))
    ]


_ASKED_UNIT = re.compile(
    r"(?:多少|(?<![那这前头近过好])几)[万亿千百]*(美元|元|块钱|钱|公斤|斤|吨|公里|颗|家|人|户|亩|辆|台|件|款|项|名|所|座|千瓦时|小时|个月|天|日|年|倍|层|次|桶|纳米)"
)
_SAME_UNIT = {
    "钱": "元|美元", "块钱": "元|美元", "家": "家|户|个", "人": "人|名|位", "名": "人|名|位", "辆": "辆|台",
    "台": "台|辆", "天": "天|日", "日": "天|日", "件": "件|台|部", "斤": "斤|公斤|吨", "吨": "吨|斤", "年": "年|个月",
}  # fmt: skip


_ASKS_PERCENT = re.compile(
    r"百分之[几多]|百分比|几个百分点|几成|[占比率](?:现在|目前)?(?:是|为|有|达到?)?(?:多少|几|多高)"
)
_PERCENT = re.compile(
    r"\d\s*[%％‰倍]|(?<![\d.])0\.\d|百分之|[一二三四五六七八九两几]成|百分点|一半|过半|分之|翻[一两]?番"
)
_ASKS_MONEY = re.compile(
    r"(?:净?利润|营收|营业收入|销售额|投资额|成交额|奖励|补贴|罚款|资本|赤字规模)(?:总额|金额)?(?:是|为|有|达到?)?多少[^一-龥]*$"
)
_SPENT = re.compile(r"(?:花|卖|挣|赚|罚|赔|缴)了?多少(?:钱)?(?=$|[?？，,。；;])")
_MONEY = re.compile(r"元|[币金镑]|倍|\d\s*[万亿](?![千人辆台颗块吨个项家户件])")
_ANY_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千两几数半零][万亿个家项条种成倍名人次分番年月天日元块吨斤户件座所部台辆套位处艘架篇岁款周届批册张份克米亩里级]"
)


def lacks_figure(question: str, text: str) -> bool:
    """Whether a question asks for a share or an amount and a text tells no share, or no figure at all besides years and dates."""
    folded = fold(question)
    if _ASKS_PERCENT.search(folded):
        return not _PERCENT.search(text)
    if sure_kind_of(question) not in {Kind.AMOUNT, Kind.SHARE}:
        return False
    without_dates = re.sub(
        r"(?:19|20)\d{2}年?|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]", "", NOTE_MARK.sub("", fold(text))
    )
    if asks_for_a_measure(question):
        without_dates = _COUNT_IN_WORDS.sub("", without_dates)
    return not _ANY_FIGURE.search(without_dates)


_ASKS_THE_DAY = re.compile(r"哪一?[天日](?!起?以[前后])|几号|几月几[日号]|何日")
_TELLS_A_DAY = re.compile(
    r"\d[日号]|\d{1,2}[-/.]\d{1,2}|[一二三四五六七八九十][日号]|[当次同即之][日天]|初[一二三四五六七八九十]|元旦|除夕|\d天|月底|年底"
)


def lacks_day(question: str, text: str) -> bool:
    """Whether a day is asked for ("截止日期是哪天") and `text` tells none."""
    return bool(_ASKS_THE_DAY.search(fold(question))) and not _TELLS_A_DAY.search(fold(text))


_PER_HEAD = re.compile(r"人均|平均每人|每人平均")
_OF_THE_WHOLE = re.compile(r"国内生产总值|GDP|生产总值|总量|总额|总值|总规模", re.IGNORECASE)
_CLAUSE = re.compile(r"[，,；;。]")


def tells_other_measure(question: str, text: str, around: str = "") -> bool:
    """Whether a total is asked for and `text` tells only figures per head, or one per head and neither it nor what stands `around` it does."""
    if _PER_HEAD.search(question):
        return not _PER_HEAD.search(f"{text} {around}")
    if not _OF_THE_WHOLE.search(question) or not _PER_HEAD.search(text):
        return False
    dated = re.sub(r"(?:19|20)\d{2}年?", "", fold(text))
    told = [clause for clause in _CLAUSE.split(dated) if re.search(r"\d", clause)]
    return bool(told) and all(_PER_HEAD.search(clause) for clause in told)


_CHANGE = r"(?:[增减]少?长?加?|下降|降低|上升|提高|扩大|缩小|上涨|下跌|回落|(?<![最至不])[多少])了?(?:约|近|超过?|逾|大约)?"
_ASKS_A_CHANGE = re.compile(
    "增|减|涨|降|升|多了|少了|提高|扩大|缩小|变化|节约|上调|下调|相差|差[多距]|[比较]"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_GOES_ON_TO_A_LEVEL = re.compile(r"(?:总量|规模|总额|总值)?(?:首次)?(?:达到?了?|为|至|突破|超过?)\D{0,4}\d")
_SHORTEST_MEASURE = 2
_AFTER_A_CHANGE = re.compile(rf"{_CHANGE}$")


def tells_only_a_change(question: str, text: str) -> bool:
    """Whether a level is asked for ("能源消耗量是多少") and all that `text` tells of it is by how much it changed ("减少了150吨")."""
    if not asks_for_a_measure(question) or _ASKS_A_CHANGE.search(question):
        return False
    words = content_words(before_how_much(question))
    measure = _ENDS_A_MEASURE.sub("", words[-1]) if words else ""
    if len(measure) < _SHORTEST_MEASURE or names_goal(measure):
        return False
    dated = re.sub(r"(?:19|20)\d{2}年?|\d{1,2}月(?:\d{1,2}[日号])?", "", fold(text))
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


_ASKS_THE_CHANGE = re.compile(
    r"(?:减少|下降|降低|增加|提高|扩大|缩小|上[升调]|下调)(?:了?(?:多少|几)|的?(?:金额|额|幅度|数量|规模)(?:是|为|有|达)(?:多少|几))"
)
_TELLS_A_CHANGE = re.compile(
    r"[增减降升涨跌缩]|提高|扩[大容]|[上下]调|回落|同比|环比|比[^，。]{1,14}[多少高低大小快慢]|翻|倍|[多少]了|"
    r"[由从][^，。]{0,12}\d[^，。]{0,8}(?:调整|提|调|变)[为至到]|调整(?:水平|幅度|为)|[上下]行|[多高少低]\d"
)


def tells_only_a_level(question: str, text: str) -> bool:
    """Whether by how much something changed is asked for ("债务减少金额是多少") and `text` tells of no change."""
    return bool(_ASKS_THE_CHANGE.search(fold(question))) and not _TELLS_A_CHANGE.search(fold(text))


_ASKED_MEASURE = re.compile(
    r"的(?P<measure>[^的，,。?？\d]{2,10}?)(?:总共|一共|合计|大约|约)?(?:是|为|达到?了?)多少[^，,。?？]{0,3}[?？。]*$"
)
_SAYS_HOW_MUCH = re.compile(
    r"总?(?:规模|总量|数量|金额|总额|总值|水平|情况|数值|数据|指标)|占比|比重|比例|比率|增速|增幅|涨幅|增长率|目标|平均|累计|全年|同比|底线|[上下]限|红线|门槛"
)
_ENDS_A_MEASURE = re.compile(r"(?<=.{2})[量额率数值度]$")


def asked_measure(question: str) -> list[str]:
    """The words for what is measured in "…的员工满意度是多少?", without endings that others put otherwise ("员工", "满意"); empty for
    other questions.
    """
    match = _ASKED_MEASURE.search(fold(question).strip())
    if match is None:
        return []
    plain = _SAYS_HOW_MUCH.sub(" ", match.group("measure"))
    return [_ENDS_A_MEASURE.sub("", word) for word in content_words(plain)]


_COUNTED = frozenset(["人", "家", "户", "名", "辆", "台", "件", "款", "项"])
_WITHOUT_UNIT = re.compile(r"\d\s*[万亿](?=[，,。；;、)）]|$)")
"""A count may be told without what is counted: "网民规模为10.51亿，"."""


_ASKED_SCALE = re.compile(r"(?:多少|几)(?:[十百千]?亿|[十百千]万|千亿|万亿)(?=$|[，,。?？；;])")
_LONG_FIGURE = re.compile(r"\d{8}|\d{1,3}(?:,\d{3}){2}")
"""Hundreds of millions are told in 亿 or 万, or are a long figure."""


def lacks_unit(question: str, text: str) -> bool:
    """Whether `question` asks for an amount in a unit ("多少美元") in which `text` tells none."""
    match = _ASKED_UNIT.search(fold(question))
    if match is None and _ASKED_SCALE.search(fold(question)):
        return not any(figure in fold(text) for figure in ("万", "亿")) and not _LONG_FIGURE.search(
            fold(text)
        )
    if match is None:
        asks_money = _ASKS_MONEY.search(fold(question)) or _SPENT.search(fold(question))
        return bool(asks_money) and not _MONEY.search(fold(text))
    unit = _SAME_UNIT.get(match.group(1), match.group(1))
    told = rf"[\d一二三四五六七八九十百千两]\s{{0,2}}[多余几]?\s{{0,2}}[万亿千百十]{{0,6}}[多余]?\s{{0,2}}个?(?:工作)?(?:{unit})"
    if match.group(1) in _COUNTED and _WITHOUT_UNIT.search(fold(text)):
        return False
    return re.search(told, fold(text)) is None


def tells_another_thing(question: str, text: str, around: str) -> bool:
    """Whether folded `text`, in what stands `around` it, tells no figure, day, level or change where one is asked for, or that of another measure."""
    return (
        lacks_figure(question, text)
        or tells_other_measure(question, text, around)
        or tells_only_a_change(question, text)
        or tells_only_a_level(question, text)
        or lacks_day(question, text)
    )
