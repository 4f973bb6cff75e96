"""Where a citation stands in the printed original: its page, and how surely its characters were recognised."""

from __future__ import annotations

from assistant.model import Answer, Flag
from index.store import Index

SURE = 0.8
"""Below this confidence (0 to 1) of character recognition a person is asked to compare with the original."""


def add_pages(answer: Answer, index: Index) -> None:
    """Give citations their page, and flag the answer where a cited line of a scan was recognised unsurely."""
    unsure = []
    for citation in [*answer.citations, *answer.near]:
        layout = index.catalogue.layout(citation.article_id)
        places = layout.places_of(citation.start, citation.end)
        if not places:
            continue
        citation.page = places[0].page
        if min(place.confidence for place in places) < SURE and citation in answer.citations:
            unsure.append(citation)
    for citation in unsure:
        answer.flags.append(
            Flag(sentence=citation.quote, reason="flag_recognised", detail=str(citation.page))
        )
