"""The grid that a question asks for: one question for each place, name, time and measure that it crosses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product, takewhile
from typing import TYPE_CHECKING

import rjieba

from assistant.understanding.by_name import EACH, ONE_BY_ONE
from assistant.understanding.clause import RELATION
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
_BARE_TIME = re.compile(r"(?:19|20)\d{2}年|\d{1,2}[月日号]")
_TITLE = re.compile("《[^《》]{2,60}》")
_TITLES = re.compile(r"《[^《》]{2,60}》(?:[、和与跟及]?《[^《》]{2,60}》)+")
_NAME = r"[^，,、。?？和与跟及的\d《》“”各分在是有]{1,10}"
_NAMES = re.compile(
    rf"^(?:请?(?:比较|对比)(?:一下)?)?(?:(?:19|20)\d{{2}}年)?(?P<run>{_NAME}(?:、{_NAME})+(?:[和与跟及]{_NAME})?|{_NAME}[和与跟及]{_NAME})(?=的|(?:19|20)\d{{2}}年|各|分别)"
)
_MEASURES = re.compile(
    rf"(?:(?<=[的年])|^)(?P<run>{_NAME}(?:、{_NAME}){{0,3}}[、和与跟及]{_NAME})(?:分别|各自?)?(?P<tail>(?:是|为|有|达到?)?(?:多少|几[^，,?？]{{0,4}})?[?？]?)$"
)
_LATIN = re.compile("[a-z]+")
_ASKING_TAIL = re.compile(
    rf"(?:[，,][^，,]*[谁哪][^，,]*$)?(?:分别|{EACH}|各自?)?(?:是|为|有|达到?)?了?"
    r"(?:多少[^，,?？]{0,3}|几何|有?多大|什么|百分之几|几[^，,?？]{0,4})?[呀呢?？。\s]*$"
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
        things: What each is asked for, without its place, name and time: "集成电路产量".
    """

    axes: tuple[Axis, ...]
    cells: tuple[str, ...]
    things: tuple[str, ...]


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
    keys = product(*(axis.labels for axis in axes))
    named = [number for number, axis in enumerate(axes) if axis.kind is not AxisKind.MEASURE]
    things = (
        _thing_of(question, cell.text, [key[number] for number in named])
        for key, cell in zip(keys, cells, strict=True)
    )
    return GridAsked(tuple(axes), tuple(cell.text for cell in cells), tuple(things))


@dataclass(frozen=True)
class _Split:
    """The texts of the questions inside one, and their labels where the row that they were read from tells them."""

    texts: tuple[str, ...]
    labels: tuple[str, ...] = ()


def _split_alike(
    cells: list[Question], whole: Question, *, is_inner: bool, wants_each: bool
) -> tuple[Axis, list[tuple[str, ...]]] | None:
    """One more axis and the texts of each cell along it; None where the cells do not all differ in the same."""
    splits = [_split(cell, is_inner=is_inner, wants_each=wants_each) for cell in cells]
    axes = [_axis(whole, each) if len(each.texts) > 1 else None for each in splits]
    first = axes[0]
    is_same = first is not None and all(axis == first for axis in axes)
    return (first, [each.texts for each in splits]) if first is not None and is_same else None


def _split(question: Question, *, is_inner: bool, wants_each: bool) -> _Split:
    """The questions inside one; those of a stretch of years only where more than the years differs."""
    if is_inner and (stretch := _STRETCH.search(question.text)):
        each_year = f"{question.text[: stretch.end()]}每年{question.text[stretch.end() :]}"
        apart = years_apart(type(question)(each_year, question.today))
        # What is asked of a year is parted from it, that the words of the measures stay words.
        return _Split(tuple(_A_YEAR.sub(r"\g<0>的", text, count=1) for text in apart))
    texts = parts_of(question)
    if len(texts) == 1 and (wants_each or is_inner):
        return _listed_apart(question.text) or _measures_apart(question.text) or _Split(())
    return _Split(tuple(texts))


def _listed_apart(text: str) -> _Split | None:
    """One text for each of several titles or names in a row: "小麦、水稻、玉米2025年的收购价各是多少"; None where there is no such row."""
    if run := _TITLES.search(text):
        start, end = run.span()
        names = _TITLE.findall(run.group())
    elif listed := _NAMES.match(text):
        start, end = listed.span("run")
        names = re.split("[、和与跟及]", text[start:end])
        if not all(_is_noun(name) for name in names):
            return None
    else:
        return None
    rest = re.sub(rf"分别|{EACH}", "", text[end:])
    before = _ASKING_FRONT.sub("", text[:start])
    return _Split(tuple(f"{before}{name}{rest}" for name in names), tuple(names))


def _measures_apart(text: str) -> _Split | None:
    """One text for each of several measures in a row before what is asked of them ("的营收、产量和增速是多少"), else None."""
    listed = _MEASURES.search(text)
    if listed is None:
        return None
    labels = re.split("[、和与跟及]", listed.group("run"))
    names = labels[:1]
    for label in labels[1:]:
        names.append(f"{names[-1]}{label}" if RELATION.fullmatch(label) else label)
    if not all(MEASURE.search(fold(name)) for name in names):
        return None
    before, tail = text[: listed.start("run")], listed.group("tail")
    return _Split(tuple(f"{before}{name}{tail}" for name in names), tuple(labels))


def _is_noun(name: str) -> bool:
    """Whether a name in a row ends in a noun, and is no place, which has an axis of its own."""
    tags = [tag for _, tag in rjieba.tag(name)]
    return bool(tags) and tags[-1][:1] in {"n", "j", "e", "l", "i", "x", "z"} and not places_in(name)


def _axis(whole: Question, split: _Split) -> Axis | None:
    """What texts that are otherwise the same differ in; None where it is no place, time, or name that the question joins."""
    labels = split.labels or tuple(_titles(split.texts) or _labels(split.texts))
    if len(set(labels)) < len(labels) or not all(labels):
        return None
    if all(_TIME_LABEL.fullmatch(label) for label in labels):
        return Axis(AxisKind.TIME, labels)
    if all(len(places_in(label)) == 1 and len(label) <= len(places_in(label)[0]) + 1 for label in labels):
        return Axis(AxisKind.PLACE, labels)
    forms = (labels, _without_shared_front(labels), tuple(_labels(split.texts, with_word_before=True)))
    named = next((told for form in forms if (told := _as_joined(whole.text, form))), ())
    if not named or any(places_in(label) or _A_YEAR.search(label) for label in named):
        return None
    is_measure = all(MEASURE.search(fold(label)) for label in named)
    return Axis(AxisKind.MEASURE if is_measure else AxisKind.NAME, named)


def _titles(texts: Sequence[str]) -> list[str]:
    """The one title in 《》 of each text that not all have; none where one has none, or several."""
    titles = [set(_TITLE.findall(text)) for text in texts]
    own = [each - set.intersection(*titles) for each in titles]
    return [min(each) for each in own] if all(len(each) == 1 for each in own) else []


def _labels(texts: Sequence[str], *, with_word_before: bool = False) -> list[str]:
    """What each text alone says, or that and the word before it; of "产量" and "产量增速" both words of the longer."""
    words = [rjieba.cut(text) for text in texts]
    before = _shared(words)
    after = _shared([each[before:][::-1] for each in words])
    if before and (with_word_before or any(len(each) == before + after for each in words)):
        before -= 1
    labels = ["".join(each[before : len(each) - after]) for each in words]
    following = words[0][len(words[0]) - after][:1] if after else ""
    return [
        (f"{label}{following}" if _BARE_TIME.fullmatch(f"{label}{following}") else label).strip("的，, ")
        for label in labels
    ]


def _shared(rows: Sequence[Sequence[str]]) -> int:
    """How many items all rows begin with."""
    return sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*rows, strict=False)))


def _without_shared_front(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels without the characters they all begin with, which were cut as one word with what differs."""
    shared = _shared(labels)
    return tuple(label[shared:] for label in labels)


def _as_joined(text: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels as a text writes them in a row, joined by nothing but 、 or 和; none where it does not.

    Of "产量" and "产量增速" the second may stand there as "增速".
    """
    named: list[str] = []
    folded, at = text.casefold(), 0
    for number, label in enumerate(labels):
        found, written = -1, label
        for written in (label, label.removeprefix(labels[max(number - 1, 0)])):
            found = folded.find(written.casefold(), at) if written else -1
            if found >= 0:
                break
        if found < 0 or (named and not _JOINT.fullmatch(text[at:found])):
            return ()
        at = found + len(written)
        named.append(text[found:at])
    return tuple(named)


def without_asking(text: str) -> str:
    """A text without the words at its end that ask how much: "粮食产量" of "粮食产量是多少万亿斤"."""
    return _ASKING_TAIL.sub("", text)


def _thing_of(question: Question, cell: str, labels: Sequence[str]) -> str:
    """What a cell is asked for, without its labels and the words that ask."""
    thing = without_asking(_ASKING_FRONT.sub("", cell))
    for label in labels:
        thing = thing.replace(label if label in thing else label.casefold(), "", 1)
    thing = re.sub(r"^[年省市的在\s]+|[的，,\s]+$", "", thing.replace("年的", "年"))
    return _LATIN.sub(lambda match: _as_written(question.text, match.group()), thing)


def _as_written(text: str, word: str) -> str:
    """A word in the capitals that a text writes it in."""
    at = text.casefold().find(word.casefold())
    return text[at : at + len(word)] if at >= 0 else word


__all__ = ["Axis", "AxisKind", "GridAsked", "grid_asked", "without_asking"]
