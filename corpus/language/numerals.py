"""Whole numbers in Chinese words: "十四" is 14, "两百零三" 203, "二〇二四" 2024."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def number_of(text: str) -> int | None:
    """The value of a whole number in figures or in words; None for what is none ("一二三十").

    Args:
        text: "14", "十四", "一百零二", "三千万", or digits in a row ("二〇二四").
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(character not in {**_DIGITS, **_POWERS, "万": 0, "亿": 0} for character in text):
        return None
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _POWERS:
            section += (1 if digit is None else digit) * _POWERS[character]
            digit = None
        elif character == "万":
            total += (section + (digit or 0)) * 10_000
            section, digit = 0, None
        else:
            total = (total + section + (digit or 0)) * 100_000_000
            section, digit = 0, None
    return total + section + (digit or 0)
