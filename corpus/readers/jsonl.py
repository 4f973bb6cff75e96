"""JSON Lines (an article a line) and JSON (an article, a list of them, or an object that holds the list)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.records import draft_of_record

_LISTS = ("articles", "data", "items", "records", "documents", "docs")


def read_jsonl(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every good line; a broken line is yielded as the problem it is and the rest goes on."""
    text = decode(file.read_bytes(), file)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield Problem("broken_json_line", file=file, line=number)
            continue
        if not isinstance(record, dict):
            yield Problem("json_line_no_object", file=file, line=number)
            continue
        yield draft_of_record(record, file, number)


def read_json(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every record of a JSON file; the record's number stands for the line in problems."""
    try:
        content = json.loads(decode(file.read_bytes(), file))
    except json.JSONDecodeError as error:
        raise Problem("broken_json", file=file, line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise Problem("broken_json", file=file, line=1) from error
    if isinstance(content, dict):
        content = next((content[name] for name in _LISTS if isinstance(content.get(name), list)), [content])
    if not isinstance(content, list):
        raise Problem("json_line_no_object", file=file, line=1)
    for number, record in enumerate(content, start=1):
        if isinstance(record, dict):
            yield draft_of_record(record, file, number)
        else:
            yield Problem("json_line_no_object", file=file, line=number)
