"""No event of any page reads a file of the server: with the guard nothing gets to Gradio, and Gradio alone refuses too."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response
from hypothesis import HealthCheck, given
from hypothesis import settings as runs_with
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.messages import message
from assistant.settings import Settings
from ui.people.accounts import Accounts
from ui.people.person import LOCAL, Person, Role
from ui.web.attack.families.files import file_payloads
from ui.web.attack.gradio_events import PAGES, events_of
from ui.web.event_guard import EventGuard, _Sessions, files_in
from ui.web.server import make_app
from ui.web.shares import PAGES_OPEN, GradioEvents
from ui.web.upload_folders import UploadFolders
from ui.web.workplace import Workplace

BAIT = "only the server may read this"
TOLD_OF_ANOTHER = {(403, message("guard_session", language)) for language in ("zh", "en")}
META = {"_type": "gradio.FileData"}
on_a_busy_machine = runs_with(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


def client_of(app: FastAPI, key: str = "") -> TestClient:
    headers = {"x-api-key": key} if key else {}
    return TestClient(app, base_url="http://localhost:7860", headers=headers, client=("127.0.0.1", 5000))


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where Gradio keeps uploads and copies."""
    folder = tmp_path_factory.mktemp("temporary")
    before = os.environ.get("GRADIO_TEMP_DIR")
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    yield folder
    os.environ.pop("GRADIO_TEMP_DIR")
    if before is not None:
        os.environ["GRADIO_TEMP_DIR"] = before


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("server") / "secret.md"
    file.write_text(BAIT, "utf-8")
    return file


@pytest.fixture(scope="module")
def local(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Without accounts."""
    folder = tmp_path_factory.mktemp("local")
    return client_of(
        make_app(Workplace(Settings(_env_file=None, data=folder / "data", index=folder / "index")))
    )


@pytest.fixture(scope="module")
def people(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, TestClient]:
    """With accounts."""
    folder = tmp_path_factory.mktemp("people")
    settings = Settings(_env_file=None, data=folder / "data", index=folder / "index")
    accounts = Accounts(settings)
    app = make_app(Workplace(settings))
    clients = {}
    for name, role in (("anna", Role.ADMIN), ("ed", Role.EDITOR), ("eve", Role.EDITOR), ("rea", Role.READER)):
        accounts.add(name, "a long password", role)
        clients[name] = client_of(app, accounts.make_key(name))
    return clients


def copies_of_bait(temporary: Path) -> list[Path]:
    return [
        each for each in temporary.rglob("*") if each.is_file() and BAIT in each.read_text("utf-8", "replace")
    ]


def bodies(client: TestClient, payload: object) -> Iterator[dict]:
    """Every event of both pages with the payload in each of its inputs, and beside them."""
    for page in PAGES:
        for event in events_of(client, page):
            values = list(event.values)
            for position in range(len(values)):
                data = [*values[:position], payload, *values[position + 1 :]]
                yield {"page": page, "data": data, "fn_index": event.index, "session_hash": "s"}
            yield {
                "page": page,
                "data": values,
                "event_data": payload,
                "fn_index": event.index,
                "session_hash": "s",
            }


@pytest.mark.parametrize("who", ["local", "anna", "rea"])
def test_every_event_with_a_file_in_any_input_is_refused(
    who: str, local: TestClient, people: dict[str, TestClient], temporary: Path, bait: Path
) -> None:
    client = local if who == "local" else people[who]
    tried = 0
    for body in bodies(client, {"path": str(bait), "meta": META}):
        reply = client.post(f"{body.pop('page')}/gradio_api/queue/join", json=body)
        assert reply.status_code == 403, (body, reply.text)
        tried += 1
    assert tried > 300
    assert not copies_of_bait(temporary)


def test_however_the_file_is_named(local: TestClient, temporary: Path, bait: Path) -> None:
    for number, (name, payload) in enumerate(file_payloads(str(bait)).items()):
        for page in PAGES:
            for event in events_of(local, page):
                values = list(event.values)
                if values:
                    values[number % len(values)] = payload
                body = {"data": values, "fn_index": event.index, "session_hash": "s", "trigger_id": None}
                if not values:
                    body["event_data"] = payload
                assert local.post(f"{page}/gradio_api/queue/join", json=body).status_code == 403, name
    assert not copies_of_bait(temporary)


def test_without_the_guard_gradio_itself_refuses(
    local: TestClient, temporary: Path, bait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def open_to_all(self: EventGuard, scope: dict, receive: object, send: object) -> None:
        await self._app(scope, receive, send)  # type: ignore[arg-type]

    monkeypatch.setattr(EventGuard, "__call__", open_to_all)
    reached = 0
    with client_of(local.app) as client:  # type: ignore[arg-type]
        for body in bodies(client, {"path": str(bait), "meta": META}):
            reply = client.post(f"{body.pop('page')}/gradio_api/run/event", json=body)
            reached += "data" in reply.json() or "was not uploaded" in reply.text
    assert reached > 100
    assert not copies_of_bait(temporary)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/en/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=http://127.0.0.1:1/x"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1:1/x"),
        ("GET", "/gradio_api/deep_link?session_hash=s"),
        ("GET", "/?deep_link=abc"),
        ("GET", "/monitoring"),
        ("GET", "/en/monitoring/summary"),
        ("GET", "//gradio_api/file=/etc/passwd"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/stream/x"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/run/x"),
        ("POST", "/gradio_api/api/x"),
        ("PUT", "/gradio_api/queue/join"),
    ],
)
def test_what_the_pages_never_ask_for_is_not_there(local: TestClient, method: str, path: str) -> None:
    reply = local.request(method, path, json={"data": []} if method != "GET" else None)
    assert reply.status_code in {403, 404}, reply.text
    assert "root:" not in reply.text


# -- uploads


def sent(client: TestClient, name: str = "a.md", content: bytes = b"text", page: str = "") -> str:
    reply = client.post(f"{page}/gradio_api/upload?upload_id=u", files={"files": (name, content)})
    assert reply.status_code == 200, reply.text
    return str(reply.json()[0])


def file_inputs_of(client: TestClient, page: str = "") -> tuple[int, int, list]:
    """The event that takes uploads: its number, the input, and its values."""
    config = client.get(f"{page}/config").json()
    files = {each["id"] for each in config["components"] if each["type"] == "file"}
    for each in config["dependencies"]:
        for position, one in enumerate(each["inputs"]):
            if one in files:
                return each["id"], position, [None] * len(each["inputs"])
    raise AssertionError("no event takes files")


def join(client: TestClient, file: object, page: str = "", **body: object) -> int:
    number, position, values = file_inputs_of(client, page)
    values[position] = [file]
    whole = {"data": values, "fn_index": number, "session_hash": "upload", **body}
    return client.post(f"{page}/gradio_api/queue/join", json=whole).status_code


@pytest.mark.parametrize("page", PAGES)
def test_an_upload_lies_in_a_folder_of_its_person_and_can_be_used_once_named(
    people: dict[str, TestClient], temporary: Path, page: str
) -> None:
    path = sent(people["ed"], page=page)
    assert Path(path).read_bytes() == b"text"
    assert path.startswith(f"{temporary}/people/")
    assert Path(path).stat().st_mode & 0o777 == 0o600
    for folder in list(Path(path).parents)[1:4]:
        assert folder.stat().st_mode & 0o777 == 0o700, folder
    assert people["ed"].get(f"{page}/gradio_api/file={path}").content == b"text"
    url = f"http://localhost:7860{page}/gradio_api/file={path}"
    assert join(people["ed"], {"path": path, "url": url, "orig_name": "a.md", "meta": META}, page) == 200


def test_nobody_gets_at_another_persons_upload(people: dict[str, TestClient]) -> None:
    path = sent(people["ed"])
    for name in ("eve", "rea", "anna"):
        assert people[name].get(f"/gradio_api/file={path}").status_code == 403, name
        session = {"session_hash": f"of-{name}"}
        assert join(people[name], {"path": path, "meta": META}, **session) == 403, name


def test_the_same_file_of_two_people_lies_twice(people: dict[str, TestClient]) -> None:
    paths = {sent(people[name]) for name in ("ed", "eve", "ed")}
    assert len(paths) == 3


def test_a_reader_may_not_upload(people: dict[str, TestClient], temporary: Path) -> None:
    before = len(list(temporary.rglob("*")))
    for page in PAGES:
        reply = people["rea"].post(f"{page}/gradio_api/upload", files={"files": ("a.md", b"x")})
        assert reply.status_code == 403
    assert len(list(temporary.rglob("*"))) == before


def test_only_plain_names_of_ones_own_file_are_taken(
    people: dict[str, TestClient], bait: Path, tmp_path: Path
) -> None:
    client = people["ed"]
    path = Path(sent(client))
    link = path.with_name("link.md")
    link.symlink_to(bait)
    folder_link = path.parent.parent / "link"
    folder_link.symlink_to(bait.parent)
    wrong = [
        str(link), f"{folder_link}/{bait.name}", f"{path.parent}/../{path.parent.name}/{path.name}", f"{path}\0",
        str(path.parent), f"{path}/", f"/{path}", f"file://{path}", str(path)[1:], os.path.relpath(path), str(bait),
    ]  # fmt: skip
    for each in wrong:
        assert join(client, {"path": each, "meta": META}) == 403, each
        assert BAIT not in client.get(f"/gradio_api/file={each}".replace("\0", "%00")).text
    good = {"path": str(path), "meta": META}
    own_host = "http://localhost:7860/gradio_api/file="
    for more in ({"url": "http://127.0.0.1:9/gradio_api/file=x"}, {"url": "/etc/passwd"}, {"url": 3},
                 {"url": f"ftp://localhost:7860/gradio_api/file={path}"}, {"is_stream": True}, {"x": {"path": "/etc"}}):  # fmt: skip
        assert join(client, {**good, **more}) == 403, more
    assert join(client, {**good, "url": own_host + str(path)}) == 200
    assert join(client, good, fn_index=True) == 400
    assert join(client, good, fn_index="1") == 400


def test_what_is_too_large_leaves_nothing_behind(people: dict[str, TestClient], temporary: Path) -> None:
    before = {each for each in temporary.rglob("*") if each.is_file()}
    reply = people["ed"].post("/gradio_api/upload", files={"files": ("a.md", b"x" * (101 << 20))})
    assert reply.status_code == 413
    wrong = people["ed"].post("/gradio_api/upload", content=b"no form", headers={"content-type": "multipart/form-data; boundary=x"})  # fmt: skip
    assert wrong.status_code == 400
    assert {each for each in temporary.rglob("*") if each.is_file()} == before


def test_an_upload_holds_nothing_but_files(people: dict[str, TestClient], temporary: Path) -> None:
    before = set(temporary.rglob("*"))
    files = {"files": ("a.md", b"text"), "note": (None, b"x" * 100_000)}
    for page, language in (("", "zh"), ("/en", "en")):
        reply = people["ed"].post(f"{page}/gradio_api/upload", files=files)
        assert (reply.status_code, reply.json()["detail"]) == (400, message("upload_files_only", language))
    assert {each for each in set(temporary.rglob("*")) - before if each.is_file()} == set()


def test_what_waited_too_long_is_swept(tmp_path: Path) -> None:
    folders, person = UploadFolders(tmp_path / "people"), Person("ed", Role.EDITOR)
    old, fresh = (folders.new_folder(person) for _ in range(2))
    for folder in (old, fresh):
        (folder / "a.md").write_text("x")
    os.utime(old, (1, 1))
    folders.sweep()
    assert not old.exists()
    assert folders.owns(person, str(fresh / "a.md"))
    assert not folders.owns(LOCAL, str(fresh / "a.md"))
    folders.sweep(kept_s=-1)
    assert list((tmp_path / "people").iterdir()) == []


# -- bodies of any form


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@on_a_busy_machine
@given(around=st.lists(st.sampled_from(["list", "a", "data", "meta", "x"]), max_size=12), beside=JSON)
def test_a_file_is_found_however_deep_it_stands(around: list[str], beside: object) -> None:
    value: object = {"path": "/etc/passwd", "meta": META}
    for name in around:
        value = [beside, value] if name == "list" else {name: value, "beside": beside}
    for body in ({"data": [1, value]}, {"data": value}, {"event_data": value}, {"data": [], "x": [value]}):
        assert None in files_in(body, frozenset({0}))


@on_a_busy_machine
@given(body=st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode())))
def test_no_body_is_an_error_of_the_server(local: TestClient, body: bytes) -> None:
    reply = local.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert 400 <= reply.status_code < 500


@pytest.mark.parametrize("number", [10**30, 99_999, -1, "0", None, True, 1.5, [0], {}])
@pytest.mark.parametrize("page", PAGES)
def test_an_event_that_the_page_does_not_have_is_refused(
    local: TestClient, page: str, number: object
) -> None:
    language = "en" if page else "zh"
    body = {"data": [], "fn_index": number, "session_hash": "of-nobody"}
    reply = local.post(f"{page}/gradio_api/queue/join", json=body)
    assert reply.status_code == 400
    assert reply.json()["detail"] in {
        message(f"guard_{code}", language) for code in ("no_event", "event_wrong")
    }


WRONG = ["", "\ud800", "a b", "x" * 500, None, 1, ["x"], {"a": 1}, 1.5]


@pytest.mark.parametrize("path", ["queue/join", "cancel", "reset", "reset/"])
@pytest.mark.parametrize("name", ["session_hash", "event_id", "fn_index", "data", "trigger_id", "batched"])
def test_a_field_that_pages_never_send_so_is_refused(local: TestClient, path: str, name: str) -> None:
    whole = {"data": [], "fn_index": 0, "session_hash": "of-nobody", "event_id": "x"}
    for value in WRONG:
        body = json.dumps({**whole, name: value}).encode()
        reply = local.post(f"/gradio_api/{path}", content=body, headers={"content-type": "application/json"})
        assert reply.status_code < 500 or reply.status_code == 503, value  # Gradio's queue may be full
    del whole["event_id"], whole["fn_index"]
    for rest in (b"{}", b'{"event_id": NaN}', b'{"data": [1e999]}', json.dumps(whole).encode()):
        assert local.post(f"/gradio_api/{path}", content=rest).status_code == 400


def test_bodies_without_end_or_bottom_are_refused(local: TestClient) -> None:
    address = "/gradio_api/queue/join"
    assert local.post(address, content=b'{"data": "' + b"x" * (1 << 21) + b'"}').status_code == 413
    for deep in (b'{"data":' + b"[" * 100_000, b'{"data":' + b"[" * 100 + b"]" * 100 + b"}"):
        assert local.post(address, content=deep).status_code == 400


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
