"""The kinds of things that answer a question, and which of them one asks for."""

from __future__ import annotations

from enum import Enum

from index.question_heads import heads


class Kind(str, Enum):
    """The kind of thing that answers."""

    AMOUNT = "amount"
    SHARE = "share"
    DATE = "date"
    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    LIST = "list"
    YES_NO = "yes_no"
    REASON = "reason"
    HOW = "how"
    SUMMARY = "summary"
    COMPARE = "compare"
    OTHER = "other"


OF_LABEL = {
    "amount": Kind.AMOUNT, "share": Kind.SHARE, "date": Kind.DATE, "duration": Kind.DATE, "person": Kind.PERSON, "body": Kind.BODY,
    "document": Kind.DOCUMENT, "list": Kind.LIST, "yes_no": Kind.YES_NO, "reason": Kind.REASON, "how": Kind.HOW, "summary": Kind.SUMMARY,
    "compare": Kind.COMPARE, "place": Kind.OTHER, "definition": Kind.OTHER, "condition": Kind.OTHER, "name": Kind.OTHER, "other": Kind.OTHER,
}  # fmt: skip
"""The labels of `index.question_heads` that are kinds."""
LIKELY, SURE = 0.14, 0.6
"""From which likelihood a kind counts as asked for, and from which a text may be held to lack it."""


def kind_of(question: str, at_least: float = LIKELY) -> Kind:
    """The kind of thing `question` asks for: the likeliest, `Kind.OTHER` where none is as likely as `at_least`."""
    likely = heads().read(question)
    label = max(OF_LABEL, key=lambda each: likely[each])
    return OF_LABEL[label] if likely[label] >= at_least else Kind.OTHER
