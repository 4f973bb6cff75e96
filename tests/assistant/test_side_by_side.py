"""Sums and differences of figures that stand side by side in one sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.in_sentence import change_told
from assistant.answering.side_by_side import tells_the_same_figures, worked_side_by_side
from assistant.understanding.operation import Operation
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "result"),
    [
        (
            "新开一家面馆和一家书店，总共补多少",
            "对新开书店、面馆、茶馆分别补助8万元、3万元、2万元。",
            "11万元",
        ),
        ("滑雪场与溜冰场加起来几座？", "全市建成公园12个；滑雪场7座、溜冰场4座；新增步道三条。", "11座"),
        (
            "小麦库存加玉米库存合计多少万吨",
            "小麦库存310万吨（环比+2万吨）、玉米库存205万吨（环比-1万吨），其中新粮占比上升。",
            "515万吨",
        ),
        ("2019到2022四年一共关停多少家砖厂", "2019年-2022年分别关停砖厂3家、5家、11家、2家。", "21家"),
        ("幼儿园和中学一共多少所", "全县有幼儿园14所，小学31所，中学6所。", "20所"),
        (
            "2023年的游客比2022年多了多少万人次",
            "2023年接待游客820万人次，相较于2022年615万人次同比增长33.3%。",
            "205万人次",
        ),
        (
            "旱灾政策和水灾政策加起来有多少个",
            "全省共出台88个防灾政策，其中，12个旱灾政策，20个水灾政策，56个其他政策。",
            "32个",
        ),
        ("甲厂比乙厂多多少吨", "甲厂产煤1,200吨，乙厂产煤900吨。", "300吨"),
        ("2021年至2023年一共建了几座", "2021年建桥10座，2022年12座，2023年20座。", "42座"),
        # The things that are held against each other, of more than two.
        (
            "甲类工艺二等奖比甲类设计二等奖多几件",
            "授予“青瓷釉”等12件作品甲类设计奖二等奖，授予“竹编”等31件作品甲类工艺奖二等奖，授予“漆”等4件作品甲类工艺奖一等奖。",
            "19件",
        ),
        (
            "数字产业化比产业数字化少多少亿",
            "产业数字化增加值520亿元，数字产业化增加值180亿元，数据交易额40亿元。",
            "340亿元",
        ),
        ("苹果跟香梨相比，收购量多了多少吨", "收购苹果340吨、葡萄95吨、香梨210吨。", "130吨"),
        ("2022年比2021年多建了几座", "2020年建成3座，2021年建成5座，2022年建成11座。", "6座"),
        ("工业用地与商业用地差多少亩", "出让住宅用地90亩，工业用地310亩，商业用地45亩。", "265亩"),
        # What the first names, the later leave out; how many there are of a kind; the most of all.
        (
            "青年组一等奖、二等奖加起来多少个",
            "评出少年组一等奖3个、少年组二等奖9个、青年组一等奖2个、青年组二等奖7个。",
            "9个",
        ),
        ("押金加两笔货款一共多少", "合同约定押金2万元、第一笔货款5万元及第二笔货款6万元。", "13万元"),
        ("定金加尾款最多能收多少", "买方付定金3万元、最多8万元的尾款。", "最多11万元"),
        # A year for each of a row.
        ("2019年到2021年一共新增几家", "2018年-2021年分别新增4家、9家、24家、63家。", "96家"),
        ("2020至2022年一共培训多少人", "2020-2022年，依次培训300人、450人、520人。", "1270人"),
        ("山区和平原的补贴每亩差多少", "山区县补贴标准为150元/亩，平原县补贴标准为120元/亩。", "30元"),
    ],
)
def test_figures_of_one_sentence_are_put_together(question: str, sentence: str, result: str) -> None:
    worked = worked_side_by_side(parse(question), sentence, parse(question).operation.in_a_sentence)
    assert worked is not None
    assert worked.short == result


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("全县一共有多少家砖厂", "全县共有砖厂120家，其中规模以上35家。"),
        ("订金加两笔尾款一共多少", "合同约定首付2万元、第一笔尾款5万元及第二笔尾款6万元。"),
        ("罚款最高多少", "个人罚款2000元，单位罚款5万元。"),
        ("增加了多少万吨", "甲矿产量50万吨，乙矿产量30万吨。"),
        ("两项支出合计占比多少", "教育支出占12%、卫生支出占8%。"),
        # A thing asked for stands there with a figure that is no item of its own: another's is not taken for it.
        ("茶园和果园一共多少亩", "全县有茶园（老茶园120亩），果园300亩、老果园80亩。"),
        ("2023年比2022年多了几家", "2023年新办工厂14家，2021年9家。"),
        ("云县一共多少家", "面馆云县120家、山县90家、水县60家。"),
        ("一共造成多少人死亡", "事故造成5人死亡、12人受伤。"),
        ("全年一共多少天办结", "受理1个工作日、审查5个工作日、法定时限20个工作日。"),
        ("甲店和乙店的利润差多少", "甲店盈利8万元，乙店亏损3万元。"),
        ("山塘和水库一共多少座", "山塘近50座、水库12座。"),
        ("甲镇和乙镇的补助差多少", "甲镇每月300元，乙镇每年1200元。"),
        # Neither side of what is compared is told, or only one.
        (
            "在省城租房，跟在二十万人的小城租房，每月差多少",
            "人口过百万的城市，每月1100元；人口不过百万的城市，每月800元。",
        ),
        ("甲镇比乙镇多多少亩", "甲镇造林300亩，丙镇造林120亩。"),
        ("一等奖比二等奖多几个", "甲组一等奖3个、乙组一等奖4个、二等奖9个。"),
        # The row is of other years, or no row of one figure a year.
        ("2019年到2021年一共新增几家", "2020年-2022年分别新增9家、24家、63家。"),
        ("2019年到2021年一共新增几家", "2019年-2021年新增企业9家、学校24家、医院63家。"),
        # Money is no number of things; nothing is joined.
        ("签的那单总共多少个项目", "合同约定首付2万元、尾款5万元。"),
        ("县里一共兑现多少万元奖励", "奖励甲类企业30万元、乙类奖励10万元、丙类企业20万元。"),
        ("小麦和玉米一共多少万吨", "小麦300万亩、玉米200万亩。"),
        ("住宅和商铺的电价合计多少", "住宅电价0.5元、商铺电价0.8元。"),
    ],
)
def test_what_is_not_plain_is_not_worked_out(question: str, sentence: str) -> None:
    worked = worked_side_by_side(parse(question), sentence, parse(question).operation.in_a_sentence)
    assert worked is None


def test_a_share_that_was_lost_is_the_difference_of_both_ends() -> None:
    worked = change_told(
        parse("老厂的市场份额三年里丢了多少个百分点"), "老厂的市场份额从三年前的60%降至如今的35%。"
    )
    assert worked is not None
    assert worked.short == "25个百分点"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("首付12万元、尾款35万元", "预付款12万元，尾款35万元，另付利息2万元", True),
        ("首付12万元、尾款35万元", "预付款12万元，尾款36万元", False),
        ("首付12万元", "预付款12万元", False),
        ("增长5%，2024年有3家", "2024年增长5%，有4家", False),
    ],
)
def test_sentences_tell_the_same_figures(one: str, other: str, *, same: bool) -> None:
    assert tells_the_same_figures(one, other) is same


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_taken(question: str, sentence: str) -> None:
    for operation in (Operation.SUM, Operation.DIFFERENCE, parse(question).operation.in_a_sentence):
        worked_side_by_side(parse(question), sentence, operation)
