"""Answers of a chat as items of a set."""

from datetime import date
from pathlib import Path

from assistant.model import Answer
from evals.formats import read_set
from evals.from_chat import item_from, keep
from index.query import Filters

TODAY = date(2026, 3, 1)


def answer() -> Answer:
    return Answer(question="问?", standalone_question="问?", answer="4800亿元。[1]", short_answer="4800亿元")


def test_an_answer_judged_anew_takes_the_place_of_the_old_item(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    other = item_from(answer().model_copy(update={"standalone_question": "另一问?"}), good=True, today=TODAY)
    good, bad = (item_from(answer(), good=judged, today=TODAY, reason="") for judged in (True, False))
    assert keep(good, file)
    assert keep(other, file)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("broken by hand\n")
    assert not keep(good, file), "it is there already"
    assert keep(bad, file)
    items, problems = read_set(file)
    assert len(problems) == 1
    assert file.read_text("utf-8").endswith("broken by hand\n"), "no line is lost"
    assert [item.type for item in items] == ["disliked", "fact"]
    assert items[0].answers == []


def test_filters_and_the_reason_are_kept_but_not_what_may_be_seen(tmp_path: Path) -> None:
    filters = Filters(years=[2025], collections=["内部"])
    item = item_from(answer(), good=False, today=TODAY, filters=filters, reason="年份不对")
    keep(item, tmp_path / "set.jsonl")
    (read,), _ = read_set(tmp_path / "set.jsonl")
    assert read.filters == Filters(years=[2025])
    assert (read.model_extra or {})["reason"] == "年份不对"
    assert (
        item_from(answer(), good=True, today=TODAY, filters=Filters(collections=["内部"])).filters
        == Filters()
    )
