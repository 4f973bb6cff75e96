"""What else official texts call a thing: "低保" is "最低生活保障", "CPI" is "居民消费价格" (index/data/synonyms.tsv)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.language.normalize import fold

_FILE = Path(__file__).parent / "data" / "synonyms.tsv"
_PLAN_NUMBER = re.compile(r"[一二三四五六七八九十]")


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        names = tuple(fold(name) for name in line.split("\t"))
        groups.update(dict.fromkeys(names, names))
    return groups


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _groups()), key=len, reverse=True)))


def synonyms_in(question: str) -> dict[str, tuple[str, ...]]:
    """The names in `question` that have others, folded, the longest where several begin, with those others."""
    folded = fold(question)
    found: dict[str, tuple[str, ...]] = {}
    for match in _pattern().finditer(folded):
        name = match.group()
        # "一五" in "十一五" is another plan.
        if _PLAN_NUMBER.match(name) and _PLAN_NUMBER.match(folded[match.start() - 1 : match.start()]):
            continue
        found.setdefault(name, tuple(other for other in _groups()[name] if other != name))
    return found


def in_the_words_of(text: str, question: str) -> str:
    """`question` with each name that `text` does not use replaced by the first of its others that `text` uses."""
    told = fold(text)
    for name, others in synonyms_in(question).items():
        if name in told:
            continue
        other = next((each for each in others if each in told), None)
        if other is not None:
            question = re.sub(re.escape(name), other, question, flags=re.IGNORECASE)
    return question
