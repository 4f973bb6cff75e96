"""Plain text and Markdown: hard wraps, drawn tables, footnotes, nested lists; nothing is lost."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.block import BlockKind, Draft
from corpus.problem import Problem
from corpus.readers.markdown import blocks_of
from corpus.readers.markup_blocks import blocks_of_markup
from corpus.readers.plain_table import plain_blocks
from corpus.readers.text import read_text
from corpus.readers.wrapped import unwrapped

PARAGRAPH = "全市计划改造老旧小区一百二十个涉及居民三万六千户并同步加装电梯八十五部，改造资金由市财政与产权单位共同承担，其中市财政承担百分之六十。"


def lines_of(text: str, width: int) -> list[str]:
    return [text[n : n + width] for n in range(0, len(text), width)]


@pytest.mark.parametrize("width", [15, 20, 26, 38])
def test_lines_cut_at_a_width_are_one_paragraph(width: int) -> None:
    lines = ["工作方案", "", *lines_of(PARAGRAPH, width), "", *lines_of(PARAGRAPH[9:], width)]
    assert unwrapped(lines) == ["工作方案", "", PARAGRAPH, "", PARAGRAPH[9:]]


def test_english_lines_are_joined_with_a_space() -> None:
    text = "The city plans to renew one hundred old quarters, and eighty-five lifts are added to them. " * 4
    assert unwrapped(textwrap.wrap(text.strip(), 60)) == [text.strip()]


@pytest.mark.parametrize(
    "lines",
    [
        ["柳河市人民政府办公室", "松原区人民政府办公室", "东山区人民政府办公室", "西山区人民政府办公室"],
        [
            "（一）申请人的身份证明",
            "（二）申请人的户口簿本",
            "（三）申请人的银行账户",
            "（四）其他应当提交的。",
        ],
        ["一句长短不一的话。", "另一句话比前一句话要长出来不少。", "第三句。"],
        [PARAGRAPH, PARAGRAPH[10:], PARAGRAPH[:30]],
    ],
)
def test_lines_that_no_width_cut_stay(lines: list[str]) -> None:
    assert unwrapped(lines) == lines


def test_tables_drawn_in_plain_text() -> None:
    expected = ["地区：甲县 | 产值：12.5 | 增速：3%", "地区：乙县 | 产值：8 | 增速：4%"]
    for drawn in (
        "地区\t产值\t增速\n甲县\t12.5\t3%\n乙县\t8\t4%",
        "┌──┬──┬──┐\n│地区│产值│增速│\n├──┼──┼──┤\n│甲县│12.5│3%│\n│乙县│8│4%│\n└──┴──┴──┘",
        "地区    产值    增速\n甲县    12.5    3%\n乙县    8       4%",
        "| 地区 | 产值 | 增速 |\n|---|---:|:--|\n| 甲县 | 12.5 | 3% |\n| 乙县 | 8 | 4% |",
    ):
        assert [block.text for block in plain_blocks(f"前文。\n{drawn}\n后文。".split("\n"))] == [
            "前文。",
            *expected,
            "后文。",
        ]
    assert [block.kind for block in plain_blocks(["张三  李四  王五", "赵六  钱七  孙八"])] == [
        BlockKind.PARAGRAPH
    ] * 2


def test_markdown_tables_footnotes_and_lists() -> None:
    text = "| 地区 | **产值** |\n|:--|--:|\n| 甲 | [5](http://x)\\|6 |\n\n用水量为1.8亿立方米[^1]。\n\n- 甲\n  - 乙\n- 丙\n\n[^1]: 再生水为0.35亿\n    立方米。\n"
    blocks = list(blocks_of(text))
    assert [block.text for block in blocks] == [
        "地区：甲 | 产值：5|6", "用水量为1.8亿立方米（注1）。", "注1：再生水为0.35亿 立方米。", "甲", "乙", "丙",
    ]  # fmt: skip
    assert [block.level for block in blocks[-3:]] == [1, 2, 1]
    assert blocks[0].table is not None


def test_cells_beyond_the_heads_are_kept_under_the_heads_that_span_them() -> None:
    text = "| 行业 | 比重 | 位次 |\n|---|---|---|\n| | 1985 | 1995 | 1985 | 1995 |\n| 电力 | 10.4 | 11.2 | 3 | 1 |\n"
    assert [block.text for block in blocks_of(text)] == [
        "行业：电力 | 比重·1985：10.4 | 比重·1995：11.2 | 位次·1985：3 | 位次·1995：1"
    ]


def test_markup_without_furniture_keeps_every_word() -> None:
    blocks = blocks_of_markup(
        "<h1>技法</h1><p>共12道<sup><a href='#n'>1</a></sup>。</p><aside>注：另有一说为9道。</aside><ul><li>甲<ul><li>乙</li></ul></li></ul>"
        "<table><tr><th rowspan=2>地区</th><th colspan=2>产量</th></tr><tr><th>小麦</th><th>玉米</th></tr><tr><td>东桥</td><td>14.8</td><td>3</td></tr></table>"
    )
    assert [block.text for block in blocks] == [
        "技法", "共12道（注1）。", "注：另有一说为9道。", "甲", "乙", "地区：东桥 | 产量·小麦：14.8 | 产量·玉米：3",
    ]  # fmt: skip


TEXTS = st.text(alphabet="甲乙丙1.5%|\t -#*[]^:：。\n│─", max_size=120)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_plain_text_loses_no_word(text: str) -> None:
    told = "".join(block.text for block in plain_blocks(text.split("\n")))
    cells = "".join(
        "".join(map("".join, block.table.cells)) for block in plain_blocks(text.split("\n")) if block.table
    )
    for character in "甲乙丙15":
        assert (character in told or character in cells) == (character in text)


@given(st.text(alphabet="甲乙丙丁戊。，\n a", max_size=300))
@settings(max_examples=100, deadline=None)
def test_joining_lines_keeps_every_character(text: str) -> None:
    assert "".join("".join(unwrapped(text.split("\n"))).split()) == "".join(text.split())


@given(st.text(alphabet="<>/tdrapul =\"'1甲乙&;!-", max_size=120))
@settings(max_examples=100, deadline=None)
def test_no_markup_breaks_the_reader(markup: str) -> None:
    blocks_of_markup(markup)
    list(blocks_of(markup))


def test_what_only_looks_like_rows_takes_no_longer_than_its_text() -> None:
    lines = ["张三  李四  王五"] * 20_000
    assert len(plain_blocks(lines)) == len(lines)


@pytest.mark.parametrize(
    ("text", "title", "source", "body"),
    [
        (
            "---\ntitle: 某县通知\nsource: 某县政府\n---\n\n即日起报名。\n联系电话另告。",
            "某县通知",
            "某县政府",
            "即日起报名。",
        ),
        ("---\n某县通知\n---\n即日起报名。", "", None, "即日起报名。"),
        ("--- 以下为通知 ---\n即日起报名。\n联系电话另告。", "--- 以下为通知 ---", None, "即日起报名。"),
        ("---\ntitle: &a x\nsource: *a\n---\n即日起报名。\n联系电话另告。", "", None, "即日起报名。"),
    ],
)
def test_plain_text_may_have_fields(
    tmp_path: Path, text: str, title: str, source: str | None, body: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, "utf-8")
    (draft,) = read_text(file)
    assert isinstance(draft, Draft)
    assert not title or draft.title == title
    assert draft.fields.get("source") == source
    assert any(block.text == body for block in draft.blocks)


def test_a_collection_that_is_no_name_is_refused_in_plain_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("---\ncollection: [a, b]\n---\n即日起报名。", "utf-8")
    with pytest.raises(Problem):
        list(read_text(file))
