"""Follow-ups as edits: what makes them whole is found again and gives the same text; nothing is written that stands nowhere."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embeddings.factory import default_model_folder
from index.reader.rewriting import FROZEN, RewritingReader
from index.reader.rewriting_edits import JOINING, applied, by_characters, edits_of
from index.reader.train_rewriting import train

CASES = [
    ("湖北呢", "上海2025年集成电路产业的营收是多少", "湖北2025年集成电路产业的营收是多少"),
    ("谁批的", "开网约车要办什么证", "开网约车要办什么证谁批的"),
    ("不是，我问的是出口", "2024年广东进口增长多少", "2024年广东出口增长多少"),
    ("再详细点", "失业金领多久", "失业金领多久"),
    ("2023年江苏的", "2024年浙江粮食产量", "2023年江苏粮食产量"),
    ("对了，充电桩补贴标准", "公积金能贷多少", "充电桩补贴标准"),
]


def sources(*texts: str) -> list:
    return [by_characters(text) for text in (*texts, *JOINING)]


@pytest.mark.parametrize(("turn", "last", "whole"), CASES)
def test_the_edits_of_a_follow_up_write_it_out(turn: str, last: str, whole: str) -> None:
    edits = edits_of(by_characters(turn), whole, sources(last))
    assert edits is not None
    assert applied(edits, by_characters(turn), sources(last)) == whole


def test_what_stands_nowhere_has_no_edits() -> None:
    assert edits_of(by_characters("湖北呢"), "湖南的营收", sources("上海的营收")) is None


def test_a_follow_up_keeps_its_own_words_rather_than_copying_them() -> None:
    turn = by_characters("充电桩补贴标准")
    edits = edits_of(turn, "充电桩补贴标准", sources("深圳充电桩补贴标准是多少"))
    assert edits is not None
    assert all(edits.kept)
    assert not edits.copied


@given(st.text("甲乙丙丁2年", max_size=6), st.text("甲乙丙丁戊己3年", min_size=1, max_size=10), st.data())
def test_any_text_made_of_both_is_written_out(turn: str, last: str, data: st.DataObject) -> None:
    written, used = "", 0
    for gap in range(len(turn) + 1):
        if data.draw(st.booleans()):
            begin = data.draw(st.integers(0, len(last) - 1))
            written += last[begin : data.draw(st.integers(begin + 1, len(last)))]
            used += 1
        if gap < len(turn) and data.draw(st.booleans()):
            written += turn[gap]
    edits = edits_of(by_characters(turn), written, sources(last))
    assert edits is not None
    assert applied(edits, by_characters(turn), sources(last)) == written
    assert len(edits.copied) <= max(used, 1)


@pytest.fixture(scope="module")
def writer(models: Path, tmp_path_factory: pytest.TempPathFactory) -> RewritingReader:
    """A network that was trained for one round on a few conversations."""
    folder = tmp_path_factory.mktemp("rewriting")
    rows = [{"before": [last], "turn": turn, "whole": whole} for turn, last, whole in CASES]
    with lzma.open(folder / "rewritings.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    model = default_model_folder(models)
    figures = train(
        model, folder / "weights", 1, file=folder / "rewritings.jsonl.xz", frozen=FROZEN, held_out=3
    )
    assert 0 <= figures["right"] <= 1
    return RewritingReader(model, folder / "weights")


@pytest.mark.parametrize("turn", ["湖北呢", "①②", "x" * 500, "  ", "\ud800呢", "🀄️多少？", "2025年\n的"])
def test_nothing_is_written_that_stands_nowhere(writer: RewritingReader, turn: str) -> None:
    before = ("2024年广东进口增长多少", "上海2025年集成电路产业的营收是多少")
    found = writer.write(turn, before, "3900亿元")
    assert 0 <= found.likelihood <= 1
    assert set(found.text) <= set("".join([turn, *before, "3900亿元", "?", *JOINING]))


def test_the_same_follow_up_is_written_the_same(writer: RewritingReader) -> None:
    asked = ("湖北呢", ("上海2025年集成电路产业的营收是多少",), "")
    assert writer.write(*asked) == writer.write(*asked)
