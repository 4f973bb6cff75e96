"""Python, the packages, the processor and the memory; and which of the optional parts are installed."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version

from assistant.local_models.choose import has_runtime
from assistant.local_models.memory import fits, free_memory_mb, memory_mb
from assistant.settings import Settings
from corpus.layout.recognise import is_installed
from index.embeddings.processor import cores, processor_flags
from ui.doctor.finding import Finding, found
from ui.sizes import in_gb

_OURS = "policy-assistant"
_SHOWN = ("torch", "transformers", "sentence-transformers", "chromadb", "gradio", "langchain-openai", "mcp")
_FEATURES = {"avx2": "AVX2", "avx512f": "AVX-512", "avx512_bf16": "AVX-512 BF16", "amx_bf16": "AMX"}
"""What makes PyTorch fast, as Linux names it → as it is known."""


def python(settings: Settings) -> Iterator[Finding]:
    """Which Python runs, and where its packages lie."""
    system = f"{platform.system()} {platform.machine()}"
    fields = {"version": platform.python_version(), "system": system, "folder": sys.prefix}
    yield found("python", settings.language, "ok", "doctor_python", **fields)


def packages(settings: Settings) -> Iterator[Finding]:
    """Whether the packages that the assistant requires are there, in versions that it is made for."""
    tell = partial(found, "packages", settings.language)
    missing, other = _unmet()
    names = [f"{name} {there}" for name in (_OURS, *_SHOWN) if (there := _version_of(name))]
    if missing:
        yield tell("fault", "doctor_packages_missing", "doctor_install", names=", ".join(missing))
    elif other:
        yield tell("warning", "doctor_packages_other", "doctor_install", names=", ".join(other))
    elif not _version_of(_OURS):
        yield tell("warning", "doctor_packages_unknown", "doctor_install", names=", ".join(names))
    else:
        yield tell("ok", "doctor_packages", names=", ".join(names))


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _unmet() -> tuple[list[str], list[str]]:
    """Packages that are required and missing, and those of another version than is required."""
    from packaging.requirements import Requirement

    missing, other = [], []
    # Run from its folder without being installed, the assistant names no requirements.
    for text in (requires(_OURS) if _version_of(_OURS) else None) or []:
        required = Requirement(text)
        if required.marker is not None and not required.marker.evaluate({"extra": ""}):
            continue
        there = _version_of(required.name)
        if not there:
            missing.append(required.name)
        elif not required.specifier.contains(there, prereleases=True):
            other.append(f"{required.name} {there} ({required.specifier})")
    return missing, other


def processor(settings: Settings) -> Iterator[Finding]:
    """How many cores there are, and whether they compute models fast."""
    tell = partial(found, "processor", settings.language)
    flags = processor_flags()
    if flags and "avx2" not in flags:
        yield tell("warning", "doctor_processor_slow", "doctor_processor_advice", cores=cores())
    elif flags:
        features = ", ".join(name for flag, name in _FEATURES.items() if flag in flags)
        yield tell("ok", "doctor_processor", cores=cores(), features=features)
    else:
        yield tell("ok", "doctor_processor_unknown", cores=cores())


def memory(settings: Settings) -> Iterator[Finding]:
    """Whether enough memory is free."""
    free = free_memory_mb()
    amounts = {"free": in_gb(free), "total": in_gb(memory_mb())}
    tell = partial(found, "memory", settings.language)
    # Nothing besides what the program itself needs.
    if fits(0, free) is False:
        yield tell("warning", "doctor_memory", "doctor_memory_advice", **amounts)
    else:
        yield tell("ok", "doctor_memory", **amounts)


def ocr(settings: Settings) -> Iterator[Finding]:
    """Whether scans and pictures can be read."""
    yield _optional("ocr", settings.language, is_there=is_installed())


def gguf(settings: Settings) -> Iterator[Finding]:
    """Whether language models in GGUF files can be run."""
    yield _optional("gguf", settings.language, is_there=has_runtime())


def _optional(name: str, language: str, *, is_there: bool) -> Finding:
    """What may be left out is no warning where it is."""
    if is_there:
        return found(name, language, "ok", "doctor_installed")
    return found(name, language, "ok", f"doctor_{name}_missing", f"doctor_{name}_advice")
