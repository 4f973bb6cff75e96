"""Measures on cases where the right value is known."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Answer, Citation
from assistant.trace import Trace
from evals.items import EvalItem
from evals.metrics.citations import count_citations, supports_by_string
from evals.metrics.facts import holds, holds_all, share_held
from evals.metrics.figures import share_of_figures_quoted
from evals.metrics.intervals import difference, estimate, percentile
from evals.metrics.measures import MEASURES
from evals.metrics.refusals import area_under_risk, calibration_bins, calibration_error, risk_coverage
from evals.metrics.retrieval import interleaved, ndcg_at_10, recall_at, reciprocal_rank
from evals.metrics.spans import exact_match, f1
from evals.score import ScoreKeeper

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("增长12.3%", "12.3%", True),
        ("增长112.3%", "12.3%", False),
        ("增长2.35%", "2.3", False),
        ("２０２５年", "2025年", True),
        ("5 万元", "5万元", True),
        ("共135家", "35家", False),
        # A finer figure that rounds to the one wanted says it too.
        ("均价25.02328526元", "25.02", True),
        ("支出1109.0元", "1109元", True),
        ("均价25.02528526元", "25.02", False),
        ("1125.02328526", "25.02", False),
        ("64.15%", "64.2%", True),
        ("64.15亿", "64.2%", False),
        ("2024.3亿元", "2024", False),
        ("100.4%", "100%", False),
        ("温度-12.34度", "12.3", False),
        ("12.34万元", "12.3", False),
    ],
)
def test_a_figure_is_never_found_inside_a_longer_one(text: str, wanted: str, expected: bool) -> None:
    assert holds(text, wanted) is expected


def test_facts_are_groups_of_alternatives() -> None:
    groups = [["35家", "三十五家"], ["上海"]]
    assert holds_all("上海有三十五家", groups)
    assert share_held("湖北有35家", groups) == 0.5
    assert share_held("", []) is None


def test_retrieval_by_hand() -> None:
    ranked = ["a", "b", "c", "d"]
    groups = [{"b"}, {"d", "x"}]
    assert recall_at(1, ranked, groups) == 0
    assert recall_at(2, ranked, groups) == 0.5
    assert recall_at(4, ranked, groups) == 1
    assert reciprocal_rank(ranked, groups) == 0.5
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at_10(ranked, groups) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert ndcg_at_10(["b", "d", "x"], groups) == pytest.approx(1)
    assert ndcg_at_10(["a"], groups) == 0
    assert ndcg_at_10([], groups) == 0
    assert interleaved([["a", "b"], ["c", "a"], []]) == ["a", "c", "b"]


@given(st.permutations([f"p{n}" for n in range(14)]), st.sets(st.integers(0, 16), min_size=1))
def test_ndcg_stays_between_nothing_and_ideal(ranked: list[str], numbers: set[int]) -> None:
    relevant = {f"p{n}" for n in numbers}
    value = ndcg_at_10(ranked, [relevant])
    assert -1e-9 <= value <= 1 + 1e-9
    best_first = sorted(ranked, key=lambda id_: id_ not in relevant)
    assert value <= ndcg_at_10(best_first, [relevant]) + 1e-9


def test_cmrc_counts_as_its_script_does() -> None:
    assert exact_match(["《上海方案》"], "上海方案。") == 1  # its marks are left out
    assert exact_match(["4.5%"], "45%") == 0  # the full stop of a figure is not
    assert f1(["2025年5月"], "5月") == pytest.approx(2 * 1 * (2 / 4) / (1 + 2 / 4))
    assert f1(["abc def"], "def") == pytest.approx(2 * 1 * 0.5 / 1.5)
    assert f1(["天水"], "甘肃天水市") == pytest.approx(2 * (2 / 5) / (1 + 2 / 5))
    assert f1(["天津", "天水"], "天水") == 1
    assert f1(["天津"], "北京") == 0
    # Only a contiguous stretch counts.
    assert f1(["上海市集成电路"], "上海集成电路") == pytest.approx(2 * (4 / 6) * (4 / 7) / (4 / 6 + 4 / 7))


def cited(n: int, quote: str) -> Citation:
    return Citation(n=n, article_id="a", title="t", quote=quote, start=0, end=len(quote))


def answer(text: str, *citations: Citation) -> Answer:
    return Answer(question="q", standalone_question="q", answer=text, citations=list(citations))


def test_citation_recall_and_precision_by_hand() -> None:
    given_answer = answer(
        "上海营收4800亿元[1][2]\n湖北营收1000亿元[2]\n江苏产量第一",
        cited(1, "2025年上海营收4800亿元"),
        cited(2, "江苏产量1734.27亿块"),
    )
    counts = count_citations(given_answer, supports_by_string)
    # The first sentence is supported, by [1] alone, so [2] is not needed there; the second and third are not.
    assert counts.recall == pytest.approx(1 / 3)
    assert counts.precision == pytest.approx(1 / 3)


def test_two_citations_may_be_needed_together() -> None:
    both = answer(
        "上海营收4800亿元，湖北营收1000亿元[1][2]", cited(1, "上海营收4800亿元"), cited(2, "湖北营收1000亿元")
    )
    counts = count_citations(both, supports_by_string)
    assert (counts.recall, counts.precision) == (1, 1)


class EvidenceAnywhere:
    """Stands in for the finder: evidence is where its words are quoted."""

    def relevant(self, item: EvalItem) -> list[set[str]]:
        return []

    def overlaps(self, quote: str, article_id: str, start: int, end: int) -> bool:
        return end - start == len(quote)


def test_a_sum_is_cited_right_when_all_its_terms_are_quoted() -> None:
    item = EvalItem(id="1", question="q", facts=[["34.32亿"]], evidence=["元旦7.12亿元", "春节27.2亿元，共"])
    keeper = ScoreKeeper(EvidenceAnywhere())
    both = answer("一共34.32亿元[1][2]", *(cited(n, quote) for n, quote in enumerate(item.evidence, start=1)))
    half = answer("一共34.32亿元[1]", cited(1, item.evidence[0]))
    assert keeper.score(item, both, Trace()).values["cited"] == 1
    assert keeper.score(item, half, Trace()).values["cited"] == 0


def test_figures_are_looked_for_in_the_quote_that_is_cited() -> None:
    given_answer = answer(
        "上海营收4800亿元[1]\n湖北营收4800亿元[2]", cited(1, "上海营收4800亿元"), cited(2, "湖北营收1000亿元")
    )
    assert share_of_figures_quoted(given_answer) == pytest.approx(3 / 4)
    assert share_of_figures_quoted(answer("没有数字[1]", cited(1, "没有"))) is None


def test_risk_and_coverage_by_hand() -> None:
    confidence, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 0.0, 1.0, 0.0])
    coverage, risk = risk_coverage(confidence, right)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1]
    assert risk.tolist() == pytest.approx([0, 0.5, 1 / 3, 0.5])
    area = 0.25 * (0 + 0 + 0 + 0.5 + 0.5 + 1 / 3 + 1 / 3 + 0.5) / 2
    assert area_under_risk(confidence, right) == pytest.approx(area)
    tied, _ = risk_coverage(np.array([0.5, 0.5]), np.array([1.0, 0.0]))
    assert tied.tolist() == [1.0]
    assert area_under_risk(np.array([0.9, 0.1]), np.array([1.0, 1.0])) == 0


def test_calibration_by_hand() -> None:
    confidence, right = np.array([0.95, 0.95, 0.15, 1.0]), np.array([1.0, 0.0, 0.0, 1.0])
    assert [n for _, _, n in calibration_bins(confidence, right)] == [1, 3]
    assert calibration_error(confidence, right) == pytest.approx((abs(2.9 - 2) + 0.15) / 4)


def test_intervals_hold_the_value_and_narrow_with_more_items() -> None:
    few, many = np.array([0.0, 1] * 10), np.array([0.0, 1] * 1000)
    narrow, wide = estimate(many), estimate(few)
    assert wide.low < 0.5 < wide.high
    assert narrow.high - narrow.low < wide.high - wide.low
    assert estimate(np.array([1.0, 1, 1])).low == 1
    assert estimate(np.arange(101.0), percentile(95)).value == 95
    # The half-width of a share of .5 over 2,000 items is 1.96 * sqrt(.25 / 2000).
    assert (narrow.high - narrow.low) / 2 == pytest.approx(1.96 * math.sqrt(0.25 / 2000), rel=0.1)


def test_a_difference_is_more_than_noise_only_with_enough_items() -> None:
    better = difference(np.array([0.0, 1] * 50), np.array([1.0, 1] * 50))
    assert better.value == 0.5
    assert better.more_than_noise
    one_flip = difference(np.array([0.0, 1, 1, 0, 1]), np.array([1.0, 1, 1, 0, 1]))
    assert not one_flip.more_than_noise
    back_and_forth = difference(np.array([0.0, 1] * 50), np.array([1.0, 0] * 50))
    assert not back_and_forth.more_than_noise
    assert difference(np.array([1.0, 2]), np.array([1.0, 2])).p == 1


def test_every_measure_is_documented() -> None:
    told = (ROOT / "docs" / "evals.md").read_text(encoding="utf-8")
    for measure in MEASURES:
        name = measure.name.split(".")[0]
        assert f"`{name}" in told, name
        assert measure.definition


def test_a_figure_at_the_end_of_the_answer_is_not_joined_to_the_headline() -> None:
    item = EvalItem(id="a", question="进口额和增速?", facts=[["237464.5"], ["66.0"]])
    answer = Answer(
        question="进口额和增速?",
        standalone_question="进口额和增速?",
        answer="进口：237464.5 | 增长（%）：66.0[1]",
        short_answer="237464.5万美元",
    )
    assert ScoreKeeper(EvidenceAnywhere()).score(item, answer, Trace()).values["facts"] == 1
