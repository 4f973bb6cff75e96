"""Words before a figure: about so much, a bound, a fall."""

from __future__ import annotations

import pytest

from corpus.language.before_figures import is_hedged, tells_fall


@pytest.mark.parametrize("before", ["营收超过", "约", "达到近", "不低于 ", "最高", "突破"])
def test_a_hedge(before: str) -> None:
    assert is_hedged(before)


@pytest.mark.parametrize("before", ["营收", "达到", "是", "附近有", ""])
def test_no_hedge(before: str) -> None:
    assert not is_hedged(before)


@pytest.mark.parametrize("before", ["同比下降", "减少了约", "比上年回落 ", "负增长", "降了"])
def test_a_fall(before: str) -> None:
    assert tells_fall(before)


@pytest.mark.parametrize("before", ["同比增长", "下降后为", "降幅为", ""])
def test_no_fall(before: str) -> None:
    assert not tells_fall(before)
