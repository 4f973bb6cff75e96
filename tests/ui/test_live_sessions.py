"""Who is shut out, or may see less, while an answer is being made for them, is not sent it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.fair_queue import FairQueue
from assistant.model import Answer
from assistant.passages import Searched
from assistant.settings import Settings
from assistant.trace import Trace
from ui.people.access import COOKIE, Access
from ui.people.accounts import Accounts
from ui.people.limits import Limits
from ui.people.person import Role
from ui.web.api import router
from ui.web.api_search import search_router
from ui.web.openai_api import openai_router
from ui.web.openai_messages import MODEL

PASSWORD = "correct horse 电池"
SECRET = "银杏大道二号。"


class SlowAssistant:
    """Answers once it is told to; `begun` is set when it has begun."""

    def __init__(self) -> None:
        self.queue = FairQueue(2)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.begun.set()
        assert self.go_on.wait(30)

    def checked(self, question: str) -> str:
        return question

    def begin(self, question: str, *rest: Any, who: str = "", on_text: Any = None, **more: Any) -> Any:
        def work() -> tuple[Answer, Trace]:
            self.wait()
            return Answer(question=question, standalone_question=question, answer=SECRET), Trace()

        return self.queue.submit(who, work)

    def begin_search(self, question: str, *, who: str, **more: Any) -> Any:
        def work() -> Searched:
            self.wait()
            return Searched(searched=[SECRET], widened=False, hits=[])

        return self.queue.submit(who, work)


class House:
    def __init__(self, settings: Settings) -> None:
        self.accounts = Accounts(settings)
        self.accounts.add("anna", PASSWORD, Role.ADMIN)
        self.accounts.add("bo", PASSWORD, Role.READER, ["内部"])
        self.assistant = SlowAssistant()
        workplace: Any = SimpleNamespace(assistant=self.assistant, settings=settings, index=None, status=None)
        access, limits = Access(settings), Limits(1000)
        app = FastAPI()
        app.include_router(router(workplace, access, limits))
        app.include_router(search_router(workplace, access, limits))
        app.include_router(openai_router(workplace, access, limits))
        self.client = TestClient(app)

    def ask(self, door: str, change: Callable[[Accounts, str], object], *, by_key: bool) -> str:
        """Ask, change something while the answer is made, and give all that came back."""
        headers = {}
        token = ""
        if by_key:
            headers["x-api-key"] = self.accounts.make_key("bo")
        else:
            token = self.accounts.sign_in("bo", PASSWORD)
            self.client.cookies.set(COOKIE, token)
        bodies = {
            "/api/ask": {"question": "多少?"},
            "/api/search": {"question": "多少?"},
            "/v1/chat/completions": {"model": MODEL, "messages": [{"role": "user", "content": "多少?"}]},
        }
        path, _, streamed = door.partition("#")
        body = bodies[path] | ({"stream": True} if streamed else {})

        def later() -> None:
            assert self.assistant.begun.wait(30)
            change(self.accounts, token or headers["x-api-key"])
            self.assistant.go_on.set()

        thread = threading.Thread(target=later)
        thread.start()
        reply = self.client.post(path, json=body, headers=headers)
        thread.join()
        return f"{reply.status_code} {reply.text}"


@pytest.fixture
def house(tmp_path: Any) -> House:
    return House(Settings(_env_file=None, data=tmp_path / "data"))


DOORS = ["/api/ask", "/api/search", "/v1/chat/completions", "/v1/chat/completions#streamed"]
CHANGES: dict[str, Callable[[Accounts, str], object]] = {
    "a new password": lambda accounts, token: accounts.set_password("bo", "another password"),
    "shut out": lambda accounts, token: accounts.set_disabled("bo", True),
    "removed": lambda accounts, token: accounts.remove("bo"),
    "signed out": lambda accounts, token: accounts.sign_out(token),
    "sees less": lambda accounts, token: accounts.set_collections("bo", []),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("change", CHANGES)
def test_an_answer_under_way_is_not_sent_to_whom_it_is_not_for_any_more(
    house: House, door: str, change: str
) -> None:
    told = house.ask(door, CHANGES[change], by_key=False)
    assert SECRET not in told
    assert told.startswith("401") or ("#" in door and "rights changed" in told)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("change", ["shut out", "removed", "sees less"])
def test_keys_are_asked_again_too(house: House, door: str, change: str) -> None:
    assert SECRET not in house.ask(door, CHANGES[change], by_key=True)


@pytest.mark.parametrize("door", DOORS)
def test_who_may_see_more_or_has_another_role_gets_the_answer(house: House, door: str) -> None:
    def more(accounts: Accounts, token: str) -> None:
        accounts.set_collections("bo", None)
        accounts.set_role("bo", Role.EDITOR)

    assert SECRET in house.ask(door, more, by_key=False)
