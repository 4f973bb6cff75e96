"""Claims and passages: what the check flags."""

import json
from pathlib import Path

import pytest

from evals.claims import claims_in, faults_of, of_rules, precision

PASSAGE = "海州市港口通报｜2026-07-10｜海州市\n上半年货物吞吐量2.4亿吨，同比增长6.5%。"


def test_a_claim_is_flagged_where_the_passage_says_otherwise() -> None:
    assert not faults_of(PASSAGE, "2026年上半年货物吞吐量同比增长6.5%。")
    assert faults_of(PASSAGE, "2026年上半年货物吞吐量同比下降6.5%。")


def test_claims_are_read_with_their_passages(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps([PASSAGE, [["a", "follows", "number"], ["b", "neither", "year"]]]), "utf-8")
    assert list(claims_in(file)) == [(PASSAGE, "a", "follows", "number"), (PASSAGE, "b", "neither", "year")]


def test_a_rule_that_fires_on_right_and_wrong_alike_is_right_half_of_the_time() -> None:
    claims = {"follows": 100, "contradicts": 50, "neither": 50}
    assert precision({"follows": 10, "contradicts": 5, "neither": 5}, claims) == pytest.approx(0.5)
    assert precision({"contradicts": 5}, claims) == 1.0


def test_each_rule_is_counted_by_label() -> None:
    judged = [("follows", "number", set()), ("contradicts", "number", {"figure", "unit"})]
    lines = list(of_rules(judged))
    assert next(line for line in lines if line.startswith("figure ")).split()[1:] == [
        "0",
        "1",
        "0",
        "1.00",
        "0",
        "0",
        "0",
    ]
