"""Which language the page begins in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.page_language import wants_english
from ui.web.browser_language import BrowserLanguage


@pytest.mark.parametrize(
    ("chosen", "accepted", "english"),
    [
        ("", "", False),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", False),
        ("", "en-US,en;q=0.9", True),
        ("", "en-GB,en;q=0.9,zh;q=0.95", True),
        ("", "fr", False),
        ("", "en;q=0.3, zh-TW;q=0.8", False),
        ("zh", "en-US", False),
        ("en", "zh-CN", True),
    ],
)
def test_a_choice_goes_before_what_the_browser_asks_for(chosen: str, accepted: str, english: bool) -> None:
    assert wants_english(chosen, accepted) == english


@given(st.text())
def test_any_header_is_read(accepted: str) -> None:
    assert wants_english("", accepted) in {True, False}


def test_only_the_first_address_leads_on_and_keeps_what_it_names() -> None:
    def served(request: object) -> PlainTextResponse:
        return PlainTextResponse("served")

    app = Starlette(routes=[Route(path, served) for path in ("/", "/en/", "/article/a")])
    app.add_middleware(BrowserLanguage)
    client = TestClient(app, headers={"accept-language": "en"}, follow_redirects=False)
    assert client.get("/?chat=abc").headers["location"] == "/en/?chat=abc"
    assert client.get("/article/a").text == client.get("/en/").text == "served"
    assert client.get("/", headers={"accept-language": "zh-CN"}).text == "served"
