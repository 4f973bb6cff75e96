"""Other names of things."""

from pathlib import Path

import index.synonyms
from index.question import ParsedQuestion
from index.search import words_to_find
from index.synonyms import in_the_words_of, synonyms_in


def test_a_name_has_the_names_that_official_texts_use() -> None:
    assert "最低生活保障" in synonyms_in("农村低保覆盖了多少人")["低保"]
    assert "居民消费价格" in synonyms_in("2024年CPI")["cpi"]
    assert synonyms_in("你好") == {}


def test_a_plan_is_not_taken_for_the_one_inside_its_name() -> None:
    assert "一五" not in synonyms_in("十一五新建铁路")
    assert "十一五" in synonyms_in("十一五新建铁路")
    assert "一五" in synonyms_in("一五计划的钢产量")


def test_other_names_are_looked_for_as_phrases() -> None:
    looked_for = words_to_find(ParsedQuestion("农村低保"))
    assert "低保" in looked_for
    assert any(" " in words and "最低" in words for words in looked_for)


def test_a_question_is_put_in_the_words_of_a_passage() -> None:
    passage = "2025年，上海市集成电路产业的营业收入规模超过4800亿元。"
    assert in_the_words_of(passage, "上海的芯片产业多大?") == "上海的集成电路产业多大?"
    assert in_the_words_of("2024年国内生产总值增长5%。", "2024年gdp增速?") == "2024年国内生产总值增速?"
    assert in_the_words_of("芯片又称集成电路。", "芯片是什么?") == "芯片是什么?"
    assert in_the_words_of("全年粮食丰收。", "芯片产业多大?") == "芯片产业多大?"


def test_the_table_is_sound() -> None:
    lines = (Path(index.synonyms.__file__).parent / "data" / "synonyms.tsv").read_text("utf-8").splitlines()
    names = [name for line in lines for name in line.split("\t")]
    assert len(names) == len(set(names))
    assert all(len(name) >= 2 and name == name.strip() for name in names)
    assert all(len(line.split("\t")) >= 2 for line in lines)
