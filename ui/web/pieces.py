"""What changed on a page, instead of all that it shows: the one bridge beside Gradio's own events.

A chat and the list of chats are sent as pieces, each named by a digest of its HTML: the order of all pieces, and the HTML of
those that the page has not been sent yet. `pieces.js` keeps the pieces, puts them in order, and asks for all (the deed
`redraw`) where one is missing. An answer that grows is sent as what comes after a number of characters it already has, now and
then whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections import OrderedDict
from itertools import count
from os.path import commonprefix

_PAGES, _PIECES = 1000, 1000


class Pieces:
    """What each open page has been sent, by Gradio's session. Safe to call from several threads."""

    def __init__(self) -> None:
        self._sent: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._numbers = count(1)
        self._lock = threading.Lock()

    def news(self, session: str | None, parts: list[str]) -> str:
        """The message that makes a page show these parts, in this order."""
        named = {digest_of(part): part for part in parts}
        with self._lock:
            sent = self._sent.setdefault(session or "", OrderedDict())
            self._sent.move_to_end(session or "")
            new = {name: part for name, part in named.items() if name not in sent}
            for name in named:
                sent[name] = None
                sent.move_to_end(name)
            while len(sent) > max(_PIECES, len(named)):
                sent.popitem(last=False)
            while len(self._sent) > _PAGES:
                self._sent.popitem(last=False)
            number = next(self._numbers)
        return _message({"at": number, "order": [digest_of(part) for part in parts], "new": new})

    def forget(self, session: str | None) -> None:
        """The next news hold everything."""
        with self._lock:
            self._sent.pop(session or "", None)

    def grown(self, turn: str, before: str, now: str) -> str:
        """The message that makes the HTML of a turn's answer, which was `before`, what it is now.

        A page that missed what was sent before waits for a message that needs nothing: one where `before` is empty.
        """
        same = commonprefix([before, now])  # noqa: RUF071 (by characters is meant)
        # Numbered too, so that no two messages are alike: Gradio tells the page only what changed.
        grow = [turn, _units(same), now[len(same) :], _units(before)]
        return _message({"at": next(self._numbers), "grow": grow})


def _units(text: str) -> int:
    """The length that a browser counts."""
    return len(text.encode("utf-16-le")) // 2


def digest_of(part: str) -> str:
    """A short name of a piece of HTML, the same for the same piece."""
    return base64.urlsafe_b64encode(hashlib.blake2b(part.encode(), digest_size=9).digest()).decode()


def _message(news: dict[str, object]) -> str:
    return json.dumps(news, ensure_ascii=False, separators=(",", ":"))
