"""A figure behind 其中 is no headline where the question asks of the whole."""

import pytest

from assistant.answering.in_sentence import tells_an_unasked_part
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "figure", "is_other"),
    [
        ("到2027年企业有多少家", "集聚企业120家，其中规上18家。", "18", True),
        ("规上企业有多少家", "集聚企业120家，其中规上18家。", "18", False),
        ("到2027年企业有多少家", "集聚企业120家，其中规上18家。", "120", False),
        ("常住人口多少", "常住人口50万人，其中城镇人口30万人。", "30", True),
        ("出口多少", "其中一般贸易出口30亿元。", "30", False),
        ("灌排机械的动力是多少", "总动力11亿千瓦，其中灌排机械动力达到1.3亿千瓦", "1.3", False),
        ("低保标准多少", "4.2万人享受低保，其中城市1.8万人，标准统一为每月1080元", "1080", False),
        ("企业多少家", "集聚企业412家，其中规模以上企业67家", "67", True),
        ("投资多少", "完成投资90亿元。其中民间40亿元。", "40", False),
    ],
)
def test_a_part_that_is_not_asked_of(question: str, sentence: str, figure: str, is_other: bool) -> None:
    assert tells_an_unasked_part(parse(question), sentence, sentence.index(figure)) is is_other
