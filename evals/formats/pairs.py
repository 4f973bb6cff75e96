"""A plain list of questions and answers: "问：…" and "答：…", or a question, a tab and its answer on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.encoding import decode
from corpus.problem import Problem
from evals.formats.row import Row

_QUESTION = re.compile(
    r"^\s*(?:\d+\s*[.、．)）]\s*)?(?:问题?|q|question)\s*\d*\s*[:：]\s*(.+)$", re.IGNORECASE
)
_ANSWER = re.compile(r"^\s*(?:答案?|a|answer)\s*\d*\s*[:：]\s*(.*)$", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*\d+\s*[.、．)）]\s*")
_NONE = {"", "无", "没有", "不知道", "无答案", "资料中没有", "none", "n/a", "-"}


def rows(file: Path) -> Iterator[Row | Problem]:
    """A row a question; an answer such as "无" or none at all makes it one that must be refused."""
    asked: Row | None = None
    for number, line in enumerate(decode(file.read_bytes(), file).split("\n"), 1):
        if not line.strip():
            continue
        if match := _QUESTION.match(line):
            if asked:
                yield _finished(asked)
            asked = Row(number, {"question": match.group(1).strip(), "answers": []})
        elif asked and (match := _ANSWER.match(line)):
            asked.fields["answers"] = [part.strip() for part in re.split(r"[|｜]", match.group(1))]
        elif "\t" in line:
            if asked:
                yield _finished(asked)
            asked = None
            question, answer = line.split("\t", 1)
            yield _finished(
                Row(
                    number,
                    {
                        "question": _NUMBER.sub("", question).strip(),
                        "answers": [part.strip() for part in re.split(r"[|｜\t]", answer)],
                    },
                )
            )
        else:
            yield Problem("eval_pair_broken", file=file, line=number)
    if asked:
        yield _finished(asked)


def _finished(row: Row) -> Row:
    answers = [answer for answer in row.fields["answers"] if answer.lower() not in _NONE]  # type: ignore[attr-defined]
    fields: dict[str, object] = {"question": row.fields["question"], "answerable": bool(answers)}
    if answers:
        fields["answers"] = answers
    else:
        fields["type"] = "absent"
    return Row(row.line, fields)
