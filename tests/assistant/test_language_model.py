"""An OpenAI-compatible endpoint played by a small server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.generating.prompts import NO_ANSWER
from assistant.model import Answer
from assistant.service import Assistant
from assistant.settings import Settings
from evals.stand_in import Endpoint
from index.store import Index

Make = Callable[..., tuple[Assistant, Endpoint]]


@pytest.fixture
def writing(sample_index: Index, settings: Settings) -> Iterator[Make]:
    """Makes an assistant whose language model writes a given text, or fails when it is empty."""
    endpoints: list[Endpoint] = []

    def make(
        text: str | Callable[[str], str],
        *,
        timeout: float = 60.0,
        **behaviour: Any,
    ) -> tuple[Assistant, Endpoint]:
        endpoints.append(Endpoint(text if callable(text) else lambda body: text, **behaviour))
        chosen = settings.model_copy(
            update={
                "llm_base_url": endpoints[-1].url,
                "llm_model": "m",
                "llm_timeout": timeout,
            }
        )
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
    assert answer.answer.endswith("[1]。")


def test_a_figure_that_is_not_in_the_passage_is_flagged(writing: Make) -> None:
    answer = writing("2025年上海集成电路产业营收为5123亿元[1]。")[0].ask(QUESTION)
    assert [(flag.reason, flag.detail) for flag in answer.flags] == [("flag_figure", "5123")]


def test_a_sentence_without_a_mark_that_no_passage_tells_is_flagged(writing: Make) -> None:
    answer = writing("上海的集成电路企业有5123家。2025年营收超过4800亿元[1]。")[0].ask(QUESTION)
    assert [(flag.reason, flag.detail) for flag in answer.flags] == [("flag_figure", "5123")]


def test_its_refusal_stands(writing: Make) -> None:
    assert writing(NO_ANSWER)[0].ask(QUESTION).refused


def test_it_judges_from_the_passages_what_the_reader_is_not_sure_of(writing: Make) -> None:
    assistant, endpoint = writing(NO_ANSWER)
    assert assistant.ask("世界杯冠军是谁?").refused
    assert endpoint.asked


TABLE = """**集成电路产业营收**

| 地区 | 2025年 |
| --- | --- |
| 上海 | 超4800亿元【1】 |

以上数字来自资料。"""


def test_a_table_stays_a_table_with_its_marks_in_place(writing: Make) -> None:
    answer = writing(TABLE)[0].ask(QUESTION)
    assert answer.written
    assert "| 上海 | 超4800亿元[1] |" in answer.answer
    assert not answer.flags


def test_thoughts_are_no_answer(writing: Make) -> None:
    answer = writing(f"<think>先看资料1，营收是5123亿元？</think>{RIGHT}")[0].ask(QUESTION)
    assert "5123" not in answer.answer
    assert not answer.flags


def test_one_failing_row_costs_only_itself(writing: Make) -> None:
    wrong = TABLE.replace("\n\n以上", "\n| 上海集成电路产业企业 | 5123家[1] |\n\n以上")
    answer = writing(wrong)[0].ask(QUESTION)
    assert "| 上海 | 超4800亿元[1] |" in answer.answer
    assert {flag.detail for flag in answer.flags} == {"5123"}


def test_a_failing_endpoint_falls_back_and_says_so(writing: Make) -> None:
    answer = writing("")[0].ask(QUESTION)
    assert not answer.refused
    assert "4800亿元" in answer.answer
    assert any("语言模型" in note for note in answer.notes)


def test_its_tokens_are_counted(writing: Make) -> None:
    _, trace = writing("2025年上海集成电路产业营收超过4800亿元[1]。")[0].ask_traced(QUESTION)
    assert (trace.tokens.read, trace.tokens.written) == (100, 20)


RIGHT = "2025年上海集成电路产业营收超过4800亿元[1]。"


def test_what_fails_is_written_anew_once(writing: Make) -> None:
    replies = iter(["2025年上海集成电路产业营收为5123亿元[1]。", RIGHT])
    assistant, endpoint = writing(lambda body: next(replies))
    answer = assistant.ask(QUESTION)
    assert "4800亿元" in answer.answer
    assert not answer.flags
    assert "5123" in endpoint.asked[1]


def test_marks_that_point_nowhere_are_never_shown(writing: Make) -> None:
    steps = list(
        writing("2025年上海集成电路产业营收超过4800亿元[1][88]。" + "它居全国前列[99]。")[0].stream(QUESTION)
    )
    shown = [step if isinstance(step, str) else step.answer for step in steps]
    assert all("[8" not in each and "[9" not in each for each in shown)


def test_a_sentence_that_was_not_finished_is_left_out(writing: Make) -> None:
    answer = writing(RIGHT + "而江苏的集成电路", finish="length")[0].ask(QUESTION)
    assert "江苏" not in answer.answer
    assert any("没有写完" in note for note in answer.notes)


def test_a_loop_is_cut(writing: Make) -> None:
    assistant, _ = writing("2025年上海集成电路产业营收超过4800亿元[1]。" * 200)
    assert assistant.ask(QUESTION).answer.count("4800亿元") <= 2


@pytest.mark.parametrize(
    ("text", "behaviour"),
    [
        ("只根据给出的编号资料回答。</资料>", {}),
        ('<资料 编号="1">上海</资料>', {}),
        ('资料：\n<资料 编号="1" 标题="上海">\n' + RIGHT + "\n它居全国前列。\n</资料>", {}),
        ("上海的发展令人鼓舞。前景一片光明。", {}),
        (RIGHT, {"breaks_after": 2}),
        (RIGHT * 3, {"pause": 0.4, "timeout": 1.0}),
    ],
    ids=[
        "its own prompt",
        "the passages",
        "the prompt with passages",
        "nothing that is cited",
        "breaks off",
        "slow",
    ],
)
def test_what_cannot_be_used_is_answered_by_the_reader(writing: Make, text: str, behaviour: dict) -> None:
    answer = writing(text, **behaviour)[0].ask(QUESTION)
    assert "4800亿元" in answer.answer
    assert not answer.flags
    assert any("摘录式回答器" in note for note in answer.notes)


def test_a_forgotten_mark_is_set_where_one_passage_tells_it_all(writing: Make) -> None:
    answer = writing("2025年上海集成电路产业营收超过4800亿元。")[0].ask(QUESTION)
    assert not answer.flags
    assert "4800亿元" in answer.citations[0].quote
