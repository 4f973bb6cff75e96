"""Repair rules on blocks that show what each must and must not do."""

import pytest

from corpus.block import Block, BlockKind
from corpus.repair import repair


def test_a_heading_run_into_its_paragraph_is_split() -> None:
    rest = "今年是关键之年，改革发展稳定任务十分繁重，要把稳增长放在更加突出的位置，办好民生实事。"
    blocks = [
        Block(BlockKind.PARAGRAPH, "一、过去一年工作回顾"),
        Block(BlockKind.PARAGRAPH, "去年全省生产总值增长6%。"),
        Block(BlockKind.PARAGRAPH, f"二、2025年工作总体部署{rest}"),
    ]
    repaired = repair(blocks)
    assert [block.text for block in repaired if block.kind is BlockKind.HEADING] == [
        "一、过去一年工作回顾",
        "二、2025年工作总体部署",
    ]
    assert repaired[-1].text == rest


@pytest.mark.parametrize(
    "text",
    [
        "二、坚持深化改革。今年要推出一批改革举措，破除制约高质量发展的体制机制障碍，释放内生动力。",
        "五、2025年工作总体部署今年是关键之年，改革发展稳定任务十分繁重，要把稳增长放在突出位置，办好实事。",
        "二、对申请材料齐全的，应当受理，并在十个工作日内作出决定，不予受理的，应当书面说明理由，告知救济途径。",
    ],
)
def test_a_numbered_paragraph_stays_whole(text: str) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, "一、总体要求"), Block(BlockKind.PARAGRAPH, text)]
    assert repair(blocks)[-1] == Block(BlockKind.PARAGRAPH, text)


def test_labels_of_links_go() -> None:
    lines = ["会议在北京举行。", "查看原文", "(更新时间戳: 1771426825514)", "查看原文的读者很多。"]
    assert [block.text for block in repair([Block(BlockKind.PARAGRAPH, line) for line in lines])] == [
        "会议在北京举行。",
        "查看原文的读者很多。",
    ]
