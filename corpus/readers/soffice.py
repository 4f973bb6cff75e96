"""Files of formats that no reader here knows, turned into one that a reader knows by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.problem import Problem
from corpus.reasons import broken_file

SECONDS = 40.0
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


def soffice() -> str:
    """Where LibreOffice's program lies, empty where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    return found or next((place for place in _PLACES if os.path.isfile(place)), "")


@contextmanager
def converted(file: Path, ending: str, seconds: float = SECONDS) -> Iterator[Path]:
    """The file in another format, for as long as it is used.

    Every call has a profile of its own, so that several may run at once and no setting of the user's counts; macros never
    run in a conversion without a window.

    Args:
        file: The file to convert.
        ending: The ending of the format to make, without its dot.
        seconds: How long the program may take before it is killed with all that it started.

    Raises:
        Problem: `format_needs_libreoffice` where it is not installed, `reading_took_too_long`, `broken_file` when it
            makes nothing of the file.
    """
    program = soffice()
    if not program:
        raise Problem("format_needs_libreoffice", file=file, ending=file.suffix)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"source{file.suffix.lower()}"
        shutil.copyfile(file, source)
        out = Path(folder) / "out"
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
                   "--convert-to", ending, "--outdir", str(out), str(source)]  # fmt: skip
        if not _run(command, seconds):
            raise Problem("reading_took_too_long", file=file, seconds=int(seconds))
        made = sorted(out.glob(f"*.{ending}")) if out.is_dir() else []
        if not made:
            raise broken_file(file, "reason_libreoffice")
        yield made[0]


def _run(command: list[str], seconds: float) -> bool:
    """Run a program in a group of its own; whether it ended in time. What is left of the group is killed."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(OSError, AttributeError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.poll() is None:
            process.kill()
        process.wait()
