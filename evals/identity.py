"""What made a run: everything needed to repeat it, and to tell whether a stopped run may go on."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, Field

from assistant.generating.chat_models import name_of
from assistant.service import Assistant
from evals.formats.write import line_of
from evals.items import EvalItem

_ROOT = Path(__file__).parents[1]
_ANSWERING = ("assistant", "corpus", "index")
_LIBRARIES = ("chromadb", "langchain-core", "numpy", "sentence-transformers", "torch", "transformers")


class Identity(BaseModel):
    """Hashes are SHA-256. `answering_code` is that of the sources and weights that answer; two runs with the same
    set, index, settings and answering code give the same predictions as long as no language model writes."""

    set_file: str
    set_hash: str
    index_folder: str
    index_hash: str
    articles: int
    passages: int
    settings: dict[str, object]
    answering_code: str
    commit: str = ""
    libraries: dict[str, str] = Field(default_factory=dict)
    machine: dict[str, object] = Field(default_factory=dict)

    def differs_from(self, other: Identity) -> list[str]:
        """Names of what would make the predictions of one run unfit for the other."""
        names = ("set_hash", "index_hash", "settings", "answering_code")
        return [name for name in names if getattr(self, name) != getattr(other, name)]


def identity_of(assistant: Assistant, set_file: Path | str, items: Sequence[EvalItem]) -> Identity:
    """The identity of a run of `items` by `assistant`."""
    catalogue = assistant.index.catalogue
    articles, passages = catalogue.counts()
    return Identity(
        set_file=str(set_file),
        set_hash=hash_of(line_of(item).encode() for item in items),
        index_folder=str(assistant.index.folder),
        index_hash=hash_of(
            digest.encode() for digest in sorted(record.digest for record in catalogue.files().values())
        ),
        articles=articles,
        passages=passages,
        settings=_telling(assistant),
        answering_code=_code_hash(),
        commit=_commit(),
        libraries={name: version(name) for name in _LIBRARIES},
        machine=_machine(),
    )


def hash_of(parts: Iterable[bytes]) -> str:
    """SHA-256 of the parts, each ended by a zero byte."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part + b"\0")
    return digest.hexdigest()


def _telling(assistant: Assistant) -> dict[str, object]:
    """The settings that can change an answer; keys are never among them."""
    settings = assistant.settings
    told: dict[str, object] = {"embedding_model": settings.embedding_model, "language": settings.language}
    told["today"] = assistant.today().isoformat()
    told["reranker"] = settings.reranker
    told["embedding_query_prefix"] = settings.embedding_query_prefix
    told["longest_question"] = settings.longest_question
    told["model_made_with"] = assistant.index.catalogue.meta("embedder") or ""
    told["splitter"] = assistant.index.catalogue.meta("splitter") or ""
    if assistant.chat_model is not None:
        told["llm_model"] = name_of(assistant.chat_model)
    elif settings.uses_llm:
        told["llm_base_url"], told["llm_model"] = settings.llm_base_url, settings.llm_model
        told["llm_file"] = settings.llm_file.name if settings.llm_file else ""
    return told


def _code_hash() -> str:
    files = [
        file
        for folder in _ANSWERING
        for file in sorted((_ROOT / folder).rglob("*"))
        if file.suffix in {".py", ".json", ".safetensors", ".tsv"}
    ]
    return hash_of(
        str(file.relative_to(_ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
        for file in files
    )


def _commit() -> str:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(_ROOT), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout.strip()

    try:
        return git("rev-parse", "HEAD") + (" with changes" if git("status", "--porcelain") else "")
    except (OSError, subprocess.SubprocessError):
        return ""


def _machine() -> dict[str, object]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": cores,
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
