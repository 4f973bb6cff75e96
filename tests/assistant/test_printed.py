"""Citations of a paginated original name their page, and an unsure scan is said to be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.checking.printed import add_pages
from assistant.model import Answer, Citation
from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft, Mark
from index.catalogue import Catalogue, FileRecord


class _Index:
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue


@pytest.mark.parametrize(("confidence", "flagged"), [(1.0, False), (0.95, False), (0.55, True)])
def test_the_page_is_named_and_low_confidence_flagged(
    tmp_path: Path, confidence: float, flagged: bool
) -> None:
    blocks = [
        Block(BlockKind.PARAGRAPH, "第一段。", marks=[Mark(0, 1)]),
        Block(
            BlockKind.PARAGRAPH, "甘泉县有床位812张。", marks=[Mark(0, 3, (0.1, 0.2, 0.9, 0.3), confidence)]
        ),
    ]
    article = assemble(Draft("公报", {}, blocks), Path("公报.pdf"), "key")
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.replace_file(FileRecord("公报.pdf", "digest", []), [article], [])
    start = article.text.index("甘泉县")
    citation = Citation(
        n=1,
        article_id=article.id,
        title="公报",
        quote=article.text[start:],
        start=start,
        end=len(article.text),
    )
    answer = Answer(question="?", standalone_question="?", citations=[citation], near=[])

    add_pages(answer, _Index(catalogue))  # type: ignore[arg-type]

    assert answer.citations[0].page == 3
    assert [flag.reason for flag in answer.flags] == (["flag_recognised"] if flagged else [])
