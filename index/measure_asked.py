"""What a question asks of something measured: which measure, in which unit, as a share, a change or a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from index.aim import names_goal
from index.question_heads import MONEY, heads
from index.question_text import QuestionText
from index.words import content_words

MEASURE = re.compile(
    r"(?:[量额率值]|[出进]口|里程|投入|产[值能]|营收|利润|收入|支出|总[值产]|规模|数量?|面积|单产|总产|亩产|增加值|增[速幅长]|涨幅|占?比[重例]?|份额|"
    r"装机|人[口数次]|就业|赤字|[存贷]款|投资|债务|储量|价格?|目标|预期|[上下]限|门槛|起点|标准|期限|日期|年限|进度|外币|人民币|定义|时间|[a-z])"
    r"(?:目标|增速|增幅)?$"
)
"""How the name of something that is measured ends: "集成电路产量", "城镇新增就业", "赤字率"."""
_ASKS_HOW_MUCH = re.compile(
    r"(?:分别|各|一共|总共|大约|约|已经|已)?(?:是|为|有|达到?了?)?(?:多少|几何|多大)(?:亿|万)?(?:元|块|吨|斤|美元)?[?？。]*$"
)
_ASKED_UNIT = re.compile(
    r"(?:多少|(?<![那这前头近过好])几)[万亿千百]*(美元|元|块钱|钱|公斤|斤|吨|公里|颗|家|人|户|亩|辆|台|件|款|项|名|所|座|千瓦时|小时|个月|天|日|年|倍|层|次|桶|纳米)"
)
_SAME_UNIT = {
    "钱": "元|美元", "块钱": "元|美元", "人": "人|名|位", "名": "人|名|位", "辆": "辆|台",
    "台": "台|辆|套|部", "天": "天|日", "日": "天|日", "斤": "斤|公斤|吨", "吨": "吨|斤", "年": "年|个月",
    "家": "家|户|个|所", "所": "所|家|个", "座": "座|个|处", "件": "件|台|部|项|个|篇", "项": "项|件|个|条", "款": "款|个|种|项",
}  # fmt: skip
"""The units that a figure may have where one is asked for; how things are counted differs from text to text (217项专利)."""
_ASKED_SCALE = re.compile(r"(?:多少|几)(?:[十百千]?亿|[十百千]万|千亿|万亿)(?=$|[，,。?？；;])")
_ASKS_PERCENT = re.compile(
    r"百分之[几多]|百分比|(?:几|多少)个(?:百分)?点|几成|[占比率](?:现在|目前)?(?:是|为|有|达到?)?(?:多少|几|多高)"
)
_ASKS_MONEY = 0.7
"""From which likelihood on a question asks for money."""
_ASKS_THE_DAY = re.compile(r"哪一?[天日](?!起?以[前后])|几号|几月几[日号]|何日")
PER_HEAD = re.compile(r"人均|平均每人|每人平均")
_OF_THE_WHOLE = re.compile(r"国内生产总值|GDP|生产总值|总量|总额|总值|总规模", re.IGNORECASE)
_ASKS_A_CHANGE = re.compile(
    "增|减|涨|降|升|多了|少了|提高|扩大|缩小|变化|节约|上调|下调|相差|差[多距]|[比较]"
)
_ASKS_THE_CHANGE = re.compile(
    r"(?:减少|下降|降低|增加|提高|扩大|缩小|上[升调]|下调)(?:了?(?:多少|几)|的?(?:金额|额|幅度|数量|规模)(?:是|为|有|达)(?:多少|几))"
)
_ASKED_MEASURE = re.compile(
    r"的(?P<measure>[^的，,。?？\d]{2,10}?)(?:总共|一共|合计|大约|约)?(?:是|为|达到?了?)多少[^，,。?？]{0,3}[?？。]*$"
)
_SAYS_HOW_MUCH = re.compile(
    r"总?(?:规模|总量|数量|金额|总额|总值|水平|情况|数值|数据|指标)|占比|比重|比例|比率|增速|增幅|涨幅|增长率|目标|平均|累计|全年|同比|底线|[上下]限|红线|门槛"
)
_ENDS_A_MEASURE = re.compile(r"(?<=.{2})[量额率数值度]$")
_SHORTEST_MEASURE = 2


@dataclass(frozen=True)
class MeasureAsked(QuestionText):
    """What a question asks of something measured; each fact is read when it is first needed."""

    @cached_property
    def before_how_much(self) -> str:
        """What stands, folded, before "是多少" ("集成电路产量"); empty where the question does not end so."""
        plain = self.folded.strip()
        asked = _ASKS_HOW_MUCH.search(plain)
        return plain[: asked.start()] if asked else ""

    @cached_property
    def is_asked(self) -> bool:
        """Whether how much of something is asked for ("集成电路产量是多少"), which no count of things answers."""
        return bool(MEASURE.search(self.before_how_much))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words for what is measured in "…的员工满意度是多少?" ("员工", "满意"); none of other questions.

        Endings that others put otherwise are left out.
        """
        match = _ASKED_MEASURE.search(self.folded.strip())
        if match is None:
            return ()
        plain = _SAYS_HOW_MUCH.sub(" ", match.group("measure"))
        return tuple(_ENDS_A_MEASURE.sub("", word) for word in content_words(plain))

    @cached_property
    def level(self) -> str:
        """What is measured, where a level is asked for ("能源消耗量是多少": 能源消耗); empty for changes and goals."""
        if not self.is_asked or _ASKS_A_CHANGE.search(self.text):
            return ""
        words = content_words(self.before_how_much)
        measure = _ENDS_A_MEASURE.sub("", words[-1]) if words else ""
        return "" if len(measure) < _SHORTEST_MEASURE or names_goal(measure) else measure

    @cached_property
    def is_change(self) -> bool:
        """Whether by how much something changed is asked for: "债务减少金额是多少"."""
        return bool(_ASKS_THE_CHANGE.search(self.folded))

    @cached_property
    def is_percent(self) -> bool:
        """Whether a share is asked for in so many words: "占几成"."""
        return bool(_ASKS_PERCENT.search(self.folded))

    @cached_property
    def is_day(self) -> bool:
        """Whether a day is asked for: "截止日期是哪天"."""
        return bool(_ASKS_THE_DAY.search(self.folded))

    @cached_property
    def is_per_head(self) -> bool:
        """Whether a figure per head is asked for."""
        return bool(PER_HEAD.search(self.text))

    @cached_property
    def is_total(self) -> bool:
        """Whether a total is asked for: "国内生产总值"."""
        return bool(_OF_THE_WHOLE.search(self.text))

    @cached_property
    def unit(self) -> str:
        """The unit in which an amount is asked for ("多少美元": 美元); empty where the question names none."""
        match = _ASKED_UNIT.search(self.folded)
        return match.group(1) if match else ""

    @cached_property
    def units(self) -> str:
        """The pattern of the units that may stand for the one asked for: "家|户|个"."""
        return _SAME_UNIT.get(self.unit, self.unit)

    @cached_property
    def has_scale(self) -> bool:
        """Whether an amount is asked for in a scale alone: "多少亿"."""
        return bool(_ASKED_SCALE.search(self.folded))

    @cached_property
    def is_money(self) -> bool:
        """Whether an amount of money is asked for without its unit: "净利润是多少"."""
        return heads().read(self.text)[MONEY] >= _ASKS_MONEY
