"""Chips: what an answer was looked for in, and the question that is asked when one is taken away."""

import pytest

from assistant.model import Answer
from index.query import Filters
from ui.chats.store import KeptTurn
from ui.web.chips import chips_of, filters_without, question_without, read_from


def turn(question: str, filters: Filters | None = None, standalone: str = "") -> KeptTurn:
    answer = Answer(
        question=question, standalone_question=standalone, answer="", refused=True, confidence=0.0
    )
    return KeptTurn(
        id="7", chat="3", asked="2026-03-01T08:00:00+00:00", question=question, filters=filters or Filters(),
        answer=answer, draft="", state="done", verdict="", reason="", suggested=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "chip", "left"),
    [
        ("上海2025年集成电路产业营收多少?", "2025年", "上海集成电路产业营收多少?"),
        ("上海2025年集成电路产业营收多少?", "上海", "2025年集成电路产业营收多少?"),
        ("2024年全年的城镇新增就业是多少?", "2024年", "城镇新增就业是多少?"),
        ("2023年和2024年粮食产量分别是多少?", "2023年", "2024年粮食产量分别是多少?"),
        ("湖北省的存储芯片有什么进展?", "湖北", "存储芯片有什么进展?"),
        ("去年粮食产量是多少?", "2025年", ""),
        ("上海有吗?", "上海", ""),
        ("《集成电路条例》什么时候施行?", "《集成电路条例》", ""),
    ],
)
def test_a_chip_taken_away_leaves_the_rest_of_the_question(question: str, chip: str, left: str) -> None:
    assert question_without(question, chip) == left


def test_times_and_places_of_the_standalone_question_are_chips() -> None:
    assert read_from(turn("那湖北呢?", standalone="湖北2025年集成电路产量是多少?")) == ["2025年", "湖北"]
    assert read_from(turn("去年粮食产量是多少?")) == ["2025年"]
    assert read_from(turn("2026年一季度GDP是多少?")) == ["2026年1月至2026年3月", "GDP"]
    assert read_from(turn("2026年6月3日麦收进度如何?")) == ["2026年6月3日"]


def test_what_cannot_be_taken_from_the_question_has_no_link() -> None:
    html = chips_of(turn("去年湖北的粮食产量是多少?"), "zh")
    assert html.count("<a ") == 1
    assert 'href="#act/without/7/%E6%B9%96%E5%8C%97"' in html
    assert "<span>2025年</span>" in html


def test_filters_are_chips_and_a_question_that_narrows_nothing_has_none() -> None:
    filters = Filters(regions=["湖北"], sources=["<b>"], collections=["内部"])
    html = chips_of(turn("粮食产量是多少?", filters), "en")
    assert "filter 湖北 ✕" in html
    assert "<b>" not in html
    assert "内部" not in html
    assert chips_of(turn("粮食产量是多少?"), "zh") == ""


def test_what_may_be_seen_is_no_filter_that_can_be_dropped() -> None:
    filters = Filters(years=[2024, 2025], regions=["湖北"], collections=[])
    assert filters_without(filters, "2024") == Filters(years=[2025], regions=["湖北"], collections=[])
    assert filters_without(filters, "湖北") == Filters(years=[2024, 2025], collections=[])
