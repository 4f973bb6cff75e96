"""Citation marks in the forms that models write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.marks import in_one_form, without_half_a_mark, without_references


@pytest.mark.parametrize(
    ("written", "one_form"),
    [
        ("产量增长[1]。", "产量增长[1]。"),
        ("产量增长[1,3]。", "产量增长[1][3]。"),
        ("产量增长[1-3]。", "产量增长[1][2][3]。"),
        ("产量增长[1][2]。", "产量增长[1][2]。"),
        ("产量增长［2］。", "产量增长[2]。"),
        ("产量增长【1】。", "产量增长[1]。"),
        ("产量增长【1†source】。", "产量增长[1]。"),
        ("产量增长[^2]。", "产量增长[2]。"),
        ("产量增长（资料1）。", "产量增长[1]。"),
        ("产量增长（见资料1、资料3）。", "产量增长[1][3]。"),
        ("产量增长[来源: 2]。", "产量增长[2]。"),
        ("Output rose (Source 1, 2).", "Output rose [1][2]."),
        ("产量增长①。", "产量增长[1]。"),
        ("产量增长<sup>1</sup>。", "产量增长[1]。"),
        ("产量增长<sup>[1][2]</sup>。", "产量增长[1][2]。"),
        ("产量增长\\[1\\]。", "产量增长[1]。"),
    ],
)
def test_marks_are_brought_to_one_form(written: str, one_form: str) -> None:
    assert in_one_form(written, 3) == (one_form, [])


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2024〕17号",
        "见[2023]年版",
        "①加强建设；②完善制度",
        "第（1）项",
        "[链接](http://a)",
        "由8元[含税]调整",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert in_one_form(text, 5) == (text, [])


def test_a_mark_on_no_passage_is_taken_out_and_told() -> None:
    assert in_one_form("产量增长[1][9]。", 3) == ("产量增长[1]。", [9])


@pytest.mark.parametrize(
    "references",
    [
        "参考资料：\n[1] 《通知》\n[2] 《意见》",
        "**来源**\n1. 《通知》\n2. 《意见》",
        "[^1]: 《通知》，2026年\n[^2]: 《意见》",
        "来源：[1][2]",
        "---\nReferences\n[1] A notice",
    ],
)
def test_a_list_of_references_is_no_part_of_the_answer(references: str) -> None:
    assert without_references(f"产量增长[1]。\n\n{references}") == "产量增长[1]。"


def test_a_numbered_list_is_no_list_of_references() -> None:
    text = "步骤如下：\n1. 提出申请[1]\n2. 等待审核[1]"
    assert without_references(text) == text


@pytest.mark.parametrize("half", ["[", "[1", "【1†sou", "（资料", "(Source ", "<sup>1", "<su"])
def test_half_a_mark_is_not_shown(half: str) -> None:
    assert without_half_a_mark("产量增长" + half) == "产量增长"


@given(st.text(alphabet="产增[]【】（资料）1234567890,-、①②<sup>/^†。 \n", max_size=60), st.integers(0, 9))
def test_marks_of_any_text_point_at_passages(text: str, most: int) -> None:
    once, _ = in_one_form(text, most)
    again, nowhere = in_one_form(once, most)
    assert not nowhere or again != once
