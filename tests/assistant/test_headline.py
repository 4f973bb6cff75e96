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
    alike = inputs_of(QUESTION, "120家", [(each.text, each.score) for each in (ASKED, SAME)], {}, 0.8)
    unlike = inputs_of(QUESTION, "120家", [(each.text, each.score) for each in (ASKED, SAME, OTHER)], {}, 0.8)
    assert alike["lead"] > unlike["lead"] > 0
    assert unlike["confidence"] == 0.8


def test_only_a_likely_headline_is_sure() -> None:
    scorer = HeadlineScorer(weights={"lead": 10.0, "bias": -5.0}, threshold=0.9)
    assert scorer.is_sure(QUESTION, "120家", [ASKED, SAME], 0.8)  # type: ignore[list-item]
    assert not scorer.is_sure(QUESTION, "120家", [ASKED, OTHER], 0.8)  # type: ignore[list-item]


@given(
    st.text(max_size=30),
    st.text(max_size=20),
    st.lists(st.tuples(st.text(max_size=40), st.floats(-1e3, 1e3)), min_size=1, max_size=8),
    st.floats(-100, 100),
    st.floats(0, 1),
)
def test_any_headline_has_a_likelihood(
    question: str, short: str, sentences: list[tuple[str, float]], span: float, confidence: float
) -> None:
    inputs = inputs_of(parse(question), short, sentences, {"reader_span": span}, confidence)
    assert 0 <= HeadlineScorer.load().likelihood(inputs) <= 1


def test_a_headline_is_weighed_by_its_clause_its_unit_and_its_cell() -> None:
    sentence = "新增就业66万人，实现劳务收入75.4亿元。"
    own = inputs_of(parse("劳务收入多少亿元"), "75.4亿元", [(sentence, 1.0)], {}, 0.8)
    other = inputs_of(parse("劳务收入多少亿元"), "66万人", [(sentence, 1.0)], {}, 0.8)
    assert own["own_clause"] > other["own_clause"]
    assert other["lost"] > own["lost"]
    assert (own["unit"], other["unit_lost"]) == (1.0, 1.0)
    row = "营业收入 | 2024年：871.5 | 2025年：903.2"
    asked = parse("甲公司2025年营业收入是多少")
    right, wrong = (inputs_of(asked, each, [(row, 1.0)], {}, 0.8) for each in ("903.2万元", "871.5万元"))
    assert right["row_named"] == 1.0
    assert right["head_named"] > wrong["head_named"]


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
