"""The grid that a question asks for: one question for each place, name, time and measure that it crosses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING

import rjieba

from assistant.understanding.by_name import EACH, ONE_BY_ONE
from assistant.understanding.decompose import parts_of
from assistant.understanding.in_time import years_apart
from corpus.language.normalize import fold
from corpus.language.places import places_in
from index.kinds import Kind
from index.measure_asked import MEASURE

if TYPE_CHECKING:
    from assistant.understanding.question import Question

MOST_CELLS = 18
_MOST_AXES = 3
_NO_GRID = frozenset([Kind.YES_NO, Kind.SUMMARY, Kind.REASON])
_COMPARES = re.compile("比较|对比|对照")
_JOINT = re.compile(r"(?:[、,，和与跟及\s]|以及)*")
_TIME_LABEL = re.compile(
    r"(?:(?:19|20)\d{2}年?)?(?:度|的)?(?:\d{1,2}月(?:\d{1,2}[日号])?|前?[一二三四]个?季度|[上下]半年|全年)?"
)
_STRETCH = re.compile(
    r"(?:最近|近|过去)[两二三四五六]年(?![来级期])|从?(?:19|20)\d{2}年?[到至—~-]+(?:19|20)\d{2}年"
)
_A_YEAR = re.compile(r"(?:19|20)\d{2}年(?!的)")
_TITLE = re.compile("《[^《》]{2,60}》")
_TITLES = re.compile(r"《[^《》]{2,60}》(?:[、和与跟及]?《[^《》]{2,60}》)+")
_NAME = r"[^，,、。?？和与跟及的\d《》“”各分在是有]{1,10}"
_NAMES = re.compile(
    rf"^(?:请?(?:比较|对比)(?:一下)?)?(?:(?:19|20)\d{{2}}年)?(?P<run>{_NAME}(?:、{_NAME})+(?:[和与跟及]{_NAME})?|{_NAME}[和与跟及]{_NAME})(?=的|(?:19|20)\d{{2}}年|各|分别)"
)
_LATIN = re.compile("[a-z]+")
_ASKING_TAIL = re.compile(
    rf"(?:[，,][^，,]*[谁哪][^，,]*$)?(?:分别|{EACH}|各自?)?(?:是|为|有|达到?了?)?(?:多少|几何|多大|什么|几[^，,?？]{{0,4}})?[?？。\s]*$"
)
_ASKING_FRONT = re.compile(r"^(?:请|帮我|请问)?(?:比较|对比|列出|列一下|查一下|告诉我)?(?:一下)?")


class AxisKind(str, Enum):
    """What the questions of a grid differ in along one of its axes."""

    PLACE = "place"
    NAME = "name"
    TIME = "time"
    MEASURE = "measure"


@dataclass(frozen=True)
class Axis:
    """What the questions of a grid differ in, and the label of each step: 合肥, 南京."""

    kind: AxisKind
    labels: tuple[str, ...]


@dataclass(frozen=True)
class GridAsked:
    """A question's parts as a grid.

    Attributes:
        axes: What the parts differ in, outermost first.
        cells: The texts of the parts; the labels of the last axis change fastest.
        thing: What is asked of each, without the labels: "集成电路产量".
    """

    axes: tuple[Axis, ...]
    cells: tuple[str, ...]
    thing: str


def grid_asked(question: Question) -> GridAsked | None:
    """The grid of a question that asks the same of several things side by side; None where its parts make none.

    Args:
        question: What is asked: "2023年和2024年合肥、南京的GDP分别是多少".
    """
    if question.kind in _NO_GRID:
        return None
    wants_each = bool(ONE_BY_ONE.search(question.text) or _COMPARES.search(question.text))
    axes: list[Axis] = []
    cells = [question]
    while len(axes) < _MOST_AXES:
        split = _split_alike(cells, question, is_inner=bool(axes), wants_each=wants_each)
        if split is None or sum(map(len, split[1])) > MOST_CELLS:
            break
        axes.append(split[0])
        cells = [type(question)(text, question.today) for texts in split[1] for text in texts]
    if not axes:
        return None
    return GridAsked(
        tuple(axes), tuple(cell.text for cell in cells), _thing_of(question, cells[0].text, axes)
    )


def _split_alike(
    cells: list[Question], whole: Question, *, is_inner: bool, wants_each: bool
) -> tuple[Axis, list[list[str]]] | None:
    """One more axis and the texts of each cell along it; None where the cells do not all differ in the same."""
    texts = [_split(cell, is_inner=is_inner, wants_each=wants_each) for cell in cells]
    axes = [_axis(whole, each) if len(each) > 1 else None for each in texts]
    first = axes[0]
    return (first, texts) if first is not None and all(axis == first for axis in axes) else None


def _split(question: Question, *, is_inner: bool, wants_each: bool) -> list[str]:
    """The texts of the questions inside one; those of a stretch of years only where more than the years differs."""
    if is_inner and (stretch := _STRETCH.search(question.text)):
        each_year = f"{question.text[: stretch.end()]}每年{question.text[stretch.end() :]}"
        apart = years_apart(type(question)(each_year, question.today))
        # What is asked of a year is parted from it, that the words of the measures stay words.
        return [_A_YEAR.sub(r"\g<0>的", text, count=1) for text in apart]
    texts = parts_of(question)
    if len(texts) == 1 and (wants_each or is_inner):
        return _listed_apart(question.text)
    return texts


def _listed_apart(text: str) -> list[str]:
    """One text for each of several titles or names in a row: "小麦、水稻、玉米2025年的收购价各是多少"; none where there is no such row."""
    if run := _TITLES.search(text):
        start, end = run.span()
        names = _TITLE.findall(run.group())
    elif listed := _NAMES.match(text):
        start, end = listed.span("run")
        names = re.split("[、和与跟及]", text[start:end])
        if not all(_is_noun(name) for name in names):
            return []
    else:
        return []
    rest = re.sub(rf"分别|{EACH}", "", text[end:])
    before = _ASKING_FRONT.sub("", text[:start])
    return [f"{before}{name}{rest}" for name in names]


def _is_noun(name: str) -> bool:
    """Whether a name in a row ends in a noun, and is no place, which has an axis of its own."""
    tags = [tag for _, tag in rjieba.tag(name)]
    return bool(tags) and tags[-1][:1] in {"n", "j", "e", "l", "i", "x", "z"} and not places_in(name)


def _axis(whole: Question, texts: list[str]) -> Axis | None:
    """What texts that are otherwise the same differ in; None where it is no place, time, or name that the question joins."""
    labels = _titles(texts) or _labels(texts)
    if len(set(labels)) < len(labels) or not all(labels):
        return None
    if all(_TIME_LABEL.fullmatch(label) for label in labels):
        return Axis(AxisKind.TIME, tuple(labels))
    if all(len(places_in(label)) == 1 and len(label) <= len(places_in(label)[0]) + 1 for label in labels):
        return Axis(AxisKind.PLACE, tuple(labels))
    named = _as_joined(whole.text, labels) or _as_joined(whole.text, _without_shared_front(labels))
    if not named or any(places_in(label) or _A_YEAR.search(label) for label in named):
        return None
    is_measure = all(MEASURE.search(fold(label)) for label in named)
    return Axis(AxisKind.MEASURE if is_measure else AxisKind.NAME, tuple(named))


def _titles(texts: list[str]) -> list[str]:
    """The one title in 《》 of each text that not all have; none where one has none, or several."""
    titles = [set(_TITLE.findall(text)) for text in texts]
    own = [each - set.intersection(*titles) for each in titles]
    return [min(each) for each in own] if all(len(each) == 1 for each in own) else []


def _labels(texts: list[str]) -> list[str]:
    """What each text alone says; of "产量" and "产量增速" both words of the longer."""
    words = [rjieba.cut(text) for text in texts]
    before = _shared(words)
    after = _shared([each[before:][::-1] for each in words])
    if before and any(len(each) == before + after for each in words):
        before -= 1
    labels = ["".join(each[before : len(each) - after]) for each in words]
    following = words[0][len(words[0]) - after] if after else ""
    return [
        (f"{label}年" if following[:1] == "年" and re.fullmatch(r"\d{4}", label) else label).strip("的，, ")
        for label in labels
    ]


def _shared(rows: Sequence[Sequence[str]]) -> int:
    """How many items all rows begin with."""
    return sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*rows, strict=False)))


def _without_shared_front(labels: list[str]) -> list[str]:
    """Labels without the characters they all begin with, which were cut as one word with what differs."""
    shared = _shared(labels)
    return [label[shared:] for label in labels]


def _as_joined(text: str, labels: list[str]) -> list[str]:
    """The labels as a text writes them in a row, joined by nothing but 、 or 和; none where it does not."""
    if not all(labels):
        return []
    named: list[str] = []
    at = 0
    for label in labels:
        for written in (label, label.removeprefix(labels[0])):
            found = text.casefold().find(written.casefold(), at) if written else -1
            if found >= 0:
                break
        else:
            return []
        between = text[at:found]
        if named and not _JOINT.fullmatch(between.removesuffix(_shared_front(labels, written))):
            return []
        named.append(text[found : found + len(written)])
        at = found + len(written)
    return named


def _shared_front(labels: list[str], written: str) -> str:
    """Nothing where a label stands as it is; what the labels share where only its own part was found."""
    return "" if written in labels else labels[0]


def _thing_of(question: Question, cell: str, axes: list[Axis]) -> str:
    """What the cells are asked for, without the first label of each axis and the words that ask."""
    thing = _ASKING_TAIL.sub("", _ASKING_FRONT.sub("", cell))
    for axis in axes:
        thing = thing.replace(
            axis.labels[0].casefold() if axis.labels[0] not in thing else axis.labels[0], "", 1
        )
    thing = re.sub(r"^[年省市的在\s]+|[的，,\s]+$", "", thing.replace("年的", "年"))
    return _LATIN.sub(lambda match: _as_written(question.text, match.group()), thing)


def _as_written(text: str, word: str) -> str:
    """A word in the capitals that a text writes it in."""
    at = text.casefold().find(word.casefold())
    return text[at : at + len(word)] if at >= 0 else word


__all__ = ["Axis", "AxisKind", "GridAsked", "grid_asked"]
