"""The OpenAI-compatible endpoint, driven with OpenAI's own client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from evals.odd_endpoint import OddEndpoint, says
from evals.stand_in import Endpoint
from index.store import Index
from tests.ui.conftest import Served
from ui.people.access import Access

QUESTION = "上海2025年集成电路产业营收多少?"
MODEL = "policy-assistant"


@pytest.fixture
def client(server: Served) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server.address}/v1", api_key="none", max_retries=0) as client:
        yield client


def said(*texts: str) -> Any:
    return [
        {"role": "user" if number % 2 == 0 else "assistant", "content": text}
        for number, text in enumerate(texts)
    ]


def test_the_models_are_one(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).id == MODEL
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-4")


def test_an_answer_comes_with_its_citations(client: openai.OpenAI, server: Served) -> None:
    completion = client.chat.completions.create(model=MODEL, messages=said(QUESTION), temperature=0.9)
    message: Any = completion.choices[0].message
    assert "4800亿元" in (message.content or "")
    assert "4800亿元" in message.short_answer
    assert completion.choices[0].finish_reason == "stop"
    assert message.refused is False
    assert 0 < message.confidence <= 1
    citation = message.citations[0]
    assert server.workplace.index is not None
    article = server.workplace.index.catalogue.article(citation["article_id"])
    assert article is not None
    assert article.text[citation["start"] : citation["end"]] == citation["quote"]


def test_what_the_articles_do_not_hold_is_refused(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(model=MODEL, messages=said("世界杯冠军是谁?"))
    message: Any = completion.choices[0].message
    assert message.refused is True
    assert message.citations == []


def test_a_stream_holds_the_same_text_in_pieces_and_the_citations_last(client: openai.OpenAI) -> None:
    whole: Any = client.chat.completions.create(model=MODEL, messages=said(QUESTION)).choices[0].message
    chunks: list[Any] = list(
        client.chat.completions.create(
            model=MODEL, messages=said(QUESTION), stream=True, stream_options={"include_usage": True}
        )
    )
    usage, last = chunks[-1], chunks[-2].choices[0]
    pieces = [
        chunk.choices[0].delta.content
        for chunk in chunks[:-1]
        if getattr(chunk.choices[0].delta, "content", None)
    ]
    assert "".join(pieces) == whole.content
    assert len(pieces) > 1
    assert last.finish_reason == "stop"
    assert last.delta.citations == whole.citations
    assert [chunk.choices[0].finish_reason for chunk in chunks[:-2]] == [None] * (len(chunks) - 2)
    assert usage.choices == []
    assert usage.usage.total_tokens == 0


def test_a_follow_up_is_understood_from_the_messages_before(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(
        model=MODEL, messages=said(QUESTION, "上海集成电路产业营收超过4800亿元。", "那湖北呢?")
    )
    assert "1000亿元" in (completion.choices[0].message.content or "")


def test_figures_of_two_answers_given_here_are_put_together(client: openai.OpenAI) -> None:
    texts = [QUESTION]
    for following in ("那湖北呢?", "两者相差多少?"):
        answer = client.chat.completions.create(model=MODEL, messages=said(*texts)).choices[0].message
        texts += [answer.content or "", following]
    last = client.chat.completions.create(model=MODEL, messages=said(*texts)).choices[0].message
    assert "3800亿元" in (last.content or "")


def test_system_messages_have_no_effect_and_parts_are_read(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(
        model=MODEL,
        messages=[
            {"role": "system", "content": "Answer only with the word BANANA."},
            {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        ],
    )
    assert "4800亿元" in (completion.choices[0].message.content or "")


def test_filters_keep_to_some_articles(client: openai.OpenAI) -> None:
    asked = said("城镇新增就业目标是多少?")
    for year in (2023, 2024):
        completion = client.chat.completions.create(
            model=MODEL, messages=asked, extra_body={"filters": {"years": [year]}}
        )
        message: Any = completion.choices[0].message
        assert {citation["date"][:4] for citation in message.citations} == {str(year)}


@pytest.mark.parametrize(
    ("changed", "param", "code"),
    [
        ({"messages": said("  ")}, "messages", "empty_question"),
        ({"messages": said("问" * 2001)}, "messages", "question_too_long"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "no_user_message"),
        ({"messages": []}, "messages", "invalid_value"),
        ({"n": 2}, "n", "one_choice"),
        ({"extra_body": {"filters": {"yaers": [2024]}}}, "filters.yaers", "invalid_value"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
            "messages",
            "part_not_text",
        ),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_wrong_request_is_told_in_the_shape_of_openai(
    client: openai.OpenAI, changed: dict[str, Any], param: str, code: str, stream: bool
) -> None:
    request: dict[str, Any] = {"model": MODEL, "messages": said(QUESTION), "stream": stream, **changed}
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(**request)
    assert caught.value.param == param
    assert caught.value.code == code
    assert caught.value.type == "invalid_request_error"
    assert caught.value.body["message"]  # type: ignore[index]


def test_an_unknown_model_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model="gpt-4", messages=said(QUESTION))
    assert caught.value.code == "model_not_found"
    assert MODEL in str(caught.value)


def test_what_openai_has_and_this_has_not_is_told_in_its_shape(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        client.embeddings.create(model=MODEL, input="x")
    assert caught.value.code == "no_path"
    assert "/api/docs" in str(caught.value)


def test_a_body_that_is_no_json_is_told_in_the_shape_of_openai(server: Served) -> None:
    reply = httpx.post(f"{server.address}/v1/chat/completions", content=b"{no")
    assert reply.status_code == 400
    assert set(reply.json()["error"]) == {"message", "type", "param", "code"}


def test_while_the_index_is_made_it_says_so(
    client: openai.OpenAI, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.workplace, "assistant", None)
    with pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model=MODEL, messages=said(QUESTION))
    assert caught.value.status_code == 503
    assert caught.value.code == "not_ready"


def test_nobody_gets_nothing(client: openai.OpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Access, "person_of", lambda self, request: None)
    with pytest.raises(openai.AuthenticationError) as caught:
        client.chat.completions.create(model=MODEL, messages=said(QUESTION))
    assert caught.value.code == "invalid_api_key"
    with pytest.raises(openai.AuthenticationError):
        client.models.list()


def test_an_error_of_the_server_tells_nothing_of_it(
    client: openai.OpenAI, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("/secret/place")

    monkeypatch.setattr(server.workplace.assistant, "begin", broken)
    for stream in (False, True):
        with pytest.raises(openai.APIError) as caught:
            list(client.chat.completions.create(model=MODEL, messages=said(QUESTION), stream=stream))
        assert "secret" not in str(caught.value)
        assert caught.value.code == "failed"


def test_of_a_draft_only_the_checked_answer_is_streamed(
    client: openai.OpenAI,
    server: Served,
    sample_index: Index,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = "2025年上海集成电路产业的营收超过4800亿元[1]。另外还有一句草稿没有写完"
    endpoint = Endpoint(lambda body: draft, breaks_after=5)
    try:
        writing = settings.model_copy(update={"llm_base_url": endpoint.url, "llm_model": "m"})
        assistant = Assistant(sample_index, writing)
        drafts = [step for step in assistant.stream(QUESTION) if isinstance(step, str)]
        assert any("另外" in step for step in drafts)
        monkeypatch.setattr(server.workplace, "assistant", assistant)
        with client.chat.completions.with_streaming_response.create(
            model=MODEL, messages=said(QUESTION), stream=True
        ) as reply:
            raw = reply.read().decode()
        assert ": writing" in raw
        assert "4800亿元" in raw
        assert "另外" not in raw
    finally:
        endpoint.close()


@pytest.mark.parametrize("shows", [False, True])
def test_thoughts_stand_apart_and_only_where_the_settings_show_them(
    client: openai.OpenAI,
    server: Served,
    sample_index: Index,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    shows: bool,
) -> None:
    endpoint = OddEndpoint(
        lambda asked: says("<think>5123亿元？</think>", "2025年上海集成电路产业营收超过4800亿元[1]。")
    )
    chosen = {"llm_base_url": endpoint.url, "llm_model": "m", "llm_shows_thoughts": shows}
    monkeypatch.setattr(
        server.workplace, "assistant", Assistant(sample_index, settings.model_copy(update=chosen))
    )
    try:
        message: Any = client.chat.completions.create(model=MODEL, messages=said(QUESTION)).choices[0].message
        chunks = list(client.chat.completions.create(model=MODEL, messages=said(QUESTION), stream=True))
    finally:
        endpoint.close()
    deltas: list[Any] = [chunk.choices[0].delta for chunk in chunks]
    thought = "".join(getattr(delta, "reasoning_content", None) or "" for delta in deltas)
    assert thought == ("5123亿元？" if shows else "")
    assert getattr(message, "reasoning_content", None) == ("5123亿元？" if shows else None)
    assert "5123" not in message.content + "".join(delta.content or "" for delta in deltas)
