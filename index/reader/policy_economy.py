"""Made-up bulletins on the economy with questions in other words than theirs, for training. Nothing here is a fact.

A bulletin tells several measures of one stretch of time. A question asks for one of them by another of its names ("物价涨了
多少" for 居民消费价格); near misses tell it of another time or place, tell the goal in place of the result, tell only its
growth in place of its amount, or tell everything but it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """How a measure is called in bulletins and by people, its unit, and the range of its figures."""

    told: tuple[str, ...]
    asked: tuple[str, ...]
    unit: str
    low: float
    high: float
    digits: int = 0
    growth_asked: tuple[str, ...] = ()
    """How its growth is asked for; none for what has no growth of its own."""


MEASURES = [
    Measure(("国内生产总值", "国内生产总值（GDP）", "GDP", "经济总量"), ("GDP", "国内生产总值", "经济总量", "经济规模"), "亿元", 200000, 1500000, 0, ("经济增长了多少", "GDP增速", "经济增长率是多少", "经济增速多少", "国内生产总值增长多少")),
    Measure(("城镇新增就业",), ("城镇新增就业多少人", "新增了多少城镇就业岗位", "城镇里新增就业人数", "城镇新增就业"), "万人", 200, 1400),
    Measure(("城镇调查失业率", "全国城镇调查失业率平均值"), ("失业率", "城镇调查失业率", "城镇失业的比例"), "%", 4, 7, 1),
    Measure(("居民消费价格", "居民消费价格指数（CPI）", "CPI", "全国居民消费价格"), (), "", 0, 1, 0, ("物价涨了多少", "CPI涨幅", "居民消费价格上涨多少", "通胀率是多少")),
    Measure(("粮食总产量", "粮食产量"), ("粮食产量", "粮食总产量", "打了多少粮食", "粮食收了多少"), "亿斤", 10000, 14500, 0, ("粮食产量增长多少", "粮食增产幅度")),
    Measure(("社会消费品零售总额",), ("社零总额", "社会消费品零售总额", "消费市场规模", "社零"), "亿元", 30000, 520000, 0, ("社零增速", "消费增长了多少", "社会消费品零售总额增长多少")),
    Measure(("货物进出口总额", "货物贸易进出口总值", "外贸进出口总值"), ("外贸总额", "进出口总额", "外贸规模", "货物贸易总值"), "万亿元", 5, 48, 2, ("外贸增长多少", "进出口增速", "外贸增幅")),
    Measure(("出口", "货物出口"), ("出口额", "出口总额", "出口了多少钱的货"), "万亿元", 3, 28, 2, ("出口增速", "出口增长多少")),
    Measure(("全社会用电量",), ("用电量", "全社会用电量", "一共用了多少电", "耗电量"), "亿千瓦时", 6000, 110000, 0, ("用电量增速", "用电增长多少")),
    Measure(("居民人均可支配收入", "全国居民人均可支配收入"), ("人均收入", "居民人均可支配收入", "老百姓人均挣多少"), "元", 20000, 45000, 0, ("居民收入增长多少", "人均可支配收入增速")),
    Measure(("研究与试验发展（R&D）经费支出", "研发经费", "全社会研发投入"), ("研发投入", "研发经费", "花了多少钱搞研发"), "亿元", 10000, 40000, 0, ("研发经费增长多少", "研发投入增速")),
    Measure(("固定资产投资", "全国固定资产投资（不含农户）"), ("固定资产投资额", "固定资产投资", "投资规模"), "亿元", 100000, 520000, 0, ("固定资产投资增速", "投资增长多少")),
    Measure(("规模以上工业增加值",), (), "", 0, 1, 0, ("工业增长多少", "规上工业增加值增速", "工业增加值增幅")),
    Measure(("新能源汽车销量", "新能源汽车产量"), ("新能源汽车卖了多少辆", "新能源车销量", "新能源汽车产销规模"), "万辆", 50, 1700, 1, ("新能源车销量增长多少", "新能源汽车增速")),
    Measure(("集成电路产量",), ("芯片产量", "集成电路产量", "造了多少芯片"), "亿块", 500, 5000, 1, ("芯片产量增速", "集成电路产量增长多少")),
    Measure(("快递业务量",), ("快递量", "快递业务量", "收发了多少件快递"), "亿件", 100, 2000, 1, ("快递增速", "快递业务量增长多少")),
    Measure(("外汇储备余额", "国家外汇储备"), ("外汇储备", "外储规模", "外汇储备余额"), "亿美元", 10000, 40000),
    Measure(("出生人口",), ("出生人口", "生了多少孩子", "新出生多少人"), "万人", 700, 1900),
    Measure(("常住人口城镇化率",), ("城镇化率", "城市化率"), "%", 40, 70, 2),
    Measure(("赤字率",), ("赤字率", "财政赤字占GDP的比重"), "%", 2, 4.5, 1),
    Measure(("地方政府专项债券", "新增地方政府专项债券"), ("专项债额度", "地方专项债规模", "地方政府专项债券"), "万亿元", 1, 5, 2),
    Measure(("铁路固定资产投资", "全国铁路完成固定资产投资"), ("铁路投资", "修铁路投了多少钱", "铁路固定资产投资"), "亿元", 300, 9000, 0, ("铁路投资增速", "铁路投资增长多少")),
    Measure(("服务业增加值", "第三产业增加值"), ("服务业规模", "服务业增加值", "第三产业产值"), "亿元", 50000, 800000, 0, ("服务业增速", "服务业增长多少")),
    Measure(("一般公共预算收入", "全国一般公共预算收入"), ("财政收入", "一般公共预算收入"), "亿元", 50000, 230000, 0, ("财政收入增速", "财政收入增长多少")),
]  # fmt: skip
_ARRANGED = ("赤字率", "地方政府专项债券")
"""What a report sets and no one measures afterwards: asked for, it is what was set."""
_PERIODS = ("", "", "", "一季度", "上半年", "前三季度", "1—2月", "5月份", "1至4月", "四季度")
_ASKED_PERIODS = {
    "一季度": ("一季度", "头三个月", "第一季度"), "上半年": ("上半年", "前六个月"), "前三季度": ("前三季度", "头九个月"), "1—2月": ("头两个月", "1到2月"),
    "5月份": ("5月", "5月份"), "1至4月": ("前四个月", "1到4月"), "四季度": ("第四季度", "四季度"),
}  # fmt: skip
_TITLES = (
    "国民经济运行情况",
    "统计公报",
    "数据发布会实录",
    "国家统计局发布最新数据",
    "经济形势怎么看",
    "政府工作报告",
    "资料",
    "",
    "",
    "",
)
_FILLERS = (
    "国家统计局有关负责人介绍了情况。", "总体看，经济运行稳中有进。", "就业形势总体稳定。", "市场预期逐步改善。", "外部环境更趋复杂。",
    "高质量发展取得新成效。", "民生保障有力有效。", "这份成绩单来之不易。", "",
)  # fmt: skip
_UP_AND_DOWN = ("增长", "同比增长", "比上年增长", "较上年增长", "下降", "同比下降")
_PRICES = ("上涨", "同比上涨", "比上年上涨", "下降")


@dataclass(frozen=True)
class Told:
    """A clause of a bulletin with its amount and growth as written, each perhaps empty."""

    text: str
    amount: str
    growth: str


class Bulletins:
    """Draws questions with bulletins; the same draws of `source` give the same ones."""

    def __init__(self, source: random.Random) -> None:
        self._random = source

    def draw(self) -> tuple[str, str, str, list[str]]:
        """Question, bulletin that answers, answer, and bulletins that nearly do."""
        draw = self._random
        measure = draw.choice(MEASURES)
        place = draw.choice(["", "", "", "全国", "我国", "广东", "江苏", "湖北", "四川"])
        year, period = draw.randint(2005, 2026), draw.choice(_PERIODS)
        wants_growth = bool(measure.growth_asked) and (not measure.asked or draw.random() < 0.45)
        own = self._told(
            measure,
            amount=not wants_growth or draw.random() < 0.7,
            growth=wants_growth or draw.random() < 0.6,
        )
        others = draw.sample([each for each in MEASURES if each is not measure], 4)
        bulletin = self._bulletin(place, year, period, own, others[: draw.randint(0, 3)])
        question = self._question(measure, place, year, period, wants_growth=wants_growth)
        answer = own.growth if wants_growth else own.amount
        misses = [
            lambda: self._bulletin(
                place, year + draw.choice([-2, -1, 1]), period, self._told(measure), others[:2]
            ),
            lambda: self._bulletin(place, year, self._other(period), self._told(measure), others[:1]),
            lambda: self._bulletin(place, year, period, None, others),
            lambda: self._bulletin(
                draw.choice(["山东", "浙江", "湖南"]), year, period, self._told(measure), others[:1]
            ),
            lambda: self._bulletin(
                place, year, period, self._other_kind(measure, wants_growth=wants_growth), others[:2]
            ),
        ]
        if measure.told[0] not in _ARRANGED:
            misses.append(lambda: self._goal(measure, place, year, others))
        return question, bulletin, answer, [miss() for miss in draw.sample(misses, 3)]

    def _other(self, period: str) -> str:
        return self._random.choice([each for each in _PERIODS if each != period])

    def _figure(self, measure: Measure) -> str:
        value = round(self._random.uniform(measure.low, measure.high), measure.digits)
        return f"{int(value) if measure.digits == 0 else value}{measure.unit}"

    def _told(self, measure: Measure, *, amount: bool = True, growth: bool = True) -> Told:
        draw = self._random
        name = draw.choice(measure.told)
        rate = f"{round(draw.uniform(0.2, 28), 1)}%"
        figure = self._figure(measure) if measure.asked and amount else ""
        verb = draw.choice(_PRICES if not measure.asked and "价格" in measure.told[0] else _UP_AND_DOWN)
        grows = bool(measure.growth_asked) and (growth or not figure)
        between = draw.choice(["", "为", "达", "达到", "完成"]) if figure else ""
        clause = f"{name}{between}{figure}"
        if grows:
            clause += f"{'，' if figure else ''}{verb}{rate}"
        return Told(clause, figure, rate if grows else "")

    def _other_kind(self, measure: Measure, *, wants_growth: bool) -> Told | None:
        """The measure without what is asked of it; nothing where it has no other side."""
        if wants_growth:
            return self._told(measure, growth=False) if measure.asked else None
        return self._told(measure, amount=False) if measure.growth_asked else None

    def _bulletin(self, place: str, year: int, period: str, own: Told | None, others: list[Measure]) -> str:
        draw = self._random
        clauses = [self._told(each).text for each in others]
        if own is not None:
            clauses.insert(draw.randint(0, len(clauses)), own.text)
        when, where = f"{year}年{period}", place if draw.random() < 0.9 else ""
        sentences = [f"{clause}。" for clause in clauses]
        if sentences:
            sentences[0] = f"{when}，{where}{sentences[0]}"
        title = draw.choice(_TITLES)
        title = (
            f"{year if title != '政府工作报告' else year + 1}年{place}{title}"
            if title not in {"资料", ""}
            else title
        )
        fillers = [draw.choice(_FILLERS), draw.choice(_FILLERS)]
        text = f"{fillers[0]}{''.join(sentences)}{fillers[1]}"
        if draw.random() < 0.3 and title.startswith(str(year)):
            # The year stands in the title alone.
            text = text.replace(when, period or "全年", 1)
        return f"{title}\n{text}" if title else text

    def _goal(self, measure: Measure, place: str, year: int, others: list[Measure]) -> str:
        name = self._random.choice(measure.told)
        figure = self._figure(measure) if measure.asked else f"{round(self._random.uniform(1, 8), 1)}%"
        goal = self._random.choice(
            [
                f"{name}目标为{figure}左右",
                f"{name}预期目标是{figure}",
                f"{name}力争达到{figure}",
                f"{name}拟按{figure}安排",
            ]
        )
        rest = "。".join(self._told(each).text for each in others[:1])
        return f"{year}年政府工作报告\n{year}年{place}发展主要预期目标是：{goal}。{year - 1}年{rest}。"

    def _question(self, measure: Measure, place: str, year: int, period: str, *, wants_growth: bool) -> str:
        draw = self._random
        name = draw.choice(measure.growth_asked if wants_growth else measure.asked)
        when = f"{year}年{draw.choice(_ASKED_PERIODS[period]) if period else draw.choice(['', '', '全年'])}"
        place = place or draw.choice(["", "", "中国", "我国", "全国"])
        asks = (
            ""
            if any(word in name for word in ("多少", "几"))
            else draw.choice(["是多少", "多少", "有多高" if "率" in name else "是多少", ""])
        )
        return draw.choice(
            [f"{when}{place}{name}{asks}？", f"{place}{when}{name}{asks}", f"{when} {place}{name}"]
        )
