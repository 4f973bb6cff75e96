"""The HTTP API of the running application."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from index.query import Filters
from tests.ui.conftest import Served
from ui.people.access import Access
from ui.people.person import Person, Role

QUESTION = "上海2025年集成电路产业营收多少?"


@pytest.fixture
def http(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=60) as client:
        yield client


def text_of(server: Served, article_id: str) -> str:
    assert server.workplace.index is not None
    article = server.workplace.index.catalogue.article(article_id)
    assert article is not None
    return article.text


def test_an_answer_quotes_its_articles(http: httpx.Client, server: Served) -> None:
    answer = http.post("/api/ask", json={"question": QUESTION}).raise_for_status().json()
    assert "4800亿元" in answer["short_answer"]
    assert answer["table"] is None
    assert answer["series"] is None
    citation = answer["citations"][0]
    quoted = text_of(server, citation["article_id"])[citation["start"] : citation["end"]]
    assert quoted == citation["quote"]


def test_values_asked_side_by_side_come_in_a_table_through_every_door(
    http: httpx.Client, server: Served
) -> None:
    question = "2024年和2025年的赤字规模和赤字率分别是多少?"
    table = http.post("/api/ask", json={"question": question}).raise_for_status().json()["table"]
    assert table["columns"] == ["时间", "赤字规模", "赤字率"]
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["2024年", "4.06万亿元", "3%"],
        ["2025年", "5.66万亿元", "4%左右"],
    ]
    body = {"messages": [{"role": "user", "content": question}]}
    said = http.post("/v1/chat/completions", json=body).raise_for_status().json()["choices"][0]["message"]
    assert said["table"] == table
    schemas = http.get("/api/openapi.json").raise_for_status().json()["components"]["schemas"]
    assert {"columns", "rows"} <= set(schemas["Table"]["properties"])
    assert {"unit", "lines"} <= set(schemas["Series"]["properties"])
    assert "series" not in said


def test_a_search_finds_the_passage_and_where_it_stands(http: httpx.Client, server: Served) -> None:
    found = http.get("/api/search", params={"question": QUESTION, "top": 3}).raise_for_status().json()
    assert len(found["hits"]) == 3
    assert any("4800亿元" in hit["text"] for hit in found["hits"])
    assert found["widened"] is False
    for hit in found["hits"]:
        assert text_of(server, hit["article_id"])[hit["start"] : hit["end"]] == hit["text"]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_a_search_by_body_is_the_same(http: httpx.Client) -> None:
    got = http.get("/api/search", params={"question": QUESTION, "year": [2025, 2026]}).json()
    posted = http.post("/api/search", json={"question": QUESTION, "filters": {"years": [2025, 2026]}}).json()
    assert got["hits"]
    assert posted == got


def test_a_filter_excludes_and_one_that_fits_nothing_is_told(http: httpx.Client) -> None:
    found = http.get("/api/search", params={"question": "就业", "year": 2023}).json()
    assert {hit["date"][:4] for hit in found["hits"]} == {"2023"}
    assert http.get("/api/search", params={"question": "就业", "year": 1950}).json()["widened"] is True


@pytest.mark.parametrize("sort", ["fit", "date"])
def test_all_that_match_are_listed_in_pages(http: httpx.Client, sort: str) -> None:
    asked: dict[str, Any] = {"question": "就业", "sort": sort}
    whole = http.get("/api/search", params={**asked, "top": 100}).raise_for_status().json()
    assert whole["total"] == len(whole["hits"]) > 8
    paged: list[str] = []
    for offset in range(0, whole["total"] + 7, 7):
        page = http.post("/api/search", json={**asked, "top": 7, "offset": offset}).raise_for_status().json()
        assert page["total"] == whole["total"]
        paged += [hit["passage_id"] for hit in page["hits"]]
    assert paged == [hit["passage_id"] for hit in whole["hits"]]
    nowhere = http.get("/api/search", params={**asked, "year": 1950}).json()
    assert (nowhere["total"], nowhere["hits"], nowhere["widened"]) == (0, [], False)


def test_a_question_that_compares_finds_passages_of_each(http: httpx.Client) -> None:
    found = http.get(
        "/api/search", params={"question": "上海和湖北2025年集成电路产业营收各是多少?", "top": 4}
    ).json()
    assert len(found["searched"]) == 2
    together = "".join(hit["text"] for hit in found["hits"])
    assert "4800亿元" in together
    assert "1000亿元" in together


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"question": " "}, "empty"),
        ({"question": "问" * 2001}, "2001"),
        ({"question": "就业", "top": 0}, "top"),
        ({"question": "就业", "sort": "age"}, "sort"),
        ({"question": "就业", "offset": -1}, "offset"),
        ({"question": "就业", "filters": {"yaers": [2024]}}, "yaers"),
        ({}, "question"),
    ],
)
def test_a_wrong_search_is_told(http: httpx.Client, body: dict[str, Any], named: str) -> None:
    reply = http.post("/api/search", json=body)
    assert reply.status_code == 422
    assert named in reply.text


def test_the_articles_come_in_pages_that_together_are_all(http: httpx.Client, server: Served) -> None:
    assert server.workplace.index is not None
    all_of_them = [article.id for article in server.workplace.index.catalogue.articles()]
    seen: list[str] = []
    for offset in range(0, len(all_of_them) + 10, 10):
        page = http.get("/api/articles", params={"offset": offset, "limit": 10}).json()
        assert page["total"] == len(all_of_them)
        seen += [article["id"] for article in page["articles"]]
    assert sorted(seen) == sorted(all_of_them)
    assert len(seen) == len(set(seen))


def test_articles_are_found_by_title_and_year(http: httpx.Client) -> None:
    page = http.get("/api/articles", params={"q": "政府工作报告", "year": 2024}).json()
    assert page["total"] == len(page["articles"]) == 1
    assert "政府工作报告" in page["articles"][0]["title"]
    source = page["articles"][0]["source"]
    same = http.get("/api/articles", params={"source": source, "limit": 500}).json()["articles"]
    assert same
    assert {article["source"] for article in same} == {source}
    assert http.get("/api/articles", params={"q": "政府%报告"}).json()["total"] == 0


def test_an_article_is_told_with_its_sections_and_without_its_file(
    http: httpx.Client, server: Served
) -> None:
    first = http.get("/api/articles", params={"limit": 1}).json()["articles"][0]
    reply = http.get(f"/api/articles/{first['id']}").raise_for_status()
    article = reply.json()
    assert article["title"] == first["title"]
    assert article["text"] == text_of(server, first["id"])
    assert all(0 <= s["start"] <= s["end"] <= len(article["text"]) for s in article["sections"])
    assert "file" not in article
    assert str(server.workplace.settings.corpus) not in reply.text


def test_an_article_that_is_not_there_is_not_found(http: httpx.Client) -> None:
    reply = http.get("/api/articles/nothing")
    assert reply.status_code == 404
    assert "nothing" in reply.json()["detail"]


def test_an_address_that_is_not_there_is_told_as_the_api_tells_its_errors(http: httpx.Client) -> None:
    for reply in (http.get("/api/nothing"), http.delete("/api/articles")):
        assert reply.status_code == 404
        assert "/api/docs" in reply.json()["detail"]


def test_an_article_that_a_person_may_not_see_is_not_found(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = http.get("/api/articles", params={"year": 2023}).json()["articles"][0]["id"]

    def only_2024(person: Person, filters: Filters) -> Filters:
        return filters.model_copy(update={"years": [2024]})

    monkeypatch.setattr("ui.web.library.visible_to", only_2024)
    monkeypatch.setattr("ui.web.api_search.visible_to", only_2024)
    assert http.get(f"/api/articles/{found}").status_code == 404
    listed = http.get("/api/articles", params={"limit": 500}).json()["articles"]
    assert {article["date"][:4] for article in listed} == {"2024"}
    hits = http.get("/api/search", params={"question": "就业"}).json()["hits"]
    assert {hit["date"][:4] for hit in hits} == {"2024"}


def test_a_set_is_run_and_its_figures_are_read(
    http: httpx.Client, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets = http.get("/api/evals/sets").json()
    assert {"name": "small", "own": True} in sets
    assert {"name": "sample", "own": False} in sets
    started = http.post("/api/evals/runs", json={"set": "small"})
    assert started.status_code == 202
    job = started.json()
    deadline = time.monotonic() + 120
    while job["phase"] == "running" and time.monotonic() < deadline:
        time.sleep(0.2)
        job = http.get("/api/evals/job").json()
    assert job["phase"] == "finished"
    assert (job["done"], job["total"]) == (2, 2)
    assert len(job["skipped"]) == 1
    assert str(server.workplace.settings.data) not in job["skipped"][0]
    run = http.get("/api/evals/runs").json()[0]
    assert (run["name"], run["set"]) == (job["name"], "small")
    figures = http.get(f"/api/evals/runs/{run['name']}").json()
    assert figures["summary"]["items"] == 2
    assert figures["summary"]["measures"]["facts"]["value"] == 1.0
    # They count articles that others may not know of.
    outsider = Person("rea", Role.READER, frozenset())
    monkeypatch.setattr(Access, "person_of", lambda self, request: outsider)
    assert http.get(f"/api/evals/runs/{run['name']}").status_code == 404


def test_a_run_or_set_that_is_not_there_is_not_found(http: httpx.Client) -> None:
    assert http.get("/api/evals/runs/nothing").status_code == 404
    assert http.get("/api/evals/runs/..%2Fsets").status_code == 404
    reply = http.post("/api/evals/runs", json={"set": "nothing"})
    assert reply.status_code == 404
    assert "nothing" in reply.json()["detail"]


def test_a_reader_may_not_start_or_stop_a_run(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Access, "person_of", lambda self, request: Person("r", Role.READER))
    assert http.post("/api/evals/runs", json={"set": "small"}).status_code == 403
    assert http.delete("/api/evals/job").status_code == 403
    assert http.get("/api/evals/job").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/search?question=x",
        "/api/articles",
        "/api/articles/x",
        "/api/evals/sets",
        "/api/evals/runs",
        "/api/evals/runs/x",
        "/api/evals/job",
        "/v1/models",
    ],
)
def test_nobody_gets_nothing(http: httpx.Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(Access, "person_of", lambda self, request: None)
    assert http.get(path).status_code == 401


def test_while_the_index_is_made_it_says_so(
    http: httpx.Client, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.workplace, "assistant", None)
    for reply in (
        http.post("/api/ask", json={"question": QUESTION}),
        http.get("/api/search", params={"question": QUESTION}),
        http.post("/api/evals/runs", json={"set": "small"}),
    ):
        assert reply.status_code == 503
        assert "not ready" in reply.json()["detail"]


def test_the_description_asks_no_other_host_and_names_every_path(http: httpx.Client) -> None:
    paths = http.get("/api/openapi.json").json()["paths"]
    page = http.get("/api/docs").raise_for_status()
    assert "<script" not in page.text
    assert not re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert {"/api/ask", "/api/search", "/api/evals", "/v1/chat/completions", "/api/evals/job"} <= set(paths)
    assert all(f"<code>{path}</code>" in page.text for path in paths)
    links = set(re.findall(r'href="#(\w+)"', page.text))
    assert "Searched" in links
    assert links <= set(re.findall(r'id="(\w+)"', page.text))
