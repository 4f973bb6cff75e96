"""How time and memory grow with the number of passages: `python -m evals.bench_scale`.

Each size is built in a temporary folder by a process of its own and measured by another, so that what is measured
is what a person meets who opens such an index. The text is made from sentence templates and words drawn with Zipf's
frequencies; its vectors are drawn around the default model's vectors of a few hundred such passages and spread as
those are, so that Chroma's graph meets neighbourhoods like real ones and questions fall among them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import multiprocessing
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, Field

from assistant.service import open_index
from assistant.settings import Settings
from corpus.model import Article, Passage, Section
from index.catalogue import FileRecord
from index.embeddings.base import Vectors
from index.query import Filters, read_query
from index.rerankers.factory import open_reader
from index.rerankers.reader import ReaderReranker
from index.search import Searcher
from index.store import Index
from index.sync import info_of, mend
from index.words import content_words, words

_log = logging.getLogger("bench_scale")
_T = TypeVar("_T")

_SIZES = [1_000, 10_000, 100_000]
_QUESTIONS = 50
_DEPTH = 40
_HITS_READ = 150
_TOPICS = 256
_PASSAGES_A_FILE = 5_000
_SHORTEST = 220
_SENTENCES = 5
_FIRST_RANK = 5
_OWN = 0.8
_FIGURES_SHARE = 0.3
_NEWEST_YEAR, _YEARS = 2026, 15


def _listed(text: str) -> list[str]:
    return text.split()


_PLACES = _listed(
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
    "place": _zipf(_PLACES),
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


def _article_year(draw: random.Random) -> int:
    """Half of the articles are of the last three years or so, the rest thins out to 2012."""
    return _NEWEST_YEAR - min(int(draw.expovariate(1 / 3.5)), _YEARS - 1)


def make_article(number: int) -> tuple[Article, list[Passage]]:
    """Article `number` with 10 to 20 passages of some 250 characters; the same number gives the same article."""
    draw = random.Random(number)
    id_ = f"{number:08x}"
    year = _article_year(draw)
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
        _fill(_QUESTION_TEMPLATES[number % len(_QUESTION_TEMPLATES)], _article_year(draw), {}, draw)
        for number in range(_QUESTIONS)
    ]


class VectorMaker:
    """Unit vectors around the model's vectors of a few hundred made passages, spread as those are."""

    def __init__(self, index: Index) -> None:
        passages = [make_article(10**9 + number)[1][0] for number in range(_TOPICS)]
        self._centres = index.embedder.embed_passages([passage.text for passage in passages])
        self._spread = (self._centres - self._centres.mean(axis=0)) / np.sqrt(_TOPICS)

    def of_article(self, number: int, count: int) -> Vectors:
        """Vectors of an article's `count` passages, [count, dimensions]: near one centre, one near the other."""
        draw = np.random.default_rng(number)
        article = self._centres[draw.integers(_TOPICS)] + 0.5 * draw.normal(size=_TOPICS) @ self._spread
        vectors = article + 0.5 * draw.normal(size=(count, _TOPICS)) @ self._spread
        return _unit(vectors)

    def of_sentences(self, passage: Vectors) -> Vectors:
        """Vectors of a passage's sentences around its own [dimensions]; shape [sentences, dimensions]."""
        draw = np.random.default_rng(int(abs(passage[0]) * 1e9))
        return _unit(passage + 0.5 * draw.normal(size=(_SENTENCES, _TOPICS)) @ self._spread)


def _unit(vectors: Vectors) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


class Built(BaseModel):
    """What it took to store `passages`: seconds, megabytes on disk and at most in memory."""

    articles: int = 0
    passages: int = 0
    catalogue_s: float = 0.0
    vectors_s: float = 0.0
    sentences_s: float = 0.0
    catalogue_mb: float = 0.0
    vectors_mb: float = 0.0
    sentences_mb: float = 0.0
    peak_mb: float = 0.0


class Spread(BaseModel):
    """Median and 95th percentile in milliseconds."""

    median: float
    p95: float


class Measured(BaseModel):
    """One size. `first_answer_s` counts from the start of the process, imports and models included.

    `memory_mb` is the resident memory after all searches; `recall` the share of the exact nearest forty that
    the vector store found, over all passages and over those of the asked year.
    """

    built: Built
    first_answer_s: float = 0.0
    open_s: float = 0.0
    mend_s: float = 0.0
    memory_opened_mb: float = 0.0
    memory_mb: float = 0.0
    recall: dict[str, float] = Field(default_factory=dict)
    calls_ms: dict[str, Spread] = Field(default_factory=dict)


def _settings(folder: Path) -> Settings:
    return Settings().model_copy(update={"index": folder / "index", "chroma_server": ""})


def _articles(passages: int) -> Iterator[tuple[int, Article, list[Passage]]]:
    """Articles until they hold `passages` in all; the last one is cut."""
    number, left = 0, passages
    while left > 0:
        article, own = make_article(number)
        yield number, article, own[:left]
        left -= len(own)
        number += 1


def build(folder: Path, passages: int, *, bare: bool) -> Built:
    """Store `passages` made passages in an index under `folder`; `bare` leaves the articles' text out."""
    index = open_index(_settings(folder))
    maker = VectorMaker(index)
    built = Built()
    ids: list[str] = []
    vectors = np.lib.format.open_memmap(
        folder / "vectors.npy", mode="w+", dtype=np.float32, shape=(passages, maker.of_article(0, 1).shape[1])
    )
    years: list[list[int]] = []
    articles: list[Article] = []
    waiting: list[Passage] = []

    def store() -> None:
        start = len(ids)
        part = np.asarray(vectors[start : start + len(waiting)])
        begun = time.perf_counter()
        index.vectors.add(waiting, {article.id: info_of(article) for article in articles}, part)
        between = time.perf_counter()
        index.catalogue.replace_file(FileRecord(f"/made/{start}", "", []), articles, waiting)
        after = time.perf_counter()
        built.vectors_s += between - begun
        built.catalogue_s += after - between
        if not bare:
            index.sentences.add(
                [passage.id for passage in waiting], [maker.of_sentences(row) for row in part]
            )
            built.sentences_s += time.perf_counter() - after
        ids.extend(passage.id for passage in waiting)
        years.extend(passage.years for passage in waiting)
        built.articles += len(articles)
        articles.clear()
        waiting.clear()

    filled = 0
    for number, article, own in _articles(passages):
        vectors[filled : filled + len(own)] = maker.of_article(number, len(own))
        filled += len(own)
        articles.append(article.model_copy(update={"text": "", "sections": []}) if bare else article)
        waiting += own
        if len(waiting) >= _PASSAGES_A_FILE:
            store()
            _log.info("  %d of %d stored", len(ids), passages)
    store()
    vectors.flush()
    (folder / "passages.json").write_text(json.dumps({"ids": ids, "years": years}), "utf-8")
    index.close()
    built.passages = len(ids)
    built.catalogue_mb = sum(_megabytes(file) for file in (folder / "index").glob("catalogue.sqlite*"))
    built.vectors_mb = sum(_megabytes(file) for file in (folder / "index" / "chroma").rglob("*"))
    built.sentences_mb = sum(_megabytes(file) for file in (folder / "index").glob("sentences.sqlite*"))
    built.peak_mb = _memory("VmHWM")
    return built


def measure(folder: Path, started: float, built: Built) -> Measured:
    """Open the index in this process, begun at `started` (seconds since the epoch), and time its calls."""
    measured = Measured(built=built)
    before = time.time()
    index = open_index(_settings(folder))
    measured.open_s = time.time() - before
    searcher = Searcher(index)
    questions = make_questions()
    searcher.search(read_query("预热：上海2025年集成电路产业营收多少?"))
    measured.first_answer_s = time.time() - started
    measured.memory_opened_mb = _memory("VmRSS")
    ids: list[str] = json.loads((folder / "passages.json").read_text("utf-8"))["ids"]
    measured.calls_ms = _time_parts(index, questions, ids) | _time_searches(index, questions)
    measured.memory_mb = _memory("VmRSS")
    begun = time.perf_counter()
    mend(index)
    measured.mend_s = time.perf_counter() - begun
    measured.recall = _recall(index, folder, questions)
    index.close()
    return measured


def _timed(calls: Iterable[Callable[[], object]]) -> Spread:
    times = []
    for call in calls:
        begun = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    return Spread(median=round(statistics.median(times), 2), p95=round(times[int(0.95 * len(times)) - 1], 2))


def _time_parts(index: Index, questions: list[str], ids: list[str]) -> dict[str, Spread]:
    draw = random.Random(1)
    catalogue, store = index.catalogue, index.vectors
    calls_ms = {"embed question": _timed(partial(index.embedder.embed_queries, [q]) for q in questions)}
    vectors = [index.sentence_vectors.of_question(question) for question in questions]
    asked = [list(dict.fromkeys(w for c in content_words(q) for w in words(c))) for q in questions]
    years = [_article_year(draw) for _ in questions]
    of_region, of_year = Filters(regions=[_PLACES[1]]), Filters(years=[_NEWEST_YEAR - 1])
    for name, filters, with_year in (
        ("", Filters(), False),
        (", year", Filters(), True),
        (", region filter", of_region, False),
        (", year filter", of_year, False),
        (", year and region filter", of_region, True),
    ):
        spoken = [[year] if with_year else [] for year in years]
        calls_ms[f"search_words{name}"] = _timed(
            partial(catalogue.search_words, a, filters, y, _DEPTH) for a, y in zip(asked, spoken, strict=True)
        )
        calls_ms[f"vectors.search{name}"] = _timed(
            partial(store.search, v, filters, y, _DEPTH) for v, y in zip(vectors, spoken, strict=True)
        )
    some = [draw.sample(ids, min(_HITS_READ, len(ids))) for _ in questions]
    calls_ms[f"vectors.cosines of {_DEPTH}"] = _timed(
        partial(store.cosines, v, s[:_DEPTH]) for v, s in zip(vectors, some, strict=True)
    )
    calls_ms[f"catalogue.passages of {_HITS_READ}"] = _timed(partial(catalogue.passages, s) for s in some)
    calls_ms[f"sentences.nearest of {_HITS_READ}"] = _timed(
        partial(index.sentences.nearest, v, s) for v, s in zip(vectors, some, strict=True)
    )
    calls_ms["catalogue.superseded"] = _timed(
        partial(catalogue.superseded, {id_.split("-")[0] for id_ in s}) for s in some
    )
    calls_ms["catalogue.passages_with"] = _timed(partial(catalogue.passages_with, a[0]) for a in asked)
    calls_ms["catalogue.counts"] = _timed([catalogue.counts] * len(questions))
    calls_ms["catalogue.data_version"] = _timed([catalogue.data_version] * len(questions))
    return calls_ms


def _time_searches(index: Index, questions: list[str]) -> dict[str, Spread]:
    """Whole searches without a reranker, and the last with it, each by a searcher that has embedded none of the questions yet."""
    calls_ms = {}
    for name, kept, filters in (
        ("all questions", questions, Filters()),
        ("no year", [q for q in questions if not read_query(q).years], Filters()),
        ("a year", [q for q in questions if read_query(q).years], Filters()),
        ("region filter", questions, Filters(regions=[_PLACES[1]])),
    ):
        # The vectors of questions are remembered; here each is asked for the first time.
        index.__dict__.pop("sentence_vectors", None)
        searcher = Searcher(index)
        calls_ms[f"SEARCH, {name}"] = _timed(
            partial(_read_and_search, searcher, question, filters) for question in kept
        )
    reader = open_reader(_settings(index.folder).models_folder)
    if reader is not None:
        index.__dict__.pop("sentence_vectors", None)
        searcher = Searcher(index, ReaderReranker(reader))
        calls_ms["SEARCH AND READ, all questions"] = _timed(
            partial(_read_and_search, searcher, question, Filters()) for question in questions
        )
    return calls_ms


def _read_and_search(searcher: Searcher, question: str, filters: Filters) -> None:
    searcher.search(read_query(question, filters))


def _recall(index: Index, folder: Path, questions: list[str]) -> dict[str, float]:
    told = json.loads((folder / "passages.json").read_text("utf-8"))
    ids, years = told["ids"], told["years"]
    stored = np.load(folder / "vectors.npy", mmap_mode="r")
    draw = random.Random(2)
    found: dict[str, list[float]] = {"all passages": [], "recent year": [], "rare year": []}
    masks = {
        year: np.array([year in each for each in years])
        for year in range(_NEWEST_YEAR - _YEARS, _NEWEST_YEAR)
    }
    for question in questions:
        vector = index.sentence_vectors.of_question(question)
        cosines = stored @ vector[0]
        for name, year in (
            ("all passages", 0),
            ("recent year", _NEWEST_YEAR - draw.randint(1, 3)),
            ("rare year", _NEWEST_YEAR - draw.randint(_YEARS - 4, _YEARS - 1)),
        ):
            own = np.where(masks[year], cosines, -2.0) if year else cosines
            count = min(_DEPTH, int(masks[year].sum()) if year else len(ids))
            if not count:
                continue
            exact = {ids[at] for at in np.argpartition(-own, count - 1)[:count]}
            got = {id_ for id_, _ in index.vectors.search(vector, Filters(), [year] if year else [], _DEPTH)}
            found[name].append(len(exact & got) / count)
    return {name: round(statistics.mean(shares), 4) for name, shares in found.items() if shares}


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6 if file.is_file() else 0.0


def _memory(field: str) -> float:
    """Resident megabytes of this process: `VmRSS` now, `VmHWM` at most; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1000


def _in_fresh_process(function: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_set_up_logging) as pool:
        return pool.submit(function, *arguments, **named).result()


def _set_up_logging() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("bench_scale").setLevel(logging.INFO)


def _one_size(passages: int, work: Path, *, bare: bool) -> Measured:
    folder = work / str(passages)
    folder.mkdir(parents=True)
    _log.info("%s passages", f"{passages:,}")
    try:
        built = _in_fresh_process(build, folder, passages, bare=bare)
        return _in_fresh_process(measure, folder, time.time(), built)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(results: list[Measured]) -> list[str]:
    """Lines of a Markdown table, a column a size."""
    rows: list[tuple[str, list[str]]] = [
        ("articles", [f"{r.built.articles:,}" for r in results]),
        ("store words, s", [f"{r.built.catalogue_s:.1f}" for r in results]),
        ("store vectors, s", [f"{r.built.vectors_s:.1f}" for r in results]),
        ("store vectors of sentences, s", [f"{r.built.sentences_s:.1f}" for r in results]),
        ("storing: peak memory, MB", [f"{r.built.peak_mb:,.0f}" for r in results]),
        ("catalogue on disk, MB", [f"{r.built.catalogue_mb:,.0f}" for r in results]),
        ("vectors on disk, MB", [f"{r.built.vectors_mb:,.0f}" for r in results]),
        ("vectors of sentences on disk, MB", [f"{r.built.sentences_mb:,.0f}" for r in results]),
        ("open the index, s", [f"{r.open_s:.2f}" for r in results]),
        ("fresh process to first answer, s", [f"{r.first_answer_s:.1f}" for r in results]),
        ("check of both stores at start (mend), s", [f"{r.mend_s:.2f}" for r in results]),
        ("memory after the first answer, MB", [f"{r.memory_opened_mb:,.0f}" for r in results]),
        ("memory after all searches, MB", [f"{r.memory_mb:,.0f}" for r in results]),
    ]
    for name in dict.fromkeys(name for r in results for name in r.recall):
        rows.append(
            (f"recall@{_DEPTH} of vectors, {name}", [_cell(r.recall.get(name), "{:.3f}") for r in results])
        )
    for name in dict.fromkeys(name for r in results for name in r.calls_ms):
        cells = [r.calls_ms.get(name) for r in results]
        rows.append((f"{name}, ms", [f"{c.median:.1f} / {c.p95:.1f}" if c else "" for c in cells]))
    head = ["passages (times: median / 95 %)", *(f"{r.built.passages:,}" for r in results)]
    body = [[name, *cells] for name, cells in rows]
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body)]


def _cell(value: float | None, pattern: str) -> str:
    return "" if value is None else pattern.format(value)


def main(arguments: list[str] | None = None) -> None:
    """Build and measure each size and tell the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=_SIZES, help="numbers of passages")
    parser.add_argument(
        "--vectors-only",
        nargs="*",
        type=int,
        default=[],
        help="more sizes: vectors and words without articles' text",
    )
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--work", type=Path, help="folder to build in; default: a temporary one")
    chosen = parser.parse_args(arguments)
    _set_up_logging()
    results: list[Measured] = []
    with tempfile.TemporaryDirectory(dir=chosen.work) as work:
        for bare, sizes in ((False, chosen.sizes), (True, chosen.vectors_only)):
            for passages in sizes:
                results.append(_one_size(passages, Path(work), bare=bare))
                if chosen.json:
                    chosen.json.write_text(json.dumps([r.model_dump() for r in results], indent=1), "utf-8")
    for line in table(results):
        _log.info("%s", line)


if __name__ == "__main__":
    main(sys.argv[1:])
