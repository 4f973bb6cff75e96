"""In which language a request is answered where nothing but the request tells: its page's, or the browser's; English to programs."""

from __future__ import annotations

from starlette.requests import Request

COOKIE = "lang"
LANGUAGES = ("zh", "en")
FOR_PROGRAMS = ("/api", "/mcp", "/v1")
_ENGLISH_PAGE = "/en"
_CHINESE_PAGE = "/gradio_api"
"""What belongs to the Chinese page, which lies at the root, and to no other."""


def language_at(request: Request) -> str:
    """The language of the page that sent a request, or of the address that is asked.

    English to programs; elsewhere the language that the address names (`?lang=`), else what the browser prefers.
    """
    path = request.scope["path"]
    if is_for_programs(path) or is_below(path, _ENGLISH_PAGE):
        return "en"
    if is_below(path, _CHINESE_PAGE):
        return "zh"
    named = request.query_params.get("lang", "")
    if named in LANGUAGES:
        return named
    accepted = request.headers.get("accept-language", "")
    return "en" if wants_english(request.cookies.get(COOKIE, ""), accepted) else "zh"


def is_for_programs(path: str) -> bool:
    """Whether programs ask at this path, and read JSON of every error."""
    return any(is_below(path, each) for each in FOR_PROGRAMS)


def is_below(path: str, root: str) -> bool:
    """Whether a path is `root` or below it."""
    return path == root or path.startswith(f"{root}/")


def wants_english(chosen: str, accepted: str) -> bool:
    """By the cookie; else whether `Accept-Language` names English before Chinese, or without it."""
    if chosen:
        return chosen == "en"
    weights = {"en": 0.0, "zh": 0.0}
    for part in accepted.lower().split(","):
        tag, _, parameters = part.strip().partition(";")
        name, _, value = parameters.strip().partition("=")
        try:
            weight = float(value) if name == "q" else 1.0
        except ValueError:
            weight = 0.0
        language = tag.strip()[:2]
        if language in weights:
            weights[language] = max(weights[language], weight)
    return weights["en"] > weights["zh"]
