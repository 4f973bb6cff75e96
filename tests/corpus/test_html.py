"""Web pages: what is seen arrives once, in order; what is hidden or stands around the text does not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.block import BlockKind, Draft
from corpus.problem import Problem
from corpus.readers.html import html_draft, read_html

BEFORE = "<p>为贯彻落实上级部署，结合本市实际，现就有关事项作出如下安排，请各单位认真组织实施。</p>"
AFTER = "<p>本通知由市政府办公室负责解释，执行中遇到的问题，请及时向市政府办公室反映。</p>"


def texts(body: str, head: str = "<title>某市人才政策</title>") -> list[str]:
    page = f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return [block.text for block in html_draft(page, Path("a.html")).blocks]


def test_a_nested_list_comes_once_and_in_order() -> None:
    items = (
        "<ul><li>住房补贴<ul><li>博士每人30万元</li><li>硕士每人12万元</li></ul></li><li>子女入学</li></ul>"
    )
    found = texts(BEFORE + items + AFTER)
    assert found[1:-1] == ["住房补贴", "博士每人30万元", "硕士每人12万元", "子女入学"]


def test_a_numbered_list_shows_its_numbers() -> None:
    found = texts(BEFORE + "<ol start='3'><li>提出申请</li><li>（四）现场核验</li></ol>" + AFTER)
    assert found[1:-1] == ["3. 提出申请", "（四）现场核验"]


@pytest.mark.parametrize("style", ["overflow:hidden", "overflow: hidden; color: red", "height:20px"])
def test_a_cell_that_cuts_what_is_too_long_keeps_its_table(style: str) -> None:
    table = f"<table><tr><th>县区</th><th>床位数</th></tr><tr><td style='{style}'>甘泉县</td><td>3460</td></tr></table>"
    assert "县区：甘泉县 | 床位数：3460" in texts(BEFORE + table + AFTER)


def test_two_head_rows_and_spanned_cells() -> None:
    table = (
        "<table><tr><td colspan='4'>2025年港口吞吐量</td></tr><tr><td colspan='4'>单位：万吨</td></tr>"
        "<tr><td rowspan='2'>港口</td><td colspan='2'>货物</td><td rowspan='2'>集装箱</td></tr><tr><td>外贸</td><td>内贸</td></tr>"
        "<tr><td rowspan='2'>望海港</td><td>4120</td><td>2310</td><td>186</td></tr><tr><td>4380</td><td>2455</td><td>201</td></tr></table>"
    )
    draft = html_draft(f"<body>{BEFORE}{table}{AFTER}</body>", Path("a.html"))
    (grid,) = {id(block.table): block.table for block in draft.blocks if block.table}.values()
    assert (grid.caption, grid.unit, grid.head_rows) == ("2025年港口吞吐量", "万吨", 2)
    rows = [block.text for block in draft.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows[1] == "港口：望海港 | 货物·外贸：4380 | 货物·内贸：2455 | 集装箱：201"


def test_a_table_that_lays_out_the_page_is_none() -> None:
    page = f"<table><tr><td><a href='/'>首页</a></td><td>{BEFORE * 5}{AFTER * 5}</td></tr></table>"
    draft = html_draft(f"<body>{page}</body>", Path("a.html"))
    assert all(block.table is None for block in draft.blocks)
    assert len(draft.blocks) == 10


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>内部备注：不得公开，仅供参考使用。</div>",
        "<div hidden>内部备注：不得公开，仅供参考使用。</div>",
        "<div class='off'>内部备注：不得公开，仅供参考使用。</div>",
        "<noscript>内部备注：请打开脚本，否则无法浏览。</noscript>",
        "<script>var t='内部备注';</script>",
    ],
)
def test_what_is_hidden_is_not_read_and_breaks_nothing(hidden: str) -> None:
    found = texts(BEFORE + hidden + AFTER, "<style>.off { display: none; }</style>")
    assert len(found) == 2
    assert "内部备注" not in "".join(found)


def test_a_page_that_shows_its_text_by_a_script_is_read() -> None:
    assert len(texts(f"<div style='display:none'>{BEFORE}{AFTER}</div>")) == 2


def test_menu_and_footer_stay_out_and_tell_date_and_source() -> None:
    page = (
        "<nav><a href='/'>首页</a><a href='/b'>政务公开</a></nav><h1>某市人才政策</h1>"
        "<p>发布日期：2024-06-07 来源：某市日报</p>"
        f"<div class='text'>{BEFORE}{AFTER}</div><div>主办单位：某市人民政府办公室</div><footer>京ICP备1号</footer>"
    )
    draft = html_draft(f"<body>{page}</body>", Path("a.html"))
    assert [block.text[:4] for block in draft.blocks] == ["为贯彻落", "本通知由"]
    assert (draft.fields["published"], draft.fields["source"]) == ("2024-06-07", "某市日报")


def test_paragraphs_parted_by_breaks_and_raised_marks() -> None:
    found = texts(
        "<div>全市森林面积为12万公顷<sup>1</sup>，比上年有所增加。<br>全年用水3.5亿m<sup>3</sup>，有所下降。<br></div>"
    )
    assert found == ["全市森林面积为12万公顷[1]，比上年有所增加。", "全年用水3.5亿m³，有所下降。"]


def test_a_page_that_closes_early_goes_on() -> None:
    page = f"<html><body><div>首页</div></html><div>{BEFORE}{AFTER}</div></body></html>"
    assert len([block for block in html_draft(page, Path("a.html")).blocks if "，" in block.text]) == 2


def test_a_table_outside_the_text_is_kept(tmp_path: Path) -> None:
    table = "<table><tr><th>县</th><th>数</th></tr><tr><td>甲</td><td>1</td></tr></table>"
    file = tmp_path / "a.html"
    file.write_text(f"<meta charset='utf-8'><div>{(BEFORE + AFTER) * 9}</div><div>{table}</div>", "utf-8")
    found = list(read_html(file))
    assert not [each for each in found if isinstance(each, Problem)]
    assert "县：甲 | 数：1" in [
        block.text for each in found if isinstance(each, Draft) for block in each.blocks
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/=\"' apdivtrthbuolsnc一二。，\n0123:", max_size=300))
def test_any_markup_is_read_or_named(markup: str) -> None:
    try:
        blocks = html_draft(markup, Path("a.html")).blocks
    except Problem as problem:
        blocks, code = [], problem.code
        if code == "page_without_text":
            return
    assert blocks


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="甲乙丙丁戊，。", min_size=20, max_size=60), min_size=2, max_size=12))
def test_no_paragraph_of_a_text_is_lost(paragraphs: list[str]) -> None:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    assert texts(f"<div>{body}</div>") == paragraphs
