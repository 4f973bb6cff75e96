"""Which sentences of other articles contradict an answer, and which only look alike."""

import pytest

from assistant.answering.versions import differing
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit

QUESTION = "2024年地区生产总值增长多少?"


def candidate(article: str, text: str, span: str, region: str = "") -> Candidate:
    passage = Passage(id=f"{article}-0", article_id=article, position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id=article, title=article, region=region))
    begin = text.index(span)
    return Candidate(
        hit=hit, start=0, end=len(text), text=text, context="", reader_span=(begin, begin + len(span))
    )


def contradicted(first: Candidate, other: Candidate) -> bool:
    return bool(differing(Part(parse(QUESTION), candidates=[first, other]), first, Scorer.load()))


@pytest.mark.parametrize(
    ("one", "other", "regions", "expected"),
    [
        ("2024年全省地区生产总值增长5.8%。", "2024年全省地区生产总值增长5.2%。", ("", ""), True),
        ("2024年湖北省地区生产总值增长5.8%。", "2024年湖北省地区生产总值增长5.2%。", ("", ""), True),
        ("2024年湖北省地区生产总值增长5.8%。", "2024年湖南省地区生产总值增长5.2%。", ("", ""), False),
        ("2024年全省地区生产总值增长5.8%。", "2024年全省地区生产总值增长5.2%。", ("湖北", "湖南"), False),
        ("2024年全省地区生产总值增长5.8%。", "2024年全省地区生产总值增长5.2%。", ("湖北", "湖北"), True),
    ],
)
def test_sentences_of_different_places_do_not_contradict(
    one: str, other: str, regions: tuple[str, str], expected: bool
) -> None:
    first = candidate("a", one, "5.8%", regions[0])
    second = candidate("b", other, "5.2%", regions[1])
    assert contradicted(first, second) is expected


@pytest.mark.parametrize(
    ("question", "is_other_version"),
    [("公租房的咨询电话是多少？", False), ("咨询电话是多少？", True)],
)
def test_what_stands_above_tells_twins_apart(question: str, is_other_version: bool) -> None:
    first = candidate("a", "有疑问的，请拨打咨询电话0512-1111。", "0512-1111")
    second = candidate("b", "有疑问的，请拨打咨询电话0512-2222。", "0512-2222")
    first.context, second.context = "公租房办事指南 > 咨询", "家电补贴办事指南 > 咨询"
    part = Part(parse(question), candidates=[first, second])
    assert bool(differing(part, first, Scorer.load())) is is_other_version
