import pytest

from corpus.problem import Problem
from index.compared import Kind, compared

OLDER = """\
某市低空经济促进办法
第一条 为了规范低空飞行活动，制定本办法。
第二条 违反规定的，处五万元以上十万元以下罚款。
第三条 企业应当每年报告飞行情况。
第四条 个人飞行器由县级人民政府登记。
第五条 本办法自2020年1月1日起施行。"""
NEWER = """\
某市低空经济促进办法
第一条 为了规范低空飞行活动，制定本办法。
第二条 市人民政府设立专项资金，支持起降场地建设。
第三条 违反规定的，处十万元以上二十万元以下罚款。
第四条 企业应当每年报告飞行情况。
第五条 本办法自2024年3月1日起施行。"""


def test_a_provision_stands_beside_what_it_was_although_its_number_moved() -> None:
    rows = compared(OLDER, NEWER)
    kinds = [row.kind.value for row in rows]
    assert kinds == ["equal", "equal", "inserted", "changed", "changed", "deleted", "changed"]
    fine = rows[3]
    assert "".join(piece.text for piece in fine.older) == OLDER.split("\n")[2]
    assert "".join(piece.text for piece in fine.newer) == NEWER.split("\n")[3]
    assert [piece.text for piece in fine.older if piece.changed] == ["第二条", "五万元", "十万元"]
    assert [piece.text for piece in fine.newer if piece.changed] == ["第三条", "十万元", "二十万元"]
    for row in rows:
        assert OLDER.startswith("".join(each.text for each in row.older), row.older_start)
        assert NEWER.startswith("".join(each.text for each in row.newer), row.newer_start)


def test_every_line_of_both_texts_comes_once_and_white_space_is_no_change() -> None:
    rows = compared(OLDER, "\n".join(line.replace(" ", "　") for line in OLDER.split("\n")))
    assert {row.kind for row in rows} == {Kind.EQUAL}
    rows = compared(OLDER, "完全不同的另一篇文章。\n\n讲的是别的事情。")
    assert [row.kind.value for row in rows] == ["deleted"] * 6 + ["inserted"] * 2
    assert compared("", "\n") == []


def test_texts_that_would_take_too_long_are_refused() -> None:
    with pytest.raises(Problem, match="versions_too_long"):
        compared("甲" * 400_000, "乙" * 400_000)
    many = "\n".join(f"{number}甲" for number in range(2_500))
    with pytest.raises(Problem, match="versions_too_long"):
        compared(many, many.replace("甲", "乙"))
    assert len(compared(many, many + "\n完")) == 2_501
