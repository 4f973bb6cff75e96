"""Values of spreadsheet cells as they are printed: 0.075 under the format "0.0%" is "7.5%".

The format codes are those of ECMA-376 Part 1, 18.8.31. Covered are sections for positive, negative and zero values and for
text, conditions, literals, digits, thousands, scaling by commas, percent, scientific and fraction formats, dates and times,
Chinese numerals of dates (DBNum1, DBNum2; other numbers keep their digits) and currencies. `xlformat` does all of this and more, but not for Python 3.10.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<power>[Ee][+-])|(?P<word>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|[eE]+)|"
    r"(?P<code>[0#?.,%/@])|(?P<literal>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)(-?[\d.]+)$")
_CURRENCY = re.compile(r"^\$([^-]*)")
_ELAPSED = re.compile(r"^(?:h+|m+|s+)$", re.IGNORECASE)
_COMPARE = {
    "<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "<>": lambda a, b: a != b,
}  # fmt: skip
_NUMERALS = {"DBNum1": "〇一二三四五六七八九", "DBNum2": "零壹贰叁肆伍陆柒捌玖"}
_OF_THE_COUNTRY = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
"""Built-in formats 14 and 22 print as the reader's country writes dates, here as China does."""
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_LARGEST = 10**15
_LONGEST_CODE = 255
_TWO = 2


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """One section of a format code: its tokens, the condition it holds under, and the numerals it prints."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None
    numerals: str

    def has(self, *kinds: str) -> bool:
        """Whether a token of one of these kinds is in it."""
        return any(token.kind in kinds for token in self.tokens)


def printed(value: object, code: str = "General") -> str:
    """A cell's value as a spreadsheet shows it in a column that is wide enough.

    Args:
        value: A number, a date, a time, a text, a truth value or None.
        code: The cell's number format, such as "#,##0.00".

    Returns:
        The text, without the spaces that only align it; where the format cannot be applied the plain value.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    try:
        return " ".join(_applied(value, code).split())
    except (ValueError, ArithmeticError, OverflowError, IndexError):
        return _plain(value)


def _applied(value: object, code: str) -> str:
    sections = _sections(_OF_THE_COUNTRY.get(code, code[:_LONGEST_CODE] or "General"))
    if isinstance(value, datetime | date | time | timedelta):
        section = sections[0]
        return _date(value, section) if section.has("word", "elapsed") else _plain(value)
    if not isinstance(value, int | float | Decimal):
        text = str(value)
        last = sections[-1]
        if last.has("text") and len(last.tokens) > 1:
            return "".join(text if t.kind == "text" else t.text for t in last.tokens if t.kind in _SHOWN)
        return text
    number = Decimal(repr(value) if isinstance(value, float) else value)
    if not number.is_finite():
        return str(value)
    section, is_signed = _section_for(number, sections)
    if section.has("word", "elapsed"):
        return _date(datetime(1899, 12, 30) + timedelta(days=float(number)), section)
    return _number(number if is_signed else abs(number), value, section)


_SHOWN = frozenset(["literal", "text"])


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        if match.lastgroup == "literal" and match.group() == ";":
            parts.append([])
        else:
            parts[-1].append(_token(str(match.lastgroup), match.group(), match))
    return tuple(_section(part) for part in parts)


def _token(kind: str, whole: str, match: re.Match[str]) -> _Token:
    if kind in {"quoted", "escaped"}:
        return _Token("literal", match.group(kind))
    if kind in {"space", "fill"}:
        return _Token("literal", " ")
    if kind == "bracket":
        inner = match.group("bracket")
        if currency := _CURRENCY.match(inner):
            return _Token("literal", currency.group(1))
        return _Token("elapsed" if _ELAPSED.match(inner) else "setting", inner)
    if kind == "word" and whole[0] in "eE":
        return _Token("word", "yyyy")
    if kind == "code":
        return _Token("text" if whole == "@" else "code", whole)
    return _Token(kind, whole if kind in {"literal", "half", "power"} else whole.lower())


def _section(tokens: list[_Token]) -> _Section:
    settings = [token.text for token in tokens if token.kind == "setting"]
    conditions = [match for text in settings if (match := _CONDITION.match(text))]
    condition = (conditions[0].group(1), Decimal(conditions[0].group(2))) if conditions else None
    numerals = next((_NUMERALS[text] for text in settings if text in _NUMERALS), "")
    kept = [token for token in tokens if token.kind != "setting"]
    # In a time "." stands before parts of a second, elsewhere "/" and "," of a date are literals.
    if any(token.kind in {"word", "elapsed"} for token in kept):
        kept = [
            _Token("literal", token.text) if token.kind == "code" and token.text in "/,%#?" else token
            for token in kept
        ]
    return _Section(tuple(kept), condition, numerals)


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The section that a number is shown by, and whether it shows the sign itself."""
    if any(section.condition for section in sections[:2]):
        for section in sections[:3]:
            if section.condition is None or _COMPARE[section.condition[0]](number, section.condition[1]):
                return section, True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _number(number: Decimal, value: object, section: _Section) -> str:
    if section.has("text") and not section.has("code"):
        return _plain(value)
    if section.has("general"):
        plain = _plain(value).removeprefix("-")
        sign = "-" if number < 0 else ""
        return sign + "".join(plain if t.kind == "general" else t.text for t in section.tokens)
    codes = [(place, token.text) for place, token in enumerate(section.tokens) if token.kind == "code"]
    digits = [place for place, text in codes if text in "0#?"]
    if not digits:
        return "".join(token.text for token in section.tokens)
    if any(text == "/" for _, text in codes):
        return _fraction(number, section)
    power = next((place for place, token in enumerate(section.tokens) if token.kind == "power"), None)
    if power is not None:
        return _scientific(number, section.tokens, power)
    return _decimal(number, section, digits)


def _decimal(number: Decimal, section: _Section, digits: list[int]) -> str:
    tokens = section.tokens
    point = next((n for n, t in enumerate(tokens) if t == ("code", ".")), len(tokens))
    number *= 100 ** sum(token == ("code", "%") for token in tokens)
    commas = [n for n, token in enumerate(tokens) if token == ("code", ",")]
    last = digits[-1]
    before_point = [n for n in digits if n < point]
    number /= 1000 ** sum(n > last or bool(before_point and before_point[-1] < n < point) for n in commas)
    grouped = any(before_point and before_point[0] < n < before_point[-1] for n in commas)
    whole, decimals = _rounded(abs(number), len(digits) - len(before_point))
    decimals = decimals.rstrip("0").ljust(sum(tokens[n].text == "0" for n in digits if n > point), "0")
    shown: dict[int, str] = _placed(whole, before_point, tokens, grouped=grouped)
    for place, digit in zip([n for n in digits if n > point], decimals, strict=False):
        shown[place] = digit
    is_zero = not (whole.strip("0") or decimals.strip("0"))
    parts = ["-" if number < 0 and not is_zero else ""]
    for place, token in enumerate(tokens):
        if place in shown:
            parts.append(shown[place])
        elif token == ("code", "."):
            parts.append("." if decimals else "")
        elif token.kind == "literal" or token == ("code", "%"):
            parts.append(token.text)
    return "".join(parts)


def _placed(whole: str, places: list[int], tokens: tuple[_Token, ...], *, grouped: bool) -> dict[int, str]:
    """The digits of a whole number in its placeholders from the right; the first takes all that are left."""
    whole = whole.lstrip("0")
    least = len(places) - next((i for i, n in enumerate(places) if tokens[n].text == "0"), len(places))
    whole = whole.rjust(least, "0")
    shown: dict[int, str] = {}
    count = 0
    for number, place in enumerate(reversed(places)):
        taken = whole if number == len(places) - 1 else whole[-1:]
        whole = whole[: len(whole) - len(taken)]
        text = ""
        for digit in reversed(taken):
            text = digit + ("," if grouped and count and count % 3 == 0 else "") + text
            count += 1
        shown[place] = text
    return shown


def _rounded(number: Decimal, places: int) -> tuple[str, str]:
    """The digits before and after the point, rounded half up."""
    if number > _LARGEST * 1000:
        return str(int(number)), "0" * places
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    whole, _, decimals = text.partition(".")
    return whole, decimals


def _scientific(number: Decimal, tokens: tuple[_Token, ...], power: int) -> str:
    decimals = 0
    point = next((n for n, t in enumerate(tokens[:power]) if t == ("code", ".")), power)
    decimals = sum(token.kind == "code" and token.text in "0#?" for token in tokens[point:power])
    mantissa, _, exponent = f"{number:.{decimals}E}".partition("E")
    least = sum(token.kind == "code" and token.text in "0#?" for token in tokens[power:])
    sign = "-" if exponent.startswith("-") else "+" if tokens[power].text.endswith("+") else ""
    after = "".join(token.text for token in tokens[power + 1 :] if token.kind == "literal")
    before = "".join(token.text for token in tokens[:power] if token.kind == "literal")
    return f"{before}{mantissa}E{sign}{exponent.lstrip('+-').rjust(least, '0')}{after}"


def _fraction(number: Decimal, section: _Section) -> str:
    tokens = section.tokens
    slash = next(n for n, token in enumerate(tokens) if token == ("code", "/"))
    below = "".join(token.text for token in tokens[slash + 1 :] if token.kind in {"code", "literal"}).strip()
    fixed = re.match(r"\d+", below.replace("0", "?") if not below.strip("0#?") else below)
    size = len(re.match(r"[#?0]*", below).group()) if not fixed else 0  # type: ignore[union-attr]
    exact = abs(Fraction(number))
    has_whole = any(token.text.isspace() for token in tokens[:slash] if token.kind == "literal")
    whole, rest = (int(exact), exact - int(exact)) if has_whole else (0, exact)
    if fixed and int(fixed.group()):
        bottom = int(fixed.group())
        top = round(rest * bottom)
    else:
        near = rest.limit_denominator(10 ** max(size, 1) - 1)
        top, bottom = near.numerator, near.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    sign = "-" if number < 0 else ""
    parts = [str(whole)] if has_whole and (whole or not top) else []
    return sign + " ".join([*parts, *([f"{top}/{bottom}"] if top or not has_whole else [])])


def _in_numerals(text: str, numerals: str) -> str:
    """A part of a date in Chinese numerals: a year digit by digit, a month or a day as it is spoken ("十二")."""
    if not numerals or not text.isdigit():
        return text
    digits = str.maketrans("0123456789", numerals)
    ten = "拾" if numerals.startswith("零") else "十"
    if len(text) != _TWO or text[0] == "0":
        return text.lstrip("0").translate(digits) if len(text) == _TWO else text.translate(digits)
    tens = "" if text[0] == "1" and ten == "十" else text[0].translate(digits)
    return tens + ten + ("" if text[1] == "0" else text[1].translate(digits))


def _plain(value: object) -> str:
    """A value under the format "General"; a date in ISO 8601."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "seconds")
    if isinstance(value, float | Decimal) and _is_whole(float(value)):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _is_whole(number: float) -> bool:
    return abs(number) < _LARGEST and number.is_integer()


def _date(value: object, section: _Section) -> str:
    moment = _moment(value)
    twelve = section.has("half")
    elapsed = value if isinstance(value, timedelta) else moment - datetime(1899, 12, 30)
    parts = []
    words = [n for n, token in enumerate(section.tokens) if token.kind in {"word", "elapsed"}]
    for place, token in enumerate(section.tokens):
        if token.kind == "elapsed":
            parts.append(_elapsed(elapsed, token.text))
        elif token.kind == "half":
            parts.append(("上午" if moment.hour < 12 else "下午") if "上" in token.text else f"{moment:%p}")
        elif token.kind == "word":
            minutes = token.text in {"m", "mm"} and _beside_a_time(section.tokens, words, place)
            word = _word(moment, "n" * len(token.text) if minutes else token.text, twelve=twelve)
            parts.append(_in_numerals(word, section.numerals))
        elif token.kind == "literal":
            parts.append(token.text)
    return "".join(parts)


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time):
        return datetime.combine(date(1899, 12, 30), value)
    if isinstance(value, timedelta):
        return datetime(1899, 12, 30) + value
    raise ValueError(value)


def _beside_a_time(tokens: tuple[_Token, ...], words: list[int], place: int) -> bool:
    """Whether "m" stands for minutes: after hours or before seconds."""
    at = words.index(place)
    before = tokens[words[at - 1]].text[:1].lower() if at else ""
    after = tokens[words[at + 1]].text[:1].lower() if at + 1 < len(words) else ""
    return before == "h" or after == "s"


def _word(moment: datetime, word: str, *, twelve: bool) -> str:
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}
    first = word[0]
    if first == "y":
        return f"{moment.year:04d}" if len(word) > 2 else f"{moment.year % 100:02d}"
    if first == "a":
        return ("星期" if len(word) == 4 else "") + _WEEKDAYS[moment.weekday()]
    if first == "m" and len(word) > 2:
        name = _MONTHS[moment.month - 1]
        return name[0] if len(word) == 5 else name if len(word) == 4 else name[:3]
    if first == "d" and len(word) > 2:
        return f"{moment:%A}" if len(word) > 3 else f"{moment:%a}"
    return f"{number[first]:0{min(len(word), 2)}d}"


def _elapsed(span: timedelta, word: str) -> str:
    seconds = round(span.total_seconds())
    size = {"h": 3600, "m": 60, "s": 1}[word[0].lower()]
    return f"{seconds // size:0{len(word)}d}"
