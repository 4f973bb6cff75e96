"""What speaks against a sentence, read off its text alone."""

import pytest

from assistant.reading.comparison import of_another_stretch, tells_of
from assistant.service import Assistant
from assistant.understanding.question import parse
from corpus.language.periods import Period
from index.aim import goal_mismatch


@pytest.mark.parametrize(
    ("question", "text", "periods", "other"),
    [
        ("2026年国庆假期免税购物多少?", "2026年元旦假期免税购物7亿元", ["2026"], True),
        ("2026年元旦假期免税购物多少?", "2026年元旦假期免税购物7亿元", ["2026"], False),
        ("2025年全年营收多少?", "2025年1月至9月营收1000亿元", ["2025-01/2025-09"], True),
        ("2025年全年营收多少?", "2025年营收1000亿元，四季度增长5%", ["2025", "2025-10/2025-12"], False),
        ("2025年营收多少?", "2025年1月至9月营收1000亿元", ["2025-01/2025-09"], False),
        ("2024年销售额多少?", "从2024年政策开始到2025年底，销售额3.92万亿元", ["2024", "2025"], True),
        ("2024年销售额多少?", "2024年至2025年销售额3.92万亿元，其中2024年1.3万亿元", ["2024"], False),
        ("截至2025年底销售额多少?", "从2024年到2025年底，销售额3.92万亿元", ["2024", "2025"], False),
        ("2021年的普及率是多少?", "2017年到2021年，普及率由46.4%上升至55.3%", ["2017", "2021"], False),
        ("2017年的普及率是多少?", "2017年到2021年，普及率由46.4%上升至55.3%", ["2017", "2021"], False),
        ("2024年的网民有多少?", "2020—2024年，网民从9亿增长到11亿", ["2020/2024"], False),
        ("2019年的普及率是多少?", "2017年到2021年，普及率由46.4%上升至55.3%", ["2017", "2021"], True),
        ("2024年拨款多少?", "2020年到2024年，共从中央拨款30亿元", ["2020", "2024"], True),
        ("2024年由谁主管?", "2024年至2025年由商务部主管", ["2024", "2025"], False),
    ],
)
def test_another_stretch_of_time(question: str, text: str, periods: list[str], *, other: bool) -> None:
    assert of_another_stretch(parse(question), text, [Period.parse(each) for each in periods]) is other


@pytest.mark.parametrize(
    ("place", "own", "around", "told"),
    [
        ("上海", ["义乌"], ["上海"], False),
        ("深圳", ["广东"], ["深圳"], True),
        ("广州", ["广东"], ["广东"], False),
        ("广东", ["深圳"], [], True),
        ("上海", [], ["上海"], True),
        # A province does not speak for its city, nor a city for its district.
        ("郑州", [], ["河南"], False),
        ("浦东新区", [], ["上海"], False),
        ("西安", ["西安"], ["陕西"], True),
        ("河南", [], ["郑州"], True),
    ],
)
def test_the_place_that_a_sentence_tells_of(
    place: str, own: list[str], around: list[str], *, told: bool
) -> None:
    assert tells_of(place, own, around) is told


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("2020年国内生产总值增长目标是多少?", "2020年国内生产总值增长2.3%", 2.0),
        ("2019年的经济增长目标区间是什么?", "2019年增速定在6%—6.5%的区间", 0.0),
        ("2025年打算新增多少就业?", "2025年新增就业1200万人", 1.0),
        ("2025年新增了多少就业?", "2025年新增就业1200万人", 0.0),
        ("2025年居民消费价格实际涨了多少?", "2025年居民消费价格涨幅目标下调到2%左右", 2.0),
        ("2025年城镇新增就业打算完成多少?", "2025年城镇新增就业目标为1200万人以上", 0.0),
        ("2023年报告希望把失业率控制在多少?", "2023年失业率目标为5.5%左右", 0.0),
        ("2019年增速目标实际完成了多少?", "2019年增速定在6%—6.5%的区间", 2.0),
        ("2024年就业目标实际完成了多少?", "2024年新增就业1256万人，超额完成1200万人的目标", 0.0),
        ("2024年实际利用外资计划是多少?", "2024年实际利用外资目标为100亿美元", 0.0),
        ("2024年居民消费价格涨幅是多少?", "2024年居民消费价格涨幅目标是3%左右", 1.0),
        ("2018年城镇调查失业率是多少?", "2018年城镇调查失业率稳定在5%左右的较低水平", 0.0),
        ("2024年赤字率是多少?", "2024年赤字率定在3%左右", 1.0),
    ],
)
def test_goal_mismatch(question: str, text: str, value: float) -> None:
    assert goal_mismatch(parse(question), text) == value


@pytest.mark.parametrize(
    ("question", "refused"), [("2022年第9号令是哪天公布的?", True), ("2022年第2号令是哪天公布的?", False)]
)
def test_an_order_is_not_taken_for_another(assistant: Assistant, question: str, *, refused: bool) -> None:
    assert assistant.ask(question).refused is refused
