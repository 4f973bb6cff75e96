"""What one sentence tells without saying it: the change from one figure to another, a part's share, each of a 分别 list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import rjieba

from assistant.answering.calculation import Worked, widest
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from corpus.language.changes import changes_in
from corpus.language.normalize import fold, fold_characters
from corpus.language.quantities import Quantity, quantities_in, written
from corpus.language.sentences import cut_positions
from index.kinds import Kind

_TELLS_GROWTH = re.compile(r"(?:增长|增加|下降|上升|提高|减少|降低)了?约?\d[\d.]*[%％]")
_TOLD_GAP = re.compile(
    r"(?:增加|减少|提高|提升|降低|下降|上升|扩大|缩小|增长|[多少高低涨降升增减])[了出约近]{0,2}(?P<figure>\d[^，。；;]{0,16})"
)
_TURNS = re.compile(r"亏|逆差|零下|负\d|(?<![\d%元吨人])[-−]\d|[，,](?:再|又|进而|随后)")
"""A sentence of losses, or of a change in several steps: its ends are not what they look like."""
_RESPECTIVELY = re.compile(
    r"(?P<names>[^，。；;：:,]{2,60}?)(?:[，,](?!其)[^，,。；;：:、\d]{0,6})?(?:均|也)?分别(?P<verb>[^\d，。；;]{0,12})(?P<figures>\d[^。；;]*?)(?=[，,][^\d，,]{1,20}分别|[。；;]|$)"
)
_NAMES = frozenset("nabjlisxz")
"""What the tags of words begin with that name or qualify something."""
_LONGEST_ROW = 200
_BETWEEN = re.compile("[、和与及]|以及")


def change_told(question: Question, sentence: str, around: str = "") -> Worked | None:
    """By how much something changed, where a sentence tells from what and to what; None where it is not plain which.

    Args:
        question: What is asked: "产值五年多了多少".
        sentence: The sentence that answers: "产值从2019年的2.1亿元增长到2024年的3.4亿元".
        around: What stands above it; what is asked of must be named in it or in the sentence.
    """
    if question.operation.in_a_sentence is not Operation.DIFFERENCE:
        return None
    if _TELLS_GROWTH.search(sentence) and not question.form.is_amount_of_change:
        return None
    ends = _ends_told(question, sentence, around)
    if ends is None:
        return None
    old, new = ends
    if (
        old.value == new.value
        or "倍" in {old.written_unit, new.written_unit}
        or _TURNS.search(fold(sentence))
    ):
        return None
    unit = "个百分点" if old.unit == "%" else ""
    gap = written(abs(new.value - old.value), widest([old, new]), unit)
    high, low = (new, old) if new.value > old.value else (old, new)
    word = "增加" if new.value > old.value else "减少"
    return Worked(f"从{old.text}到{new.text}，{word}{gap}（{high.text} − {low.text}）。", gap)


def both_ends(question: Question, sentence: str) -> str:
    """ "从8元到10元" for "从多少涨到多少"; empty where the question does not ask so or the sentence does not tell it plainly."""
    if not question.form.is_both_ends:
        return ""
    ends = _ends_told(question, sentence, "", is_named=False)
    return f"从{ends[0].text}到{ends[1].text}" if ends else ""


def new_end(question: Question, sentence: str, read: tuple[int, int]) -> str:
    """ "10元" where 8元 was read in "由8元调整为10元" and nothing in the question speaks of before or of a time; else empty.

    Args:
        question: What is asked: "起步价多少".
        sentence: The sentence that answers.
        read: Where in the sentence the figure stands that was read.
    """
    if question.form.is_before or question.form.is_both_ends:
        return ""
    for change in changes_in(sentence):
        if change.old.start <= read[0] and read[1] <= change.new.start:
            return change.about
    return ""


def _ends_told(
    question: Question, sentence: str, around: str, *, is_named: bool = True
) -> tuple[Quantity, Quantity] | None:
    """The figures from which and to which the thing asked of changed; None where it is not plain which they are."""
    asked = question.form.changing
    cuts = [0, *cut_positions(sentence, "，,；;。"), len(sentence)]
    found: list[tuple[int, Quantity, Quantity]] = []
    for start, stop in pairwise(cuts):
        clause = fold(sentence[start:stop])
        for change in changes_in(clause):
            told = fold(around + sentence[:stop])
            if not is_named or all(any(name in told for name in names) for names in asked):
                named = sum(any(name in clause for name in names) for names in asked)
                found.append((named, change.old.quantity, change.new.quantity))
    found.sort(key=lambda each: -each[0])
    if not found or (is_named and not found[0][0]) or (len(found) > 1 and found[1][0] == found[0][0]):
        return None
    return found[0][1:]


def tells_gap(question: Question, sentence: str) -> bool:
    """Whether a sentence tells in so many words by how much something differs: "增加149.4亿元", for amounts no percentage."""
    if any(changes_in(sentence)):
        return True
    in_points = question.form.is_in_points
    for match in _TOLD_GAP.finditer(fold(sentence)):
        figures = quantities_in(match.group("figure"))
        if figures and (in_points or figures[0].unit not in {"%", "个百分点"}):
            return True
    return False


def respective_rows(sentence: str) -> Iterator[tuple[list[str], list[str], str]]:
    """The names, the figures and what is measured of each 分别 list of a sentence; at most as many figures as names."""
    names: list[str] = []
    for match in _RESPECTIVELY.finditer(sentence):
        own = [name for name in _BETWEEN.split(match.group("names")) if name]
        # "…、建德市的天数分别为…，优良率分别为…": the second list is of the same names.
        names = own if len(own) > 1 else names
        figures = _figures_in_a_row(match.group("figures"))
        if 2 <= len(figures) <= len(names):
            yield names, figures, f"{own[-1]}{match.group('verb')}"


def respective_figure(question: Question, sentence: str) -> str:
    """The figure of a 分别 list that belongs to the name that is asked for; empty where none is plain.

    Of "甲厂、乙厂产量分别为410台和195台" it is 195台 for "乙厂产量是多少". Names that tell figures of their own ("产量410台、销量402台，
    同比分别增长5%和6%") give these, but for a share or a growth.
    """
    found: list[tuple[int, str]] = []
    asked = question.words
    for row, listed, measure in respective_rows(sentence):
        names, own = _without_figures(row[-len(listed) :])
        figures = own if own and question.kind is not Kind.SHARE else listed
        marks = [_mark_of(name, is_last=number == len(names) - 1) for number, name in enumerate(names)]
        if len(set(marks)) < len(marks) or not any(mark in question.text for mark in marks):
            marks = _own_pairs(names)
        chosen = [
            number
            for number, mark in enumerate(marks)
            if len(mark) > 1 and mark in question.text and sum(mark in name for name in names) == 1
        ]
        if len(set(marks)) < len(marks) or len(chosen) != 1:
            chosen = _likest(names, question.text)
        if len(chosen) == 1:
            found.append((sum(word in measure for word in asked if word not in marks), figures[chosen[0]]))
    found.sort(key=lambda each: -each[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return ""
    return found[0][1]


def tells_of_several(sentence: str, figure: str) -> bool:
    """Whether a figure is one of a 分别 list, and so belongs to only one of the names before it."""
    return any(figure in figures for _, figures, _ in respective_rows(sentence))


def _without_figures(names: list[str]) -> tuple[list[str], list[str]]:
    """The names of a row without the figures that they tell themselves, and these figures; none where one name tells none."""
    plain, figures = [], []
    for name in names:
        folded = fold_characters(name)
        told = [each.text for each in quantities_in(folded) if each.text in folded]
        if len(told) != 1:
            return names, []
        figures.append(told[0])
        plain.append(folded[: folded.find(told[0])] or name)
    return plain, figures


def _likest(names: list[str], question: str) -> list[int]:
    """The one of several names that shares most with a question of what none of the others holds; none where two do alike.

    Only of whole names: of "城镇和农村居民收入" 居民收入 belongs to both.
    """
    pairs = [{name[at : at + 2] for at in range(len(name) - 1)} for name in names]
    if not all(each & pairs[-1] for each in pairs):
        return []
    shared = []
    for number, own in enumerate(pairs):
        others = set().union(*(each for at, each in enumerate(pairs) if at != number))
        shared.append(sum(pair in question for pair in own - others))
    best = max(shared)
    return [number for number, count in enumerate(shared) if count == best > 0]


def _mark_of(name: str, *, is_last: bool) -> str:
    """What tells a name from the others of its row: 农村 of 农村居民收入 at the end, 城镇 of 全省城镇 at the beginning."""
    words = rjieba.cut(name)
    return words[0] if is_last else words[-1]


def _own_pairs(names: list[str]) -> list[str]:
    """The pair of characters of each name that none of the others has: 三星 of 三星级 beside 四星级; the last one, of the last name the first."""
    found = []
    for number, name in enumerate(names):
        others = [other for at, other in enumerate(names) if at != number]
        pairs = [name[at : at + 2] for at in range(len(name) - 1)]
        own = [pair for pair in pairs if not any(pair in other for other in others)]
        found.append((own[0] if number == len(names) - 1 else own[-1]) if own else "")
    return found


def _figures_in_a_row(text: str) -> list[str]:
    """The figures that follow each other with only 、, 和 or a comma between them."""
    found: list[str] = []
    rest = fold_characters(text[:_LONGEST_ROW])
    while figures := quantities_in(rest):
        first = figures[0].text
        at = rest.find(first)
        if at < 0 or (found and not re.fullmatch(r"[、和与及，,]?\s*", rest[:at])):
            break
        found.append(first)
        rest = rest[at + len(first) :]
    return found


def tells_an_unasked_part(question: Question, sentence: str, at: int) -> bool:
    """Whether a figure is that of a part which the question does not ask of: 18家 of "企业120家，其中规上18家".

    Args:
        question: What is asked: "企业有多少家".
        sentence: The sentence that was read.
        at: Where the figure begins in it.
    """
    before = sentence[:at]
    clause = before[max(before.rfind(mark) for mark in "。；;：:") + 1 :]
    told, mark, part = clause.rpartition("其中")
    if not mark or not any(character.isdigit() for character in told) or any(map(str.isdigit, part)):
        return False
    names = [word for word, tag in rjieba.tag(fold(part)) if tag[:1] in _NAMES and len(word) > 1]
    return bool(names) and not all(_is_in(question.folded, word) for word in names)


def _is_in(text: str, word: str) -> bool:
    """Whether a text holds a word, or both halves of a long one: 机械的动力 of 机械动力."""
    return word in text or (len(word) > 3 and word[:2] in text and word[-2:] in text)
