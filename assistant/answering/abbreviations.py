"""What a name of Latin letters stands for, where a sentence tells it in brackets: "光电合封(CPO)"."""

from __future__ import annotations

import re

import rjieba

from assistant.understanding.question import Question
from corpus.language.normalize import fold

_CHINESE = r"[\u4e00-\u9fff][\u4e00-\u9fff、·\-]{1,18}[\u4e00-\u9fff]"
_BEFORE_A_NAME = frozenset(
    [
        "的",
        "了",
        "是",
        "为",
        "即",
        "叫",
        "在",
        "对",
        "把",
        "将",
        "被",
        "如",
        "以",
        "从",
        "向",
        "由",
        "等",
        "称为",
        "称作",
        "采用",
        "推出",
        "推动",
        "推进",
        "布局",
        "基于",
        "通过",
        "使用",
        "包括",
        "以及",
        "发布",
        "引入",
        "提出",
        "建设",
        "其中",
    ]
)
"""Words after which a name begins; "和" and "与" may stand in one (研究与试验发展)."""


def spelled_out(question: Question, sentence: str) -> str:
    """The Chinese name that `sentence` gives in brackets for what `question` asks to be spelled out; empty where it does not."""
    if not question.form.abbreviation:
        return ""
    name, text = re.escape(question.form.abbreviation), fold(sentence)
    before = re.search(rf"({_CHINESE})\s*[(（][^()（）]{{0,40}}?(?<![a-z0-9]){name}(?![a-z0-9])", text)
    if before:
        return _name_at_end(before.group(1))
    after = re.search(rf"(?<![a-z0-9]){name}\s*[(（][^()（）\u4e00-\u9fff]{{0,60}}({_CHINESE})", text)
    return after.group(1) if after else ""


def _name_at_end(text: str) -> str:
    """What of `text` comes after the last word that a name does not hold."""
    words = rjieba.cut(text)
    begin = max((n + 1 for n, word in enumerate(words[:-1]) if word in _BEFORE_A_NAME), default=0)
    return "".join(words[begin:])
