"""What is known of an article besides its text, and where each piece was read from.

Every value has an origin: `field` (front matter, a record's field, a label above or below the text, the head of a
page), `file_name`, `title`, `first_lines`, `signature`, `document_number`, `issuer`, `session`, `text`, `url`,
`correction`, of a title `series` (the titles of the other documents of its file), and of a collection `ingest` (it was
given to the files as they were brought in).
What nothing tells stays empty; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.language.normalize import fold
from corpus.metadata import dates, issuers, numbers, regions
from corpus.metadata.dates import parse_date, session_year
from corpus.metadata.kinds import kind_of

__all__ = ["Metadata", "parse_date", "read_metadata", "session_year"]

_ALIASES = {
    "publishedat": "date", "publishdate": "date", "pubdate": "date", "datepublished": "date", "pubtime": "date",
    "publishtime": "date", "发布日期": "date", "日期": "date", "sourceurl": "url", "link": "url", "来源": "source",
    "发文字号": "number", "文号": "number", "地区": "region",
}  # fmt: skip
"""Other names of fields, in lower case and without signs, as front matter writes them."""
_FIRST_LINES, _HEAD_WITH_SIGNATURE, _LAST_LINES, _NAMES_ABOVE = 14, 80, 8, 5


@dataclass
class Metadata:
    """Values by name and where each was read; a value without origin is empty."""

    values: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: str, origin: str) -> None:
        """Keep a value unless there is one already."""
        if value and not self.values.get(name):
            self.values[name] = value
            self.origins[name] = origin


def read_metadata(
    fields: dict[str, str], title: str, title_origin: str, lines: Sequence[str], file: Path
) -> Metadata:
    """What fields, title, text (its `lines`) and the file's name tell of an article."""
    fields = _known_names(fields)
    found = Metadata({"title": title}, {"title": title_origin})
    head = [dates.days_in_figures(fold(line)) for line in lines[:_HEAD_WITH_SIGNATURE]]
    tail = [dates.days_in_figures(fold(line)) for line in lines[-_LAST_LINES:]]
    for name in ("source", "region", "url", "collection"):
        found.put(name, fields.get(name, "").strip(), "field")
    found.put("number", numbers.written_number(fields.get("number", "")), "field")
    found.put("number", *numbers.document_number(fold(title), head, file.stem))
    _put_dates(found, fields, title, head, tail, lines, file)
    found.put("issuer", "、".join(fields.get("issuer", "").split()), "field")
    found.put(
        "issuer",
        *issuers.issuer(found.values.get("number", ""), title, lines[:_FIRST_LINES], _signature(lines)),
    )
    found.put("kind", kind_of(title), "title")
    found.put(
        "region",
        *regions.region(
            title,
            file.stem,
            found.values.get("issuer", ""),
            found.values.get("number", ""),
            lines[:_FIRST_LINES],
        ),
    )
    return found


def _known_names(fields: dict[str, str]) -> dict[str, str]:
    """The fields under the names that are used here; a name of ours comes before another."""
    named = dict(fields)
    for name, value in fields.items():
        ours = _ALIASES.get(re.sub(r"[\W_]", "", name).lower())
        if ours:
            named.setdefault(ours, value)
    return named


def _put_dates(
    found: Metadata,
    fields: dict[str, str],
    title: str,
    head: Sequence[str],
    tail: Sequence[str],
    lines: Sequence[str],
    file: Path,
) -> None:
    signed = dates.signing(fields, head, tail)
    published = dates.publication(
        fields, fold(title), head[:_HEAD_WITH_SIGNATURE], tail, file, found.values.get("number", "")
    )
    has_day = published[1] == "field"
    if signed[0] and (not has_day or dates.is_republished(signed[0], published[0])):
        # Put on a site years later it is still the text of its time.
        published = signed if has_day or not published[0] or published[1] == "document_number" else published
    found.put("date", *published)
    if signed[0] != found.values.get("date") or "signed" in fields:
        found.put("signed", *signed)
    effective, expires = dates.validity(fields, (fold(line) for line in lines))
    found.put("effective", *effective)
    found.put("expires", *expires)


def _signature(lines: Sequence[str]) -> list[str]:
    """The lines just above the day under a document."""
    for number, line in enumerate(lines[:_HEAD_WITH_SIGNATURE]):
        if number > 2 and _is_day(line) and issuers.is_body_line(lines[number - 1]):
            return list(lines[max(0, number - _NAMES_ABOVE) : number])
    for number in range(len(lines) - 1, max(0, len(lines) - _LAST_LINES), -1):
        if _is_day(lines[number]):
            return list(lines[max(0, number - _NAMES_ABOVE) : number])
    return []


def _is_day(line: str) -> bool:
    return len(line) <= 24 and bool(parse_date(line.strip("()（） "))) and "月" in line
