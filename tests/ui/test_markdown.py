"""What a language model wrote, as the page shows it."""

from hypothesis import given
from hypothesis import strategies as st

from ui.web.markdown import markdown_html
from ui.web.shown import shown

TEXT = "**产量**\n\n| 地区 | 产量 |\n|---|---|\n| 上海 | 4800亿元[1] |\n\n1. 第一项[1]\n2. 第二项"


def test_tables_lists_and_emphasis_are_shown() -> None:
    html = markdown_html(TEXT, shown)
    assert "<table>" in html
    assert "<td>4800亿元[1]</td>" in html
    assert "<strong>产量</strong>" in html
    assert html.count("<li>") == 2
    assert "\n" not in html


def test_it_brings_no_elements_links_or_images_of_its_own() -> None:
    html = markdown_html(
        "<script>a()</script> <img src=x onerror=a()> [一](http://a.cn) ![二](http://b.cn) <http://c.cn>\n\n[1]: http://d.cn",
        shown,
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "<a" not in html
    assert "href" not in html.replace("&lt;", "")


def test_what_failed_is_marked_in_its_place() -> None:
    html = markdown_html(
        "产量4800亿元[1]。产值5123亿元[1]。", shown, [("产值5123亿元。", "“5123”不在所引段落中")]
    )
    assert html.index("⚠") > html.index("产值5123亿元")
    assert "“5123”不在所引段落中" in html
    row = markdown_html(TEXT, shown, [("| 上海 | 4800亿元 |", "无")])
    assert "4800亿元[1]<mark" in row


@given(st.text(max_size=200))
def test_any_text_is_shown_without_its_elements(text: str) -> None:
    html = markdown_html(text, shown)
    for element in ("<script", "<img", "<a ", "<iframe", "<svg", 'javascript:"'):
        assert element not in html.lower()
