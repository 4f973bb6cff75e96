"""The examples of the docs run on a small folder of articles, and print what their comments say."""

import re
import runpy
from pathlib import Path

import pytest

from index.embeddings.factory import default_model_folder
from tests.small_articles import write_articles

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))
PAGES = [ROOT / "docs" / "python.md", ROOT / "docs" / "python.zh.md"]
_PRINTED = re.compile(r"# → (.+)$", re.M)
_CODE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """Where a person works: a folder of articles, and an index of them in a data folder."""
    folder = tmp_path_factory.mktemp("desk")
    write_articles(folder / "articles")
    default_model_folder(models)
    (folder / ".data").mkdir()
    (folder / ".data" / "models").symlink_to(models)
    return folder


@pytest.fixture(autouse=True)
def _at_the_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    if not (desk / ".data" / "index").exists():
        runpy.run_path(str(ROOT / "docs" / "examples" / "ingest_and_ask.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_prints_what_it_says(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    runpy.run_path(str(example), run_name="__main__")
    printed = capsys.readouterr().out
    expected = _PRINTED.findall(example.read_text("utf-8"))
    assert expected
    for text in expected:
        assert text in printed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_is_that_of_an_example(page: Path) -> None:
    examples = [example.read_text("utf-8") for example in EXAMPLES]
    blocks = _CODE.findall(page.read_text("utf-8"))
    assert blocks
    for block in blocks:
        assert any(block in example for example in examples), block


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_every_example(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [example.name for example in EXAMPLES if f"examples/{example.name}" not in text] == []
