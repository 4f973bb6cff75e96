"""What a passage is called."""

import pytest

from corpus.label import label_of
from corpus.model import Passage


@pytest.mark.parametrize(
    ("title", "years", "label"),
    [
        ("2025年政府工作报告", [2024], "2024年政府工作报告 > 一、回顾"),
        ("2025年政府工作报告", [2025], "2025年政府工作报告 > 一、回顾"),
        ("2025年政府工作报告", [2024, 2025], "2025年政府工作报告 > 一、回顾"),
        ("２０２５年政府工作报告", [2023, 2024], "2023年、2024年政府工作报告 > 一、回顾"),
        ("2025年政府工作报告", [2020, 2021, 2022, 2023, 2024], "2025年政府工作报告 > 一、回顾"),
        ("2025.6.25医药观察", [2015, 2020], "2015年、2020年医药观察 > 一、回顾"),
        ("2025年6月经济运行情况", [2024], "2024年经济运行情况 > 一、回顾"),
        ("2025-06-25 医药观察", [2024], "2024年医药观察 > 一、回顾"),
        ("2025.6.25医药观察", [2025], "2025.6.25医药观察 > 一、回顾"),
        ("20250625 医药观察", [2024], "20250625 医药观察 > 一、回顾"),
        ("政府工作报告", [2024], "政府工作报告 > 一、回顾"),
        ("2025年政府工作报告", [], "2025年政府工作报告 > 一、回顾"),
    ],
)
def test_a_title_of_another_year_takes_the_passages_years(title: str, years: list[int], label: str) -> None:
    passage = Passage(
        id="p",
        article_id="a",
        position=0,
        text="就业",
        heading_path=["一、回顾"],
        start=0,
        end=2,
        years=years,
    )
    assert label_of(title, passage) == label
