"""JSON Lines: an article a line, under the field names that exports commonly use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.markdown import drafts_of
from corpus.readers.text import _MARKDOWN_HEADING, plain_draft

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "标题", "name"),
    "text": ("content", "text", "body", "正文", "内容"),
    "date": ("date", "published", "publish_date", "日期", "year", "年份"),
    "source": ("source", "来源", "publisher"),
    "region": ("region", "地区", "province"),
    "url": ("url", "link", "链接"),
}
"""Our name of a field, and the names it is looked for under, in order."""


def read_jsonl(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every good line; a broken line is yielded as the problem it is and the rest goes on."""
    text = decode(file.read_bytes(), file)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield Problem("broken_json_line", file=file, line=number)
            continue
        if not isinstance(record, dict):
            yield Problem("json_line_no_object", file=file, line=number)
            continue
        fields = _fields(record)
        body = fields.pop("text", "")
        if not body.strip():
            yield Problem("json_line_no_text", file=file, line=number, names=", ".join(FIELD_NAMES["text"]))
            continue
        fields["line"] = str(number)
        if _MARKDOWN_HEADING.search(body):
            yield from drafts_of(body, fields, file)
        else:
            yield plain_draft(body, fields)


def _fields(record: dict[str, object]) -> dict[str, str]:
    fields = {}
    for ours, names in FIELD_NAMES.items():
        for name in names:
            value = record.get(name)
            if isinstance(value, str | int | float) and str(value).strip():
                fields[ours] = str(value)
                break
    return fields
