"""The parts of an article that a newspaper prints on two pages, as one article again."""

from __future__ import annotations

import re

from corpus.block import BlockKind, Draft
from corpus.language.normalize import clean_line
from corpus.repair import Change

_PAGE = r"第?\s*[一二三四五六七八九十\dA-Za-z]+\s*版"
_GOES_ON = re.compile(rf"[（(]\s*(?:下转|转|紧接)\s*{_PAGE}[^）)]{{0,12}}[）)]\s*$")
_COMES_FROM = re.compile(rf"^\s*[（(]\s*(?:上接|接|紧接)\s*{_PAGE}[^）)]{{0,12}}[）)]")


def join_continued(drafts: list[Draft], changes: list[Change] | None = None) -> list[Draft]:
    """`drafts` with a part that ends "(下转第2版)" and the part that starts "(上接第1版)" as one.

    They are joined when their titles are alike, or when the file holds only one such pair; the later
    part's title then goes. A part whose other half is not there stays as it is. Parts of two collections stay apart:
    not everybody who may see the one may see the other.
    """
    going_on = [draft for draft in drafts if _place(draft, _GOES_ON, last=True) is not None]
    coming = [draft for draft in drafts if _place(draft, _COMES_FROM, last=False) is not None]
    gone: list[Draft] = []
    for first in going_on:
        open_parts = [
            part
            for part in coming
            if part is not first and part not in gone and _collection(part) == _collection(first)
        ]
        alike = [part for part in open_parts if _alike(first.title, part.title)]
        only_pair = len(going_on) == 1 and len(open_parts) == 1
        if not alike and not only_pair:
            continue
        second = alike[0] if alike else open_parts[0]
        gone.append(second)
        if changes is not None:
            before = f"{first.title} … {second.title}"
            changes.append(Change("join_continued_parts", before, first.title))
        _strip(first, _GOES_ON, last=True)
        _strip(second, _COMES_FROM, last=False)
        first.blocks += second.blocks
    return [draft for draft in drafts if not any(draft is part for part in gone)]


def _collection(draft: Draft) -> str:
    return draft.fields.get("collection", "").strip()


def _place(draft: Draft, mark: re.Pattern[str], *, last: bool) -> int | None:
    """Index of the block that holds the mark: among the last three or the first three with text."""
    numbers = [number for number, block in enumerate(draft.blocks) if block.kind is not BlockKind.HEADING]
    for number in reversed(numbers[-3:]) if last else numbers[:3]:
        if mark.search(clean_line(draft.blocks[number].text)):
            return number
    return None


def _strip(draft: Draft, mark: re.Pattern[str], *, last: bool) -> None:
    place = _place(draft, mark, last=last)
    if place is None:
        return
    block = draft.blocks[place]
    text = mark.sub("", clean_line(block.text)).strip()
    draft.blocks[place : place + 1] = [block.with_text(text)] if text else []


def _alike(one: str, other: str) -> bool:
    """Whether one title is the other, or its shortened form."""
    one, other = (re.sub(r"\W", "", title) for title in (one, other))
    return bool(one and other) and (one in other or other in one)
