"""Each program asked the same questions of each corpus; what was measured before is not measured again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from evals.corpora import Totals
from evals.formats import read_set
from evals.items import EvalItem
from evals.peers.environment import in_environment
from evals.peers.from_run import of_run
from evals.peers.judge import WITHIN, asked, judge
from evals.peers.kept import Measured, Row, load, save
from evals.peers.ours import ANSWER, SEARCH, measure_ours
from evals.peers.systems.base import Found
from index.embeddings.factory import default_model_folder
from index.embeddings.processor import has_bf16

OURS = "ours"
Told = Callable[[str, str], None]
"""Called with each program and corpus that are to be measured."""


def file_of(out: Path, system: str, corpus: str) -> Path:
    """Where the figures of a program on a corpus are kept."""
    return out / "figures" / system / f"{corpus}.json"


def totals_file(out: Path, corpus: str) -> Path:
    """Where the figures of `assistant evals corpora` are kept."""
    return out / "figures" / OURS / f"{corpus}.json"


def measure(
    folders: Sequence[Path],
    systems: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    python: Path | None = None,
    blind: Sequence[str] = (),
    most: int = 0,
    runs: Path | None = None,
    fresh: bool = False,
    told: Told = lambda system, corpus: None,
) -> None:
    """Measure what is not kept yet.

    Args:
        folders: The corpora.
        systems: `OURS` and names of `systems.names.PEERS`.
        settings: Where the embedding model lies, and how this program answers.
        out: Where figures and vectors are kept.
        python: The Python of the peers' environment; not needed for `OURS`.
        blind: Names of corpora of which figures alone are kept, in no order.
        most: How many questions of each corpus are drawn at most; 0 draws all.
        runs: Where `assistant evals corpora --out` left its runs: this program is not asked again where one is there.
        fresh: Measure all anew.
        told: Told of each, before the first of a corpus is begun.
    """
    for folder in folders:
        is_blind = folder.name in blind
        items = asked(read_set(folder / "questions.jsonl")[0], most)
        left = [
            system
            for system in systems
            if fresh
            or not _is_kept(file_of(out, SEARCH if system == OURS else system, folder.name), len(items))
        ]
        for system in left:
            told(system, folder.name)
        if OURS in left:
            _keep_ours(folder, items, settings, out, blind=is_blind, runs=runs)
        peers = [system for system in left if system != OURS]
        if peers:
            assert python is not None
            for system, measured in _measure_peers(python, peers, folder, items, settings, out).items():
                save(measured, file_of(out, system, folder.name), blind=is_blind)


def figures(out: Path, systems: Sequence[str], corpora: Sequence[str]) -> dict[str, dict[str, Measured]]:
    """What is kept, by program and corpus; a program that lacks one of the corpora is left out."""
    names = [name for each in systems for name in ((ANSWER, SEARCH) if each == OURS else (each,))]
    return {
        name: {corpus: load(file_of(out, name, corpus)) for corpus in corpora}
        for name in names
        if all(file_of(out, name, corpus).exists() for corpus in corpora)
    }


def totals(out: Path, corpora: Sequence[str]) -> dict[str, Totals]:
    """The figures of `assistant evals corpora`, by corpus, as far as they are kept."""
    files = {corpus: totals_file(out, corpus) for corpus in corpora}
    return {
        corpus: Totals.model_validate_json(file.read_text("utf-8"))
        for corpus, file in files.items()
        if file.exists()
    }


def _is_kept(file: Path, questions: int) -> bool:
    return file.exists() and len(load(file).rows) == questions


def _keep_ours(
    folder: Path, items: list[EvalItem], settings: Settings, out: Path, *, blind: bool, runs: Path | None
) -> None:
    if runs is not None and (runs / folder.name / "run" / "run.json").exists():
        measured, of_corpus = of_run(runs / folder.name, items, settings)
    else:
        measured, of_corpus = measure_ours(folder, items, settings, out / OURS)
    for name, each in measured.items():
        save(each, file_of(out, name, folder.name), blind=blind)
    file = totals_file(out, folder.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(of_corpus.model_dump_json(), "utf-8")


def _measure_peers(
    python: Path, systems: Sequence[str], folder: Path, items: list[EvalItem], settings: Settings, out: Path
) -> dict[str, Measured]:
    with tempfile.TemporaryDirectory() as temporary:
        replies = {system: Path(temporary) / f"{system}.json" for system in systems}
        common = {
            "documents": str((folder / "documents").resolve()),
            "questions": [item.question for item in items],
        }
        job = {
            "model": str(default_model_folder(settings.models_folder).resolve()),
            "vectors": str((out / "vectors.sqlite").resolve()),
            "bf16": has_bf16(),
            "most": WITHIN,
            "tasks": [{"system": name, "reply": str(reply), **common} for name, reply in replies.items()],
        }
        in_environment(python, job)
        return {name: _judged(items, json.loads(reply.read_text("utf-8"))) for name, reply in replies.items()}


def _judged(items: Sequence[EvalItem], reply: dict[str, Any]) -> Measured:
    found = [[Found(**each) for each in passages] for passages in reply["found"]]
    rows = [
        Row(values=judge(item, passages), score=passages[0].score if passages else None, seconds=seconds)
        for item, passages, seconds in zip(items, found, reply["seconds"], strict=True)
    ]
    return Measured(rows=rows, ingest_seconds=reply["ingest_seconds"], **reply["taken"])
