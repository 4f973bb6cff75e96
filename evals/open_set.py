"""A set of open questions to fit the scorer on: `python -m evals.open_set SHARED FOLDER` writes open.jsonl and articles/.

Taken from half of the paragraphs of CMRC 2018 and DRCD that no training of the reader saw; the other half stays for
measuring. Every third paragraph is left out of the articles, so that what is asked of it is absent. The files are CC BY-SA
like their sources and stay outside the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

from evals.items import EvalItem
from index.reader.data import is_held_out, sources

_log = logging.getLogger("open set")
_ASKED_OF_EACH = 2
_LEFT_OUT = 3


def is_for_fitting(paragraph: str) -> bool:
    """Whether a held-out paragraph is in the half that the scorer may be fitted on."""
    return is_held_out(paragraph) and hashlib.md5(paragraph.encode()).digest()[0] % 2 == 0


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=130, help="paragraphs of each source")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    articles = arguments.folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    items = []
    for name in ("cmrc2018", "drcd"):
        for number, (title, paragraph) in enumerate(_paragraphs(arguments.shared, name)):
            if number == arguments.most:
                break
            absent = number % _LEFT_OUT == 0
            items += _items(f"{name}-{number}", paragraph["qas"], absent=absent)
            if not absent:
                text = f"# {title or paragraph['context'][:12]}\n\n{paragraph['context']}\n"
                (articles / f"{name}-{number}.md").write_text(text, encoding="utf-8")
    lines = [item.model_dump_json(exclude_defaults=True) for item in items]
    (arguments.folder / "open.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _log.info("%d questions, %d articles", len(items), len(list(articles.iterdir())))


def _paragraphs(shared: Path, name: str) -> Iterator[tuple[str, dict]]:
    (file,) = (source.file for source in sources(shared) if source.file.parent.name == name)
    for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            if is_for_fitting(paragraph["context"]):
                yield str(article.get("title") or ""), paragraph


def _items(key: str, asked: list[dict], *, absent: bool) -> list[EvalItem]:
    items = []
    for number, question in enumerate(asked[:_ASKED_OF_EACH]):
        answers = list(dict.fromkeys(answer["text"].strip() for answer in question["answers"]))
        answers = [answer for answer in answers if answer]
        if question["question"].strip() and answers:
            told = {"answerable": False} if absent else {"answers": answers}
            items.append(EvalItem(id=f"{key}-{number}", question=question["question"], type="open", **told))
    return items


if __name__ == "__main__":
    main()
