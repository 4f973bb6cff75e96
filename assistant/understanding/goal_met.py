"""Whether a goal was reached, as two questions: one for the goal, one for the result."""

from __future__ import annotations

import re

_GOAL_NAMED = r"(?:预期|年初|年度|原定|既定|规划|计划|当年){0,3}(?:的)?(?:目标|任务|指标)"
_REACHED = r"(?:如期|按期|超额|顺利)?(?:完成|实现|达到|达成|兑现|做到)"
_WHETHER = "(?:到底|最后|最终)?(?:是否|有没有|是不是)?"
_OR_NOT = r"(?:了)?(?:吗|没有?|与否)?"
_ASKS_MET = (
    re.compile(rf"^(?P<thing>.+?)的?{_GOAL_NAMED}{_WHETHER}(?:都)?{_REACHED}{_OR_NOT}$"),
    re.compile(
        rf"^(?P<thing>(?:19|20)\d{{2}}年?){_WHETHER}{_REACHED}了?(?:[\d.]{{1,24}}[^的，,]{{0,8}}的)?"
        rf"(?P<more>[^，,]{{2,16}}?)的?{_GOAL_NAMED}{_OR_NOT}$"
    ),
    re.compile(
        rf"^(?P<thing>.+?){_WHETHER}{_REACHED}了?(?:[\d.]{{1,24}}[^的，,]{{0,8}})?的?{_GOAL_NAMED}{_OR_NOT}$"
    ),
)
MORE_THAN_GOAL = re.compile(
    r"^(?P<thing>.+?)比(?:当年|年初|预期|预定|计划|原定){0,3}的?(?:目标|任务|指标)(?:[高低多少快慢])(?:了|出)?(?:多少|几)"
)
_SHORTEST_NAME = 2


def goal_and_result(folded_question: str) -> list[str]:
    """The goal and the result that "2021年的城镇新增就业任务完成了吗?" holds against each other; else none."""
    folded = folded_question.strip("?？。 ")
    asks = re.search(r"吗$|没有?$|与否$|是否|有没有|是不是|(?:多少|几[个万亿成]?[^，,]{0,4})$", folded)
    match = next((found for each in (*_ASKS_MET, MORE_THAN_GOAL) if (found := each.match(folded))), None)
    if match is None or not asks or not re.search(r"(?:19|20)\d{2}", folded):
        return []
    thing = re.sub(r"(?:有没有|是否|是不是)$|实际", "", match.group("thing")).removesuffix("的")
    thing += match.groupdict().get("more") or ""
    if len(re.sub(r"(?:19|20)\d{2}年?|[的]", "", thing)) < _SHORTEST_NAME:
        return []
    return [f"{thing}目标是多少", f"{thing}实际是多少"]
