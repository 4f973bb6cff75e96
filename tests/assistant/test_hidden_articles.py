"""Nothing of an article that one may not see reaches an answer, a refusal or a trace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.model import Answer, Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.trace import Trace
from index.query import Filters
from index.sync import ingest
from tests.collected_articles import COLLECTION, HIDDEN, MARK, write_articles

TODAY = date(2026, 4, 1)
NOBODY, INSIDER = Filters(collections=[]), Filters(collections=[COLLECTION])

QUESTIONS = {
    "only answer": "2025年青海碳酸锂产量是多少?",
    "twin": "2025年湖北集成电路产业营收是多少?",
    "newer version": "数据处理者应当在合同生效后多少个工作日内备案?",
    "newest": "最新的数据出境备案期限是多少个工作日?",
    "near miss": "2025年海南离岛免税购物金额是多少?",
    "list": "哪些省份出台了人形机器人产业扶持政策?",
    "comparison": "2025年上海和湖北的集成电路产业营收相差多少?",
    "summary": "总结一下人形机器人产业扶持政策",
    "same text": "2025年上海集成电路产业营收是多少?",
    "document": "数据出境备案期限依据哪个文件?",
    "absent": "火星上有多少家企业?",
    "by title": "青海盐湖密报讲了什么?",
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("collected")
    open_articles, closed = write_articles(folder)
    index = open_index(settings.model_copy(update={"index": folder / "index"}))
    assert not ingest(index, [open_articles]).problems
    assert not ingest(index, [closed], collection=COLLECTION).problems
    yield Assistant(index, settings)
    index.close()


def asked(
    assistant: Assistant, question: str, filters: Filters, history: list[Turn] | None = None
) -> tuple[Answer, Trace]:
    return assistant.ask_traced(question, history, filters=filters, today=TODAY)


def told(answer: Answer, trace: Trace, *questions: str) -> str:
    """All that is handed out but what was asked itself, which may name anything."""
    text = answer.model_dump_json() + trace.model_dump_json()
    for question in (*questions, *trace.forms, *(part.question for part in trace.parts)):
        text = text.replace(question, "")
    return text


def words_told(text: str) -> list[str]:
    """What of the hidden articles' words stands in `text`."""
    return [each for each in (MARK, *HIDDEN.values()) if each in text]


def leaks(assistant: Assistant, text: str) -> list[str]:
    """The hidden articles' words and ids that stand in `text`."""
    ids = [info.id for info in assistant.index.catalogue.articles() if info.collection]
    assert len(ids) == len(HIDDEN)
    return [*words_told(text), *(each for each in ids if each in text)]


@pytest.mark.parametrize("kind", QUESTIONS)
def test_nothing_of_a_hidden_article_is_told(collected: Assistant, kind: str) -> None:
    answer, trace = asked(collected, QUESTIONS[kind], NOBODY)
    assert trace.parts
    assert leaks(collected, told(answer, trace, QUESTIONS[kind])) == []


@pytest.mark.parametrize("kind", [kind for kind in QUESTIONS if kind != "absent"])
def test_those_who_may_see_it_are_told(collected: Assistant, kind: str) -> None:
    answer, trace = asked(collected, QUESTIONS[kind], INSIDER)
    assert words_told(told(answer, trace, QUESTIONS[kind])) != []


def test_the_only_answer_is_refused_to_one_and_given_to_the_other(collected: Assistant) -> None:
    question = QUESTIONS["only answer"]
    assert asked(collected, question, NOBODY)[0].refused
    answer = asked(collected, question, INSIDER)[0]
    assert not answer.refused
    assert HIDDEN["青海盐湖"] in answer.answer


def test_the_older_version_answers_those_who_may_not_see_the_newer(collected: Assistant) -> None:
    answer = asked(collected, QUESTIONS["newer version"], NOBODY)[0]
    assert "15个工作日" in answer.answer
    assert HIDDEN["新办法"] in asked(collected, QUESTIONS["newer version"], INSIDER)[0].answer


def test_a_twin_that_contradicts_is_shown_only_to_those_who_may_see_it(collected: Assistant) -> None:
    answer = asked(collected, QUESTIONS["twin"], NOBODY)[0]
    assert "1000亿元" in answer.answer
    assert answer.notes == []
    text = asked(collected, QUESTIONS["twin"], INSIDER)[0].answer
    assert "1000亿元" in text
    assert HIDDEN["湖北另说"] in text


def test_a_near_miss_is_named_only_to_those_who_may_see_it(collected: Assistant) -> None:
    answer = asked(collected, QUESTIONS["near miss"], NOBODY)[0]
    assert answer.refused
    assert answer.citations == []
    near = asked(collected, QUESTIONS["near miss"], INSIDER)[0]
    assert near.refused
    assert HIDDEN["海南免税"] in near.answer


def test_a_follow_up_stays_within_what_may_be_seen(collected: Assistant) -> None:
    first, _ = asked(collected, "2025年上海集成电路产业营收是多少?", NOBODY)
    history = [Turn.after(first.question, first)]
    for question in ("那湖北呢?", "那青海碳酸锂呢?", "再详细点", "还有别的说法吗?"):
        answer, trace = asked(collected, question, NOBODY, history)
        assert leaks(collected, told(answer, trace, question)) == [], question
    assert words_told(told(*asked(collected, "那湖北呢?", INSIDER, history))) != []


def test_a_filter_that_leaves_nothing_is_widened_to_what_may_be_seen_only(collected: Assistant) -> None:
    filters = Filters(years=[1999], collections=[])
    answer, trace = asked(collected, QUESTIONS["twin"], filters)
    assert answer.notes
    assert leaks(collected, told(answer, trace, QUESTIONS["twin"])) == []


def test_naming_every_collection_answers_as_naming_none(collected: Assistant) -> None:
    for question in QUESTIONS.values():
        every, none = asked(collected, question, INSIDER), asked(collected, question, Filters())
        assert every[0].model_dump(exclude={"timings_ms"}) == none[0].model_dump(exclude={"timings_ms"})
        assert every[1] == none[1]


def test_who_may_see_nothing_is_refused_in_the_same_words_as_where_nothing_is(
    collected: Assistant, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "a.md").write_text("# 唯一密报\n\n2025年青海碳酸锂产量达到14.37万吨。", "utf-8")
    index = open_index(settings.model_copy(update={"index": tmp_path / "index"}))
    ingest(index, [tmp_path / "a.md"], collection=COLLECTION)
    answer, trace = asked(Assistant(index, settings), QUESTIONS["only answer"], NOBODY)
    assert answer.refused
    assert answer.near == []
    assert trace.parts[0].dense == trace.parts[0].keyword == []
    index.close()
