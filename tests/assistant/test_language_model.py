"""An OpenAI-compatible endpoint played by a small server."""

from collections.abc import Callable, Iterator

import pytest

from assistant.model import Answer
from assistant.prompts import NO_ANSWER
from assistant.service import Assistant
from assistant.settings import Settings
from index.store import Index
from tests.endpoint import Endpoint

Make = Callable[[str], tuple[Assistant, Endpoint]]


@pytest.fixture
def writing(sample_index: Index, settings: Settings) -> Iterator[Make]:
    """Makes an assistant whose language model writes a given text, or fails when it is empty."""
    endpoints: list[Endpoint] = []

    def make(text: str) -> tuple[Assistant, Endpoint]:
        endpoints.append(Endpoint(lambda body: text))
        chosen = settings.model_copy(update={"llm_base_url": endpoints[-1].url, "llm_model": "m"})
        return Assistant(sample_index, chosen), endpoints[-1]

    yield make
    for endpoint in endpoints:
        endpoint.close()


QUESTION = "上海2025年集成电路产业营收多少?"


def test_what_it_writes_is_cited_to_the_sentence(writing: Make) -> None:
    steps = list(writing("2025年上海集成电路产业营收超过4800亿元[1]。")[0].stream(QUESTION))
    answer = steps[-1]
    assert isinstance(answer, Answer)
    assert len(steps) > 2
    assert not answer.flags
    assert "4800亿元" in answer.citations[0].quote
    assert answer.answer.endswith("[1]")


def test_a_figure_that_is_not_in_the_passage_is_flagged(writing: Make) -> None:
    answer = writing("2025年上海集成电路产业营收为5123亿元[1]。")[0].ask(QUESTION)
    assert [(flag.reason, flag.detail) for flag in answer.flags] == [("flag_figure", "5123")]


def test_a_sentence_without_a_mark_is_flagged(writing: Make) -> None:
    answer = writing("上海的产业发展很好。2025年营收超过4800亿元[1]。")[0].ask(QUESTION)
    assert [flag.reason for flag in answer.flags] == ["flag_uncited"]


def test_it_may_refuse(writing: Make) -> None:
    answer = writing(NO_ANSWER)[0].ask(QUESTION)
    assert answer.refused


def test_it_is_not_asked_what_the_articles_lack(writing: Make) -> None:
    assistant, endpoint = writing("世界杯冠军是巴西[1]。")
    assert assistant.ask("世界杯冠军是谁?").refused
    assert not endpoint.asked


def test_a_failing_endpoint_falls_back_and_says_so(writing: Make) -> None:
    answer = writing("")[0].ask(QUESTION)
    assert not answer.refused
    assert "4800亿元" in answer.answer
    assert any("语言模型" in note for note in answer.notes)


def test_its_tokens_are_counted(writing: Make) -> None:
    _, trace = writing("2025年上海集成电路产业营收超过4800亿元[1]。")[0].ask_traced(QUESTION)
    assert (trace.tokens.read, trace.tokens.written) == (100, 20)
