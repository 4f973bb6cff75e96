"""The figures of an English sentence in Chinese scales and units, for which a Chinese passage can be asked."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.language.quantities import plain_value

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "mn": 6}
_SCALED = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*({'|'.join(_SCALES)})\b", re.IGNORECASE)
_UNITS = (
    (re.compile(r"(?<=\d)\s*(?:percentage points?|pp)\b", re.IGNORECASE), "个百分点"),
    (re.compile(r"(?<=\d)\s*per\s?cent\b", re.IGNORECASE), "%"),
    (re.compile(r"(?<=[\d万亿])\s*(?:RMB|yuan|CNY)\b", re.IGNORECASE), "元"),
    (re.compile(r"(?:RMB|CNY|¥)\s*(\d[\d,.]*(?:万亿|亿|万)?)", re.IGNORECASE), r"\1元"),
    (re.compile(r"(?:USD|US\$|\$)\s*(\d[\d,.]*(?:万亿|亿|万)?)", re.IGNORECASE), r"\1美元"),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE), ""),
)
_SHOWN = ((12, "万亿"), (8, "亿"), (4, "万"))


def in_chinese_figures(text: str) -> str:
    """An English sentence with its amounts in Chinese scales and units: "RMB 12.5 million" is "1250万元"."""

    def scaled(match: re.Match[str]) -> str:
        value = Decimal(match.group(1).replace(",", "")).scaleb(_SCALES[match.group(2).lower()])
        for power, name in _SHOWN:
            if value >= Decimal(10) ** power:
                return f"{plain_value(value.scaleb(-power))}{name}"
        return plain_value(value)

    text = _SCALED.sub(scaled, text)
    for pattern, written in _UNITS:
        text = pattern.sub(written, text)
    return text
