"""One model at a time, fetched in the background and then used, whether or not the page that asked for it stays open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread

from assistant.local_models.catalogue import OpenModel
from assistant.local_models.choose import use_model
from assistant.local_models.fetch import fetch_model
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail

_log = logging.getLogger(__name__)


class FetchJob:
    """Fetches a model and lets it write; `seen` is how far it is (bytes done, bytes in all, host), `problem` why it failed."""

    def __init__(self, settings: Callable[[], Settings], use: Callable[[Settings], None]) -> None:
        self._settings = settings
        self._use = use
        self._lock = Lock()
        self._stopping = False
        self.model: OpenModel | None = None
        self.seen = (0, 0, "")
        self.problem: Problem | None = None
        self.is_running = False

    def start(self, model: OpenModel) -> bool:
        """Begin; False where one is being fetched already."""
        with self._lock:
            if self.is_running:
                return False
            self.is_running, self._stopping, self.problem = True, False, None
            self.model, self.seen = model, (0, 0, "")
        Thread(target=self._run, args=(model,), daemon=True).start()
        return True

    def stop(self) -> None:
        """Stop at the next block; what came is kept."""
        self._stopping = True

    def _run(self, model: OpenModel) -> None:
        try:
            fetch_model(model, self._settings(), self._on_progress, stop=lambda: self._stopping)
            self._use(use_model(model.name, self._settings()))
        except Problem as problem:
            self.problem = problem
        except Exception as error:  # told on the page, whatever it is
            _log.exception("the model could not be fetched")
            self.problem = Problem("failed", **reason_and_detail(error, "reason_program"))
        finally:
            self.is_running = False

    def _on_progress(self, done: int, total: int, host: str) -> None:
        self.seen = (done, total, host)
