"""An open page is its person's; of one person only so many events wait, and only so many pages are kept."""

from collections.abc import Iterable

import pytest
from httpx import Response
from starlette.testclient import TestClient

from assistant.messages import message
from ui.people.person import Person, Role
from ui.web.attack.gradio_events import PAGES
from ui.web.event_guard import _Sessions
from ui.web.shares import PAGES_OPEN, GradioEvents

TOLD_OF_ANOTHER = {(403, message("guard_session", language)) for language in ("zh", "en")}


def test_an_open_page_is_its_persons(people: dict[str, TestClient]) -> None:
    cancel = {"session_hash": "of-ed", "fn_index": 1, "event_id": "x"}
    first = people["ed"].post("/gradio_api/cancel", json=cancel)
    assert first.status_code != 403
    for request in (
        lambda client: client.post(
            "/gradio_api/queue/join", json={"data": [], "fn_index": 0, "session_hash": "of-ed"}
        ),
        lambda client: client.post(
            "/gradio_api/cancel", json={"session_hash": "of-ed", "fn_index": 1, "event_id": "x"}
        ),
        lambda client: client.get("/gradio_api/queue/data?session_hash=of-ed"),
        lambda client: client.get("/en/gradio_api/heartbeat/of-ed"),
    ):
        reply = request(people["eve"])
        assert (reply.status_code, reply.json()["detail"]) in TOLD_OF_ANOTHER


def test_one_person_does_not_fill_the_queue(
    people: dict[str, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody works on the queue here: what is added waits."""
    monkeypatch.setattr("ui.web.shares.EVENTS_WAITING", 5)
    config = people["rea"].get("/config").json()
    event = next(each["id"] for each in config["dependencies"] if each["backend_fn"] and not each["inputs"])

    def joined(name: str, session: str, page: str = "") -> Response:
        body = {"data": [], "fn_index": event, "session_hash": session}
        return people[name].post(f"{page}/gradio_api/queue/join", json=body)

    assert [joined("rea", f"flood{number}").status_code for number in range(8)] == [200] * 5 + [429] * 3
    assert joined("rea", "zh").json()["detail"] == message("share_events", "zh")
    assert joined("rea", "en", "/en").json()["detail"] == message("share_events", "en")
    assert joined("eve", "another").status_code == 200


def test_a_page_that_is_kept_no_more_is_told_so(
    people: dict[str, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Sessions, "is_forgotten", lambda self, session: session == "oldest")
    config = people["anna"].get("/config").json()
    event = next(each["id"] for each in config["dependencies"] if each["backend_fn"] and not each["inputs"])
    body = {"data": [], "fn_index": event, "session_hash": "oldest"}
    for page, language in (("", "zh"), ("/en", "en")):
        reply = people["anna"].post(f"{page}/gradio_api/queue/join", json=body)
        assert reply.status_code == 410
        assert reply.json()["detail"] == message("share_pages", language, most=PAGES_OPEN)


def test_a_page_that_reads_nothing_adds_nothing(
    people: dict[str, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.web.shares.MESSAGES_UNREAD", 3)
    config = people["anna"].get("/config").json()
    event = next(each["id"] for each in config["dependencies"] if each["backend_fn"] and not each["inputs"])
    body = {"data": [], "fn_index": event, "session_hash": "unread"}
    replies = [people["anna"].post("/gradio_api/queue/join", json=body).status_code for _ in range(8)]
    assert replies[0] == 200
    assert replies[-1] == 429


def test_of_one_person_only_so_many_open_pages_are_kept() -> None:
    class Events:
        def __init__(self) -> None:
            self.forgotten: list[str] = []

        def has_room(self, name: str, session: str) -> bool:
            return True

        def forget(self, sessions: Iterable[str]) -> None:
            self.forgotten += sessions

    events = Events()
    sessions = _Sessions(events)
    rea, eve = Person("rea", Role.READER), Person("eve", Role.READER)
    sessions.used("hers", eve)
    for number in range(PAGES_OPEN + 2):
        assert sessions.is_of(f"page{number}", rea)
        sessions.used(f"page{number}", rea)
    assert events.forgotten == ["page0", "page1"]
    assert [sessions.is_forgotten(f"page{number}") for number in range(3)] == [True, True, False]


def test_gradio_forgets_the_state_of_a_page(local: TestClient) -> None:
    """Of the application that is served: Gradio makes another one for each page."""
    served = [each.app for each in local.app.routes if hasattr(getattr(each, "app", None), "state_holder")]  # type: ignore[attr-defined]
    assert len(served) == len(PAGES)
    for app in served:
        assert app.state_holder["left"] is not None
        GradioEvents({"/": app.get_blocks()}).forget(["left", "never there"])
        assert "left" not in app.state_holder.session_data
