"""Which years a text speaks of."""

import pytest

from corpus.time_frame import years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年营收超4800亿元，顺利完成“十四五”发展目标", [2025]),
        ("“十四五”期间累计投入1万亿元", [2021, 2022, 2023, 2024, 2025]),
        ("“十五五”规划提出", [2026, 2027, 2028, 2029, 2030]),
        ("过去三年，就业稳定", [2022, 2023, 2024]),
        ("一九五八年以来", [1958]),
        ("二〇二四年完成", [2024]),
        ("去年增长5%，今年预期5%左右", [2024, 2025]),
        ("比上年增长3%，较去年同期多2万人", []),
        ("2021—2023年累计", [2021, 2022, 2023]),
        ("第十四届五次会议", []),
    ],
)
def test_years_of_an_article_of_2025(text: str, years: list[int]) -> None:
    assert years_in(text, 2025) == years
