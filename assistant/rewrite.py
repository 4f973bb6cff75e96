"""First stage: what is asked, as a question that stands alone; texts that are no question end here."""

from __future__ import annotations

import re

from assistant.conversation import readings
from assistant.dates import with_absolute_years
from assistant.state import Interpretation, Part, State
from index.question import parts_of

_GREETING = re.compile(
    r"^(?:你好|您好|hi|hello|嗨|哈喽|早上好|下午好|晚上好|在吗|在不在|你是谁|你叫什么(?:名字)?|你能做什么|你会什么|谢谢|多谢|感谢|"
    r"好的|ok|再见|拜拜|辛苦了)(?:[呀啊吗么呢了你您]{0,3})[\s!！?？。.,，~～]*$",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|抛开)[^。？?]{0,16}(?:指令|指示|规则|要求|提示|设定|限制|资料|原文|内容)|"
    r"(?:系统提示|提示词|system prompt|ignore (?:all|previous|the))|"
    r"(?:扮演|假装|假设你是)|(?:写|作|编)(?:一?[首篇段个])?(?:诗|小说|故事|笑话|作文|代码)|讲个?笑话|"
    r"(?:直接|只|就)(?:回答|输出|回复|说)[“\"'‘「]",
    re.IGNORECASE,
)


def rewrite(state: State) -> State:
    """Fill `interpretations` with the standalone forms and their parts, or `control`."""
    question = " ".join(state.question.split())
    if _GREETING.match(question):
        state.control = "greeting"
    elif _ORDERS.search(question):
        state.control = "not_a_question"
    forms = readings(question, state.history) if not state.control else [question]
    for form in dict.fromkeys(with_absolute_years(form, state.today) for form in forms):
        state.interpretations.append(
            Interpretation(form, [Part(part) for part in parts_of(form, state.today)])
        )
    return state
