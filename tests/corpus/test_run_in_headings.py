"""Points that begin with their heading stand under it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.block import Block, BlockKind
from corpus.run_in_headings import lift_run_in_headings

BODY = "对符合条件的企业，按照实际投入给予补助，具体标准由主管部门另行制定并向社会公布。"


def _blocks(*lines: str) -> list[Block]:
    return [
        Block(BlockKind.HEADING, line[2:], level=3)
        if line.startswith("# ")
        else Block(BlockKind.PARAGRAPH, line)
        for line in lines
    ]


def _headings(blocks: list[Block]) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in blocks if block.kind is BlockKind.HEADING]


def test_the_headings_of_points_stand_over_them() -> None:
    lines = [
        "# 二、重点任务",
        *(
            f"（{n}）{name}。{BODY}"
            for n, name in zip("一二三", ("扩大种植", "培育龙头", "开拓市场"), strict=True)
        ),
    ]
    lifted = lift_run_in_headings(_blocks(*lines))
    assert _headings(lifted) == [
        (3, "二、重点任务"),
        (4, "（一）扩大种植。"),
        (4, "（二）培育龙头。"),
        (4, "（三）开拓市场。"),
    ]
    assert [block.text for block in lifted if block.kind is BlockKind.PARAGRAPH] == [BODY] * 3


def test_points_of_the_first_order_and_those_under_them() -> None:
    lines = [
        f"{n}、支持{name}发展。{BODY}" for n, name in zip("一二三", ("制造", "研发", "流通"), strict=True)
    ]
    inside = [
        f"（{n}）鼓励{name}引进。{BODY}" for n, name in zip("一二三", ("人才", "项目", "资金"), strict=True)
    ]
    lifted = lift_run_in_headings(_blocks(*lines, *inside, "# 四、附则"))
    levels = {text: level for level, text in _headings(lifted)}
    assert levels["一、支持制造发展。"] == levels["四、附则"] == 3
    assert levels["（一）鼓励人才引进。"] == 4


@pytest.mark.parametrize(
    "lines",
    [
        ("申请人应当具备下列条件：", f"（一）有固定场所。{BODY}", f"（二）有三名员工。{BODY}", f"（三）有管理制度。{BODY}"),
        (f"（一）扩大种植。{BODY}", f"（二）培育龙头。{BODY}"),
        (f"（一）扩大种植。{BODY}", "（二）到2027年建成12个园区", "（三）增加投入", "（四）加强领导"),
        (f"（一）2027年建成12个园区。{BODY}", f"（二）2028年建成20个园区。{BODY}", f"（三）2029年建成30个园区。{BODY}"),
        ("（一）扩大种植。短。", "（二）培育龙头。短。", "（三）开拓市场。短。"),
    ],
)  # fmt: skip
def test_what_is_no_heading_stays(lines: tuple[str, ...]) -> None:
    assert lift_run_in_headings(_blocks(*lines)) == _blocks(*lines)


@given(st.lists(st.text(alphabet="（）一二三、。：对企业给予补助1.\n", max_size=60), max_size=8))
def test_nothing_is_lost(lines: list[str]) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in lines]
    assert "".join(block.text for block in lift_run_in_headings(blocks)) == "".join(lines)
