"""What a model thought: shown folded where the settings say so, escaped, and never part of the answer or of what is sent back."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.generating.prompts import NO_ANSWER
from assistant.model import Answer, Turn
from assistant.service import Assistant
from assistant.settings import Settings
from evals.odd_endpoint import OddEndpoint, Reply, says
from index.store import Index
from tests.assistant.page_elements import check_page
from ui.web.render import answer_as_html

Make = Callable[..., tuple[Assistant, OddEndpoint]]
QUESTION = "上海2025年集成电路产业营收多少?"
RIGHT = "2025年上海集成电路产业营收超过4800亿元[1]。"
THOUGHT = "先看资料1，<img src=x>写的是5123亿元？\n\n不对。**$a$**"
WAYS = [
    Reply(
        pieces=({"reasoning_content": THOUGHT[:9]}, {"reasoning_content": THOUGHT[9:]}, {"content": RIGHT})
    ),
    Reply(pieces=({"reasoning": THOUGHT}, {"content": RIGHT})),
    says("<think>", THOUGHT, "</think>", RIGHT),
    says(THOUGHT, "</think>", RIGHT),
]


@pytest.fixture
def thinking(sample_index: Index, settings: Settings) -> Iterator[Make]:
    endpoints = []

    def make(reply: Reply, **chosen: Any) -> tuple[Assistant, OddEndpoint]:
        endpoints.append(OddEndpoint(lambda asked: reply))
        given = {"llm_base_url": endpoints[-1].url, "llm_model": "m", **chosen}
        return Assistant(sample_index, settings.model_copy(update=given)), endpoints[-1]

    yield make
    for endpoint in endpoints:
        endpoint.close()


@pytest.mark.parametrize("reply", WAYS, ids=["apart", "another name", "in the text", "only ended"])
def test_thoughts_go_with_the_answer_where_they_are_wanted(thinking: Make, reply: Reply) -> None:
    assistant, _ = thinking(reply, llm_shows_thoughts=True)
    for _ in range(2):  # from the second answer on those that only end are held back
        answer = assistant.ask(QUESTION)
        assert answer.thoughts == THOUGHT
        assert answer.written
        assert "5123" not in answer.answer + answer.short_answer
        assert "4800亿元" in answer.answer


@pytest.mark.parametrize("reply", WAYS)
def test_nobody_sees_them_unless_the_settings_say_so(thinking: Make, reply: Reply) -> None:
    answer = thinking(reply)[0].ask(QUESTION)
    assert answer.written
    assert "5123" not in answer.model_dump_json()
    assert "thoughts" not in answer_as_html(answer, "zh")


@pytest.mark.parametrize("empty", [says("<think>\n\n</think>\n", RIGHT), says(RIGHT)])
def test_where_nothing_was_thought_nothing_is_folded(thinking: Make, empty: Reply) -> None:
    answer = thinking(empty, llm_shows_thoughts=True)[0].ask(QUESTION)
    assert not answer.thoughts
    assert "thoughts" not in answer_as_html(answer, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_the_page_they_are_folded_and_obeyed_by_nothing(language: str) -> None:
    answer = Answer(question="问", standalone_question="问", answer="答。", thoughts=THOUGHT, written=True)
    html = answer_as_html(answer, language)
    folded = html[html.index("<details") : html.index("</details>")]
    assert " open" not in folded
    assert {"zh": "没有核对过", "en": "not checked"}[language] in folded
    assert "&lt;img" in folded
    assert "<strong>" not in folded
    assert "5123" not in html.replace(folded, "")
    check_page(answer)


def test_of_a_refusal_they_are_told_and_of_a_fallback_not(thinking: Make) -> None:
    refused = thinking(says("<think>没有。</think>", NO_ANSWER), llm_shows_thoughts=True)[0].ask(QUESTION)
    assert refused.refused
    assert refused.thoughts == "没有。"
    by_the_reader = thinking(says("<think>没有。</think>"), llm_shows_thoughts=True)[0].ask(QUESTION)
    assert not by_the_reader.thoughts
    assert not by_the_reader.written


def test_those_of_the_answer_are_told_and_not_those_of_its_correction(thinking: Make) -> None:
    wrong = "2025年上海集成电路产业营收超过9999亿元[1]。"
    assistant, endpoint = thinking(says("<think>甲</think>", RIGHT, wrong), llm_shows_thoughts=True)
    assert assistant.ask(QUESTION).thoughts == "甲"
    assert len(endpoint.asked) == 2


def test_no_model_is_sent_them_again(thinking: Make) -> None:
    assistant, endpoint = thinking(WAYS[0], llm_shows_thoughts=True)
    before = assistant.ask(QUESTION)
    assistant.ask("那湖北呢?", [Turn.after(QUESTION, before)])
    assert len(endpoint.asked) > 1
    assert all("5123" not in json.dumps(each.body, ensure_ascii=False) for each in endpoint.asked)
