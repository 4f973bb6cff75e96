"""Companies in questions, and whether a text speaks of them."""

import pytest

from corpus.language.companies import companies_in, is_told_of, whole_name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("青川环保有限公司2017年的排放量是多少？", ["青川环保"]),
        ("ABC科技有限公司的社区投资额是多少？", ["ABC科技"]),
        ("结合云山航空有限公司2019年的财务报告，总结", ["云山航空"]),
        ("上海华虹集团2025年营收", ["上海华虹"]),
        ("比较青川环保有限公司和云山航空股份有限公司的营收", ["青川环保", "云山航空"]),
        ("有多少家上市公司", []),
        ("支付公司注册资本要多少", []),
        ("第20集团军在哪里", []),
        ("扶持龙头企业集团", []),
        ("", []),
    ],
)
def test_companies_are_found(text: str, names: list[str]) -> None:
    assert list(companies_in(text)) == names


@pytest.mark.parametrize(
    ("company", "text", "told"),
    [
        ("青川环保", "青川环保有限公司2017年报告", True),
        ("上海华虹", "华虹公司的营收", True),
        ("中芯国际集成电路制造", "中芯国际2025年的营收", True),
        ("青川环保", "云山航空2017年报告", False),
    ],
)
def test_a_company_is_told_of(company: str, text: str, *, told: bool) -> None:
    assert is_told_of(company, text) is told


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("结合青川环保有限责任公司2017年的报告", "青川环保有限责任公司"),
        ("青川环保2017年的报告", "青川环保"),
        ("青川环保2017年，公司改组", "青川环保"),
        ("青川环保与云山能源集团签约", "青川环保"),
    ],
)
def test_a_company_is_called_as_it_is_written(text: str, whole: str) -> None:
    assert whole_name("青川环保", text) == whole
