"""What a whole document lays down is told by its parts; what is asked of one thing in it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.model import Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.understanding.document_asked import document_asked
from assistant.understanding.question import parse
from index.sync import ingest

PLAN = """# 云溪市人民政府关于促进夜间经济发展的若干意见

一、总体要求

坚持便民利民，让夜间消费更有活力、更有秩序，更好满足群众需要。

二、主要任务

（一）建设夜间街区。到2027年建成12个示范街区，每个街区一次性奖励30万元。

（二）延长营业时间。博物馆和图书馆周末开放到晚上九点半。

三、保障措施

（三）加强公交配套。末班车延到晚上十一点，主干线路加密到十分钟一班。

（四）简化外摆审批。街区外摆由街道备案，三个工作日内办结。

四、组织实施

市商务局每年公布一次进展，各区按季度报送情况，年底统一考核。
"""
RULE = """# 云溪市河道管理办法

第一条 为了加强河道管理，制定本办法。

第二条 市水利局负责全市河道管理工作。

第三条 在河道内采砂应当取得许可证。

第四条 禁止向河道倾倒垃圾，违者处两千元罚款。
"""
NEWS = "# 云溪市夜间经济报道\n\n记者获悉，云溪市夜间消费额去年增长8.2%，夜市摊位达到460个。\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("outline")
    for name, text in {"a.md": PLAN, "b.md": RULE, "c.md": NEWS}.items():
        (folder / name).write_text(text, "utf-8")
    own = settings.model_copy(update={"index": tmp_path_factory.mktemp("outline-index")})
    index = open_index(own)
    assert not ingest(index, [folder]).problems
    return Assistant(index, own)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("云溪市促进夜间经济发展的若干意见有哪些规定？", ["总体要求", "主要任务", "保障措施", "组织实施"]),
        ("《云溪市人民政府关于促进夜间经济发展的若干意见》提出了哪些要求", ["总体要求", "主要任务", "保障措施", "组织实施"]),
        ("夜间经济发展若干意见的保障措施有哪些", ["保障措施"]),
    ],
)  # fmt: skip
def test_all_of_a_document_is_told_by_its_parts(small: Assistant, question: str, parts: list[str]) -> None:
    answer = small.ask(question)
    assert answer.overview is not None
    assert answer.overview.by == "section"
    assert [group.name.partition("、")[2] for group in answer.overview.groups] == parts
    assert all(line.citations for group in answer.overview.groups for line in group.lines)
    assert any("提纲" in note for note in answer.notes)


def test_numbers_that_go_on_over_headings_are_all_told(small: Assistant) -> None:
    answer = small.ask("云溪市促进夜间经济发展的若干意见有哪些措施？")
    for point in ("建设夜间街区", "延长营业时间", "加强公交配套", "简化外摆审批"):
        assert point in answer.answer


def test_a_rule_without_headings_is_told_by_its_provisions(small: Assistant) -> None:
    answer = small.ask("云溪市河道管理办法有哪些规定")
    assert answer.overview is not None
    assert [group.name for group in answer.overview.groups] == ["云溪市河道管理办法"]
    assert [line.text[:3] for line in answer.overview.groups[0].lines] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "云溪市促进夜间经济发展的若干意见对示范街区奖励多少？",
        "云溪市河道管理办法由谁负责？",
        "云溪市河道管理办法第三条规定了什么？",
        "云溪市夜间经济有哪些政策？",
        "东岭市促进夜间经济发展的若干意见有哪些措施？",
        "云溪市河道管理办法对采砂有哪些规定？",
    ],
)
def test_what_is_asked_of_one_thing_is_no_outline(small: Assistant, question: str) -> None:
    answer = small.ask(question)
    assert answer.overview is None or answer.overview.by != "section"


@pytest.mark.parametrize(
    ("question", "title", "of"),
    [
        ("某省养老服务条例规定了哪些内容", "某省养老服务条例", ()),
        ("养老服务条例的监督管理措施有哪些", "某省养老服务条例", ("监督管理",)),
        ("某省殡葬管理条例规定了哪些内容", "某省养老服务条例", None),
        ("养老服务有哪些政策", "某省养老服务条例", None),
    ],
)
def test_which_document_and_which_part_is_asked_for(
    question: str, title: str, of: tuple[str, ...] | None
) -> None:
    asked = document_asked(parse(question), title)
    assert (asked.of if asked else None) == of


def test_a_follow_up_that_asks_for_no_list_gets_no_outline(small: Assistant) -> None:
    first = "云溪市促进夜间经济发展的若干意见有哪些措施？"
    answer = small.ask("公交末班车呢？", [Turn.after(first, small.ask(first))])
    assert answer.overview is None or answer.overview.by != "section"


def test_headings_without_text_break_nothing(tmp_path: Path, settings: Settings) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    bare = "# 云溪市集市管理办法\n\n第一章 总则\n\n第一条 集市每日开放到晚上九点，节日另行通知。\n\n## 第二章\n\n## 第三章\n\n（一）保洁\n\n（二）保安\n"
    (corpus / "d.md").write_text(bare, "utf-8")
    own = settings.model_copy(update={"index": tmp_path / "index"})
    index = open_index(own)
    ingest(index, [corpus])
    assert Assistant(index, own).ask("云溪市集市管理办法有哪些规定？").answer
