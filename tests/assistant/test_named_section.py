"""An item under the heading that a question names needs less to be told."""

from types import SimpleNamespace

import pytest

from assistant.reading.candidate import Candidate
from assistant.reading.named_section import trust_named_section
from assistant.reading.rank import Scorer
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import read_query

TEXT = "一、办理条件\n年满十八岁。\n二、申请材料\n1.申请表；\n2.身份证明；\n3.住址证明。\n三、办理时限\n五个工作日。\n"
SCORER = Scorer(rank={}, confidence={}, threshold=0.56)


@pytest.mark.parametrize(
    ("question", "confidence", "sentence", "is_told"),
    [
        ("申请材料有哪些", 0.4, "2.身份证明；", True),
        ("申请材料有哪些", 0.2, "2.身份证明；", False),
        ("办理地点有哪些", 0.4, "2.身份证明；", False),
        ("申请材料有哪些", 0.4, "年满十八岁。", False),
    ],
)
def test_an_item_of_the_named_section_is_trusted(
    question: str,
    confidence: float,
    sentence: str,
    is_told: bool,
) -> None:
    passage = Passage(id="a-0", article_id="a", position=0, start=0, end=len(TEXT), text=TEXT)
    hit = Hit(article=ArticleInfo(id="a", title="办理指南"), passage=passage)
    start = TEXT.index(sentence)
    found = Candidate(hit, start, start + len(sentence), sentence, "", features={"covered_with_context": 1.0})
    part = Part(parse(question), Found(query=read_query(question)), [found], confidence)
    index = SimpleNamespace(catalogue=SimpleNamespace(article=lambda _: SimpleNamespace(text=TEXT)))
    trust_named_section(index, part, SCORER)  # type: ignore[arg-type]
    assert (part.confidence >= SCORER.threshold) is is_told
