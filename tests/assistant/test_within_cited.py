"""A follow-up that names nothing new may ask of the articles that the last answer cites."""

from datetime import date
from pathlib import Path

import pytest

from assistant.model import Turn
from assistant.reading.candidate import Candidate
from assistant.reading.last_frame import of_another_frame
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.state import Interpretation, Part, State
from assistant.understanding.conversation import names_another_thing, within_last_articles
from assistant.understanding.question import parse
from corpus.language.periods import Period, of_years
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
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


def test_ids_that_no_database_holds_fit_nothing() -> None:
    form = Interpretation(parse("打哪个电话？"), within=("\ud800", "a\0"))
    assert form.filters(Filters()).articles == ["\ufffd", "a\ufffd"]


def _candidate(text: str, context: str, period: Period) -> Candidate:
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title=context))
    return Candidate(hit=hit, start=0, end=len(text), text=text, context=context, periods=[period])


@pytest.mark.parametrize(
    ("before", "follow_up", "sentence", "is_another"),
    [
        ("2025年供水总量多少？", "漏损率是多少？", ("漏损率为9.7%。", "供水简报", of_years(2026)), True),
        ("2026年供水总量多少？", "漏损率是多少？", ("漏损率为9.7%。", "供水简报", of_years(2026)), False),
        ("2025年供水总量多少？", "由谁负责？", ("由水务局负责。", "供水简报", of_years(2026)), False),
        ("第三期工程投资多少？", "工期多长？", ("工期18个月。", "第四期工程方案", of_years(2026)), True),
        (
            "第三期工程投资多少？",
            "工期多长？",
            ("第三期工期18个月。", "第四期工程方案", of_years(2026)),
            False,
        ),
        (
            "第三期工程投资多少？",
            "第四期工期呢？",
            ("第四期工期18个月。", "第四期工程方案", of_years(2026)),
            False,
        ),
        ("工程投资多少？", "工期多长？", ("工期18个月。", "第四期工程方案", of_years(2026)), False),
    ],
)
def test_the_time_and_the_ordinal_asked_of_before_go_on(
    before: str, follow_up: str, sentence: tuple[str, str, Period], is_another: bool
) -> None:
    state = State(
        follow_up, [Turn(question=before, standalone_question=before)], Filters(), date(2026, 11, 30)
    )
    part = Part(parse(follow_up, state.today), candidates=[_candidate(*sentence)])
    assert of_another_frame(state, part) is is_another


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
    first = assistant.ask("公租房的申请表交到哪里？")
    none_of_them = Filters(years=[2019])
    answer = assistant.ask(
        "打哪个电话？", [Turn.after("公租房的申请表交到哪里？", first)], filters=none_of_them
    )
    assert answer.standalone_question != "柳河县公租房办事指南 打哪个电话？"
    index.close()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("那归母净利润呢？", True),
        ("化石能源制氢呢", True),
        ("只是临时出去看病呢？", False),
        ("打哪个电话？", False),
    ],
)
def test_what_only_names_another_thing(question: str, names: bool) -> None:
    assert names_another_thing(question) is names
