"""Figures over years: which figure of which sentence is that of a year, and what stays a gap."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from assistant.answering.figures_in_a_row import figure_of_year, rows_in, year_of_end
from assistant.answering.series import series_cells
from assistant.answering.table_cell import CellFound
from assistant.reading.by_time import add_forms_by_time, keep_series
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Interpretation, Part, State
from assistant.table import MISSING
from assistant.understanding.question import parse
from assistant.understanding.series_asked import series_asked
from corpus.language.periods import of_years
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import Filters

_TODAY = date(2026, 3, 1)


# -- a row of one sentence


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "2021—2023年，全国粮食产量分别为68285万吨、68653万吨和69541万吨。",
            ["68285万吨", "68653万吨", "69541万吨"],
        ),
        (
            "2021-2023年粮食产量分别为6.83、6.87和6.95亿吨，增长2.0%、0.5%和1.3%。",
            ["6.83亿吨", "6.87亿吨", "6.95亿吨"],
        ),
        (
            "2022年和2023年销售收入分别是1,234.5亿元、1,300亿元；利润分别为2亿元、3亿元。",
            ["1234.5亿元", "1300亿元"],
        ),
        ("2021至2023年水稻、小麦、玉米产量分别为1万吨、2万吨、3万吨。", []),
        ("2021至2023年产量分别为1万吨、2万吨。", []),
        ("2020-2022年产量分别增长1.0%、2.0%、3.0%。", []),
        ("2023年、2021年产量分别为1万吨、2万吨。", []),
    ],
)
def test_a_row_is_aligned_only_where_it_fits_one_to_one(sentence: str, told: list[str]) -> None:
    rows = rows_in(sentence)
    assert (list(rows[0][1].values()) if rows else []) == told


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "2023-2024年收入从42亿元增至82亿元，2025年达104亿元",
            [("收入", {2023: "42亿元", 2024: "82亿元"})],
        ),
        ("2017年到2021年，城镇化率由46.4%上升至55.3%", [("城镇化率", {2017: "46.4%", 2021: "55.3%"})]),
        (
            "2020—2024年，人员从30万人增加到45万人，经费从200亿元增加到300亿元",
            [
                ("人员", {2020: "30万人", 2024: "45万人"}),
                ("经费", {2020: "200亿元", 2024: "300亿元"}),
            ],
        ),
        # Not of these years, or no change.
        ("2021—2024年累计投入500亿元", []),
        ("2021—2024年增长较快。收入从42亿元增至82亿元", []),
    ],
)
def test_what_changed_over_years_is_of_the_first_and_of_the_last(
    text: str, rows: list[tuple[str, dict[int, str]]]
) -> None:
    assert rows_in(text) == rows


def test_the_figure_from_which_a_sum_rose_is_of_the_first_year() -> None:
    text = "2023-2024年收入从42亿元增至82亿元,2025年达104亿元"
    assert [year_of_end(text, text.index(each)) for each in ("42", "82", "104")] == [2023, 2024, 0]


@pytest.mark.parametrize(
    ("row", "thing", "figure"),
    [
        ("2021—2023年全市粮食产量分别为61万吨、63万吨和65万吨", "粮食产量", "63万吨"),
        ("2021—2023年粮食的产量分别为61万吨、63万吨和65万吨", "粮食产量", "63万吨"),
        ("2021—2023年人均粮食产量分别为483公斤、486公斤和493公斤", "粮食产量", ""),
        ("粮食产量2021—2023年分别为61万吨、63万吨和65万吨", "全市粮食产量", "63万吨"),
        ("2021—2023年粮食产量目标分别为61万吨、63万吨和65万吨", "粮食产量", ""),
    ],
)
def test_a_row_is_of_what_it_names_and_of_nothing_else(row: str, thing: str, figure: str) -> None:
    assert figure_of_year(row, thing, 2022) == figure


# -- picking


def _candidate(text: str, *years: int, region: str = "", number: int = 0, **features: float) -> Candidate:
    passage = Passage(id=f"{number}-0", article_id=str(number), position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id=str(number), title="公报", region=region))
    periods = [of_years(year) for year in years]
    return Candidate(
        hit=hit, start=0, end=len(text), text=text, context="", periods=periods, features=features
    )


def _picked(question: str, read: Mapping[int, tuple[str, Candidate] | None]) -> list[str]:
    """What `series_cells` leaves of values read off sentences, by year."""
    parsed = parse(question, _TODAY)
    asked = series_asked(parsed)
    assert asked is not None
    grid = asked.grid(tuple(f"{year}年" for year in read))
    parts = [Part(parse(text, _TODAY)) for text in grid.cells]
    for part, told in zip(parts, read.values(), strict=True):
        part.candidates = [told[1]] if told else []
    form = Interpretation(parsed, parts, by_time=grid, series=asked)
    values = {id(told[1]): told[0] for told in read.values() if told}

    def value_of(part: Part, candidates: Sequence[Candidate]) -> CellFound:
        value = values.get(id(candidates[0]), MISSING)
        return CellFound(value, support=candidates[0])

    return [cell.text for cell in series_cells(form, grid, parts, value_of)]


_ASKED = "2021年至2023年全国粮食产量分别是多少"
_OWN = {
    2021: ("68285万吨", _candidate("2021年全国粮食产量68285万吨，比上年增长2.0%。", 2021)),
    2023: ("69541万吨", _candidate("2023年全国粮食产量69541万吨。", 2023, number=2)),
}


@pytest.mark.parametrize(
    ("value", "candidate", "picked"),
    [
        (
            "68653万吨",
            _candidate("2022年全国粮食产量68653万吨，比2021年增加368万吨。", 2022, number=1),
            "68653万吨",
        ),
        ("6.87亿吨", _candidate("2022年全国粮食产量6.87亿吨。", 2022, number=1), "6.87亿吨"),
        ("68653万吨", _candidate("全国粮食产量68653万吨。", 2019, number=1), MISSING),
        ("368万吨", _candidate("2022年全国粮食产量比上年增加368万吨。", 2022, number=1), MISSING),
        (
            "69541万吨",
            _candidate("2022年全国粮食产量68653万吨，2023年69541万吨。", 2022, 2023, number=1),
            MISSING,
        ),
        ("68653万吨", _candidate("2022年、2023年粮食产量分别为69541万吨。", 2022, 2023, number=1), MISSING),
        ("0.5%", _candidate("2022年粮食产量增长0.5%。", 2022, number=1), MISSING),
        ("3850万吨", _candidate("2022年粮食产量增长，其中夏粮产量3850万吨。", 2022, number=1), MISSING),
        ("65000万吨以上", _candidate("今年粮食产量的预期目标是65000万吨以上。", 2022, number=1), MISSING),
        (
            "53900万吨",
            _candidate("2022年夏粮、秋粮产量分别达14700万吨、53900万吨。", 2022, number=1),
            MISSING,
        ),
        ("66000万吨", _candidate("2022年前五年粮食产量年均66000万吨。", 2022, number=1), MISSING),
        ("68653万吨至69000万吨", _candidate("2022年粮食产量68653万吨至69000万吨。", 2022, number=1), MISSING),
        ("4100万吨", _candidate("2022年粮食产量4100万吨。", 2022, region="安徽", number=1), MISSING),
        ("68653吨", _candidate("2022年全国粮食产量68653吨。", 2022, number=1), MISSING),
    ],
)
def test_a_figure_is_a_point_only_where_it_is_plainly_that_of_its_year(
    value: str, candidate: Candidate, picked: str
) -> None:
    read = {2021: _OWN[2021], 2022: (value, candidate), 2023: _OWN[2023]}
    assert _picked(_ASKED, read) == ["68285万吨", picked, "69541万吨"]


def test_a_year_without_a_sentence_is_filled_from_a_row_and_not_guessed() -> None:
    row = _candidate("2020—2022年，全国粮食产量分别为66949万吨、68285万吨和68653万吨。", 2020, number=3)
    assert _picked(_ASKED, {2021: None, 2022: ("68285万吨", row), 2023: _OWN[2023]}) == [
        "68285万吨",
        "68653万吨",
        "69541万吨",
    ]
    other = _candidate(row.text, 2020, number=3, place_other=1.0)
    assert _picked(_ASKED, {2021: None, 2022: ("68285万吨", other), 2023: _OWN[2023]})[:2] == [
        MISSING,
        MISSING,
    ]


# -- which years the articles tell


def _kept(question: str, told: dict[int, float], known: list[int]) -> list[str]:
    """The times of a question of whose years some are told, each with how surely."""
    parsed = parse(question, _TODAY)
    state = State(question=question, history=[], filters=Filters(), today=_TODAY)
    state.interpretations = [Interpretation(parsed, [Part(parsed)])]
    passage = Passage(id="0-0", article_id="0", position=0, text="文", start=0, end=1, years=known)
    hit = Hit(passage=passage, article=ArticleInfo(id="0", title="公报"))
    state.interpretations[0].parts[0].found = Found(hits=[hit])
    add_forms_by_time(state, lambda part: Found(hits=[hit]))
    form = state.interpretations[-1]
    for part in form.parts if form.by_time is not None else []:
        year = part.parsed.query().years[0]
        part.confidence = told.get(year, 0.0)
        part.candidates = [_candidate("文", year)]
    keep_series(state, Scorer(rank={}, confidence={}, threshold=0.5))
    kept = [form for form in state.interpretations if form.by_time is not None]
    return list(kept[0].by_time.axes[0].labels) if kept and kept[0].by_time is not None else []


@pytest.mark.parametrize(
    ("question", "told", "kept"),
    [
        ("近三年粮食产量", {2020: 0.9, 2021: 0.9, 2023: 0.9, 2024: 0.9}, (2022, 2024)),
        ("近三年粮食产量", {2023: 0.9, 2024: 0.9, 2026: 0.2}, (2022, 2024)),
        ("2020年以来粮食产量", {2021: 0.9, 2024: 0.9}, (2020, 2024)),
        ("历年粮食产量", {2020: 0.9, 2022: 0.9}, (2020, 2022)),
        ("历年粮食产量", {2020: 0.9, 2022: 0.4}, None),
    ],
)
def test_an_open_stretch_ends_with_the_newest_year_that_is_told(
    question: str, told: dict[int, float], kept: tuple[int, int] | None
) -> None:
    wanted = [f"{year}年" for year in range(kept[0], kept[1] + 1)] if kept else []
    assert _kept(question, told, known=list(range(2017, 2027))) == wanted
