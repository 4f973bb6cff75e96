"""Made-up articles, questions and vectors of any number, for `evals.bench_scale`.

The text is made from sentence templates and words drawn with Zipf's frequencies; its vectors are drawn around the default
model's vectors of a few hundred such passages and spread as those are, so that Chroma's graph meets neighbourhoods like real
ones and questions fall among them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from itertools import accumulate

import numpy as np

from corpus.model import Article, Passage, Section
from index.embeddings.base import Vectors
from index.store import Index

TOPICS = 256
_SHORTEST = 220
SENTENCES = 5
_FIRST_RANK = 5
_OWN = 0.8
_FIGURES_SHARE = 0.3
_QUESTIONS = 50
NEWEST_YEAR, YEARS = 2026, 15


def _listed(text: str) -> list[str]:
    return text.split()


PLACES = _listed(
    """北京 上海 广东 江苏 浙江 山东 四川 湖北 深圳 安徽 河南 福建 湖南 重庆 天津 河北 陕西 辽宁 江西 广西 云南 山西 海南 贵州
    吉林 黑龙江 甘肃 新疆 内蒙古 宁夏 青海 西藏 广州 苏州 杭州 成都 武汉 南京 合肥 无锡 西安 宁波 青岛 长沙 郑州 东莞 佛山 厦门
    大连 济南 福州 常州 南通 温州 嘉兴 绍兴 芜湖 沈阳 长春 哈尔滨 昆明 南宁 贵阳 兰州 太原 石家庄 南昌 株洲 珠海 惠州 泉州 烟台
    潍坊 徐州 扬州 盐城 洛阳 宜昌 襄阳 绵阳 柳州 海口 三亚 遵义 包头 银川 西宁 乌鲁木齐"""
)
_INDUSTRIES = _listed(
    """集成电路 新能源汽车 人工智能 半导体 数字经济 生物医药 光伏 储能 机器人 软件 装备制造 动力电池 低空经济 钢铁 氢能 文化旅游
    粮食 物流 跨境电商 金融 房地产 风电 算力 养老服务 新材料 航空航天 船舶 化工 有色金属 纺织 食品 医疗器械 显示面板 工业互联网
    商业航天 量子信息 煤炭 水利 铁路 公路 港口 环保 种业 渔业 林业 家电 家居 餐饮 体育 会展 云计算 大数据 区块链 物联网 传感器
    光刻机 封装测试 碳化硅 氮化镓 存储芯片 脑机接口 基因技术 核电 特高压 充电桩 智能网联汽车 预制菜 冷链 稀土 石墨烯"""
)
_MEASURES = _listed(
    """营业收入 产值 产量 投资额 出口额 增加值 销量 利润总额 企业数量 用电量 从业人员 研发投入 进口额 专利授权量 装机容量 贷款余额
    财政补贴 税收收入 新开工面积 货运量 客运量 交易额 渗透率 国产化率 固定资产投资 市场规模 订单金额 保费收入"""
)
_BODIES = _listed(
    """国务院 工业和信息化部 国家发展改革委 财政部 商务部 科技部 中国人民银行 国家统计局 市场监管总局 生态环境部 交通运输部
    农业农村部 国家能源局 住房城乡建设部 人力资源社会保障部 教育部 国家卫生健康委 海关总署 税务总局 国家数据局 金融监管总局
    证监会 国家知识产权局 国家林草局 水利部 文化和旅游部 民政部 应急管理部"""
)
_OFFICES = _listed(
    "经济和信息化局 发展和改革委员会 财政局 科学技术局 商务局 统计局 人民政府办公厅 市场监督管理局 税务局"
)
_OPENINGS = _listed(
    """同时 下一步 近年来 会议强调 文件明确 在此基础上 按照部署 据介绍 与此同时 调研发现 专家认为 当地 有关部门 各地区 试点期间
    “十四五”以来 新闻发布会上 座谈会上 对中小企业 对重点园区 围绕产业链 针对短板 通知要求 方案指出 截至目前 业内人士 从结构看
    分区域看 对外资企业 面向未来 受此带动 依托龙头企业 为此 今后一段时期 审议通过后 经研究决定 在农村地区 沿海城市 中西部地区"""
)
_VERBS = _listed(
    """支持 推动 加强 完善 建设 优化 保障 鼓励 引导 规范 扩大 提升 落实 深化 培育 组织 开展 探索 推广 健全 促进 加快 设立 统筹
    打造 严格 简化 发放 制定 修订 查处 巩固 整合 布局 压减 盘活 拓展 强化 补齐 衔接 评估 公布 清理 对接 兑现 督促 承接 增设"""
)
_THINGS = _listed(
    """关键技术攻关 公共服务平台 人才引进 营商环境 知识产权保护 应用场景 重大项目 信贷投放 标准体系 安全生产 专项检查 行政审批
    设备更新 统计监测 用地用能 以旧换新 绿色转型 上市融资 国际合作 保险补偿 流片奖励 税收优惠 创业孵化 技能培训 供应链韧性
    质量追溯 碳排放核算 数据要素流通 政府采购 中试基地 检验检测 试点示范 首台套 产业基金 担保贷款 贴息政策 就业岗位 社保缴费
    农田建设 防汛抗旱 河湖治理 职业教育 远程医疗 托育服务 长期护理 城市更新 停车设施 老旧小区 供热管网 农产品加工 品牌建设 展会
    口岸通关 保税仓库 海外仓 航线 班列 充电网络 加氢站 氢气管道 电网改造 抽水蓄能 煤电机组 虚拟电厂 绿证交易 排污许可 固废处理
    危险化学品 食品抽检 药品集采 医保支付 药店 疫苗 生育补贴 公租房 公积金 物业管理 消费券 夜间经济 首店 免税店 演唱会 博物馆
    古镇 冰雪运动 马拉松 低空航线 无人机配送 自动驾驶测试 车路协同 卫星组网 火箭发射 算力券 大模型备案 语料库 开源社区"""
)
_DOCUMENTS = _listed(
    "行动方案 实施意见 若干措施 管理办法 发展规划 工作要点 实施细则 指导意见 行动计划 工作报告 公报 通知"
)
_NAME_PARTS = "华中新科达恒瑞星海天宏盛联创晶微芯源能泰安康博远锐捷鼎信德润丰立嘉凯思诺迪维光航"
_UNITS = _listed("亿元 万元 万吨 万辆 亿块 家 亿千瓦时 万台 亿美元 个 万人 万千瓦")
_FIGURES = [
    "{year}年，{place}{industry}产业{measure}达到{figure}{unit}，比{before}年增长{percent}%。",
    "{year}年前三季度，{place}{industry}{measure}为{figure}{unit}，同比{updown}{percent}%，占全国的比重为{percent}%。",
    "{body}于{year}年{month}月印发《关于推动{industry}高质量发展的{document}》，提出{verb}{thing}。",
    "{place}市{office}提出，到{later}年{industry}{measure}突破{figure}{unit}。",
    "{place}{name}{industry}有限公司在{year}年完成{figure}{unit}的{measure}，较上年{updown}{percent}%。",
    "对符合条件的{industry}企业，按照实际投入的{percent}%给予补贴，单个项目最高不超过{figure}万元。",
    "其中，{industry}{measure}{figure}{unit}，{updown}{percent}%；{industry}{measure}{figure}{unit}，{updown}{percent}%。",
    "{name}园区集聚{industry}企业{figure}家，{verb}{thing}。",
    "截至{year}年{month}月末，{place}{industry}{measure}为{figure}{unit}，创历史新高。",
    "第{number}条 {body}负责{thing}的监督管理工作，违反规定的，处{figure}元罚款。",
]
_PROSE = [
    "{opening}，{place}将{verb}{thing}，{verb}{thing}。",
    "{opening}，{verb}{industry}{thing}。",
    "{verb}{thing}和{thing}，{verb}{thing}。",
    "{body}{opening}{verb}{thing}，{verb}{industry}{thing}。",
    "{opening}，{thing}{updown}{percent}%，{verb}{thing}。",
]
_QUESTION_TEMPLATES = [
    "{place}{year}年{industry}产业{measure}是多少？",
    "{body}{year}年对{industry}{thing}提出了哪些措施？",
    "{place}支持{industry}企业的补贴比例是多少？",
    "{place}如何{verb}{thing}？",
    "{year}年{place}{industry}{measure}占全国的比重",
    "{place}{name}{industry}有限公司完成了多少{measure}？",
]


def _zipf(values: list[str]) -> Callable[[random.Random], str]:
    """Draws the values with frequencies 1/5, 1/6, 1/7 and so on (Zipf's law as Mandelbrot put it)."""
    cumulative = list(accumulate(1 / rank for rank in range(_FIRST_RANK, _FIRST_RANK + len(values))))
    return lambda draw: draw.choices(values, cum_weights=cumulative)[0]


def _figure(draw: random.Random) -> str:
    return f"{draw.lognormvariate(5, 2):.{draw.choice([0, 0, 1, 2])}f}"


_SLOTS: dict[str, Callable[[random.Random], str]] = {
    "place": _zipf(PLACES),
    "industry": _zipf(_INDUSTRIES),
    "measure": _zipf(_MEASURES),
    "body": _zipf(_BODIES),
    "office": _zipf(_OFFICES),
    "opening": _zipf(_OPENINGS),
    "verb": _zipf(_VERBS),
    "thing": _zipf(_THINGS),
    "document": _zipf(_DOCUMENTS),
    "unit": _zipf(_UNITS),
    "name": lambda draw: "".join(draw.choices(_NAME_PARTS, k=2)),
    "figure": _figure,
    "percent": lambda draw: f"{draw.uniform(0.1, 60):.1f}",
    "month": lambda draw: str(draw.randint(1, 12)),
    "number": lambda draw: str(draw.randint(1, 80)),
    "updown": lambda draw: draw.choice(["增长", "增长", "增长", "下降"]),
}


def _fill(template: str, year: int, fixed: dict[str, str], draw: random.Random) -> str:
    """The template with every slot drawn; places and industries are mostly those of the article (`fixed`)."""
    given = {"year": str(year), "before": str(year - 1), "later": str(year + 3)}
    parts = []
    for part in template.split("{"):
        slot, closed, rest = part.partition("}")
        if not closed:
            parts.append(part)
        else:
            own = slot in fixed and draw.random() < _OWN
            parts.append((fixed[slot] if own else given.get(slot) or _SLOTS[slot](draw)) + rest)
    return "".join(parts)


def article_year(draw: random.Random) -> int:
    """Half of the articles are of the last three years or so, the rest thins out to 2012."""
    return NEWEST_YEAR - min(int(draw.expovariate(1 / 3.5)), YEARS - 1)


def make_article(number: int) -> tuple[Article, list[Passage]]:
    """Article `number` with 10 to 20 passages of some 250 characters; the same number gives the same article."""
    draw = random.Random(number)
    id_ = f"{number:08x}"
    year = article_year(draw)
    fixed = {"place": _SLOTS["place"](draw), "industry": _SLOTS["industry"](draw)}
    title = f"{fixed['place']}{year}年{fixed['industry']}{_SLOTS['document'](draw)}"
    passages: list[Passage] = []
    texts: list[str] = []
    at = 0
    for position in range(draw.randint(10, 20)):
        spoken: set[int] = set()
        text = ""
        while len(text) < _SHORTEST:
            template = draw.choice(_FIGURES if draw.random() < _FIGURES_SHARE else _PROSE)
            of_year = year - draw.choice([0, 0, 0, 1, 1, 2])
            text += _fill(template, of_year, fixed, draw)
            spoken |= {
                of_year + step
                for slot, step in (("{year}", 0), ("{before}", -1), ("{later}", 3))
                if slot in template
            }
        years = sorted(spoken) or [year]
        passages.append(
            Passage(
                id=f"{id_}-{position:04d}-{hashlib.sha256(text.encode()).hexdigest()[:8]}",
                article_id=id_,
                position=position,
                text=text,
                heading_path=[f"{_SLOTS['industry'](draw)}{_SLOTS['measure'](draw)}"],
                start=at,
                end=at + len(text),
                years=years,
                periods=[str(each) for each in years],
            )
        )
        texts.append(text)
        at += len(text) + 1
    whole = "\n".join(texts)
    article = Article(
        id=id_,
        title=title,
        text=whole,
        sections=[Section(start=0, end=len(whole))],
        date=f"{year}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        source=_SLOTS["body"](draw),
        region=fixed["place"],
        file=f"/made/{number}.md",
    )
    return article, passages


def make_questions() -> list[str]:
    """Questions in the words of the made articles, half of them with a year."""
    draw = random.Random(-1)
    return [
        _fill(_QUESTION_TEMPLATES[number % len(_QUESTION_TEMPLATES)], article_year(draw), {}, draw)
        for number in range(_QUESTIONS)
    ]


class VectorMaker:
    """Unit vectors around the model's vectors of a few hundred made passages, spread as those are."""

    def __init__(self, index: Index) -> None:
        passages = [make_article(10**9 + number)[1][0] for number in range(TOPICS)]
        self._centres = index.embedder.embed_passages([passage.text for passage in passages])
        self._spread = (self._centres - self._centres.mean(axis=0)) / np.sqrt(TOPICS)

    def of_article(self, number: int, count: int) -> Vectors:
        """Vectors of an article's `count` passages, [count, dimensions]: near one centre, one near the other."""
        draw = np.random.default_rng(number)
        article = self._centres[draw.integers(TOPICS)] + 0.5 * draw.normal(size=TOPICS) @ self._spread
        vectors = article + 0.5 * draw.normal(size=(count, TOPICS)) @ self._spread
        return _unit(vectors)

    def of_sentences(self, passage: Vectors) -> Vectors:
        """Vectors of a passage's sentences around its own [dimensions]; shape [sentences, dimensions]."""
        draw = np.random.default_rng(int(abs(passage[0]) * 1e9))
        return _unit(passage + 0.5 * draw.normal(size=(SENTENCES, TOPICS)) @ self._spread)


def _unit(vectors: Vectors) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
