"""Files that only their owner may read: everything that the assistant keeps is made so, and made so again."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o077
"""What group and others may do with a file or folder: nothing of it."""
FILE_MODE, FOLDER_MODE = 0o600, 0o700


def keep_new_files_private() -> None:
    """From now on whatever this process makes is its owner's alone, also what libraries make."""
    os.umask(OWNER_ONLY)


def private_folder(folder: Path) -> Path:
    """Make a folder, with its parents, that only its owner may enter; one that is there is shut to others.

    Raises:
        OSError: It cannot be made.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    close_to_others(folder)
    return folder


def private_file(file: Path) -> Path:
    """Make an empty file that only its owner may read, where there is none; one that is there is shut to others.

    A file that is there is not opened: closing it would drop all locks that this process has on it (POSIX), and SQLite
    in another process would take the database for unused and delete the log that this one writes to.

    Raises:
        OSError: It cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE))
    close_to_others(file)
    return file


def close_to_others(path: Path) -> None:
    """Take from group and others what they may do with a file or folder; what is somebody else's is left as it is."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode) and mode & OWNER_ONLY:
            path.chmod(stat.S_IMODE(mode) & ~OWNER_ONLY)


def close_all_to_others(path: Path) -> None:
    """`close_to_others` for a file or a folder with all that is in it; links are not followed."""
    close_to_others(path)
    if path.is_symlink() or not path.is_dir():
        return
    for folder, folders, files in os.walk(path):
        for name in (*folders, *files):
            close_to_others(Path(folder, name))


def private_database(file: Path) -> None:
    """Shut an SQLite file and what SQLite keeps beside it; made empty where there is none, so that it never was open.

    A folder that cannot be written is SQLite's own to tell of.
    """
    with suppress(OSError):
        private_file(file)
        for ending in ("-wal", "-shm", "-journal"):
            close_to_others(file.with_name(file.name + ending))
