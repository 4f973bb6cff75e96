"""Files that a browser saves."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

MARKDOWN = "text/markdown; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attachment(content: bytes | str, name: str, media_type: str) -> Response:
    """A file that is saved under `name`, in which a `/` becomes a `_`."""
    named = quote(name.replace("/", "_"))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{named}"}
    return Response(content, headers=headers, media_type=media_type)


__all__ = ["MARKDOWN", "WORD", "attachment"]
