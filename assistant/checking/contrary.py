"""Rules that tell whether a written sentence says the contrary of its passage, or more: each a function with an id.

A rule is given the sentence and the passage, both folded, and gives back the word by which they differ, or nothing. What each
is for, its examples and its counter-example stand in `tests/specs/checking_rules.jsonl`, how often it is right in
`docs/results.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from assistant.checking.likeness import clauses, likest, nearest, pairs_of, share_of_pairs
from corpus.language.normalize import fold

_DOWN = re.compile(r"下降|减少|下滑|降低|回落|跌|负增长|收窄|萎缩|缩减|减(?![免持灾排税])")
_UP = re.compile(r"增长|增加|上升|提高|上涨|上调|回升|攀升|扩大|增(?![值资设速幅量])|升")
_DONE = re.compile(
    r"已(?!知|婚|有之)(?:经)?|建成通车|(?:通车|投产|完工|落地|成立|实施|完成)了|实现了|达到了|实际"
)
_TO_COME = re.compile(
    r"预计|计划|拟(?!合|定)|目标|力争|将(?=于|在|达|会|建|继续|实现|突破|推出|投|启动|完成|缩短|成为|由|有|开|新)|到20\d\d年|规划|争取|有望|准备|打算|年底前|以前完成|今后|下一步|未来"
)
_ISSUED = re.compile(r"(?:出台|发布|印发|颁布|公布|施行|生效)(?![^。]{0,40}(?:征求意见|草案))")
_DRAFT = re.compile(r"征求意见|草案|送审|拟(?:出台|制定|发布)|公开征求")
_NOT = re.compile(
    r"(?:不(?:得|能|可以?|允许|准|许|再|予|会|必|需要?|用|应|宜)?(?:再)?|未(?![来成变])(?:能|予|按期|按时|如期|在\S{1,6}?内)?"
    r"|没有?|没能|无(?:需|须|法|权|(?![人限线]))|禁止|严禁|尚未|从未|并未|拒绝)(?:对|将|把|被)?"
    r"(?!低于|少于|小于|高于|多于|大于|超过|超出|晚于|早于|迟于|足|到|满|[一二三四五六七八九十\d])(?P<denied>[\u3400-\u9fff]{2})"
)
_NO_OF_ANY_KIND = re.compile(
    r"不(?![良同断仅但止少])|无(?![人线])|未(?![来成])|非(?![常居])|[没免禁停缓暂拒剔除余剩差缺逾]|例外|排除"
)
_LEAST_SHARED = 0.3
_LEAST_PAIRS = 3
_TELLING_PAIRS = 4
_MOST = re.compile(
    r"(?:不(?:得|能)?超过|不高于|不多于|最高|最多|至多)(?:的?(?:为|达|给予|补助|奖励|补贴|资助|支持|可|每\S{1,3}|人民币)){0,2}$"
)
_MOST_AFTER = re.compile(r"^(?:以内|封顶|上限|为限)")
_BOUNDED = re.compile(
    r"最|不超|不高|不多|至多|上限|封顶|以内|以下|限|不足|不到|超过|超出|低于|少于|小于|顶|[~～—–-]|[至约从比到止再也只才够降]|左右|原来|以前|以后"
)
_AMOUNT = re.compile(
    r"(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?(?:(?:万亿|亿|万)?元|(?:万亿|亿|万)(?:吨|亩|人|家)?|%)"
)
_LEAST_OF_THE_CLAUSE = 0.2
_ALL = re.compile(r"(?<![没未不非])(?<!没有)(?:全部|所有|一律|任何)")
_ALL_IN_OTHER_WORDS = re.compile(r"所有|全部|一律|各类|各种|任何|凡|均|都|各|每|全")
_PERCENTAGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(%|个百分点)")
_FALLS_BY = re.compile(
    rf"(?:{_DOWN.pattern})(?:了|约|近|超过?|幅度?(?:为|达))?\s*(\d+(?:,\d{{3}})*(?:\.\d+)?)"
)
_PARTS = re.compile(r"[，,。；;]")
_NEAR_FIGURE = 14


class Contrary(NamedTuple):
    """A rule that fired: its id, and the word by which it did."""

    rule: str
    word: str


def contraries(sentence: str, told: str) -> list[Contrary]:
    """Every rule by which a sentence says the contrary of a passage, or more than it.

    Args:
        sentence: A written sentence, without marks.
        told: What it may be written from.
    """
    sentence, told = fold(sentence), fold(told)
    return [Contrary(rule, word) for rule, found in RULES.items() if (word := found(sentence, told))]


def contrary(sentence: str, told: str) -> str:
    """The word of the first rule by which a sentence says the contrary of a passage; empty where none does."""
    return next((each.word for each in contraries(sentence, told)), "")


def _denied(sentence: str, told: str) -> str:
    affirmed = [clause for clause in clauses(sentence) if not _NO_OF_ANY_KIND.search(clause)]
    before = ""
    for clause in clauses(told):
        for match in _NOT.finditer(clause):
            if clause.endswith("的"):  # the case that a rule is for: "没有违法所得的，"
                continue
            about = f"{clause[: match.start()]} {clause[match.start('denied') :]}"
            of_the_same = [each for each in affirmed if match["denied"] in each]
            if len(pairs_of(about)) < _TELLING_PAIRS:
                about, of_the_same = f"{before} {about}", [sentence] if of_the_same else []
            if any(_share_much(pairs_of(about), pairs_of(each)) for each in of_the_same):
                return match.group()
        before = clause
    return ""


def _share_much(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= _LEAST_PAIRS and shared >= _LEAST_SHARED * len(one)


def _not_yet(sentence: str, told: str) -> str:
    issued = _ISSUED.search(sentence)
    if issued and not _DRAFT.search(sentence):
        meant = nearest(sentence, told)
        if _DRAFT.search(meant) and not _ISSUED.search(meant):
            return issued.group()
    for clause in re.split("[，,；;]", sentence):
        done = _DONE.search(clause)
        if not done or _TO_COME.search(clause):
            continue
        alike = likest(clause, told)
        if any(map(_TO_COME.search, alike)) and not any(map(_is_done, alike)):
            return done.group()
    return ""


def _is_done(sentence: str) -> bool:
    """Whether a sentence has a clause on something done: in "预计年底建成通车" nothing is."""
    return any(_DONE.search(each) and not _TO_COME.search(each) for each in re.split("[，,；;]", sentence))


def _direction_of_figure(sentence: str, told: str) -> str:
    if _falls_as_told(sentence, told):
        return ""
    for match in _PERCENTAGE.finditer(sentence):
        before = _clause_before(sentence, match.start())
        same = re.compile(rf"(?<![\d.]){re.escape(match.group(1))}\s*{match.group(2)}")
        own = [_clause_before(told, other.start()) for other in same.finditer(told)]
        # Where the figure is told of several things, the one that is meant decides.
        alike = [len(set(before) & set(_DOWN.sub("", _UP.sub("", clause)))) for clause in own]
        meant = [clause for clause, shared in zip(own, alike, strict=True) if shared == max(alike)]
        words = [_other_way(before, clause) for clause in meant]
        if words and all(words):
            return words[0]
    return ""


def _clause_before(text: str, at: int) -> str:
    return _PARTS.split(text[max(0, at - _NEAR_FIGURE) : at])[-1]


def _direction(sentence: str, told: str) -> str:
    return "" if _falls_as_told(sentence, told) else _other_way(sentence, nearest(sentence, told))


def _falls_as_told(sentence: str, told: str) -> bool:
    """Whether every fall that a sentence puts a figure to is told as a negative one: "-8.5" under "比上年增长（%）"."""
    falls = _FALLS_BY.findall(sentence)
    return bool(falls) and all(
        re.search(rf"(?<![\d.])[-−–]\s*{re.escape(figure)}(?![\d.]*\d)", told) for figure in falls
    )


def _other_way(sentence: str, told: str) -> str:
    """The word of `sentence` for a fall where `told` has only a rise, or for a rise where it has only a fall."""
    down, up = _DOWN.search(sentence), _UP.search(sentence)
    if down and not up and _UP.search(told) and not _DOWN.search(told):
        return down.group()
    if up and not down and _DOWN.search(told) and not _UP.search(told):
        return up.group()
    return ""


def _without_bound(sentence: str, told: str) -> str:
    if _BOUNDED.search(sentence):
        return ""
    for clause in re.split(r"[，,。；;](?!\d{3})", sentence):
        for match in _AMOUNT.finditer(clause):
            places = list(re.finditer(rf"(?<![\d.,]){re.escape(match.group())}", told))
            if not places or not all(_is_most(told, each) for each in places):
                continue
            if max(share_of_pairs(clause, _clause_of(told, each)) for each in places) >= _LEAST_OF_THE_CLAUSE:
                return match.group()
    return ""


def _is_most(told: str, place: re.Match[str]) -> bool:
    before, after = told[max(0, place.start() - 16) : place.start()], told[place.end() : place.end() + 3]
    return bool(_MOST.search(before)) or bool(_MOST_AFTER.match(after))


def _clause_of(told: str, place: re.Match[str]) -> str:
    begin = max(told.rfind(mark, 0, place.start()) for mark in "。；;\n｜|")
    return told[begin + 1 : place.end() + 6]


def _all(sentence: str, told: str) -> str:
    match = _ALL.search(sentence)
    return match.group() if match and not _ALL_IN_OTHER_WORDS.search(told) else ""


RULES: dict[str, Callable[[str, str], str]] = {
    "denied": _denied,
    "not_yet": _not_yet,
    "direction_of_figure": _direction_of_figure,
    "direction": _direction,
    "without_bound": _without_bound,
    "all": _all,
}
"""The rules by their ids, the first to be named first."""

__all__ = ["RULES", "Contrary", "contraries", "contrary"]
