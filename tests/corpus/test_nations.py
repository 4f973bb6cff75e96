"""Nations by their names and short forms."""

import pytest

from corpus.language.nations import nations_in


@pytest.mark.parametrize(
    ("text", "nations"),
    [
        ("对拉美、非洲、欧盟的进出口", ["欧盟", "拉美", "非洲"]),
        ("中美经贸磋商", ["美国"]),
        ("中欧班列开行多少列", []),
        ("印度尼西亚", ["印度尼西亚"]),
        ("湖北的产量", []),
        ("", []),
    ],
)
def test_nations_are_found(text: str, nations: list[str]) -> None:
    assert nations_in(text) == nations
