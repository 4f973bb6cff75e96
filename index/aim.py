"""Whether a question asks for a goal or for a result, and whether a text tells the other of the two."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.question import ParsedQuestion


class Aim(str, Enum):
    """What a question wants to know of a thing: the goal that was set, or the result that was reached."""

    GOAL = "goal"
    RESULT = "result"
    ANY = ""


_GOAL_ASKED = re.compile(
    r"目标|预期|计划|拟|安排|打算|预计|(?<!即)将|要求|力争|(?<!新)希望(?!工程|小学|了解|知道)|规划|准备|想|要[达保控把]|定的底线"
)
_RESULT_ASKED = re.compile(
    r"完成|实现了?|实际|达到?了|结果|了多少|多少了|已经?|到底|落实|增长了|下降了|[涨跌增减升降]了|成绩|成就|情况|同比|究竟|最终"
)
_RESULT_SAID = re.compile(
    r"实际(?!控制|利用|使用|缴纳?|到[位账]|投资|需求|情况)|(?:完成|实现)了?(?:多少|几)|(?:完成|实现|达到)了?(?:没有?|吗)"
)
_GOAL_SAID = re.compile(
    r"(?:打算|计划|准备|拟|预计|预期|力争|争取|希望|要|将|目标是?)(?:要|在[^，,]{1,8})?(?:完成|实现|达到)"
)
_RESULT_TOLD = re.compile(
    r"实际(?!工作|情况|需[要求]|出发|问题)|完成|实现了|达到了|超额|超过预期|好于预期|[上下]降了|增长了"
)
_GOAL_TOLD = re.compile(
    r"目标|预期|计划|拟|安排|力争|预计|将|要[保控求达]|到20\d\d年|(?<!稳)定[在为到于]|以上|左右|确保|争取"
)
_GOAL_NAMED = re.compile(r"目标|预期")
_GOAL_ONLY = re.compile(
    r"目标|预期|拟[安按]|力争|争取|要保持|控制在[^。]{0,12}(?:以内|左右)|(?<!稳)定[在为]\d[^。，]{0,12}(?:以内|左右|以上|区间)"
)


def says_result(question: str) -> bool:
    """Whether a question says that it asks for what was reached: "实际完成了多少", not "打算完成多少"."""
    return bool(_RESULT_SAID.search(question)) and not _GOAL_SAID.search(question)


def wants_goal(question: str) -> bool:
    """Whether a question has a word of what is planned."""
    return bool(_GOAL_ASKED.search(question))


def wants_result(question: str) -> bool:
    """Whether a question has a word of what came of it."""
    return bool(_RESULT_ASKED.search(question))


def names_goal(text: str) -> bool:
    """Whether a text says that it speaks of goals."""
    return bool(_GOAL_NAMED.search(text))


def sets_goal(text: str) -> bool:
    """Whether a text sets a goal, or tells a forecast, and not what was reached."""
    return bool(_GOAL_ONLY.search(text) or "预计" in text) and not _RESULT_TOLD.search(text)


def goal_mismatch(question: ParsedQuestion, text: str) -> float:
    """How far a text tells the other of goal and result than is asked for.

    Returns:
        1 where a goal is asked and none is told, or a result is asked of a year and the text sets a goal;
        2 where the question says that it asks for the one and the text tells only the other; else 0.
    """
    if question.says_result:
        return 2.0 if _GOAL_ONLY.search(text) and not _RESULT_TOLD.search(text) else 0.0
    if question.wants_goal:
        if _GOAL_TOLD.search(text):
            return 0.0
        return 2.0 if question.names_goal else 1.0
    return 1.0 if _GOAL_ONLY.search(text) and question.years_named else 0.0
