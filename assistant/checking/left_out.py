"""Which sentences that a language model wrote are left out of the answer: those that no passage supports.

A model that obeys an order in an article writes what the articles do not tell. Where an order stands among the passages,
every sentence must be borne out in full by what it cites; elsewhere a sentence that is about the same things is shown with
the flag that `assistant.checking.verify` gives it, and only one that tells of something else goes.
"""

from __future__ import annotations

from assistant.checking.contrary import contrary
from assistant.checking.figures import CHINESE
from assistant.checking.orders import is_order, without_orders
from assistant.checking.support import is_foreign, unsupported
from assistant.reading.candidate import Candidate
from assistant.state import Statement
from index.words import content_words


def told_by(candidate: Candidate) -> str:
    """What a sentence may be written from: the passage without its orders, and the article's own data."""
    return f"{above(candidate)}\n{without_orders(candidate.hit.passage.text)}"


def above(candidate: Candidate) -> str:
    """What stands above a passage: the article's title, date, source and number, the headings, and what leads its list or table."""
    article, passage = candidate.hit.article, candidate.hit.passage
    of_article = f"{article.title} {article.date} {article.source} {article.number}".rstrip()
    return " ".join([of_article, *passage.heading_path, without_orders(passage.lead)]).rstrip()


def holds_orders(passages: list[list[Candidate]]) -> bool:
    """Whether anything that a model would be shown gives orders; they are taken out, and may be there in other words."""
    hits = [candidates[0].hit for candidates in passages]
    return any(
        without_orders(hit.passage.text) != hit.passage.text
        or any(is_order(each) for each in (hit.article.title, hit.article.source, *hit.passage.heading_path))
        for hit in hits
    )


def is_supported(statement: Statement, passages: list[list[Candidate]]) -> bool:
    """Whether a passage supports a statement: what it cites, else any that the model was shown."""
    every = "\n".join(told_by(candidates[0]) for candidates in passages)
    return _is_supported(statement, every, strict=holds_orders(passages))


def _is_supported(statement: Statement, every: str, *, strict: bool) -> bool:
    text = statement.text
    told = "\n".join(map(told_by, statement.support)) or every
    if strict:
        says_something = any(len(word) > 1 for word in content_words(text))
        return (
            bool(statement.support)
            and says_something
            and not unsupported(text, told)
            and not is_foreign(text, told)
            and not contrary(text, told)
        )
    if not statement.support and not content_words(text):
        return False
    # Of an answer in another language no word stands in the passages; its figures and names are flagged.
    return not is_foreign(text, told) or (not CHINESE.search(text) and bool(CHINESE.search(told)))
