"""Whose request it is: the peer's own address counts, and what proxies say only where they are named."""

from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from assistant.settings import Settings
from ui.people.access import Access
from ui.web.forwarded import Forwarded
from ui.web.gate import Gate

HERE = "http://localhost:7860"


def app_with(folder: Path, **values: object) -> FastAPI:
    settings = Settings(_env_file=None, data=folder, **values)  # type: ignore[arg-type]
    app = FastAPI()
    app.add_middleware(Gate, access=Access(settings), most_at_once=10)
    app.add_middleware(Forwarded, trusted_proxies=settings.trusted_proxies)

    @app.get("/api/who")
    def who(request: Request) -> dict:
        return {
            "client": request.client.host if request.client else "",
            "scheme": request.url.scheme,
            "headers": sorted(name for name in request.headers if "forwarded" in name or name == "via"),
        }

    return app


def from_peer(app: FastAPI, peer: str) -> TestClient:
    return TestClient(app, base_url=HERE, client=(peer, 5000))


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_without_accounts_this_machine_is_served(tmp_path: Path, peer: str) -> None:
    assert from_peer(app_with(tmp_path), peer).get("/api/who").json()["client"] == peer


@pytest.mark.parametrize(
    "peer", ["192.168.0.7", "10.0.0.1", "8.8.8.8", "fe80::1", "::ffff:10.0.0.1", "testclient"]
)
def test_without_accounts_no_other_machine_is_whatever_host_it_names(tmp_path: Path, peer: str) -> None:
    reply = from_peer(app_with(tmp_path), peer).get("/api/who")
    assert reply.status_code == 403
    assert "this machine" in reply.json()["detail"]
    assert from_peer(app_with(tmp_path, open=True), peer).get("/api/who").status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via",
        "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For",
    ],
)  # fmt: skip
def test_without_accounts_what_an_unnamed_proxy_passes_on_is_refused(tmp_path: Path, header: str) -> None:
    client = from_peer(app_with(tmp_path), "127.0.0.1")
    assert client.get("/api/who", headers={header: "127.0.0.1"}).status_code == 403


def test_an_unnamed_proxy_is_not_believed(tmp_path: Path) -> None:
    client = from_peer(app_with(tmp_path, open=True), "10.0.0.1")
    sent = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    assert client.get("/api/who", headers=sent).json() == {
        "client": "10.0.0.1",
        "scheme": "http",
        "headers": [],
    }


def test_a_named_proxy_is_believed(tmp_path: Path) -> None:
    client = from_peer(app_with(tmp_path, trusted_proxies="10.0.0.0/8", open=True), "10.0.0.1")
    sent = {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "https"}
    told = client.get("/api/who", headers=sent).json()
    assert (told["client"], told["scheme"]) == ("8.8.8.8", "https")


def test_behind_a_named_proxy_other_machines_are_still_refused(tmp_path: Path) -> None:
    client = from_peer(app_with(tmp_path, trusted_proxies="127.0.0.1"), "127.0.0.1")
    assert client.get("/api/who", headers={"X-Forwarded-For": "8.8.8.8"}).status_code == 403
    assert client.get("/api/who", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 200
