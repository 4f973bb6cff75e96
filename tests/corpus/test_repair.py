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


BODY = "上年全市生产总值增长6.1%，一般公共预算收入增长4.2%，居民人均可支配收入增长5.5%。新开工重大项目120个，完成投资860亿元。"


@pytest.mark.parametrize(
    "heading",
    [
        "一、2025年主要工作和发展成就",
        "二、“十五五”时期的总体思路",
        "十二、资源、环境和应急管理",
        "四、部门协同，上下联动",
        "三、一步一个脚印，新区面貌展现新气象",
    ],
)
def test_a_numbered_heading_stays_above_its_paragraph(heading: str) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, heading), Block(BlockKind.PARAGRAPH, BODY)]
    assert [block.text for block in repair(blocks)] == [heading, BODY]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一、对符合条件的小微企业和个体工商户，由县级财政部门给予", "一次性补贴5000元。"),
        (
            "一、加大财政支持力度，安排专项资金",
            "100亿元支持重点产业链，优先支持先进制造业和现代服务业的重大项目建设。",
        ),
        (
            "二、延续优惠政策，对符合条件的小微企业",
            "年所得额不超过300万元的部分减按25%计入，执行至2027年12月31日，具体办法另行制定。",
        ),
        ("第三条 国家对农业生产者销售的自产农产品", "免征增值税，具体范围由主管部门确定。"),
        ("二、加快建设智能终端、集成", "电路、软件等产业基地，新增产能30万片。"),
        ("三、对注册满一年的企业（含新设和迁入", "的企业）在三年内享受优惠，期满按一般政策办理。"),
    ],
)
def test_a_numbered_sentence_that_is_cut_is_joined(before: str, after: str) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, before), Block(BlockKind.PARAGRAPH, after)]
    assert [block.text for block in repair(blocks)] == [before + after]


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("2026年重点工作", True),
        ("“十四五”时期发展成就和2025年工作回顾", True),
        ("过去五年工作回顾", True),
        ("2026年，重点工作", False),
        ("2026年产量120万吨", False),
    ],
)
def test_a_line_that_names_a_time_and_its_work_is_a_heading(line: str, *, is_heading: bool) -> None:
    blocks = [
        Block(BlockKind.PARAGRAPH, "各位代表，现在向大会报告。"),
        Block(BlockKind.PARAGRAPH, line),
        Block(BlockKind.PARAGRAPH, BODY),
    ]
    assert any(block.kind is BlockKind.HEADING for block in repair(blocks)) is is_heading
