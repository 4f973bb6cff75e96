"""Of sentences that tell the same of other times the newest, where a question asks how a thing is now."""

from datetime import date

import pytest

from assistant.reading.candidate import Candidate
from assistant.reading.newest import newest_first
from assistant.understanding.question import parse
from corpus.language.periods import of_years
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


def _candidate(text: str, year: int, score: float) -> Candidate:
    passage = Passage(id=f"{year}-0", article_id=str(year), position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id=str(year), title="公报", date=f"{year}-12-31"))
    features = {"covered_with_context": 1.0}
    return Candidate(
        hit=hit,
        start=0,
        end=len(text),
        text=text,
        context="",
        periods=[of_years(year)],
        features=features,
        score=score,
    )


@pytest.mark.parametrize(
    ("question", "older", "newer", "is_newer"),
    [
        (
            "常住人口现在有多少",
            "年末常住人口2487.45万人。",
            "2025年末全市常住人口2490.1万人，增长0.1%。",
            True,
        ),
        (
            "目前一年期贷款市场报价利率是多少",
            "一年期贷款市场报价利率为3.45%。",
            "一年期贷款市场报价利率（LPR）为3.0%。",
            True,
        ),
        (
            "失业金现在每月发多少",
            "失业保险金目前发放标准为每月2250元。",
            "指标：合法稳定就业 | 在本市就业并参加社会保险每满一年3分，最高36分，领取失业保险金的月份不计分。",
            False,
        ),
        ("常住人口有多少", "年末常住人口2487.45万人。", "2025年末全市常住人口2490.1万人，增长0.1%。", False),
    ],
)
def test_the_newest_of_like_sentences_comes_first(
    question: str, older: str, newer: str, is_newer: bool
) -> None:
    first, second = _candidate(older, 2024, 3.0), _candidate(newer, 2025, 2.0)
    ordered = newest_first(parse(question, date(2026, 3, 1)).query(), [first, second])
    assert (ordered[0] is second) == is_newer
