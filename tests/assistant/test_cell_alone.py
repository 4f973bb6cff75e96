"""A long row is read by itself as the cell that is asked for, in the time that the cell tells of."""

from __future__ import annotations

import pytest

from assistant.reading.candidate import Candidate
from assistant.reading.cell_alone import cell_alone
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit

CELLS = [
    f"{name}_{kind}：{number}.5"
    for at, name in enumerate(["客运量", "铁路客运量", "公路客运量", "水运客运量", "民航客运量"])
    for number, kind in enumerate(["当期值", "累计值", "同比增长", "累计增长"], 10 * at + 10)
]


def candidate(text: str) -> Candidate:
    before = "表\n"
    passage = Passage(
        id="a-0", article_id="a", position=0, text=before + text, start=7, end=7 + len(before + text)
    )
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title="客运统计"))
    return Candidate(hit=hit, start=7 + len(before), end=passage.end, text=text, context="")


@pytest.mark.parametrize(
    ("time", "question", "read"),
    [
        ("2025年6月", "2025年上半年民航客运量是多少", "2025年上半年，民航客运量累计值为51.5。"),
        ("2025年4月", "2025年1—4月水运客运量增速", "2025年1—4月，水运客运量累计增长为43.5。"),
        ("2025年4月", "2025年4月铁路客运量多少", "2025年4月，铁路客运量当期值为20.5。"),
        ("2024年12月", "2024年全年公路客运量一共多少", "2024年全年，公路客运量累计值为31.5。"),
        ("青山县", "青山县铁路客运量累计多少", "青山县，铁路客运量累计值为21.5。"),
    ],
)
def test_the_cell_asked_for_is_read(time: str, question: str, read: str) -> None:
    row = " | ".join([f"时间：{time}", *CELLS])
    assert cell_alone(parse(question), candidate(row)) == f"客运统计\n{read}"


def test_where_no_cell_is_clear_the_row_is_read_as_it_is() -> None:
    row = " | ".join(["时间：2025年4月", *CELLS])
    assert cell_alone(parse("2025年4月邮政怎样"), candidate(row)) == ""
    # A short row, a part of a row, a sentence.
    assert cell_alone(parse("2025年4月客运量"), candidate(" | ".join(CELLS[:2]))) == ""
    assert cell_alone(parse("2025年4月民航客运量"), candidate(" | ".join(CELLS))) == ""
    assert cell_alone(parse("2025年4月民航客运量"), candidate("2025年4月民航客运量为50.5万人。")) == ""
