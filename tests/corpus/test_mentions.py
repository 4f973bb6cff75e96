"""Where the figures of a text stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.mentions import mentions_in


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2024年全县产茶600吨，增长5.2%，占全市的30%。", ["600吨", "5.2%", "30%"]),
        ("乘用车 172.40 万辆，同比 + 9.18%", ["172.40 万辆", "9.18%"]),
        ("４月１５日，签约２３．５亿元", ["23.5亿元"]),
        ("装车548.3GWh，其中铁锂409GWh", ["548.3", "409"]),
        ("第3次会议，A4纸1,250张，工期3年", ["1,250", "3年"]),
        ("2026-03-05 14:30 发布，3-5天，共7件", ["3", "7件"]),
        ("没有数字", []),
    ],
)
def test_figures_but_no_dates_or_ordinals(text: str, figures: list[str]) -> None:
    assert [each.quantity.text for each in mentions_in(text)] == figures


def test_an_unknown_unit_is_what_is_written() -> None:
    one, other = mentions_in("装车548.3GWh，同比多41.4 pct")
    assert (one.quantity.unit, other.quantity.unit) == ("gwh", "pct")


@given(st.text(max_size=300))
def test_places_are_in_order_and_hold_digits(text: str) -> None:
    end = 0
    for each in mentions_in(text):
        assert end <= each.start < each.end <= len(text)
        end = each.end
