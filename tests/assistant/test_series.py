"""Figures over years: which years are asked for, and the numbers that an answer tells of them."""

from datetime import date

import pytest

from assistant.checking.series_of_table import add_series
from assistant.model import Answer, Citation
from assistant.reading.by_time import tells_part_of_stretch
from assistant.reading.candidate import Candidate
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.table import MISSING, Table, TableCell
from assistant.understanding.question import parse
from assistant.understanding.series_asked import series_asked
from corpus.language.periods import of_years
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.sync import ingest

_TODAY = date(2026, 3, 1)


# -- what is asked


@pytest.mark.parametrize(
    ("question", "years", "times"),
    [
        ("2021年到2025年全国粮食产量分别是多少?", [], (2021, 2025)),
        ("2021-2024年南京GDP", [], (2021, 2024)),
        ("2020年以来全国粮食产量", [2018, 2022, 2024], (2020, 2024)),
        ("历年研发经费投入强度", [2019, 2023], (2019, 2023)),
        ("历年研发经费投入强度", [1990, 2023], (2004, 2023)),
        ("近三年杭州优良天数的变化情况", [2015, 2024], (2020, 2024)),
    ],
)
def test_the_years_are_those_of_the_stretch(question: str, years: list[int], times: tuple[int, int]) -> None:
    asked = series_asked(parse(question, _TODAY))
    assert asked is not None
    told = asked.times_told(years)
    assert (told[0], told[-1]) == tuple(f"{year}年" for year in times)
    assert len(told) == times[1] - times[0] + 1


def test_quarters_and_months_of_a_year() -> None:
    quarters = series_asked(parse("2025年各季度GDP增速", _TODAY))
    months = series_asked(parse("2012年1-3月每月的出口额", _TODAY))
    assert quarters is not None
    assert months is not None
    assert quarters.times[-1] == "2025年四季度"
    assert months.times == ("2012年1月", "2012年2月", "2012年3月")


@pytest.mark.parametrize(
    "question",
    [
        "2020年以来城镇新增就业",
        "2019年以来进出口总额",
        "2021年以来新建高铁里程",
        "2020年以来城镇新增就业多少",
        "2018年以来全省新增了多少家医院",
    ],
)
def test_what_names_no_sum_asks_for_each_year(question: str) -> None:
    assert series_asked(parse(question, _TODAY)) is not None


@pytest.mark.parametrize(
    "question",
    [
        "近五年粮食产量一共多少?",
        "2020年以来全市供水总量增加了多少",
        "2020年以来全市供水总量最高是多少",
        "2019年以来累计进出口总额",
        "2019年以来新建充电桩总数",
        "十三五期间城镇新增就业总人数",
        "2020年以来年均增速是多少",
        "2020年到2024年粮食产量增加了多少?",
        "近五年哪一年粮食产量最高?",
        "近五年级考试成绩",
        "近年来有哪些政策支持研发?",
        "2021年至2024年南京和合肥的地区生产总值分别是多少",
        "2024年全国粮食产量是多少?",
        "2000年到2025年全国粮食产量",
    ],
)
def test_what_came_together_or_is_asked_of_several_is_no_series(question: str) -> None:
    assert series_asked(parse(question, _TODAY)) is None


# -- points of a table


def _answer(cells: dict[str, tuple[str, str]], dates: str = "") -> Answer:
    rows, citations = [], []
    for number, (time, (text, quote)) in enumerate(cells.items(), 1):
        rows.append([TableCell(text=time), TableCell(text=text, citations=[number] if quote else [])])
        if quote:
            citations.append(
                Citation(
                    n=number, article_id="a", title="题", quote=quote, start=0, end=len(quote), date=dates
                )
            )
    table = Table(columns=["时间", "产量"], rows=rows)
    answer = Answer(question="问", standalone_question="问", citations=citations, table=table)
    add_series(answer)
    return answer


def _values(answer: Answer) -> list[float | None]:
    assert answer.series is not None
    return [point.value for point in answer.series.lines[0].points]


def test_values_are_numbers_in_one_unit_and_gaps_have_none() -> None:
    answer = _answer(
        {
            "2021年": ("6.8285亿吨", "2021年产量6.8285亿吨。"),
            "2022年": (MISSING, "2022年产量再创新高。"),
            "2023年": ("69541万吨", "2023年产量69541万吨。"),
            "2024年": ("70650万吨", "2024年产量70650万吨。"),
        }
    )
    assert answer.series is not None
    assert answer.series.unit == "万吨"
    assert _values(answer) == [68285.0, None, 69541.0, 70650.0]
    points = answer.series.lines[0].points
    assert points[0].text == "6.8285亿吨"
    assert [point.period for point in points] == ["2021", "2022", "2023", "2024"]
    assert points[1].citations == [2]


def test_a_goal_is_told_from_a_result() -> None:
    cells = {
        "2024年": ("70650万吨", "2024年产量70650万吨。"),
        "2025年": ("71400万吨", "2025年产量达到71400万吨；2026年目标为70000万吨左右。"),
        "2026年": ("70000万吨", "2025年产量达到71400万吨；2026年目标为70000万吨左右。"),
    }
    answer = _answer(cells)
    assert answer.series is not None
    assert [point.is_goal for point in answer.series.lines[0].points] == [False, False, True]
    assert answer.table is not None
    assert [row[1].is_goal for row in answer.table.rows] == [False, False, True]
    # What was written before a year was over is no result of it.
    early = _answer({**cells, "2026年": ("70000万吨", "2026年产量70000万吨。")}, dates="2026-03-05")
    assert early.series is not None
    assert [point.is_goal for point in early.series.lines[0].points] == [False, False, True]


def test_a_bound_is_a_goal_or_a_gap() -> None:
    answer = _answer(
        {
            "2024年": ("70650万吨", "2024年产量70650万吨。"),
            "2025年": ("70000万吨以上", "2025年产量70000万吨以上。"),
            "2026年": ("70000万吨以上", "2026年目标为70000万吨以上。"),
        }
    )
    assert _values(answer) == [70650.0, None, 70000.0]


def test_what_is_told_in_december_is_the_result_of_its_year() -> None:
    cells = {
        f"{year}年": (f"7065{year % 10}万吨", f"{year}年产量7065{year % 10}万吨。")
        for year in (2022, 2023, 2024)
    }
    answer = _answer(cells, dates="2024-12-13")
    assert answer.series is not None
    assert not any(point.is_goal for point in answer.series.lines[0].points)


def test_a_fall_is_a_negative_value() -> None:
    answer = _answer(
        {
            "2021年": ("8.4%", "2021年增速8.4%。"),
            "2022年": ("下降3.0%", "2022年下降3.0%。"),
            "2023年": ("-5.2%", "2023年增速-5.2%。"),
        }
    )
    assert _values(answer) == [8.4, -3.0, -5.2]


def test_other_tables_are_no_series() -> None:
    assert _answer({"2021年": ("1吨", "1吨"), "2022年": ("2吨", "2吨")}).series is None
    assert _answer({"合肥": ("1吨", "1吨"), "南京": ("2吨", "2吨"), "武汉": ("3吨", "3吨")}).series is None
    assert _answer({f"202{year}年": (MISSING, "") for year in range(4)}).series is None
    assert _answer({f"202{year}年": ("约3至5万吨", "约3至5万吨") for year in range(4)}).series is None
    cumulated = {
        "2024年一季度": ("1吨", "1吨"),
        "2024年上半年": ("2吨", "2吨"),
        "2024年前三季度": ("3吨", "3吨"),
    }
    assert _answer(cumulated).series is None


# -- with an index

_GRAIN = {2020: "66949", 2021: "68285", 2023: "69541", 2024: "70650"}


@pytest.fixture(scope="module")
def grain(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant on four yearly bulletins, of which one year is missing."""
    folder = tmp_path_factory.mktemp("grain")
    articles = folder / "articles"
    articles.mkdir()
    for year, figure in _GRAIN.items():
        text = (
            f"---\ndate: {year + 1}-02-28\n---\n# {year}年国民经济和社会发展统计公报\n\n"
            f"{year}年全国粮食产量{figure}万吨，比上年增长1.{year % 10}%。全年经济运行平稳。"
        )
        (articles / f"{year}.md").write_text(text, encoding="utf-8")
    own = settings.model_copy(update={"index": folder / "index", "today": "2026-03-01"})
    index = open_index(own)
    ingest(index, [articles])
    return Assistant(index, own)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2020年以来全国粮食产量", range(2020, 2025)),
        ("近三年全国粮食产量", range(2022, 2025)),
        ("历年全国粮食产量", range(2020, 2025)),
        ("2022年到2025年全国粮食产量分别是多少?", range(2022, 2026)),
    ],
)
def test_a_series_of_bulletins_with_its_gaps(grain: Assistant, question: str, years: range) -> None:
    answer = grain.ask(question)
    assert answer.series is not None
    points = answer.series.lines[0].points
    assert [point.time for point in points] == [f"{year}年" for year in years]
    assert [point.value for point in points] == [
        float(_GRAIN[year]) if year in _GRAIN else None for year in years
    ]
    quotes = {citation.n: citation.quote for citation in answer.citations}
    for point in points:
        assert point.is_gap or any(point.text in quotes[number] for number in point.citations)
    told = answer.model_dump(mode="json")["series"]
    assert told["unit"] == "万吨"
    assert {"time", "period", "text", "value", "is_goal", "citations"} == set(told["lines"][0]["points"][0])


def test_a_question_of_one_year_has_no_series(grain: Assistant) -> None:
    assert grain.ask("2024年全国粮食产量是多少?").series is None


@pytest.mark.parametrize(
    ("question", "sentence", "years", "is_part"),
    [
        ("2020年以来新建医院多少家", "2020年新建医院12家。", (2020, 2020), True),
        ("2020年以来新建医院多少家", "2020年以来新建医院71家。", (2020, 2020), False),
        ("2021年到2024年一共新建医院多少家", "2023年新建医院15家。", (2023, 2023), True),
        ("2021年到2024年一共新建医院多少家", "2021年至2024年新建医院58家。", (2021, 2024), False),
        ("2020年新建医院多少家", "2020年新建医院12家。", (2020, 2020), False),
    ],
)
def test_one_year_is_part_of_what_several_came_to(
    question: str, sentence: str, years: tuple[int, int], is_part: bool
) -> None:
    passage = Passage(id="a-0", article_id="a", position=0, text=sentence, start=0, end=len(sentence))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title="公报"))
    candidate = Candidate(
        hit=hit, start=0, end=len(sentence), text=sentence, context="", periods=[of_years(*years)]
    )
    assert tells_part_of_stretch(parse(question, _TODAY), candidate) is is_part
