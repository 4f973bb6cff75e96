"""A question about the year that still runs is answered with the part of it that is told, which is said."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.near_miss import near_miss
from assistant.reading.candidate import Candidate
from assistant.reading.so_far import form_so_far, tells_all
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.state import Interpretation, Part, State
from assistant.understanding.question import parse
from corpus.language.periods import Period, of_months, of_years
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import Filters
from index.sync import ingest

TODAY = date(2026, 11, 30)


def _candidate(text: str, period: Period, *, covered: float = 1.0) -> Candidate:
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title="统计简报"))
    features = {"covered_with_context": covered}
    return Candidate(
        hit=hit, start=0, end=len(text), text=text, context="", periods=[period], features=features
    )


def _state(question: str, *candidates: Candidate, today: date = TODAY) -> State:
    parsed = parse(question, today)
    part = Part(parsed, Found(query=parsed.query()), list(candidates))
    return State(question, [], Filters(), today, interpretations=[Interpretation(parsed, [part])])


QUARTER = _candidate("一季度完成港口投资41亿元。", of_months(2026, 1, 3))
HALF = _candidate("上半年完成港口投资97亿元。", of_months(2026, 1, 6))
FIVE = _candidate("1至5月完成港口投资80亿元。", of_months(2026, 1, 5))
MAY = _candidate("5月当月完成港口投资17亿元。", of_months(2026, 5))
COMING = _candidate("全年预计完成港口投资210亿元。", of_years(2026))
OTHER = _candidate("前三季度粮食播种面积稳定。", of_months(2026, 1, 9), covered=0.2)


@pytest.mark.parametrize(
    ("question", "told", "form"),
    [
        ("2026年港口投资完成多少？", [QUARTER, HALF], "2026年上半年港口投资完成多少？"),
        ("2026年港口投资完成多少？", [FIVE, QUARTER], "2026年1至5月港口投资完成多少？"),
        ("2026年前几个月港口投资完成多少？", [QUARTER, MAY], "2026年一季度港口投资完成多少？"),
        ("2026年港口投资完成多少？", [QUARTER, OTHER], "2026年一季度港口投资完成多少？"),
        ("2026年港口投资完成多少？", [MAY], ""),
        ("2026年港口投资完成多少？", [COMING], ""),
        ("2026年上半年港口投资完成多少？", [QUARTER], ""),
        ("2025年港口投资完成多少？", [QUARTER, HALF], ""),
        ("港口投资完成多少？", [QUARTER, HALF], ""),
        ("2026年港口投资由谁负责？", [QUARTER, HALF], ""),
        ("2026年港口投资的目标是多少？", [QUARTER, HALF], ""),
        ("2026年计划完成港口投资多少？", [QUARTER, HALF], ""),
        ("2026年要建多少个港口？", [QUARTER, HALF], ""),
        ("2026年底港口泊位有多少个？", [QUARTER, HALF], ""),
        ("2026年港口投资完成多少？", [], ""),
    ],
)
def test_the_longest_stretch_that_is_told_is_asked_of(
    question: str, told: list[Candidate], form: str
) -> None:
    found = form_so_far(_state(question, *told))
    assert (found.question if found else "") == form


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        ("2026年上半年港口投资多少？", True),
        ("2026年上半年全国港口投资多少？", True),
        ("2026年上半年港口每月投资多少？", False),
        ("2026年上半年港口投资标准是多少？", False),
        ("2026年上半年港口平均投资多少？", False),
        ("2026年上半年机场投资多少？", False),
    ],
)
def test_the_part_of_a_year_answers_only_what_it_tells_whole(question: str, is_told: bool) -> None:
    assert tells_all(_state(question, HALF).best) is is_told


def test_a_year_that_is_over_is_asked_as_a_whole() -> None:
    assert form_so_far(_state("2026年港口投资完成多少？", HALF, today=date(2027, 2, 1))) is None


def test_stretches_that_are_still_to_come_are_left() -> None:
    found = form_so_far(_state("2026年港口投资完成多少？", HALF, QUARTER, today=date(2026, 5, 20)))
    assert found is not None
    assert found.so_far == "2026年一季度"


@pytest.mark.parametrize(
    ("question", "candidate", "named"),
    [
        (
            "2025年港口投资完成多少？",
            _candidate("上半年完成港口投资97亿元。", of_months(2025, 1, 6)),
            "2025年1月至2025年6月",
        ),
        ("2025年港口投资完成多少？", _candidate("全年完成港口投资180亿元。", of_years(2025)), ""),
        ("2025年上半年港口投资完成多少？", _candidate("5月完成港口投资17亿元。", of_months(2025, 5)), ""),
    ],
)
def test_a_part_of_the_year_is_near_to_the_whole(question: str, candidate: Candidate, named: str) -> None:
    missed = near_miss(_state(question, candidate))
    assert bool(missed) == bool(named)
    assert missed is None or (named in missed[0] and candidate.text[:-1] in missed[0])


def test_the_answer_says_of_which_part_it_is(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "港口.md").write_text(
        "# 海港建设简报\n\n2026年7月20日\n\n2026年一季度，全省港口完成投资41亿元，增长3.1%。\n\n"
        "2026年上半年，全省港口完成投资97亿元，增长4.6%。\n",
        "utf-8",
    )
    index = open_index(settings.model_copy(update={"index": tmp_path / "index"}))
    ingest(index, [tmp_path / "articles"])
    assistant = Assistant(index, settings)
    answer = assistant.ask("2026年全省港口完成投资多少？", today=TODAY)
    assert not answer.refused
    assert "97亿元" in answer.answer
    assert any("2026年上半年" in note for note in answer.notes)
    exact = assistant.ask("2026年一季度全省港口完成投资多少？", today=TODAY)
    assert "41亿元" in exact.answer
    assert exact.notes == []
    index.close()
