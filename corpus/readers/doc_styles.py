"""Styles and lists of a Word 97 file."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace

from corpus.readers.doc_file import WordFile, settings_in
from corpus.readers.docx_styles import CONTENTS_NAME, HEADING_NAME, TITLE_NAMES
from corpus.readers.list_numbers import Level, ListNumbers, NumberedList

LIST, DEPTH, OUTLINE, BOLD, SIZE, HIDDEN = 0x460B, 0x260A, 0x2640, 0x0835, 0x4A43, 0x083C
_TITLE, _FIRST_CONTENTS, _LAST_CONTENTS = 62, 19, 27
_FORMS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimal", "decimal", "decimal", "decimal",
    "decimal", "ideographDigital", "japaneseCounting", "decimal", "decimal", "decimalFullWidth", "decimalHalfWidth",
    "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "decimal", "decimal",
    "decimalZero", "bullet", "decimal", "decimal", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand", "ideographDigital",
)  # fmt: skip
"""The forms of numbers by their code in the file."""
_NO_NUMBER = 0xFF
_LEVELS = 9
_LEVEL_HEAD = 28
_SUFFIXES = {0: "tab", 1: "space", 2: "nothing"}
_MOST_STYLES = 4096


@dataclass(frozen=True)
class DocStyle:
    """What paragraphs of a style take over."""

    name: str = ""
    level: int = 0
    is_title: bool = False
    is_contents: bool = False
    list_name: int = 0
    depth: int = 0
    bold: bool = False
    size: float = 0.0
    base: int = 0xFFF
    own: list[tuple[int, bytes]] = field(default_factory=list, compare=False)


def styles_of(file: WordFile) -> dict[int, DocStyle]:
    """The paragraph styles by number, each with what it takes over from its base."""
    raw = _read_styles(file.pair(1))
    made: dict[int, DocStyle] = {}

    def whole(number: int, depth: int) -> DocStyle:
        if number not in raw or depth > 20:
            return DocStyle(size=10.0)
        if number not in made:
            own, base = raw[number], whole(raw[number].base, depth + 1)
            level = own.level or (0 if own.is_title else base.level)
            style = replace(
                own, level=level, list_name=base.list_name, depth=base.depth, bold=base.bold, size=base.size
            )
            made[number] = with_settings(style, own.own, keep_level=bool(own.level) or own.is_title)
        return made[number]

    return {number: whole(number, 0) for number in raw}


def with_settings(
    style: DocStyle, settings: list[tuple[int, bytes]], *, keep_level: bool = False
) -> DocStyle:
    """A style changed by settings."""
    for code, value in settings:
        if code == LIST and len(value) == 2:
            style = replace(style, list_name=struct.unpack("<H", value)[0])
        elif code == DEPTH and value:
            style = replace(style, depth=value[0])
        elif code == OUTLINE and value and not keep_level:
            style = replace(style, level=value[0] + 1 if value[0] < _LEVELS else 0)
        elif code == BOLD and value:
            style = replace(style, bold=turned(value[0], style.bold))
        elif code == SIZE and len(value) == 2:
            style = replace(style, size=struct.unpack("<H", value)[0] / 2)
    return style


def turned(value: int, above: bool) -> bool:
    """A switch: off, on, as in the style (128), or the other way round (129)."""
    return above if value == 128 else not above if value == 129 else bool(value)


def _read_styles(sheet: bytes) -> dict[int, DocStyle]:
    if len(sheet) < 6:
        return {}
    head, count, base_size = struct.unpack_from("<HHH", sheet, 0)
    at, found = 2 + head, {}
    for number in range(min(count, _MOST_STYLES)):
        if at + 2 > len(sheet):
            break
        (size,) = struct.unpack_from("<H", sheet, at)
        raw = sheet[at + 2 : at + 2 + size]
        at += 2 + size
        if len(raw) >= base_size + 2 and (style := _read_style(raw, base_size)) is not None:
            found[number] = style
    return found


def _read_style(raw: bytes, base_size: int) -> DocStyle | None:
    built_in, kind_and_base = struct.unpack_from("<HH", raw, 0)
    built_in &= 0xFFF
    if kind_and_base & 0xF != 1:
        return None
    (length,) = struct.unpack_from("<H", raw, base_size)
    at = base_size + 2 + 2 * length
    name = raw[base_size + 2 : at].decode("utf-16-le", "replace").split(",")[0].strip()
    at += 2
    settings: list[tuple[int, bytes]] = []
    for part in range(2):
        at += at % 2
        if at + 2 > len(raw):
            break
        (size,) = struct.unpack_from("<H", raw, at)
        settings += settings_in(raw[at + (4 if part == 0 else 2) : at + 2 + size])
        at += 2 + size
    heading = HEADING_NAME.match(name)
    level = built_in if 1 <= built_in <= _LEVELS else int(heading.group(1)) if heading else 0
    return DocStyle(
        name,
        level=level,
        is_title=built_in == _TITLE or name.lower() in TITLE_NAMES,
        is_contents=_FIRST_CONTENTS <= built_in <= _LAST_CONTENTS or bool(CONTENTS_NAME.match(name)),
        base=kind_and_base >> 4,
        own=settings,
    )


def lists_of_doc(file: WordFile) -> ListNumbers:
    """The lists of a file, named by their number in it."""
    levels = _kept_levels(file.pair(73, and_after=True))
    raw = file.pair(74)
    lists: dict[str, NumberedList] = {}
    if len(raw) < 4:
        return ListNumbers(lists)
    (count,) = struct.unpack_from("<I", raw, 0)
    count = min(count, (len(raw) - 4) // 16)
    at = 4 + 16 * count
    for number in range(count):
        key, changes = struct.unpack_from("<i8xB", raw, 4 + 16 * number)
        own, starts = dict(levels.get(key, {})), {}
        at += 4
        for _ in range(changes):
            if at + 8 > len(raw):
                break
            start, flags = struct.unpack_from("<iI", raw, at)
            at += 8
            if flags & 0x10:
                starts[flags & 0xF] = start
            if flags & 0x20:
                level, at = _read_level(raw, at)
                own[flags & 0xF] = level
        lists[str(number + 1)] = NumberedList(str(key), own, starts)
    return ListNumbers(lists)


def _kept_levels(raw: bytes) -> dict[int, dict[int, Level]]:
    """The levels of the lists that lists of paragraphs count with; they follow the table of these lists."""
    if len(raw) < 2:
        return {}
    (count,) = struct.unpack_from("<h", raw, 0)
    found: dict[int, dict[int, Level]] = {}
    at = 2 + 28 * max(0, count)
    for number in range(max(0, count)):
        if 2 + 28 * number + 28 > len(raw):
            break
        (key,) = struct.unpack_from("<i", raw, 2 + 28 * number)
        simple = raw[2 + 28 * number + 26] & 1
        found[key] = {}
        for depth in range(1 if simple else _LEVELS):
            if at + _LEVEL_HEAD + 2 > len(raw):
                return found
            found[key][depth], at = _read_level(raw, at)
    return found


def _read_level(raw: bytes, at: int) -> tuple[Level, int]:
    if at + _LEVEL_HEAD + 2 > len(raw):
        return Level(), len(raw)
    start, form, flags, follow, for_characters, for_paragraph, restart = struct.unpack_from(
        "<iBB9xB8xBBBx", raw, at
    )
    at += _LEVEL_HEAD + for_characters + for_paragraph
    length = struct.unpack_from("<H", raw, at)[0] if at + 2 <= len(raw) else 0
    text = raw[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    printed = "".join(f"%{ord(sign) + 1}" if ord(sign) < _LEVELS else sign for sign in text)
    name = "none" if form == _NO_NUMBER else _FORMS[form] if form < len(_FORMS) else "decimal"
    level = Level(
        start=start,
        form=name,
        text=printed,
        suffix=_SUFFIXES.get(follow, "tab"),
        restart=restart if flags & 8 else None,
        all_digits=bool(flags & 4),
    )
    return level, at + 2 + 2 * length
