"""The kind of text that a title names ("通知", "条例", "白皮书")."""

from __future__ import annotations

import re

KINDS = (
    "政府工作报告", "决议", "决定", "实施细则", "实施条例", "条例", "实施办法", "管理办法", "办法", "规定", "实施意见",
    "指导意见", "意见", "实施方案", "行动方案", "行动计划", "方案", "规划", "纲要", "通知", "公告", "通报", "公报", "批复",
    "解读", "工作报告", "报告", "法",
)  # fmt: skip


def kind_of(title: str) -> str:
    """The kind that a title ends with, else one that it holds; empty where it names none."""
    bare = re.sub(r"[（(][^（()）]*[)）]|[》\s]", "", title)
    if bare.endswith("的通知"):
        return "通知"
    return next(
        (kind for kind in KINDS if bare.endswith(kind)), next((k for k in KINDS[:-1] if k in bare), "")
    )
