"""What is sent to a model's endpoint goes nowhere else, and no endpoint or host of models costs more than its own answer."""

import errno
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock
from pydantic import SecretStr, ValidationError

from assistant.generating.chat_models import make_chat_model, small_settings
from assistant.generating.failures import in_words
from assistant.generating.try_model import _models_at, try_model
from assistant.local_models import fetch
from assistant.local_models.catalogue import model_named
from assistant.local_models.choose import remove_model
from assistant.local_models.hosts import Source, _source
from assistant.local_models.ollama import ollama_models
from assistant.model import Tokens
from assistant.saved_settings import save, with_saved
from assistant.settings import Settings
from assistant.usage import UsageBook, usage_of
from corpus.problem import Problem
from evals.odd_endpoint import OddEndpoint, Reply, says
from index.embeddings.endpoint import Endpoint, EndpointEmbedder
from index.endpoint_client import read_json

KEY = "sk-geheim-0123456789"
MODEL = model_named("qwen3-0.6b")
Odd = Callable[[Reply], OddEndpoint]


@pytest.fixture
def odd() -> Iterator[Odd]:
    made: list[OddEndpoint] = []

    def make(reply: Reply) -> OddEndpoint:
        made.append(OddEndpoint(lambda _: reply))
        return made[-1]

    yield make
    for each in made:
        each.close()


def chosen(**values: Any) -> Settings:
    return Settings(_env_file=None, **values)


# -- a redirect takes nothing along


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_takes_neither_key_nor_header_nor_question_along(odd: Odd, status: int) -> None:
    other = odd(says("here"))
    first = odd(Reply(status=status, headers={"location": f"{other.url}/chat/completions"}, body={}))
    settings = chosen(
        llm_base_url=first.url, llm_model="m", llm_api_key=KEY, llm_headers='{"api-key": "geheim"}'
    )
    with pytest.raises(Exception) as told:  # the client's own
        make_chat_model(settings).invoke("a question")
    assert other.asked == []
    assert "转到了别的地址" in in_words(told.value, settings)
    assert "another one" in in_words(told.value, settings, "en")
    tried = try_model(settings)
    assert not tried.works
    assert "转到了别的地址" in tried.told()[0]
    assert other.asked == []


def test_articles_to_embed_are_not_taken_to_another_address(odd: Odd) -> None:
    other = odd(Reply(body={"data": [{"index": 0, "embedding": [1.0]}]}))
    first = odd(Reply(status=307, headers={"location": f"{other.url}/embeddings"}, body={}))
    with pytest.raises(Problem, match="embedding_endpoint_failed"):
        EndpointEmbedder(Endpoint(first.url, SecretStr(KEY), retries=0), "m")
    assert other.asked == []


# -- a key is for the provider that it was given with


def test_a_saved_key_of_one_provider_is_not_for_the_environments(tmp_path: Path) -> None:
    saved = {"llm_base_url": "", "llm_model": "anthropic:claude", "llm_api_key": SecretStr(KEY)}
    save(chosen(data=tmp_path), saved)
    assert with_saved(chosen(data=tmp_path)).llm_api_key.get_secret_value() == KEY
    for model, key in (("openai:gpt", ""), ("anthropic:other", KEY)):
        again = with_saved(chosen(data=tmp_path, llm_model=model))
        assert (again.llm_model, again.llm_api_key.get_secret_value()) == (model, key)


def test_the_environments_key_is_not_for_a_saved_provider(tmp_path: Path) -> None:
    given = chosen(data=tmp_path, llm_api_key=KEY, llm_base_url="")
    saved = {"llm_base_url": "", "llm_model": "anthropic:claude", "llm_api_key": "sk-typed"}
    (tmp_path / "settings.json").write_text(json.dumps(saved), "utf-8")
    assert with_saved(given).llm_api_key.get_secret_value() == "sk-typed"


def test_a_small_model_of_another_provider_gets_its_own_key() -> None:
    settings = chosen(llm_model="openai:gpt", llm_api_key=KEY, llm_headers='{"x": "geheim"}')
    other = small_settings(settings.model_copy(update={"llm_small_model": "anthropic:small"}))
    assert other.llm_api_key.get_secret_value() == ""
    assert other.llm_headers.get_secret_value() == ""
    same = small_settings(settings.model_copy(update={"llm_small_model": "openai:small"}))
    assert same.llm_api_key.get_secret_value() == KEY


# -- settings that are none


@pytest.mark.parametrize(
    "headers",
    [{"api-key": "geheim\n"}, {"a": "geheim\r\nHost: evil"}, {"a\nb": "geheim"}, {"a": "geheim密"}, {"": "geheim"}],
)  # fmt: skip
def test_headers_of_several_lines_are_refused_and_not_repeated(headers: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as told:
        chosen(llm_headers=json.dumps(headers))
    assert "geheim" not in told.value.errors()[0]["msg"]


@pytest.mark.parametrize("name", ["llm_price_read", "llm_price_written", "llm_timeout", "session_hours"])
@pytest.mark.parametrize("value", ["1e309", "inf", "nan", "-1"])
def test_prices_and_times_are_numbers(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        chosen(**{name: value})


@pytest.mark.parametrize("count", [10**30, -5, 2**63])
def test_what_an_endpoint_counts_costs_no_answer(tmp_path: Path, count: int) -> None:
    settings = chosen(llm_price_read=1e9, llm_price_written=1e9)
    usage = usage_of(Tokens(read=count, written=count, calls=1), settings)
    assert usage is not None
    assert json.loads(usage.model_dump_json())["cost"] >= 0
    book = UsageBook(tmp_path)
    for _ in range(3):
        book.note("a", usage)
    (spent,) = book.by_person(date(2000, 1, 1))
    assert spent.questions == 3
    assert spent.read >= 0


@pytest.mark.parametrize("address", ["http://[::1", "http://[", "nowhere", "http://\u0000/", "//", "http://127.0.0.1:99999/v1"])  # fmt: skip
def test_an_address_that_is_none_is_told_in_words(address: str) -> None:
    settings = chosen(llm_base_url=address, llm_model="m" * 100_000, llm_api_key=KEY)
    assert _models_at(settings) == []
    tried = try_model(settings)
    assert not tried.works
    assert KEY not in str(tried)


# -- endpoints and hosts that never end


@pytest.mark.parametrize("name", ["content", "reasoning_content"])
def test_an_endpoint_that_never_ends_is_not_listened_to_for_ever(odd: Odd, name: str) -> None:
    endless = odd(Reply(pieces=tuple({name: "字" * 5000} for _ in range(2000)), finish=None))
    model = make_chat_model(chosen(llm_base_url=endless.url, llm_model="m"))
    pieces = list(model.stream("?"))
    assert sum(len(str(piece.text)) for piece in pieces) <= 200_000
    assert pieces[-1].response_metadata.get("finish_reason") == "length" or any(
        piece.response_metadata.get("finish_reason") == "length" for piece in pieces
    )


class _Endless(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        slow = "slow" in self.path
        try:
            while True:
                self.wfile.write(b" " if slow else b" " * 1_000_000)
                time.sleep(0.05 if slow else 0)
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def endless() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endless)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["fast", "slow"])
def test_lists_that_never_end_are_given_up(endless: str, path: str) -> None:
    since = time.monotonic()
    with pytest.raises((ValueError, httpx.HTTPError)):
        read_json(f"{endless}/{path}", seconds=2)
    assert ollama_models(chosen(ollama_url=f"{endless}/{path}")) is None
    assert time.monotonic() - since < 30


# -- models of this machine


def test_a_host_does_not_make_a_file_larger_than_the_list_says() -> None:
    digest = "0" * 64
    assert _source(MODEL, "h", "a", MODEL.size_mb << 20, digest).size
    with pytest.raises(LookupError, match="MB"):
        _source(MODEL, "h", "a", 3 * (MODEL.size_mb << 20), digest)


def test_a_disk_that_fills_up_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    settings = chosen(data=tmp_path)
    monkeypatch.setattr(fetch, "sources_of", lambda *_: [Source("h", "http://h/x", 10, "0" * 64)])
    monkeypatch.setattr(fetch, "_go_on", full)
    with pytest.raises(Problem, match="model_no_room"):
        fetch.fetch_model(MODEL, settings, pause_s=0)


def test_a_model_that_is_being_fetched_is_not_removed(tmp_path: Path) -> None:
    settings = chosen(data=tmp_path)
    target = MODEL.path_in(settings)
    target.parent.mkdir(parents=True)
    part = target.with_name(f"{target.name}.0123.part")
    part.write_bytes(b"GGUF")
    with FileLock(target.with_suffix(".lock")), pytest.raises(Problem, match="model_being_fetched"):
        remove_model(MODEL.name, settings)
    assert part.is_file()
    remove_model(MODEL.name, settings)
    assert not part.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "x" * 100_000, "", "qwen3-0.6b/../x", "\0"]
)
def test_a_name_is_one_of_the_list_or_none(name: str) -> None:
    with pytest.raises(Problem, match="model_not_listed") as told:
        model_named(name)
    assert len(str(told.value)) < 1000
