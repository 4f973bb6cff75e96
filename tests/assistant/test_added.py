"""The year that a quoted sentence is shown with."""

from __future__ import annotations

import pytest

from assistant.answering.added import standing_alone
from assistant.reading.candidate import Candidate
from corpus.language.periods import Period
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.query import read_query


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("2025年10月17日煤价多少", "截至 10 月 17 日，煤价740元 / 吨。", "〔2025年〕"),
        ("2025年煤价多少", "煤价740元 / 吨。", "〔2025年10月〕"),
        ("煤价多少", "截至10月17日，煤价740元 / 吨。", ""),
        ("2025年10月煤价多少", "2025年10月，煤价740元 / 吨。", ""),
        ("2025年10月煤价多少", "10月煤价740元 / 吨，比去年10月高30元。", ""),
    ],
)
def test_the_year_of_a_month_is_shown_where_a_year_is_asked_for(question: str, text: str, shown: str) -> None:
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title="周报", date="2025-10-19"))
    candidate = Candidate(hit=hit, start=0, end=len(text), text=text, context="周报")
    candidate.periods = [Period.parse("2025-10")]
    assert standing_alone(candidate, read_query(question)) == f"{shown}{text}"
