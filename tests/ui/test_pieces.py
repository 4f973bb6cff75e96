"""What is sent to a page is what changed, and puts the same on it."""

import json

import pytest

from ui.web.pieces import Pieces


def test_a_piece_is_sent_once_to_each_page() -> None:
    pieces = Pieces()
    first = json.loads(pieces.news("one", ["<p>a</p>", "<p>b</p>"]))
    assert [first["new"][each] for each in first["order"]] == ["<p>a</p>", "<p>b</p>"]
    second = json.loads(pieces.news("one", ["<p>a</p>", "<p>c</p>"]))
    assert list(second["new"].values()) == ["<p>c</p>"]
    assert second["order"][0] == first["order"][0]
    assert second["at"] > first["at"]
    assert len(json.loads(pieces.news("two", ["<p>a</p>"]))["new"]) == 1
    pieces.forget("one")
    assert len(json.loads(pieces.news("one", ["<p>a</p>", "<p>c</p>"]))["new"]) == 2


@pytest.mark.parametrize(
    "texts",
    [
        [
            "<p>一</p>",
            "<p>一二</p><ul></ul>",
            "<p>一二</p><ul><li>𠮷</li></ul>",
            "<p>𠮷𠮷二</p>",
            "<p>𠮷𠮷三</p>",
        ],
        [""],
    ],
)
def test_an_answer_grows_by_what_came(texts: list[str]) -> None:
    pieces, before, there = Pieces(), "", b""
    for now in texts:
        turn, same, text, length = json.loads(pieces.grown("t", before, now))["grow"]
        assert (turn, length) == ("t", len(there) // 2)
        # A browser counts UTF-16 units.
        there = there[: 2 * same] + text.encode("utf-16-le")
        assert there.decode("utf-16-le") == now
        before = now
