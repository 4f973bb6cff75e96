"""Questions to go on with: found without a model, and only where a sentence holds what they ask for."""

from types import SimpleNamespace

import pytest

from corpus.model import Passage
from index.hit import ArticleInfo
from ui.chats.suggest import _names, _of_other_places, _of_other_years
from ui.web.chat_render import growing_html


def _beside(title: str, text: str) -> list[tuple[Passage, ArticleInfo]]:
    return [(SimpleNamespace(text=text), SimpleNamespace(title=title))]  # type: ignore[list-item]


QUESTION = "上海2025年集成电路产业营收多少?"


def test_another_place_is_offered_where_a_sentence_tells_it() -> None:
    told = _beside("湖北集成电路产业加快发展", "2025年，湖北集成电路产业营收超过1000亿元。")
    assert [each.question for each in _of_other_places(QUESTION, told)] == ["湖北2025年集成电路产业营收多少?"]
    for text in (
        "2025年，湖北集成电路产业加快发展。",
        "2025年，湖北汽车产业营收超过1000亿元。",
        "2025年，集成电路产业营收超过1000亿元。",
        "集成电路产业营收方面，湖北超过1000亿元。",
        "2025年，湖北、安徽集成电路产业营收共3000亿元。",
        "",
    ):
        assert not [*_of_other_places(QUESTION, _beside("湖北集成电路产业加快发展", text))]


def test_another_year_is_offered_where_a_sentence_tells_it() -> None:
    told = _beside("上海产业", "2024年，上海集成电路产业营收3870亿元。")
    assert [each.question for each in _of_other_years(QUESTION, told)] == ["上海2024年集成电路产业营收多少?"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("上海2024年产业", "2023年，上海集成电路产业营收3251亿元。"),
        ("上海2024年产业", "上海集成电路产业营收3870亿元。"),
        ("上海2024年产业", "集成电路产业2024年营收3870亿元。"),
        ("上海产业", "2024年，上海集成电路产业规模3870亿元。"),
        ("上海产业", "上海集成电路产业营收2025年为4800亿元，比2024年增长24%。"),
    ],
)
def test_no_other_year_is_offered_that_no_sentence_tells(title: str, text: str) -> None:
    assert not [*_of_other_years(QUESTION, _beside(title, text))]


def test_a_goal_is_not_offered_as_a_result() -> None:
    told = _beside("报告", "2025年城镇新增就业目标为1200万人以上。")
    assert not [*_of_other_years("2024年城镇新增就业实现了多少?", told)]
    assert [*_of_other_years("2024年城镇新增就业目标是多少?", told)]


def test_a_question_that_counts_from_today_is_not_asked_of_another_place() -> None:
    told = _beside("湖北集成电路产业加快发展", "去年，湖北集成电路产业营收超过1000亿元。")
    assert not [*_of_other_places("上海去年集成电路产业营收多少?", told)]


def test_what_is_drafted_from_a_sentence_names_only_what_stands_in_it() -> None:
    assert _names(["2025年，上海新增企业300家。"], "2025年，上海新增企业多少家?")
    assert not _names(["2025年，新增企业300家。"], "上海2025年，新增企业多少家?")
    assert not _names(["去年，上海新增企业300家。"], "2024年上海新增企业多少家?")


@pytest.mark.parametrize("waiting", ["", "前面还有 2 个问题"])
def test_what_waits_is_not_shown_as_an_answer(waiting: str) -> None:
    shown = growing_html("", waiting, "zh")
    assert 'class="answer"' not in shown
    assert waiting in shown
