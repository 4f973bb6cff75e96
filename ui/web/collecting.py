"""Passages for the notebook: a citation of an answer, or what was selected in an article, found in its text again."""

from __future__ import annotations

from corpus.problem import Problem
from ui.chats.notebook import Passage
from ui.chats.store import ChatStore
from ui.people.person import Person
from ui.web.readable import readable_article
from ui.web.workplace import Workplace

_SHORTEST, LONGEST_PASSAGE = 2, 4000


def cited_passage(store: ChatStore, workplace: Workplace, person: Person, of: str) -> Passage:
    """The passage that a citation points to; `of` is "TURN/NUMBER".

    Raises:
        Problem: `no_such_answer`, or `no_article_here` where the person may not read the article now.
    """
    turn, _, number = of.partition("/")
    kept = store.turn(turn, person.name)
    citations = kept.answer.citations if kept is not None and kept.answer is not None else []
    found = next((each for each in citations if str(each.n) == number), None)
    if found is None:
        raise Problem("no_such_answer")
    _, article = readable_article(workplace, person, found.article_id)
    return Passage(
        article.id,
        found.title,
        found.section,
        found.date,
        found.source,
        found.url,
        found.quote,
        found.start,
        found.end,
    )


def selected_passage(workplace: Workplace, person: Person, article_id: str, text: str) -> Passage:
    """The passage of an article whose words are `text`, whatever spaces and line breaks a browser put between them.

    Raises:
        Problem: `no_article_here`, `note_short`, or `note_not_found` where the article does not hold the text.
    """
    _, article = readable_article(workplace, person, article_id)
    start, end = _place(article.text, text[:LONGEST_PASSAGE])
    section = next((each for each in article.sections if each.start <= start < each.end), None)
    path = " > ".join(section.path) if section else ""
    return Passage(
        article.id,
        article.title,
        path,
        article.date,
        article.source,
        article.url,
        article.text[start:end],
        start,
        end,
    )


def _place(text: str, selected: str) -> tuple[int, int]:
    """The first span of `text` that differs from `selected` in white space only."""
    wanted = "".join(selected.split())
    if len(wanted) < _SHORTEST:
        raise Problem("note_short")
    places = [at for at, sign in enumerate(text) if not sign.isspace()]
    at = "".join(text[place] for place in places).find(wanted)
    if at < 0:
        raise Problem("note_not_found")
    return places[at], places[at + len(wanted) - 1] + 1
