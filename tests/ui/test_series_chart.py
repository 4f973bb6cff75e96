"""The chart of a series: escaped, with its gaps and goals, whatever the values are."""

from xml.etree import ElementTree

import pytest

from assistant.messages import message
from assistant.model import Answer, Citation
from assistant.series import Series, SeriesLine, SeriesPoint
from assistant.table import Table, TableCell
from ui.chats.table_files import cell_text, table_as_csv
from ui.web.render import answer_as_html
from ui.web.series_chart import series_chart_html

_HOSTILE = '<img src=x onerror="alert(1)">$x$'


def _point(year: int, value: float | None, *, is_goal: bool = False) -> SeriesPoint:
    text = "" if value is None else f"{value}万吨"
    marks = [] if value is None else [1]
    return SeriesPoint(
        time=f"{year}年", period=str(year), text=text, value=value, is_goal=is_goal, citations=marks
    )


def _series(*values: float | None, name: str = "产量", unit: str = "万吨") -> Series:
    points = [_point(2015 + number, value) for number, value in enumerate(values)]
    return Series(unit=unit, lines=[SeriesLine(name=name, points=points)])


def _drawn(series: Series, language: str = "zh") -> ElementTree.Element:
    html = series_chart_html(series, lambda number: f"/article/a?start={number}&end=2", language)
    assert "\n" not in html
    return ElementTree.fromstring(html)


def _places(drawn: ElementTree.Element) -> list[tuple[float, float]]:
    marks = drawn.findall(".//path[@class='point']/../..") + drawn.findall(".//path[@class='point']/..")
    return [
        (float(each.get("x", "").rstrip("%")), float(each.get("y", "")))
        for each in marks
        if each.tag == "svg" and each.get("x")
    ]


def _pieces(drawn: ElementTree.Element) -> list[ElementTree.Element]:
    return drawn.findall(".//g[@class='line-0']/line[@class='piece']")


def test_a_gap_stays_open_and_each_point_leads_to_its_citation() -> None:
    drawn = _drawn(_series(1.0, 2.0, None, 3.0, 4.0))
    assert len(_places(drawn)) == 4
    assert len(_pieces(drawn)) == 2
    assert [each.get("href") for each in drawn.iterfind(".//a")] == ["/article/a?start=1&end=2"] * 4
    assert next(each.text for each in drawn.iterfind(".//path/title")) == "2015年：1.0万吨"


def test_goals_are_hollow_and_dashed() -> None:
    points = [_point(2024, 1.0), _point(2025, 2.0), _point(2026, 3.0, is_goal=True)]
    drawn = _drawn(Series(unit="万吨", lines=[SeriesLine(name="产量", points=points)]))
    assert [each.get("fill") for each in drawn.iterfind(".//path[@class='point']")] == [
        "currentColor"
    ] * 2 + ["none"]
    assert [bool(each.get("stroke-dasharray")) for each in _pieces(drawn)] == [False, True]
    told = [each.text for each in drawn.iterfind(".//path/title")]
    assert told[-1] == message("series_goal", "zh", time="2026年", value="3.0万吨")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_has_a_text_for_those_who_do_not_see_it(language: str) -> None:
    svg = _drawn(_series(1.0, None, 3.0), language).find("svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert message("series_gap", language, time="2016年") in svg.get("aria-label", "")
    assert "3.0万吨" in svg.get("aria-label", "")


def test_what_articles_say_is_escaped() -> None:
    series = _series(1.0, 2.0, 3.0, name=_HOSTILE, unit=_HOSTILE)
    point = SeriesPoint(time=_HOSTILE, period="2020", text=_HOSTILE, value=4.0, citations=[1])
    two = Series(unit=_HOSTILE, lines=[*series.lines, SeriesLine(name=_HOSTILE, points=[point] * 3)])
    html = series_chart_html(two, lambda number: '"><script>', "zh")
    assert "<img" not in html
    assert "<script" not in html
    assert "$" not in html
    ElementTree.fromstring(html)


@pytest.mark.parametrize(
    "values",
    [
        (5.0, None, 5.0),
        (0.0, 0.0, 0.0),
        (-3.2, -1.1, -8.0),
        (-3.2, 4.0, 0.0),
        (1e18, 3e18, 2e18),
        (1e-9, 3e-9, 2e-9),
        (1e300, -1e300, 0.0),
        tuple(float(number) for number in range(20)),
    ],
)
def test_every_point_lies_within_the_picture(values: tuple[float | None, ...]) -> None:
    drawn = _drawn(_series(*values))
    svg = drawn.find("svg")
    assert svg is not None
    height = float(svg.get("height", ""))
    places = _places(drawn)
    assert len(places) == sum(value is not None for value in values)
    assert all(0 <= x <= 100 and 0 <= y <= height for x, y in places)
    labels = [
        each for each in drawn.iterfind(".//text[@class='tick']") if each.get("text-anchor") == "middle"
    ]
    assert len(labels) <= 6


def test_only_gaps_and_no_number_are_no_picture() -> None:
    assert series_chart_html(_series(None, None), str, "zh") == ""
    assert series_chart_html(_series(float("inf"), float("nan")), str, "zh") == ""
    assert series_chart_html(_series(None, 4800.0, None), str, "zh") == "", "one dot shows no change"
    assert series_chart_html(Series(unit="", lines=[]), str, "zh") == ""


def test_the_page_shows_it_above_the_table_with_links_that_are_its_citations() -> None:
    table = Table(
        columns=["时间", "产量"],
        rows=[
            [
                TableCell(text=f"{year}年"),
                TableCell(text=f"{year}.0万吨", citations=[1], is_goal=year == 2017),
            ]
            for year in (2015, 2016, 2017)
        ],
    )
    citation = Citation(n=1, article_id="a", title="公报", quote="甲句。", start=0, end=3)
    answer = Answer(
        question="问", standalone_question="问", answer="甲句。[1]", citations=[citation], table=table,
        series=_series(2015.0, 2016.0, 2017.0),
    )  # fmt: skip
    html = answer_as_html(answer, "zh")
    assert html.index("<svg") < html.index("<table>")
    drawing, _, rest = html.rpartition("</svg>")
    assert drawing.count('href="/article/a?start=0&amp;end=3') == 3
    assert rest.count('class="cite" href="/article/a?start=0&amp;end=3') >= 3
    assert cell_text(table, 2, 1) == "2017.0万吨（目标或预计）"
    assert "2017.0万吨（目标或预计）" in table_as_csv(table).decode("utf-8-sig")
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert Answer.model_validate({"question": "问", "standalone_question": "问"}).series is None
