"""What of a question a sentence must hold, and what is said in words that official texts do not use."""

from __future__ import annotations

import pytest

from assistant.answering.added import standing_alone
from assistant.reading.candidate import Candidate
from assistant.reading.comparison import Comparison
from corpus.language.periods import Period
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.query import read_query
from index.store import Index
from index.words import naming_words


def features(
    index: Index,
    question: str,
    text: str,
    *,
    title: str = "工作报告",
    date: str = "2026-02-01",
    periods: tuple[str, ...] = (),
) -> dict[str, float]:
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title=title, date=date))
    candidate = Candidate(hit=hit, start=0, end=len(text), text=text, context=title)
    candidate.periods = [Period.parse(each) for each in periods]
    Comparison(index, read_query(question), [hit]).compare(candidate, 0.9)
    return candidate.features


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("一共拉了多少客人的地铁", "地铁客运量10亿人次"),
        ("粮食打了多少？", "粮食产量300万吨"),
        ("旅游去年挣了多少钱", "旅游收入45亿元"),
        ("违法的罚了多少钱", "查处违法行为826件，罚款7654万元"),
        ("失业金能领多少", "失业金标准1814元"),
    ],
)
def test_everyday_verbs_are_no_gap(sample_index: Index, question: str, text: str) -> None:
    missing = {word for word in naming_words(question) if word not in text}
    assert not missing & {"拉", "打", "挣", "罚", "领", "钱", "一共"}


def test_a_thing_that_a_sentence_does_not_name_is_a_gap(sample_index: Index) -> None:
    assert features(sample_index, "火箭发射了多少次", "全年举办活动2688次")["worst_gap"] > 0
    assert features(sample_index, "活动办了多少次", "全年举办活动2688次")["worst_gap"] == 0


def test_a_plan_named_as_the_time_is_compared_as_time(sample_index: Index) -> None:
    found = features(
        sample_index, "“十五五”GDP年均增速多少", "地区生产总值年均增速7%—8%", periods=("2026/2030",)
    )
    assert found["worst_gap"] == 0
    assert found["time_likeness"] == 1
    assert found["period_missing"] == 0
    # "GDP" is named, in other words.
    assert found["names_missing"] == 0


def test_what_is_to_come_is_a_goal(sample_index: Index) -> None:
    text = "实施稳岗行动，城镇新增就业86万人"
    assert features(sample_index, "2026年就业目标", text, periods=("2026",))["goal_mismatch"] == 0
    assert features(sample_index, "2025年就业目标", text, periods=("2025",))["goal_mismatch"] == 2
    assert features(sample_index, "2026年就业目标", text, date="")["goal_mismatch"] == 2


def test_a_city_does_not_speak_for_the_country(sample_index: Index) -> None:
    text = "全年粮食产量1.12万吨"
    city = features(sample_index, "去年全国打了多少粮食", text, title="东莞市2024年统计公报")
    assert city["place_other"] == 1
    assert features(sample_index, "去年全国打了多少粮食", text, title="2024年统计公报")["place_other"] == 0


@pytest.mark.parametrize(
    ("question", "text", "periods", "other"),
    [
        ("2024年GDP是多少", "五年来GDP年均增长5.2%，连续迈上4万亿、5万亿两个台阶", ("2021/2025",), 1),
        ("2025年GDP是多少", "五年来GDP从11万亿元提高到14万亿元", ("2021/2025",), 0),
        ("2021年GDP是多少", "五年来GDP从11万亿元提高到14万亿元", ("2021/2025",), 0),
        ("2023年GDP是多少", "五年来GDP从11万亿元提高到14万亿元", ("2021/2025",), 1),
        ("2025年GDP是多少", "五年来GDP年均增长5.2%，去年14万亿元", ("2021/2025", "2025"), 0),
        ("“十四五”GDP年均增长多少", "五年来GDP年均增长5.2%", ("2021/2025",), 0),
    ],
)
def test_a_figure_of_several_years_is_none_of_one(
    sample_index: Index, question: str, text: str, periods: tuple[str, ...], other: int
) -> None:
    assert features(sample_index, question, text, periods=periods)["time_other"] == other


def test_a_sentence_on_a_province_is_not_labelled_with_its_city() -> None:
    text = "生产总值6.66万亿元。"
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title="河南省政府工作报告"))
    candidate = Candidate(hit=hit, start=0, end=len(text), text=text, context="河南省政府工作报告")
    assert standing_alone(candidate, read_query("郑州GDP是多少")) == text
    assert standing_alone(candidate, read_query("河南GDP是多少")) == f"〔河南〕{text}"


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("按2018年那份就业意见，技能补贴参保几年能领", 0),
        ("2018年的就业政策里技能补贴参保几年能领", 0),
        ("2018年就业意见规定技能补贴参保几年能领", 0),
        ("2018年印发的办法里技能补贴参保几年能领", 0),
        ("2018年版的申领指南说技能补贴参保几年能领", 0),
        ("2018年技能补贴参保几年能领", 1),
        ("2017年那份就业意见里技能补贴参保几年能领", 1),
    ],
)
def test_the_year_of_a_document_is_not_the_time_that_it_tells_of(
    sample_index: Index, question: str, other: float
) -> None:
    text = "2019年1月1日至2020年12月31日，技能补贴申领条件放宽至参保1年以上。"
    found = features(sample_index, question, text, periods=("2019/2020",), date="2018-12-05")
    assert found["time_other"] == other


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("快递业务收入多少亿元", "时间：2025年4月 | 快递业务收入_累计值：4669.13 | 增速：9.5", 0),
        ("快递业务收入多少亿元", "时间：2025年4月 | 快递业务收入：4669.13亿元", 0),
        ("快递业务收入多少亿元", "年份：2024 | 快递业务量：500万吨", 1),
        ("快递业务收入多少亿元", "时间：2025年4月 | 快递业务量：40亿件 | 网点：3万个", 1),
        ("快递业务收入多少亿元", "快递业务量为614.3万件", 1),
    ],
)
def test_a_row_of_figures_alone_lacks_no_unit(
    sample_index: Index, question: str, text: str, missing: float
) -> None:
    assert features(sample_index, question, text)["unit_missing"] == missing


@pytest.mark.parametrize(
    ("question", "text", "periods", "other"),
    [
        ("2025年10月份发电量多少", "1—10月份，发电量80625亿千瓦时", ("2025-01/2025-10",), 1),
        (
            "2025年10月份发电量多少",
            "10月份发电量8002亿千瓦时，比9月份快",
            ("2025-10", "2025-09"),
            0,
        ),
        ("2025年前10个月发电量多少", "10月份发电量8002亿千瓦时", ("2025-10",), 1),
        ("2025年前三季度产量多少", "三季度产量900万吨", ("2025-07/2025-09",), 1),
        ("2025年上半年进口多少", "一季度进口3万亿元", ("2025-01/2025-03",), 1),
        # Up to a month is that month or all of its year until then.
        ("截至2025年4月底累计进口多少", "1—4月进口4万亿元", ("2025-01/2025-04",), 0),
        ("截至2025年4月底装机容量多少", "4月底装机容量37亿千瓦", ("2025-04",), 0),
        ("到2025年4月为止一共进口多少", "4月当月进口1万亿元", ("2025-04",), 1),
        ("2026年到4月份用户有多少", "1—4月份，用户达10.81亿户", ("2026-01/2026-04",), 0),
        ("截至2025年4月末余额多少", "4月末余额325万亿元，当月净投放200亿元", ("2025-04",), 0),
        ("2025年8月以来新增贷款多少", "1—8月，新增贷款13.5万亿元", ("2025-01/2025-08",), 1),
        ("2025年6月从业人员新增多少", "1—6月新增30万人", ("2025-01/2025-06",), 1),
        # A day of it, or a year, is no other run of months.
        ("2025年10月份发电量多少", "10月31日发电量8亿千瓦时", ("2025-10-31",), 0),
    ],
)
def test_another_run_of_months_is_another_time(
    sample_index: Index, question: str, text: str, periods: tuple[str, ...], other: float
) -> None:
    assert features(sample_index, question, text, periods=periods)["time_other"] == other
