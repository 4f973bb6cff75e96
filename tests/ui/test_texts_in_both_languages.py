"""What a person reads comes in the language of their page, and is written in both."""

import ast
import re
from pathlib import Path

import pytest
from starlette.requests import Request

import ui
from assistant.messages import MESSAGES
from ui.page_language import language_at

_RAISED = {
    "HTTPException",
    "JSONResponse",
    "HTMLResponse",
    "PlainTextResponse",
    "tell",
    "warn",
    "Info",
    "Warning",
}
"""Calls whose arguments somebody is shown."""
_WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}|[\u4e00-\u9fff]{2}")


@pytest.mark.parametrize(
    ("path", "query", "headers", "language"),
    [
        ("/api/me", "lang=zh", {"accept-language": "zh"}, "en"),
        ("/mcp", "", {}, "en"),
        ("/en/gradio_api/queue/join", "", {"accept-language": "zh"}, "en"),
        ("/gradio_api/queue/join", "", {"accept-language": "en"}, "zh"),
        ("/article/a", "lang=en", {"accept-language": "zh"}, "en"),
        ("/article/a", "lang=fr", {"accept-language": "en"}, "en"),
        ("/login", "", {"cookie": "lang=en", "accept-language": "zh"}, "en"),
        ("/enormous", "", {}, "zh"),
        ("/", "", {}, "zh"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(
    path: str, query: str, headers: dict[str, str], language: str
) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": raw}
    assert language_at(Request(scope)) == language


def test_every_message_is_written_in_both_languages() -> None:
    one_only = {
        code
        for code, texts in MESSAGES.items()
        if set(texts) != {"zh", "en"} and not (code.startswith("cli_") and " / " in texts["zh"])
    }
    assert one_only == set()


def test_nothing_that_is_shown_is_written_beside_the_messages() -> None:
    found = []
    for file in sorted(Path(ui.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in _RAISED:
                found += [f"{file.name}:{call.lineno}" for each in call.args if _is_sentence(each)]
    assert found == []


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_sentence(argument: ast.expr) -> bool:
    return any(
        isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and _WORDS.search(each.value) is not None
        for each in ast.walk(argument)
    )
