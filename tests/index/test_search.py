from datetime import date

from corpus.language.places import places_in, same_place
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.match import time_match
from index.query import Filters, Query, read_query
from index.search import Searcher
from index.store import Index
from index.words import content_words, words


def test_the_asked_year_comes_before_the_others(sample_index: Index) -> None:
    for year, figure in ((2021, "1269万"), (2023, "1244万"), (2024, "1256万")):
        hits = Searcher(sample_index).search(read_query(f"{year}年城镇新增就业实现了多少?"), 4)
        assert any(figure in hit.passage.text for hit in hits), year


def test_the_asked_place_comes_first(sample_index: Index) -> None:
    for place in ("上海", "湖北"):
        best = Searcher(sample_index).search(read_query(f"{place}集成电路产业营收多少?"), 1)[0]
        assert place in best.article.title + best.passage.text


def test_filters_exclude(sample_index: Index) -> None:
    query = Query(question="集成电路产业", filters=Filters(sources=["数据简报"]))
    assert {hit.article.source for hit in Searcher(sample_index).search(query)} == {"数据简报"}


def test_scores_fall_and_the_same_question_gives_the_same_hits(sample_index: Index) -> None:
    searcher = Searcher(sample_index)
    hits = searcher.search(read_query("大额交易报告"))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    again = searcher.search(read_query("大额交易报告"))
    assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in again]


def test_words_that_would_break_a_query_do_not(sample_index: Index) -> None:
    for question in ('"', "AND OR NOT", "*", "title:上海", "(((", "；DROP TABLE passages"):
        Searcher(sample_index).search(read_query(question))


def test_places_under_other_names() -> None:
    assert places_in("魔都和深圳市") == ["上海", "深圳"]
    assert places_in("国家长治久安") == []
    assert same_place("广东", "深圳")
    assert not same_place("深圳", "广州")


def test_both_sides_are_cut_into_the_same_words() -> None:
    assert set(content_words("城镇新增就业")) <= set(words("2024年城镇新增就业1256万人"))


def test_months_are_matched_by_the_periods_of_passages() -> None:
    day = date(2026, 3, 26)
    asked = read_query("2026年前两个月汽车出口多少?", today=day)
    assert asked.periods == ["2026-01/2026-02"]
    assert read_query("上个月出口多少?", today=day).periods == ["2026-02"]

    def hit(periods: list[str], years: list[int]) -> Hit:
        passage = Passage(
            id="p", article_id="a", position=0, text="出口", start=0, end=2, years=years, periods=periods
        )
        return Hit(passage=passage, article=ArticleInfo(id="a", title="t", date="2026-03-17"))

    assert time_match(asked, hit(["2026-01/2026-02"], [2026])) == 1
    assert time_match(asked, hit(["2026-05"], [2026])) == 0
    assert time_match(asked, hit(["2025-01/2025-02"], [2025])) == -1
    whole_year = time_match(asked, hit(["2026"], [2026]))
    assert 0 <= whole_year < 1
