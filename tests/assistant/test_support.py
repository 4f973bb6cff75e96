"""What a sentence tells, held against what it cites."""

import pytest

from assistant.checking.contrary import contrary
from assistant.checking.support import unsupported

TOLD = "2025年，上海市集成电路产业的营业收入规模超过4800亿元，比2024年增长24%，由市经信委发布。"


@pytest.mark.parametrize(
    "sentence",
    ["2025年上海集成电路产业营收超过4800亿元。", "上海的营收超0.48万亿元，增长24%。", "营收增长了24％。"],
)
def test_what_is_told_is_supported(sentence: str) -> None:
    assert unsupported(sentence, TOLD) == []


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("上海营收5123亿元。", "5123"),
        ("上海营收超过4800万元。", "4800万元"),
        ("江苏营收超过4800亿元。", "江苏"),
        ("2023年营收超过4800亿元。", "2023"),
        ("《集成电路条例》说营收4800亿元。", "《集成电路条例》"),
        ("国家统计局说营收超过4800亿元。", "国家统计局"),
    ],
)
def test_what_is_not_told_is_named(sentence: str, missing: str) -> None:
    assert missing in unsupported(sentence, TOLD)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("共3项任务，第12条。", "三项任务，见第十二条。"),
        ("6月5日印发。", "2026年06月05日印发。"),
        ("GDP和AI产业。", "国内生产总值和人工智能产业。"),
        ("罚款5000元。", "5000人被罚款5千元。"),
        ("面积10平方公里。", "面积1000公顷。"),
        ("企业1256家。", "企业1,256户。"),
    ],
)
def test_the_same_written_otherwise_is_supported(sentence: str, told: str) -> None:
    assert unsupported(sentence, told) == []


@pytest.mark.parametrize(
    ("sentence", "told", "missing"),
    [
        ("自2025年1月2日起施行。", "自2025年1月1日起施行。", "2"),
        ("补贴1200万元。", "补贴1,200亿元。", "1200万元"),
        ("服务120万人。", "服务120万人次。", "120万人"),
        ("共5家。", "统一标准。", "5"),
    ],
)
def test_what_only_looks_alike_is_not_supported(sentence: str, told: str, missing: str) -> None:
    assert missing in unsupported(sentence, told)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("出口下降24%。", "出口增长24%。"),
        ("赤字率实现了3%。", "赤字率目标为3%左右。"),
        ("支付机构可以将客户信息用于营销。", "支付机构不得将客户信息用于营销。"),
        ("支付机构可出售不良资产。", "支付机构不得出售不良资产。"),
        ("外商投资项目需要审批。", "外商投资项目无须审批。"),
        ("进口增长3%，出口下降3%。", "进口下降3%，出口增长3%。"),
    ],
)
def test_the_contrary_is_noticed(sentence: str, told: str) -> None:
    assert contrary(sentence, told)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("出口增长24%。", "进口下降3%，出口增长24%。"),
        ("出口增长3%。", "进口下降3%，出口增长3%。"),
        ("出口下降5%。", "进口上升15%，出口下降5%。"),
        ("无须提交材料。", "无需提交材料。"),
        ("企业没有不良记录。", "企业无不良记录。"),
        ("高于3%。", "不得低于3%。"),
        ("赤字率目标为3%。", "赤字率目标为3%左右。"),
        ("支付机构不得将客户信息用于营销。", "支付机构不得将客户信息用于营销，也不得出售。"),
    ],
)
def test_the_same_is_not_taken_for_the_contrary(sentence: str, told: str) -> None:
    assert contrary(sentence, told) == ""
