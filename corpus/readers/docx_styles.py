"""Styles and lists of a Word document: what a paragraph takes over from its style, and the numbers of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from corpus.readers.list_numbers import Level, ListNumbers, NumberedList

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_NAME = re.compile(r"^(?:heading|标题)\s*(\d)(?:\s*(?:char|字符))?$", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"^(?:toc|目录)\s*\d$|^(?:toc heading|table of figures|图表目录)$", re.IGNORECASE)
TITLE_NAMES = frozenset({"title", "标题", "文档标题", "公文标题", "文件标题"})
_LIST_NAME = re.compile(r"^(?:list|列表|列出段落)\s*(?:bullet|项目符号)", re.IGNORECASE)
_DEEPEST_CHAIN = 20
_LEVELS = 9


@dataclass(frozen=True)
class Style:
    """How paragraphs of a style are set, with what it takes over from the styles it is based on."""

    name: str = ""
    level: int = 0
    list_name: str = ""
    depth: int | None = None
    bold: bool = False
    size: float = 0.0
    hidden: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it is the style of a document's title."""
        return self.name.lower() in TITLE_NAMES

    @property
    def is_contents(self) -> bool:
        """Whether it is the style of a line of a table of contents."""
        return bool(CONTENTS_NAME.match(self.name))

    @property
    def is_bullet(self) -> bool:
        """Whether it is one of the built-in styles of lists with signs."""
        return bool(_LIST_NAME.match(self.name))


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._made: dict[str, Style] = {}
        self.default = ""
        base = Style()
        for element in root.iterchildren(f"{W}style") if root is not None else ():
            name = element.get(f"{W}styleId", "")
            self._elements.setdefault(name, element)
            if element.get(f"{W}type") == "paragraph" and is_on(element.get(f"{W}default", "0")):
                self.default = self.default or name
        if root is not None and (marks := root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) is not None:
            base = replace(base, bold=flag(marks, "b", False), size=size_of(marks, 0.0))
        self._base = base

    def __getitem__(self, name: str) -> Style:
        name = name or self.default
        if name not in self._made:
            chain: list[str] = []
            seen: set[str] = set()
            while name in self._elements and name not in seen and len(chain) < _DEEPEST_CHAIN:
                seen.add(name)
                chain.append(name)
                name = value(self._elements[name], "basedOn")
            style = self._base
            for each in reversed(chain):
                style = self._made[each] = self._with_own(style, self._elements[each])
            self._made.setdefault(name, self._base)
            return style
        return self._made[name]

    def _with_own(self, style: Style, element: Any) -> Style:
        name = value(element, "name").strip()
        style = replace(style, name=name)
        heading = HEADING_NAME.match(name)
        if heading:
            style = replace(style, level=max(1, int(heading.group(1))))
        elif style.is_title:
            style = replace(style, level=0)
        if (own := element.find(f"{W}pPr")) is not None:
            if not heading and not style.is_title:
                style = replace(style, level=outline_level(own, style.level))
            list_name, depth = list_place(own)
            if list_name is not None:
                style = replace(style, list_name=list_name)
            if depth is not None or list_name is not None:
                style = replace(style, depth=depth)
        if (marks := element.find(f"{W}rPr")) is not None:
            style = replace(
                style,
                bold=flag(marks, "b", style.bold),
                size=size_of(marks, style.size),
                hidden=flag(marks, "vanish", style.hidden),
            )
        return style


def value(element: Any, name: str) -> str:
    """The value of a child, empty where there is none."""
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def number(text: str | None, otherwise: int) -> int:
    """A whole number as an attribute writes it."""
    try:
        return int(float(text)) if text else otherwise
    except (ValueError, OverflowError):
        return otherwise


def is_on(text: str) -> bool:
    """Whether an attribute's value says yes."""
    return text.lower() not in {"0", "false", "off", "none"}


def flag(marks: Any, name: str, otherwise: bool) -> bool:
    """A property that is on or off; `otherwise` where it is not set."""
    child = marks.find(f"{W}{name}")
    return is_on(child.get(f"{W}val", "1")) if child is not None else otherwise


def size_of(marks: Any, otherwise: float) -> float:
    """The size of type in points."""
    return number(value(marks, "sz"), int(otherwise * 2)) / 2


def outline_level(properties: Any, otherwise: int) -> int:
    """The heading level (1 outermost) of an outline level, 0 for text; `otherwise` where none is set."""
    text = value(properties, "outlineLvl")
    return otherwise if not text else depth + 1 if (depth := number(text, _LEVELS)) < _LEVELS else 0


def list_place(properties: Any) -> tuple[str | None, int | None]:
    """The list and level that paragraph properties name, each None where they name none."""
    place = properties.find(f"{W}numPr")
    if place is None:
        return None, None
    name, depth = value(place, "numId"), value(place, "ilvl")
    return name or None, number(depth, 0) if depth else None


def lists_of(root: Any | None, styles: Styles) -> ListNumbers:
    """The lists of `numbering.xml`."""
    if root is None:
        return ListNumbers({})
    kept = {each.get(f"{W}abstractNumId", ""): each for each in root.iterchildren(f"{W}abstractNum")}
    names = {each.get(f"{W}numId", ""): each for each in root.iterchildren(f"{W}num")}
    lists = {}
    for name, element in names.items():
        key = _kept_levels(value(element, "abstractNumId"), kept, names, styles)
        levels = {
            number(each.get(f"{W}ilvl"), 0): _level(each) for each in kept[key].iterchildren(f"{W}lvl")
        } if key in kept else {}  # fmt: skip
        starts = {}
        for change in element.iterchildren(f"{W}lvlOverride"):
            depth = number(change.get(f"{W}ilvl"), 0)
            if (own := change.find(f"{W}lvl")) is not None:
                levels[depth] = _level(own)
            if start := value(change, "startOverride"):
                starts[depth] = number(start, 1)
        lists[name] = NumberedList(key, levels, starts)
    return ListNumbers(lists)


def _kept_levels(key: str, kept: dict[str, Any], names: dict[str, Any], styles: Styles) -> str:
    """The abstract list whose levels count: one that only names a list style is followed to it."""
    for _ in range(_DEEPEST_CHAIN):
        link = value(kept[key], "numStyleLink") if key in kept else ""
        list_name = styles[link].list_name if link else ""
        if not link or list_name not in names:
            break
        key = value(names[list_name], "abstractNumId")
    return key


def _level(element: Any) -> Level:
    form = next((each.get(f"{W}val", "decimal") for each in element.iter(f"{W}numFmt")), "decimal")
    restart = value(element, "lvlRestart")
    return Level(
        start=number(value(element, "start"), 1),
        form=form,
        text=value(element, "lvlText"),
        suffix=value(element, "suff") or "tab",
        restart=number(restart, 0) if restart else None,
        all_digits=flag(element, "isLgl", False),
        style=value(element, "pStyle"),
    )
