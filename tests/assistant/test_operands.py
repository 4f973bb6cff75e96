"""Figures that may be put together."""

import pytest

from assistant.answering.calculation import Operand
from assistant.answering.operands import is_likely_change, suits
from assistant.understanding.question import parse
from corpus.language.quantities import quantities_in


@pytest.mark.parametrize(
    ("question", "text", "figure", "may"),
    [
        ("甲县和乙县的产值差多少", "全县产值9万元", "9万元", True),
        ("甲县和乙县的产值差多少", "人均产值9万元", "9万元", False),
        ("甲县和乙县的人均产值差多少", "人均产值9万元", "9万元", True),
        ("甲县和乙县的产值差多少", "人均产值9万元，全县产值8亿元", "8亿元", True),
        ("甲县和乙县的产值差多少", "产值年均增长5.7%", "5.7%", False),
        ("甲县和乙县的产值差多少万亿", "全县产值9万元", "9万元", False),
        ("甲县和乙县的产值差多少万亿", "全县产值9000亿元", "9000亿元", True),
        ("甲县和乙县的产值差多少亿", "全县产值1.2万亿元", "1.2万亿元", True),
    ],
)
def test_an_average_is_no_total(question: str, text: str, figure: str, may: bool) -> None:
    assert suits(parse(question), text, quantities_in(figure)[0]) is may


@pytest.mark.parametrize(
    ("first", "second", "likely"),
    [
        (("2024年", "1200.5亿元"), ("2023年", "15.2亿元"), False),
        (("2024年", "1200.5亿元"), ("2023年", "1450亿元"), True),
        (("2024年", "0.5%"), ("2023年", "8%"), True),
        # Places may differ by any factor.
        (("广东", "12万亿元"), ("西藏", "2400亿元"), True),
    ],
)
def test_a_measure_does_not_grow_tenfold_in_a_year(
    first: tuple[str, str], second: tuple[str, str], *, likely: bool
) -> None:
    operands = [Operand(name, quantities_in(figure)[0]) for name, figure in (first, second)]
    assert is_likely_change(operands) is likely
