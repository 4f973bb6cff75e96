"""Reads risky formats in a process of its own: a hang, a crash or a bomb costs one file, not the ingest."""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from corpus.block import Draft
from corpus.problem import Problem

SECONDS = 30.0
_MEMORY = 1_500_000_000
_LENGTH = struct.Struct("!Q")


class Sandbox:
    """One child process that reads files; it is started on first use and again after it was killed."""

    def __init__(self, reader: str = "corpus.readers:read_file", seconds: float = SECONDS) -> None:
        self._reader = reader
        self._seconds = seconds
        self._process: subprocess.Popen | None = None
        self._results: queue.Queue[list[Draft | Problem] | None] = queue.Queue()
        self._one_at_a_time = threading.Lock()

    def read(self, file: Path) -> list[Draft | Problem]:
        """What the reader makes of `file`.

        Raises:
            Problem: `reading_took_too_long` or `reading_crashed`.
        """
        with self._one_at_a_time:
            process = self._running()
            try:
                assert process.stdin is not None
                _send(process.stdin, str(file))
                found = self._results.get(timeout=self._seconds)
            except queue.Empty:
                self.close()
                raise Problem("reading_took_too_long", file=file, seconds=int(self._seconds)) from None
            except BrokenPipeError:
                found = None
            except BaseException:
                self.close()
                raise
            if found is None:
                self.close()
                raise Problem("reading_crashed", file=file)
            return found

    def close(self) -> None:
        """Kill the child; the next `read` starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process = None

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self.close()
            root = str(Path(__file__).resolve().parents[1])
            path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
            self._results = queue.Queue()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "corpus.sandbox", self._reader],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
            threading.Thread(target=_collect, args=(self._process.stdout, self._results), daemon=True).start()
            atexit.register(self.close)
        return self._process


def _collect(pipe: IO[bytes], results: queue.Queue) -> None:
    with suppress(ValueError, OSError, EOFError, pickle.UnpicklingError):
        while True:
            results.put(_receive(pipe))
    results.put(None)


def _send(pipe: IO[bytes], content: object) -> None:
    data = pickle.dumps(content)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(pipe.read(_LENGTH.unpack(head)[0]))


def _main() -> None:
    """The child: reads names of files on standard input, writes what is in them on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    module, name = sys.argv[1].split(":")
    reader = getattr(__import__(module, fromlist=[name]), name)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(EOFError):
        while True:
            file = Path(str(_receive(sys.stdin.buffer)))
            _send(answers, _read(reader, file))


def _read(reader: object, file: Path) -> list[Draft | Problem]:
    found: list[Draft | Problem] = []
    try:
        found += reader(file)  # type: ignore[operator]
    except Problem as problem:
        found.append(problem)
    except MemoryError:
        found = [Problem("file_needs_too_much_memory", file=file)]
    except OSError as error:
        found.append(Problem("unreadable_file", file=file, reason=error.strerror or str(error)))
    except Exception as error:  # whatever a library of the format throws at a broken file
        found.append(Problem("broken_file", file=file, reason=f"{type(error).__name__}: {str(error)[:80]}"))
    return found


if __name__ == "__main__":
    _main()
