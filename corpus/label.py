"""What a passage is called before it is embedded or read: its article, its headings and its years."""

from __future__ import annotations

import re

from corpus.language.normalize import fold
from corpus.language.times import year_of_title
from corpus.model import Passage

_YEAR_IN_TITLE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?!\d)(?:年度?(?:\d{1,2}月(?:份|\d{1,2}日)?)?|[.\-/]\d{1,2}(?:[.\-/]\d{1,2})?(?!\d))?"
)
"""The year of a title, with the month and day that it may be part of."""
_FEW_YEARS = 3
_LONGEST_LEAD = 60


def label_of(title: str, passage: Passage) -> str:
    """Title, headings and what announces its list, with the years the passage speaks of in place of a title's year that is none of them.

    The report of 2025 tells what was done in 2024: under "2025年…" neither a vector nor a reader takes it for an
    answer about 2024.
    """
    titled, years = year_of_title(title), passage.years
    if titled is not None and years and titled not in years and len(years) <= _FEW_YEARS:
        title = _YEAR_IN_TITLE.sub("、".join(f"{year}年" for year in years), fold(title), count=1)
    lead = [passage.lead.replace("\n", " ")[-_LONGEST_LEAD:]] if passage.lead else []
    return " > ".join([title, *passage.heading_path, *lead])
