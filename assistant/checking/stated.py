"""Whether a sentence says more than its passage: done where it is planned, in force where it is a draft, all where it is some.

Compared is the sentence of the passage that shares most with it; a word that stands there too is no contradiction.
"""

from __future__ import annotations

import re

from corpus.language.normalize import fold
from corpus.language.sentences import sentence_spans
from index.words import content_words

_DONE = re.compile(r"已(?!知|婚|有之)(?:经)?|建成通车|(?:通车|投产|完工|落地|成立|实施|完成)了")
_TO_COME = re.compile(
    r"预计|计划|拟(?!合|定)|目标|力争|将(?=于|在|达|会|建|继续|实现|突破|推出|投|启动|完成|缩短|成为|由|有|开|新)|到20\d\d年|规划|争取|有望|准备|打算|年底前|以前完成|今后|下一步|未来"
)
_DRAFT = re.compile(r"征求意见|草案|送审|拟(?:出台|制定|发布)|公开征求")
_ISSUED = re.compile(r"(?:出台|发布|印发|颁布|公布|施行|生效)(?![^。]{0,40}(?:征求意见|草案))")
_UPPER_BOUND = re.compile(r"(?:不超过|不高于|不多于|最高(?:不超过)?|最多|至多|上限为?|以内|以下|封顶)")
_ALL = re.compile(
    r"所有|全部|一律|各类|各种|任何|终身|永久|唯一|首个|首次|最早|最大|最高|最多|最低|第一(?![章节条款项季产线书次批期轮方])|完全|彻底|全国性|必须|一定"
)
_BOUND_NEAR = 8
_DOWN = re.compile(r"下降|减少|下滑|降低|回落|跌|负增长|收窄|萎缩|缩减|减")
_UP = re.compile(r"增长|增加|上升|提高|上涨|上调|回升|攀升|扩大|增(?![值资设])|升")
_ALIKE = 0.34
_FIGURE_WITH_UNIT = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*(%|个百分点|(?:万亿|亿|万)?(?:元|美元|吨|亩|人|家|户|辆|台|个工作日|日|天|岁|项))"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LEAST_CONTEXT = 3
_TELLING_CONTEXT = 6
_SURELY_ALIKE = 0.75
_HARDLY_ALIKE = 0.4
_NEARLY_AS_LIKE = 0.6


def otherwise_stated(sentence: str, told: str) -> str:
    """The word by which a sentence says more than, or the contrary of, the passage; empty where it does not.

    Args:
        sentence: A written sentence.
        told: What it may be written from.
    """
    folded, told_folded = fold(sentence), fold(told)
    nearest = _nearest(folded, told_folded)
    if not nearest:
        return ""
    return (
        _draft(folded, nearest)
        or _done(folded, told_folded)
        or _other_figure(folded, told_folded)
        or _without_bound(folded, told_folded)
        or _more_than(folded, told_folded)
        or _direction(folded, nearest)
    )


def _draft(sentence: str, nearest: str) -> str:
    issued = _ISSUED.search(sentence)
    if issued and not _DRAFT.search(sentence) and _DRAFT.search(nearest) and not _ISSUED.search(nearest):
        return issued.group()
    return ""


def _done(sentence: str, told: str) -> str:
    for clause in re.split("[，,；;]", sentence):
        done = _DONE.search(clause)
        if not done or _TO_COME.search(clause):
            continue
        meant = _likest(clause, told)
        if any(_TO_COME.search(each) for each in meant) and not any(_DONE.search(each) for each in meant):
            return done.group()
    return ""


def _other_figure(sentence: str, told: str) -> str:
    """A figure that the passage tells of another thing, while it tells another figure of this one."""
    clauses = _clauses_with_figures(told)
    for context, figure, unit in _clauses_with_figures(sentence):
        if len(context) < _LEAST_CONTEXT:  # in another language, or of no thing
            continue
        own = [_alike(context, other) for other, number, u in clauses if number == figure and u == unit]
        others = [
            (_alike(context, other), number) for other, number, u in clauses if number != figure and u == unit
        ]
        if own and others and max(others)[0] >= _SURELY_ALIKE and max(own) <= _HARDLY_ALIKE:
            return figure + unit
    return ""


def _clauses_with_figures(text: str) -> list[tuple[str, str, str]]:
    """What stands before each figure in its clause (of a short one, and in the clause before), the figure, and its unit."""
    found = []
    before = ""
    for clause in re.split(r"[，,、。；;！？\n|｜]", text):
        at = 0
        for match in _FIGURE_WITH_UNIT.finditer(clause):
            context = "".join(_CHINESE.findall(clause[at : match.start()]))
            if len(context) < _TELLING_CONTEXT:
                context = "".join(_CHINESE.findall(clause[: match.start()]))
            if len(context) < _TELLING_CONTEXT:
                context = before + context
            found.append((context, match.group(1), match.group(2)))
            at = match.end()
        before = "".join(_CHINESE.findall(clause))
    return found


def _alike(one: str, other: str) -> float:
    """The share of the pairs of characters of `one` that stand in `other`."""
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    return sum(pair in other for pair in pairs) / (len(pairs) or 1)


def _without_bound(sentence: str, told: str) -> str:
    """A figure that the passage gives as the most there may be, told as the figure itself."""
    for match in re.finditer(
        r"\d+(?:\.\d+)?(?:(?:万亿|亿|万)(?:元|吨|亩|人|家)?|%|元|吨|亩|人|家)", sentence
    ):
        if len(match.group()) < 3 or _near_bound(sentence, match):
            continue
        places = list(re.finditer(rf"(?<![\d.]){re.escape(match.group())}", told))
        if places and all(_near_bound(told, each) for each in places):
            return match.group()
    return ""


def _near_bound(text: str, match: re.Match[str]) -> bool:
    around = (
        text[max(0, match.start() - _BOUND_NEAR) : match.start()] + " " + text[match.end() : match.end() + 3]
    )
    return bool(_UPPER_BOUND.search(around)) or bool(re.search(r"上限|至|[~～—–-]|幅度|区间|限额", around))


def _more_than(sentence: str, told: str) -> str:
    for match in _ALL.finditer(sentence):
        if match.group() not in told and not _says_alike(match.group(), told):
            return match.group()
    return ""


_SAY_ALIKE = (
    frozenset({"所有", "全部", "一律", "各类", "各种", "任何", "凡", "均", "都", "各", "每", "全"}),
    frozenset({"首个", "首次", "最早", "第一", "首", "率先", "唯一"}),
    frozenset(
        {
            "最大",
            "最高",
            "最多",
            "第一",
            "首位",
            "榜首",
            "居首",
            "之最",
            "最低",
            "最",
            "上限",
            "不超过",
            "至多",
            "以内",
            "以下",
            "下限",
            "不低于",
            "至少",
        }
    ),
    frozenset({"必须", "应", "须", "不得", "一定", "需", "要"}),
    frozenset({"终身", "永久", "不再", "长期"}),
    frozenset({"完全", "彻底", "全部", "全面"}),
)


def _says_alike(word: str, told: str) -> bool:
    return any(word in group and any(other in told for other in group) for group in _SAY_ALIKE)


def _direction(sentence: str, nearest: str) -> str:
    down, up = _DOWN.search(sentence), _UP.search(sentence)
    if down and not up and _UP.search(nearest) and not _DOWN.search(nearest):
        return down.group()
    if up and not down and _DOWN.search(nearest) and not _UP.search(nearest):
        return up.group()
    return ""


def _nearest(sentence: str, told: str) -> str:
    """The sentence of a passage that shares most words with another; empty where none shares enough."""
    return next(iter(_likest(sentence, told)), "")


def _likest(sentence: str, told: str) -> list[str]:
    """The sentences of a passage that share most words and figures with another, best first."""
    words = set(content_words(sentence))
    figures = set(re.findall(r"\d+(?:\.\d+)?", sentence))
    rated = []
    parts = [part for start, end in sentence_spans(told) for part in re.split("[；;]", told[start:end])]
    for text in parts:
        likeness = len(words & set(content_words(text))) / (len(words) or 1)
        rated.append((likeness + sum(figure in text for figure in figures) / 2, text))
    best = max((rate for rate, _ in rated), default=0.0)
    if best < _ALIKE:
        return []
    return [text for rate, text in sorted(rated, key=lambda each: -each[0]) if rate >= _NEARLY_AS_LIKE * best]
