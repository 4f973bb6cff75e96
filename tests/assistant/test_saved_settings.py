"""Settings made on the page, and the test of a model."""

import json
import logging
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.generating.try_model import try_model
from assistant.saved_settings import save, with_saved
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.problem import Problem
from evals.stand_in import Endpoint
from index.store import Index

KEY = "sk-geheim-0123456789"


def settings_in(folder: Path, **values: object) -> Settings:
    return Settings(_env_file=None, data=folder, **values)  # type: ignore[arg-type]


def test_what_is_saved_holds_again_beneath_what_is_set_otherwise(tmp_path: Path) -> None:
    save(
        settings_in(tmp_path),
        {"llm_base_url": "http://x/v1", "llm_model": "m", "llm_api_key": SecretStr(KEY)},
    )
    again = with_saved(settings_in(tmp_path))
    assert (again.llm_base_url, again.llm_model, again.llm_api_key.get_secret_value()) == (
        "http://x/v1",
        "m",
        KEY,
    )
    assert again.uses_llm
    assert with_saved(settings_in(tmp_path, llm_model="other")).llm_model == "other"
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


def test_a_key_left_empty_stays_and_all_can_be_taken_away(tmp_path: Path) -> None:
    first = save(
        settings_in(tmp_path),
        {"llm_base_url": "http://x/v1", "llm_model": "m", "llm_api_key": SecretStr(KEY)},
    )
    second = save(first, {"llm_model": "n", "llm_api_key": None})
    assert second.llm_api_key.get_secret_value() == KEY
    save(second, {"llm_base_url": "", "llm_model": "", "llm_api_key": SecretStr(""), "llm_file": ""})
    assert not with_saved(settings_in(tmp_path)).uses_llm
    assert KEY not in (tmp_path / "settings.json").read_text(encoding="utf-8")


def test_only_what_may_be_set_on_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        json.dumps({"corpus": "/etc", "llm_model": "m"}), encoding="utf-8"
    )
    read = with_saved(settings_in(tmp_path))
    assert (read.llm_model, read.corpus) == ("m", settings_in(tmp_path).corpus)


@pytest.mark.parametrize("text", ["{", "[]", '{"llm_timeout": "bald"}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as told:
        with_saved(settings_in(tmp_path))
    assert told.value.code == "saved_settings_broken"


def test_no_model_can_be_tried_where_none_is_set(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        try_model(settings_in(tmp_path))
    assert told.value.code == "llm_not_set"


def test_a_failing_endpoint_that_repeats_the_key_does_not_make_it_known(
    tmp_path: Path, sample_index: Index, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint = Endpoint(lambda body: "", says=f"wrong key {KEY}")
    given = settings.model_copy(
        update={"llm_base_url": endpoint.url, "llm_model": "m", "llm_api_key": SecretStr(KEY)}
    )
    try:
        with caplog.at_level(logging.DEBUG, logger="assistant"):
            tried = try_model(given)
        answer = Assistant(sample_index, given).ask("上海2025年集成电路产业营收多少?")
    finally:
        endpoint.close()
    assert "wrong key" in tried.told()[0]
    assert KEY not in str(tried)
    assert "wrong key" in answer.notes[0]
    assert KEY not in answer.model_dump_json()
    assert KEY not in caplog.text


# -- a key goes to no other address


@pytest.mark.parametrize("kept_by", ["page", "environment"])
@pytest.mark.parametrize("key", [None, "left out"])
def test_another_address_asks_for_the_key_again(tmp_path: Path, kept_by: str, key: object) -> None:
    known = {"llm_base_url": "http://x/v1", "llm_model": "m", "llm_api_key": SecretStr(KEY)}
    first = save(settings_in(tmp_path), known) if kept_by == "page" else settings_in(tmp_path, **known)
    values = {"llm_base_url": "http://evil/v1", "llm_model": "m"} | ({} if key else {"llm_api_key": None})
    with pytest.raises(Problem) as told:
        save(first, values)
    assert told.value.code == "key_for_new_address"
    assert save(first, {**values, "llm_base_url": "http://x/v1/"}).llm_api_key.get_secret_value() == KEY
    changed = save(first, {**values, "llm_api_key": SecretStr("sk-other")})
    assert (changed.llm_base_url, changed.llm_api_key.get_secret_value()) == ("http://evil/v1", "sk-other")


def test_a_key_of_the_environment_without_an_address_is_no_saved_addresss(tmp_path: Path) -> None:
    of_environment = settings_in(tmp_path, llm_api_key=SecretStr(KEY))
    with pytest.raises(Problem, match="key_for_new_address"):
        save(of_environment, {"llm_base_url": "http://evil/v1", "llm_model": "m", "llm_api_key": None})
    turned_off = save(of_environment, {"llm_base_url": "", "llm_model": "", "llm_api_key": SecretStr("")})
    save(turned_off, {"llm_base_url": "http://evil/v1", "llm_model": "m", "llm_api_key": None})
    again = with_saved(of_environment)
    assert (again.llm_base_url, again.llm_api_key.get_secret_value()) == ("http://evil/v1", "")


def test_a_saved_key_is_not_for_an_address_of_the_environment(tmp_path: Path) -> None:
    save(
        settings_in(tmp_path),
        {"llm_base_url": "http://x/v1", "llm_model": "m", "llm_api_key": SecretStr(KEY)},
    )
    for address, key in (("http://evil/v1", ""), ("http://x/v1/", KEY)):
        again = with_saved(settings_in(tmp_path, llm_base_url=address))
        assert (again.llm_base_url, again.llm_api_key.get_secret_value()) == (address, key)


# -- nor do headers, query and further fields


EXTRAS = {"llm_headers": SecretStr('{"api-key": "geheim"}'), "llm_query": "a=b", "llm_body": '{"c": 1}'}


def extras_of(settings: Settings) -> list[str]:
    return [settings.llm_headers.get_secret_value(), settings.llm_query, settings.llm_body]


def test_headers_are_for_the_address_of_the_environment_alone(tmp_path: Path) -> None:
    ours = settings_in(tmp_path, llm_base_url="http://x/v1", llm_model="m", **EXTRAS)
    assert all(extras_of(save(ours, {"llm_model": "n"})))
    assert not any(extras_of(save(ours, {"llm_base_url": "http://evil/v1"})))
    assert not any(extras_of(with_saved(settings_in(tmp_path, **EXTRAS))))
    assert all(extras_of(with_saved(settings_in(tmp_path, llm_base_url="http://x/v1", **EXTRAS))))


def test_a_key_of_an_address_does_not_go_to_a_provider(tmp_path: Path) -> None:
    ours = settings_in(tmp_path, llm_base_url="http://x/v1", llm_model="m", llm_api_key=SecretStr(KEY))
    with pytest.raises(Problem, match="key_for_new_address"):
        save(ours, {"llm_base_url": "", "llm_model": "anthropic:claude-x", "llm_api_key": None})
