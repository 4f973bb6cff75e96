"""A database that one process has open twice keeps what it is given, whatever other processes open and close it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
OPEN_AND_CLOSE = "import sys; from pathlib import Path; from index.catalogue import Catalogue; c = Catalogue(Path(sys.argv[1])); print(c.meta('x')); c.close()"


def seen_by_another(file: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_AND_CLOSE, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("again_is_closed", [False, True])
def test_what_is_written_after_another_process_came_and_went_is_kept(
    tmp_path: Path, *, again_is_closed: bool
) -> None:
    file = tmp_path / "catalogue.sqlite"
    first = Catalogue(file)
    again = Catalogue(file)
    if again_is_closed:
        again.close()
    seen_by_another(file)
    first.set_meta("x", "kept")
    assert seen_by_another(file) == "kept"
    first.close()
    assert seen_by_another(file) == "kept"
