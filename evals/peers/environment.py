"""The environment of the programs compared: made once, outside the project's own, and asked for work there."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]
_REQUIREMENTS = Path(__file__).with_name("requirements.txt")
_OFFLINE = {
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
}


def make_environment(work: Path) -> Path:
    """The Python of the peers' environment below `work`, made where it is missing or was made from other requirements."""
    folder = work / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, digest = folder / "made-from", hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text("utf-8") != digest:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(_REQUIREMENTS)], check=True)
        stamp.write_text(digest, "utf-8")
    return python


def in_environment(python: Path, job: Mapping[str, Any]) -> None:
    """Have `evals.peers.worker` do a job; its `reply` files hold what came.

    Raises:
        CalledProcessError: where it failed; it has said why on standard error.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "job.json"
        file.write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        environment = {**os.environ, **_OFFLINE, "PYTHONPATH": str(_ROOT)}
        command = [str(python), "-m", "evals.peers.worker", str(file)]
        subprocess.run(command, check=True, cwd=_ROOT, env=environment, stdout=subprocess.DEVNULL)


def sizes(python: Path, wanted: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the named distributions take of the disk with all that they require: `Installed` as a dictionary, by name."""
    with tempfile.TemporaryDirectory() as folder:
        reply = Path(folder) / "reply.json"
        in_environment(
            python, {"sizes": {name: list(each) for name, each in wanted.items()}, "reply": str(reply)}
        )
        found: dict[str, Any] = json.loads(reply.read_text("utf-8"))
    return found
