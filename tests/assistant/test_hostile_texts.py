"""Texts that are markup, in answers and in articles, stand on our pages as text."""

import json
from pathlib import Path

import pytest

from assistant.model import Answer, Citation, Flag
from corpus.load import read_articles
from corpus.problem import Problem
from index.query import Filters
from tests.assistant.page_elements import PageElements, check_page, without_icons
from ui.chats.store import KeptTurn
from ui.web.article import article_page
from ui.web.chat_render import growing_html, turns_html

HOSTILE_TEXTS = [
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/p.png)",
    "a\n\n![x](https://evil.example/p.png)",
    "[点](javascript:alert(1))",
    "$$\\href{https://evil.example}{x}$$",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "https://evil.example/auto",
    "<https://evil.example/auto>",
    "www.evil.example",
    "</p></div><iframe src=//evil.example>",
    "[1] [99]",
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_every_text_of_an_answer_is_shown_as_text(text: str) -> None:
    citation = Citation(
        n=1,
        article_id=text,
        title=text,
        date=text,
        source=text,
        url=text,
        section=text,
        quote=text,
        start=0,
        end=1,
    )
    answer = Answer(
        question=text,
        standalone_question=text,
        answer=f"{text}[1]",
        short_answer=text,
        citations=[citation],
        near=[citation],
        notes=[text],
        flags=[Flag(sentence=text, reason="flag_figure", detail=text)],
    )
    check_page(answer)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_the_page_of_an_article_shows_its_texts_as_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps(
            {"title": text, "source": text, "region": text, "url": text, "content": f"第一句。\n{text}"}
        ),
        "utf-8",
    )
    (article,) = read_articles(tmp_path / "a.jsonl")
    assert not isinstance(article, Problem)
    page = PageElements(article_page(article, 0, 4, "zh"))
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "button",
        "h1",
        "h2",
        "div",
        "p",
        "mark",
        "script",
        "a",
    }
    assert {tag for tag, _ in page.elements} <= allowed
    assert [tag for tag, _ in page.elements].count("script") == 1
    links = [attributes for tag, attributes in page.elements if tag == "a"]
    # The address that an article gives itself is linked under our own words.
    assert all(link["href"].startswith(("http://", "https://")) for link in links)
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "name", ["<b>题<b>.md", "![x](evil.example).md", "$$x$$.txt", "'onload='alert(1).md"]
)
def test_a_file_name_that_is_markup_is_shown_as_text(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("2025年云南茶叶产量为52.3万吨。", "utf-8")
    (article,) = read_articles(tmp_path / name)
    assert not isinstance(article, Problem)
    page = PageElements(article_page(article, 0, 4, "zh"))
    assert {tag for tag, _ in page.elements} <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "button",
        "h1",
        "div",
        "p",
        "mark",
        "script",
    }
    citation = Citation(n=1, article_id=article.id, title=article.title, quote=article.text, start=0, end=4)
    check_page(Answer(question="", standalone_question="", answer="甲[1]", citations=[citation]))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_text_shown_while_it_is_written_makes_no_element(text: str) -> None:
    for written in (growing_html(text, "", "zh"), growing_html("", text, "zh")):
        elements = PageElements(written).elements
        assert {tag for tag, _ in elements} <= {"div", "p"}
        assert {name for _, attributes in elements for name in attributes} <= {"class"}


@pytest.mark.parametrize("state", ["writing", "stopped", "failed", "done"])
@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_kept_turn_shows_its_texts_as_text(text: str, state: str) -> None:
    answer = Answer(question=text, standalone_question=f"{text}?", answer=text) if state == "done" else None
    filters = Filters(regions=[text], sources=[text], kinds=[text], articles=[text])
    turn = KeptTurn(
        "t1", "c1", text, filters, state, text, answer, "bad", text, (text, text), "2026-01-01T00:00:00"
    )
    (html,) = turns_html([turn], "zh")
    elements = PageElements(without_icons(html)).elements
    assert {tag for tag, _ in elements} <= {"section", "div", "p", "span", "a"}
    names = {name for _, attributes in elements for name in attributes}
    assert names <= {"class", "data-turn", "href", "title", "aria-label"}
    assert all(attributes["href"].startswith("#act/") for tag, attributes in elements if tag == "a")
    assert "t1" in {attributes.get("data-turn") for _, attributes in elements}
