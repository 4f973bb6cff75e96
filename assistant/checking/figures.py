"""Figures as they are written: their digits, the small numbers that are spelt out, and rows of tables with their units."""

from __future__ import annotations

import re

from corpus.language.numerals import number_of
from corpus.language.quantities import Quantity

FIGURE = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
CHINESE = re.compile(r"[\u3400-\u9fff]")
_SPELT = re.compile(
    r"(?:第?(?:[一二两三四五六七八九]?[百十])?[零〇]?[一二两三四五六七八九]?十?[一二三四五六七八九]?)"
    r"(?=[个项条家种类章节部年月日天人名倍届批座所位户大元块米厘毫公斤克吨亩岁次件台辆周小时分层间瓶万亿])"
)
_SPACED = re.compile(r"(?<![\d.])\d{1,3}(?:[ \u00a0\u2009]\d{3})+(?!\d)")
_SPACED_NUMBER = re.compile(r"第\s*(\d(?:\s{0,2}\d){0,3})\s*(?=[条章款项节号])")
"""The number of an article as PDFs print it: "第 1 7 条"."""
_UNIT_OF_A_COLUMN = re.compile(
    r"[（(]\s*((?:[十百千]?[万亿]{1,2})?(?:元|美元|吨|公斤|亩|公顷|人|人次|户|家|辆|台|个|件|项|%|％|千瓦时|千瓦|平方米|立方米|公里|岁|天)|[万亿]{1,2})\s*[)）]\s*([:：])\s*(-?\d[\d,.]*)(?=\s*(?:[；;，,。｜|\n]|$))"
)


def plain_number(figure: str) -> str:
    """A figure without its commas and the noughts before it: "06月" is "6月"."""
    return re.sub(r"^0+(?=\d)", "", figure.replace(",", "").replace("，", ""))


def digits_of(quantity: Quantity) -> str:
    """The digits of a figure without its scale and unit."""
    match = FIGURE.search(quantity.text)
    return plain_number(match.group()) if match else ""


def spelt_numbers(text: str) -> set[str]:
    """The small numbers that a text counts or numbers in words, as figures: "三个城市", "第十二条"."""
    numbers = (number_of(match.group().lstrip("第")) for match in _SPELT.finditer(text))
    return {str(number) for number in numbers if number}


def plain_figures(text: str) -> str:
    """A text whose figures are written without spaces, and in a row with the unit that its column names."""
    joined = _SPACED.sub(lambda match: re.sub(r"\s", "", match.group()), text)
    joined = _SPACED_NUMBER.sub(lambda match: re.sub(r"\s", "", match.group()), joined)
    return _UNIT_OF_A_COLUMN.sub(r"\2\3\1", joined)


def is_english(text: str) -> bool:
    """Whether a text is English, names in Chinese characters aside."""
    return len(CHINESE.findall(text)) * 4 < len(re.findall(r"[a-zA-Z]", text))


__all__ = ["CHINESE", "FIGURE", "digits_of", "is_english", "plain_figures", "plain_number", "spelt_numbers"]
