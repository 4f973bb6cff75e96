"""A cover that prints its year alone: the title takes it in, so that the text is read as one of that year."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft
from corpus.cover_year import with_cover_year
from corpus.model import Article
from corpus.time_reader import TimeReader

TEXT = "全市空气质量优良天数比例为百分之八十六，同比上升两个百分点，市控以上断面水质达到或好于三类标准。"


def article(*lines: str, title: str = "临江市生态环境状况公报") -> Article:
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in (*lines, TEXT, TEXT)]
    return assemble(Draft(title, {}, blocks), Path("公报.docx"), "k")


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["LINJIANG ENVIRONMENT BULLETIN", "2024年度", "临江市生态环境局"], "2024年度"),
        (["（2024年度）", "临江市生态环境局"], "2024年度"),
        (["2024 年", "临江市生态环境局"], "2024年"),
        (["二〇二三年度", "临江市生态环境局"], "二〇二三年度"),
        (["2024年度", "目录", "2024年度"], "2024年度"),
    ],
)
def test_the_year_of_the_cover_is_the_titles(lines: list[str], year: str) -> None:
    found = article(*lines)
    assert found.title == f"临江市生态环境状况公报（{year}）"
    assert found.kind == "公报"
    assert found.date == ""


def test_sentences_without_a_year_are_of_the_covers() -> None:
    found = article("2024年度", "临江市生态环境局")
    start = found.text.index(TEXT)
    (period,) = TimeReader(found).of_span(found.sections[0], start, start + len(TEXT))
    assert list(period.years) == [2024]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("临江市2023年生态环境状况公报", ["2024年度"]),
        ("临江市生态环境状况公报", ["临江市生态环境局", "2024年"]),
        ("临江市生态环境状况公报", ["2024年度", "2023年度"]),
        ("临江市生态环境状况公报", ["2025年3月"]),
        ("临江市生态环境状况公报", ["2025年3月2日"]),
        ("临江市产业发展规划", ["2024年", "临江市人民政府"]),
        ("临江市消防管理办法", ["2024年"]),
        ("临江市生态环境状况公报", ["2024年度工作情况"]),
    ],
)
def test_no_other_year_is(title: str, lines: list[str]) -> None:
    assert article(*lines, title=title).title == title


@given(
    st.text(max_size=40), st.lists(st.text(max_size=20), max_size=50), st.sets(st.integers(0, 50), max_size=3)
)
def test_a_title_only_ever_grows_by_a_line_that_is_there(title: str, lines: list[str], own: set[int]) -> None:
    found = with_cover_year(title, lines, own)
    assert found.startswith(title)
    added = found[len(title) :].strip("（）")
    assert not added or any(added in "".join(line.split()) for line in lines)
