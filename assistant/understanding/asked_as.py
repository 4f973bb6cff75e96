"""How a follow-up that was made to stand alone is shown."""

from __future__ import annotations

from assistant.understanding.slots import JOINT, LEAD

_MARKS = "?？。!！ "
_CUT = "……"


def asked_as(standalone: str, question: str) -> str:
    """The standalone form as a person reads it: one that only has a topic put before the follow-up is shown as both, the topic cut.

    "2026年春运民航预计运旅客，铁路那边预计发送多少人" is no sentence; "2026年春运民航预计运旅客……铁路那边预计发送多少人" says that it is two.

    Args:
        standalone: The form that was searched.
        question: What the person wrote.
    """
    own = LEAD.sub("", question.strip()).strip(_MARKS)
    topic = standalone.rstrip(_MARKS).removesuffix(own)
    if not own or not topic.endswith(JOINT) or len(topic) + len(own) != len(standalone.rstrip(_MARKS)):
        return standalone
    return f"{topic.removesuffix(JOINT)}{_CUT}{standalone[len(topic) :]}"
