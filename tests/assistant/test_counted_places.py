"""How many places a sentence names in a row, where a question asks for their number."""

import pytest

from assistant.answering.short_answer import short_answer
from assistant.reading.candidate import Candidate
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit

_QUESTION = "长三角联合攻关由几个省市共同承担?"


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("联合攻关由上海、江苏、浙江、安徽共同承担。", "4个（上海、江苏、浙江、安徽）"),
        ("联合攻关由上海市和江苏省共同承担。", "2个（上海市、江苏省）"),
        # One place is no row, "等" leaves some out, and of two rows none was read.
        ("联合攻关由上海承担。", ""),
        ("联合攻关由上海、江苏、浙江等省市共同承担。", ""),
        ("联合攻关由上海、江苏承担，浙江、安徽参加。", ""),
    ],
)
def test_places_in_a_row_are_counted(sentence: str, counted: str) -> None:
    passage = Passage(id="0-0", article_id="0", position=0, text=sentence, start=0, end=len(sentence))
    hit = Hit(passage=passage, article=ArticleInfo(id="0", title="联合攻关"))
    candidate = Candidate(hit=hit, start=0, end=len(sentence), text=sentence, context="")
    assert short_answer(parse(_QUESTION), candidate) == counted
