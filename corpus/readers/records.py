"""A record (a JSON object, a row of a table) as an article, under the field names that exports use."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.markdown import drafts_of
from corpus.readers.text import MARKDOWN_HEADING, plain_draft

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "标题", "name", "题名"),
    "text": ("content", "text", "full_text", "body", "正文", "内容", "全文", "文章内容"),
    "date": ("date", "published", "publish_date", "日期", "发布日期", "year", "年份"),
    "source": ("source", "来源", "publisher"),
    "region": ("region", "地区", "province", "省份"),
    "url": ("url", "link", "source_url", "链接", "网址"),
    "issuer": ("issuer", "发文机关", "发布机构"),
    "number": ("document_number", "number", "文号", "发文字号"),
    "collection": ("collection", "文集"),
}
"""Our name of a field, and the names it is looked for under, in order."""
MAPPING_FILE = "fields.json"
"""Beside the files: {"title": "headline", "text": "article_body"} names their fields."""


def field_names(file: Path) -> dict[str, tuple[str, ...]]:
    """The names to look for in `file`; those of the `fields.json` in its folder come first.

    Raises:
        Problem: `broken_field_mapping` when that file is no object of known names.
    """
    mapping_file = file.parent / MAPPING_FILE
    if not mapping_file.is_file():
        return FIELD_NAMES
    try:
        mapping = json.loads(mapping_file.read_text("utf-8"))
    except (ValueError, OSError):
        mapping = None
    if not isinstance(mapping, dict) or not all(
        name in FIELD_NAMES and isinstance(value, str) for name, value in mapping.items()
    ):
        raise Problem("broken_field_mapping", file=mapping_file, known=", ".join(FIELD_NAMES))
    return {
        name: ((mapping[name],) if name in mapping else ()) + names for name, names in FIELD_NAMES.items()
    }


def draft_of_record(record: dict, file: Path, line: int) -> Draft | Problem:
    """The draft of one record, or the problem that it has no text or a collection that is no name."""
    names = field_names(file)
    fields = {}
    for ours, candidates in names.items():
        for name in candidates:
            value = record.get(name)
            if ours == "collection" and isinstance(value, list | dict):
                # Left out it would show the article to everybody.
                return Problem("collection_is_no_name", file=file, line=line)
            if isinstance(value, str | int | float) and str(value).strip():
                fields[ours] = str(value)
                break
    text = fields.pop("text", "")
    if not text.strip():
        return Problem("json_line_no_text", file=file, line=line, names=", ".join(names["text"]))
    fields["line"] = str(line)
    if MARKDOWN_HEADING.search(text):
        # One record is one article, whatever headings its text has.
        drafts = list(drafts_of(text, fields, file))
        for draft in drafts[1:]:
            drafts[0].blocks += draft.blocks
        return drafts[0]
    return plain_draft(text, fields)
