"""`assistant mcp`: the MCP tools over stdin and stdout, for programs that start the assistant themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.extras import need
from corpus.problem import Problem
from ui.terminal import IndexOption, complain, read_settings

if TYPE_CHECKING:
    from assistant.service import Assistant

_LONGEST_WAIT = 50.0
"""Seconds that a call waits for the index and the models; most clients give up after a minute."""


def serve_mcp(index: IndexOption = None) -> None:
    """Serve until stdin ends; the index is made meanwhile, and calls wait for it."""
    need("mcp", "assistant mcp")
    settings = read_settings(index)
    from assistant.fair_queue import THE_PROGRAM
    from ui.in_use import in_use
    from ui.people.person import LOCAL
    from ui.web.api_errors import ready
    from ui.web.mcp_tools import mcp_server
    from ui.web.workplace import Workplace

    workplace = Workplace(settings)
    preparing = workplace.start()

    def assistant() -> Assistant:
        preparing.join(_LONGEST_WAIT)
        try:
            return ready(workplace)
        except Problem:
            if workplace.status.problem is not None:
                complain(workplace.status.problem)
            raise

    with in_use(settings.data):
        mcp_server(workplace, assistant, lambda request: (LOCAL, THE_PROGRAM)).run("stdio")
