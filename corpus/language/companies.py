"""Companies named in a text by their full names: what ends in 有限公司, 股份公司 or 集团."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

from corpus.language.places import PROVINCES, places_in

_ENDING = re.compile(r"(?:控股|股份|有限|责任|集团){1,5}公司|(?<=[\u4e00-\u9fffA-Za-z]{2})集团(?![军化队公])")
_BEFORE_NAME = frozenset(["p", "c", "u", "uj", "ul", "uv", "uz", "r", "t", "d", "w", "y", "e"])
_NO_NAME = frozenset(
    [
        "结合",
        "根据",
        "按照",
        "分析",
        "总结",
        "比较",
        "对比",
        "询问",
        "关于",
        "请问",
        "家",
        "企业",
        "龙头企业",
        "军事",
    ]
)
_SHORTEST, _LONGEST = 2, 16
_TELLING = 4


@lru_cache(maxsize=8192)
def companies_in(text: str) -> tuple[str, ...]:
    """Names of companies without what says that they are companies (绿源环保有限公司 is 绿源环保), in order, each once."""
    found: dict[str, None] = {}
    for ending in _ENDING.finditer(text):
        name = _name_before(text[max(0, ending.start() - _LONGEST) : ending.start()])
        if len(name) >= _SHORTEST:
            found.setdefault(name)
    return tuple(found)


def whole_name(company: str, text: str) -> str:
    """The name of a company as `text` writes it, with what says that it is one; `company` where it does not.

    `company` is a name as `companies_in` gives it.
    """
    written = re.search(rf"{re.escape(company)}(?:{_ENDING.pattern})", text)
    return written.group() if written else company


def _name_before(text: str) -> str:
    """The run of words at the end of `text` that can be of a name."""
    name = ""
    for word, tag in reversed(rjieba.tag(re.split(r"[^\u4e00-\u9fffA-Za-z0-9（）()]", text)[-1])):
        if (
            (tag in _BEFORE_NAME and not word.isascii())
            or (tag == "v" and len(word) == 1)
            or re.search(r"\d", word)
            or word in _NO_NAME
        ):
            break
        name = word + name
    return name.strip("（）()的")


def is_told_of(company: str, text: str) -> bool:
    """Whether `text` names a company: by its name without the place it begins with, of a long one by the first letters."""
    core = company
    for place in places_in(company):
        if core.startswith(place) and (place in PROVINCES or len(core) > len(place) + 1):
            core = core.removeprefix(place).removeprefix("市").removeprefix("省") or core
            break
    return core[:_TELLING] in text or company[:_TELLING] in text
