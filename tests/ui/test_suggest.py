"""Questions to go on with never hold up a question that somebody asks."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.model import Answer
from index.query import Filters
from ui.chats import suggest
from ui.chats.store import KeptTurn
from ui.web.chat_render import messages_of


class _Assistant:
    """Answers everything; somebody begins to wait with the second question that is tried."""

    def __init__(self) -> None:
        self.queue = SimpleNamespace(waiting=0)
        self.tried: list[str] = []

    def ask(self, question: str, **_: Any) -> Any:
        self.tried.append(question)
        self.queue.waiting = len(self.tried) - 1
        return SimpleNamespace(refused=False, confidence=0.9, answer=question)


def test_no_further_one_is_tried_where_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggest, "_candidates", lambda *_: iter(["甲?", "乙?", "丙?", "丁?"]))
    assistant = _Assistant()
    answer = SimpleNamespace(refused=False, citations=[object()], answer="")
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
