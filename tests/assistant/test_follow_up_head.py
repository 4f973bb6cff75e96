"""How a turn goes on with its conversation, as the fitted head tells it."""

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.follow_up_head import BUCKETS, FACTS, FollowUpHead, features, how_it_goes_on
from evals.fit_follow_up_head import fit, matrix, turn_examples

BEFORE = ("绍兴2023年外贸出口额是多少?",)


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        ("swap", ["嘉兴呢", "2021年的呢?", "那进口额"]),
        ("correct", ["不对，我问的是宁波", "说错了，是2022年", "打错了 要的是进口"]),
        ("more", ["再说详细一点", "还有别的吗", "展开讲讲"]),
        ("none", ["好的谢谢", "明白啦", "嗯嗯辛苦了"]),
    ],
)
def test_how_turns_go_on_is_told_from_their_words(label: str, texts: list[str]) -> None:
    told = [
        max(read, key=lambda name: read[name]) for read in (how_it_goes_on(each, BEFORE) for each in texts)
    ]
    assert told == [label] * len(texts)


def test_an_earlier_turn_is_known_by_what_it_spoke_of() -> None:
    history = (*BEFORE, "台州的汽车产量是多少?")
    assert (
        max((read := how_it_goes_on("回到绍兴那个，进口是多少", history)), key=lambda name: read[name])
        == "return"
    )


def test_features_stay_within_the_weights() -> None:
    columns, values = features("嘉兴2021年的出口额呢?", BEFORE)
    assert columns.max() < BUCKETS + FACTS
    assert len(columns) == len(values)


def test_a_fitted_head_reads_the_same_from_its_file(tmp_path: Path) -> None:
    examples = turn_examples()[:300]
    head = fit(matrix(examples), examples)
    head.save(tmp_path / "head.npz")
    again = FollowUpHead.load(tmp_path / "head.npz")
    told, once_more = (list(each.read("嘉兴呢", BEFORE).values()) for each in (head, again))
    assert np.allclose(told, once_more)
    assert sum(told) == pytest.approx(1)
