"""An OpenAI-compatible endpoint played by a small server."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.model import Answer
from assistant.prompts import NO_ANSWER
from assistant.service import Assistant
from assistant.settings import Settings
from index.store import Index

Make = Callable[[str], Assistant]


@pytest.fixture
def writing(sample_index: Index, settings: Settings) -> Iterator[Make]:
    """Makes an assistant whose language model writes a given text, or fails when it is empty."""
    servers: list[ThreadingHTTPServer] = []

    def make(text: str) -> Assistant:
        class Endpoint(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.server.asked = self.rfile.read(int(self.headers["content-length"])).decode()  # type: ignore[attr-defined]
                if not text:
                    self.send_error(500, "broken")
                    return
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                for piece in [text[at : at + 7] for at in range(0, len(text), 7)]:
                    choice = {
                        "index": 0,
                        "delta": {"role": "assistant", "content": piece},
                        "finish_reason": None,
                    }
                    chunk = {
                        "id": "1",
                        "object": "chat.completion.chunk",
                        "created": 1,
                        "model": "m",
                        "choices": [choice],
                    }
                    self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.write(b"data: [DONE]\n\n")

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        chosen = settings.model_copy(
            update={"llm_base_url": f"http://127.0.0.1:{server.server_port}/v1", "llm_model": "m"}
        )
        assistant = Assistant(sample_index, chosen)
        assistant.endpoint = server  # type: ignore[attr-defined]
        return assistant

    yield make
    for server in servers:
        server.shutdown()


QUESTION = "上海2025年集成电路产业营收多少?"


def test_what_it_writes_is_cited_to_the_sentence(writing: Make) -> None:
    steps = list(writing("2025年上海集成电路产业营收超过4800亿元[1]。").stream(QUESTION))
    answer = steps[-1]
    assert isinstance(answer, Answer)
    assert len(steps) > 2
    assert not answer.flags
    assert "4800亿元" in answer.citations[0].quote
    assert answer.answer.endswith("[1]")


def test_a_figure_that_is_not_in_the_passage_is_flagged(writing: Make) -> None:
    answer = writing("2025年上海集成电路产业营收为5123亿元[1]。").ask(QUESTION)
    assert [(flag.reason, flag.detail) for flag in answer.flags] == [("flag_figure", "5123")]


def test_a_sentence_without_a_mark_is_flagged(writing: Make) -> None:
    answer = writing("上海的产业发展很好。2025年营收超过4800亿元[1]。").ask(QUESTION)
    assert [flag.reason for flag in answer.flags] == ["flag_uncited"]


def test_it_may_refuse(writing: Make) -> None:
    answer = writing(NO_ANSWER).ask(QUESTION)
    assert answer.refused


def test_it_is_not_asked_what_the_articles_lack(writing: Make) -> None:
    assistant = writing("世界杯冠军是巴西[1]。")
    assert assistant.ask("世界杯冠军是谁?").refused
    assert not hasattr(assistant.endpoint, "asked")  # type: ignore[attr-defined]


def test_a_failing_endpoint_falls_back_and_says_so(writing: Make) -> None:
    answer = writing("").ask(QUESTION)
    assert not answer.refused
    assert "4800亿元" in answer.answer
    assert any("语言模型" in note for note in answer.notes)
