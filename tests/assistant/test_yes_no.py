"""Yes or no, where a sentence decides it plainly."""

import pytest

from assistant.answering.yes_no import verdict
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "yes"),
    [
        (
            "一次买8000元不记名预付卡,需要做尽职调查吗?",
            "一次性购买不记名预付卡，金额达到人民币1万元以上。",
            False,
        ),
        ("客户身份资料留满8年就销毁,合规吗?", "客户身份资料从业务关系结束后起至少保存10年。", False),
        ("20天后再答复行不行?", "银行应当在15日内答复投诉人。", False),
        ("2024年的物价涨幅达到3%的目标了吗?", "2024年居民消费价格上涨0.2%。", False),
        ("2025年全社会用电量超过10万亿千瓦时了吗?", "2025年全社会用电量为103682亿千瓦时，增长5.0%。", True),
        ("支付机构股东可以用债务资金出资吗?", "股东不得以债务资金出资。", False),
        ("开立账户需要核实身份吗?", "金融机构应当核实客户身份。", True),
        ("可以委托他人办理吗?", "申请人可以委托代理人办理。", True),
    ],
)
def test_a_plain_sentence_decides(question: str, sentence: str, yes: bool) -> None:
    decided = verdict(parse(question), sentence)
    assert decided is not None
    assert decided.yes is yes


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("上海完成规划目标了吗?", "上海在收官之年达到了规划确定的发展目标。"),
        ("2024年产量超过1000万辆了吗?", "2024年产量1300万辆，出口120万辆。"),
        ("是不是不得委托他人?", "申请人不得委托他人。"),
    ],
)
def test_what_has_to_be_read_is_left_to_the_reader(question: str, sentence: str) -> None:
    assert verdict(parse(question), sentence) is None
