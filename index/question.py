"""What a question asks for: the kind of thing, and its parts when it asks for several."""

from __future__ import annotations

import re
from enum import Enum

from corpus.clean import fold
from corpus.places import places_in
from corpus.time_frame import years_in
from index.words import content_words


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
_NAMES = re.compile(r"《[^》]+》|[a-z][a-z0-9\-.]*[a-z0-9]|[a-z]|(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.SUMMARY,
        r"总结|概括|摘要|概述|综述|梳理|归纳|简要介绍|介绍一下|简述|(?:主要|都|大致|大概)?(?:讲|说|写|谈)了(?:些)?什么|主要内容|核心内容|大意|要点(?=[^，,]{0,4}[?？。]?$)|串起来|汇总",
    ),
    (
        Kind.DOCUMENT,
        r"哪[一]?[份部项件](?:[^，,。?？]{0,6})?(?:文件|方案|规定|办法|规章|条例|法律|法规|规划|意见|通知|报告|指南|细则|政策)|(?:哪[一]?个|什么)(?:文件|法规|规章|办法|条例)|"
        r"(?:依据|根据|出处)(?:的?是|为)?(?:什么|哪)|(?:出自|见于|来自|写在|规定在|载于)(?:哪(?!个?部门)|什么)",
    ),
    (Kind.REASON, r"为什么|为何|原因|怎么会|缘何"),
    (
        Kind.COMPARE,
        r"谁[^，,]{0,6}更|哪个[^，,]{0,6}(?:更|高|低|多|少|快|大)|更[高低多少快大]|相比|差多少|多多少",
    ),
    (Kind.HOW, r"怎么[^样]|怎样|如何|通过什么|靠什么|用什么(?:办法|方式|手段)|什么(?:办法|措施|方式|途径)"),
    (Kind.LIST, r"哪些|哪几|有什么|包括什么|几方面|分别是什么|都有谁"),
    (
        Kind.SHARE,
        r"增速|增幅|增长率|增长(?:了)?多少|涨了?多少|降了?多少|占比|比例|比重|百分之|几成|率(?:是|为|达|有|拟|按|定)?(?:多少|几|多高)|同比|[增下]长?降?多少|[增涨降]得有?多[快高少]",
    ),
    (Kind.DATE, r"什么时[候间]|何时|哪[一]?[年天月日]|几月|几号|多久|日期|期限|截止|时间是|多会儿|啥时候"),
    (
        Kind.AMOUNT,
        r"多少|几[个家项条种人名款次名万亿届座层倍]|多大|多高|多长|多重|数量|规模|体量|金额|总额|哪个(?:关口|大关)|什么(?:关口|台阶)|营收$|产量$|数$",
    ),
    (
        Kind.BODY,
        r"哪个?(?:部门|机构|单位|公司|企业|家|所|大学|国家|委)|由谁(?:发布|印发|负责)|哪家|谁(?:发布|印发|出台|牵头|主办|制定)",
    ),
    (Kind.PERSON, r"谁|哪位|何人|姓名|叫什么名字"),
    (
        Kind.YES_NO,
        r"吗[?？]?$|是否|是不是|有没有|能否|能不能|可否|可不可以|会不会|要不要|行不行|够不够|了没有?|合规吗",
    ),
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
    measured = kind is Kind.AMOUNT and asks_for_a_measure(question)
    return [
        match.span()
        for match in pattern.finditer(text)
        if match.group() not in asked and not (measured and _COUNT_IN_WORDS.fullmatch(match.group()))
    ]


MEASURE = re.compile(
    r"(?:[量额率值]|[出进]口|里程|投入|产[值能]|营收|利润|收入|支出|总[值产]|规模|数量?|面积|单产|总产|亩产|增加值|增[速幅长]|涨幅|占?比[重例]?|份额|"
    r"装机|人[口数次]|就业|赤字|[存贷]款|投资|债务|储量|价格?|目标|预期|[上下]限|门槛|起点|标准|期限|日期|年限|进度|外币|人民币|定义|时间|[a-z])"
    r"(?:目标|增速|增幅)?$"
)
"""How the name of something that is measured ends: "集成电路产量", "城镇新增就业", "赤字率"."""


_ASKS_HOW_MUCH = re.compile(
    r"(?:分别|各|一共|总共|大约|约|已经|已)?(?:是|为|有|达到?了?)?(?:多少|几何|多大)(?:亿|万)?(?:元|块|吨|斤|美元)?[?？。]*$"
)


def asks_for_a_measure(question: str) -> bool:
    """Whether how much of something measured is asked for ("集成电路产量是多少"), which no count of things answers."""
    folded = fold(question).strip()
    asked = _ASKS_HOW_MUCH.search(folded)
    return asked is not None and bool(MEASURE.search(folded[: asked.start()]))


def kind_of(question: str) -> Kind:
    """The kind of thing `question` asks for."""
    folded = fold(question).strip()
    for kind, pattern in _KINDS:
        if re.search(pattern, folded):
            return kind
    return Kind.OTHER


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
_MONEY = re.compile(r"元|[币金镑]|倍|\d\s*[万亿](?![千人辆台颗块吨个项家户件])")
_ANY_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两几数半零][万亿个家项条种成倍名人次分番年月天日]")


def lacks_figure(question: str, text: str) -> bool:
    """Whether a question asks for a share or an amount and a text tells no share, or no figure at all besides years and dates."""
    folded = fold(question)
    if _ASKS_PERCENT.search(folded):
        return not _PERCENT.search(text)
    if kind_of(question) not in {Kind.AMOUNT, Kind.SHARE}:
        return False
    without_dates = re.sub(r"(?:19|20)\d{2}年?|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]", "", fold(text))
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
_AFTER_A_CHANGE = re.compile(rf"{_CHANGE}$")


def tells_only_a_change(question: str, text: str) -> bool:
    """Whether a level is asked for ("能源消耗量是多少") and all that `text` tells of it is by how much it changed ("减少了150吨")."""
    asked = _ASKS_HOW_MUCH.search(fold(question).strip())
    if asked is None or _ASKS_A_CHANGE.search(question):
        return False
    stem = fold(question).strip()[: asked.start()]
    measure = _ENDS_A_MEASURE.sub("", next(iter(content_words(stem)[::-1]), ""))
    if len(measure) < _SHORTEST_MEASURE or not MEASURE.search(stem) or _GOAL_NAMED.search(measure):
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


_SHORTEST_MEASURE = 2
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


def lacks_unit(question: str, text: str) -> bool:
    """Whether `question` asks for an amount in a unit ("多少美元") in which `text` tells none."""
    match = _ASKED_UNIT.search(fold(question))
    if match is None:
        return bool(_ASKS_MONEY.search(fold(question))) and not _MONEY.search(fold(text))
    unit = _SAME_UNIT.get(match.group(1), match.group(1))
    told = rf"[\d一二三四五六七八九十百千两]\s*[多余几]?\s*[万亿千百十]*[多余]?\s*个?(?:工作)?(?:{unit})"
    if match.group(1) in _COUNTED and _WITHOUT_UNIT.search(fold(text)):
        return False
    return re.search(told, fold(text)) is None
