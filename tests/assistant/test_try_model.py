"""The trial of a model on the settings page: what it finds is said in plain words."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.generating.try_model import Tried, try_model
from assistant.settings import Settings
from evals.odd_endpoint import Asked, OddEndpoint, Reply, refuses, says

RIGHT = "青川县2031年粮食总产量为27.4万吨"


def tried(reply: Reply | Callable[[Asked], Reply], **chosen: Any) -> Tried:
    endpoint = OddEndpoint(
        reply if callable(reply) else lambda asked: reply, models=("deepseek-chat", "qwen-max")
    )
    try:
        given: dict[str, Any] = {"llm_base_url": endpoint.url, "llm_model": "m", **chosen}
        return try_model(Settings(_env_file=None, **given))
    finally:
        endpoint.close()


def codes(found: Tried) -> list[str]:
    return [code for code, _ in found.findings]


def test_a_good_model() -> None:
    found = tried(says(RIGHT, "【2】。", usage=(100, 20), pause=0.05))
    assert found.works
    assert codes(found) == ["try_good", "try_speed"]
    assert all(found.told("en"))
    assert all(found.told("zh"))


@pytest.mark.parametrize(
    ("text", "code", "works"),
    [
        (f"{RIGHT}。", "try_no_marks", True),
        (f"{RIGHT}[1]。", "try_wrong_mark", True),
        ("您好，有什么可以帮您？", "try_wrong", False),
        ("18.6万吨[1]。", "try_wrong", False),
    ],
)
def test_what_it_makes_of_the_passages(text: str, code: str, works: bool) -> None:
    found = tried(says(text))
    assert (codes(found)[0], found.works) == (code, works)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (refuses(401, "no"), "try_key"),
        (refuses(404, "page not found"), "try_no_endpoint"),
        (refuses(503, "busy"), "try_failed"),
        (Reply(page="<html>welcome</html>"), "try_no_api"),
        (says(""), "try_failed"),
    ],
)
def test_what_is_wrong(reply: Reply, code: str) -> None:
    found = tried(reply)
    assert not found.works
    assert codes(found)[0] == code


def test_an_unknown_model_is_told_with_those_that_there_are() -> None:
    found = tried(refuses(404, "The model `m` does not exist"))
    assert codes(found) == ["try_model", "try_models"]
    assert "deepseek-chat, qwen-max" in found.told()[1]


@pytest.mark.parametrize(
    ("address", "code", "wanted"),
    [
        ("localhost:8080/v1", "try_no_scheme", "http://localhost:8080/v1"),
        ("api.deepseek.com/v1", "try_no_scheme", "https://api.deepseek.com/v1"),
        ("https://x.cn/v1/chat/completions", "try_whole_path", "https://x.cn/v1"),
    ],
)
def test_an_address_that_is_wrong_as_it_stands(address: str, code: str, wanted: str) -> None:
    found = try_model(Settings(_env_file=None, llm_base_url=address, llm_model="m"))  # type: ignore[call-arg]
    assert codes(found) == [code]
    assert wanted in found.told()[0]


def test_an_address_at_which_nothing_is() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = try_model(
        Settings(_env_file=None, llm_base_url=f"http://127.0.0.1:{port}/v1", llm_model="m")  # type: ignore[call-arg]
    )
    assert codes(found) == ["try_unreachable"]


@pytest.mark.parametrize("pieces", [({"reasoning_content": "想"},), ({"content": "<think>想</think>"},)])
def test_it_thinks(pieces: tuple[dict[str, str], ...]) -> None:
    found = tried(Reply(pieces=(*pieces, {"content": f"{RIGHT}[2]。"})))
    assert "try_thinks" in codes(found)
    assert found.works


def test_what_it_does_not_do() -> None:
    def play(asked: Asked) -> Reply:
        return (
            refuses(400, "temperature is not supported")
            if "temperature" in asked.body
            else says(f"{RIGHT}[2]")
        )

    assert {"try_no_temperature", "try_no_count"} <= set(codes(tried(play)))


def test_a_slow_model_is_told_of() -> None:
    assert "try_slow" in codes(tried(says(*f"{RIGHT}[2]。", pause=0.1), llm_timeout=6.0))


def test_no_key_is_repeated() -> None:
    found = tried(refuses(400, "who is sk-geheim?"), llm_api_key=SecretStr("sk-geheim"))
    assert "who is" in found.told()[0]
    assert "geheim" not in str(found)
