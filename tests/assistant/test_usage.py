"""What questions cost: of a question, a day, a person."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assistant.model import Tokens, Usage
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.usage import UsageBook, usage_of
from evals.odd_endpoint import OddEndpoint, says
from index.store import Index
from ui.web.costs import costs_html

DAY = date(2026, 3, 5)


def priced(**more: Any) -> Settings:
    return Settings(_env_file=None, **more)


def test_tokens_have_a_price_where_prices_are_set() -> None:
    tokens = Tokens(read=2_000_000, written=500_000, calls=2)
    assert usage_of(tokens, priced(llm_price_read=2.0, llm_price_written=8.0)) == Usage(
        calls=2, tokens_read=2_000_000, tokens_written=500_000, cost=8.0
    )
    free = usage_of(tokens, priced())
    assert free is not None
    assert free.cost is None


def test_what_was_not_counted_is_unknown_and_what_was_not_asked_costs_nothing() -> None:
    assert usage_of(Tokens(calls=1), priced(llm_price_read=2.0)) == Usage(calls=1)
    assert usage_of(Tokens(), priced()) is None


def test_days_and_people_are_summed(tmp_path: Path) -> None:
    book = UsageBook(tmp_path)
    for who, day, cost in [
        ("王", DAY, 0.25),
        ("王", DAY, 0.25),
        ("李", DAY, 1.0),
        ("李", DAY - timedelta(1), 2.0),
    ]:
        book.note(
            who, Usage(calls=1, tokens_read=100, tokens_written=20, cost=cost), DAY if day == DAY else day
        )
    days = UsageBook(tmp_path).by_day()
    assert [(each.name, each.questions, each.read, each.cost) for each in days] == [
        ("2026-03-05", 3, 300, 1.5),
        ("2026-03-04", 1, 100, 2.0),
    ]
    assert [(each.name, each.cost) for each in book.by_person(DAY)] == [("李", 1.0), ("王", 0.5)]


def test_old_days_go(tmp_path: Path) -> None:
    book = UsageBook(tmp_path)
    book.note("王", Usage(calls=1), DAY - timedelta(500))
    book.note("王", Usage(calls=1), DAY)
    assert [each.name for each in book.by_day()] == ["2026-03-05"]


def test_a_book_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "usage.sqlite").write_bytes(b"no database at all, but long enough to look like one" * 20)
    book = UsageBook(tmp_path)
    book.note("王", Usage(calls=1))
    assert book.by_day() == []
    assert not sqlite3.connect(":memory:").in_transaction


def test_the_page_shows_days_and_people_without_markup_of_theirs(tmp_path: Path) -> None:
    book = UsageBook(tmp_path)
    assert "还没有" in costs_html(book, "zh", DAY)
    book.note("<b>王", Usage(calls=2, tokens_read=1200, tokens_written=20, cost=0.5), DAY)
    book.note("", Usage(calls=1), DAY)
    shown = costs_html(book, "en", DAY)
    assert "1,200" in shown
    assert "&lt;b&gt;王" in shown
    assert "not signed in" in shown


def test_an_answer_tells_what_it_cost_and_the_book_holds_it(
    sample_index: Index, settings: Settings, tmp_path: Path
) -> None:
    endpoint = OddEndpoint(
        lambda asked: says("2025年上海集成电路产业营收超过4800亿元[1]。", usage=(1000, 50))
    )
    given = {"llm_base_url": endpoint.url, "llm_model": "m", "llm_price_read": 1.0, "llm_price_written": 2.0}
    book = UsageBook(tmp_path)
    try:
        assistant = Assistant(sample_index, settings.model_copy(update=given), usage=book)
        question = "上海2025年集成电路产业营收多少?"
        answer = assistant.ask(question, who="王")
        quoted = assistant.ask(question, quote=True)
    finally:
        endpoint.close()
    assert answer.usage == Usage(calls=1, tokens_read=1000, tokens_written=50, cost=0.0011)
    assert quoted.usage is None
    assert [(each.name, each.read) for each in book.by_person(date.today())] == [("王", 1000)]
