"""Data folders for the tests of backups, and a backup that is cut off."""

import hashlib
from pathlib import Path

from assistant.settings import Settings

ROOT = Path(__file__).parents[3]
QUESTION = "上海2025年集成电路产业营收多少?"


def empty_data(folder: Path) -> Settings:
    """Settings of a new data folder that has the models already."""
    folder.mkdir()
    (folder / "models").symlink_to(ROOT / ".data" / "models")
    return Settings(_env_file=None, data=folder)


def snapshot(folder: Path) -> dict[str, str]:
    """Digests of everything in a folder but locks and models."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and "models" not in path.parts
    }


def cut_off(backup: Path, file: Path) -> None:
    file.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
