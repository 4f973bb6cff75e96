"""The real application with its gate, its two Gradio pages and accounts; no model is loaded."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from assistant.settings import Settings
from ui.people.access import COOKIE, Access
from ui.people.accounts import Accounts
from ui.people.person import Role
from ui.web.gate import Gate
from ui.web.server import make_app
from ui.web.workplace import Workplace

ROOT = Path(__file__).parents[2]
HERE = "http://localhost:7860"
PASSWORD = "a long password"
HTML = {"accept": "text/html,*/*;q=0.8"}
OURS = {"origin": HERE}


def settings_of(folder: Path, **values: object) -> Settings:
    return Settings(_env_file=None, data=folder / "data", index=folder / "index", **values)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, Accounts]]:
    settings = settings_of(tmp_path_factory.mktemp("guarded"), questions_a_minute=3)
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.add("ed", PASSWORD, Role.EDITOR)
    accounts.add("rea", PASSWORD, Role.READER)
    yield make_app(Workplace(settings), "0.0.0.0"), accounts
    accounts.close()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return make_app(Workplace(settings_of(tmp_path_factory.mktemp("local"), questions_a_minute=2)))


def client_of(app: FastAPI, address: str = HERE, **headers: str) -> TestClient:
    here = ("127.0.0.1", 5000)
    return TestClient(app, base_url=address, follow_redirects=False, headers=headers, client=here)


@pytest.fixture
def nobody(guarded: tuple[FastAPI, Accounts]) -> TestClient:
    return client_of(guarded[0])


@pytest.fixture
def somebody(guarded: tuple[FastAPI, Accounts]) -> TestClient:
    client = client_of(guarded[0])
    done = client.post("/login", data={"name": "rea", "password": PASSWORD, "next": "/"}, headers=OURS)
    assert done.status_code == 303
    return client


def addresses(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path that is served, those of mounted applications as well."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(route.routes, before + route.path)
        elif not hasattr(route, "path"):  # what FastAPI keeps of an included router
            yield from addresses(route.original_router.routes, before)
        else:
            for method in getattr(route, "methods", None) or {"GET"}:
                yield method, before + route.path


def test_nothing_is_reached_by_who_is_not_signed_in(
    guarded: tuple[FastAPI, Accounts], nobody: TestClient
) -> None:
    served = set(addresses(guarded[0].routes))
    for needed in (
        ("POST", "/api/ask"),
        ("GET", "/api/articles"),
        ("GET", "/api/openapi.json"),
        ("GET", "/article/{article_id}"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/en/gradio_api/queue/join"),
        ("POST", "/en/gradio_api/upload"),
        ("GET", "/gradio_api/file={path_or_url:path}"),
        ("GET", "/gradio_api/queue/data"),
        ("GET", "/gradio_api/heartbeat/{session_hash}"),
        ("GET", "/config"),
        ("GET", "/en/config"),
        ("POST", "/en/login"),
    ):
        assert needed in served
    reached = []
    for method, path in sorted(served):
        for accept in ("*/*", "text/html"):
            reply = nobody.request(method, path, headers={"accept": accept})
            away = reply.status_code == 303 and reply.headers["location"].startswith("/login?next=")
            if not away and reply.status_code != 401:
                reached.append((method, path))
    assert set(reached) == {("GET", "/login"), ("GET", "/api/health")}
    assert len(served) > 100


@pytest.mark.parametrize("path", ["/", "/en/", "/en", "/article/a?start=1&end=2"])
def test_a_page_leads_to_the_log_in_and_back(nobody: TestClient, path: str) -> None:
    away = nobody.get(path, headers=HTML)
    assert away.status_code == 303
    form = nobody.get(away.headers["location"])
    assert form.status_code == 200
    assert f'name="next" value="{path.replace("&", "&amp;")}"' in form.text
    assert ('lang="en"' in form.text.split("<head>")[0]) == path.startswith("/en")


@pytest.mark.parametrize("path", ["/api/me", "/gradio_api/info", "/en/gradio_api/info", "/v1/models"])
def test_what_programs_ask_for_is_401_in_json(nobody: TestClient, path: str) -> None:
    reply = nobody.get(path, headers=HTML)
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"] == "Bearer"
    assert ("API 密钥" if path.startswith("/gradio") else "API key") in str(reply.json())


def test_no_header_and_no_spelling_of_a_path_gets_past_the_gate(nobody: TestClient) -> None:
    for path in (
        "/login/",
        "/login/../api/me",
        "/LOGIN",
        "//login",
        "/login%2f..%2fconfig",
        "/login%3f/config",
    ):
        assert nobody.get(path).status_code in {401, 303}, path
    for host in ("localhost/login?", "x/api/health#", "x/login?"):
        assert nobody.get("/config", headers={"host": host}).status_code == 401, host
        assert nobody.post("/api/ask", json={}, headers={"host": host}).status_code == 401, host
    for header in ("x-original-url", "x-rewrite-url", "x-forwarded-prefix"):
        assert nobody.get("/api/me", headers={header: "/login"}).status_code == 401


def test_a_websocket_is_refused(guarded: tuple[FastAPI, Accounts]) -> None:
    sent = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "websocket.connect"}

    asyncio.run(guarded[0]({"type": "websocket", "path": "/login", "headers": []}, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_signing_in_opens_the_page_and_signing_out_shuts_it(somebody: TestClient) -> None:
    assert somebody.get("/api/me").json() == {"name": "rea", "role": "reader"}
    for path in ("/", "/en/", "/config", "/en/gradio_api/info"):
        assert somebody.get(path, headers=HTML).status_code == 200, path
    assert '"username":"rea"' in somebody.get("/").text.replace(" ", "")
    assert "rea" in somebody.get("/logout", headers=HTML).text
    token = somebody.cookies[COOKIE]
    out = somebody.post("/logout?lang=en", headers=OURS)
    assert (out.status_code, out.headers["location"]) == (303, "/login?lang=en")
    assert COOKIE not in somebody.cookies
    somebody.cookies.set(COOKIE, token)
    assert somebody.get("/api/me").status_code == 401


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(guarded: tuple[FastAPI, Accounts]) -> None:
    form = {"name": "rea", "password": PASSWORD, "next": "/"}
    plain = client_of(guarded[0]).post("/login", data=form, headers=OURS).headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in plain.split(";")}
    assert "secure" not in plain
    secure = client_of(guarded[0], "https://ask.example")
    said = secure.post("/login", data=form, headers={"origin": "https://ask.example"}).headers["set-cookie"]
    assert "secure" in said.lower()


def test_signing_in_again_ends_the_session_before(somebody: TestClient) -> None:
    before = somebody.cookies[COOKIE]
    somebody.post("/login", data={"name": "rea", "password": PASSWORD}, headers=OURS)
    after = somebody.cookies[COOKIE]
    assert after != before
    somebody.cookies.clear()
    assert somebody.get("/api/me", headers={"cookie": f"{COOKIE}={before}"}).status_code == 401
    assert somebody.get("/api/me", headers={"cookie": f"{COOKIE}={after}"}).status_code == 200


def test_a_wrong_password_is_told_in_the_language_of_the_form(nobody: TestClient) -> None:
    form = {"name": '"><script>x', "password": "wrong", "lang": "en", "next": '/"><b>'}
    reply = nobody.post("/login", data=form, headers=OURS)
    assert reply.status_code == 401
    assert 'role="alert"' in reply.text
    assert "The name or the password is wrong." in reply.text
    assert "<script>" not in reply.text
    assert "<b>" not in reply.text
    assert COOKIE not in reply.cookies
    assert "用户名或密码不对" in nobody.post("/login", data={**form, "lang": "zh"}, headers=OURS).text
    assert nobody.post("/login", content=b"\xff&=&%zz", headers=OURS).status_code == 401
    assert nobody.post("/login", content=b"a" * 100_000, headers=OURS).status_code == 413


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:x"]
)
def test_signing_in_never_leads_to_another_site(nobody: TestClient, next: str) -> None:
    done = nobody.post("/login", data={"name": "ed", "password": PASSWORD, "next": next}, headers=OURS)
    assert (done.status_code, done.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("address", "accept", "language"),
    [
        ("/login", "en-GB,en;q=0.9", "en"),
        ("/login", "en;q=0.5,zh-TW;q=0.8", "zh-CN"),
        ("/login", "fr", "zh-CN"),
        ("/login", "fr,en;q=junk", "zh-CN"),
        ("/login?lang=en", "zh", "en"),
        ("/login?lang=xx", "en", "en"),
    ],
)
def test_the_form_speaks_the_language_of_the_reader(
    nobody: TestClient, address: str, accept: str, language: str
) -> None:
    reply = nobody.get(address, headers={"accept-language": accept})
    assert f'<html lang="{language}"' in reply.text
    assert "<script" not in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_an_editor_may_what_a_reader_may_not(guarded: tuple[FastAPI, Accounts]) -> None:
    app, accounts = guarded
    codes = {
        name: client_of(app, authorization=f"Bearer {accounts.make_key(name)}")
        .post("/api/evals/runs", json={"set": "none"})
        .status_code
        for name in ("rea", "ed", "anna")
    }
    assert codes == {"rea": 403, "ed": 404, "anna": 404}


def test_a_key_opens_api_and_pages_until_it_is_revoked(guarded: tuple[FastAPI, Accounts]) -> None:
    app, accounts = guarded
    key = accounts.make_key("ed", "test")
    for headers in ({"authorization": f"bearer {key}"}, {"x-api-key": key}):
        client = client_of(app, **headers)
        assert client.get("/api/me").json() == {"name": "ed", "role": "editor"}
        assert client.get("/gradio_api/info").status_code == 200
    accounts.revoke(key)
    assert client.get("/api/me").status_code == 401


def test_a_wrong_key_is_not_helped_by_a_cookie(somebody: TestClient) -> None:
    assert somebody.get("/api/me", headers={"x-api-key": "pa-wrong"}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}, {"referer": "https://evil.example/"}, {}],
)  # fmt: skip
def test_a_page_elsewhere_cannot_use_a_session(somebody: TestClient, headers: dict[str, str]) -> None:
    for path in ("/logout", "/gradio_api/queue/join", "/en/gradio_api/upload", "/api/evals/items"):
        assert somebody.post(path, json={}, headers=headers).status_code == 403, path
    assert somebody.get("/api/me").status_code == 200


def test_a_page_elsewhere_cannot_sign_somebody_in_nor_frame_a_page(
    nobody: TestClient, somebody: TestClient
) -> None:
    form = {"name": "rea", "password": PASSWORD}
    refused = nobody.post("/login", data=form, headers={"origin": "https://evil.example"})
    assert (refused.status_code, refused.headers.get("set-cookie")) == (403, None)
    for reply in (nobody.get("/login"), somebody.get("/")):
        assert reply.headers["x-frame-options"] == "SAMEORIGIN"


def test_a_link_from_elsewhere_leads_here(somebody: TestClient) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", **HTML}
    assert somebody.get("/en/", headers=link).status_code == 200


def test_questions_are_limited_by_person(guarded: tuple[FastAPI, Accounts]) -> None:
    app, accounts = guarded
    key, other = accounts.make_key("anna"), accounts.make_key("ed")
    ask = {"question": "多少?"}
    codes = [client_of(app, **{"x-api-key": key}).post("/api/ask", json=ask).status_code for _ in range(4)]
    assert codes == [503, 503, 503, 429]
    last = client_of(app, **{"x-api-key": key}).post("/api/ask", json=ask)
    assert 1 <= int(last.headers["retry-after"]) <= 20
    assert "3 questions a minute" in last.json()["detail"]
    assert client_of(app, **{"x-api-key": other}).post("/api/ask", json=ask).status_code == 503


def test_names_are_not_tried_without_end_from_one_address(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    client = client_of(make_app(Workplace(settings)))
    codes = {
        client.post("/login", data={"name": f"n{turn}", "password": "x"}, headers=OURS).status_code
        for turn in range(45)
    }
    assert codes == {401, 429}


# -- without accounts


def test_without_accounts_everything_is_open_on_this_machine(local: FastAPI) -> None:
    client = client_of(local)
    assert client.get("/api/me").json() == {"name": "", "role": "admin"}
    for path in ("/", "/en/", "/gradio_api/info"):
        assert client.get(path, headers=HTML).status_code == 200
    assert client.get("/login").headers["location"] == "/"
    codes = [client.post("/api/ask", json={"question": "?"}).status_code for _ in range(3)]
    assert codes == [503, 503, 429]


@pytest.mark.parametrize(
    "address", ["http://evil.example:7860", "http://127.0.0.1.evil.example", "http://192.168.0.9:7860"]
)
def test_another_name_for_this_machine_is_refused(local: FastAPI, address: str) -> None:
    client = client_of(local, address)
    for path in ("/", "/api/articles", "/config", "/gradio_api/info", "/login"):
        reply = client.get(path, headers=HTML)
        assert reply.status_code == 403, path
        assert "localhost" in reply.text
    assert client.post("/api/ask", json={"question": "?"}, headers={"origin": address}).status_code == 403
    assert client.get("/api/health").status_code == 200


def test_a_page_elsewhere_cannot_drive_this_machine(local: FastAPI) -> None:
    client = client_of(local)
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        for path in ("/api/evals/items", "/gradio_api/queue/join", "/gradio_api/upload"):
            assert client.post(path, json={}, headers=headers).status_code == 403
            assert client.options(path, headers=headers).status_code == 403
        assert client.get("/api/articles", headers=headers).status_code == 403
    ours = client.post("/api/evals/items", json={"answer": "x", "good": True}, headers=OURS)
    assert ours.status_code == 404


def test_an_account_made_meanwhile_counts_at_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    client = client_of(make_app(Workplace(settings)))
    assert client.get("/api/me").status_code == 200
    accounts = Accounts(settings)
    assert client.get("/api/me").status_code == 200
    accounts.add("anna", PASSWORD, Role.ADMIN)
    assert client.get("/api/me").status_code == 401
    assert client.get("/", headers=HTML).status_code == 303


def test_a_server_for_other_machines_stays_shut_when_the_accounts_go(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    opened = settings.model_copy(update={"open": True})
    shut, open_to_all = (client_of(make_app(Workplace(each), "0.0.0.0")) for each in (settings, opened))
    accounts.remove("anna")
    assert shut.get("/api/me").status_code == 401
    assert open_to_all.get("/api/me", headers={"host": "ask.example"}).status_code == 200


def test_a_broken_accounts_file_shuts_the_door(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    settings.data.mkdir()
    (settings.data / "people.sqlite").write_bytes(b"broken " * 500)
    reply = client_of(make_app(Workplace(settings))).get("/api/articles")
    assert reply.status_code == 503
    assert str(tmp_path) not in reply.text


def test_a_gradio_handler_learns_who_asks(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.add("ed", PASSWORD, Role.EDITOR)
    access = Access(settings)

    def who(request: gr.Request) -> str:
        person = access.person_of(request.request)
        return f"{person.name} {person.role.value}" if person else "nobody"

    with gr.Blocks() as page:
        shown = gr.Textbox()
        gr.Button().click(who, None, shown, api_name="who")
    app = FastAPI()
    app.add_middleware(Gate, access=access, most_at_once=10)
    app = gr.mount_gradio_app(app, page, path="/", ssr_mode=False)
    with client_of(app, **{"x-api-key": accounts.make_key("ed")}) as client:
        event = client.post("/gradio_api/call/who", json={"data": []}).json()["event_id"]
        assert '["ed editor"]' in client.get(f"/gradio_api/call/who/{event}").text
