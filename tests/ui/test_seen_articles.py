"""Doors of the API and commands, for people who may not see every article."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.problem import Problem
from index.query import Filters
from index.sync import ingest
from tests.collected_articles import COLLECTION, MARK, write_articles
from tests.ui.signed_in import OUTSIDER, SignedIn
from tests.ui.test_cli import assistant
from ui.briefings.job import BriefingJobs
from ui.chats.suggest import _candidates, _of_article, suggestions
from ui.people.limits import Limits
from ui.people.person import LOCAL, Person, Role, visible_to
from ui.web.api import router
from ui.web.api_articles import articles_router
from ui.web.api_briefing import briefing_router
from ui.web.api_evals import evals_router
from ui.web.api_search import search_router
from ui.web.error_pages import add_error_handlers
from ui.web.eval_job import EvalJob, JobStatus
from ui.web.evals_tab import EvalsTab
from ui.web.workplace import Workplace

INSIDER = Person("内", Role.READER, frozenset({COLLECTION}))


OPENED: list[Workplace] = []
JOB = EvalJob(None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def door(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> Iterator[tuple[TestClient, SignedIn, dict[str, str]]]:
    """A client, who it is, and the articles' ids by title."""
    folder = tmp_path_factory.mktemp("seen")
    open_articles, closed = write_articles(folder)
    own = settings.model_copy(update={"index": folder / "index", "data": folder})
    workplace = Workplace(own)
    index = workplace._index = open_index(settings.model_copy(update={"index": folder / "index"}))
    ingest(index, [open_articles])
    ingest(index, [closed], collection=COLLECTION)
    workplace.assistant = Assistant(index, settings)
    (own.runs_folder / "r").mkdir(parents=True)
    (own.runs_folder / "r" / "report.html").write_text(f"<p>{MARK}</p>", "utf-8")
    (own.runs_folder / "r" / "run.json").write_text("{}", "utf-8")
    access = SignedIn(own)
    app = FastAPI()
    add_error_handlers(app)
    app.include_router(router(workplace, access, Limits(1000)))
    app.include_router(articles_router(workplace, access))
    app.include_router(search_router(workplace, access, Limits(1000)))
    app.include_router(briefing_router(workplace, access, Limits(1000), BriefingJobs()))
    (own.sets_folder).mkdir()
    (own.sets_folder / f"{MARK}.jsonl").write_text('{"id": "a", "question": "?"}\n', "utf-8")
    app.include_router(evals_router(workplace, access, JOB))
    OPENED[:] = [workplace]
    yield TestClient(app), access, {info.title: info.id for info in index.catalogue.articles()}
    index.close()


def test_a_hidden_article_is_as_unknown_as_one_that_is_not_there(
    door: tuple[TestClient, SignedIn, dict[str, str]],
) -> None:
    client, access, ids = door
    access.person = OUTSIDER
    hidden, absent = client.get(f"/article/{ids['青海盐湖密报']}"), client.get("/article/nothing")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()
    assert client.get(f"/article/{ids['湖北集成电路产业年报']}").status_code == 200
    listed = client.get("/api/articles")
    assert 0 < listed.json()["total"] < len(ids)
    assert MARK not in listed.text
    assert client.get(f"/api/articles/{ids['青海盐湖密报']}").status_code == 404
    for sort in ("best", "fit", "date"):
        asked = {"question": "2025年青海碳酸锂产量是多少?", "top": 50, "sort": sort}
        found = client.post("/api/search", json=asked)
        assert found.status_code == 200
        assert MARK not in found.text
    for person in (INSIDER, LOCAL):
        access.person = person
        assert "14.37万吨" in client.get(f"/article/{ids['青海盐湖密报']}").text
        assert client.get("/api/articles").json()["total"] == len(ids)


def test_nobody_is_answered_from_a_collection_by_asking_for_it(
    door: tuple[TestClient, SignedIn, dict[str, str]],
) -> None:
    client, access, _ = door
    asked = {"question": "2025年青海碳酸锂产量是多少?", "filters": {"collections": [COLLECTION]}}
    access.person = OUTSIDER
    answer = client.post("/api/ask", json=asked)
    assert answer.json()["refused"]
    assert MARK not in answer.text
    assert "14.37万吨" not in answer.text
    access.person = INSIDER
    assert "14.37万吨" in client.post("/api/ask", json=asked).json()["answer"]
    narrower = {**asked, "filters": {"collections": []}}
    assert client.post("/api/ask", json=narrower).json()["refused"]


def test_a_briefing_is_told_no_more_once_its_articles_may_not_be_seen(
    door: tuple[TestClient, SignedIn, dict[str, str]],
) -> None:
    client, access, ids = door
    hidden = {"articles": [ids["青海盐湖密报"]], "title": "\ud800"}
    access.person = OUTSIDER
    assert client.post("/api/briefing", json={**hidden, "title": ""}).status_code == 404
    access.person = INSIDER
    body = json.dumps(hidden)
    started = client.post("/api/briefing", content=body, headers={"Content-Type": "application/json"})
    address = f"/api/briefing/{started.json()['id']}"
    job = client.get(address)
    until = time.monotonic() + 60
    while job.json()["phase"] == "running" and time.monotonic() < until:
        time.sleep(0.1)
        job = client.get(address)
    assert job.json()["phase"] == "finished"
    access.person = Person(INSIDER.name, Role.READER, frozenset())
    for method in ("GET", "DELETE"):
        reply = client.request(method, address)
        assert reply.status_code == 404
        assert "14.37万吨" not in reply.text
    assert client.get(f"{address}/file.md").status_code == 404


def test_reports_of_runs_are_shown_only_to_who_may_see_every_article(
    door: tuple[TestClient, SignedIn, dict[str, str]],
) -> None:
    client, access, _ = door
    access.person = LOCAL
    assert MARK in client.get("/evals/runs/r/report").text
    for person in (OUTSIDER, INSIDER):
        access.person = person
        assert client.get("/evals/runs/r/report").status_code == 404


EDITOR = Person("编", Role.EDITOR, frozenset())
JOBS = [
    JobStatus(
        phase, MARK, 3, 7, problem=Problem("failed", reason=MARK), skipped=(Problem("failed", reason=MARK),)
    )
    for phase in ("running", "finished", "stopped", "failed")
]


@pytest.mark.parametrize("status", JOBS, ids=lambda status: status.phase)
def test_names_and_state_of_runs_are_told_only_to_who_may_see_every_article(
    door: tuple[TestClient, SignedIn, dict[str, str]], monkeypatch: pytest.MonkeyPatch, status: JobStatus
) -> None:
    client, access, _ = door
    monkeypatch.setattr(JOB, "status", status)
    asked = ("", "/sets", "/runs", "/job", f"/runs/{MARK}")
    for person in (OUTSIDER, INSIDER, EDITOR):
        access.person = person
        for path in asked[:-1]:
            reply = client.get(f"/api/evals{path}")
            assert reply.status_code == 200
            assert MARK not in reply.text
        job = client.get("/api/evals/job").json()
        assert (job["phase"], job["done"]) == ("running" if status.phase == "running" else "idle", 0)
    started = client.post("/api/evals/runs", json={"set": MARK})
    assert started.status_code == 422 or started.status_code == 404
    assert MARK not in client.delete("/api/evals/job").text
    access.person = LOCAL
    assert MARK in client.get("/api/evals/sets").text
    assert MARK in client.get("/api/evals/job").text
    assert {each["name"] for each in client.get("/api/evals/runs").json()} <= {"r"}
    access.person = EDITOR
    monkeypatch.setattr(JOB, "status", replace(status, person=EDITOR))
    assert MARK in client.get("/api/evals/job").text


@pytest.mark.parametrize("status", JOBS, ids=lambda status: status.phase)
def test_events_of_the_page_tell_no_more_of_runs(
    door: tuple[TestClient, SignedIn, dict[str, str]], monkeypatch: pytest.MonkeyPatch, status: JobStatus
) -> None:
    _, access, _ = door
    workplace = Workplace(access._settings)
    (workplace.settings.runs_folder / f"{MARK}-1").mkdir(exist_ok=True)
    (workplace.settings.runs_folder / f"{MARK}-1" / "run.json").write_text("{}", "utf-8")
    monkeypatch.setattr(JOB, "status", status)
    tab = EvalsTab(workplace, access, JOB, "zh")
    request = gr.Request(Request({"type": "http", "headers": []}))

    def told() -> str:
        with monkeypatch.context() as quiet:
            quiet.setattr("ui.web.evals_tab.warn", lambda text: None)
            events = (
                tab._refresh(None, None, None, request),
                tab._tick(MARK, MARK, request),
                tab._start("nothing", request),
                tab._stop(request),
                tab._show(f"{MARK}-1", None, "all", request),
            )
        return str([getattr(part, "constructor_args", part) for event in events for part in event])

    for person in (OUTSIDER, INSIDER, EDITOR):
        access.person = person
        assert MARK not in told()
    access.person = LOCAL
    assert MARK in told()


def test_suggestions_hold_nothing_of_articles_that_may_not_be_seen(
    door: tuple[TestClient, SignedIn, dict[str, str]], settings: Settings
) -> None:
    """Also of an answer that was given while more could be seen."""
    _, _, ids = door
    workplace = OPENED[0]
    assistant_of_all = workplace.assistant
    assert assistant_of_all is not None
    answer, trace = assistant_of_all.ask_traced("2025年青海碳酸锂产量是多少?")
    assert {each.article_id for each in answer.citations} == {ids["青海盐湖密报"]}
    candidates = [*_candidates(assistant_of_all, answer, trace, Filters(), [])]
    assert any("青海" in each.question for each in candidates)
    narrow = visible_to(OUTSIDER, Filters())
    assert not [*_of_article(assistant_of_all, ids["青海盐湖密报"], narrow)]
    seen = suggestions(assistant_of_all, answer, trace, narrow, [])
    assert not any(MARK in each or "青海" in each for each in seen)


def test_a_person_narrows_what_is_asked_for_and_never_widens_it() -> None:
    both = Person("", Role.READER, frozenset({"甲", "乙"}))
    assert visible_to(both, Filters()).collections == ["乙", "甲"]
    assert visible_to(both, Filters(collections=["甲", "丙"])).collections == ["甲"]
    assert visible_to(OUTSIDER, Filters(collections=["甲"])).collections == []
    asked = Filters(years=[2025], collections=["甲"])
    assert visible_to(LOCAL, asked) == asked
    assert visible_to(both, asked).years == [2025]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_command_line_gives_shows_and_takes_back_a_collection(tmp_path: Path) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    (folder / "a.md").write_text("# 甲\n\n2025年上海集成电路产业营收超过4800亿元。", "utf-8")
    assert assistant("ingest", str(folder), index=index).returncode == 0
    assert "文集" not in assistant("library", index=index).stdout
    blank = assistant("ingest", str(folder), "--collection", " ", index=index)
    assert blank.returncode == 2
    assert "--no-collection" in blank.stderr
    both = assistant("ingest", str(folder), "--collection", "内参", "--no-collection", index=index)
    assert both.returncode == 2
    assert assistant("ingest", str(folder), "--collection", "内参", index=index).returncode == 0
    listed = assistant("library", index=index).stdout
    assert "文集" in listed
    assert "内参" in listed
    article = assistant("library", "--json", index=index).stdout.split('"id": "')[1].split('"')[0]
    assert "导入时指定" in assistant("library", "show", article, index=index).stderr
    edited = assistant("library", "edit", article, "--collection", "董事会", index=index)
    assert "董事会" in edited.stderr
    assert assistant("library", "export", str(tmp_path / "all.jsonl"), index=index).returncode == 0
    assert '"collection": "董事会"' in (tmp_path / "all.jsonl").read_text("utf-8")
    undone = assistant("library", "edit", article, "--undo", index=index)
    assert "内参" in undone.stderr
    assert assistant("ingest", str(folder), "--no-collection", index=index).returncode == 0
    assert "文集" not in assistant("library", index=index).stdout
