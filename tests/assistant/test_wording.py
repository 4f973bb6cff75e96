"""A small model that only words what the reader found: what is kept of it, and when the sentences are quoted instead."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.generating.prompts import NO_ANSWER
from assistant.service import Assistant
from assistant.settings import Settings
from evals.stand_in import Endpoint
from index.store import Index

Make = Callable[..., tuple[Assistant, Endpoint]]
QUESTION = "上海2025年集成电路产业营收多少?"


@pytest.fixture
def wording(sample_index: Index, settings: Settings) -> Iterator[Make]:
    """Makes an assistant whose language model words what is quoted, as the given text or the given function of what it is sent."""
    endpoints: list[Endpoint] = []

    def make(text: str | Callable[[str], str], **behaviour: Any) -> tuple[Assistant, Endpoint]:
        endpoints.append(Endpoint(text if callable(text) else lambda body: text, **behaviour))
        chosen = {"llm_base_url": endpoints[-1].url, "llm_model": "m", "llm_judges": False}
        return Assistant(sample_index, settings.model_copy(update=chosen)), endpoints[-1]

    yield make
    for endpoint in endpoints:
        endpoint.close()


def test_what_is_worded_without_loss_is_shown(wording: Make) -> None:
    assistant, _ = wording("据统计，2025年上海集成电路产业营收超过4800亿元[1]。")
    answer = assistant.ask(QUESTION)
    assert answer.written, (answer.answer, answer.notes)
    assert answer.answer.startswith("据统计")
    assert "4800亿元" in answer.citations[0].quote
    assert not answer.notes


def test_it_is_shown_no_more_than_what_the_reader_quotes(wording: Make) -> None:
    assistant, endpoint = wording("2025年上海集成电路产业营收超过4800亿元[1]。")
    quoted = assistant.ask(QUESTION, quote=True)
    assistant.ask(QUESTION)
    assert len(endpoint.asked) == 1
    assert str(endpoint.asked[0]).count("<资料 编号") == len({each.quote for each in quoted.citations})


@pytest.mark.parametrize(
    "text",
    [
        NO_ANSWER,
        "2025年上海集成电路产业营收为5123亿元[1]。",
        "2025年上海集成电路产业营收增长较快[1]。",
        "2025年上海集成电路产业营收超过4800亿元。此外，北京的营收超过9000亿元[1]。",
        "今天天气很好。",
    ],
)
def test_the_sentences_are_quoted_where_anything_is_lost_or_added(wording: Make, text: str) -> None:
    assistant, _ = wording(text)
    quoted, answer = assistant.ask(QUESTION, quote=True), assistant.ask(QUESTION)
    assert not answer.written
    assert (answer.answer, answer.short_answer) == (quoted.answer, quoted.short_answer)
    assert any("以下为原文的句子" in note for note in answer.notes)


def test_the_sentences_are_quoted_where_the_endpoint_fails(wording: Make) -> None:
    assistant, _ = wording("")
    answer = assistant.ask(QUESTION)
    assert "4800亿元" in answer.answer
    assert not answer.written
    assert answer.notes


def test_it_is_not_asked_what_the_articles_lack(wording: Make) -> None:
    assistant, endpoint = wording("世界杯冠军是巴西[1]。")
    assert assistant.ask("世界杯冠军是谁?").refused
    assert not endpoint.asked
