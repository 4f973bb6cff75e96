"""Which of a row of like things is named, and when another one is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.ordinals import names_another, ordinals_in, other_in_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第四批示范城市名单", {"批": {4}}),
        ("2026年第8周新房成交", {"周": {8}}),
        ("首届与第二届论坛", {"届": {1, 2}}),
        ("第三产业增加值增长", {"产": {3}}),
        ("第十二次全国代表会议", {"次": {12}}),
        ("第十四个五年规划", {"个五年": {14}}),
        ("第 3 期简报", {"期": {3}}),
        ("第一、第二、第三批安置房", {"批": {1, 2, 3}}),
        ("第一、二批名单", {"批": {1, 2}}),
        ("第一和第二批名单", {"批": {1, 2}}),
        ("第一批至第四批名单", {"批": {1, 2, 3, 4}}),
        ("第2至第4期简报", {"期": {2, 3, 4}}),
        ("第一次警告，再次的罚款", {"次": {1, 2}}),
        ("三号泊位投资15亿元", {"号": {3}}),
        ("2号机组并网", {"号": {2}}),
        ("国办发〔2018〕128号文件", {}),
        ("3月4号开始报名", {}),
        ("4号上午开会", {}),
        ("第三方机构", {}),
        ("办法第三条第二款", {}),
        ("第三季度", {}),
        ("第一，要稳增长", {}),
        ("名列前茅", {}),
    ],
)
def test_ordinals_are_found_by_what_they_count(text: str, found: dict[str, set[int]]) -> None:
    assert ordinals_in(text) == {counted: frozenset(numbers) for counted, numbers in found.items()}


@pytest.mark.parametrize(
    ("asked", "told", "is_another"),
    [
        ("第八周成交了多少套", "行业周报（第5周） 成交140万套", True),
        ("第八周成交了多少套", "行业周报（第8周） 比第5周多20万套", False),
        ("第八周成交了多少套", "行业周报 成交140万套", False),
        ("第一批试点有几个城市", "第二批试点城市12个", True),
        ("首批试点有几个城市", "第一批试点城市12个", False),
        ("第三产业占比多少", "第一产业占5.2%", True),
        ("第三产业占比多少", "三次产业之比为5:40:55", False),
        ("第四次普查何时开始", "第七次会议决定开展普查", True),
        ("产业占比多少", "第一产业占5.2%", False),
        ("第二批名单什么时候公布", "第十条规定", False),
    ],
)
def test_another_of_the_row_is_told_from_the_one_asked_for(asked: str, told: str, is_another: bool) -> None:
    assert names_another(ordinals_in(asked), ordinals_in(told)) is is_another


def test_what_is_told_instead_is_named() -> None:
    assert other_in_words("第八周成交多少", "周报（第5周）") == ("第8周", "第5周")
    assert other_in_words("第二批名单", "首批和第三批名单") == ("第2批", "第1批、第3批")
    assert other_in_words("第二批名单", "第二批和第三批名单") is None
    assert other_in_words("名单", "第三批名单") is None


@given(st.text(alphabet="第首一二三十百零两0123456789 批周个五年条款，。城市", max_size=40))
def test_any_text_is_read_and_never_another_than_itself(text: str) -> None:
    found = ordinals_in(text)
    assert all(numbers for numbers in found.values())
    assert not names_another(found, found)
