"""Document numbers in every way they are written, and what is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.document_number import document_numbers, without_document_numbers
from index.query import read_query
from index.question import ParsedQuestion


@pytest.mark.parametrize(
    "written",
    ["国发〔2024〕17号", "国发[2024]17号", "国发（2024）17 号", "国发(2024)第17号", "国发【二〇二四】17号", "国 发〔 2024 〕 17号", "国发［２０２４］１７号"],
)  # fmt: skip
def test_one_number_in_many_forms(written: str) -> None:
    (found,) = document_numbers(f"请问{written}的主要内容")
    assert found.number == ("国发", 2024, 17)
    assert without_document_numbers(f"根据{written}办理").split() == ["根据", "办理"]


@pytest.mark.parametrize("text", ["17号台风", "GB 12号", "（2024）17号", "2024年17号", "国发2024"])
def test_what_is_no_document_number(text: str) -> None:
    assert document_numbers(text) == []


def test_a_number_names_no_day_and_no_year() -> None:
    today = date(2026, 11, 28)
    query = read_query("国发〔2019〕17号还有效吗", None, today)
    assert (query.periods, query.years, query.names) == ([], [], [])
    assert query.numbers == ["国发〔2019〕17号"]
    assert read_query("17号台风造成多少损失", None, today).periods == []
    assert read_query("17号发布了什么", None, today).periods == ["2026-11-17"]


def test_a_provision_is_asked_for_only_as_one_of_a_rule() -> None:
    assert ParsedQuestion("管理办法第三条规定了什么？").provision == "第三条"
    assert ParsedQuestion("第十二条第二款的内容").provision == "第十二条第二款"
    for other in ("第三条道路是什么", "第3条生产线何时投产", "第三条建议"):
        assert ParsedQuestion(other).provision == ""


@given(st.text(alphabet="国发办〔〕[]（）20241７号第 的", max_size=60))
def test_any_text(text: str) -> None:
    for found in document_numbers(text):
        assert 0 <= found.start < found.end <= len(text)
    without_document_numbers(text)
