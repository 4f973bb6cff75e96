"""What endpoints do differently, played by a small server: nothing of it is lost, and nothing is asked twice in vain."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from assistant.generating.any_endpoint import without_overlap
from assistant.generating.chat_models import make_chat_model, make_small_model, small_settings
from assistant.model import Answer
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.problem import Problem
from evals.odd_endpoint import Asked, OddEndpoint, Reply, refuses, says, whole
from index.store import Index

Make = Callable[..., tuple[Assistant, OddEndpoint]]
QUESTION = "上海2025年集成电路产业营收多少?"
RIGHT = "2025年上海集成电路产业营收超过4800亿元[1]。"


@pytest.fixture
def odd() -> Iterator[Callable[..., OddEndpoint]]:
    endpoints: list[OddEndpoint] = []

    def make(*replies: Reply | Callable[[Asked], Reply], **more: Any) -> OddEndpoint:
        left = list(replies)

        def play(asked: Asked) -> Reply:
            reply = left.pop(0) if len(left) > 1 else left[0]
            return reply(asked) if callable(reply) else reply

        endpoints.append(OddEndpoint(play, **more))
        return endpoints[-1]

    yield make
    for endpoint in endpoints:
        endpoint.close()


@pytest.fixture
def writing(odd: Callable[..., OddEndpoint], sample_index: Index, settings: Settings) -> Make:
    def make(*replies: Any, **chosen: Any) -> tuple[Assistant, OddEndpoint]:
        endpoint = odd(*replies)
        given = {"llm_base_url": endpoint.url, "llm_model": "m", **chosen}
        return Assistant(sample_index, settings.model_copy(update=given)), endpoint

    return make


def fell_back(answer: Answer) -> bool:
    return any("摘录式回答器" in note for note in answer.notes)


# -- thinking


def thinking(*thoughts: str) -> tuple[dict[str, str], ...]:
    return tuple({"reasoning_content": thought} for thought in thoughts)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(pieces=(*thinking("先看", "5123亿元？"), {"content": RIGHT})),
        Reply(pieces=({"reasoning": "5123亿元？"}, {"content": RIGHT})),
        says("<thi", "nk>营收是5123亿元？", "</th", "ink>", RIGHT),
        says("<think>\n\n</think>\n\n", RIGHT),
        says("<think/>", RIGHT),
        Reply(pieces=({"reasoning_content": ""}, {"content": RIGHT})),
    ],
    ids=["apart", "another name", "in the text", "empty block", "empty mark", "empty field"],
)
def test_thinking_is_never_shown_as_the_answer(writing: Make, reply: Reply) -> None:
    steps = list(writing(reply)[0].stream(QUESTION))
    answer = steps[-1]
    assert isinstance(answer, Answer)
    assert "4800亿元" in answer.answer
    assert answer.written
    texts = [step for step in steps if isinstance(step, str)] + [answer.answer]
    assert all("5123" not in text and "think" not in text and not text.startswith("<") for text in texts)


def test_thoughts_that_only_end_are_held_back_from_the_second_answer_on(writing: Make) -> None:
    assistant, _ = writing(says("营收是5123亿元？", "</think>", RIGHT))
    list(assistant.stream(QUESTION))
    steps = list(assistant.stream(QUESTION))
    assert all("5123" not in (step if isinstance(step, str) else step.answer) for step in steps)
    assert "4800亿元" in steps[-1].answer  # type: ignore[union-attr]


def test_what_a_thinking_model_writes_without_thinking_is_not_lost(writing: Make) -> None:
    assistant, _ = writing(says("营收是5123亿元？</think>", RIGHT), says(RIGHT))
    assistant.ask(QUESTION)
    assert assistant.ask(QUESTION).written


def test_thinking_has_a_limit_of_its_own(writing: Make) -> None:
    slow = Reply(pieces=(*thinking(*"一二三四五六七八九十"), {"content": RIGHT}), pause=0.4)
    assert make_chat_model(writing(slow, llm_timeout=3.0)[0].settings).invoke("?").text == RIGHT
    answer = writing(slow, llm_timeout=10.0, llm_thinking_timeout=0.3)[0].ask(QUESTION)
    assert fell_back(answer)
    assert "思考" in answer.notes[0]


def test_a_model_that_only_thinks_is_told_of(writing: Make) -> None:
    answer = writing(Reply(pieces=thinking("想了很久")))[0].ask(QUESTION)
    assert "只写了思考" in answer.notes[0]
    assert fell_back(answer)


# -- what is refused


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Unsupported value: 'temperature' does not support 0 with this model.", "temperature"),
        ("Unrecognized request argument supplied: stream_options", "stream_options"),
        ("extra fields not permitted: enable_thinking", "enable_thinking"),
    ],
)
def test_a_refused_parameter_is_left_out_and_that_is_remembered(writing: Make, told: str, name: str) -> None:
    def play(asked: Asked) -> Reply:
        return refuses(400, told) if name in asked.body else says(RIGHT)

    assistant, endpoint = writing(play, llm_body='{"enable_thinking": false}')
    assert assistant.ask(QUESTION).written
    assert assistant.ask(QUESTION).written
    assert [name in asked.body for asked in endpoint.asked] == [True, False, False]


def test_several_refusals_one_after_another(writing: Make) -> None:
    def play(asked: Asked) -> Reply:
        for name in ("temperature", "stream_options"):
            if name in asked.body:
                return refuses(422, f"unknown parameter {name}")
        return says(RIGHT)

    assistant, endpoint = writing(play)
    assert assistant.ask(QUESTION).written
    assert len(endpoint.asked) == 3


def test_a_refusal_that_names_nothing_is_tried_once_without_all_that_is_not_needed(writing: Make) -> None:
    def play(asked: Asked) -> Reply:
        return refuses(400, "invalid parameter") if "temperature" in asked.body else says(RIGHT)

    assert writing(play)[0].ask(QUESTION).written
    assistant, endpoint = writing(refuses(400, "invalid parameter"))
    assert fell_back(assistant.ask(QUESTION))
    assert len(endpoint.asked) == 2
    assistant.ask(QUESTION)
    assert "temperature" in endpoint.asked[2].body


@pytest.mark.parametrize("says_so", [True, False])
def test_an_endpoint_that_does_not_stream(writing: Make, says_so: bool) -> None:
    def play(asked: Asked) -> Reply:
        if asked.body.get("stream") and says_so:
            return refuses(400, "streaming is not supported")
        return whole(RIGHT, reasoning_content="5123亿元？")

    assistant, endpoint = writing(play)
    answer = assistant.ask(QUESTION)
    assert answer.written
    assert "5123" not in answer.answer
    assert answer.usage is not None
    assert answer.usage.tokens_read == 100
    assistant.ask(QUESTION)
    assert [bool(asked.body.get("stream")) for asked in endpoint.asked] == [True, False, False]


# -- failures


def test_too_many_requests_wait_as_the_endpoint_wants(writing: Make) -> None:
    assistant, endpoint = writing(refuses(429, "slow down", Retry_After="1"), says(RIGHT))
    begun = time.monotonic()
    assert assistant.ask(QUESTION).written
    assert time.monotonic() - begun >= 1
    assert len(endpoint.asked) == 2


def test_a_wait_that_is_longer_than_the_limit_is_told_at_once(writing: Make) -> None:
    assistant, endpoint = writing(refuses(429, "slow down", Retry_After="90"))
    answer = assistant.ask(QUESTION)
    assert fell_back(answer)
    assert "90 秒" in answer.notes[0]
    assert len(endpoint.asked) == 1


def test_an_empty_account_is_not_waited_for(writing: Make) -> None:
    assistant, endpoint = writing(refuses(429, "insufficient_quota: check your plan"))
    assert "余额" in assistant.ask(QUESTION).notes[0]
    assert len(endpoint.asked) == 1


def test_a_failing_server_is_tried_once_more_and_not_twice(writing: Make) -> None:
    assert writing(refuses(503, "overloaded"), says(RIGHT))[0].ask(QUESTION).written
    assistant, endpoint = writing(refuses(503, "overloaded"))
    answer = assistant.ask(QUESTION)
    assert "503" in answer.notes[0]
    assert len(endpoint.asked) == 2


def test_the_time_limit_is_waited_for_once(writing: Make) -> None:
    assistant, endpoint = writing(says(RIGHT, silent=30.0), llm_timeout=0.6)
    model = make_chat_model(assistant.settings)
    begun = time.monotonic()
    with pytest.raises(Problem, match="llm_why_timeout"):
        model.invoke("?")
    assert time.monotonic() - begun < 20
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (refuses(401, "bad key"), "密钥"),
        (refuses(404, "The model `m` does not exist"), "名称的模型"),
        (refuses(404, "not here"), "404"),
        (refuses(402, "pay"), "余额"),
        (refuses(400, "This model's maximum context length is 4096 tokens"), "能读的长度"),
        (Reply(finish="content_filter", pieces=({"content": ""},)), "内容审查"),
        (Reply(finish="length", pieces=({"content": ""},)), "字数"),
        (Reply(finish="tool_calls", pieces=({"content": None},)), "工具"),
        (Reply(pieces=({"content": "  "},)), "什么也没有写"),
    ],
    ids=["key", "model", "address", "money", "too long", "filter", "length", "tools", "empty"],
)
def test_what_fails_is_said_and_the_reader_answers(writing: Make, reply: Reply, told: str) -> None:
    assistant, endpoint = writing(reply)
    answer = assistant.ask(QUESTION)
    assert told in answer.notes[0]
    assert "语言模型" in answer.notes[0]
    assert fell_back(answer)
    assert "4800亿元" in answer.answer
    # What is too long is tried once more with fewer passages.
    assert (len(endpoint.asked) == 1) == (told != "能读的长度")
    english = assistant.ask(QUESTION, language="en")
    assert english.notes[0].isascii() or "’" in english.notes[0]


def test_a_filter_in_the_middle_keeps_what_was_finished(writing: Make) -> None:
    answer = writing(says(RIGHT, "而江苏的集成电路", finish="content_filter"))[0].ask(QUESTION)
    assert answer.written
    assert "江苏" not in answer.answer
    assert any("内容审查" in note for note in answer.notes)


# -- a stream that breaks


def test_a_broken_stream_is_continued(writing: Make) -> None:
    half, rest = RIGHT[:14], RIGHT[14:]
    assistant, endpoint = writing(says(half, hangs_up=True), says(half + rest))
    answer = assistant.ask(QUESTION)
    assert answer.answer.count("4800亿元") == 1
    assert "2025年上海集成电路产业营收超过4800亿元" in answer.answer
    assert not answer.notes
    assert endpoint.asked[1].body["messages"][-2]["content"] == half


def test_a_broken_stream_that_cannot_be_continued_keeps_what_was_finished(writing: Make) -> None:
    answer = writing(says(RIGHT, "而江苏的", hangs_up=True), refuses(500, "gone"))[0].ask(QUESTION)
    assert answer.written
    assert "江苏" not in answer.answer
    assert any("中途断开" in note for note in answer.notes)
    assert not fell_back(answer)


def test_what_was_written_when_the_time_ran_out_is_kept(writing: Make) -> None:
    slow = says(RIGHT, *"而江苏的集成电路产业营收", pause=0.2)
    answer = writing(slow, llm_timeout=1.0)[0].ask(QUESTION)
    assert answer.written
    assert any("限定的时间" in note for note in answer.notes)


def test_overlap_is_written_once() -> None:
    assert without_overlap("上海的营收", "上海的营收超过4800亿元。") == "超过4800亿元。"
    assert without_overlap("甲。上海的营收", "上海的营收超过4800亿元。") == "超过4800亿元。"
    assert without_overlap("上海的营收", "超过4800亿元。") == "超过4800亿元。"


# -- addresses, headers, models


def test_headers_and_query_are_sent(writing: Make) -> None:
    assistant, endpoint = writing(
        says(RIGHT),
        llm_headers=SecretStr('{"api-key": "geheim"}'),
        llm_query="api-version=2024-10-21",
    )
    assert assistant.ask(QUESTION).written
    assert endpoint.asked[0].headers["api-key"] == "geheim"
    assert endpoint.asked[0].path.endswith("/chat/completions?api-version=2024-10-21")


def test_a_header_that_an_endpoint_repeats_is_not_made_known(writing: Make) -> None:
    assistant, _ = writing(refuses(400, "who is geheim?"), llm_headers=SecretStr('{"api-key": "geheim"}'))
    answer = assistant.ask(QUESTION)
    assert "who is" in answer.notes[0]
    assert "geheim" not in answer.model_dump_json()


@pytest.mark.parametrize("name", ["llm_headers", "llm_query", "llm_body"])
def test_settings_that_are_no_object_are_refused_without_being_repeated(name: str) -> None:
    with pytest.raises(ValidationError) as told:
        Settings(_env_file=None, **{name: '{"geheim'})  # type: ignore[arg-type]
    assert "geheim" not in told.value.errors()[0]["msg"]


def test_what_does_not_change_stands_first(writing: Make) -> None:
    assistant, endpoint = writing(says(RIGHT))
    assistant.ask(QUESTION)
    assistant.ask("2024年城镇新增就业实现了多少?")
    first, second = (asked.body["messages"][0] for asked in endpoint.asked[:2])
    assert first == second
    assert first["role"] == "system"


def test_a_small_model_understands_and_a_large_one_writes(odd: Callable[..., OddEndpoint]) -> None:
    large, small = odd(says("大")), odd(says("小"))
    settings = Settings(
        _env_file=None, llm_base_url=large.url, llm_model="large", llm_api_key=SecretStr("k-large"),
        llm_headers=SecretStr('{"x-proxy": "geheim"}'), llm_small_model="small",
    )  # type: ignore[call-arg]  # fmt: skip
    assert make_chat_model(settings).invoke("?").text == "大"
    assert make_small_model(settings).invoke("?").text == "大"
    assert [asked.body["model"] for asked in large.asked] == ["large", "small"]
    apart = settings.model_copy(
        update={"llm_small_base_url": small.url, "llm_small_api_key": SecretStr("k-small")}
    )
    assert make_small_model(apart).invoke("?").text == "小"
    headers = small.asked[0].headers
    assert headers["authorization"] == "Bearer k-small"
    assert "x-proxy" not in headers
    assert small_settings(
        apart.model_copy(update={"llm_small_api_key": SecretStr("")})
    ).llm_api_key == SecretStr("")


def test_a_model_by_langchains_name(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(_env_file=None, llm_model="anthropic:claude-x")  # type: ignore[call-arg]
    assert settings.uses_llm
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Problem, match="llm_langchain_missing"):
        make_chat_model(settings)
    assert not Settings(_env_file=None, llm_model="qwen3:4b").uses_llm  # type: ignore[call-arg]
