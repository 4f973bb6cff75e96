"""The search view without a browser: what is marked, what is shown of nasty texts, and what matches."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from assistant.service import Assistant
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.passage_list import PassageList
from index.query import Filters
from ui.web.highlight import marked_html, spans_of, telling_sentence
from ui.web.search_render import found_html, question_about


def marked(text: str, *words: str) -> str:
    return marked_html(text, spans_of(text, words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("集成电路产业", ["集成电路"], "<mark>集成电路</mark>产业"),
        ("集成电路产业", ["集成电路", "电路", "产业"], "<mark>集成电路产业</mark>"),
        ("ＧＤＰ增速", ["gdp"], "<mark>ＧＤＰ</mark>增速"),
        ("積體電路", ["电路"], "積體<mark>電路</mark>"),
        ("㎡和5㎡", ["m2"], "<mark>㎡</mark>和5<mark>㎡</mark>"),
        ("在2024年，120245", ["2024"], "在<mark>2024</mark>年，120245"),
        ("main ai，AI算力", ["ai"], "main <mark>ai</mark>，<mark>AI</mark>算力"),
        ("a.*b (x) [y]", [".*", "(", "["], "a<mark>.*</mark>b <mark>(</mark>x) <mark>[</mark>y]"),
        ("<script>alert(1)</script>", ["script"], "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("半个\ud800字\x00", ["字"], "半个\ufffd<mark>字</mark>"),
        ("原文", ["", " "], "原文"),
        ("", ["词"], ""),
    ],
)  # fmt: skip
def test_words_are_marked_as_they_stand_and_markup_is_text(text: str, words: list[str], shown: str) -> None:
    assert marked(text, *words) == shown


def test_what_is_shown_without_marks_is_the_text() -> None:
    text = "很长" * 20_000 + "<b>" + "x" * 50_000
    plain = re.sub("</?mark>", "", marked(text, "长很", "x" * 50_000))
    assert plain == text.replace("<b>", "&lt;b&gt;")


def test_the_sentence_with_most_of_the_words_is_opened() -> None:
    text = "上海发布了方案。上海集成电路营收增长。江苏也增长。"
    second = text.index("上海集成"), text.index("江苏")
    assert telling_sentence(text, ["上海", "集成电路"]) == second
    third = second[1], len(text)
    assert telling_sentence(text, ["增长"], nearest=third) == third
    assert telling_sentence(text, [], nearest=None) == (0, len(text))


def a_list(title: str, text: str, **fields: object) -> PassageList:
    passage = Passage(id="p", article_id="a", position=0, text=text, start=7, end=7 + len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a/b?c", title=title, date="2025-03"))
    return PassageList.model_validate({"words": ["营收"], "hits": [hit], "total": 1, "holding": 1, **fields})


class Tags(HTMLParser):
    """The elements of some HTML, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_hit_with_markup_everywhere_stays_text_and_links_to_its_sentence() -> None:
    nasty = "<img src=x onerror=alert(1)>\"&'\ud800"
    found = a_list(nasty, f"头句。{nasty}营收5亿元。")
    question = f'"><script>x</script>{nasty}'
    html = found_html(question, found, lambda *_: 3, "zh")
    tags = Tags(html).found
    assert {name for name, _ in tags} <= {"div", "span", "ol", "li", "a", "p", "mark"}
    assert tags[0][1]["data-q"] == question.replace("\ud800", "\ufffd")
    assert not any(name.startswith("on") for _, given in tags for name in given)
    assert "\ud800" not in html
    assert "第3页" in html
    assert "<mark>营收</mark>" in html
    link = next(given["href"] for name, given in tags if given.get("class") == "cite")
    assert link is not None
    assert link.startswith("/article/a%2Fb%3Fc?start=10&end=")


def test_what_is_asked_about_a_hit_names_its_article_once() -> None:
    assert question_about("营收多少", "上海年报") == "《上海年报》：营收多少"
    assert question_about("营收多少", "关于《办法》的通知") == "关于《办法》的通知：营收多少"
    assert question_about("营收多少", "") == "营收多少"


def test_nothing_found_says_what_to_try() -> None:
    html = found_html("火星", PassageList(words=["火星"]), lambda *_: None, "zh", filtered=True)
    assert "火星" in html
    assert "筛选" in html
    assert "<ol" not in html


def listed(assistant: Assistant, question: str, **asked: object) -> PassageList:
    return assistant.begin_listing(question, **asked).result()  # type: ignore[arg-type]


def test_every_passage_with_the_words_is_listed_once_over_the_pages(assistant: Assistant) -> None:
    whole = listed(assistant, "就业", most=100)
    expected = {
        passage.id
        for article in assistant.index.catalogue.articles()
        for passage in assistant.index.catalogue.passages_of(article.id)
        if "就业" in passage.text
    }
    found = [hit.passage.id for hit in whole.hits]
    assert expected <= set(found)
    assert len(set(found)) == len(found) == whole.total
    paged = [
        hit.passage.id
        for offset in range(0, whole.total, 3)
        for hit in listed(assistant, "就业", offset=offset, most=3).hits
    ]
    assert paged == found
    assert listed(assistant, "就业", offset=whole.total + 5).hits == []


def test_the_newest_come_first_where_that_is_wished(assistant: Assistant) -> None:
    by_fit, by_date = (listed(assistant, "就业", order=order, most=100) for order in ("fit", "date"))
    dates = [hit.article.date for hit in by_date.hits]
    assert dates == sorted(dates, reverse=True)
    assert {hit.passage.id for hit in by_fit.hits} == {hit.passage.id for hit in by_date.hits}


def test_the_best_fit_comes_among_the_first_and_no_network_reads(assistant: Assistant) -> None:
    found = listed(assistant, "上海2025年集成电路产业营收多少?")
    assert any("4800亿元" in hit.passage.text for hit in found.hits[:3])
    assert all(hit.reranker is None for hit in found.hits)


def test_filters_are_kept_and_never_dropped(assistant: Assistant) -> None:
    found = listed(assistant, "就业", filters=Filters(years=[2024]), most=100)
    assert {hit.article.date[:4] for hit in found.hits} == {"2024"}
    assert listed(assistant, "就业", filters=Filters(years=[1950])).total == 0


@pytest.mark.parametrize(
    "question",
    ['"', "* OR", "NEAR(就业", "多少", "？？", "<script>", "词" * 500, "\ud800就业", "' --", "a\x00b"],
)
def test_odd_searches_do_no_harm(assistant: Assistant, question: str) -> None:
    found = listed(assistant, question)
    assert found.total >= len(found.hits)
    found_html(question, found, lambda *_: None, "zh")


def test_what_is_in_no_article_is_not_found_but_near_ones_are_offered(assistant: Assistant) -> None:
    found = listed(assistant, "火星殖民")
    assert found.total == 0
    assert found.near
