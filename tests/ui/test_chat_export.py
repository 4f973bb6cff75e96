"""Chats taken out as Markdown and Word."""

import io
import re

from docx import Document
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.model import Answer, Citation
from index.query import Filters
from ui.chats.export import answer_with_footnotes, chat_as_docx, chat_as_markdown
from ui.chats.sources import sources_of
from ui.chats.store import KeptTurn
from ui.web.sources_page import sources_page


def turn(question: str, answer: Answer | None, draft: str = "") -> KeptTurn:
    state = "done" if answer else "stopped"
    return KeptTurn("t", "c", question, Filters(), state, draft, answer, "", "", (), "2026-01-01")


def cited(text: str, quote: str = "比2024年增长24%。", title: str = "上海集成电路") -> Answer:
    citation = Citation(n=1, article_id="a", title=title, date="2026-05-12", quote=quote, start=0, end=9)
    return Answer(question="问", standalone_question="问", answer=text, citations=[citation])


def test_footnotes_are_numbered_through_the_chat_and_each_has_its_source() -> None:
    told = chat_as_markdown("标题", [turn("一", cited("甲。[1]")), turn("二", cited("乙。[1]"))], "zh")
    assert re.findall(r"。\[\^(\d)\]", told) == ["1", "2"]
    assert told.count("上海集成电路") == 3
    assert "## 全部出处\n\n- 《上海集成电路》，2026-05-12：[^1] [^2]\n" in told
    assert re.search(r"^\[\^2\]: .*增长24%", told, re.M)


def test_markup_in_questions_and_articles_stays_text() -> None:
    told = chat_as_markdown(
        "# 标题", [turn("**粗** <b>", cited("[链接](http://x) [9]。[1]", title="<script>"))], "zh"
    )
    assert "\\*\\*粗\\*\\* \\<b\\>" in told
    assert "\\[链接\\](http://x)" in told
    assert "[^9]" not in told
    assert "<script>" not in told.replace("\\<script", "")


def test_a_stopped_answer_is_taken_out_as_far_as_it_came() -> None:
    assert "写到一半" in chat_as_markdown("标题", [turn("一", None, "写到一半")], "zh")


def test_for_the_clipboard_there_is_a_line_a_source() -> None:
    told = answer_with_footnotes(cited("甲。[1]"))
    assert told.split("\n")[0] == "甲。[1]"
    assert "[1] 《上海集成电路》，2026-05-12：“比2024年增长24%。”" in told


@given(st.text(max_size=60), st.text(max_size=60))
@hypothesis_settings(max_examples=40, deadline=None)
def test_a_word_document_opens_whatever_the_texts_are(question: str, text: str) -> None:
    file = chat_as_docx(question, [turn(question, cited(text + "[1]")), turn("二", None, text)], "en")
    paragraphs = [each.text for each in Document(io.BytesIO(file)).paragraphs]
    assert any("《上海集成电路》" in each for each in paragraphs)


def test_all_sources_of_a_chat_are_told_once_and_nothing_of_what_may_not_be_read() -> None:
    turns = [turn("一", cited("甲。[1]")), turn("停了", None), turn("二", cited("乙。[1]", title="别称"))]
    (source,) = sources_of(turns)
    assert [mark.label("zh") for mark in source.marks] == ["第1问 [1]", "第3问 [1]"]
    page = sources_page("<标题>", [source], {"a"}, "zh")
    assert page.count("上海集成电路") == 1
    assert page.count("/article/a?start=0&amp;end=9") == 2
    assert "&lt;标题&gt;" in page
    hidden = sources_page("标题", [source], set(), "zh")
    assert "上海集成电路" not in hidden
    assert "24%" not in hidden
    assert "第3问 [1]" in hidden
    word = [each.text for each in Document(io.BytesIO(chat_as_docx("标题", turns, "zh"))).paragraphs]
    assert "《上海集成电路》，2026-05-12：第1问 [1]、第3问 [1]" in word
