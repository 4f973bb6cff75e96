"""Countries and groups of countries that articles on trade and diplomacy hold against each other, by their names and short forms."""

from __future__ import annotations

import re

_NATIONS = {
    "美国": "对美|中美|赴美|美方", "日本": "对日(?!常)|中日|日方", "韩国": "对韩|中韩|韩方", "欧盟": "对欧|中欧(?!班列)|欧方", "俄罗斯": "对俄|中俄|俄方",
    "东盟": "东南亚国家联盟", "拉美": "拉丁美洲|拉美国家", "非洲": "对非|中非(?!共和国)", "英国": "", "德国": "", "法国": "", "印度(?!尼西亚|洋)": "",
    "澳大利亚": "", "加拿大": "", "巴西": "", "意大利": "", "西班牙": "", "越南": "", "新加坡": "", "泰国": "", "马来西亚": "", "印度尼西亚": "印尼",
    "墨西哥": "", "南非": "", "沙特": "", "伊朗": "", "土耳其": "", "荷兰": "", "瑞士": "", "乌克兰": "", "以色列": "", "中亚": "", "中东": "",
}  # fmt: skip
NATION = rf"(?:中国|我国|香港|澳门|台湾|{'|'.join(_NATIONS)})"
"""A nation or a customs territory by its plain name, as part of a pattern; China is one of those held against each other."""
_WHOLE_COUNTRY = re.compile(
    r"全国(?!人大|人民|政协|妇联|总工会|工商联|一体化|统一|重点|首|第|性|股转|模范|劳动模范|先进|文明|百强)|我国|全中国|咱们?国家|国内(?!生产总值|外)"
)
_COUNTRY = re.compile(r"全国|我国|中国|国内(?!生产总值)")
_PATTERNS = {
    re.sub(r"\(.*\)", "", name): re.compile(f"{name}|{others}" if others else name)
    for name, others in _NATIONS.items()
}


def nations_in(text: str) -> list[str]:
    """Nations named in a text, under their plain names."""
    return [name for name, pattern in _PATTERNS.items() if pattern.search(text)]


def asks_of_whole_country(question: str) -> bool:
    """Whether a question is about the whole of China ("全国", "我国"), not about a place or a body in it."""
    return bool(_WHOLE_COUNTRY.search(question))


def tells_of_country(text: str) -> bool:
    """Whether a text names China as a whole."""
    return bool(_COUNTRY.search(text))
