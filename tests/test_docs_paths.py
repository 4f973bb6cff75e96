"""The files and modules that the README and the docs name are there."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OWN = ("assistant", "corpus", "index", "ui", "evals", "tests", "docs")
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [*ROOT.glob("*.md"), *(page for folder in OWN for page in (ROOT / folder).rglob("*.md"))]
    if "articles" not in page.parts
)
FILES = [
    "/" + file.relative_to(ROOT).as_posix()
    for folder in OWN
    for file in (ROOT / folder).rglob("*")
    if file.is_file()
]
_NAMES_A_MODULE = re.compile(r"(?<![\w*./-])(?:[\w-]+/)*\w+\.py(?!\w)")
_NAMES_A_PATH = re.compile(rf"(?<![\w*./-])(?:{'|'.join(OWN)})/[\w./-]*\w(?![\w*-])")
_RUNS_A_MODULE = re.compile(rf"python -m ((?:{'|'.join(OWN)})(?:\.\w+)*)")

_OF_OTHERS = {"evalue.py"}
"""Programs of public benchmarks, which are not in this tree."""
DATA = [
    file
    for folder in ("assistant", "corpus", "index")
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in {".json", ".jsonl", ".npz", ".safetensors", ".tsv", ".xz"}
    and "articles" not in file.parts
]


def missing_in(text: str) -> list[str]:
    """What a text names that is not there: a module by the end of its path, a path in a package, a module that is run."""
    named = [name for name in _NAMES_A_MODULE.findall(text) if name not in _OF_OTHERS]
    modules = [name for name in named if not any(file.endswith(f"/{name}") for file in FILES)]
    paths = [name for name in _NAMES_A_PATH.findall(text) if not (ROOT / name).exists()]
    run = [name for name in _RUNS_A_MODULE.findall(text) if not can_be_run(name)]
    return [*modules, *paths, *run]


def can_be_run(module: str) -> bool:
    """Whether `python -m` finds something to run: a module, or a package with a `__main__`."""
    path = ROOT / module.replace(".", "/")
    return path.with_name(f"{path.name}.py").is_file() or (path / "__main__.py").is_file()


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    assert missing_in((ROOT / page).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("`assistant/chain.py` and `chain.py`", []),
        ("`assistant/no_chain.py`", ["assistant/no_chain.py", "assistant/no_chain.py"]),
        ("`no_chain.py`", ["no_chain.py"]),
        ("`index/no_data/x.tsv`", ["index/no_data/x.tsv"]),
        ("`index/data/`，`evals/sets/sample.jsonl`。", []),
        ("`python -m evals.bench --questions 20`", []),
        ("`python -m evals.no_bench`", ["evals.no_bench"]),
        ("`python -m corpus`", ["corpus"]),
        ("`*_weights.py`, docs/deploy/no_unit*.service", []),
    ],
)
def test_what_is_missing_is_found(text: str, missing: list[str]) -> None:
    assert missing_in(text) == missing


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_each_data_file_is_named_where_it_lies(file: Path) -> None:
    folder = next(each for each in file.parents if (each / "README.md").is_file())
    assert folder != ROOT, "no README in its folder"
    named = re.findall(r"`([^`]+)`", (folder / "README.md").read_text("utf-8"))
    assert any(fnmatch(file.relative_to(folder).as_posix(), name) for name in named)
