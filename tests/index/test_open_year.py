"""Months that a question names without a year."""

from datetime import date

import pytest

from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.open_year import in_newest_year
from index.query import read_query

TODAY = date(2026, 11, 29)


def hit(*periods: str, published: str = "2025-01-01") -> Hit:
    passage = Passage(id="p", article_id="a", position=0, text="", start=0, end=0, periods=list(periods))
    return Hit(passage=passage, article=ArticleInfo(id="a", title="", date=published))


@pytest.mark.parametrize(
    ("question", "is_open"),
    [
        ("到4月份5G用户有多少", True),
        ("前5个月软件业收入多少", True),
        ("三季度GDP增长多少", True),
        ("6月3号冬麦割了多少亩", True),
        ("2025年6月用电量是多少", False),
        ("今年6月用电量是多少", False),
        ("去年上半年进出口多少", False),
        ("上个月物价怎么样", False),
        ("本月用电量多少", False),
        ("粮食产量是多少", False),
    ],
)
def test_the_year_is_open_where_nothing_says_it(question: str, is_open: bool) -> None:
    assert read_query(question, today=TODAY).year_is_open is is_open


@pytest.mark.parametrize(
    ("question", "told", "periods"),
    [
        ("4月份用电量多少", ["2024-04", "2025-01/2025-04"], ["2025-04"]),
        ("4月份用电量多少", ["2024-04", "2025-07"], ["2024-04"]),
        ("前5个月收入多少", ["2023-01/2023-05", "2022"], ["2023-01/2023-05"]),
        ("三季度增长多少", ["2025-07/2025-09", "2026-07/2026-09"], ["2026-07/2026-09"]),
        # A day lies in its month.
        ("3月份出台了什么", ["2026-03-05", "2025-03"], ["2026-03"]),
        # The first seven months of a year do not tell of ten.
        ("前10个月发电量多少", ["2026-01/2026-07", "2025-01/2025-10", "2025-10"], ["2025-01/2025-10"]),
        # Of the coming years no result is told.
        ("三季度增长多少", ["2030-07/2030-09", "2024-08"], ["2024-07/2024-09"]),
        # A whole year is no word on a month of it.
        ("4月份用电量多少", ["2024"], ["2026-04"]),
    ],
)
def test_it_is_the_newest_that_the_articles_tell_of(
    question: str, told: list[str], periods: list[str]
) -> None:
    query = in_newest_year(read_query(question, today=TODAY), [hit(each) for each in told])
    assert query.periods == periods
    assert query.years == [int(periods[0][:4])]


def test_else_it_is_that_of_the_newest_article_of_the_month() -> None:
    hits = [hit("2025", published="2025-04-20"), hit("2024", published="2024-04-02")]
    assert in_newest_year(read_query("4月份用电量多少", today=TODAY), hits).periods == ["2025-04"]


def test_a_day_that_the_calendar_of_a_year_lacks_is_not_looked_for_there() -> None:
    query = read_query("2月29日发生了什么", today=date(2028, 11, 29))
    assert in_newest_year(query, [hit("2027-02")]).periods == query.periods
