"""The figure right behind the last thing that a question names."""

import pytest

from assistant.answering.figure_behind import figure_behind
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "figure"),
    [
        ("二月挖掘机出口多少台", "二月销售挖掘机14,208台，其中国内8,115台，出口6,093台。", "6,093"),
        ("悲观情景下的目标价", "乐观情景下利润为4.5亿元，目标价33元；悲观情景下利润为3.1亿元，目标价20.3元。", "20.3"),
        ("全县小麦产量", "全县粮食播种面积31万亩，小麦产量达12.4万吨。", "12.4"),
        ("目标价是多少", "甲机构的目标价33元，乙机构的目标价20.3元。", ""),
        ("全县小麦产量", "全县小麦产量比上年略有增长，播种面积31万亩。", ""),
    ],
)  # fmt: skip
def test_the_figure_behind_what_is_asked(question: str, sentence: str, figure: str) -> None:
    found = figure_behind(parse(question), sentence)
    assert found.startswith(figure) if figure else not found
