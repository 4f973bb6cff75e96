"""Whether a goal was reached: how the figure of the result stands to that of the goal."""

from __future__ import annotations

import re

from assistant.answering.calculation import Operand, Worked, widest
from assistant.understanding.question import Question
from corpus.language.quantities import comparable, written

_AT_LEAST = re.compile(r"以上|不低于|不少于|不小于|至少|超过")
_AT_MOST = re.compile(r"以内|以下|不超过|不高于|不大于|最高")


def held_against_goal(question: Question, goal: Operand, result: Operand) -> Worked | None:
    """How a result stands to its goal; None where the two figures measure different things.

    Whether it was reached is said only where the goal is a bound ("1100万人以上"): 4.9 % for "5%左右" may count as reached.
    """
    if not comparable(goal.quantity, result.quantity):
        return None
    told = f"目标{goal.told or goal.quantity.text}，实际{result.told or result.quantity.text}"
    above = result.quantity.value > goal.quantity.value
    same = result.quantity.value == goal.quantity.value
    unit = "个百分点" if goal.quantity.unit == "%" else ""
    gap = written(
        abs(result.quantity.value - goal.quantity.value), widest([goal.quantity, result.quantity]), unit
    )
    gap = "" if same else f"{'高' if above else '低'}{gap}"
    if gap and question.is_gap_to_goal:
        return Worked(f"{told}，{gap}。", gap)
    if _AT_LEAST.search(goal.told):
        said = "达到目标" if above or same else "没有达到目标"
    elif _AT_MOST.search(goal.told):
        said = "超过目标上限" if above else "没有超过目标上限"
    else:
        said = "与目标相同" if same else f"{'高' if above else '低'}于目标"
    return Worked(f"{told}，{gap + '，' if gap else ''}{said}。", said)
