"""The opening of an article is read where a person, a day or a body is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.reading.openings import with_openings
from assistant.service import open_index
from assistant.settings import Settings
from assistant.understanding.question import parse
from index.hit import Hit
from index.store import Index
from index.sync import ingest

_BODY = "".join(
    f"第{number}项工作要继续推进，完善公共服务，支持企业发展。" * 12 + "\n\n" for number in range(1, 12)
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("openings")
    (folder / "documents").mkdir()
    text = f"# 青石市2026年政府工作报告\n\n2026年1月20日在青石市人民代表大会上\n\n市长 林知远\n\n{_BODY}"
    (folder / "documents" / "report.md").write_text(text, encoding="utf-8")
    index = open_index(Settings(index=folder / "index"))
    ingest(index, [folder / "documents"])
    yield index
    index.close()


@pytest.mark.parametrize(
    ("question", "is_read"),
    [
        ("青石市2026年政府工作报告是谁作的", True),
        ("青石市的政府工作报告是哪天作的", True),
        ("青石市2026年要支持什么", False),
    ],
)
def test_the_opening_is_read_where_it_may_answer(index: Index, question: str, is_read: bool) -> None:
    article = next(iter(index.catalogue.find_articles(parse(question).query().filters)[0]))
    passages = index.catalogue.passages_of(article.id)
    last = Hit(passage=passages[-1], article=article)
    hits = with_openings(index, parse(question).query(), [last])
    assert hits[0] is last
    assert ("林知远" in hits[-1].passage.text) == is_read
    assert len(hits) == 1 + is_read


def test_an_opening_that_was_found_is_not_read_twice(index: Index) -> None:
    query = parse("青石市2026年政府工作报告是谁作的").query()
    article = next(iter(index.catalogue.find_articles(query.filters)[0]))
    first = index.catalogue.opening_of(article.id)
    assert first is not None
    assert len(with_openings(index, query, [Hit(passage=first, article=article)])) == 1
    assert index.catalogue.opening_of("unknown") is None
