"""What Gradio needs to be told of pages that are mounted into another application instead of launched."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import gradio as gr
from gradio.utils import get_upload_folder

_LOOK_FOR_EVENTS_S, _TELL_PROGRESS_S = 0.015, 0.5


def marked_as_launched(page: gr.Blocks) -> gr.Blocks:
    """The page, marked as launched: Gradio checks the paths of files only for pages that are.

    Call it before the page is mounted.
    """
    # Gradio would keep what everybody does in the browser, also for who signs in there next.
    os.environ.setdefault("GRADIO_RUN_HISTORY", "False")
    page.has_launched = True
    page.is_running = True
    return page


def looks_less_often(page: gr.Blocks) -> None:
    """Have the page's queue look for events a hundred times a second: Gradio's own thousand are 2 % of a processor for each page."""
    page._queue.sleep_when_free = _LOOK_FOR_EVENTS_S
    page._queue.progress_update_sleep_when_free = _TELL_PROGRESS_S


def file_inputs(pages: Mapping[str, gr.Blocks]) -> dict[tuple[str, int], frozenset[int]]:
    """Page and number of each event → which of its inputs take files (`event_guard.FileInputs`)."""
    return {
        (path.rstrip("/"), number): frozenset(
            position for position, each in enumerate(event.inputs) if isinstance(each, gr.File)
        )
        for path, page in pages.items()
        for number, event in page.fns.items()
    }


def upload_root() -> Path:
    """Where uploads of all people lie: in the folder that Gradio's own check knows."""
    return Path(os.path.abspath(get_upload_folder())) / "people"
