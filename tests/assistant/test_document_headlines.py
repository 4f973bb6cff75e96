"""A document's number behind its title belongs to the short answer."""

import pytest

from assistant.answering.short_answer import _with_number


@pytest.mark.parametrize(
    ("text", "short", "whole"),
    [
        (
            "《海州市停车办法》（海政发〔2016〕82号）同时废止。",
            "《海州市停车办法》",
            "《海州市停车办法》（海政发〔2016〕82号）",
        ),
        (
            "《海州市停车办法》(海政发[2016] 82号)同时废止。",
            "《海州市停车办法》",
            "《海州市停车办法》(海政发[2016] 82号)",
        ),
        (
            "《海州市停车办法》（海政发﹝二〇一六﹞第82号）同时废止。",
            "《海州市停车办法》",
            "《海州市停车办法》（海政发﹝二〇一六﹞第82号）",
        ),
        ("《海州市停车办法》（海政发〔2016〕82号，下同）废止。", "《海州市停车办法》", "《海州市停车办法》"),
        (
            "《海州市停车办法》（以下简称办法，海政发〔2016〕82号）废止。",
            "《海州市停车办法》",
            "《海州市停车办法》",
        ),
        ("《海州市停车办法》及海政发〔2016〕82号同时废止。", "《海州市停车办法》", "《海州市停车办法》"),
        ("《海州市停车办法》（以下简称办法）同时废止。", "《海州市停车办法》", "《海州市停车办法》"),
        ("按《海州市停车办法》执行。", "海州市", "海州市"),
    ],
)
def test_title_with_number(text: str, short: str, whole: str) -> None:
    assert _with_number(text, short) == whole
