from datetime import date

import pytest

from assistant.model import Turn
from assistant.service import Assistant
from assistant.understanding.conversation import standalone
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.question import parse
from index.kinds import Kind, kind_of


def after(question: str) -> list[Turn]:
    return [Turn(question=question, standalone_question=question)]


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        ("上海2025年集成电路产业营收多少?", "那湖北呢?", "湖北2025年集成电路产业营收多少?"),
        ("2024年城镇新增就业实现了多少?", "那2022年呢?", "2022年城镇新增就业实现了多少?"),
        ("2024年城镇新增就业实现了多少?", "广东省2025年出口额是多少?", "广东省2025年出口额是多少?"),
    ],
)
def test_follow_ups_stand_alone(before: str, follow_up: str, expected: str) -> None:
    assert standalone(follow_up, after(before)) == expected


def test_the_first_question_is_left_as_it_is() -> None:
    assert standalone("那湖北呢?", []) == "那湖北呢?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("去年城镇新增就业多少?", "2024年城镇新增就业多少?"),
        ("今年的目标是多少?", "2025年的目标是多少?"),
        ("热线12320去年接了多少电话?", "热线12320 2024年接了多少电话?"),
        ("2021年比上年增长多少?", "2021年比上年增长多少?"),
        ("产量比去年增长多少?", "产量比去年增长多少?"),
        ("上年度营收是多少?", "2024年营收是多少?"),
        ("抚恤金是上年度月平均工资的几倍?", "抚恤金是上年度月平均工资的几倍?"),
    ],
)
def test_relative_years(question: str, expected: str) -> None:
    assert with_absolute_years(question, date(2025, 6, 1)) == expected


def test_kinds_and_parts() -> None:
    assert kind_of("上海营收多少?") is Kind.AMOUNT
    assert kind_of("增速是多少?") is Kind.SHARE
    assert kind_of("什么时候施行?") is Kind.DATE
    assert [part.text for part in parse("上海和湖北的集成电路营收各是多少?").parts] == [
        "上海的集成电路营收是多少?",
        "湖北的集成电路营收是多少?",
    ]
    assert [part.text for part in parse("上海2025年集成电路产业营收多少?").parts] == [
        "上海2025年集成电路产业营收多少?"
    ]


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("2025年城镇新增就业的目标是多少?", "2019年快递业务量是多少?"),
        ("大额现金交易多少元以上要报告?", "2021年海洋捕捞产量是多少?"),
        ("2024年城镇新增就业实现了多少?", "2023年图书出版总量是多少?"),
    ],
)
def test_a_question_of_its_own_that_nothing_answers_is_asked_as_it_was_typed(
    assistant: Assistant, before: str, question: str
) -> None:
    answer = assistant.ask(question, [Turn(question=before, standalone_question=before, answer="")])
    assert answer.refused
    assert answer.standalone_question == question
