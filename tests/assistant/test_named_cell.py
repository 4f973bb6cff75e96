"""A row named as what is asked for needs less to be told, where one of its cells is asked for."""

import pytest

from assistant.reading.candidate import Candidate
from assistant.reading.named_cell import trust_named_cell
from assistant.reading.rank import Scorer
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import read_query

ROW = "项目：归属于上市公司股东的净利润（万元） | 2025年：5,018.90 | 2024年：4,311.27 | 2023年：3,007.65"
SCORER = Scorer(rank={}, confidence={}, threshold=0.56)


@pytest.mark.parametrize(
    ("question", "confidence", "is_told"),
    [
        ("云山股份2025年归母净利润是多少", 0.4, True),
        ("云山股份2025年归属于上市公司股东的净利润多少", 0.4, True),
        ("云山股份2025年归母净利润是多少", 0.2, False),
        ("云山股份2022年归母净利润是多少", 0.4, False),
        ("云山股份2025年扣非净利润是多少", 0.4, False),
        ("云山股份2025年净利润", 0.4, True),
        ("云山股份境外净利润2025年多少", 0.4, False),
        ("云山股份2025年营业收入是多少", 0.4, False),
    ],
)
def test_a_named_row_is_trusted(question: str, confidence: float, is_told: bool) -> None:
    passage = Passage(id="a-0", article_id="a", position=0, start=0, end=len(ROW), text=ROW)
    hit = Hit(article=ArticleInfo(id="a", title="云山股份2025年年度报告"), passage=passage)
    found = Candidate(hit, 0, len(ROW), ROW, "云山股份2025年年度报告")
    part = Part(parse(question), Found(query=read_query(question)), [found], confidence)
    trust_named_cell(part, SCORER)
    assert (part.confidence >= SCORER.threshold) is is_told
