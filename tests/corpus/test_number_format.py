"""Cells of a spreadsheet read as they are printed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.number_format import printed


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.075, "0.0%", "7.5%"),
        (0.075, "0.00%", "7.50%"),
        (-0.25, "0.0%;-0.0%", "-25.0%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234, "#,##0.##", "1,234"),
        (2.675, "0.00", "2.68"),
        (-0.001, "0.0", "0.0"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, '"¥"#,##0.00', "¥1,234.50"),
        (5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5.00"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-5, "0_);(0)", "(5)"),
        (-6.1, '0.0;"△"0.0', "△6.1"),
        (1234567, '0.00,,"百万"', "1.23百万"),
        (12345, '0!.0,"万元"', "1.2万元"),
        (13812345678, "000-0000-0000", "138-1234-5678"),
        (7, "000", "007"),
        (5, '0"亿元"', "5亿元"),
        (12000, '[>=10000]0.0,"千";0', "12.0千"),
        (1.25, "# ?/?", "1 1/4"),
        (0.75, "# ?/8", "6/8"),
        (1.2e10, "0.00E+00", "1.20E+10"),
        (0.1 + 0.2, "General", "0.3"),
        (4800.0, "General", "4800"),
        (12345678901234.0, "General", "12345678901234"),
        ("甲", '@"市"', "甲市"),
        (True, "General", "TRUE"),
        (None, "0.0", ""),
        (datetime(2025, 3, 1), 'yyyy"年"m"月"d"日"', "2025年3月1日"),
        (datetime(2025, 3, 1, 8, 5), "yyyy/m/d h:mm", "2025/3/1 8:05"),
        (date(2025, 3, 1), "mm-dd-yy", "2025/3/1"),
        (45000, "yyyy-mm-dd", "2023-03-15"),
        (datetime(2024, 12, 20), '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年十二月二十日"),
        (time(14, 30), "上午/下午h:mm", "下午2:30"),
        (timedelta(hours=25), "[h]:mm:ss", "25:00:00"),
    ],
)
def test_a_value_under_its_format(value: object, code: str, shown: str) -> None:
    assert printed(value, code) == shown


values = st.one_of(
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(values, st.text(alphabet='0#?.,%/@;"_*[]!\\ EeyMmdhs$¥-DBNum1General上午/下午<>=', max_size=30))
def test_no_format_breaks_a_value(value: object, code: str) -> None:
    assert isinstance(printed(value, code), str)


@given(st.integers(min_value=-(10**12), max_value=10**12), st.integers(min_value=0, max_value=4))
def test_grouping_and_decimals_keep_the_number(number: int, places: int) -> None:
    shown = printed(number / 10**places, "#,##0." + "0" * 6)
    assert round(float(shown.replace(",", "")) * 10**places) == number
