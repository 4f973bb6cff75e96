"""What a browser opens and cannot be shown is told on a page; programs and scripts read JSON."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.problem import Problem
from ui.web.error_pages import add_error_handlers


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/article/{name}")
    @app.get("/api/articles/{name}")
    def article(name: str, start: int = 0) -> None:
        raise Problem("no_article_here")

    return TestClient(app)


def test_a_browser_is_told_on_a_page_that_looks_as_the_chat_does(client: TestClient) -> None:
    told = client.get("/article/x?lang=zh&look=dark", headers={"accept": "text/html,*/*;q=0.8"})
    assert told.status_code == 404
    assert told.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in told.headers["content-security-policy"]
    assert 'data-look="dark"' in told.text
    assert "没有这篇文章" in told.text
    wrong = client.get("/article/x?start=<b>", headers={"accept": "text/html"})
    assert wrong.status_code == 422
    assert "<b>" not in wrong.text


@pytest.mark.parametrize(
    ("path", "accept"), [("/article/x", "*/*"), ("/article/x", "image/*"), ("/api/articles/x", "text/html")]
)
def test_programs_and_scripts_read_json(client: TestClient, path: str, accept: str) -> None:
    told = client.get(path, headers={"accept": accept})
    assert told.status_code == 404
    assert told.json()["detail"]
