"""Numbers of automatic lists as word processors print them: 1, iv, b, 三, 十二, 贰, 甲, ③, ⑵."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_COUNTING = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_UNITS = ("", "十", "百", "千")
_LEGAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TEN_THOUSAND = 10_000
_LARGEST_ROMAN = 4000


def format_number(value: int, form: str) -> str:
    """A number of a list in one of the forms of Office Open XML (`ST_NumberFormat`).

    Args:
        value: The number; one that the form does not hold is printed in digits.
        form: The form's name, such as "chineseCountingThousand"; an unknown one is printed in digits.

    Returns:
        The number as printed, empty for the form "none".
    """
    if form == "none":
        return ""
    printed = _FORMS[form](value) if form in _FORMS and value >= 0 else ""
    return printed or str(value)


def chinese_number(value: int, digits: str = _COUNTING, units: tuple[str, ...] = _UNITS) -> str:
    """A number up to 9,999 in words ("二百零三", and "十二" as lists print it); digits beyond it."""
    if not 0 < value < _TEN_THOUSAND:
        return digits[0] if value == 0 else ""
    printed, skipped = "", False
    for place in reversed(range(4)):
        digit = value // 10**place % 10
        if digit:
            printed += (digits[0] if skipped and printed else "") + digits[digit] + units[place]
        skipped = digit == 0
    return printed[1:] if 10 <= value < 20 and units is _UNITS else printed


def _by_digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    if not 0 < value < _LARGEST_ROMAN:
        return ""
    printed = ""
    for worth, sign in _ROMAN:
        printed += sign * (value // worth)
        value %= worth
    return printed


def _letter(value: int) -> str:
    """a … z, then aa, bb, cc, as Word goes on."""
    return (
        "abcdefghijklmnopqrstuvwxyz"[(value - 1) % 26] * ((value - 1) // 26 + 1) if 0 < value <= 780 else ""
    )


def _from(first: str, last: int) -> Callable[[int], str]:
    """Signs of one Unicode row that begins with that of the number 1."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= last else ""


def _circled(value: int) -> str:
    if value <= 20:
        return chr(ord("①") + value - 1) if value else "⓪"
    if value <= 35:
        return chr(ord("㉑") + value - 21)
    return chr(ord("㊱") + value - 36) if value <= 50 else ""


def _of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else ""


def _sixty(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value else ""


def _legal(value: int) -> str:
    return chinese_number(value, _LEGAL, _LEGAL_UNITS)


def _legal_traditional(value: int) -> str:
    return chinese_number(value, _LEGAL_TRADITIONAL, _LEGAL_UNITS)


def _counting(value: int) -> str:
    return chinese_number(value) if value < 100 else _by_digits(value)


def _full_width(value: int) -> str:
    return str(value).translate(_FULL_WIDTH)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "ideographDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "taiwaneseDigital": _by_digits,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese_number,
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese_number,
    "japaneseLegal": _legal_traditional,
    "ideographLegalTraditional": _legal_traditional,
    "chineseLegalSimplified": _legal,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
}
