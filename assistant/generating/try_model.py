"""A trial of a language model: one question with two passages, and what came of it in plain words."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from assistant.checking.marks import in_one_form
from assistant.generating.any_endpoint import REASONING, AnyEndpoint
from assistant.generating.chat_models import make_chat_model
from assistant.generating.failures import THOUGHT_TOO_LONG, TIMED_OUT, known_failure
from assistant.generating.prompts import DETAILS, PASSAGE, prompts_for
from assistant.generating.redact import without_secrets
from assistant.generating.thoughts import is_thinking, thoughts_in, without_thoughts
from assistant.messages import explain, message
from assistant.settings import Settings, fields_of
from corpus.problem import Problem
from index.endpoint_client import read_json

_ASKED = "青川县2031年粮食总产量是多少？"
_PASSAGES = (
    ("河湾县2031年统计公报", "2031年，河湾县粮食总产量为18.6万吨，比上年增长2.1%。"),
    ("青川县2031年统计公报", "2031年，青川县粮食总产量为27.4万吨，比上年增长1.3%。"),
)
"""Places and figures that no model has read of: it answers from the passages or not at all."""
_RIGHT, _RIGHT_MARK = "27.4", "[2]"
NOT_YET, WRONG = "try_not_yet", "try_wrong"
"""Codes of findings that tell of no fault of the settings: no answer came in time, or a wrong one."""
_MARK = re.compile(r"\[\d+\]")
_LONGEST_SAID, _MOST_NAMED = 60, 8
_MODELS_S = 5
_CHARACTERS_A_TOKEN = 1.5
_ANSWER_TOKENS = 200
"""Of an answer of 300 characters."""


@dataclass(frozen=True)
class Tried:
    """What a trial found: `works` with the codes and fields of what is to be said, most important first."""

    works: bool
    findings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def told(self, language: str = "zh") -> list[str]:
        """The findings in words, a sentence each."""
        return [message(code, language, **fields) for code, fields in self.findings]


@dataclass
class _Heard:
    """What a model wrote, when, and how many tokens its endpoint counted."""

    text: str = ""
    thought_s: float = 0.0
    first_s: float = 0.0
    seconds: float = 0.0
    written: int = 0

    @property
    def speed(self) -> float:
        """Tokens a second from the first piece on."""
        tokens = self.written or len(self.text) / _CHARACTERS_A_TOKEN
        return tokens / max(self.seconds - self.first_s, self.seconds / 10, 0.001)


def try_model(settings: Settings, language: str = "zh", *, seconds: float | None = None) -> Tried:
    """Ask a model a question with two passages, of which one answers.

    Args:
        settings: They name the model.
        language: Of reasons that are told as they are.
        seconds: The longest to wait, where that is less than the settings give it; a model that is not ready by then is
            not said to be wrong (`try_not_yet`).

    Raises:
        Problem: `llm_not_set`, and what `make_chat_model` raises.
    """
    if wrong := _wrong_with(settings):
        return Tried(False, [wrong])
    if not settings.uses_llm:
        raise Problem("llm_not_set")
    model = make_chat_model(settings if seconds is None else _hurried(settings, seconds))
    try:
        heard = _listen(model)
    except Exception as error:  # whatever a foreign endpoint does is told in words
        if seconds is not None and _ran_out_of_time(error):
            return Tried(False, [(NOT_YET, {"seconds": round(seconds)})])
        return Tried(False, _why(error, settings, language))
    if not heard.text.strip():
        code = "llm_why_only_thought" if heard.thought_s else "llm_why_empty"
        return Tried(False, [("try_failed", {"reason": message(code, language)})])
    return Tried(_RIGHT in heard.text, [_judged(heard.text), *_remarks(heard, model, settings)])


def _hurried(settings: Settings, seconds: float) -> Settings:
    limits = {name: min(seconds, getattr(settings, name)) for name in ("llm_timeout", "llm_thinking_timeout")}
    return settings.model_copy(update=limits)


def _ran_out_of_time(error: BaseException) -> bool:
    known = known_failure(error)
    return known is not None and known.code in {TIMED_OUT, THOUGHT_TOO_LONG}


def _wrong_with(settings: Settings) -> tuple[str, dict[str, Any]] | None:
    """What is wrong with an address that need not be asked."""
    address = settings.llm_base_url.strip()
    if settings.llm_file is not None or not address:
        return None
    if not re.match(r"https?://", address, re.IGNORECASE):
        host = re.split(r"[:/]", address)[0]
        local = host == "localhost" or re.fullmatch(r"[\d.]+", host)
        return "try_no_scheme", {"wanted": f"{'http' if local else 'https'}://{address}"}
    path = re.sub(r"/(?:chat/)?completions/?$", "", address)
    return ("try_whole_path", {"wanted": path}) if path != address else None


def _listen(model: Any) -> _Heard:
    details = f' {DETAILS["date"]}="2032-02-01" {DETAILS["source"]}="县统计局"'
    passages = "\n".join(
        PASSAGE.format(number=number, title=title, details=details, text=text)
        for number, (title, text) in enumerate(_PASSAGES, start=1)
    )
    prompts = prompts_for(_ASKED)
    asked = prompts.question.format(
        passages=passages, conversation="", today="2032-03-01", question=_ASKED, original="", no_more=""
    )
    heard, begun = _Heard(), time.monotonic()
    said, apart = "", ""
    for piece in model.stream([("system", prompts.system(searches=False)), ("human", asked)]):
        now = time.monotonic() - begun
        said += str(piece.text)
        apart += str(piece.additional_kwargs.get(REASONING) or "")
        heard.written += (piece.usage_metadata or {}).get("output_tokens", 0)
        if said.strip() or apart:
            heard.first_s = heard.first_s or now
        if (apart and not said.strip()) or is_thinking(said):
            heard.thought_s = max(now, 0.001)
    if not heard.thought_s and thoughts_in(said):
        heard.thought_s = 0.001
    heard.text, heard.seconds = without_thoughts(said), time.monotonic() - begun
    return heard


def _judged(text: str) -> tuple[str, dict[str, Any]]:
    if _RIGHT not in text:
        return WRONG, {"said": " ".join(text.split())[:_LONGEST_SAID]}
    marks = _MARK.findall(in_one_form(text, len(_PASSAGES))[0])
    if not marks:
        return "try_no_marks", {}
    return ("try_good" if _RIGHT_MARK in marks else "try_wrong_mark"), {}


def _remarks(heard: _Heard, model: Any, settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if not settings.model_judges:
        found.append(("try_words_only", {}))
    elif _RIGHT not in heard.text:
        found.append(("try_better_words_only", {}))
    if heard.thought_s:
        found.append(("try_thinks", {"seconds": f"{heard.thought_s:.1f}"}))
    speed = {"first": f"{heard.first_s:.1f}", "speed": round(heard.speed), "seconds": f"{heard.seconds:.1f}"}
    found.append(("try_speed", speed))
    needed = heard.first_s + _ANSWER_TOKENS / heard.speed
    if needed > settings.llm_timeout / 2:
        found.append(("try_slow", {"seconds": round(needed), "limit": round(settings.llm_timeout)}))
    refused = model.refused if isinstance(model, AnyEndpoint) else frozenset()
    if "stream" in refused:
        found.append(("try_no_stream", {}))
    if "temperature" in refused:
        found.append(("try_no_temperature", {}))
    if not heard.written:
        found.append(("try_no_count", {}))
    return found


_TOLD = {
    "llm_why_key": "try_key",
    "llm_why_address": "try_no_endpoint",
    "llm_why_unreachable": "try_unreachable",
}


def _why(error: Exception, settings: Settings, language: str) -> list[tuple[str, dict[str, Any]]]:
    known = known_failure(error)
    if known is not None and known.code == "llm_why_model":
        names = _models_at(settings)
        more = [("try_models", {"models": ", ".join(names)})] if names else []
        return [("try_model", {"model": settings.llm_model}), *more]
    if known is not None and known.code in _TOLD:
        return [(_TOLD[known.code], {})]
    if known is not None:
        return [("try_failed", {"reason": explain(known, language)})]
    # LangChain finds no answer in what is no API's.
    if isinstance(error, ValueError | KeyError | TypeError | AttributeError):
        return [("try_no_api", {})]
    return [("try_failed", {"reason": without_secrets(error, settings)})]


def _models_at(settings: Settings) -> list[str]:
    """Names of models that an endpoint lists, if it does."""
    key = settings.llm_api_key.get_secret_value()
    headers = {"authorization": f"Bearer {key}"} if key else {}
    headers |= {
        name: str(value) for name, value in fields_of(settings.llm_headers.get_secret_value()).items()
    }
    try:
        told = read_json(f"{settings.llm_base_url.rstrip('/')}/models", headers=headers, seconds=_MODELS_S)
        names = [str(each["id"])[:_LONGEST_SAID] for each in told["data"]]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return []
    return sorted(names)[:_MOST_NAMED]
