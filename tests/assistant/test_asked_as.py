"""A follow-up is shown as it was asked: a topic put before it is no sentence with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.asked_as import asked_as


@pytest.mark.parametrize(
    ("standalone", "question", "shown"),
    [
        (
            "春运民航预计运旅客，铁路那边预计发送多少人",
            "铁路那边预计发送多少人？",
            "春运民航预计运旅客……铁路那边预计发送多少人",
        ),
        ("个税每月扣，后来提到多少了？", "那后来提到多少了？", "个税每月扣……后来提到多少了？"),
        ("湖北2025年产量多少", "那湖北呢", "湖北2025年产量多少"),
        ("湖北产量，增速多少", "湖北产量，增速多少", "湖北产量，增速多少"),
        ("湖北产量，增速多少", "", "湖北产量，增速多少"),
    ],
)
def test_a_topic_before_a_follow_up_is_shown_cut(standalone: str, question: str, shown: str) -> None:
    assert asked_as(standalone, question) == shown


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_but_the_joint_is_lost(topic: str, question: str) -> None:
    shown = asked_as(f"{topic}，{question}", question)
    assert shown.replace("……", "，") == f"{topic}，{question}".replace("……", "，")
