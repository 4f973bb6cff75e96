"""The page's own stylesheet and scripts, as files that stand in its head and that a browser keeps.

Gradio would carry both inside the page and put them in force when its scripts have run: the page would first be drawn without
them, and move when they come.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from assistant.messages import message

_HERE = Path(__file__).parent
_STYLES = (
    "tokens.css",
    "frame.css",
    "turns.css",
    "style.css",
    "library.css",
    "search.css",
    "reader.css",
    "sources.css",
    "chats.css",
)
_SCRIPTS = (
    "page.js",
    "look.js",
    "pieces.js",
    "reader.js",
    "sources.js",
    "chats.js",
    "notebook.js",
    "keys.js",
    "briefing.js",
    "news.js",
)
_SAID_BY_THE_SCRIPT = (
    *("copied", "not_copied", "verdict_reason", "save", "new_title", "ask_first", "close"),
    *("folder_name", "folder_none", "folder_new", "move_to_folder"),
    *("edit_question", "page_send", "give_up", "page_stop", "page_side"),
    *(f"briefing_{part}" for part in ("begins", "running", "stopped", "ready", "failed", "word")),
    *("note_ask_text", "note_short", "keys", "keys_list"),
)


@cache
def own_style() -> str:
    """All rules twice, as Gradio does with rules that it is given: once more below its container, to weigh more than its own."""
    rules = "".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)
    return f"{rules}\n.gradio-container .contain {{\n{rules}\n}}\n"


@cache
def own_script(language: str) -> str:
    """All scripts, with the words that they say."""
    words = json.dumps({code: message(code, language) for code in _SAID_BY_THE_SCRIPT}, ensure_ascii=False)
    scripts = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f"window.pageWords = {words};\n{scripts}"


def digest_of_text(text: str) -> str:
    """A name that tells what a file holds."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
