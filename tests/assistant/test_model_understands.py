"""Follow-ups that a language model makes to stand alone: asked only where needed, held against the conversation, never in the way."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.generating.chat_models import chat_model
from assistant.generating.prompts import UNDERSTOOD_SCHEMA
from assistant.model import Turn
from assistant.settings import Settings
from assistant.state import State
from assistant.understanding.by_model import ModelUnderstanding
from assistant.understanding.rewrite import rewrite
from assistant.understanding.understood import from_conversation, read_understood
from evals.stand_in import Endpoint
from index.query import Filters

TODAY = date(2026, 7, 20)
BEFORE = Turn(
    question="上海2025年集成电路产业营收多少?",
    standalone_question="上海2025年集成电路产业营收多少?",
    answer="2025年上海集成电路产业营收超过4800亿元[1]。",
    titles=["上海集成电路2025"],
)
FOLLOW_UP = "为什么这两个数不能直接比?"

Understand = Callable[..., tuple[State, Endpoint]]


def state_of(question: str, *history: Turn) -> State:
    return State(question=question, history=list(history), filters=Filters(), today=TODAY)


@pytest.fixture
def understand() -> Iterator[Understand]:
    """Runs the first stage with a model that says something."""
    endpoints: list[Endpoint] = []

    def run(
        says: str | Callable[[str], str],
        question: str,
        *history: Turn,
        wait: float = 8.0,
        **behaviour: object,
    ) -> tuple[State, Endpoint]:
        endpoint = Endpoint(says if callable(says) else lambda body: says, **behaviour)  # type: ignore[arg-type]
        endpoints.append(endpoint)
        model = chat_model(endpoint.url, "m", Settings(_env_file=None).llm_api_key, wait)
        return ModelUnderstanding(model, wait)(state_of(question, *history)), endpoint

    yield run
    for endpoint in endpoints:
        endpoint.close()


def said(question: str, **fields: object) -> str:
    whole = {"is_question": True, "question": question, "sub_questions": [], "times": [], "places": []}
    return json.dumps({**whole, **fields}, ensure_ascii=False)


GOOD = "上海2025年集成电路产业营收的两个数为什么不能直接比较?"


def test_a_follow_up_stands_alone_as_the_model_says(understand: Understand) -> None:
    state, endpoint = understand(said(GOOD), FOLLOW_UP, BEFORE)
    assert state.best.question == GOOD
    assert state.understood_by_model
    sent = json.loads(endpoint.asked[0])
    assert sent["response_format"] == UNDERSTOOD_SCHEMA
    asked = sent["messages"][-1]["content"]
    assert BEFORE.question in asked
    assert "4800亿元" in asked
    assert "2026-07-20" in asked
    assert asked.rstrip().endswith(FOLLOW_UP)


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("上海2025年集成电路产业营收多少?", []),
        ("那湖北呢?", [BEFORE]),
        ("2024年呢?", [BEFORE]),
        ("增速呢?", [BEFORE]),
        ("江苏2025年生产了多少块集成电路?", [BEFORE]),
        ("谢谢", [BEFORE]),
        ("再详细点", [BEFORE]),
    ],
)
def test_what_the_built_in_understanding_is_sure_of_is_not_asked(
    understand: Understand, question: str, history: list[Turn]
) -> None:
    state, endpoint = understand(said("完全不同的问题是什么?"), question, *history)
    assert not endpoint.asked
    assert not state.understood_by_model


@pytest.mark.parametrize(
    "wrong",
    [
        "上海2019年集成电路产业营收的两个数为什么不能直接比较?",
        "上海2026年集成电路产业营收的两个数为什么不能直接比较?",
        "广东2025年集成电路产业营收的两个数为什么不能直接比较?",
        "上海2025年集成电路产业营收5300亿元为什么不能直接比较?",
        "上海2025年《集成电路条例》的两个数为什么不能直接比较?",
        "",
    ],
    ids=["year", "this year, unasked", "place", "figure", "title", "nothing"],
)
def test_what_the_conversation_does_not_hold_is_refused(understand: Understand, wrong: str) -> None:
    state, endpoint = understand(said(wrong), FOLLOW_UP, BEFORE)
    assert endpoint.asked
    assert not state.understood_by_model
    assert [each.question for each in state.interpretations] == [
        each.question for each in rewrite(state_of(FOLLOW_UP, BEFORE)).interpretations
    ]


def test_years_counted_from_today_may_be_written_out() -> None:
    assert from_conversation("上海2025年集成电路营收多少?", "去年上海集成电路营收多少?", [], TODAY)
    assert from_conversation("上海2026年6月集成电路出口多少?", "上个月它的出口呢", [BEFORE], TODAY)
    assert not from_conversation("上海2026年6月集成电路出口多少?", "它的出口呢", [BEFORE], TODAY)


def test_a_form_that_loses_what_the_follow_up_names_is_refused(understand: Understand) -> None:
    state, _ = understand(said("上海2025年集成电路产业营收多少?"), "它跟江苏的营收为什么差这么多?", BEFORE)
    assert not state.understood_by_model


def test_the_questions_inside_are_searched_each(understand: Understand) -> None:
    parts = ["上海2025年集成电路产业营收的统计范围是什么?", "上海2025年集成电路产业营收是谁公布的?"]
    invented = "北京2025年集成电路产业营收多少?"
    state, _ = understand(said(GOOD, sub_questions=[*parts, invented]), FOLLOW_UP, BEFORE)
    assert [part.question for part in state.best.parts] == parts


def test_a_time_that_is_named_apart_is_put_in(understand: Understand) -> None:
    plain = "上海集成电路产业营收的两个数为什么不能直接比较?"
    state, _ = understand(said(plain, times=["2025年"]), FOLLOW_UP, BEFORE)
    assert state.best.question == f"2025年{plain}"


@pytest.mark.parametrize(
    "text",
    [
        f"<think>想一想{{}}</think>```json\n{said(GOOD)}\n```",
        f"好的，结果如下：{said(GOOD)}希望有用。",
        said(GOOD)[:-1] + ",}",
        f"{{'is_question': True, 'question': '{GOOD}', 'sub_questions': []}}",
        f'{{"question": "{GOOD}", "sub_questions": ["上海',
    ],
    ids=["thoughts and fence", "talk", "comma too many", "single quotes", "broken off"],
)
def test_json_is_read_leniently(understand: Understand, text: str) -> None:
    assert understand(text, FOLLOW_UP, BEFORE)[0].best.question == GOOD


@pytest.mark.parametrize("text", ["好的。", "{}", "[1, 2]", '{"question": 5}', "{" * 3000])
def test_what_holds_no_question_is_none(text: str) -> None:
    assert read_understood(text) is None


def test_an_endpoint_without_schemas_is_asked_plainly_and_only_once_told(understand: Understand) -> None:
    def reply(body: str) -> str:
        return "" if "response_format" in body else said(GOOD)

    endpoint = Endpoint(reply, says="response_format is not supported")
    model = chat_model(endpoint.url, "m", Settings(_env_file=None).llm_api_key, 8.0)
    understanding = ModelUnderstanding(model)
    for _ in range(2):
        assert understanding(state_of(FOLLOW_UP, BEFORE)).best.question == GOOD
    assert len([body for body in endpoint.asked if "response_format" in body]) == 1
    endpoint.close()


def test_a_slow_model_costs_no_more_than_its_time(understand: Understand) -> None:
    def slow(body: str) -> str:
        time.sleep(1.5)
        return said(GOOD)

    begun = time.monotonic()
    state, _ = understand(slow, FOLLOW_UP, BEFORE, wait=0.5)
    assert time.monotonic() - begun < 1.4
    assert state.interpretations
    assert not state.understood_by_model


def test_a_failing_model_leaves_the_built_in_understanding_and_is_given_a_rest() -> None:
    endpoint = Endpoint(lambda body: "", says="no such model")
    model = chat_model(endpoint.url, "m", Settings(_env_file=None).llm_api_key, 8.0)
    understanding = ModelUnderstanding(model)
    asked = []
    for _ in range(5):
        assert understanding(state_of(FOLLOW_UP, BEFORE)).interpretations
        asked.append(len(endpoint.asked))
    assert asked[-1] == asked[-3]
    endpoint.close()


def test_no_question_is_believed_only_of_what_names_nothing(understand: Understand) -> None:
    no = said("", is_question=False)
    assert understand(no, "哎呀真没想到啊", BEFORE)[0].control == "not_a_question"
    assert not understand(no, FOLLOW_UP, BEFORE)[0].control
