"""The network that judges claims: what it gives, that its training can be served, and what the check makes of it."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from assistant.checking.written import WrittenCheck, shown_source
from index.embeddings.factory import default_model_folder
from index.reader.claims import ClaimReader, Judgement, open_claims
from index.reader.train_claims import made, train, written

PASSAGE = (
    "海州市港口通报｜2026-07-10｜海州市\n上半年货物吞吐量2.4亿吨，同比增长6.5%。其中集装箱吞吐量120万标箱。"
)
CLAIM = "上半年货物吞吐量为2.4亿吨。"


@pytest.fixture(scope="module")
def reader(models: Path) -> ClaimReader:
    opened = open_claims(models)
    assert opened is not None
    return opened


def test_shares_sum_to_one_and_do_not_depend_on_what_else_is_read(reader: ClaimReader) -> None:
    pairs = [(CLAIM, PASSAGE), ("公园的樱花在三月开放。", PASSAGE), (CLAIM, PASSAGE * 12)]
    together = reader.judge(pairs)
    for judged, pair in zip(together, pairs, strict=True):
        assert judged.follows + judged.contradicts + judged.neither == pytest.approx(1, abs=1e-4)
        assert reader.judge([pair])[0].neither == pytest.approx(judged.neither, abs=1e-3)
    assert together[0].neither < together[1].neither
    assert reader.judge([]) == []


def test_a_short_training_can_be_served(models: Path, tmp_path: Path) -> None:
    rows = [
        [PASSAGE.replace("6.5", f"{n}.5"), [[CLAIM, "follows", "number"], ["另有三个码头。", "neither", "x"]]]
        for n in range(1, 5)
    ]
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    passages = written(file)
    assert {claim.label for claim in made(passages, Random(1))} == {0, 1, 2}
    folder = default_model_folder(models)
    out = tmp_path / "claims.safetensors"
    assert 0 <= train(folder, out, 1, file=file, frozen=11)["invented"] <= 1
    assert len(ClaimReader(folder, out).judge([(CLAIM, PASSAGE)])) == 1


class _Sure:
    """Says of every claim that no passage tells of it; notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.asked += pairs
        return [Judgement(0.05, 0.05, 0.9 if "吞吐" in text else 0.1) for text, _ in pairs]


def test_a_claim_of_which_no_passage_tells_is_flagged_and_nothing_else() -> None:
    sources = [shown_source(PASSAGE, title="通报"), shown_source("樱花三月开放。", title="公园")]
    sure = _Sure()
    text = "## 港口\n\n上半年货物吞吐量为2.4亿吨[1]。樱花在三月开放[2]。货物吞吐量为9.9亿吨[1]。\n"
    checked = WrittenCheck(sources, claims=sure).check(text)
    rules = {each.unit.plain.strip(): [fault.rule for fault in each.faults] for each in checked}
    assert rules["上半年货物吞吐量为2.4亿吨。"] == ["read"]
    assert rules["樱花在三月开放。"] == []
    # What a rule has found already is not read.
    assert rules["货物吞吐量为9.9亿吨。"] == ["figure"]
    assert len(sure.asked) == 2
