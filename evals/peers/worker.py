"""`python -m evals.peers.worker JOB.json`: programs over corpora, in the peers' environment.

The job is `{"model", "vectors", "bf16", "most", "tasks": [{"system", "documents", "questions": [text], "reply"}]}`; what was found for a
task is written to its file `reply`, as `Reply` has it. `{"sizes": {name: [distributions]}, "reply"}` counts what is installed.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.peers.systems.base import Found, System, Taken
from evals.peers.systems.names import PEERS

_WARMING = "预热用的问题"


@dataclass
class Reply:
    """What a program did with a corpus: what it took in, CPU seconds for that, and each question's passages and CPU seconds."""

    taken: Taken
    ingest_seconds: float
    found: list[list[Found]]
    seconds: list[float]


def run(system: System, embedder: Any, documents: Path, questions: list[str], most: int) -> Reply:
    """One corpus; embedding counts in full, though the vectors may have been kept."""
    owed, began = embedder.owed, time.process_time()
    taken = system.ingest(sorted(file for file in documents.rglob("*") if file.is_file()))
    ingest_seconds = time.process_time() - began + embedder.owed - owed
    system.search(_WARMING, most)
    found, seconds = [], []
    for question in questions:
        began = time.process_time()
        found.append(system.search(question, most))
        seconds.append(time.process_time() - began)
    return Reply(taken, ingest_seconds, found, seconds)


def _work(job: dict[str, Any]) -> None:
    import torch

    from evals.peers.systems.embedding import KeptEmbedder

    torch.set_num_threads(1)
    embedder = KeptEmbedder(Path(job["model"]), Path(job["vectors"]), bf16=job["bf16"])
    for task in job["tasks"]:
        peer = PEERS[task["system"]]
        system = getattr(importlib.import_module(peer.module), peer.class_name)(embedder)
        reply = run(system, embedder, Path(task["documents"]), task["questions"], job["most"])
        Path(task["reply"]).write_text(json.dumps(asdict(reply), ensure_ascii=False), "utf-8")


def main() -> None:
    """Do the job that the file says."""
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    if "sizes" in job:
        from evals.peers.installed import installed

        reply = {name: asdict(installed(wanted)) for name, wanted in job["sizes"].items()}
        Path(job["reply"]).write_text(json.dumps(reply), "utf-8")
    else:
        _work(job)


if __name__ == "__main__":
    main()
