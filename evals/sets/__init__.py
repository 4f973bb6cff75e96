"""The sets of this repository, and where a person's own lie."""

from __future__ import annotations

from pathlib import Path

from assistant.settings import Settings
from evals.formats.read import READERS

OURS = Path(__file__).parent
FROM_CHAT = "from-chat.jsonl"


def known_sets(settings: Settings) -> dict[str, Path]:
    """Name to file: the sample sets, then a person's own under `<data>/sets`, whose names win."""
    found: dict[str, Path] = {}
    for folder in (OURS, settings.sets_folder):
        if folder.is_dir():
            for file in sorted(folder.iterdir()):
                if file.suffix.lower() in READERS:
                    found[file.stem] = file
    return found
