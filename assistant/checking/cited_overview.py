"""The overview of an answer with the numbers of its citations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Citation
from assistant.overview import Overview, OverviewGroup, OverviewLine
from assistant.reading.candidate import Candidate
from assistant.reading.overview import OverviewFound


def cited_overview(found: OverviewFound | None, citations: Sequence[Citation]) -> Overview | None:
    """The groups with the citations of their sentences; None where there is no overview."""
    if found is None:
        return None
    groups = [
        OverviewGroup(
            name=group.name,
            article_id=group.article.id if group.article else "",
            date=group.article.date if group.article else "",
            lines=[OverviewLine(text=line.text, citations=_numbers(line, citations)) for line in group.lines],
        )
        for group in found.groups
    ]
    return Overview(
        by=found.grouping.value,
        groups=groups,
        more_groups=found.more_groups,
        articles=found.articles,
        more_articles=found.more_articles,
    )


def _numbers(line: Candidate, citations: Sequence[Citation]) -> list[int]:
    place = (line.hit.article.id, line.start, line.end)
    return [each.n for each in citations if (each.article_id, each.start, each.end) == place]


__all__ = ["cited_overview"]
