"""A server whose preparation fails: it answers from the index as it was, says so, and tries again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.settings import Settings
from corpus.problem import Problem
from index.store import Index
from index.sync import IngestReport
from ui.people.access import Access
from ui.people.limits import Limits
from ui.web import workplace as module
from ui.web.api import router
from ui.web.page import status_html
from ui.web.workplace import Workplace

Ingest = Callable[..., IngestReport]
SHANGHAI = "# 上海集成电路\n\n2025年上海集成电路产业营收超过4800亿元。\n"
QUESTION = "2025年上海集成电路产业营收多少?"


@pytest.fixture
def settings(tmp_path: Path, models: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text(SHANGHAI, "utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(models)
    return Settings(_env_file=None, data=data, corpus=corpus)


def health(workplace: Workplace) -> tuple[int, dict]:
    app = FastAPI()
    app.include_router(router(workplace, Access(workplace.settings), Limits(1000)))
    reply = TestClient(app).get("/api/health")
    return reply.status_code, reply.json()


def close(workplace: Workplace) -> None:
    assert workplace.index is not None
    workplace.index.close()


def test_one_bad_file_does_not_keep_the_server_down(settings: Settings) -> None:
    (settings.corpus / "b.jsonl").write_text(
        '{"title": "坏\\ud842字\\u0000符", "text": "滨江镇2025年绿化面积为37公顷。", "date": "2025-02-30"}\n',
        "utf-8",
    )
    (settings.corpus / "通报20250231.txt").write_text("滨江镇新桥于今日通车，6号起免费通行。", "utf-8")
    (settings.corpus / "c.md").write_text("---\na: &a [1]\nb: *a\n---\n# 题\n\n正文。\n", "utf-8")
    for _ in range(2):
        workplace = Workplace(settings)
        workplace.prepare()
        assert workplace.status.phase == "ready"
        assert [problem.code for problem in workplace.status.problems] == ["broken_front_matter"]
        assert health(workplace) == (200, {"ok": True, "phase": "ready"})
        assert workplace.assistant is not None
        assert "37公顷" in workplace.assistant.ask("滨江镇2025年绿化面积是多少?").answer
        close(workplace)


@pytest.mark.parametrize(
    "failure", [Problem("index_not_writable", folder="/srv/x", reason="full"), LookupError("?")]
)
def test_a_failed_preparation_serves_the_index_as_it_was_and_is_tried_again(
    settings: Settings, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Workplace(settings)
    first.prepare()
    close(first)
    ingest: Ingest = module.ingest
    tries = []

    def failing(index: Index, *arguments: object, **named: object) -> IngestReport:
        tries.append(arguments)
        if len(tries) < 3:
            raise failure
        return ingest(index, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "ingest", failing)
    workplace = Workplace(settings)
    workplace.prepare()
    assert workplace.assistant is not None
    assert "4800亿元" in workplace.assistant.ask(QUESTION).answer
    code = failure.code if isinstance(failure, Problem) else "failed"
    assert health(workplace) == (200, {"ok": True, "phase": "ready", "problem": code})
    shown = status_html(workplace, "zh", None)
    assert "按原有索引回答" in shown
    assert "/srv" not in shown
    assert "full" not in status_html(workplace, "zh", [])

    pauses: list[float] = []

    def stop(pause: float) -> bool:
        pauses.append(pause)
        return False

    workplace.keep_trying(stop)
    assert len(tries) == 3
    assert len(pauses) == 2
    assert pauses[1] > pauses[0]
    assert health(workplace) == (200, {"ok": True, "phase": "ready"})
    assert "按原有索引回答" not in status_html(workplace, "zh", None)
    close(workplace)


def test_a_server_without_any_index_says_that_it_is_down_and_recovers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index = module.open_index

    def unopened(settings: Settings) -> Index:
        raise Problem("index_not_writable", folder="x", reason="full")

    monkeypatch.setattr(module, "open_index", unopened)
    workplace = Workplace(settings)
    workplace.prepare()
    assert health(workplace)[0] == 503
    monkeypatch.setattr(module, "open_index", open_index)
    workplace.keep_trying(lambda pause: False)
    assert health(workplace) == (200, {"ok": True, "phase": "ready"})
    close(workplace)


def test_an_empty_library_is_not_tried_again(settings: Settings) -> None:
    (settings.corpus / "a.md").unlink()
    workplace = Workplace(settings)
    workplace.prepare()
    assert not workplace.is_to_be_tried_again
    close(workplace)
