"""Things that a number tells from others of their kind."""

from __future__ import annotations

import pytest

from corpus.language.designations import designations_in, names_another


@pytest.mark.parametrize(
    ("asked", "told", "other"),
    [
        ("嫦娥七号什么时候发射", "嫦娥六号于5月3日发射", True),
        ("嫦娥六号什么时候发射", "嫦娥六号于5月3日发射", False),
        ("第九批国家集采纳入多少品种", "第十批国家组织药品集采纳入62个品种", True),
        ("第10批集采纳入多少品种", "第十批集采纳入62个品种，比第九批集采多", False),
        ("第三届链博会有多少家参展商", "第二届链博会有600余家参展商", True),
        ("第三届链博会有多少家参展商", "第十四届全国人民代表大会审议了预算", False),
        ("青岛地铁8号线多长", "青岛地铁6号线全长30公里", True),
        ("青岛地铁8号线多长", "8号线全长60公里，6号线30公里", False),
        ("二级医院要配多少床位", "三级医院床位不少于500张", True),
        ("6G什么时候商用", "5G用户达10.8亿户", True),
        ("三期工程投资多少", "三期工程投资50亿元", False),
        ("8月6号公布了什么", "8月7号公布了目录", False),
        ("2026年第3号令规定了什么", "第5条规定", False),
        ("补贴多少钱", "第二类补贴500元", False),
    ],
)
def test_another_thing_of_the_same_name(asked: str, told: str, *, other: bool) -> None:
    assert names_another(designations_in(asked), designations_in(told), []) is other


def test_what_stands_around_may_name_it() -> None:
    asked, told = designations_in("第九批集采何时执行"), designations_in("比第八批集采早两个月执行")
    assert names_another(asked, told, [])
    assert not names_another(asked, told, designations_in("第九批集采执行通知"))
    assert names_another(asked, [], designations_in("第八批集采执行通知"))
