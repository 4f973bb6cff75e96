"""Made-up policy sentences with questions, for training: what a near miss of a policy question looks like.

Nothing here is a fact. Places, years, industries and figures are drawn at random, so that the reader learns
which of them a question asks for, not what they are.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_PLACES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 "
    "贵州 云南 陕西 甘肃 青海 宁夏 新疆 深圳 广州 杭州 成都 武汉 南京 苏州 合肥 西安 青岛 全国 我国"
).split()
_INDUSTRIES = (
    "集成电路 新能源汽车 生物医药 低空经济 人工智能 工业机器人 光伏 储能 海洋经济 数字经济 软件 航空航天 新材料 现代农业 文旅 "
    "跨境电商 冷链物流 氢能 装备制造 电子信息 钢铁 纺织 量子信息 商业航天 动力电池 显示面板 智能家居 养老服务 外贸 会展"
).split()
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
_BODIES = "工业和信息化厅 发展和改革委员会 财政厅 商务厅 科学技术厅 市场监督管理局 人力资源和社会保障厅 交通运输厅 农业农村厅 能源局".split()
_ACTS = "支持{i}产业高质量发展若干措施 {i}产业三年行动方案 加快{i}创新发展实施意见 {i}产业专项资金管理办法 {i}产业发展规划".split()
_PEOPLE = "张伟 王芳 李强国 赵敏 陈建平 刘海涛 周晓东 吴静 孙立军 何明 林志远 郭文".split()
_ROLES = "厅长 副厅长 主任 首席科学家 总经理 董事长 副总经理 新闻发言人 首席技术官 会长".split()


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
            [self._figure, self._figure, self._figure, self._goal, self._subsidy, self._body, self._date, self._person]
        )
        return kind()

    def _pick(self, options: list[str] | tuple[str, ...], *but: str) -> str:
        return self._random.choice([option for option in options if option not in but])

    def _amount(self, unit: str) -> str:
        value = self._random.choice(
            [self._random.randint(2, 99) * 100, self._random.randint(3, 9999), round(self._random.uniform(1, 3000), 2)]
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
            [f"{place}{industry}产业发展情况", f"{year}年各地{industry}产业观察", f"{place}：{industry}再上新台阶", ""]
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

        def sentence(p: str, y: int, i: str, m: str, *, rate: bool = True, figure: bool = True) -> tuple[str, str, str]:
            amount, growth = self._amount(_MEASURES[m][1]), self._rate()
            verb = self._random.choice(["同比增长", "比上年增长", "较上年提高", "同比下降"])
            shown = "" if m == "企业数量" else ""
            parts = [f"{y}年，{p}{i}产业{m}{shown}{amount if figure else '保持全国前列'}"]
            if rate:
                parts.append(f"{verb}{growth}")
            return "，".join(parts) + "。", amount, growth

        right, amount, growth = sentence(place, year, industry, measure, rate=want_rate or self._random.random() < 0.6)
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
            sentence(place, year, industry, self._pick(list(_MEASURES), measure, *(["产值"] if measure == "营业收入" else [])))[0],
            sentence(place, year, industry, measure, rate=False, figure=False)[0]
            if not want_rate
            else sentence(place, year, industry, measure, rate=False)[0],
            f"到{year}年，{place}力争{industry}产业{measure}达到{self._amount(unit)}以上。",
        ]
        return self._group(question, right, answer, wrong, place, year, industry)

    def _goal(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year = self._random.randint(2013, 2030)
        measure = self._pick(["营业收入", "产值", "增加值", "产量", "企业数量", "城镇新增就业", "粮食产量", "居民消费价格涨幅"])
        unit = {"城镇新增就业": "万人", "粮食产量": "亿斤", "居民消费价格涨幅": "%"}.get(measure) or _MEASURES[measure][1]
        subject = measure if unit in {"万人", "亿斤", "%"} else f"{industry}产业{measure}"
        goal, result = f"{self._random.randint(2, 9900)}{unit}", f"{self._random.randint(2, 9900)}{unit}"
        goal_sentence = self._random.choice(
            [f"{year}年{place}的预期目标是：{subject}{goal}以上。", f"{place}提出，到{year}年{subject}力争达到{goal}。", f"{place}{year}年{subject}拟安排{goal}左右。"]
        )
        result_sentence = self._random.choice(
            [f"{year}年，{place}{subject}实际完成{result}。", f"{year}年{place}{subject}达到{result}，完成全年任务。", f"{place}{year}年实现{subject}{result}。"]
        )
        asks_goal = self._random.random() < 0.5
        if asks_goal:
            question = self._random.choice([f"{place}{year}年{subject}目标是多少？", f"{year}年{place}{subject}预期多少", f"{place}计划{year}年{subject}达到多少"])
            right, answer, other = goal_sentence, goal, result_sentence
        else:
            question = self._random.choice([f"{place}{year}年{subject}实际完成多少？", f"{year}年{place}{subject}实现了多少", f"{year}年{place}{subject}完成情况"])
            right, answer, other = result_sentence, result, goal_sentence
        wrong = [other, right.replace(str(year), str(year - 1)), right.replace(place, self._pick(_PLACES, place))]
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
            else self._random.choice([f"{place}{industry}企业最高能补多少钱？", f"《{act}》单个企业补助上限", f"{place}给{industry}企业的补助最多多少"])
        )
        wrong = [
            right.replace(place, self._pick(_PLACES, place)) if "《" not in question else f"{place}对{industry}人才给予{amount}安家补贴。",
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
        question = self._random.choice([f"《{act}》是哪个部门印发的？", f"{place}的{industry}政策由谁发布？", f"哪个部门出台了{place}{act}"])
        wrong = [
            f"《{act}》从资金、人才、场景三方面提出举措，受到企业欢迎。",
            f"{place}{self._pick(_BODIES, body)}召开会议，研究部署安全生产工作。",
            f"{self._pick(_PLACES, place)}{self._pick(_BODIES, body)}印发《{self._random.choice(_ACTS).format(i=self._pick(_INDUSTRIES, industry))}》。",
        ]
        return self._group(question, right, f"{place}{body}", wrong, place, year, industry)

    def _date(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        year, month, day = self._random.randint(2018, 2027), self._random.randint(1, 12), self._random.randint(1, 28)
        date = self._random.choice([f"{year}年{month}月{day}日", f"{year}年{month}月", f"{month}月{day}日", f"{year}年上半年", f"{year}年底前"])
        what = self._random.choice([f"{industry}创新中心", f"{industry}产业园", f"《{self._random.choice(_ACTS).format(i=industry)}》", f"{industry}示范项目"])
        verb = "施行" if what.startswith("《") else self._random.choice(["投产", "启用", "开工", "建成", "量产"])
        right = f"{place}{what}{'自' if verb == '施行' else '于'}{date}{'起' if verb == '施行' else ''}{verb}。"
        question = self._random.choice([f"{place}{what}什么时候{verb}？", f"{what}{verb}时间", f"{place}{what}哪天{verb}的"])
        wrong = [
            f"{place}{what}由多家单位共同推进，进展顺利。",
            f"{self._pick(_PLACES, place)}{self._pick(_INDUSTRIES, industry)}产业园于{year}年{self._random.randint(1, 12)}月{verb}。",
            f"{place}{what}申报工作于{year}年{self._random.randint(1, 12)}月截止。" if verb != "施行" else f"{what}于{year}年{month}月公开征求意见。",
        ]
        return self._group(question, right, date, wrong, place, year, industry)

    def _person(self) -> MadeGroup:
        place, industry = self._pick(_PLACES), self._pick(_INDUSTRIES)
        person, role, year = self._pick(_PEOPLE), self._pick(_ROLES), self._random.randint(2018, 2026)
        right = f"{place}{industry}协会{role}{person}表示，{industry}需求持续增长，{year}年有望再创新高。"
        question = self._random.choice([f"谁是{place}{industry}协会{role}？", f"{place}{industry}协会的{role}叫什么", f"{place}{industry}协会{role}是谁？"])
        wrong = [
            f"{place}{industry}协会发布报告称，{industry}需求持续增长。",
            f"{place}{industry}协会{self._pick(_ROLES, role)}{self._pick(_PEOPLE, person)}出席论坛并致辞。",
            f"{self._pick(_PLACES, place)}{self._pick(_INDUSTRIES, industry)}协会{role}{self._pick(_PEOPLE, person)}表示看好市场。",
        ]
        return self._group(question, right, person, wrong, place, year, industry)

    def _group(
        self, question: str, right: str, answer: str, wrong: list[str], place: str, year: int, industry: str
    ) -> MadeGroup:
        self._random.shuffle(wrong)
        negatives = [self._wrap(sentence, place, year, industry) for sentence in wrong if answer not in sentence]
        return MadeGroup(question, self._wrap(right, place, year, industry), answer, negatives)
