"""OLE compound files, which the binary formats of Office and WPS are: their streams, as far as they are whole."""

from __future__ import annotations

from pathlib import Path

from corpus.problem import Problem
from corpus.reasons import broken_file

_LARGEST_STREAM = 256 << 20
ENCRYPTED = "EncryptedPackage"


def ole_names(file: Path) -> set[str]:
    """The names of the streams and storages at the top of an OLE file; none where it is no such file."""
    import olefile

    try:
        with olefile.OleFileIO(str(file)) as ole:
            return {path[0] for path in ole.listdir(streams=True, storages=True)}
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return set()


def ole_streams(file: Path, *names: str) -> dict[str, bytes]:
    """The named streams that a file holds.

    Raises:
        Problem: `broken_file` when it is no OLE file, `archive_too_large` for a stream that is too large.
    """
    import olefile

    found = {}
    try:
        with olefile.OleFileIO(str(file)) as ole:
            for name in names:
                if not ole.exists(name):
                    continue
                if ole.get_size(name) > _LARGEST_STREAM:
                    raise Problem("archive_too_large", file=file)
                try:
                    found[name] = ole.openstream(name).read()
                except (OSError, ValueError, IndexError):
                    continue
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise broken_file(file, error) from error
    return found
