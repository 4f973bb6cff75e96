"""Documents asked for by number, provisions of rules, and rows of tables by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.model import Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from index.sync import ingest

FILES = {
    "a.md": "# 北岭市场管理办法\n\n第一条 为了规范市场，制定本办法。\n\n第三条 市场开办者应当每季度公示一次检测结果。\n公示期不少于七日。\n\n"
    "第四条 有下列情形之一的，处五千元罚款：\n（一）未公示的；\n（二）公示虚假的。\n",
    "b.md": "# 北岭集市管理规定\n\n第一条 为了管理集市，制定本规定。\n\n第三条 集市每日六时开放。\n",
    "c.md": "# 国务院关于促进康养产业发展的意见\n\n国发〔2024〕17号\n\n各省、自治区、直辖市人民政府：\n\n到2027年，全国康养床位达到900万张。\n",
    "d.md": "# 国务院关于促进冷链物流发展的意见\n\n国发〔2024〕7号\n\n到2027年，全国冷库总容量达到3亿立方米。本意见自印发之日起施行，《国务院关于促进冷链发展的通知》（国发〔2019〕17号）同时废止。\n",
    "e.csv": "地区,产值,增速\n竹山市,1204.5亿元,6.1%\n石桥县,98.7亿元,4.4%\n梅溪县,77.3亿元,3.9%\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("named")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    own = settings.model_copy(update={"index": tmp_path_factory.mktemp("named-index")})
    index = open_index(own)
    assert not ingest(index, [folder]).problems
    return Assistant(index, own)


def test_a_provision_is_quoted_whole(small: Assistant) -> None:
    answer = small.ask("北岭市场管理办法第三条规定了什么？")
    assert "每季度公示一次" in answer.answer
    assert "不少于七日" in answer.answer
    assert answer.citations[0].quote == "第三条 市场开办者应当每季度公示一次检测结果。\n公示期不少于七日。"
    assert answer.flags == []
    after = small.ask("第四条第二项呢？", [Turn.after("北岭市场管理办法第三条规定了什么？", answer)])
    assert [citation.quote for citation in after.citations] == ["（二）公示虚假的。"]
    assert small.ask("北岭市场管理办法第九十条规定了什么？").refused


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("促进康养产业意见的文号是什么", "国发〔2024〕17号"),
        ("冷链物流发展意见是几号文", "国发〔2024〕7号"),
    ],
)
def test_the_number_of_a_document_is_told_by_its_shortened_title(
    small: Assistant, question: str, number: str
) -> None:
    assert number in small.ask(question).answer


def test_a_document_is_found_by_its_number(small: Assistant) -> None:
    for written in ("国发〔2024〕17号", "国发[2024] 17号"):
        answer = small.ask(f"{written}的主要内容是什么？")
        assert "900万张" in answer.answer
        assert "各省" not in answer.answer
    assert small.ask("国务院关于促进康养产业发展的意见的文号是什么？").short_answer == "国发〔2024〕17号"
    assert "同时废止" in small.ask("国发〔2019〕17号还有效吗？").answer
    assert small.ask("国发〔2024〕99号的主要内容是什么？").refused


def test_the_row_that_is_named_answers(small: Assistant) -> None:
    assert small.ask("梅溪县增速是多少？").short_answer == "3.9%"
    assert small.ask("竹山市产值是多少？").short_answer == "1204.5亿元"
