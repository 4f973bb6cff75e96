"""Questions to go on with never hold up a question that somebody asks."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.model import Answer
from assistant.reading.preview import Preview
from index.query import Filters
from ui.chats import suggest
from ui.chats.store import KeptTurn
from ui.web.chat_render import messages_of


class _Assistant:
    """Is sure of everything; somebody begins to wait with the second question that is tried."""

    def __init__(self) -> None:
        self.queue = SimpleNamespace(waiting=0)
        self.tried: list[str] = []

    def preview(self, question: str, passages: list[str]) -> Preview:
        self.tried.append(question)
        self.queue.waiting = len(self.tried) - 1
        return Preview(f"{question}:{passages}", 0.9)


def _few(*_: Any) -> Iterator[Any]:
    return (SimpleNamespace(question=each, passages=("p",)) for each in ["甲?", "乙?", "丙?", "丁?"])


def test_no_further_one_is_tried_where_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "_candidates", _few)
    assistant = _Assistant()
    answer = SimpleNamespace(refused=False, citations=[SimpleNamespace(quote="")], answer="")
    found = suggest.suggestions(
        cast(Any, assistant), cast(Answer, answer), cast(Any, None), Filters(), asked=[]
    )
    assert assistant.tried == found == ["甲?", "乙?"]


@pytest.mark.parametrize("waiting", ["", "前面还有 2 个问题"])
def test_what_waits_is_not_shown_as_an_answer(waiting: str) -> None:
    turn = KeptTurn("t", "c", "多少?", Filters(), "writing", "", None, "", "", (), "2026-01-01T00:00:00.000")
    shown = messages_of([turn], "zh", waiting=waiting)[1]["content"]
    assert 'class="answer"' not in shown
    assert waiting in shown
