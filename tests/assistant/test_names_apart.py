"""Names that are asked of together stay whole."""

from __future__ import annotations

import pytest

from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("建天建筑和盈利家居的净利润分别是多少", ["建天建筑", "盈利家居"]),
        ("晨光文具和秋林食品的营业收入各是多少", ["晨光文具", "秋林食品"]),
        ("暮春影视和星海传媒的总负债分别是多少", ["暮春影视", "星海传媒"]),
        ("2023年和2024年的出口额分别是多少", ["2023年", "2024年"]),
    ],
)
def test_a_name_that_the_segmenter_takes_for_a_time_stays_whole(question: str, names: list[str]) -> None:
    assert [part.text.partition("的")[0] for part in parse(question).parts] == names
