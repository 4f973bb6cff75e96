"""The files, modules and pages that the documents name are there."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.documents import OWN, PAGES, ROOT

_FOLDERS = (*OWN, ".ci", ".github")
FILES = [
    "/" + file.relative_to(ROOT).as_posix()
    for folder in _FOLDERS
    for file in (ROOT / folder).rglob("*")
    if file.is_file()
]
_NAMES_A_MODULE = re.compile(r"(?<![\w*./-])(?:[\w-]+/)*\w+\.py(?!\w)")
_NAMES_A_PATH = re.compile(rf"(?<![\w*./-])(?:{'|'.join(map(re.escape, _FOLDERS))})/[\w./-]*\w(?![\w*-])")
_LINKS_TO = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
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


def lost_links(text: str, page: Path) -> list[str]:
    """Links of a page that lead to no file, or to no heading of it."""
    lost = []
    for name, heading in _LINKS_TO.findall(text):
        target = page.parent / name if name else page
        if not target.exists() or (heading and heading not in headings_of(target.read_text("utf-8"))):
            lost.append(f"{name}#{heading}" if heading else name)
    return lost


def headings_of(text: str) -> set[str]:
    """The names by which links reach a page's headings, made as GitHub makes them."""
    return {
        re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in _HEADING.findall(text)
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    assert lost_links((ROOT / page).read_text("utf-8"), ROOT / page) == []


@pytest.mark.parametrize(
    ("link", "lost"),
    [
        ("[a](docs/corpus.md), [b](https://example.org), [c](#two-commands)", []),
        ("[a](docs/nothing.md)", ["docs/nothing.md"]),
        ("[a](docs/corpus.md#formats)", []),
        ("[a](docs/corpus.md#nothing)", ["docs/corpus.md#nothing"]),
        ("[a](#nothing)", ["#nothing"]),
    ],
)
def test_lost_links_are_found(link: str, lost: list[str]) -> None:
    assert lost_links(link, ROOT / "README.md") == lost


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
