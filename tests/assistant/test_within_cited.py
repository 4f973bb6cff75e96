"""A follow-up that names nothing new may ask of the articles that the last answer cites."""

from pathlib import Path

import pytest

from assistant.model import Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.state import Interpretation
from assistant.understanding.conversation import within_last_articles
from assistant.understanding.question import parse
from index.query import Filters
from index.sync import ingest

LAST = Turn(
    question="柳河县公租房怎么申请？",
    standalone_question="柳河县公租房怎么申请？",
    answer="向街道办事处提交申请[1]。",
    titles=["柳河县公租房办事指南"],
    articles=["a1", "a2"],
)


@pytest.mark.parametrize(
    ("follow_up", "asked"),
    [
        ("打哪个电话？", "柳河县公租房办事指南 打哪个电话？"),
        ("那要交哪些材料", "柳河县公租房办事指南 要交哪些材料"),
        ("柳河县的审核要几天", "柳河县公租房办事指南 柳河县的审核要几天"),
        ("苏州的审核要几天", ""),
        ("2019年的标准是多少", ""),
        ("《柳河县人才公寓办法》的期限呢", ""),
        ("谢谢", ""),
        ("库里一共有多少篇文章？", ""),
    ],
)
def test_what_names_no_frame_of_its_own_is_asked_of_them(follow_up: str, asked: str) -> None:
    text, ids = within_last_articles(follow_up, [LAST])
    if not asked:
        assert not ids or follow_up == "谢谢"
    else:
        assert (text, ids) == (asked, ("a1", "a2"))


def test_nothing_is_asked_of_an_answer_without_articles() -> None:
    refused = LAST.model_copy(update={"titles": [], "articles": []})
    assert within_last_articles("打哪个电话？", [refused]) == ("", ())
    assert within_last_articles("打哪个电话？", []) == ("", ())


def test_chosen_sources_and_what_may_be_seen_hold() -> None:
    question = parse("打哪个电话？")
    form = Interpretation(question, within=("a1", "a2"))
    assert form.filters(Filters(collections=[])) == Filters(articles=["a1", "a2"], collections=[])
    assert form.filters(Filters(articles=["a2", "b"])).articles == ["a2"]
    assert form.filters(Filters(articles=["b"])).articles == []
    assert Interpretation(question).filters(Filters(articles=["b"])) == Filters(articles=["b"])


def test_the_article_just_cited_answers(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, phone in (("公租房", "0512-1111"), ("老年食堂", "0512-2222"), ("家电补贴", "0512-3333")):
        text = f"# 柳河县{name}办事指南\n\n2026年3月1日\n\n## 申请\n\n{name}的申请表交到所在街道办事处。\n\n"
        text += f"## 咨询\n\n有疑问的，请拨打咨询电话{phone}。\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    index = open_index(settings.model_copy(update={"index": tmp_path / "index"}))
    ingest(index, [folder])
    assistant = Assistant(index, settings)
    for name, phone in (("公租房", "0512-1111"), ("老年食堂", "0512-2222")):
        question = f"{name}的申请表交到哪里？"
        first = assistant.ask(question)
        assert name in first.answer
        answer = assistant.ask("咨询电话是多少？", [Turn.after(question, first)])
        assert phone in answer.answer
        assert {each.title for each in answer.citations} == {f"柳河县{name}办事指南"}
    index.close()
