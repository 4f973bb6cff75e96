"""When a short answer is sure enough to be shown as a headline."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.headline import HeadlineScorer, inputs_of
from assistant.answering.short_answer import short_answer
from assistant.reading.candidate import Candidate
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


@dataclass
class Sentence:
    text: str
    score: float
    features: dict[str, float] = field(default_factory=dict)


ASKED = Sentence("全市新增企业120家。", 5.0, {"reader_span": -0.2})
SAME = Sentence("去年新增120家。", 4.9)
QUESTION = parse("全市新增企业多少家")
OTHER = Sentence("全市新增企业85家。", 4.8)


def test_the_lead_is_over_what_says_otherwise() -> None:
    alike = inputs_of("120家", [(each.text, each.score) for each in (ASKED, SAME)], -0.2, 0.8)
    unlike = inputs_of("120家", [(each.text, each.score) for each in (ASKED, SAME, OTHER)], -0.2, 0.8)
    assert alike["lead"] > unlike["lead"] > 0
    assert unlike["confidence"] == 0.8


def test_only_a_likely_headline_is_sure() -> None:
    scorer = HeadlineScorer(weights={"lead": 10.0, "bias": -5.0}, threshold=0.9)
    assert scorer.is_sure(QUESTION, "120家", [ASKED, SAME], 0.8)  # type: ignore[list-item]
    assert not scorer.is_sure(QUESTION, "120家", [ASKED, OTHER], 0.8)  # type: ignore[list-item]


@given(
    st.text(max_size=20),
    st.lists(st.tuples(st.text(max_size=40), st.floats(-1e3, 1e3)), min_size=1, max_size=8),
    st.floats(-100, 100),
    st.floats(0, 1),
)
def test_any_headline_has_a_likelihood(
    short: str, sentences: list[tuple[str, float]], span: float, confidence: float
) -> None:
    assert 0 <= HeadlineScorer.load().likelihood(inputs_of(short, sentences, span, confidence)) <= 1


def test_a_figure_of_a_list_is_shown_only_for_its_own_name() -> None:
    sentence = "甲类补贴和乙类补贴标准分别提高至每人每月217元、290元。"
    passage = Passage(id="1-0", article_id="1", position=0, text=sentence, start=0, end=len(sentence))
    hit = Hit(passage=passage, article=ArticleInfo(id="1", title="补贴标准"))
    at = sentence.index("217元")
    candidate = Candidate(
        hit, 0, len(sentence), sentence, "", features={"reader_span": 0.0}, reader_span=(at, at + 4)
    )
    assert short_answer(parse("乙类补贴每月多少？", date(2026, 3, 1)), candidate) == "290元"
    assert short_answer(parse("补贴每月多少？", date(2026, 3, 1)), candidate) == ""


def test_no_headline_where_another_figure_stands_behind_what_is_asked_of() -> None:
    scorer = HeadlineScorer(weights={"bias": 9.0}, threshold=0.9)
    told = Sentence("二月销售挖掘机14208台，其中国内8115台，出口6093台。", 5.0)
    asked = parse("二月挖掘机出口多少台")
    assert scorer.is_sure(asked, "6093台", [told], 0.8)  # type: ignore[list-item]
    assert not scorer.is_sure(asked, "14208台", [told], 0.8)  # type: ignore[list-item]
