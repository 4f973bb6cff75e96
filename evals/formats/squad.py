"""SQuAD form (Rajpurkar et al., 2016 and 2018): paragraphs with span questions, as CMRC 2018 and DRCD keep them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus.encoding import decode
from corpus.language.sentences import sentence_spans
from corpus.problem import Problem
from evals.formats.row import Row


def rows(file: Path) -> Iterator[Row | Problem]:
    """A row a question: its answers, and the sentence that an answer stands in as evidence."""
    try:
        data = json.loads(decode(file.read_bytes(), file))
        articles = data["data"] if isinstance(data, dict) else data
        paragraphs = [
            (article.get("title", ""), each) for article in articles for each in article["paragraphs"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Problem("eval_squad_broken", file=file)
        return
    number = 0
    for title, paragraph in paragraphs:
        context = str(paragraph.get("context", ""))
        for question in paragraph.get("qas", []):
            number += 1
            yield Row(number, _fields(str(title), context, question))


def _fields(title: str, context: str, question: dict) -> dict[str, object]:
    answers = [str(answer.get("text", "")) for answer in question.get("answers") or []]
    absent = str(question.get("is_impossible", "")).lower() == "true" or not any(answers)
    fields: dict[str, object] = {
        "id": str(question.get("id", "")),
        "question": question.get("question"),
        "answerable": not absent,
        "type": "absent" if absent else "fact",
        "title": title,
    }
    if not absent:
        fields["answers"] = list(dict.fromkeys(answer for answer in answers if answer.strip()))
        evidence = [
            _sentence(context, answer)
            for answer in question["answers"]
            if answer.get("answer_start", -1) >= 0
        ]
        fields["evidence"] = list(dict.fromkeys(text for text in evidence if text))
    return fields


def _sentence(context: str, answer: dict) -> str:
    start = int(answer["answer_start"])
    end = start + len(str(answer["text"]))
    spans = [span for span in sentence_spans(context) if span[0] < end and start < span[1]]
    return context[spans[0][0] : spans[-1][1]] if spans else ""
