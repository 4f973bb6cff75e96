"""Who may write to an index folder after a process was killed that had started others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.problem import Problem
from index.folder_lock import HOLDER_NAME, folder_if_free, note_holder, take_folder

_HOLDS = """
import os, sys, time
from pathlib import Path
from index.folder_lock import note_holder, take_folder
folder = Path(sys.argv[1])
lock = take_folder(folder)
note_holder(folder)
if os.fork() == 0:
    time.sleep(float(sys.argv[2]))
    os._exit(0)
print("ready", flush=True)
time.sleep(60)
"""
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="without fork no child holds its parent's lock"
)


def _holder(folder: Path, child_for: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(folder), str(child_for)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_the_children_of_a_killed_process_are_given_time_to_end(tmp_path: Path) -> None:
    process = _holder(tmp_path, 1.0)
    process.send_signal(signal.SIGKILL)
    process.wait()
    take_folder(tmp_path).release()


def test_a_process_that_lives_is_named_at_once(tmp_path: Path) -> None:
    process = _holder(tmp_path, 0.0)
    with pytest.raises(Problem) as told:
        take_folder(tmp_path)
    assert told.value.code == "index_busy"
    assert str(process.pid) in str(told.value)
    process.kill()
    process.wait()


@pytest.mark.parametrize("note", ["", "nobody", "99999999999999999999 10:00:00"])
def test_a_note_that_names_no_process_is_taken(tmp_path: Path, note: str) -> None:
    (tmp_path / HOLDER_NAME).write_text(note, encoding="utf-8")
    with take_folder(tmp_path):
        assert note_holder(tmp_path).startswith(str(os.getpid()))
        with pytest.raises(Problem):
            take_folder(tmp_path)


def test_who_holds_it_without_a_note_is_waited_for(tmp_path: Path) -> None:
    held, let_go = threading.Event(), threading.Event()

    def store_words() -> None:
        with folder_if_free(tmp_path):
            held.set()
            let_go.wait(30)

    thread = threading.Thread(target=store_words)
    thread.start()
    held.wait(30)
    threading.Timer(0.5, let_go.set).start()
    take_folder(tmp_path).release()
    assert let_go.is_set()
    thread.join()
