"""A row of a month whose columns hold sums tells of the year up to that month."""

from __future__ import annotations

import pytest

from assistant.reading.candidate import Candidate
from assistant.reading.candidates import _with_sums
from corpus.language.periods import Period
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


@pytest.mark.parametrize(
    ("text", "told", "periods"),
    [
        ("时间：2025年4月 | 收入_累计值：4669.1", "2025-04", ["2025-04", "2025-01/2025-04"]),
        (
            "时间：2024年第三季度 | 支出_累计值：20631",
            "2024-07/2024-09",
            ["2024-07/2024-09", "2024-01/2024-09"],
        ),
        ("时间：2025年4月 | 收入_当期值：1447.2", "2025-04", ["2025-04"]),
        ("时间：2025年1月 | 收入_累计值：1492.5", "2025-01", ["2025-01"]),
        ("截至2025年4月累计收入4669亿元", "2025-04", ["2025-04"]),
    ],
)
def test_a_row_of_sums_tells_of_the_year_up_to_then(text: str, told: str, periods: list[str]) -> None:
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title="统计数据"))
    candidate = Candidate(hit=hit, start=0, end=len(text), text=text, context="统计数据")
    assert [str(each) for each in _with_sums(candidate, [Period.parse(told)])] == periods
