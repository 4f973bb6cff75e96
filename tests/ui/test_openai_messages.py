"""What is remembered of a conversation of the OpenAI-compatible endpoint is that conversation's and its person's alone."""

from __future__ import annotations

from assistant.model import Answer
from ui.web.openai_messages import Conversation, Message

REFUSAL = "资料库中没有找到相关内容。"
FOLLOW_UP = "那浙江呢？"


def said(*texts: str) -> list[Message]:
    return [
        Message(role="user" if number % 2 == 0 else "assistant", content=text)
        for number, text in enumerate(texts)
    ]


def answered(conversation: Conversation, who: str, *before: str) -> None:
    """A follow-up that was refused, after what was said before it."""
    answer = Answer(
        question=FOLLOW_UP, standalone_question="浙江紫貂计划预算多少？", answer=REFUSAL, refused=True
    )
    conversation.remember(said(*before, FOLLOW_UP), who, FOLLOW_UP, answer)


def understood(conversation: Conversation, who: str, *before: str) -> str:
    """The follow-up's standalone form, as it is read out of the messages of the next question."""
    _, history = conversation.read(said(*before, FOLLOW_UP, REFUSAL, "那安徽呢？"), who)
    return history[-1].standalone_question


SECRET, OPEN = ("江苏紫貂计划预算多少？", "7321万元。"), ("江苏2025年粮食产量多少？", "3810万吨。")


def test_an_answer_given_here_is_known_again() -> None:
    conversation = Conversation(2000)
    answered(conversation, "anna", *SECRET)
    assert understood(conversation, "anna", *SECRET) == "浙江紫貂计划预算多少？"
    # Also where a client left out how a long conversation began.
    assert understood(conversation, "anna", "你好", "您好。", *SECRET) == "浙江紫貂计划预算多少？"


def test_nobody_is_told_what_somebody_else_asked_about() -> None:
    conversation = Conversation(2000)
    answered(conversation, "anna", *SECRET)
    assert "紫貂" not in understood(conversation, "rea", *OPEN)
    _, history = conversation.read(said(FOLLOW_UP, REFUSAL, "那安徽呢？"), "rea")
    assert "紫貂" not in history[-1].standalone_question


def test_nor_is_another_conversation_of_the_same_person() -> None:
    conversation = Conversation(2000)
    answered(conversation, "anna", *SECRET)
    assert "紫貂" not in understood(conversation, "anna", *OPEN)
