"""What changed on a page, instead of all that it shows: the one bridge beside Gradio's own events.

A chat and the list of chats are sent as pieces, each named by a digest of its HTML: the order of all pieces, and the HTML of
those that the page has not been sent yet. Where the last of them differs a little from what stood there (questions to go on with, a
verdict), only what lies between its unchanged beginning and end is sent. `pieces.js` keeps the pieces, puts them in order, and asks for all (the deed
`redraw`) where one is missing. An answer that grows is sent as what comes after a number of characters it already has, now and
then whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import count
from os.path import commonprefix

_PAGES, _PIECES = 1000, 1000
_LONGEST_BASE = 50_000
"""Characters of a piece that is remembered, to tell another as what differs from it."""

_ITS_NAME = 40
"""Characters that it takes to name the piece that another is told by."""


@dataclass
class _Page:
    """What a page was sent: names of pieces, and the last piece of each place."""

    sent: OrderedDict[str, None] = field(default_factory=OrderedDict)
    last: dict[str, str] = field(default_factory=dict)


class Pieces:
    """What each open page has been sent, by Gradio's session. Safe to call from several threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._numbers = count(1)
        self._lock = threading.Lock()

    def news(self, session: str | None, parts: list[str], place: str = "chat") -> str:
        """The message that makes a place of a page show these parts, in this order."""
        named = {digest_of(part): part for part in parts}
        with self._lock:
            page = self._pages.setdefault(session or "", _Page())
            self._pages.move_to_end(session or "")
            new: dict[str, object] = {name: part for name, part in named.items() if name not in page.sent}
            if parts and (last := digest_of(parts[-1])) in new:
                new[last] = _told_of(page.last.get(place, ""), parts[-1])
            page.last[place] = parts[-1] if parts and len(parts[-1]) <= _LONGEST_BASE else ""
            for name in named:
                page.sent[name] = None
                page.sent.move_to_end(name)
            while len(page.sent) > max(_PIECES, len(named)):
                page.sent.popitem(last=False)
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
            number = next(self._numbers)
        return _message({"at": number, "order": [digest_of(part) for part in parts], "new": new})

    def forget(self, session: str | None) -> None:
        """The next news hold everything."""
        with self._lock:
            self._pages.pop(session or "", None)

    def grown(self, turn: str, before: str, now: str) -> str:
        """The message that makes the HTML of a turn's answer, which was `before`, what it is now.

        A page that missed what was sent before waits for a message that needs nothing: one where `before` is empty.
        """
        same = commonprefix([before, now])  # noqa: RUF071 (by characters is meant)
        # Numbered too, so that no two messages are alike: Gradio tells the page only what changed.
        grow = [turn, _units(same), now[len(same) :], _units(before)]
        return _message({"at": next(self._numbers), "grow": grow})


def _told_of(before: str, now: str) -> str | list[object]:
    """A piece as it is, or as what differs from one that the page has: that one's name, how much of it begins and ends the new one, and what lies between."""
    begins = commonprefix([before, now])  # noqa: RUF071 (by characters is meant)
    ends = commonprefix([before[len(begins) :][::-1], now[len(begins) :][::-1]])[::-1]  # noqa: RUF071
    between = now[len(begins) : len(now) - len(ends)]
    if 2 * len(between) + _ITS_NAME > len(now):
        return now
    return [digest_of(before), _units(begins), _units(ends), between]


def _units(text: str) -> int:
    """The length that a browser counts."""
    return len(text.encode("utf-16-le")) // 2


def digest_of(part: str) -> str:
    """A short name of a piece of HTML, the same for the same piece."""
    return base64.urlsafe_b64encode(hashlib.blake2b(part.encode(), digest_size=9).digest()).decode()


def _message(news: dict[str, object]) -> str:
    return json.dumps(news, ensure_ascii=False, separators=(",", ":"))
