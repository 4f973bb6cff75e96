"""A rule that abolishes or amends another is linked to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.amendments import ABOLISHES, AMENDS, links_of_changes, rules_changed
from index.hit import ArticleInfo


def test_what_a_document_abolishes_and_amends() -> None:
    text = "根据《某某法》制定本办法。\n本办法自公布之日起施行，《集市管理规定》（市政发〔2019〕17号）、《摊位管理办法》同时废止。"
    assert rules_changed("市场管理办法", text) == {"集市管理规定": ABOLISHES, "摊位管理办法": ABOLISHES}
    assert rules_changed("关于修改《集市管理规定》的决定", "一、第三条修改为：……") == {"集市管理规定": AMENDS}
    assert (
        rules_changed("某某通知", "《集市管理规定》继续有效，不予废止。根据《某某法》，旧证同时失效。") == {}
    )


def test_the_rules_are_linked_where_both_are_articles() -> None:
    articles = [
        ArticleInfo(id="old", title="集市管理规定（试行）", date="2019-01-01"),
        ArticleInfo(id="new", title="市场管理办法", date="2025-01-01"),
    ]
    (link,) = links_of_changes(
        [("new", "《集市管理规定》同时废止。"), ("old", "《市场管理办法》同时废止。")], articles
    )
    assert (link.older, link.newer, link.kind) == ("old", "new", ABOLISHES)


@given(st.text(alphabet="《》〈〉废止修改的决定甲乙。根据，\n", max_size=80))
def test_any_text(text: str) -> None:
    assert all(name in text for name in rules_changed("", text))
