"""Which year of a question says of which document it asks."""

from __future__ import annotations

import pytest

from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("2018年那份关于电商的意见里，谁牵头", 2018),
        ("2019年国务院的通报表扬了哪些地方", 2019),
        ("2020年印发的养老服务方案说了建多少个", 2020),
        ("2021年发布的白皮书说规模多大", 2021),
        ("2017年的种植业规划提了几类作物", 2017),
    ],
)
def test_a_year_before_a_document_is_the_documents(question: str, year: int) -> None:
    assert parse(question).frame.years_of_documents == {year}


@pytest.mark.parametrize(
    "question",
    [
        "2018年全国电商交易额是多少",
        "2019年的产值按方案要达到多少",
        "2020年底前要出台哪些政策",
        "2025年的目标在规划里是多少",
        "2021年，全省出台了几份意见",
    ],
)
def test_another_year_is_not(question: str) -> None:
    assert not parse(question).frame.years_of_documents
