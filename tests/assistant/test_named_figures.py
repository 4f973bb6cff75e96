"""Figures that a sentence tells right behind the name of what is asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.candidate import Candidate
from assistant.reading.named_figure import named_figure, names_asked, prefer_named_figure
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit

_TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "sentence", "figure"),
    [
        (
            "南京2024年GDP？",
            "初步核算，全年全市实现地区生产总值[2] 18500.81亿元，比上年增长4.5%。",
            "18500.81亿元",
        ),
        (
            "去年东莞地区生产总值是多少",
            "2025年东莞实现地区生产总值（初步核算数）12282.15亿元，增长4.6%。",
            "12282.15亿元",
        ),
        ("2024年东莞地区生产总值增速", "东莞实现地区生产总值12282.15亿元，比上年增长4.6%。", "4.6%"),
        ("2024年大连进出口总额增长了多少", "全年进出口总额6292.13亿元，比上年下降3.6%。", "-3.6%"),
        ("2024年大连专利授权量有多少件", "全年专利授权量68805件，其中发明专利授权量28565件。", "68805件"),
        ("全国粮食产量一共多少", "全年粮食产量超过7亿吨。", "超过7亿吨"),
        ("北京今年GDP目标多少", "今年主要预期目标是：地区生产总值增长5%左右，城镇新增就业28万人。", "5%"),
        (
            "北京今年城镇新增就业目标",
            "今年主要预期目标是：地区生产总值增长5%左右，城镇新增就业28万人。",
            "28万人",
        ),
        ("北京今年城镇新增就业目标", "全年城镇新增就业30万人。", ""),
        # Of another thing, a part, another place, a range, a change.
        ("南京2024年GDP是多少", "全年人均地区生产总值193483元，比上年增长4.0%。", ""),
        ("2024年大连发明专利授权量", "专利授权量68805件，其中发明专利授权量28565件。", ""),
        ("2024年大连居民人均可支配收入", "城镇居民人均可支配收入79858元，增长4.2%。", ""),
        ("南京地区生产总值是多少", "苏州市地区生产总值2万亿元。", ""),
        ("全国粮食产量是多少", "安徽省粮食产量4100万吨。", ""),
        ("一般公共预算收入是多少", "一般公共预算收入100亿元至200亿元。", ""),
        ("全国粮食产量是多少", "粮食产量比上年增加368万吨。", ""),
        # No bare name is asked for.
        ("为什么2024年粮食产量增加了", "2024年粮食产量70650万吨。", ""),
        ("南京和苏州的地区生产总值是多少", "南京地区生产总值1.8万亿元。", ""),
    ],
)
def test_the_name_before_a_figure_stands_whole_and_alone(question: str, sentence: str, figure: str) -> None:
    assert named_figure(parse(question, _TODAY), sentence) == figure


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_text_is_read(question: str, sentence: str) -> None:
    parsed = parse(question, _TODAY)
    names_asked(parsed)
    assert isinstance(named_figure(parsed, sentence), str)


def _candidate(text: str, number: int, **features: float) -> Candidate:
    passage = Passage(id=f"{number}-0", article_id=str(number), position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id=str(number), title="公报"))
    return Candidate(hit=hit, start=0, end=len(text), text=text, context="", periods=[], features=features)


@pytest.mark.parametrize(
    ("features", "is_first"),
    [
        ({"place_same": 1.0, "time_likeness": 1.0}, True),
        ({"place_same": 0.0, "time_likeness": 1.0}, False),
        ({"place_same": 1.0, "time_likeness": 0.4}, False),
        ({"place_same": 1.0, "time_likeness": 1.0, "time_other": 1.0}, False),
        ({"place_same": 1.0, "time_likeness": 1.0, "goal_mismatch": 1.0}, False),
    ],
)
def test_it_answers_only_for_the_place_and_time_asked_for(features: dict[str, float], is_first: bool) -> None:
    part = Part(parse("南京2024年GDP是多少", _TODAY), confidence=0.3)
    other = _candidate("全年人均地区生产总值193483元。", 0, place_same=1.0, time_likeness=1.0)
    told = _candidate("全年地区生产总值18500.81亿元。", 1, **features)
    part.candidates = [other, told]
    prefer_named_figure(part)
    assert (part.candidates[0] is told) == is_first
    assert (part.confidence > 0.5) == is_first
