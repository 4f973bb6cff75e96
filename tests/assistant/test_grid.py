"""Which questions ask for a grid, and of what."""

from datetime import date

import pytest

from assistant.model import Turn
from assistant.understanding.pointed_documents import with_titles_pointed_to
from assistant.understanding.question import parse
from assistant.understanding.rewrite import interpretations_of

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("question", "axes", "things"),
    [
        (
            "2023年和2024年合肥、南京的GDP分别是多少",
            [("time", ("2023年", "2024年")), ("place", ("合肥", "南京"))],
            ("GDP", "GDP"),
        ),
        (
            "上海、江苏、湖北近三年的产量和增速",
            [
                ("place", ("上海", "江苏", "湖北")),
                ("time", ("2023年", "2024年", "2025年")),
                ("measure", ("产量", "增速")),
            ],
            ("产量", "产量增速"),
        ),
        (
            "2024年和2025年的赤字规模和赤字率分别是多少",
            [("time", ("2024年", "2025年")), ("measure", ("赤字规模", "赤字率"))],
            ("赤字规模", "赤字率"),
        ),
        (
            "2026年3月和4月的全社会用电量和同比增速分别是多少",
            [("time", ("3月", "4月")), ("measure", ("用电量", "同比增速"))],
            ("2026年全社会用电量", "2026年全社会用电量同比增速"),
        ),
        ("小麦、水稻、玉米各多少", [("name", ("小麦", "水稻", "玉米"))], ("", "")),
        (
            "小麦、水稻、玉米2025年的最低收购价各是多少",
            [("name", ("小麦", "水稻", "玉米"))],
            ("2025年最低收购价", "2025年最低收购价"),
        ),
        (
            "小麦、水稻和玉米2024年、2025年的产量分别是多少",
            [("time", ("2024年", "2025年")), ("name", ("小麦", "水稻", "玉米"))],
            ("产量", "产量"),
        ),
        (
            "比较《甲办法》《乙办法》《丙办法》的罚款上限",
            [("name", ("《甲办法》", "《乙办法》", "《丙办法》"))],
            ("罚款上限", "罚款上限"),
        ),
        (
            "新能源汽车产量和销量分别是多少?",
            [("measure", ("产量", "销量"))],
            ("新能源汽车产量", "新能源汽车销量"),
        ),
        ("2024年的赤字率是多少,2025年呢?", [("time", ("2024年", "2025年"))], ("赤字率", "赤字率")),
    ],
)
def test_what_is_asked_side_by_side_makes_a_grid(
    question: str, axes: list[tuple[str, tuple[str, ...]]], things: tuple[str, str]
) -> None:
    grid = parse(question, TODAY).grid
    assert grid is not None
    assert [(axis.kind.value, axis.labels) for axis in grid.axes] == axes
    assert (grid.things[0], grid.things[-1]) == things


@pytest.mark.parametrize(
    "question",
    [
        "2025年的赤字率是多少,城镇调查失业率目标是多少?",
        "上海的集成电路产业营收和江苏的集成电路产量分别是多少?",
        "上海近三年集成电路产量",
        "为什么上海和江苏的产量都涨了",
        "2025年上海的集成电路产量是多少?",
        "关于规范和促进收单服务市场发展的指导意见是哪年发的?",
    ],
)
def test_parts_that_differ_in_more_than_a_name_make_none(question: str) -> None:
    assert parse(question, TODAY).grid is None


def test_a_crossed_question_is_asked_once_a_cell() -> None:
    parts = interpretations_of("2023年和2024年合肥、南京的GDP分别是多少", TODAY)[0].parts
    assert [part.question for part in parts] == [
        "2023年合肥的gdp是多少",
        "2023年南京的gdp是多少",
        "2024年合肥的gdp是多少",
        "2024年南京的gdp是多少",
    ]


def test_too_many_cells_are_left_together() -> None:
    question = "上海、江苏、湖北、浙江、安徽近五年的产量和增速"
    grid = parse(question, TODAY).grid
    assert grid is not None
    assert len(grid.cells) == 5


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("各省2025年集成电路产业的营收", "2025年集成电路产业的营收是多少"),
        ("2025年全国各地的粮食产量分别是多少?", "2025年粮食产量是多少"),
        ("哪些省2025年集成电路产量超过100亿块", "2025年集成电路产量是多少"),
    ],
)
def test_the_figure_of_every_place_is_asked_for_without_the_place(question: str, value: str) -> None:
    each = parse(question).value_of_each_place
    assert each is not None
    assert each.text == value


@pytest.mark.parametrize(
    "question",
    ["哪些省把集成电路列为重点", "各地出台了哪些政策", "各地方政府的债务限额是多少", "上海各区的GDP"],
)
def test_a_list_without_figures_is_not(question: str) -> None:
    assert parse(question).value_of_each_place is None


def cited(*titles: str) -> list[Turn]:
    return [Turn(question="罚款怎么规定", standalone_question="罚款怎么规定", titles=list(titles))]


def test_documents_pointed_to_are_those_of_the_last_answer() -> None:
    asked = "比较这三份办法的罚款上限"
    named = "比较《甲办法》、《乙办法》、《丙办法》的罚款上限"
    assert with_titles_pointed_to(asked, cited("甲办法", "乙办法", "丙办法")) == named
    assert with_titles_pointed_to("比较这些办法的罚款上限", cited("甲办法", "乙办法")) == (
        "比较《甲办法》、《乙办法》的罚款上限"
    )


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("比较这三份办法的罚款上限", ("甲办法", "乙办法")),
        ("比较这些办法的罚款上限", ("甲办法",)),
        ("比较三份办法的罚款上限", ("甲", "乙", "丙")),
        ("这两年的产量", ("甲", "乙")),
    ],
)
def test_another_number_of_them_is_not_guessed_at(question: str, titles: tuple[str, ...]) -> None:
    assert with_titles_pointed_to(question, cited(*titles)) == question
    assert with_titles_pointed_to(question, []) == question
