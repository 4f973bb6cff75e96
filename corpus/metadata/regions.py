"""The place that an article is about or comes from, where its title, its file's name, its issuer or its head says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.language.places import PROVINCES, lies_within, place_spans, places_in, plain_name

_COMPANY = re.compile(r"公司|股份|集团|证券|银行|年度报告|季度报告|预案|研报")
_NATIONAL = re.compile(r"^(?:中共中央|国务院|国家|全国|中华人民共和国|最高人民)")
_CONGRESS = re.compile(
    r"在(\S{2,12}?)(?:第[一二三四五六七八九十]+届|[一二三四五六七八九十]+届)\S{0,12}?(?:人民代表大会|政协|大会)"
)
_LOCAL_TEXT = re.compile(r"(?:本|全|我)[省市县区州]")
_BY_NUMBER = {
    "京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "内": "内蒙古", "辽": "辽宁", "吉": "吉林", "黑": "黑龙江",
    "沪": "上海", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南",
    "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西", "琼": "海南", "渝": "重庆", "川": "四川", "黔": "贵州",
    "云": "云南", "藏": "西藏", "陕": "陕西", "甘": "甘肃", "青": "青海", "宁": "宁夏", "新": "新疆",
}  # fmt: skip
"""First character of a document number: the province whose government, office or department it is."""
_NUMBER_OF_A_PROVINCE = re.compile(
    rf"^([{''.join(_BY_NUMBER)}])(?:政|府|办|委|发|人社|经信|财|建|教|科|农|商)"
)

Found = tuple[str, str]


def region(title: str, stem: str, issuer: str, number: str, head: Sequence[str]) -> Found:
    """The region under its plain name, and where it was read.

    Args:
        title: The title.
        stem: The file's name without its ending.
        issuer: The issuing body.
        number: The document number.
        head: The first lines of the text.
    """
    for text, origin in ((title, "title"), (stem, "file_name")):
        if _COMPANY.search(title) or _COMPANY.search(stem):
            return "", ""
        if place := one_place(text):
            return place, origin
        if len(places_in(text)) > 1:
            return "", ""  # several places: none of them is the region
    for line in head:
        speech = _CONGRESS.search(line)
        if speech and (place := one_place(speech.group(1))):
            return place, "first_lines"
    if issuer and not _NATIONAL.match(issuer) and (place := one_place(issuer.split("、")[0])):
        return place, "issuer"
    match = _NUMBER_OF_A_PROVINCE.match(number)
    province = _BY_NUMBER[match.group(1)] if match else ""
    # The first character alone may be that of a town; the text has to name the province too.
    return (province, "document_number") if province and any(province in line for line in head) else ("", "")


def one_place(text: str) -> str:
    """The one place that a text names: the innermost of those that lie in each other, else nothing."""
    spans = place_spans(text)
    places = list(dict.fromkeys(plain_name(text[start:end]) for start, end in spans))
    if not places:
        return ""
    innermost = places[-1]
    for place in places:
        if lies_within(place, innermost):
            innermost = place
    return innermost if all(lies_within(innermost, place) for place in places) else ""


def is_province(place: str) -> bool:
    """Whether a plain name is that of a province."""
    return place in PROVINCES
