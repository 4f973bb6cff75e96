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


def _put_together(news: dict, known: dict[str, str]) -> list[str]:
    """What a browser makes of a message; it counts UTF-16 units."""
    for name, told in news["new"].items():
        if isinstance(told, str):
            known[name] = told
            continue
        base, begins, ends, between = told
        before = known[base].encode("utf-16-le")
        end = before[len(before) - 2 * ends :]
        known[name] = (before[: 2 * begins] + between.encode("utf-16-le") + end).decode("utf-16-le")
    return [known[each] for each in news["order"]]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("<p>𠮷答</p><div></div>", "<p>𠮷答</p><i>𠮷问</i><div></div>"),
        ("<p>𠮷答</p><i>问</i><div></div>", "<p>𠮷答</p><div></div>"),
        ("aaaa", "aaaaaa"),
        ("一二三四", "一二二三四"),
        ("", "<p>x</p>"),
        ("<p>x</p>", "<b>y</b>"),
    ],
)
def test_a_turn_that_changed_a_little_is_sent_as_what_changed(before: str, now: str) -> None:
    pieces, known = Pieces(), {}
    # Long enough to be told as what changed.
    before, now = (f"{'𠮷前' * 60}{each}{'后𠮷' * 60}" if each else each for each in (before, now))
    for parts in (["<p>first</p>", before], ["<p>first</p>", now], ["<p>first</p>", now, "<p>next</p>"]):
        assert _put_together(json.loads(pieces.news("one", parts)), known) == parts


def test_questions_to_go_on_with_cost_what_they_hold_and_not_the_answer_again() -> None:
    pieces = Pieces()
    answer = "<section>" + "长" * 5000 + "{}<div>deeds</div></section>"
    pieces.news("one", [answer.format("")])
    assert len(pieces.news("one", [answer.format("<a>接着问</a>")])) < 200
    pieces.forget("one")
    assert len(pieces.news("one", [answer.format("<a>再问</a>")])) > 5000, "what the page lost is sent whole"


def test_pieces_of_one_place_are_not_told_by_those_of_another() -> None:
    pieces = Pieces()
    pieces.news("one", ["<p>" + "同" * 100 + "</p>"], "history")
    told = json.loads(pieces.news("one", ["<p>" + "同" * 100 + "</p><i></i>"], "chat"))
    assert all(isinstance(each, str) for each in told["new"].values())
