"""Runs what touches foreign files in a process of its own: a hang, a crash or a bomb costs one file, not the ingest.

The child gets pieces of work as JSON and answers in JSON, so nothing that it sends can be more than data. Its time,
memory and written files are limited for each piece (`corpus.budget`), and of the environment it gets only what a program
needs to start: no keys. See `corpus.sandbox_process` for the child's side.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from corpus.budget import Limits
from corpus.language.normalize import readable
from corpus.problem import Problem

LENGTH = struct.Struct("!Q")
READY, END, PROBLEM, ALONE, LEAVING = "ready", "end", "problem", "alone", "leaving"
"""Names of frames: the child has started; a piece of work is done; a problem; the same in place of all before; the child ends itself."""
_START = "import sys; sys.path[:] = [each for each in sys.path if each]; import corpus.sandbox_process as p; p.main()"
"""Without the current folder, which may hold a `yaml.py` of whoever made the files."""
_PASSED_ON = (
    "PATH", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONHOME", "PYTHONUTF8", "PYTHONIOENCODING", "VIRTUAL_ENV",
)  # fmt: skip

_TO_START_S = 60.0

Frame = tuple[str, Any]
"""A name and a JSON value, as the function called in the child yields them."""


@dataclass(frozen=True)
class Work:
    """A function of the child ("module:name"), the JSON that it is given, and what it may take.

    `file` is named when something goes wrong.
    """

    call: str
    arguments: dict[str, object]
    file: Path
    limits: Limits


class Sandbox:
    """One child process; it is started on first use and again after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.Queue[Frame | None] = queue.Queue()
        self._started = False
        self._one_at_a_time = threading.Lock()

    def do(self, works: Sequence[Work]) -> list[list[Frame]]:
        """What each piece of work yields, in order; problems are among it, and keep no other piece from being done.

        The child goes from one piece to the next without waiting, so many small ones cost little.
        """
        with self._one_at_a_time:
            done: list[list[Frame]] = []
            while len(done) < len(works):
                done += self._in_one_child(works[len(done) :])
            return done

    @property
    def pid(self) -> int | None:
        """The child's process id, None before the first piece of work."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """Kill the child and what it started; the next piece of work starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.close)
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _in_one_child(self, works: Sequence[Work]) -> list[list[Frame]]:
        """What is yielded up to and with the piece of work that ends the child."""
        process = self._running()
        done: list[list[Frame]] = []
        try:
            assert process.stdin is not None
            # A thread, because a child that hangs takes nothing more from the pipe.
            threading.Thread(target=_send_all, args=(process.stdin, works), daemon=True).start()
            for work in works:
                frames, went_on = self._outcome(work)
                if frames is not None:
                    done.append(frames)
                if not went_on:
                    self.close()
                    break
        except BaseException:
            self.close()
            raise
        return done

    def _outcome(self, work: Work) -> tuple[list[Frame] | None, bool]:
        """What a piece of work yields, None where the child left before it, and whether the child goes on."""
        frames: list[Frame] = []
        until = time.monotonic() + work.limits.seconds + (0 if self._started else _TO_START_S)
        while True:
            try:
                frame = self._frames.get(timeout=max(until - time.monotonic(), 0.001))
            except queue.Empty:
                seconds = int(work.limits.seconds)
                problem = Problem("reading_took_too_long", file=work.file, seconds=seconds)
                return [(PROBLEM, as_json(problem))], False
            if frame is None:
                return [(PROBLEM, as_json(Problem("reading_crashed", file=work.file)))], False
            name, value = frame
            if name == READY:
                self._started = True
                until = time.monotonic() + work.limits.seconds
                continue
            if name == LEAVING:
                return None, False
            if name == END:
                return frames, True
            if name == ALONE:
                frames, name = [], PROBLEM
            frames.append((name, value))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._frames = queue.Queue()
            self._started = False
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
            threading.Thread(target=_collect, args=(self._process.stdout, self._frames), daemon=True).start()
            atexit.register(self.close)
        return self._process


def as_json(problem: Problem) -> dict[str, object]:
    """A problem as JSON holds it; `problem_of` makes it one again."""
    plain = {
        name: value if isinstance(value, int | float) else readable(str(value))
        for name, value in problem.fields.items()
    }
    return {"code": problem.code, "fields": plain}


def problem_of(value: dict[str, Any], file: Path) -> Problem:
    """The problem that `as_json` wrote; where it names `file` it names the path."""
    fields = dict(value["fields"])
    if fields.get("file") == str(file):
        fields["file"] = file
    return Problem(value["code"], **fields)


def send(pipe: IO[bytes], content: object) -> None:
    """Write one JSON value with its length before it."""
    data = json.dumps(content).encode()
    pipe.write(LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read what `send` wrote.

    Raises:
        EOFError: when the other side is gone.
    """
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    length = LENGTH.unpack(head)[0]
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return json.loads(data)


def _environment() -> dict[str, str]:
    """What a Python program needs to start, and where our packages lie; nothing else that may be secret."""
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"PYTHONPATH": path}


def _send_all(pipe: IO[bytes], works: Sequence[Work]) -> None:
    with suppress(OSError, ValueError):
        for work in works:
            limits = [work.limits.seconds, work.limits.memory, work.limits.written]
            send(
                pipe,
                {"call": work.call, "arguments": work.arguments, "file": str(work.file), "limits": limits},
            )


def _collect(pipe: IO[bytes], frames: queue.Queue[Frame | None]) -> None:
    with suppress(ValueError, OSError, EOFError, TypeError):
        while True:
            name, value = receive(pipe)
            frames.put((name, value))
    frames.put(None)
