"""Question and history in, cited answer out (floor 3: imports from the index and the corpus).

What other programs use is named here and loaded when it is used first; docs/python.md tells how.

Example:
    ```python
    from pathlib import Path

    from assistant import Assistant, Settings, ingest, open_index

    settings = Settings()
    index = open_index(settings)
    ingest(index, [Path("articles")])
    print(Assistant(index, settings).ask("上海2025年集成电路产业营收多少?").answer)
    ```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy_names import lazy_names

if TYPE_CHECKING:
    from assistant.messages import explain
    from assistant.model import Answer, Citation, Turn
    from assistant.passages import PassageFound, Searched
    from assistant.service import Assistant, open_index
    from assistant.settings import Settings
    from assistant.version import __version__
    from corpus.problem import Problem
    from index.query import Filters
    from index.sync import IngestReport, ingest
else:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "Answer": "assistant.model",
            "Assistant": "assistant.service",
            "Citation": "assistant.model",
            "Filters": "index.query",
            "IngestReport": "index.sync",
            "PassageFound": "assistant.passages",
            "Problem": "corpus.problem",
            "Searched": "assistant.passages",
            "Settings": "assistant.settings",
            "Turn": "assistant.model",
            "__version__": "assistant.version",
            "explain": "assistant.messages",
            "ingest": "index.sync",
            "open_index": "assistant.service",
        },
    )

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Filters",
    "IngestReport",
    "PassageFound",
    "Problem",
    "Searched",
    "Settings",
    "Turn",
    "__version__",
    "explain",
    "ingest",
    "open_index",
]
