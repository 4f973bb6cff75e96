"""The chat models that write: at an endpoint, in a GGUF file, one that `langchain` knows by name, or one that is given."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.generating.any_endpoint import LEFT_OUT, REASONING, AnyEndpoint, ChatModel
from assistant.generating.local_model import address_of
from assistant.saved_settings import is_same_receiver, without_extras
from assistant.settings import Settings, fields_of
from corpus.problem import Problem
from index.endpoint_client import endpoint_client

_THOUGHTS = (REASONING, "reasoning")
"""Names under which endpoints send thoughts apart from the answer."""
_OPTIONAL_BODY = "chat_template_kwargs"


class _Thinking(ChatOpenAI):
    """LangChain's client, which drops what endpoints send beside the answer: here the thoughts are kept."""

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict, default_chunk_class: type, base_generation_info: dict | None
    ) -> ChatGenerationChunk | None:
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        choices = chunk.get("choices") or []
        if made is not None and choices:
            _keep_thoughts(made.message, choices[0].get("delta"))
        return made

    def _create_chat_result(self, response: Any, generation_info: dict | None = None) -> Any:
        made = super()._create_chat_result(response, generation_info)
        told = response if isinstance(response, dict) else response.model_dump(warnings=False)
        for generation, choice in zip(made.generations, told.get("choices") or [], strict=False):
            _keep_thoughts(generation.message, choice.get("message"))
            if choice.get("finish_reason"):
                generation.message.response_metadata["finish_reason"] = choice["finish_reason"]
        return made


def _keep_thoughts(message: Any, told: Any) -> None:
    thought = next((told[name] for name in _THOUGHTS if told.get(name)), "") if isinstance(told, dict) else ""
    if isinstance(thought, str) and thought:
        message.additional_kwargs[REASONING] = thought


def make_chat_model(settings: Settings, given: ChatModel | None = None) -> BaseChatModel:
    """The model that writes: the one that is given, else the one that the settings name.

    Raises:
        Problem: see `assistant.generating.local_model.address_of`; `llm_langchain_missing`.
    """
    if given is not None:
        return _in_time(given, settings)
    if settings.llm_file is not None:
        return _of_file(settings.llm_file, settings)
    if settings.llm_provider:
        return _of_provider(settings)
    return chat_model(
        settings.llm_base_url,
        settings.llm_model,
        settings.llm_api_key,
        settings.llm_timeout,
        counts_tokens=settings.llm_counts_tokens,
        thinking_s=settings.llm_thinking_timeout,
        headers=fields_of(settings.llm_headers.get_secret_value()),
        query=fields_of(settings.llm_query, query=True),
        body=fields_of(settings.llm_body),
    )


def make_small_model(settings: Settings, given: ChatModel | None = None) -> BaseChatModel:
    """The model that understands questions: the one that is given, the small one where one is set, else the one that writes.

    Raises:
        Problem: as `make_chat_model` does.
    """
    if given is not None or not settings.llm_small_model:
        return make_chat_model(settings, given)
    return make_chat_model(small_settings(settings))


def small_settings(settings: Settings) -> Settings:
    """Settings in which the small model is the only one; another endpoint or provider gets its own key, and no
    headers of the first."""
    changes: dict[str, Any] = {"llm_model": settings.llm_small_model, "llm_file": None}
    if settings.llm_small_base_url:
        changes["llm_base_url"] = settings.llm_small_base_url
    small = settings.model_copy(update=changes)
    if is_same_receiver(small, settings):
        return small
    return without_extras(small).model_copy(update={"llm_api_key": settings.llm_small_api_key})


def chat_model(
    base_url: str,
    name: str,
    key: SecretStr,
    timeout: float,
    *,
    counts_tokens: bool = False,
    thinking_s: float = 180.0,
    headers: dict[str, Any] | None = None,
    query: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
) -> BaseChatModel:
    """A client of an OpenAI-compatible endpoint, whatever it refuses.

    Args:
        base_url: Up to and with "/v1", or what stands in its place.
        name: The model's name there.
        key: Empty where the endpoint wants none.
        timeout: Seconds in which the model must have written.
        counts_tokens: Ask for the count of tokens.
        thinking_s: Seconds that it may think besides.
        headers: Sent with every request.
        query: Added to the address.
        body: Further fields of every request, each left out where the endpoint refuses it.
    """
    given = body or {}
    longest = max(timeout, thinking_s)
    client = endpoint_client(longest)

    @lru_cache(maxsize=16)
    def make(refused: frozenset[str]) -> BaseChatModel:
        return _Thinking(
            base_url=base_url,
            model=name,
            api_key=SecretStr(key.get_secret_value() or "none"),
            timeout=longest,
            http_client=client,
            temperature=None if "temperature" in refused else 0,
            max_retries=0,
            stream_usage=counts_tokens and "stream_options" not in refused,
            default_headers={name: str(value) for name, value in (headers or {}).items()} or None,
            default_query=query or None,
            extra_body={name: value for name, value in given.items() if name not in refused} or None,
        )

    return AnyEndpoint(
        make=make,
        name_of_model=name,
        writing_s=timeout,
        thinking_s=thinking_s,
        optional=(*LEFT_OUT, *given),
    )


def name_of(model: ChatModel) -> str:
    """What a chat model is called: its model's name, else the name of its class."""
    named = getattr(model, "model_name", "") or getattr(model, "model", "")
    return named if isinstance(named, str) and named else type(model).__name__


def _in_time(given: ChatModel, settings: Settings) -> BaseChatModel:
    """A model of the program's own, within the times that the settings allow. It is sent nothing that can be left out."""
    return AnyEndpoint(
        make=lambda refused: given,
        name_of_model=name_of(given),
        writing_s=settings.llm_timeout,
        thinking_s=settings.llm_thinking_timeout,
        optional=("stream",),
    )


def _of_file(file: Path, settings: Settings) -> BaseChatModel:
    # Models that think on every question are too slow where a processor does the work.
    quiet = {_OPTIONAL_BODY: {"enable_thinking": False}}
    return chat_model(
        address_of(file, settings.context_tokens),
        file.name,
        SecretStr(""),
        settings.llm_timeout,
        counts_tokens=settings.llm_counts_tokens,
        thinking_s=settings.llm_thinking_timeout,
        body=fields_of(settings.llm_body) or quiet,
    )


def _of_provider(settings: Settings) -> BaseChatModel:
    if importlib.util.find_spec("langchain") is None:
        raise Problem("llm_langchain_missing", model=settings.llm_model)
    from langchain.chat_models import init_chat_model

    key = settings.llm_api_key.get_secret_value()
    longest = max(settings.llm_timeout, settings.llm_thinking_timeout)

    @lru_cache(maxsize=16)
    def make(refused: frozenset[str]) -> BaseChatModel:
        given: dict[str, Any] = {"timeout": longest, "max_retries": 0}
        if "temperature" not in refused:
            given["temperature"] = 0
        if key:
            given["api_key"] = key
        made: BaseChatModel = init_chat_model(settings.llm_model, **given)
        return made

    try:
        make(frozenset())
    except (ImportError, ValueError) as error:
        raise Problem(
            "llm_provider_missing", model=settings.llm_model, provider=settings.llm_provider
        ) from error
    return AnyEndpoint(
        make=make,
        name_of_model=settings.llm_model,
        writing_s=settings.llm_timeout,
        thinking_s=settings.llm_thinking_timeout,
    )
