"""Figures that may be put together."""

import pytest

from assistant.answering.calculation import Operand
from assistant.answering.operands import (
    in_one_unit,
    is_likely_change,
    operands_of,
    results_first,
    suits,
)
from assistant.reading.candidate import Candidate
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.language.quantities import quantities_in
from corpus.model import Passage
from index.aim import goal_mismatch
from index.hit import ArticleInfo, Hit


@pytest.mark.parametrize(
    ("question", "text", "figure", "may"),
    [
        ("甲县和乙县的产值差多少", "全县产值9万元", "9万元", True),
        ("甲县和乙县的产值差多少", "人均产值9万元", "9万元", False),
        ("甲县和乙县的人均产值差多少", "人均产值9万元", "9万元", True),
        ("甲县和乙县的产值差多少", "人均产值9万元，全县产值8亿元", "8亿元", True),
        ("甲县和乙县的产值差多少", "产值年均增长5.7%", "5.7%", False),
        # What has no total is told as an average.
        ("甲县和乙县的颗粒物差多少", "颗粒物年均浓度31微克/立方米", "31微克/立方米", True),
        ("甲县和乙县的气温差多少", "平均气温14.5度", "14.5度", True),
        ("甲县和乙县的用水差多少", "人均日用水0.2吨", "0.2吨", False),
        ("甲县和乙县的产值差多少万亿", "全县产值9万元", "9万元", False),
        ("甲县和乙县的产值差多少万亿", "全县产值9000亿元", "9000亿元", True),
        ("甲县和乙县的产值差多少亿", "全县产值1.2万亿元", "1.2万亿元", True),
    ],
)
def test_an_average_is_no_total(question: str, text: str, figure: str, may: bool) -> None:
    assert suits(parse(question), text, quantities_in(figure)[0]) is may


def candidate(text: str, read: str, score: float, question: str) -> Candidate:
    """A sentence of its own article, of which `read` was read."""
    passage = Passage(id=f"{text[:4]}-0", article_id=text, position=0, text=text, start=0, end=len(text))
    at = text.index(read)
    return Candidate(
        hit=Hit(passage=passage, article=ArticleInfo(id=text, title="公报")),
        start=0,
        end=len(text),
        text=text,
        context="",
        score=score,
        reader_span=(at, at + len(read)),
        features={"goal_mismatch": goal_mismatch(parse(question), text)},
    )


def part(question: str, *told: tuple[str, str, float]) -> Part:
    """A part with its candidates: a sentence, what was read of it, its score."""
    return Part(parse(question), candidates=[candidate(*each, question) for each in told])


@pytest.mark.parametrize(
    ("whole", "sentences", "figures"),
    [
        # The figure read is of another measure, the right one stands in the sentence.
        (
            "甲市和乙市的产值差多少亿",
            (
                ("甲市", "产值达8200亿元", "8200亿元"),
                ("乙市", "产值连上台阶、达7900亿元，人均产值达9万元", "9万元"),
            ),
            ["8200亿元", "7900亿元"],
        ),
        # Nothing else of the measure, or two of it.
        (
            "甲市和乙市的产值差多少亿",
            (("甲市", "产值达8200亿元", "8200亿元"), ("乙市", "人均产值达9万元，税收700亿元", "9万元")),
            None,
        ),
        (
            "甲市和乙市的产值差多少亿",
            (
                ("甲市", "产值达8200亿元", "8200亿元"),
                ("乙市", "产值7900亿元，县区产值300亿元，人均产值9万元", "9万元"),
            ),
            None,
        ),
        # The level at the end of a change.
        (
            "甲市和乙市的产值差多少亿",
            (("甲市", "产值从6100亿元提高到8200亿元", "8200亿元"), ("乙市", "产值7900亿元", "7900亿元")),
            ["8200亿元", "7900亿元"],
        ),
    ],
)
def test_the_figure_of_each_part_is_of_what_is_asked(
    whole: str, sentences: tuple[tuple[str, str, str], ...], figures: list[str] | None
) -> None:
    parts = [part(f"{place}的产值是多少", (text, read, 1.0)) for place, text, read in sentences]
    operands = operands_of(parse(whole), parts)
    assert (operands and [each.quantity.text for each in operands]) == figures


@pytest.mark.parametrize(
    ("question", "first", "second", "chosen"),
    [
        (
            "2025年新增就业多少",
            ("城镇新增就业的预期目标是30万人以上", "30万人以上", 4.7),
            ("城镇新增就业34.6万人", "34.6万人", 4.5),
            1,
        ),
        (
            "2025年接待游客多少",
            ("力争接待游客900万人次", "900万人次", 3.0),
            ("接待游客870万人次", "870万人次", 2.2),
            1,
        ),
        (
            "2025年新增就业的目标是多少",
            ("城镇新增就业的预期目标是30万人以上", "30万人以上", 4.7),
            ("城镇新增就业34.6万人", "34.6万人", 4.5),
            0,
        ),
        # Too far behind, or of another unit.
        (
            "2025年新增就业多少",
            ("城镇新增就业的预期目标是30万人以上", "30万人以上", 4.7),
            ("城镇新增就业34.6万人", "34.6万人", 1.5),
            0,
        ),
        (
            "2025年新增就业多少",
            ("城镇新增就业的预期目标是30万人以上", "30万人以上", 4.7),
            ("新增就业补贴34.6亿元", "34.6亿元", 4.5),
            0,
        ),
        (
            "2025年新增就业多少",
            ("城镇新增就业34.6万人", "34.6万人", 4.5),
            ("力争城镇新增就业30万人以上", "30万人以上", 4.4),
            0,
        ),
    ],
)
def test_what_was_reached_goes_before_what_was_aimed_at(
    question: str, first: tuple[str, str, float], second: tuple[str, str, float], chosen: int
) -> None:
    asked = part(question, first, second)
    results_first([asked])
    assert asked.candidates[0].text == (first, second)[chosen][0]


@pytest.mark.parametrize(
    ("figures", "units"),
    [
        (["48.9亿", "52亿人次"], ["人次", "人次"]),
        (["320万", "1.2亿吨"], ["吨", "吨"]),
        (["3", "52亿人次"], ["", "人次"]),
        (["48.9亿", "12%"], ["", "%"]),
        (["48.9亿", "3万人", "2万户"], ["", "人", "户"]),
    ],
)
def test_a_scaled_figure_without_a_unit_has_that_of_the_others(figures: list[str], units: list[str]) -> None:
    operands = [Operand(figure, quantities_in(figure)[0]) for figure in figures]
    assert [each.quantity.unit for each in in_one_unit(operands)] == units


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
