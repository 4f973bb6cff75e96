"""Fixed pages of the Chinese government's format (.ofd): their text in lines with its place, and their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from corpus.block import Draft
from corpus.layout.furniture import date_of_masthead, without_furniture
from corpus.layout.page import Line, Page, Word
from corpus.layout.paragraphs import blocks_of_pages
from corpus.layout.rulings import Rule
from corpus.problem import Problem
from corpus.readers.docx_text import local_name
from corpus.readers.office_package import OfficePackage
from corpus.reasons import broken_file

_A4 = (0.0, 0.0, 210.0, 297.0)
_POINTS = 72 / 25.4
_MOST_PAGES = 3000
_MOST_OBJECTS = 50_000
_MOST_RULES = 4000
_DEEPEST = 20
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_THIN = 0.9
_SAME_LINE = 0.5
_SAME_LINE_GAP = 8.0
_SPACE, _CLOSE = 0.35, 1.25

Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class _Sign:
    """A character and its place in millimetres: left and right, the base line, the size of the type.

    `order` is that of the file.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    order: int


def read_ofd(file: Path) -> Iterator[Draft | Problem]:
    """The articles of a file, one for each document in it; what of it is missing is named."""
    with OfficePackage(file) as package:
        if package.has("Encryptions.xml"):
            raise Problem("file_encrypted", file=file)
        root = package.tree("OFD.xml")
        if root is None:
            raise broken_file(file, "reason_part_missing", part="OFD.xml")
        drafts = [_draft(package, body) for body in root.iter("{*}DocBody")]
    yield from package.problems
    found = [draft for draft in drafts if draft is not None]
    if not found:
        raise Problem("pdf_without_text", file=file)
    yield from found


def _draft(package: OfficePackage, body: Any) -> Draft | None:
    place = _text(body, "DocRoot").lstrip("/")
    root = package.tree(place)
    if root is None:
        return None
    document = _Document(package, place, root)
    pages = document.pages()
    title, blocks = blocks_of_pages(without_furniture(pages))
    if not blocks:
        return None
    if document.pictures_only:
        numbers = ", ".join(map(str, document.pictures_only))
        package.problems.append(Problem("pdf_page_without_text", file=package.file, pages=numbers))
    date = date_of_masthead(pages)
    return Draft(title or _text(body, "Title"), {"date": date} if date else {}, blocks)


def _text(element: Any, name: str) -> str:
    found = next(element.iter(f"{{*}}{name}"), None)
    return (found.text or "").strip() if found is not None else ""


class _Document:
    """One document of a file: where its parts lie, and its templates."""

    def __init__(self, package: OfficePackage, place: str, root: Any) -> None:
        self._package = package
        self._folder = dirname(place)
        self._root = root
        self._box = _box(root, _A4)
        self._templates = {
            each.get("ID", ""): each.get("BaseLoc", "") for each in root.iter("{*}TemplatePage")
        }
        self.pictures_only: list[int] = []

    def pages(self) -> list[Page]:
        """The pages with their lines and rules."""
        places = [
            each.get("BaseLoc", "") for group in self._root.iter("{*}Pages") for each in group.iter("{*}Page")
        ]
        return [self._page(number, place) for number, place in enumerate(places[:_MOST_PAGES], start=1)]

    def _part(self, place: str) -> Any | None:
        place = place.lstrip("/") if place.startswith("/") else normpath(join(self._folder, place))
        return self._package.tree(place)

    def _page(self, number: int, place: str) -> Page:
        root = self._part(place)
        if root is None:
            return Page(number)
        box = _box(root, self._box)
        signs: list[_Sign] = []
        rules: list[tuple[bool, float, float, float]] = []
        sources = [
            self._part(self._templates.get(each.get("TemplateID", ""), ""))
            for each in root.iter("{*}Template")
        ]
        for source in [*(each for each in sources if each is not None), root]:
            for content in source.iter("{*}Content"):
                _gather(content, _UNTURNED, signs, rules, 0)
        left, top, width, height = box
        lines = [line for run in _runs(signs) if (line := _line(run, box)) is not None]
        if not lines and next(root.iter("{*}ImageObject"), None) is not None:
            self.pictures_only.append(number)
        placed = [
            Rule(level, (at - (top if level else left)) / (height if level else width),
                 (start - (left if level else top)) / (width if level else height),
                 (end - (left if level else top)) / (width if level else height))
            for level, at, start, end in rules[:_MOST_RULES]
        ]  # fmt: skip
        return Page(number, lines, placed, width * _POINTS, height * _POINTS)


def _box(root: Any, otherwise: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Left, top, width and height of a page in millimetres."""
    numbers = _numbers(_text(root, "PhysicalBox"))
    if len(numbers) == 4 and numbers[2] > 1 and numbers[3] > 1:
        return numbers[0], numbers[1], numbers[2], numbers[3]
    return otherwise


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")[:_MOST_OBJECTS]]


def _gather(
    parent: Any, matrix: Matrix, signs: list[_Sign], rules: list[tuple[bool, float, float, float]], depth: int
) -> None:
    """Characters and rules of a page's objects, in the order of the file."""
    for element in parent.iterchildren():
        name = local_name(element)
        if name == "TextObject":
            signs += _signs(element, matrix, len(signs))
        elif name == "PathObject" and len(rules) < _MOST_RULES:
            rules += _rules(element, matrix)
        elif name in {"Layer", "PageBlock"} and depth < _DEEPEST:
            _gather(element, matrix, signs, rules, depth + 1)
        if len(signs) > _MOST_OBJECTS:
            return


def _placed(element: Any, matrix: Matrix) -> Matrix:
    """The matrix of an object: its own in its boundary's corner, in that of what it lies in."""
    boundary = _numbers(element.get("Boundary"))
    own = _numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else _UNTURNED
    x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    return _times((a, b, c, d, e + x, f + y), matrix)


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _signs(element: Any, above: Matrix, order: int) -> Iterator[_Sign]:
    matrix = _placed(element, above)
    size = next(iter(_numbers(element.get("Size"))), 3.5)
    wide = next(iter(_numbers(element.get("HScale"))), 1.0) or 1.0
    bold = next(iter(_numbers(element.get("Weight"))), 400.0) >= 600
    across, up = hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])
    if abs(matrix[1]) > abs(matrix[0]) or element.get("Visible") == "false":
        return
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        text = code.text or ""
        x = next(iter(_numbers(code.get("X"))), x)
        y = next(iter(_numbers(code.get("Y"))), y)
        steps_x, steps_y = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for number, sign in enumerate(text):
            left, base = _at(matrix, x, y)
            step = steps_x[number] if number < len(steps_x) else 0.0
            usual = size * wide * (0.5 if sign.isascii() else 1.0)
            extent = step if 0.1 * usual < step <= _CLOSE * size else usual
            if not sign.isspace():
                yield _Sign(sign, left, left + extent * across, base, size * up, bold, order)
                order += 1
            x += step if number < len(steps_x) else usual if not steps_y else 0.0
            y += steps_y[number] if number < len(steps_y) else 0.0


def _steps(text: str | None, length: int) -> list[float]:
    """The steps from character to character; "g 3 4.5" is three times 4.5."""
    steps: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(steps) < length:
        if words[at] == "g" and at + 2 < len(words):
            numbers = _numbers(" ".join(words[at + 1 : at + 3]))
            if len(numbers) == 2:
                steps += [numbers[1]] * max(0, min(int(numbers[0]), length))
            at += 3
        else:
            steps += _numbers(words[at])[:1]
            at += 1
    return steps[:length]


def _runs(signs: list[_Sign]) -> list[list[_Sign]]:
    """Characters on one base line with no wide gap between them from left to right, in the order of the file."""
    rows: list[list[_Sign]] = []
    for sign in sorted(signs, key=lambda each: each.base):
        row = rows[-1] if rows else None
        if row is not None and abs(sign.base - row[-1].base) <= _SAME_LINE * min(sign.size, row[-1].size):
            row.append(sign)
        else:
            rows.append([sign])
    runs: list[list[_Sign]] = []
    for row in rows:
        row.sort(key=lambda sign: sign.left)
        run = [row[0]]
        for sign in row[1:]:
            if sign.left - run[-1].right > _SAME_LINE_GAP * sign.size:
                runs.append(run)
                run = []
            run.append(sign)
        runs.append(run)
    return sorted(runs, key=lambda run: min(sign.order for sign in run))


def _line(run: list[_Sign], box: tuple[float, float, float, float]) -> Line | None:
    words: list[list[_Sign]] = [[run[0]]]
    for before, sign in pairwise(run):
        if sign.left - before.right > _SPACE * sign.size:
            words.append([])
        words[-1].append(sign)
    made = [_word(word, box) for word in words]
    _, _, width, height = box
    if not made or any(word.bottom < -0.1 or word.top > 1.1 for word in made):
        return None
    size = sorted(sign.size for sign in run)[len(run) // 2]
    return Line(
        " ".join(word.text for word in made),
        made[0].left,
        max(word.right for word in made),
        min(word.top for word in made),
        max(word.bottom for word in made),
        size / height,
        height / width,
        sum(sign.bold for sign in run) * 2 > len(run),
        words=tuple(made),
    )


def _word(signs: list[_Sign], box: tuple[float, float, float, float]) -> Word:
    left, top, width, height = box
    return Word(
        "".join(sign.text for sign in signs),
        (signs[0].left - left) / width,
        (signs[-1].right - left) / width,
        (min(sign.base - 0.86 * sign.size for sign in signs) - top) / height,
        (max(sign.base + 0.14 * sign.size for sign in signs) - top) / height,
        tuple(((sign.left + sign.right) / 2 - left) / width for sign in signs),
    )


def _rules(element: Any, above: Matrix) -> Iterator[tuple[bool, float, float, float]]:
    """The level and upright strokes of a path: whether level, where, from and to, in millimetres."""
    data = next(element.iter("{*}AbbreviatedData"), None)
    if data is None or not data.text or element.get("Visible") == "false":
        return
    matrix = _placed(element, above)
    for start, end in _strokes(data.text):
        (x, y), (right, bottom) = _at(matrix, *start), _at(matrix, *end)
        if abs(y - bottom) <= _THIN and abs(x - right) > 3 * _THIN:
            yield True, (y + bottom) / 2, min(x, right), max(x, right)
        elif abs(x - right) <= _THIN and abs(y - bottom) > 3 * _THIN:
            yield False, (x + right) / 2, min(y, bottom), max(y, bottom)


def _strokes(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path ("M 0 0 L 10 0 C")."""
    command = ""
    numbers: list[float] = []
    at = start = (0.0, 0.0)
    for letter, number in _PATH.findall(data)[:_MOST_OBJECTS]:
        if letter:
            command, numbers = letter, []
            if letter == "C":
                yield at, start
                at = start
            continue
        numbers.append(float(number))
        if command in {"M", "S", "L"} and len(numbers) == 2:
            point = (numbers[0], numbers[1])
            if command == "L":
                yield at, point
            else:
                start = point
            at, numbers = point, []
        elif command in {"B", "Q", "A"} and len(numbers) == {"B": 6, "Q": 4, "A": 7}[command]:
            at, numbers = (numbers[-2], numbers[-1]), []
