"""Notes under an answer."""

from __future__ import annotations

from assistant.messages import message
from assistant.state import State


def note(state: State, code: str, **fields: object) -> None:
    """Add a note under the answer, once."""
    if (note := message(code, state.language, **fields)) not in state.notes:
        state.notes.append(note)
