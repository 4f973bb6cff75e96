"""From an answer in a chat to an item of a set: what was right to be held to, what was wrong to be mended."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from assistant.model import Answer
from evals.formats import read_set
from evals.formats.write import append_item, replace_item
from evals.items import EvalItem
from index.query import Filters


def item_from(
    answer: Answer, *, good: bool, today: date, filters: Filters | None = None, reason: str = ""
) -> EvalItem:
    """The item that an answer makes: accepted with its quotes, or, disliked (for a `reason`), without an expected answer yet."""
    question = answer.standalone_question or answer.question
    digest = hashlib.sha256(f"{question}|{today}".encode()).hexdigest()[:8]
    fields: dict[str, object] = {
        "id": f"chat-{digest}",
        "question": question,
        "asked_on": today,
        "answerable": not (answer.refused and good),
    }
    if answer.refused:
        fields["type"] = "absent" if good else "refused"
    elif good:
        fields["evidence"] = [citation.quote for citation in answer.citations]
        if answer.short_answer:
            fields["answers"] = answer.short_answer.split("；")[:1]
            if "；" in answer.short_answer:
                fields["facts"] = [[part] for part in answer.short_answer.split("；")]
                del fields["answers"]
    else:
        fields["type"] = "disliked"
        fields["disliked_answer"] = answer.answer
    if reason:
        fields["reason"] = reason
    if filters is not None and filters.model_copy(update={"collections": None}):
        fields["filters"] = filters.model_copy(update={"collections": None})
    return EvalItem.model_validate(fields)


def keep(item: EvalItem, file: Path) -> bool:
    """Add the item to a set, in the place of one with its id, as of an answer that was judged anew; whether that changed the set."""
    known = read_set(file)[0] if file.exists() else []
    if item in known:
        return False
    if any(each.id == item.id for each in known):
        replace_item(item, file)
    else:
        append_item(item, file)
    return True
