"""The dated list of models that can be fetched, and those that lie here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.settings import Settings
from corpus.problem import Problem

_LONGEST_NAME = 80
_FILE = Path(__file__).parent / "models.json"


@dataclass(frozen=True)
class OpenModel:
    """A model that can be fetched: `modelscope` and `huggingface` name its repository at the two hosts; sizes are in MB."""

    name: str
    title: str
    file: str
    size_mb: int
    memory_mb: int
    licence: str
    ollama: str
    zh: str
    en: str
    modelscope: str
    huggingface: str

    def told(self, language: str) -> str:
        """What it is good for, in a few words."""
        return self.en if language == "en" else self.zh

    def path_in(self, settings: Settings) -> Path:
        """Where its file lies once it is fetched."""
        return settings.gguf_folder / self.file


@cache
def open_models() -> tuple[OpenModel, ...]:
    """The models of the list, smallest first."""
    read = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(OpenModel(**each) for each in read["models"])


@cache
def day_of_list() -> str:
    """When the list was made (YYYY-MM-DD)."""
    return str(json.loads(_FILE.read_text(encoding="utf-8"))["date"])


def model_named(name: str) -> OpenModel:
    """The model of that name.

    Raises:
        Problem: `model_not_listed`, naming those that are.
    """
    for model in open_models():
        if name.strip().lower() in {model.name, model.file.lower()}:
            return model
    raise Problem(
        "model_not_listed", name=name[:_LONGEST_NAME], names=", ".join(model.name for model in open_models())
    )
