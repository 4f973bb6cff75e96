"""Made-up policy sentences with questions, for training: what a near miss of a policy question looks like.

Nothing here is a fact. Places, years, industries and figures are drawn at random, so that the reader learns
which of them a question asks for, not what they are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

_PLACES = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "深圳",
    "广州",
    "杭州",
    "成都",
    "武汉",
    "南京",
    "苏州",
    "合肥",
    "西安",
    "青岛",
    "全国",
    "我国",
]
_INDUSTRIES = [
    "集成电路",
    "新能源汽车",
    "生物医药",
    "低空经济",
    "人工智能",
    "工业机器人",
    "光伏",
    "储能",
    "海洋经济",
    "数字经济",
    "软件",
    "航空航天",
    "新材料",
    "现代农业",
    "文旅",
    "跨境电商",
    "冷链物流",
    "氢能",
    "装备制造",
    "电子信息",
    "钢铁",
    "纺织",
    "量子信息",
    "商业航天",
    "动力电池",
    "显示面板",
    "智能家居",
    "养老服务",
    "外贸",
    "会展",
]
_MEASURES = {
    "营业收入": (["营收", "营业收入", "收入规模", "营业收入"], "亿元"),
    "产值": (["产值", "总产值"], "亿元"),
    "增加值": (["增加值"], "亿元"),
    "产量": (["产量", "产出"], "万台"),
    "出口额": (["出口额", "出口", "出口规模"], "亿美元"),
    "投资": (["投资", "投资额", "完成投资"], "亿元"),
    "企业数量": (["企业数量", "企业数", "企业有"], "家"),
    "从业人员": (["从业人员", "就业人数"], "万人"),
    "利润": (["利润", "利润总额"], "亿元"),
    "专利授权量": (["专利授权量", "授权专利"], "件"),
}
_BODIES = [
    "工业和信息化厅",
    "发展和改革委员会",
    "财政厅",
    "商务厅",
    "科学技术厅",
    "市场监督管理局",
    "人力资源和社会保障厅",
    "交通运输厅",
    "农业农村厅",
    "能源局",
]
_ACTS = [
    "支持{i}产业高质量发展若干措施",
    "{i}产业三年行动方案",
    "加快{i}创新发展实施意见",
    "{i}产业专项资金管理办法",
    "{i}产业发展规划",
]
_PEOPLE = [
    "张伟",
    "王芳",
    "李强国",
    "赵敏",
    "陈建平",
    "刘海涛",
    "周晓东",
    "吴静",
    "孙立军",
    "何明",
    "林志远",
    "郭文",
]
_ROLES = [
    "厅长",
    "副厅长",
    "主任",
    "首席科学家",
    "总经理",
    "董事长",
    "副总经理",
    "新闻发言人",
    "首席技术官",
    "会长",
]


_THINGS = [
    "{n}集团",
    "{n}公司",
    "{n}科技",
    "{n}银行",
    "{n}高铁",
    "{n}大桥",
    "{n}号邮轮",
    "{n}运河",
    "{n}水电站",
    "{n}产业园",
    "{n}号卫星",
    "{n}机场",
    "电影《{n}》",
    "{n}论坛",
    "{n}隧道",
    "{p}{i}基地",
    "{p}{n}港",
    "{n}实验室",
    "{n}大学",
    "{n}芯片",
    "{n}工厂",
    "{n}模型",
    "{n}机器人",
    "{n}平台",
    "{p}{i}基金",
    "{p}地铁{n}线",
    "{n}油田",
]
_Value = Callable[[random.Random], str]
_ATTRIBUTES: dict[str, tuple[list[str], list[str], _Value]] = {
    "总投资": (
        ["{t}总投资多少?", "{t}一共要投多少钱", "{t}投资额是多少"],
        ["总投资{v}", "计划投资{v}", "累计完成投资{v}"],
        lambda r: f"{r.randint(2, 900)}亿元",
    ),
    "全长": (
        ["{t}全长多少公里?", "{t}有多长"],
        ["全长{v}", "线路长度为{v}"],
        lambda r: f"{r.randint(3, 1800)}公里",
    ),
    "设计时速": (
        ["{t}设计时速是多少?", "{t}跑多快"],
        ["设计时速{v}"],
        lambda r: f"{r.choice([160, 200, 250, 300, 350])}公里",
    ),
    "票价": (
        ["{t}票价多少钱?", "{t}门票怎么卖", "坐{t}要花多少钱"],
        ["票价为{v}", "票价定为{v}"],
        lambda r: f"{r.randint(5, 900)}元",
    ),
    "造价": (["{t}造价多少?"], ["工程造价{v}"], lambda r: f"{r.randint(2, 500)}亿元"),
    "载客量": (
        ["{t}能载多少乘客?", "{t}可容纳多少人", "{t}一次坐多少人"],
        ["可搭载乘客{v}", "最多容纳{v}"],
        lambda r: f"{r.randint(100, 9000)}人",
    ),
    "董事长": (
        ["{t}的董事长是谁?", "谁是{t}董事长"],
        ["董事长{v}出席活动", "由{v}担任董事长"],
        lambda r: r.choice(_PEOPLE),
    ),
    "总导演": (
        ["{t}的负责人是谁?", "{t}由谁负责"],
        ["负责人为{v}", "项目负责人{v}介绍进展"],
        lambda r: r.choice(_PEOPLE),
    ),
    "净利润": (
        ["{t}净利润多少?", "{t}赚了多少钱", "{t}的净利润是多少"],
        ["实现净利润{v}", "净利润达{v}"],
        lambda r: f"{r.randint(2, 900)}.{r.randint(1, 9)}亿元",
    ),
    "营收": (
        ["{t}营收多少?", "{t}营业收入是多少"],
        ["营业收入{v}", "实现营收{v}"],
        lambda r: f"{r.randint(20, 9900)}.{r.randint(1, 9)}亿元",
    ),
    "员工": (
        ["{t}有多少员工?", "{t}雇了多少人"],
        ["现有员工{v}", "带动就业{v}"],
        lambda r: f"{r.randint(30, 90000)}人",
    ),
    "产能": (
        ["{t}年产能是多少?", "{t}一年能产多少"],
        ["年产能{v}", "设计年产{v}"],
        lambda r: f"{r.randint(2, 500)}万件",
    ),
    "良率": (
        ["{t}良率是多少?", "{t}的良品率有多高"],
        ["良率达到{v}"],
        lambda r: f"{r.randint(60, 99)}.{r.randint(1, 9)}%",
    ),
    "评分": (
        ["{t}评分多少?", "{t}得了几分"],
        ["评分为{v}", "获得{v}的评分"],
        lambda r: f"{r.randint(5, 9)}.{r.randint(0, 9)}分",
    ),
    "票房": (
        ["{t}票房多少?"],
        ["票房突破{v}", "累计票房{v}"],
        lambda r: f"{r.randint(1, 60)}.{r.randint(1, 9)}亿元",
    ),
    "手续费": (
        ["{t}手续费多少?", "{t}收多少手续费"],
        ["手续费为{v}", "按{v}收取手续费"],
        lambda r: f"千分之{r.choice('一二三四五六')}",
    ),
    "收购价": (
        ["{t}收购花了多少钱?", "收购{t}的价格是多少"],
        ["以{v}的价格被收购", "收购金额{v}"],
        lambda r: f"{r.randint(2, 300)}亿元",
    ),
    "量产时间": (
        ["{t}什么时候量产?", "{t}哪年投用"],
        ["预计{v}量产", "计划{v}投入使用"],
        lambda r: f"{r.randint(2024, 2030)}年{r.choice(['', '底', '上半年', '6月'])}",
    ),
    "成立时间": (
        ["{t}哪年成立的?", "{t}什么时候建成"],
        ["成立于{v}", "{v}正式建成"],
        lambda r: f"{r.randint(1950, 2023)}年",
    ),
    "截止日期": (
        ["{t}申报截止到哪天?", "{t}报名什么时候截止"],
        ["申报截止日期为{v}", "报名{v}结束"],
        lambda r: f"{r.randint(1, 12)}月{r.randint(1, 28)}日",
    ),
    "补贴比例": (
        ["{t}补贴比例是百分之几?", "{t}按多少比例奖励"],
        ["按{v}的比例给予补贴"],
        lambda r: f"{r.randint(5, 60)}%",
    ),
    "咨询电话": (
        ["{t}咨询电话是多少?"],
        ["咨询电话{v}"],
        lambda r: f"{r.randint(400, 999)}-{r.randint(1000000, 9999999)}",
    ),
    "地址": (["{t}在哪里?", "{t}位于哪个城市"], ["坐落在{v}", "落户{v}"], lambda r: r.choice(_PLACES[:-2])),
    "卫星数": (
        ["{t}一共发射多少颗卫星?", "{t}规划多少颗卫星"],
        ["规划发射卫星{v}", "卫星总数将达{v}"],
        lambda r: f"{r.randint(12, 15000)}颗",
    ),
    "企业数": (
        ["{t}有几家企业上市?", "{t}有多少家上市公司"],
        ["上市企业{v}", "拥有上市公司{v}"],
        lambda r: f"{r.randint(2, 400)}家",
    ),
    "出口额": (["{t}出口额是多少美元?"], ["出口额{v}"], lambda r: f"{r.randint(2, 900)}亿美元"),
    "客户": (
        ["{t}的客户是谁?", "{t}卖给了哪家公司"],
        ["主要客户为{v}"],
        lambda r: "".join(r.sample("盛远博泰凌宏启瑞", 2)) + "集团",
    ),
    "采用工艺": (
        ["{t}用几纳米工艺?", "{t}采用什么制程"],
        ["采用{v}工艺", "基于{v}制程"],
        lambda r: f"{r.choice([2, 3, 5, 7, 14, 28, 40])}纳米",
    ),
}


@dataclass
class MadeGroup:
    """A question with a passage that answers and passages that nearly do; `answer` is empty when none does."""

    question: str
    positive: str
    answer: str
    negatives: list[str] = field(default_factory=list)


class PolicyQuestions:
    """Draws groups; the same seed draws the same ones."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)

    def draw(self) -> MadeGroup:
        """One group of a random kind."""
        kind = self._random.choice(
            [
                self._figure,
                self._figure,
                self._goal,
                self._goal,
                self._subsidy,
                self._body,
                self._date,
                self._person,
            ]
            + [self._attribute] * 5
            + [self._period] * 2
        )
        return kind()

    def _pick(self, options: list[str] | tuple[str, ...], *but: str) -> str:
        return self._random.choice([option for option in options if option not in but])

    def _amount(self, unit: str) -> str:
        value = self._random.choice(
            [
                self._random.randint(2, 99) * 100,
                self._random.randint(3, 9999),
                round(self._random.uniform(1, 3000), 2),
            ]
        )
        return f"{self._random.choice(['', '', '超', '约', '突破', '达到'])}{value}{unit}"

    def _rate(self) -> str:
        return f"{round(self._random.uniform(0.3, 68), 1)}%"

    def _filler(self) -> str:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        return self._random.choice(
            [
                f"{place}将继续完善{industry}产业链，培育龙头企业。",
                f"{place}提出因地制宜发展{industry}，打造创新高地。",
                f"业内人士认为，{industry}市场前景广阔。",
                f"下一步，{place}将加大对{industry}企业的扶持力度。",
                f"围绕{industry}，{place}已形成较为完整的产业生态。",
                "",
            ]
        )

    def _wrap(self, sentence: str, place: str, year: int, industry: str) -> str:
        """A passage: sometimes with title and heading, among other sentences."""
        body = [self._filler(), sentence, self._filler()] if self._random.random() < 0.7 else [sentence]
        text = "".join(body)
        title = self._random.choice(
            [
                f"{place}{industry}产业发展情况",
                f"{year}年各地{industry}产业观察",
                f"{place}：{industry}再上新台阶",
                "",
            ]
        )
        heading = self._random.choice([f"{year}年数据", place, "发展成效", ""])
        label = " > ".join(part for part in (title, heading) if part)
        return f"{label}\n{text}" if label else text

    def _figure(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year = self._random.randint(2012, 2026)
        measure = self._pick(list(_MEASURES))
        names, unit = _MEASURES[measure]
        want_rate = self._random.random() < 0.4

        def sentence(
            p: str, y: int, i: str, m: str, *, rate: bool = True, figure: bool = True
        ) -> tuple[str, str, str]:
            amount, growth = self._amount(_MEASURES[m][1]), self._rate()
            verb = self._random.choice(["同比增长", "比上年增长", "较上年提高", "同比下降"])
            parts = [f"{y}年，{p}{i}产业{m}{amount if figure else '保持全国前列'}"]
            if rate:
                parts.append(f"{verb}{growth}")
            return "，".join(parts) + "。", amount, growth

        right, amount, growth = sentence(
            place, year, industry, measure, rate=want_rate or self._random.random() < 0.6
        )
        asked = self._pick(names)
        if want_rate:
            question = self._random.choice(
                [
                    f"{place}{year}年{industry}产业{asked}增速是多少？",
                    f"{year}年{place}{industry}{asked}同比增长多少",
                    f"{place}{industry}{asked}增幅 {year}",
                ]
            )
            answer = growth
        else:
            question = self._random.choice(
                [
                    f"{place}{year}年{industry}产业{asked}多少？",
                    f"{year}年{place}的{industry}{asked}是多少",
                    f"{place} {industry} {asked} {year}年",
                    f"{place}{industry}{year}年{asked}达到了多少？",
                ]
            )
            answer = amount.lstrip("超约突破达到")
        wrong = [
            sentence(self._pick(_PLACES, place), year, industry, measure)[0],
            sentence(place, year + self._random.choice([-2, -1, 1, 2]), industry, measure)[0],
            sentence(place, year, self._pick(_INDUSTRIES, industry), measure)[0],
            sentence(
                place,
                year,
                industry,
                self._pick(list(_MEASURES), measure, *(["产值"] if measure == "营业收入" else [])),
            )[0],
            sentence(place, year, industry, measure, rate=False, figure=False)[0]
            if not want_rate
            else sentence(place, year, industry, measure, rate=False)[0],
            f"到{year}年，{place}力争{industry}产业{measure}达到{self._amount(unit)}以上。",
        ]
        return self._group(question, right, answer, wrong, place, year, industry)

    def _goal(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year = self._random.randint(2013, 2030)
        measure = self._pick(
            ["营业收入", "产值", "增加值", "产量", "企业数量", "城镇新增就业", "粮食产量", "居民消费价格涨幅"]
        )
        unit = {"城镇新增就业": "万人", "粮食产量": "亿斤", "居民消费价格涨幅": "%"}.get(
            measure
        ) or _MEASURES[measure][1]
        subject = measure if unit in {"万人", "亿斤", "%"} else f"{industry}产业{measure}"
        goal, result = f"{self._random.randint(2, 9900)}{unit}", f"{self._random.randint(2, 9900)}{unit}"
        goal_sentence = self._random.choice(
            [
                f"{year}年{place}的预期目标是：{subject}{goal}以上。",
                f"{place}提出，到{year}年{subject}力争达到{goal}。",
                f"{place}{year}年{subject}拟安排{goal}左右。",
            ]
        )
        result_sentence = self._random.choice(
            [
                f"{year}年，{place}{subject}实际完成{result}。",
                f"{year}年{place}{subject}达到{result}，完成全年任务。",
                f"{place}{year}年实现{subject}{result}。",
            ]
        )
        asks_goal = self._random.random() < 0.5
        if asks_goal:
            question = self._random.choice(
                [
                    f"{place}{year}年{subject}目标是多少？",
                    f"{year}年{place}{subject}预期多少",
                    f"{place}计划{year}年{subject}达到多少",
                ]
            )
            right, answer, other = goal_sentence, goal, result_sentence
        else:
            question = self._random.choice(
                [
                    f"{place}{year}年{subject}实际完成多少？",
                    f"{year}年{place}{subject}实现了多少",
                    f"{year}年{place}{subject}完成情况",
                ]
            )
            right, answer, other = result_sentence, result, goal_sentence
        wrong = [
            other,
            right.replace(str(year), str(year - 1)),
            right.replace(place, self._pick(_PLACES, place)),
        ]
        return self._group(question, right, answer, wrong, place, year, industry)

    def _subsidy(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year = self._random.randint(2018, 2026)
        amount = f"{self._random.choice([50, 100, 200, 300, 500, 800, 1000, 2000, 3000, 5000])}万元"
        share = f"{self._random.randint(5, 60)}%"
        act = self._random.choice(_ACTS).format(i=industry)
        want_share = self._random.random() < 0.3
        right = f"{place}印发《{act}》，对符合条件的{industry}企业按研发投入的{share}给予补助，单个企业最高不超过{amount}。"
        question = (
            f"{place}对{industry}企业研发投入补助比例是多少？"
            if want_share
            else self._random.choice(
                [
                    f"{place}{industry}企业最高能补多少钱？",
                    f"《{act}》单个企业补助上限",
                    f"{place}给{industry}企业的补助最多多少",
                ]
            )
        )
        wrong = [
            right.replace(place, self._pick(_PLACES, place))
            if "《" not in question
            else f"{place}对{industry}人才给予{amount}安家补贴。",
            f"{place}{year}年{industry}产业专项资金总规模为{self._amount('亿元')}。",
            f"{place}印发《{act}》，对{industry}企业给予补助，具体标准另行公布。",
            f"{place}对首次上市的{industry}企业一次性奖励{self._amount('万元')}。",
        ]
        return self._group(question, right, share if want_share else amount, wrong, place, year, industry)

    def _body(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year, month = self._random.randint(2018, 2026), self._random.randint(1, 12)
        body, act = self._pick(_BODIES), self._random.choice(_ACTS).format(i=industry)
        right = f"{month}月，{place}{body}印发《{act}》，自发布之日起施行。"
        question = self._random.choice(
            [
                f"《{act}》是哪个部门印发的？",
                f"{place}的{industry}政策由谁发布？",
                f"哪个部门出台了{place}{act}",
            ]
        )
        wrong = [
            f"《{act}》从资金、人才、场景三方面提出举措，受到企业欢迎。",
            f"{place}{self._pick(_BODIES, body)}召开会议，研究部署安全生产工作。",
            f"{self._pick(_PLACES, place)}{self._pick(_BODIES, body)}印发《{self._random.choice(_ACTS).format(i=self._pick(_INDUSTRIES, industry))}》。",
        ]
        return self._group(question, right, f"{place}{body}", wrong, place, year, industry)

    def _date(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year, month, day = (
            self._random.randint(2018, 2027),
            self._random.randint(1, 12),
            self._random.randint(1, 28),
        )
        date = self._random.choice(
            [
                f"{year}年{month}月{day}日",
                f"{year}年{month}月",
                f"{month}月{day}日",
                f"{year}年上半年",
                f"{year}年底前",
            ]
        )
        what = self._random.choice(
            [
                f"{industry}创新中心",
                f"{industry}产业园",
                f"《{self._random.choice(_ACTS).format(i=industry)}》",
                f"{industry}示范项目",
            ]
        )
        verb = (
            "施行" if what.startswith("《") else self._random.choice(["投产", "启用", "开工", "建成", "量产"])
        )
        right = (
            f"{place}{what}{'自' if verb == '施行' else '于'}{date}{'起' if verb == '施行' else ''}{verb}。"
        )
        question = self._random.choice(
            [f"{place}{what}什么时候{verb}？", f"{what}{verb}时间", f"{place}{what}哪天{verb}的"]
        )
        wrong = [
            f"{place}{what}由多家单位共同推进，进展顺利。",
            f"{self._pick(_PLACES, place)}{self._pick(_INDUSTRIES, industry)}产业园于{year}年{self._random.randint(1, 12)}月{verb}。",
            f"{place}{what}申报工作于{year}年{self._random.randint(1, 12)}月截止。"
            if verb != "施行"
            else f"{what}于{year}年{month}月公开征求意见。",
        ]
        return self._group(question, right, date, wrong, place, year, industry)

    def _person(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        person, role, year = self._pick(_PEOPLE), self._pick(_ROLES), self._random.randint(2018, 2026)
        right = f"{place}{industry}协会{role}{person}表示，{industry}需求持续增长，{year}年有望再创新高。"
        question = self._random.choice(
            [
                f"谁是{place}{industry}协会{role}？",
                f"{place}{industry}协会的{role}叫什么",
                f"{place}{industry}协会{role}是谁？",
            ]
        )
        wrong = [
            f"{place}{industry}协会发布报告称，{industry}需求持续增长。",
            f"{place}{industry}协会{self._pick(_ROLES, role)}{self._pick(_PEOPLE, person)}出席论坛并致辞。",
            f"{self._pick(_PLACES, place)}{self._pick(_INDUSTRIES, industry)}协会{role}{self._pick(_PEOPLE, person)}表示看好市场。",
        ]
        return self._group(question, right, person, wrong, place, year, industry)

    def _attribute(self) -> MadeGroup:
        """A thing of which a passage tells a few attributes; the question asks for one of them, or another."""
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year = self._random.randint(2018, 2027)
        thing, other = self._thing(place, industry), self._thing(self._pick(_PLACES, place), industry)
        names = self._random.sample(list(_ATTRIBUTES), 4)
        values = {name: self._value(name) for name in names}
        asked, told = names[0], names[1:]
        answer = values[asked]

        def tell(of: str, attributes: list[str]) -> str:
            clauses = [
                self._random.choice(_ATTRIBUTES[name][1]).format(v=values[name]) for name in attributes
            ]
            opening = self._random.choice(
                [f"{of}", f"位于{place}的{of}", f"{year}年，{of}", f"记者获悉，{of}"]
            )
            if len(clauses) > 1 and self._random.random() < 0.5:
                half = len(clauses) // 2
                return f"{opening}{'，'.join(clauses[:half])}。该项目{'，'.join(clauses[half:])}。"
            return f"{opening}{'，'.join(clauses)}。"

        question = self._random.choice(_ATTRIBUTES[asked][0]).format(t=thing)
        others = {name: self._value(name) for name in names}
        kept = dict(values)
        wrong = [tell(thing, self._random.sample(told, self._random.randint(1, 3))) for _ in range(2)]
        values.update(others)
        wrong.append(tell(other, [asked, *self._random.sample(told, 1)]))
        values.update(kept)
        right = tell(
            thing,
            self._random.sample([asked, *self._random.sample(told, self._random.randint(0, 2))], k=1)
            if self._random.random() < 0.3
            else self._shuffled([asked, *self._random.sample(told, 2)]),
        )
        if answer not in right:
            right = tell(thing, [asked])
        return self._group(question, right, answer, wrong, place, year, industry)

    def _thing(self, place: str, industry: str) -> str:
        kind = self._random.choice(_THINGS)
        name = "".join(self._random.sample("华中天海星云光远新盛通达科芯瑞宏泰安启明博凌风岭江河湖", 2))
        return kind.format(p=place, i=industry, n=name)

    def _value(self, name: str) -> str:
        return _ATTRIBUTES[name][2](self._random)

    def _shuffled(self, values: list[str]) -> list[str]:
        return self._random.sample(values, len(values))

    def _period(self) -> MadeGroup:
        """The same figure for several periods: a quarter, a half year, a month, a year."""
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year = self._random.randint(2019, 2026)
        measure = self._pick(list(_MEASURES))
        unit = _MEASURES[measure][1]
        periods = self._random.sample(
            [
                "一季度",
                "二季度",
                "上半年",
                "前三季度",
                "全年",
                "1月",
                "3月",
                "5月",
                "7月",
                "1至4月",
                "前5个月",
                "三季度",
                "下半年",
            ],
            3,
        )
        asked, rest = periods[0], periods[1:]
        answer = f"{self._random.randint(2, 99999)}{unit}"

        def tell(period: str, value: str) -> str:
            return f"{year}年{period}，{place}{industry}{measure}{self._random.choice(['为', '达', '达到', ''])}{value}，同比增长{self._rate()}。"

        wrong = [tell(period, f"{self._random.randint(2, 99999)}{unit}") for period in rest]
        wrong.append(f"预计{year}年{asked}{place}{industry}{measure}将继续保持增长。")
        question = self._random.choice(
            [
                f"{year}年{asked}{place}{industry}{measure}是多少?",
                f"{place}{asked}{industry}{measure}多少",
                f"{place}{industry}{year}年{asked}的{measure}",
            ]
        )
        return self._group(question, tell(asked, answer), answer, wrong, place, year, industry)

    def _group(
        self, question: str, right: str, answer: str, wrong: list[str], place: str, year: int, industry: str
    ) -> MadeGroup:
        """Wraps the sentences; half the time several near misses share a passage, with the right one or without."""
        self._random.shuffle(wrong)
        wrong = [sentence for sentence in wrong if answer not in sentence]
        positive = right
        negatives = list(wrong)
        if wrong and self._random.random() < 0.5:
            positive = "".join(
                self._shuffled(
                    [right, *self._random.sample(wrong, min(len(wrong), self._random.randint(1, 2)))]
                )
            )
            together = "".join(self._random.sample(wrong, min(len(wrong), self._random.randint(2, 4))))
            negatives = [together, *wrong]
        return MadeGroup(
            question,
            self._wrap(positive, place, year, industry),
            answer,
            [self._wrap(sentence, place, year, industry) for sentence in negatives[:3]],
        )
