"""Chinese words for the keyword index: one tokeniser for passages and questions alike."""

from __future__ import annotations

import re

import rjieba

from corpus.language.normalize import fold

_WORD = re.compile(r"[\w.%]*\w[\w.%]*", re.UNICODE)

_QUESTION_WORDS = frozenset(
    [
        "的",
        "了",
        "吗",
        "呢",
        "吧",
        "啊",
        "呀",
        "是",
        "是否",
        "有",
        "没有",
        "多少",
        "多大",
        "几",
        "哪",
        "哪些",
        "哪个",
        "哪家",
        "哪里",
        "哪儿",
        "哪几",
        "哪年",
        "哪天",
        "什么",
        "怎么",
        "怎样",
        "如何",
        "为何",
        "为什么",
        "谁",
        "何时",
        "何地",
        "时候",
        "请问",
        "现在",
        "目前",
        "当前",
        "如今",
        "最新",
        "最近",
        "总结",
        "概括",
        "概述",
        "综述",
        "梳理",
        "归纳",
        "简述",
        "请",
        "一下",
        "告诉",
        "我",
        "你",
        "我们",
        "想",
        "知道",
        "想知道",
        "在",
        "对",
        "与",
        "和",
        "及",
        "以及",
        "或",
        "把",
        "被",
        "将",
        "由",
        "从",
        "到",
        "为",
        "于",
        "就",
        "也",
        "都",
        "而",
        "且",
        "并",
        "其",
        "这",
        "那",
        "这个",
        "那个",
        "这些",
        "那些",
        "它",
        "他",
        "她",
        "它们",
        "他们",
        "分别",
        "各",
        "各是",
        "多久",
        "多长",
        "几个",
        "几家",
        "几项",
        "几种",
        "能",
        "能否",
        "可以",
        "可",
        "会",
        "要",
        "应",
        "应该",
        "需要",
        "还",
        "又",
        "再",
        "最",
        "很",
        "更",
        "吗",
        "嘛",
        "么",
        "个",
        "之",
        "所",
        "以",
        "等",
        "中",
        "里",
        "上",
        "下",
        "时",
        "年",
        "月",
        "日",
        "份",
        "主要",
        "具体",
        "关于",
        "根据",
        "按照",
        "达到",
        "达",
        "共",
        "总共",
        "一共",
        "大概",
        "大约",
        "左右",
        "实现",
        "完成",
        "目前",
        "现在",
        "说",
        "提到",
        "提出",
        "介绍",
        "看",
        "看看",
        "查",
        "查查",
        "帮",
        "帮我",
        "有没有",
        "是不是",
    ]
)
"""Words that carry no content of a question; they take no part in measuring what of it a text covers."""
_EVERYDAY = frozenset(["钱", "全国", "国家"])
"""Nouns of questions that stand for what official texts call otherwise (元), or that the place is weighed by."""


def words(text: str) -> list[str]:
    """Words of `text` in search mode (long words also give their parts), folded, punctuation dropped."""
    return [word for word in rjieba.cut_for_search(fold(text)) if _WORD.fullmatch(word)]


def naming_words(question: str) -> frozenset[str]:
    """Those of the `content_words` of a question that name what it is about: nouns, names, and verbs of two characters.

    Everyday verbs and adverbs ("打了多少粮食", "一共拉了多少人") are seldom those of official texts.
    """
    named = {
        word
        for word, tag in rjieba.tag(fold(question))
        if tag[0] in "nijlez" or tag == "vn" or (tag[0] == "v" and len(word) > 1)
    }
    return frozenset(word for word in content_words(question) if word in named and word not in _EVERYDAY)


def content_words(question: str) -> list[str]:
    """The distinct words of a question that say what it is about, in order, in the plain segmentation."""
    seen: dict[str, None] = {}
    for word in rjieba.cut(fold(question)):
        if _WORD.fullmatch(word) and word not in _QUESTION_WORDS:
            seen.setdefault(word)
    return list(seen)
