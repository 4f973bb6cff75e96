"""An overview told in quotes: a line that names each group, and under it the group's sentences."""

from __future__ import annotations

from assistant.answering.added import heading
from assistant.answering.notes import note
from assistant.reading.overview import OverviewFound
from assistant.state import State, Statement
from assistant.understanding.overview_asked import Grouping


def tell_overview(state: State, found: OverviewFound) -> State:
    """Fill `statements` with the groups of an overview, and say how much it leaves out."""
    for group in found.groups:
        state.statements.append(Statement(heading(group.name)))
        state.statements += [Statement(line.text, [line]) for line in group.lines]
    note_extent(state, found)
    return state


def note_extent(state: State, found: OverviewFound) -> None:
    """Say of how many articles an overview tells, and how many more there are."""
    code = f"overview_by_{found.grouping.value}"
    if found.more_groups or found.more_articles:
        code = f"{code}_more"
    elif found.grouping is Grouping.ARTICLE and not found.of_topic:
        code = "overview_all"
    note(
        state,
        code,
        groups=len(found.groups),
        articles=found.articles,
        more=found.more_articles,
        more_groups=found.more_groups,
        title=found.groups[0].lines[0].hit.article.title.strip("《》"),
    )


__all__ = ["note_extent", "tell_overview"]
