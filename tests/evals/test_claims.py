"""Claims and passages: what the check flags."""

import json
from pathlib import Path

from evals.claims import claims_in, faults_of

PASSAGE = "海州市港口通报｜2026-07-10｜海州市\n上半年货物吞吐量2.4亿吨，同比增长6.5%。"


def test_a_claim_is_flagged_where_the_passage_says_otherwise() -> None:
    assert not faults_of(PASSAGE, "2026年上半年货物吞吐量同比增长6.5%。")
    assert faults_of(PASSAGE, "2026年上半年货物吞吐量同比下降6.5%。")


def test_claims_are_read_with_their_passages(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps([PASSAGE, [["a", "follows", "number"], ["b", "neither", "year"]]]), "utf-8")
    assert list(claims_in(file)) == [(PASSAGE, "a", "follows", "number"), (PASSAGE, "b", "neither", "year")]
