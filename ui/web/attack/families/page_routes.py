"""Routes that Gradio adds and the pages never ask for: proxies, streams, links into the state of pages, monitoring."""

from __future__ import annotations

from collections.abc import Iterator

from ui.web.attack.gradio_events import PAGES
from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Target

_READ = (
    "gradio_api/file=/etc/passwd",
    "gradio_api/file=../../../../../../etc/passwd",
    "gradio_api/file=file:///etc/passwd",
    "gradio_api/file=http://127.0.0.1:9/x",
    "gradio_api/file=/proc/self/environ",
    "gradio_api/file/etc/passwd",
    "gradio_api/proxy=http://127.0.0.1:9/x",
    "gradio_api/deep_link?session_hash=x",
    "gradio_api/custom_component/x/client/component/..%2f..%2fetc",
    "gradio_api/stream/s/r/1/playlist.m3u8",
    "gradio_api/run-history/buckets",
    "gradio_api/vibe-code",
    "?deep_link=abcdef",
    "monitoring",
    "monitoring/summary",
)
_SENT = (
    "gradio_api/component_server",
    "gradio_api/process_recording",
    "gradio_api/vibe-edit",
    "gradio_api/vibe-code",
    "gradio_api/stream/x",
    "gradio_api/run/predict",
    "gradio_api/api/predict",
    "gradio_api/call/v2/predict",
    "gradio_api/run-history/connect",
)


@family("page routes")
def page_routes(target: Target) -> Iterator[Attempt]:
    """Every such route, as everybody whose key there is."""
    for person in target.people:
        with target.client(person) as client:
            for page in PAGES:
                for path in _READ:
                    reply = client.get(f"{page}/{path}")
                    held = reply.status_code in range(400, 500)
                    yield Attempt(f"GET {page}/… ({person.role})", path, held, str(reply.status_code))
                for path in _SENT:
                    reply = client.post(f"{page}/{path}", json={"data": [], "session_hash": "x"})
                    held = reply.status_code in range(400, 500)
                    yield Attempt(f"POST {page}/… ({person.role})", path, held, str(reply.status_code))
