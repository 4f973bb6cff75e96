"""Figures with their units as numbers that can be compared, added and subtracted: "5.66万亿元" is 5,660,000,000,000 元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.language.normalize import fold, fold_characters

_SCALES = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_UNITS = {
    "元": ("元", "1"), "块钱": ("元", "1"), "人民币": ("元", "1"), "美元": ("美元", "1"), "欧元": ("欧元", "1"), "港元": ("港元", "1"), "日元": ("日元", "1"),
    "吨": ("吨", "1"), "公斤": ("吨", "0.001"), "千克": ("吨", "0.001"), "斤": ("吨", "0.0005"),
    "亩": ("亩", "1"), "公顷": ("亩", "15"), "平方公里": ("亩", "1500"), "平方米": ("亩", "0.0015"),
    "公里": ("米", "1000"), "千米": ("米", "1000"), "米": ("米", "1"), "千瓦时": ("千瓦时", "1"), "度": ("千瓦时", "1"),
    "千瓦": ("千瓦", "1"), "兆瓦": ("千瓦", "1000"), "吉瓦": ("千瓦", "1000000"), "兆瓦时": ("千瓦时", "1000"), "吉瓦时": ("千瓦时", "1000000"), "太瓦时": ("千瓦时", "1000000000"), "立方米": ("立方米", "1"), "方": ("立方米", "1"),
    "%": ("%", "1"), "‰": ("%", "0.1"), "个百分点": ("个百分点", "1"), "倍": ("%", "100"),
    "人次": ("人次", "1"), "人": ("人", "1"), "名": ("人", "1"), "户": ("户", "1"), "家": ("家", "1"), "台": ("辆", "1"), "辆": ("辆", "1"),
    "块": ("块", "1"), "颗": ("颗", "1"), "件": ("件", "1"), "个": ("个", "1"), "项": ("项", "1"), "款": ("款", "1"), "种": ("种", "1"),
    "条": ("条", "1"), "座": ("座", "1"), "所": ("所", "1"), "套": ("套", "1"), "艘": ("艘", "1"), "架": ("架", "1"), "架次": ("架次", "1"), "标箱": ("标箱", "1"), "个标箱": ("标箱", "1"), "标准箱": ("标箱", "1"), "个标准箱": ("标箱", "1"), "层": ("层", "1"),
    "课时": ("课时", "1"), "个课时": ("课时", "1"), "学时": ("学时", "1"), "个学时": ("学时", "1"), "学分": ("学分", "1"), "个学分": ("学分", "1"),
    "桶": ("桶", "1"), "头": ("头", "1"), "只": ("只", "1"), "株": ("株", "1"), "毫米": ("米", "0.001"), "厘米": ("米", "0.01"), "纳米": ("纳米", "1"),
    **{unit: (unit, "1") for unit in ("台次", "辆次", "列次", "批次")},
    "岁": ("岁", "1"), "微克/立方米": ("微克/立方米", "1"), "对": ("对", "1"), "例": ("例", "1"), "起": ("起", "1"),
    "小时": ("小时", "1"), "天": ("天", "1"), "日": ("天", "1"), "个工作日": ("个工作日", "1"), "个月": ("个月", "1"), "年": ("年", "1"),
}  # fmt: skip
"""Unit as it is written: the unit it is counted in, and how many of those it is."""
_FIGURE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<more>[多余])?(?P<scale>[十百千]?万亿|[十百千]?亿亿?|[十百千]?万|[百千](?!瓦|米|克))?(?P<more2>[多余])?"
    # "3方面" and "3个人民币账户" count neither cubic metres nor persons.
    rf"\s*(?P<unit>(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?<!方(?=[面案法式针]))(?<!人(?=民|工|均|才))(?<!对(?=[外内于象应比口接]))(?<!例(?=如|外))(?<!起(?=来|步|点))(?<!课时(?=间))(?<!学时(?=间)))?"
)
_NAMES_OF_UNITS = "|".join(sorted(_UNITS, key=len, reverse=True))
_UNIT_AFTER = re.compile(
    rf"(?:[ \u00a0]\d{{3}}(?!\d))*\s?(?:[十百千]?[万亿]{{1,2}}|[百千](?![瓦米克]))?\s?"
    rf"(?:(?:{_NAMES_OF_UNITS}|周岁|分(?![析布别为成类层]))(?![湾外然度限代常民工才案面])|[a-zA-Z]{{1,6}}(?![a-zA-Z]))(?:/(?:{_NAMES_OF_UNITS}))?"
)
_UNIT_ASKED = re.compile(
    rf"(?:多少|几)(?:[十百千]?万亿|[十百千]?[万亿])?({_NAMES_OF_UNITS}|部|扇|位|席|票|篇|处)(?=$|[^\u4e00-\u9fff])"
)
_IN_WORDS = re.compile(r"百分之(\d+(?:\.\d+)?)")
_SHOWN_SCALES = (("万亿", 12), ("亿", 8), ("万", 4))
_LONGEST = 24


@dataclass(frozen=True)
class Quantity:
    """`value` in `unit`; `text` is how the figure is written, `power` the power of ten of its scale ("亿": 8)."""

    value: Decimal
    unit: str
    text: str
    power: int = 0
    written_unit: str = ""


def quantities_in(text: str) -> list[Quantity]:
    """The figures of `text` in order; years and dates are figures too, of the unit 年 or of none."""
    folded = _IN_WORDS.sub(r"\1%", fold_characters(text))
    found = []
    for match in _FIGURE.finditer(folded):
        scale, written = match.group("scale") or "", match.group("unit") or ""
        unit, factor = _UNITS.get(written, ("", "1"))
        power = _power(scale)
        value = Decimal(match.group("number").replace(",", "")).scaleb(power) * Decimal(factor)
        found.append(Quantity(value, unit, match.group().strip(), power, written))
    return found


def unit_asked(question: str) -> str:
    """The unit in which a question asks for a figure ("多少万吨": 吨); empty where it names none."""
    match = _UNIT_ASKED.search(fold(question))
    return match.group(1) if match else ""


def unit_after(text: str, end: int) -> int:
    """Where the unit ends that follows a figure which ends at `end`; `end` itself where none follows."""
    match = _UNIT_AFTER.match(text, end)
    return match.end() if match else end


def _power(scale: str) -> int:
    if not scale:
        return 0
    if scale in _SCALES:
        return _SCALES[scale]
    return sum(_SCALES[each] for each in scale)


def written(value: Decimal, like: Quantity, unit: str = "") -> str:
    """`value` as it would be written beside `like`: in its scale and unit, or in those of `unit`."""
    unit = unit or like.written_unit or like.unit
    value = value / Decimal(_UNITS.get(unit, ("", "1"))[1])
    for name, power in _SHOWN_SCALES:
        # 11300万亩 is 1.13亿亩.
        if like.power and power <= max(like.power, 8) and abs(value) >= Decimal(10) ** power:
            return f"{plain_value(value.scaleb(-power))}{name}{unit}"
    return f"{plain_value(value)}{unit}"


def size_of_unit(quantity: Quantity) -> Decimal:
    """How much one of a figure's scale and unit is in the unit that it is counted in: 10000 for "3万吨"."""
    return Decimal(_UNITS.get(quantity.written_unit, ("", "1"))[1]).scaleb(quantity.power)


def unit_as_written(quantity: Quantity) -> str:
    """The scale and the unit of a figure: "万亿元"."""
    name = next((name for name, power in _SCALES.items() if power == quantity.power), "")
    return f"{name}{quantity.written_unit}"


def plain_value(value: Decimal) -> str:
    """A number as it is written, without noughts at the end of its decimals."""
    if len(value.as_tuple().digits) > _LONGEST:
        value = round(value, 2)  # "3公顷 − 10亩" comes to no end.
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are counted in the same unit, or one of two amounts of money is told without it: "300000万" beside "5亿元"."""
    if {one.unit, other.unit} == {"", "元"}:
        return all(each.unit or each.power for each in (one, other))
    return one.unit == other.unit
