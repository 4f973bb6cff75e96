"""The year that a report's cover prints beside its title ("2024年度" on a line of its own), which the title leaves out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_YEAR = r"(?:19|20)\d{2}|二[〇○零Oo0][〇○零Oo0一二三四五六七八九]{2}|一九[〇○零一二三四五六七八九]{2}"
_YEAR_LINE = re.compile(rf"^[（(]?\s*((?:{_YEAR})\s*年(度?))\s*[）)]?$")
_NAMES_YEAR = re.compile(rf"(?<!\d)(?:{_YEAR})(?!\d)")
_OF_A_PERIOD = re.compile(r"(?:公报|报告|年报|年鉴|白皮书|蓝皮书|状况|概况|情况|总结|数据|资料|统计表)$")
"""What reports of a year end with; under a plan or a rule a year alone is that of its publication."""
_MOST_LINES = 40


def with_cover_year(title: str, lines: Sequence[str], title_lines: Collection[int]) -> str:
    """A title with the year that stands alone on its cover behind it, as printed, where it names none itself.

    Args:
        title: The title as it was chosen.
        lines: The lines above the running text.
        title_lines: Which of them are the title.

    Returns:
        "…公报（2024年度）"; the title as it is where several years stand there, or one without "度" that is not right
        above or below the title of a report.
    """
    if not title or _NAMES_YEAR.search(title):
        return title
    beside = {number + step for number in title_lines for step in (-1, 1)}
    found = {}
    for number, line in enumerate(lines[:_MOST_LINES]):
        match = _YEAR_LINE.match(line.strip())
        if match and (match.group(2) or (number in beside and _OF_A_PERIOD.search(title))):
            year = "".join(match.group(1).split())
            found[year.removesuffix("度")] = year
    return f"{title}（{next(iter(found.values()))}）" if len(found) == 1 else title
