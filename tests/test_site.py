"""The site holds every document, the two languages side by side, and loads nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OF_ROOT = {
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "CONTRIBUTING.zh.md",
    "CHANGELOG.md",
    "SECURITY.md",
}
PARTS = ["Tutorial", "How-to", "Reference", "Explanation"]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without making the Python objects that it names."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
SITE: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)


def pages(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        for value in entry.values():
            yield from [value] if isinstance(value, str) else pages(value)


IN_ORDER = list(pages(SITE["nav"]))


def test_every_document_is_in_the_navigation_once() -> None:
    there = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
    assert sorted(IN_ORDER) == sorted(there | OF_ROOT)


def test_documents_are_ordered_by_what_they_are_for() -> None:
    assert [name for entry in SITE["nav"] for name in entry if name in PARTS] == PARTS


@pytest.mark.parametrize(
    "page", [page for page in IN_ORDER if page.endswith(".zh.md") and page != "README.zh.md"]
)
def test_a_chinese_page_stands_beside_its_english_twin(page: str) -> None:
    twin = page.replace(".zh.md", ".md")
    assert IN_ORDER[IN_ORDER.index(page) - 1] == twin
    folder = ROOT if page in OF_ROOT else DOCS
    assert f"({page})" in (folder / twin).read_text("utf-8")
    assert f"({twin})" in (folder / page).read_text("utf-8")


def test_links_of_the_repository_become_links_of_the_site() -> None:
    pytest.importorskip("mkdocs")
    sys.path.insert(0, str(ROOT / ".ci"))
    try:
        import site_pages
    finally:
        sys.path.remove(str(ROOT / ".ci"))

    class Files:
        def get_file_from_path(self, path: str) -> str | None:
            return path if path in {"corpus.md", "README.md", "deploy/README.md", "page.png"} else None

    class Page:
        def __init__(self, source: str) -> None:
            self.file = type("File", (), {"src_uri": source})()

    def turned(text: str, source: str) -> str:
        return str(site_pages.on_page_markdown(text, Page(source), None, Files()))

    assert turned("[a](docs/corpus.md#formats)", "README.md") == "[a](corpus.md#formats)"
    assert turned("![a](docs/page.png)", "README.md") == "![a](page.png)"
    assert turned("[a](../README.md)", "corpus.md") == "[a](README.md)"
    assert (
        turned("[a](../../README.md), [b](../corpus.md)", "deploy/README.md")
        == "[a](../README.md), [b](../corpus.md)"
    )
    assert turned("[a](../corpus/language/places.py)", "corpus.md") == "a"
    assert (
        turned("[a](https://example.org), [b](#here)", "corpus.md") == "[a](https://example.org), [b](#here)"
    )


@pytest.mark.slow
def test_the_site_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT, check=True, timeout=280,
    )  # fmt: skip
    loaded = re.compile(
        r"<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=[\"']?(?:https?:)?//[^\"' >]+"
        r"|url\((?:https?:)?//[^)]+"
    )
    found = {
        file.name: hits
        for file in tmp_path.rglob("*")
        if file.suffix in {".html", ".css"}
        for hits in [loaded.findall(file.read_text("utf-8"))]
        if hits
    }
    assert found == {}
    names = (tmp_path / "api.html").read_text("utf-8")
    assert all(
        f'id="assistant.{name}"' in names for name in ("Assistant", "Settings", "ingest", "Answer", "explain")
    )
