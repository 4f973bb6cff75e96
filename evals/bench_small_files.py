"""What the sandbox costs for many small files: `python -m evals.bench_small_files`, a line a way of reading them.

In this process, without limits; in the sandbox one by one; and in the sandbox several at once, as an ingest does. Compare
ratios within one run; the seconds are those of the processor, of this process and of the child.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from corpus.file_contents import articles_of
from corpus.load import read_articles, read_files, sandbox

_log = logging.getLogger("bench")


def main() -> None:
    """Print a line a way of reading."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=5000)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory() as folder:
        files = [_make(Path(folder), number) for number in range(arguments.files)]
        # The child has started before anything is timed.
        list(read_articles(files[0]))
        _time("in this process", map(_here, files), len(files))
        _time("sandbox, one by one", (list(read_articles(file)) for file in files), len(files))
        _time("sandbox, several at once", read_files((file, "") for file in files), len(files))


def _make(folder: Path, number: int) -> Path:
    file = folder / f"{number:05d}.md"
    day = f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    body = f"2025年第{number}号地块绿化面积为{number}公顷，比上年增长{number % 30}.5%。全镇新增就业{number + 3}人。"
    file.write_text(
        f"---\ntitle: 第{number}号公告\ndate: {day}\nsource: 日报\n---\n\n{body}\n\n## 一、主要任务\n\n{body}\n",
        "utf-8",
    )
    return file


def _here(file: Path) -> list:
    return list(articles_of({"file": str(file), "key": str(file), "address": "", "explain": False}))


def _time(name: str, results: Iterable[list], files: int) -> None:
    begun, spent, of_child = time.perf_counter(), time.process_time(), _seconds_of_child()
    found = sum(map(len, results))
    wall = time.perf_counter() - begun
    spent, of_child = time.process_time() - spent, _seconds_of_child() - of_child
    _log.info(
        f"{name:<26} {files / wall:>6.0f} files/s {spent:>6.2f} s here {of_child:>6.2f} s child {found} articles"
    )


def _seconds_of_child() -> float:
    """Processor seconds of the sandbox's process (Linux); 0 elsewhere."""
    try:
        fields = Path(f"/proc/{sandbox.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
