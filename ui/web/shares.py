"""What one person may hold at the same time: requests under way, events of the page, open pages.

Connections, Gradio's queue and its memory are everybody's: none is one person's to fill.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import gradio as gr

EVENTS_WAITING = 50
"""Events of one person that may wait in the queue of a page."""
MESSAGES_UNREAD = 200
"""Messages of the queue that an open page may leave unread before its next event."""
PAGES_OPEN = 150
"""Open pages of one person whose state is kept; more than events may wait, for Gradio keeps state when it answers one."""


class Share:
    """Counts what each person has under way, of `most` at the same time; used in one event loop."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._under_way: Counter[str] = Counter()

    def take(self, who: str) -> bool:
        """Begin one more; false, and nothing begun, where the person has as many as may be."""
        if self._under_way[who] >= self.most:
            return False
        self._under_way[who] += 1
        return True

    def give_back(self, who: str) -> None:
        """One has ended."""
        self._under_way[who] -= 1
        if not self._under_way[who]:
            del self._under_way[who]


class PageEvents(Protocol):
    """What Gradio keeps of the events of pages."""

    def has_room(self, name: str, session: str) -> bool:
        """Whether an event of this person's, from this open page, may be added."""

    def forget(self, sessions: Iterable[str]) -> None:
        """Drop the state of pages that were open."""


class GradioEvents:
    """The events and open pages of the Gradio pages of one application."""

    def __init__(self, pages: Mapping[str, gr.Blocks]) -> None:
        self._pages = pages

    def has_room(self, name: str, session: str) -> bool:
        """Whether neither the person's events that wait nor the page's unread messages are too many."""
        queues = [page._queue for page in self._pages.values()]
        waiting = sum(
            event.username == name
            for queue in queues
            for events in queue.event_queue_per_concurrency_id.values()
            for event in events.queue
        )
        unread = sum(_unread(queue, session) for queue in queues)
        return waiting < EVENTS_WAITING and unread < MESSAGES_UNREAD

    def forget(self, sessions: Iterable[str]) -> None:
        """Drop what Gradio keeps of pages; one that is still open begins anew with its next event."""
        for session in sessions:
            for page in self._pages.values():
                messages = page._queue.pending_messages_per_session.get(session)
                while messages is not None and not messages.empty():
                    # The queue itself stays: Gradio fails where one is gone that an event still writes to.
                    messages.get_nowait()
                # Not the page's `app`: that is one of its own, and not the one that is served.
                page.state_holder.session_data.pop(session, None)


def _unread(queue: Any, session: str) -> int:
    messages = queue.pending_messages_per_session.get(session)
    return messages.qsize() if messages is not None else 0
