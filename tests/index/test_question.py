"""What a question asks for."""

import pytest

from index.question import names_no_topic


@pytest.mark.parametrize(
    ("question", "none"),
    [
        ("那湖北呢?", True),
        ("2024年呢？", True),
        ("上海2025年怎么样", True),
        ("湖北营收呢?", False),
        ("你好", False),
    ],
)
def test_a_place_alone_is_no_topic(question: str, none: bool) -> None:
    assert names_no_topic(question) is none
