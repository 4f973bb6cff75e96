"""Whether a goal was reached: the question for the goal, the question for the result, and how the two compare."""

from __future__ import annotations

import re

from assistant.answering.calculation import Operand, Worked, widest
from corpus.language.normalize import fold
from corpus.language.quantities import comparable, written

_GOAL_NAMED = r"(?:预期|年初|年度|原定|既定|规划|计划|当年){0,3}(?:的)?(?:目标|任务|指标)"
_REACHED = r"(?:如期|按期|超额|顺利)?(?:完成|实现|达到|达成|兑现|做到)"
_OR_NOT = r"(?:了)?(?:吗|没有?|与否)?"
_ASKS_MET = (
    re.compile(
        rf"^(?P<thing>.+?)的?{_GOAL_NAMED}(?:到底|最后|最终)?(?:是否|有没有|是不是)?(?:都)?{_REACHED}{_OR_NOT}$"
    ),
    re.compile(
        rf"^(?P<thing>(?:19|20)\d{{2}}年?)(?:到底|最后|最终)?(?:是否|有没有|是不是)?{_REACHED}了?(?:[\d.]{{1,24}}[^的，,]{{0,8}}的)?"
        rf"(?P<more>[^，,]{{2,16}}?)的?{_GOAL_NAMED}{_OR_NOT}$"
    ),
    re.compile(
        rf"^(?P<thing>.+?)(?:到底|最后|最终)?(?:是否|有没有|是不是)?{_REACHED}了?(?:[\d.]{{1,24}}[^的，,]{{0,8}})?的?{_GOAL_NAMED}{_OR_NOT}$"
    ),
)
_MORE_THAN_GOAL = re.compile(
    r"^(?P<thing>.+?)比(?:当年|年初|预期|预定|计划|原定){0,3}的?(?:目标|任务|指标)(?:[高低多少快慢])(?:了|出)?(?:多少|几)"
)
_SHORTEST_NAME = 2
_AT_LEAST = re.compile(r"以上|不低于|不少于|不小于|至少|超过")
_AT_MOST = re.compile(r"以内|以下|不超过|不高于|不大于|最高")


def goal_and_result(question: str) -> list[str]:
    """The goal and the result that "2021年的城镇新增就业任务完成了吗?" holds against each other; else none."""
    folded = fold(question).strip("?？。 ")
    asks = re.search(r"吗$|没有?$|与否$|是否|有没有|是不是|(?:多少|几[个万亿成]?[^，,]{0,4})$", folded)
    match = next((found for each in (*_ASKS_MET, _MORE_THAN_GOAL) if (found := each.match(folded))), None)
    if match is None or not asks or not re.search(r"(?:19|20)\d{2}", folded):
        return []
    thing = re.sub(r"(?:有没有|是否|是不是)$|实际", "", match.group("thing")).removesuffix("的")
    thing += match.groupdict().get("more") or ""
    if len(re.sub(r"(?:19|20)\d{2}年?|[的]", "", thing)) < _SHORTEST_NAME:
        return []
    return [f"{thing}目标是多少", f"{thing}实际是多少"]


def held_against_goal(question: str, goal: Operand, result: Operand) -> Worked | None:
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
    if gap and _MORE_THAN_GOAL.match(fold(question)):
        return Worked(f"{told}，{gap}。", gap)
    if _AT_LEAST.search(goal.told):
        said = "达到目标" if above or same else "没有达到目标"
    elif _AT_MOST.search(goal.told):
        said = "超过目标上限" if above else "没有超过目标上限"
    else:
        said = "与目标相同" if same else f"{'高' if above else '低'}于目标"
    return Worked(f"{told}，{gap + '，' if gap else ''}{said}。", said)
