"""Clauses of one question asked apart, each with what it leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.by_clause import clauses_apart, continued
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "second"),
    [
        # A place that no list holds stays whole, and things that are counted take the place of the measure.
        ("平川县低空经济2027年产业规模目标多少？企业多少家？", "平川县低空经济2027年产业企业多少家"),
        (
            "青禾股份2025年研发支出资本化金额是多少，为什么开始资本化？",
            "青禾股份2025年研发支出资本化金额为什么开始资本化",
        ),
        ("云溪县生猪存栏多少？为什么会下降？", "云溪县生猪存栏为什么会下降"),
        ("海陵县2025年捕捞产量多少？船多少艘？", "海陵县2025年捕捞船多少艘"),
        ("云山镇茶叶产值多少，农户多少户", "云山镇茶叶农户多少户"),
        # The verb goes on with the subject of the first.
        ("2022年云山县茶叶产值多少亿，涨了几个点？", "2022年云山县茶叶产值涨了几个点"),
        ("2023年全市救助了多少流浪动物，收养了多少", "2023年全市流浪动物收养了多少"),
        ("2021年治沙投入花了多少钱，占财政支出多少", "2021年治沙投入占财政支出多少"),
        ("去年青川港集装箱吞吐量多少，排第几？", "去年青川港集装箱吞吐量排第几"),
        ("2020年末图书馆藏书多少册，比上年增加多少", "2020年末图书馆藏书比上年增加多少"),
        ("养老床位2021年多少张，覆盖多少个社区", "养老床位2021年覆盖多少个社区"),
        ("那座大桥有多长？总共花了多少钱", "那座大桥总共花了多少钱"),
        ("2019年示范园有多少台收割机，跑了多少公里？", "2019年示范园收割机跑了多少公里"),
        ("学位条例是哪天施行的，由哪个部门解释？", "学位条例由哪个部门解释"),
        ("海洋馆哪年开的、在哪个区？", "海洋馆在哪个区"),
        ("今年要新建多少个停车场、多少个充电站", "今年要新建多少个充电站"),
        ("2025年运动会哪几天办，在哪个体育馆？", "2025年运动会在哪个体育馆"),
        ("粮食产量是多少?比上年增长多少?", "粮食产量比上年增长多少"),
        # A relation is one of the first's measure.
        ("2023年渔业产值多少，增速呢？", "2023年渔业产值增速是多少"),
        ("居民用水价格2022年多少？中位数呢？", "居民用水价格2022年中位数是多少"),
        ("2020年底流动儿童多少，占比多少？", "2020年底流动儿童占比多少"),
        ("蓝莓种植面积多少、增速多少？", "蓝莓种植面积增速多少"),
        # What can be asked of the same thing.
        ("苹果产量多少，销量呢", "苹果销量是多少"),
        ("去年房租涨了多少，今年目标定多少", "房租今年目标定多少"),
        # One thing in the place of its like.
        ("2021年城市学生每月补多少，农村一年多少", "2021年农村学生一年多少"),
        ("去诊所拔一次牙平均花多少？补一次牙呢？", "去诊所补一次牙平均花多少"),
        ("宽带普及率2020年多少，农村呢？", "农村普及率2020年多少"),
        ("宽带普及率多少，满意率多少", "宽带满意率多少"),
        ("大型超市的客流2021年多少？2019年呢", "大型超市的客流2019年多少"),
        ("上海的藏书量多大?江苏呢?", "江苏的藏书量多大"),
        # A subject of its own in the same time and place.
        ("2025年的赤字率是多少,城镇调查失业率目标是多少?", "2025年城镇调查失业率目标是多少"),
        ("杭州2024年晴天多少天，优良率多少", "杭州2024年优良率多少"),
        ("去年航道运了多少货，上亿吨的港口有几个？", "去年上亿吨的港口有几个"),
        ("2021年快递业务收入多少，其中同城快递多少？", "2021年快递业务收入其中同城快递多少"),
        ("那台烘干机有多贵？装了它能省多少柴油", "装了那台烘干机能省多少柴油"),
        ("在园区上班又住园区，材料费怎么交、最多交多少？", "在园区上班又住园区，材料费最多交多少"),
    ],
)
def test_a_clause_gets_back_what_it_leaves_out(question: str, second: str) -> None:
    parts = clauses_apart(parse(question))
    assert parts[1:] == [second]


@pytest.mark.parametrize(
    "question",
    [
        "截至2025年底，全市有多少家书店？",
        "为了保护耕地，占用耕地要交多少费？",
        "什么是智慧农业,怎么发展?",
        "全市去年工业增加值下降了多少，为什么？",
        "存货为什么增加，增加了多少？",
        "甲乙两县谁的产值高，高多少？",
        "云山和青川哪个降雨多，差多少毫米？",
        "小麦、水稻、玉米的产量",
        "表彰了谁，他是什么职务",
        "报告安排了哪几笔债券，各用多少",
        "学费为什么上涨，涨了多少",
        "二手房成交多少套？四月那篇",
        "可以带宠物吗，要什么证明",
        "老人乘车，凭什么证件免费？",
        "产量1,200万吨是哪年的",
    ],
)
def test_what_asks_once_or_only_together_is_not_parted(question: str) -> None:
    assert clauses_apart(parse(question)) == []


def test_three_clauses_are_three_questions() -> None:
    assert [part.text for part in parse("酿酒的作坊有几家，2019年总共酿了多少吨，其中黄酒多少").parts] == [
        "酿酒的作坊有几家",
        "酿酒的作坊2019年总共酿了多少吨",
        "酿酒的作坊2019年其中黄酒多少",
    ]


def test_growth_is_that_of_the_measure_before_it() -> None:
    assert [part.text for part in parse("2024年蔬菜产量和增速").parts] == [
        "2024年蔬菜产量",
        "2024年蔬菜产量增速",
    ]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("藏书量2017年和2021年各多少册", ["藏书量2017年多少册", "藏书量2021年多少册"]),
        ("交通、水利、能源投资各要多少", ["交通投资要多少", "水利投资要多少", "能源投资要多少"]),
        ("铁路和水运投资各完成多少", ["铁路投资完成多少", "水运投资完成多少"]),
        ("个保法和数安法各从哪天起施行", ["个保法从哪天起施行", "数安法从哪天起施行"]),
        ("上海和江苏各项贷款余额各是多少", ["上海各项贷款余额是多少", "江苏各项贷款余额是多少"]),
        ("从2019到2023年茶园面积多了多少亩", ["2019年茶园面积多了多少亩", "2023年茶园面积多了多少亩"]),
        (
            "2018到2021四年里一共建了多少座桥",
            [f"{year}年一共建了多少座桥" for year in range(2018, 2022)],
        ),
    ],
)
def test_years_are_asked_apart(question: str, parts: list[str]) -> None:
    assert [part.text for part in parse(question).parts] == parts


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_taken(first: str, other: str) -> None:
    assert isinstance(continued(first, other), str)
    assert all(isinstance(part, str) for part in clauses_apart(parse(f"{first}多少，{other}呢")))


@given(st.sampled_from(["云山", "青川"]), st.integers(2001, 2024))
def test_the_second_keeps_the_time_of_the_first(name: str, year: int) -> None:
    _, second = clauses_apart(parse(f"{year}年{name}湖面积多大，涨了多少？"))
    assert str(year) in second
    assert name in second
