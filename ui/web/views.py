"""What each open page shows now: an answer that grows is drawn only where its chat is still shown."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from assistant.model import Answer
from index.query import Filters

CHATS_AT_ONCE = 30
_PAGES = 5000


@dataclass(frozen=True)
class Done:
    """A change that can be undone: the message that names it, what it was done to, and the changes that undo it.

    Each has a name, what it is made to, and a text, as the page's events have (`ui.web.chat_arranging`, `ui.web.notebook_tab`).
    """

    code: str
    title: str
    undo: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class View:
    """What one page shows: a chat (none: a new one), how many chats are listed, what was searched, done and cut last.

    `folder` is the id of the folder whose chats are listed; empty for all.
    `seed` are questions and answers that a new chat begins with, as of an eval run's item that was opened. `sources` are
    those that the chat asks (`Filters.chosen`).
    """

    chat: str = ""
    listed: int = CHATS_AT_ONCE
    search: str = ""
    folder: str = ""
    done: Done | None = None
    cut: str = ""
    seed: tuple[tuple[str, Answer], ...] = ()
    sources: Filters = field(default_factory=Filters)


class Views:
    """The views of the pages that were last active, by Gradio's session. Safe to call from several threads."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, View] = OrderedDict()
        self._lock = threading.Lock()

    def show(self, session: str | None, view: View) -> None:
        """Remember what a page shows from now on."""
        with self._lock:
            self._views[session or ""] = view
            self._views.move_to_end(session or "")
            while len(self._views) > _PAGES:
                self._views.popitem(last=False)

    def of(self, session: str | None, before: View) -> View:
        """What a page shows now; `before` where that is not known."""
        with self._lock:
            return self._views.get(session or "", before)
