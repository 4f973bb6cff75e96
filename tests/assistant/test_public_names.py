"""The names that other programs use: all there, typed, and loaded only when they are used."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import assistant
import assistant.version
from assistant.service import Assistant

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "chromadb", "gradio", "transformers")


def _loaded_by(statement: str) -> set[str]:
    """Which of the heavy packages a fresh process has loaded after a statement."""
    told = f"{statement}\nimport sys\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import assistant",
        "import assistant; assistant.__version__; dir(assistant)",
        "from assistant import Answer, Citation, Filters, Problem, Searched, Settings, Turn, explain",
        "from assistant.langchain import ArticleLoader, PassageSplitter",
    ],
)
def test_what_is_not_used_is_not_loaded(statement: str) -> None:
    assert _loaded_by(statement) == set()


def test_every_public_name_is_there() -> None:
    assert all(hasattr(assistant, name) for name in assistant.__all__)
    assert set(assistant.__all__) <= set(dir(assistant))
    assert assistant.Assistant is Assistant


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Asistant'"):
        _ = assistant.Asistant  # type: ignore[attr-defined]
    with pytest.raises(ImportError):
        from assistant import Asistant  # type: ignore[attr-defined]  # noqa: F401


def test_the_version_is_the_installed_one_or_known_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert assistant.__version__

    def not_installed(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", not_installed)
    names: dict[str, str] = {}
    exec(Path(assistant.version.__file__).read_text("utf-8"), names)
    assert names["__version__"] == "0+unknown"


@pytest.mark.parametrize("package", ["assistant", "corpus", "evals", "index", "ui"])
def test_each_package_says_that_it_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()
    assert f'\n{package} = ["py.typed"' in (ROOT / "pyproject.toml").read_text("utf-8")
