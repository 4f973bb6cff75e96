"""Briefings through the running application: made, fetched, stopped, and nobody else's business."""

import io
import time
from collections.abc import Iterator
from threading import Event

import docx
import httpx
import pytest

from assistant.briefing.make import BriefingStopped
from assistant.briefing.model import Briefing
from corpus.problem import Problem
from tests.ui.conftest import Served
from ui.briefings.job import BriefingJobs
from ui.people.person import Person, Role


@pytest.fixture
def http(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=60) as client:
        yield client


def test_a_briefing_is_made_and_fetched_as_word_and_markdown(http: httpx.Client) -> None:
    cards = http.get("/api/articles", params={"limit": 3}).raise_for_status().json()["articles"]
    started = http.post("/api/briefing", json={"articles": [each["id"] for each in cards], "title": "三篇"})
    assert started.status_code == 202
    address = f"/api/briefing/{started.json()['id']}"
    job = http.get(address).json()
    until = time.monotonic() + 60
    while job["phase"] == "running" and time.monotonic() < until:
        time.sleep(0.2)
        job = http.get(address).json()
    assert (job["phase"], job["done"], job["total"], job["problem"]) == ("finished", 3, 3, "")
    assert [each["title"] for each in job["briefing"]["articles"]] == [each["title"] for each in cards]
    document = docx.Document(io.BytesIO(http.get(f"{address}/file.docx").raise_for_status().content))
    assert document.paragraphs[0].text == "三篇"
    assert http.get(f"{address}/file.md").text.startswith("# 三篇\n")
    assert http.get(f"{address}/file.exe").status_code == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"articles": []}, 422),
        ({"articles": ["no such"]}, 404),
        ({"articles": ["x" * 1000]}, 422),
        ({"articles": ["x"] * 2000}, 422),
        ({"articles": "x"}, 422),
        ({}, 422),
    ],
)
def test_wrong_input_is_told(http: httpx.Client, body: dict[str, object], status: int) -> None:
    assert http.post("/api/briefing", json=body).status_code == status
    assert http.get("/api/briefing/nonsense").status_code == 404


def test_one_a_person_is_made_at_a_time_and_can_be_stopped_by_that_person_alone() -> None:
    jobs, anna, ben = BriefingJobs(), Person("anna", Role.READER), Person("ben", Role.READER)
    begun = Event()

    def make(progress: object, stopped: object) -> Briefing:
        begun.set()
        for _ in range(500):
            if stopped():  # type: ignore[operator]
                raise BriefingStopped
            time.sleep(0.01)
        raise AssertionError("it was not stopped")

    job = jobs.start(anna, ("a",), make)
    assert begun.wait(5)
    with pytest.raises(Problem, match="briefing_busy"):
        jobs.start(anna, ("a",), make)
    for deed in (jobs.of, jobs.stop):
        with pytest.raises(Problem, match="briefing_not_there"):
            deed(ben, job.id)
    jobs.stop(anna, job.id)
    until = time.monotonic() + 5
    while jobs.of(anna, job.id).phase == "running" and time.monotonic() < until:
        time.sleep(0.01)
    assert jobs.of(anna, job.id).phase == "stopped"
