"""What a search reads from a question."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understanding.question import read_queries
from index.aim import Aim
from index.kinds import Kind
from index.query import read_query

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("question", "years", "periods"),
    [
        ("2024年赤字率", [2024], []),
        ("去年的赤字率", [2025], []),
        ("近三年粮食产量", [2023, 2024, 2025], []),
        ("最近两年的出口", [2024, 2025], []),
        ("“十四五”期间新增就业多少", [2021, 2022, 2023, 2024, 2025], []),
        ("一九八五年粮食产量", [1985], []),
        ("二〇二四年目标", [2024], []),
        ("2024 城镇新增就业", [2024], []),
        ("2025年前三季度出口", [2025], ["2025-01/2025-09"]),
        ("上个月CPI", [2026], ["2026-10"]),
        ("昨天的发布会", [2026], ["2026-11-24"]),
        ("上周开了什么会", [2026], ["2026-11-16/2026-11-22"]),
        ("这个月开了哪些会", [2026], ["2026-11"]),
        ("9999年怎样", [], []),
        ("产能2024.5万吨", [], []),
        ("集成电路产量", [], []),
    ],
)
def test_times_count_from_the_day_of_asking(question: str, years: list[int], periods: list[str]) -> None:
    query = read_query(question, today=TODAY)
    assert (query.years, query.periods) == (years, periods)


@pytest.mark.parametrize(
    ("question", "aim"),
    [
        ("2024年城镇新增就业的目标是多少?", Aim.GOAL),
        ("2024年拟安排赤字多少?", Aim.GOAL),
        ("2024年城镇新增就业实现了多少?", Aim.RESULT),
        ("2024年城镇新增就业", Aim.ANY),
    ],
)
def test_goal_and_result_are_told_apart(question: str, aim: Aim) -> None:
    assert read_query(question).aim is aim


def test_names_places_and_kind_are_read() -> None:
    query = read_query("魔都的《集成电路条例》什么时候施行?")
    assert query.places == ["上海"]
    assert query.names == ["《集成电路条例》"]
    assert query.kind is Kind.DATE


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("2021到2024年每年的赤字率", ["2021年赤字率", "2022年赤字率", "2023年赤字率", "2024年赤字率"]),
        ("2023年和2024年的赤字率分别是多少", ["2023年的赤字率是多少", "2024年的赤字率是多少"]),
        ("近三年每年的赤字率", ["2023年赤字率", "2024年赤字率", "2025年赤字率"]),
        ("上海和江苏哪个产量高?", ["上海哪个产量高?", "江苏哪个产量高?"]),
        ("江苏苏州和浙江的产量各是多少", ["苏州的产量是多少", "浙江的产量是多少"]),
        ("江苏省苏州市的产量", ["江苏省苏州市的产量"]),
        ("2021年至2024年粮食产量累计增加多少", ["2021年至2024年粮食产量累计增加多少"]),
    ],
)
def test_several_questions_in_one_become_several_queries(question: str, parts: list[str]) -> None:
    assert [query.question for query in read_queries(question, today=TODAY)] == parts


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("二〇一九零年月日前去近三五十“”《》0123456789上海江苏和多少?abc \n￥％😀"),
        max_size=40,
    )
)
def test_any_text_is_read_without_an_error(question: str) -> None:
    for query in read_queries(question, today=TODAY):
        assert all(1900 <= year < 2100 for year in query.years)
        assert query.asked is not None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("云山市GDP2026年目标定多少", ["gdp"]),
        ("H20芯片2025年卖了多少", ["h20"]),
        ("PM2.5是多少", ["pm2.5"]),
        ("GPT-4.5 2024年发布了吗", ["gpt-4.5"]),
    ],
)
def test_a_year_is_no_part_of_a_latin_name(question: str, names: list[str]) -> None:
    assert read_query(question).names == names
