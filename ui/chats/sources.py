"""All articles that a chat cites, each once, with every mark that cites it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.messages import message
from assistant.model import Citation
from ui.chats.store import KeptTurn


@dataclass(frozen=True)
class Mark:
    """A citation, in the answer to the question with this number, counted from 1."""

    turn: int
    citation: Citation

    def label(self, language: str) -> str:
        """The mark in words, with the question that it stands under."""
        return message("source_mark", language, turn=self.turn, n=self.citation.n)


@dataclass(frozen=True)
class Source:
    """An article, as told of by its first citation, and its marks in the order of the chat."""

    article: str
    title: str
    about: str
    url: str
    marks: list[Mark] = field(default_factory=list)


def sources_of(turns: list[KeptTurn]) -> list[Source]:
    """The articles in the order in which the chat cites them first."""
    found: dict[str, Source] = {}
    for number, turn in enumerate(turns, 1):
        for citation in turn.answer.citations if turn.answer else []:
            about = "，".join(part for part in (citation.date, citation.source) if part)
            source = found.setdefault(
                citation.article_id, Source(citation.article_id, citation.title, about, citation.url)
            )
            source.marks.append(Mark(number, citation))
    return list(found.values())
