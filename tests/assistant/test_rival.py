"""Two sentences of an article that answer as likely are both quoted, and no headline is read off one of them."""

import pytest

from assistant.answering.choose import Chooser
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import read_query

TEXT = "全年粮食播种面积1193万公顷。全年粮食产量7065万吨。"
FIRST, SECOND = [f"{each}。" for each in TEXT.split("。")[:2]]
SCORER = Scorer(rank={}, confidence={"sure": 1.0}, threshold=0.56)


def _candidate(text: str, score: float, article: str = "a", **features: float) -> Candidate:
    passage = Passage(id=article, article_id=article, position=0, start=0, end=len(TEXT), text=TEXT)
    hit = Hit(article=ArticleInfo(id=article, title="公报"), passage=passage)
    start = TEXT.index(text)
    return Candidate(hit, start, start + len(text), text, "", score=score, features={"sure": 0.6, **features})


@pytest.mark.parametrize(
    ("second", "confidence", "is_quoted"),
    [
        (_candidate(SECOND, 2.8), 0.64, True),
        (_candidate(SECOND, 2.0), 0.64, False),  # it is far behind
        (_candidate(SECOND, 3.2), 0.64, False),  # the newest stands before a better one
        (_candidate(SECOND, 2.8), 0.9, False),  # the first is sure
        (_candidate(SECOND, 2.8, "b"), 0.64, False),  # versions of other articles are compared elsewhere
        (_candidate(SECOND, 2.8, sure=-1.0), 0.64, False),
        (_candidate(SECOND, 2.8, time_other=1.0), 0.64, False),
    ],
)
def test_a_sentence_as_likely_is_quoted_too(second: Candidate, confidence: float, is_quoted: bool) -> None:
    question = "全年打了多少粮食"
    first = _candidate(FIRST, 3.0)
    part = Part(parse(question), Found(query=read_query(question)), [first, second], confidence)
    chooser = Chooser(index=None, scorer=SCORER, times=None)  # type: ignore[arg-type]
    assert (chooser.rival(part, first) is second) is is_quoted
