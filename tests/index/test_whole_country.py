"""What is asked of the whole country is not answered with a city's figure."""

from __future__ import annotations

import pytest

from corpus.language.nations import asks_of_whole_country, tells_of_country
from index.hit import ArticleInfo
from index.match import tells_of_part_only
from index.query import read_query


@pytest.mark.parametrize(
    "question",
    [
        "去年全国修了多少铁路？",
        "我国2024年研发投入占比多少",
        "国内现在有多少家药店",
        "咱们国家修了多少水库",
        "全国一共有多少所高校",
    ],
)
def test_all_of_china_is_asked_of(question: str) -> None:
    assert asks_of_whole_country(question)
    assert read_query(question).whole_country


@pytest.mark.parametrize(
    "question",
    [
        "全国人大通过了哪些法律",
        "国内生产总值增长多少",
        "全国统一大市场怎么建",
        "上海占全国的比重是多少",
        "河北有几个全国重点文物",
    ],
)
def test_a_body_or_a_place_is_asked_of(question: str) -> None:
    assert not read_query(question).whole_country


def test_a_citys_report_tells_of_the_city_unless_it_names_the_country() -> None:
    city = ArticleInfo(id="a", title="苏州市2024年统计公报", file="f")
    nation = ArticleInfo(id="b", title="2024年统计公报", file="f")
    assert tells_of_part_only(city, ["全年修水库1座。"])
    assert not tells_of_part_only(city, ["占全国的比重为3%。"])
    assert not tells_of_part_only(nation, ["全年修水库70座。"])
    assert tells_of_country("国内出游人次")
    assert not tells_of_country("国内生产总值")
