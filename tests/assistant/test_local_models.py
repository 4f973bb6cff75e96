"""Models of this machine: a tiny file from a small server, fetched, gone on with, checked, used and removed. No network."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from assistant.local_models import choose
from assistant.local_models.catalogue import model_named, open_models
from assistant.local_models.choose import in_use, remove_model, state_of, use_model
from assistant.local_models.fetch import fetch_model, parts_of
from assistant.local_models.hosts import sources_of
from assistant.local_models.job import FetchJob
from assistant.local_models.memory import fits, memory_mb
from assistant.saved_settings import with_saved
from assistant.settings import Settings
from corpus.problem import Problem
from ui.cli import app
from ui.sizes import in_gb

CONTENT = b"GGUF" + bytes(range(256)) * 20_000
MODEL = model_named("qwen3-1.7b")


class Host:
    """Both hosts and an Ollama in one: `breaks_at` bytes a connection ends, `wrong` changes what is sent."""

    def __init__(self) -> None:
        self.breaks_at: int | None = None
        self.wrong = False
        self.ranges = True
        self.tells_sha = True
        self.silent: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append((self.path, self.headers.get("range") or ""))
                if "/resolve/" in self.path:
                    self._file()
                    return
                told = host.told(self.path)
                data = json.dumps(told).encode()
                self.send_response(200 if told is not None else 404)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def _file(self) -> None:
                given = self.headers.get("range")
                start = int(given.removeprefix("bytes=").rstrip("-")) if given and host.ranges else 0
                self.send_response(206 if start else 200)
                self.send_header("content-length", str(len(CONTENT) - start))
                if start:
                    self.send_header("content-range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
                self.end_headers()
                data = CONTENT.replace(b"GGUF", b"HTML") if host.wrong else CONTENT
                if host.breaks_at is not None:
                    self.wfile.write(data[start : start + host.breaks_at])
                    self.connection.close()
                    return
                self.wfile.write(data[start:])

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def told(self, path: str) -> Any:
        digest = hashlib.sha256(CONTENT).hexdigest() if self.tells_sha else ""
        if path.startswith("/ms/api/v1/models/Qwen/") and "ms" not in self.silent:
            return {"Data": {"Files": [{"Path": MODEL.file, "Size": len(CONTENT), "Sha256": digest}]}}
        if path.startswith("/hf/api/models/Qwen/") and "hf" not in self.silent:
            lfs = {"oid": digest, "size": len(CONTENT)}
            return [{"path": "README.md", "size": 1}, {"path": MODEL.file, "size": 135, "lfs": lfs}]
        if path == "/api/tags" and "ollama" not in self.silent:
            return {"models": [{"name": "qwen3:4b"}, {"name": "mine:latest"}]}
        return None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.close()


@pytest.fixture
def settings(host: Host, tmp_path: Path) -> Settings:
    given: dict[str, Any] = {
        "data": tmp_path, "modelscope_url": f"{host.url}/ms", "huggingface_url": f"{host.url}/hf", "ollama_url": host.url,
    }  # fmt: skip
    return Settings(_env_file=None, **given)


def test_it_is_fetched_with_progress_and_checked(settings: Settings) -> None:
    seen: list[tuple[int, int]] = []
    file = fetch_model(MODEL, settings, lambda done, total, name: seen.append((done, total)))
    assert file.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert not parts_of(MODEL, settings)


@pytest.mark.parametrize("silent", ["ms", "hf"])
def test_where_one_host_is_silent_the_other_one_serves(host: Host, settings: Settings, silent: str) -> None:
    host.silent = {silent}
    assert fetch_model(MODEL, settings).read_bytes() == CONTENT


@pytest.mark.parametrize("tells_sha", [True, False])
def test_without_a_host_or_without_a_sha256_nothing_is_fetched(
    host: Host, settings: Settings, tells_sha: bool
) -> None:
    host.tells_sha = tells_sha
    host.silent = {"ms", "hf"} if tells_sha else set()
    with pytest.raises(Problem, match="model_hosts_silent"):
        fetch_model(MODEL, settings)
    assert not any("/resolve/" in path for path, _ in host.asked)


def test_what_was_begun_is_gone_on_with(host: Host, settings: Settings) -> None:
    calls = iter([False, True])
    with pytest.raises(Problem, match="model_fetch_stopped"):
        fetch_model(MODEL, settings, stop=lambda: next(calls))
    (part,) = parts_of(MODEL, settings)
    begun = part.stat().st_size
    assert 0 < begun < len(CONTENT)
    assert state_of(MODEL, settings) == "model_begun"
    host.asked.clear()
    assert fetch_model(MODEL, settings).read_bytes() == CONTENT
    assert [given for path, given in host.asked if "/resolve/" in path] == [f"bytes={begun}-"]


def test_ctrl_c_leaves_a_part_that_can_be_gone_on_with(settings: Settings) -> None:
    def interrupted(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_model(MODEL, settings, interrupted)
    assert parts_of(MODEL, settings)
    assert fetch_model(MODEL, settings).read_bytes() == CONTENT


def test_a_broken_connection_is_tried_again(host: Host, settings: Settings) -> None:
    host.breaks_at = len(CONTENT) // 3
    assert fetch_model(MODEL, settings, pause_s=0).read_bytes() == CONTENT


def test_a_connection_that_keeps_breaking_leaves_what_came(host: Host, settings: Settings) -> None:
    host.breaks_at = 1000
    with pytest.raises(Problem, match="model_fetch_broke"):
        fetch_model(MODEL, settings, pause_s=0)
    assert parts_of(MODEL, settings)[0].stat().st_size >= 1000


def test_a_host_that_sends_the_whole_again(host: Host, settings: Settings) -> None:
    with pytest.raises(Problem):
        fetch_model(MODEL, settings, stop=lambda: True)
    host.ranges = False
    assert fetch_model(MODEL, settings).read_bytes() == CONTENT


def test_what_is_not_what_the_host_tells_is_not_kept(host: Host, settings: Settings) -> None:
    host.wrong = True
    with pytest.raises(Problem, match="model_sha_wrong"):
        fetch_model(MODEL, settings)
    assert not MODEL.path_in(settings).exists()
    assert not parts_of(MODEL, settings)


def test_one_at_a_time(settings: Settings) -> None:
    settings.gguf_folder.mkdir(parents=True)
    with (
        FileLock(MODEL.path_in(settings).with_suffix(".lock")),
        pytest.raises(Problem, match="model_being_fetched"),
    ):
        fetch_model(MODEL, settings)


def test_too_little_room(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1000})())
    with pytest.raises(Problem, match="model_no_room"):
        fetch_model(MODEL, settings)


def test_the_host_that_answers_first_is_first(settings: Settings) -> None:
    assert {source.host.rsplit("/", 1)[-1] for source in sources_of(MODEL, settings)} == {"ms", "hf"}


# -- using and removing


def test_a_model_is_used_and_removed(settings: Settings) -> None:
    with pytest.raises(Problem, match="model_not_fetched"):
        use_model(MODEL.name, settings)
    fetch_model(MODEL, settings)
    assert state_of(MODEL, settings) == "model_fetched"
    used = use_model(MODEL.name, settings)
    assert with_saved(settings).llm_file == used.llm_file == MODEL.path_in(settings).resolve()
    assert in_use(used) == MODEL.name
    assert state_of(MODEL, used) == "model_in_use"
    _, freed = remove_model(MODEL.name, used)
    assert freed == len(CONTENT)
    assert with_saved(settings).llm_file is None
    assert not any(settings.gguf_folder.iterdir())


@pytest.mark.parametrize(("name", "wanted"), [("qwen3:4b", "qwen3:4b"), ("mine", "mine:latest")])
def test_a_model_of_ollama_is_used(settings: Settings, host: Host, name: str, wanted: str) -> None:
    used = use_model(f"ollama:{name}", settings)
    assert (used.llm_base_url, used.llm_model, used.llm_file) == (f"{host.url}/v1", wanted, None)
    assert in_use(with_saved(settings)) == f"ollama:{wanted}"


def test_ollama_gets_no_key_of_another_endpoint(settings: Settings) -> None:
    from pydantic import SecretStr

    given = {"llm_base_url": "https://x/v1", "llm_model": "m", "llm_api_key": SecretStr("k")}
    used = use_model("ollama:qwen3:4b", settings.model_copy(update=given))
    assert used.llm_api_key.get_secret_value() == ""


def test_an_ollama_that_is_not_there_or_lacks_the_model(settings: Settings, host: Host) -> None:
    with pytest.raises(Problem, match="ollama_model_missing"):
        use_model("ollama:none", settings)
    host.silent = {"ollama"}
    with pytest.raises(Problem, match="ollama_not_there"):
        use_model("ollama:qwen3:4b", settings)


def test_an_unknown_name_is_told_with_those_that_there_are() -> None:
    with pytest.raises(Problem) as told:
        model_named("gpt-99")
    assert "qwen3-4b" in str(told.value.fields["names"])


# -- the list


def test_the_list_is_sound() -> None:
    assert len({model.name for model in open_models()}) == len(open_models())
    for model in open_models():
        assert model.file.endswith(".gguf")
        assert model.size_mb < model.memory_mb
        assert model.told("zh") != model.told("en")


def test_what_fits() -> None:
    assert memory_mb() > 100
    assert fits(5000, 16_000) is True
    assert fits(5000, 6000) is False
    assert fits(5000, 0) is None
    assert [in_gb(each) for each in (0, 640, 2500)] == ["–", "640 MB", "2.5 GB"]


def test_the_page_fetches_and_uses_in_the_background(settings: Settings) -> None:
    used: list[Settings] = []
    job = FetchJob(lambda: settings, used.append)
    assert job.start(MODEL)
    for _ in range(200):
        if not job.is_running:
            break
        threading.Event().wait(0.05)
    assert job.problem is None
    assert used[0].llm_file == MODEL.path_in(settings).resolve()
    assert job.seen[0] == len(CONTENT)


# -- the command


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ASSISTANT_DATA", str(settings.data))
    monkeypatch.setenv("ASSISTANT_MODELSCOPE_URL", settings.modelscope_url)
    monkeypatch.setenv("ASSISTANT_HUGGINGFACE_URL", settings.huggingface_url)
    monkeypatch.setenv("ASSISTANT_OLLAMA_URL", settings.ollama_url)
    return lambda *words: CliRunner().invoke(app, ["model", *words])


def test_the_command_from_end_to_end(command: Any, settings: Settings) -> None:
    read = json.loads(command("list", "--json").stdout)
    assert read["ollama"] == ["mine:latest", "qwen3:4b"]
    assert {"name", "size_mb", "memory_mb", "fits", "state"} <= set(read["models"][0])
    assert command("get", MODEL.name).exit_code == 0
    assert command("use", MODEL.name).exit_code == 0
    assert with_saved(settings).llm_file == MODEL.path_in(settings).resolve()
    listed = command("list").stdout
    assert "使用中" in listed
    assert "qwen3:4b" in listed
    assert command("remove", MODEL.name).exit_code == 0
    assert with_saved(settings).llm_file is None
    assert isinstance(command("get", "none").exception, Problem)


def test_the_command_says_what_stands_in_the_way(
    command: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch_model(MODEL, settings)
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "other")
    monkeypatch.setattr(choose.importlib.util, "find_spec", lambda name: None)
    told = command("use", MODEL.name).output
    assert "ASSISTANT_LLM_MODEL" in told
    assert "pip install xllamacpp" in told
