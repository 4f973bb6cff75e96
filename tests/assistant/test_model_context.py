"""What a language model is given to read: within its budget, whole where it fits, in order, and cited to the exact sentence."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.generating.context import ContextBuilder
from assistant.generating.missing import may_ask_for_search, without_missing
from assistant.generating.prompts import EN, NO_ANSWER, ZH, prompts_for
from assistant.generating.tidy import shown_so_far, tidied
from assistant.generating.token_count import token_count
from assistant.model import Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from evals.stand_in import Endpoint
from index.store import Index
from index.sync import ingest

QUESTION = "上海2025年集成电路产业营收多少?"
RIGHT = "2025年上海集成电路产业营收超过4800亿元[1]。"
_PASSAGE = re.compile(r'<资料 编号="(\d+)" 标题="([^"]*)"([^>]*)>\n(.*?)\n</资料>', re.DOTALL)

ARTICLES = {
    "grain.md": """---
date: 2026-01-20
source: 统计局
number: 统发〔2026〕3号
---
# 甲省2025年粮食生产公报

## 总产量

2025年甲省粮食总产量312万吨，比上年增长2.1%。

## 各市产量

| 市 | 产量（万吨） | 增长（%） |
| --- | --- | --- |
| 东市 | 120 | 3.0 |
| 西市 | 110 | 1.5 |
| 南市 | 82 | 1.2 |

## 说明

本公报的产量按实际收获口径统计。
""",
    "water.md": "# 甲省水利通报\n\n2025年甲省新修水渠48公里。\n\n工程由省水利厅组织实施。\n",
    "parks.md": "# 乙县公园名录\n\n乙县2025年新建公园7座，其中口袋公园5座。\n",
}

Ask = Callable[..., tuple[Assistant, Endpoint]]


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Index]:
    """An index of a corpus that fits into a prompt."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, "utf-8")
    index = open_index(settings.model_copy(update={"index": folder / "index"}))
    assert not ingest(index, [folder / "articles"]).problems
    yield index
    index.close()


@pytest.fixture
def asking(settings: Settings) -> Iterator[Ask]:
    """Makes an assistant over an index whose language model writes what it is told to."""
    endpoints: list[Endpoint] = []

    def make(index: Index, reply: str | Callable[[str], str], **chosen: Any) -> tuple[Assistant, Endpoint]:
        says = chosen.pop("says", "broken")
        endpoints.append(Endpoint(reply if callable(reply) else lambda body: reply, says=says))
        values = {"llm_base_url": endpoints[-1].url, "llm_model": "m", **chosen}
        return Assistant(index, settings.model_copy(update=values)), endpoints[-1]

    yield make
    for endpoint in endpoints:
        endpoint.close()


def passages_in(body: str) -> list[tuple[str, str, str, str]]:
    """Number, title, other details and text of each passage that was sent."""
    return _PASSAGE.findall(json.loads(body)["messages"][1]["content"])


def sent(endpoint: Endpoint, number: int = 0) -> str:
    return json.loads(endpoint.asked[number])["messages"][1]["content"]


def test_a_small_corpus_goes_in_whole_each_text_once(asking: Ask, small_index: Index) -> None:
    assistant, endpoint = asking(small_index, "2025年甲省新修水渠48公里[1]。")
    assistant.ask("甲省2025年修了多少公里水渠?")
    prompt = sent(endpoint)
    for each in ("312万吨", "按实际收获口径", "新修水渠48公里", "省水利厅", "口袋公园5座"):
        assert prompt.count(each) == 1
    assert "新修水渠48公里" in passages_in(endpoint.asked[0])[0][3]


def test_a_passage_tells_title_date_source_number_and_section(asking: Ask, small_index: Index) -> None:
    assistant, endpoint = asking(small_index, "2025年甲省粮食总产量312万吨[1]。")
    assistant.ask("甲省2025年粮食总产量是多少?")
    details = next(each for each in passages_in(endpoint.asked[0]) if "312万吨" in each[3])
    assert details[1] == "甲省2025年粮食生产公报"
    for each in ('日期="2026-01-20"', '来源="统计局"', '文号="统发〔2026〕3号"', '章节="总产量"'):
        assert each in details[2]


def test_a_table_is_shown_as_a_table_and_cited_to_its_row(asking: Ask, small_index: Index) -> None:
    def reply(body: str) -> str:
        number = next(n for n, *_, text in passages_in(body) if "西市" in text)
        return f"西市2025年粮食产量110万吨[{number}]。"

    assistant, endpoint = asking(small_index, reply)
    answer = assistant.ask("西市2025年粮食产量多少?")
    assert "| 市 | 产量（万吨） | 增长（%） |\n| --- | --- | --- |\n| 东市 | 120 | 3.0 |" in sent(endpoint)
    citation = answer.citations[0]
    article = small_index.catalogue.article(citation.article_id)
    assert article is not None
    assert article.text[citation.start : citation.end] == citation.quote
    assert "西市" in citation.quote
    assert "东市" not in citation.quote
    assert not answer.flags


def test_what_only_stands_beside_the_best_passage_is_cited_exactly(asking: Ask, sample_index: Index) -> None:
    """A sentence that no search ranked, of the article's other sections, can be written from and opens where it stands."""
    quoted: list[str] = []

    def reply(body: str) -> str:
        number, _, _, text = passages_in(body)[-3]
        quoted.append(text.split("\n")[-1].split("。")[0])
        return f"{quoted[0]}[{number}]。"

    assistant, endpoint = asking(sample_index, reply)
    answer = assistant.ask(QUESTION)
    assert len(passages_in(endpoint.asked[0])) > 8
    citation = answer.citations[0]
    article = sample_index.catalogue.article(citation.article_id)
    assert article is not None
    assert article.text[citation.start : citation.end] == citation.quote
    assert quoted[0] in citation.quote


@pytest.mark.parametrize("budget", [700, 2000, 5000, 12000])
def test_the_budget_is_kept_and_used(asking: Ask, sample_index: Index, budget: int) -> None:
    assistant, endpoint = asking(sample_index, RIGHT, llm_context=budget)
    history = [Turn(question="广东呢?", standalone_question="广东呢?", answer="很多。" * 400)]
    assistant.ask(QUESTION, history)
    prompt = sent(endpoint, -1) if len(endpoint.asked) > 1 else sent(endpoint)
    assert min(budget * 0.6, 2500) < token_count(prompt) <= budget
    assert "4800" in prompt


def test_the_best_stand_first_and_last_and_nothing_twice(asking: Ask, sample_index: Index) -> None:
    writing, endpoint = asking(sample_index, RIGHT)
    writing.ask(QUESTION)
    shown = passages_in(endpoint.asked[0])
    assert "4800" in shown[0][3]
    assert "上海" in shown[-1][3]
    assert len({text for *_, text in shown}) == len(shown)
    assert [int(number) for number, *_ in shown] == list(range(1, len(shown) + 1))


def test_a_file_model_is_given_less() -> None:
    assert Settings(_env_file=None).context_tokens == 12000
    of_file = Settings(_env_file=None, llm_file=Path("m.gguf"))
    assert (of_file.context_tokens, of_file.model_searches, of_file.model_understands) == (2000, 0, False)


def test_what_is_fixed_stands_first_and_the_question_last(asking: Ask, sample_index: Index) -> None:
    assistant, endpoint = asking(sample_index, RIGHT)
    assistant.ask(QUESTION)
    assistant.ask("江苏2025年生产了多少块集成电路?")
    systems = {json.loads(body)["messages"][0]["content"] for body in endpoint.asked}
    assert len(systems) == 1
    assert sent(endpoint).rstrip().endswith(f"问题：{QUESTION}")
    assert "今天：" in sent(endpoint)


def test_the_conversation_is_told(asking: Ask, sample_index: Index) -> None:
    assistant, endpoint = asking(sample_index, RIGHT)
    before = Turn(question=QUESTION, standalone_question=QUESTION, answer=RIGHT)
    assistant.ask("那江苏呢?", [before])
    prompt = sent(endpoint)
    assert f"问：{QUESTION}\n答：2025年上海集成电路产业营收超过4800亿元。" in prompt
    assert "原话：那江苏呢?" in prompt


def test_an_english_question_has_english_rules() -> None:
    assert prompts_for("How much did Shanghai earn?") is EN
    assert prompts_for("上海GDP是多少?") is ZH


MISSING = "需要再查：江苏2025年生产了多少块集成电路?\n资料中没有江苏的产量。"


def test_what_is_missing_is_searched_once(asking: Ask, small_index: Index, sample_index: Index) -> None:
    replies = iter([MISSING, MISSING, MISSING])
    assistant, endpoint = asking(sample_index, lambda body: next(replies), llm_context=800)
    _, trace = assistant.ask_traced(QUESTION)
    assert len(endpoint.asked) == 2
    assert trace.further == ["江苏2025年生产了多少块集成电路?"]
    assert not any("江苏" in text for *_, text in passages_in(endpoint.asked[0])[:1])
    assert any("江苏" in text for *_, text in passages_in(endpoint.asked[1]))
    assert "不会再检索" in sent(endpoint, 1)
    assert "不会再检索" not in sent(endpoint, 0)


def test_no_second_call_where_the_search_finds_nothing_new(asking: Ask, small_index: Index) -> None:
    assistant, endpoint = asking(small_index, f"需要再查：丙市的粮食产量是多少?\n{NO_ANSWER}")
    answer = assistant.ask("丙市2025年粮食产量多少?")
    assert answer.refused
    assert len(endpoint.asked) == 1


def test_none_is_searched_where_the_setting_says_so(asking: Ask, sample_index: Index) -> None:
    assistant, endpoint = asking(sample_index, MISSING, llm_searches=0, llm_context=800)
    answer = assistant.ask(QUESTION)
    assert len(endpoint.asked) <= 2  # the second is a correction
    assert all("需要再查" not in body for body in endpoint.asked[:1])
    assert "需要再查" not in answer.answer


def test_the_first_answer_stays_where_the_second_call_fails(asking: Ask, sample_index: Index) -> None:
    replies = iter([f"需要再查：江苏2025年生产了多少块集成电路?\n{RIGHT}"])
    assistant, _ = asking(sample_index, lambda body: next(replies, ""), llm_context=800)
    answer = assistant.ask(QUESTION)
    assert answer.answer.startswith("2025年上海集成电路产业营收超过4800亿元")
    assert "需要再查" not in answer.answer


def test_the_wish_for_a_search_is_no_answer() -> None:
    written = tidied(f"**需要再查：** 甲省2024年产量；乙省2024年产量\n{NO_ANSWER}", "stop")
    assert written.refuses
    assert written.missing == ["甲省2024年产量", "乙省2024年产量"]
    assert without_missing("Search for: 甲省2024年产量是多少?\nIt rose.") == (
        "It rose.",
        ["甲省2024年产量是多少?"],
    )
    assert shown_so_far("需要再", 3) == ""
    assert may_ask_for_search("需要再查：甲")
    assert not may_ask_for_search("需求增长")
    assert shown_so_far("甲省增长2%[1]。", 3) == "甲省增长2%[1]。"


def test_tokens_are_rather_counted_too_many() -> None:
    assert token_count("") == 0
    assert 70 <= token_count("粮" * 100) <= 100
    assert token_count("2025") == 4
    assert 25 <= token_count("a" * 100) <= 50


def test_the_best_passage_is_shown_however_long_the_question(asking: Ask, small_index: Index) -> None:
    assistant, endpoint = asking(small_index, "2025年甲省新修水渠48公里[1]。", llm_context=500)
    before = Turn(question="粮食呢?" * 60, standalone_question="甲省的粮食产量?", answer="很多。" * 100)
    assistant.ask("甲省2025年修了多少公里水渠?" + "请仔细查，" * 120, [before] * 4)
    assert passages_in(endpoint.asked[-1])


def test_a_model_that_takes_less_is_given_less(asking: Ask, sample_index: Index) -> None:
    def reply(body: str) -> str:
        return RIGHT if token_count(json.loads(body)["messages"][1]["content"]) < 2000 else ""

    assistant, endpoint = asking(sample_index, reply, says="maximum context length is 4096 tokens")
    assert "4800亿元" in assistant.ask(QUESTION).answer
    tries = len(endpoint.asked)
    assert tries > 1
    assistant.ask(QUESTION)
    assert len(endpoint.asked) == tries + 1


def test_a_hidden_article_is_never_shown(settings: Settings, tmp_path: Path) -> None:
    """Neighbours and whole corpora keep to what may be seen."""
    from assistant.state import State
    from index.query import Filters

    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "open.md").write_text(ARTICLES["water.md"], "utf-8")
    (articles / "secret.md").write_text("# 内部水渠计划\n\n甲省计划另修水渠90公里。\n", "utf-8")
    index = open_index(settings.model_copy(update={"index": tmp_path / "index"}))
    ingest(index, [articles])
    secret = next(each for each in index.catalogue.articles() if each.title == "内部水渠计划")
    index.catalogue.correct(secret.id, {"collection": "board"})
    seen = Assistant(index, settings)
    state = State(
        question="甲省修了多少公里水渠?",
        history=[],
        filters=Filters(collections=[]),
        today=seen.today(),
    )
    done = seen._chain.invoke(state)
    shown = ContextBuilder(index, 12000).passages(done)
    assert shown
    assert not any("90公里" in each.text for passage in shown for each in passage)
    index.close()
