"""What the site has beside docs/: the documents of the root, and links that lead somewhere (hooks of mkdocs.yml).

The documents are written to be read in the repository. In the site a link to a document of the root becomes one
to its page, and of a link to a file that the site does not hold only the words stay.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath, relpath
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README", "README.zh", "CONTRIBUTING", "CONTRIBUTING.zh", "CHANGELOG", "SECURITY")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Adds the documents of the root."""
    for name in DOCUMENTS:
        text = (ROOT / f"{name}.md").read_text("utf-8")
        files.append(File.generated(config, f"{name}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turns links of the repository into links of the site."""
    source = page.file.src_uri
    of_root = source.removesuffix(".md") in DOCUMENTS
    folder = "" if of_root else normpath(f"docs/{source}/..")

    def link_of(match: re.Match[str]) -> str:
        picture, words, target, heading = match.groups()
        place = normpath(f"{folder}/{target}" if folder else target)
        inside = place.removeprefix("docs/") if place.startswith("docs/") else place
        served = place.startswith("docs/") or place.removesuffix(".md") in DOCUMENTS
        if not served or files.get_file_from_path(inside) is None:
            return words
        there = relpath(inside, normpath(f"{source}/.."))
        return f"{picture}[{words}]({there}{heading or ''})"

    return _LINK.sub(link_of, markdown)
