"""Warnings about sets, and items proposed from the articles."""

from pathlib import Path

from assistant.service import Assistant
from evals.check import check_items
from evals.draft import proposals
from evals.evidence import EvidenceFinder
from evals.items import EvalItem
from evals.metrics.facts import holds
from index.sync import ingest
from tests.index.killed_ingest import open_index

QUOTE = "截至2025年，已在科创板上市的上海集成电路公司共有35家，数量排在全国首位。"


def codes(items: list[EvalItem], **options: object) -> list[tuple[str, object]]:
    return [(problem.code, problem.fields.get("id")) for problem in check_items(items, **options)]  # type: ignore[arg-type]


def test_what_cannot_be_trusted_is_warned_of(assistant: Assistant) -> None:
    items = [
        EvalItem(id="1", question="上海有多少家?", facts=[["35家"]], evidence=[QUOTE]),
        EvalItem(id="2", question="上海有多少家？", facts=[["35家"]], evidence=["上海共有36家。"]),
        EvalItem(id="3", question="没有要点?"),
        EvalItem(id="4", question="不可答?", answerable=False, facts=[["x"]]),
        EvalItem(id="5", question="要点不在证据里?", facts=[["99家"]], evidence=[QUOTE]),
        EvalItem(id="6", question="没有证据?", facts=[["35家"]]),
    ]
    found = codes(items, finder=EvidenceFinder(assistant.index))
    assert ("warn_duplicate", "2") in found
    assert ("warn_quote_nowhere", "2") in found
    assert ("warn_quote_nowhere", "1") not in found
    assert ("warn_no_facts", "3") in found
    assert ("warn_facts_of_absent", "4") in found
    assert ("warn_fact_not_in_evidence", "5") in found
    assert ("warn_no_evidence", None) in found


def test_near_duplicates_ask_of_the_same_figures() -> None:
    long = "{}年全国规模以上工业企业实现利润总额比上一年增长了多少个百分点"
    items = [
        EvalItem(id="1", question=long.format(2024) + "?", facts=[["1"]]),
        EvalItem(id="2", question=long.format(2024) + "呢?", facts=[["1"]]),
        EvalItem(id="3", question=long.format(2023) + "?", facts=[["1"]]),
    ]
    found = codes(items)
    assert ("warn_near_duplicate", "2") in found
    assert ("warn_near_duplicate", "3") not in found


def test_leaks_between_sets_are_found() -> None:
    ours = [EvalItem(id="1", question="上海2025年营收多少?", facts=[["1"]])]
    theirs = [EvalItem(id="9", question="上海 2025年营收多少？", facts=[["1"]])]
    assert ("warn_leak", "1") in codes(ours, others=[(Path("dev.jsonl"), theirs)])


def test_a_quote_is_found_whatever_its_spaces_and_width(assistant: Assistant) -> None:
    finder = EvidenceFinder(assistant.index)
    spaced = QUOTE.replace("2025", "２０２５").replace("，", "， ")
    assert len(finder.places(spaced)) == 1
    place = finder.places(spaced)[0]
    article = assistant.index.catalogue.article(place.article_id)
    assert article is not None
    assert article.text[place.start : place.end] == QUOTE
    assert finder.passages_with(QUOTE)
    assert not finder.places("没有这样的话。")


def test_proposals_stand_in_the_articles_and_are_not_made_twice(assistant: Assistant) -> None:
    found = proposals(assistant.index, most=60)
    assert len(found) == 60
    assert len({item.id for item in found}) == 60
    finder = EvidenceFinder(assistant.index)
    for item in found:
        assert finder.places(item.evidence[0])
        assert holds(item.evidence[0], item.facts[0][0])
        assert not holds(item.question, item.facts[0][0])
    assert {item.type for item in found} >= {"fact", "date"}
    again = proposals(assistant.index, known=[item.question for item in found], most=60)
    assert not {item.question for item in again} & {item.question for item in found}


def test_a_proposal_has_neither_the_number_of_its_provision_nor_half_a_bracket(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 登记办法\n\n第四十二条 从事登记活动的人员应当每年参加培训30个小时。\n\n"
        "1. 登记机关对增程车（前4个月销量128万辆，增长5%）另行统计。\n"
        "第 3 条 县里对示范项目按投资规模给予补助500万元—5000万元。\n",
        "utf-8",
    )
    index = open_index(tmp_path / "index")
    ingest(index, [tmp_path / "a.md"])
    questions = [item.question for item in proposals(index)]
    index.close()
    assert questions == ["从事登记活动的人员应当每年参加培训多少个小时?"]
