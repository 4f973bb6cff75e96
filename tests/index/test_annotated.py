"""Annotated documents become training groups: what answers, and what only looks so."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from index.reader.annotated import examples, labelled_questions, packed_documents, read_annotated

TEXT = """---
title: 青枫县2023年农机补贴办法
date: 2023-04-02
---
# 青枫县2023年农机补贴办法

## 一、标准

购买插秧机的，每台补贴6000元；购买烘干机的，每台补贴2万元。同一农户全年补贴不超过5万元。

## 二、申请

申请人应当在10月31日前向乡镇农业服务中心提交购机发票和身份证。逾期不予受理。

| 机具 | 补贴（元） |
|---|---|
| 旋耕机 | 1500 |
| 播种机 | 2400 |
"""
QUESTIONS = [
    ["插秧机补多少", ["购买插秧机的，每台补贴6000元"], "6000元", ["同一农户全年补贴不超过5万元"], "amount"],
    ["要带啥材料", ["提交购机发票和身份证"], "购机发票和身份证", [], "list"],
    [
        "播种机呢",
        ["播种机~2400"],
        "2400",
        ["旋耕机~1500"],
        "amount",
        ["旋耕机补多少"],
        "swap",
        "播种机补多少",
    ],
    ["收割机补多少", [], "", ["购买插秧机的，每台补贴6000元"], "amount"],
    ["谢谢", [], "", [], "other", ["旋耕机补多少"], "none", ""],
    ["水泵的补贴", ["这句话文中没有"], "", [], "amount"],
]


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    with lzma.open(tmp_path / "documents" / "farms.jsonl.xz", "wt", encoding="utf-8") as pack:
        pack.write(json.dumps({"name": "补贴", "text": TEXT, "questions": QUESTIONS}, ensure_ascii=False))
    (tmp_path / "questions_short.jsonl").write_text('["税率？", "share"]\n', encoding="utf-8")
    return tmp_path


def test_sentences_and_rows_that_answer_are_found(packs: Path) -> None:
    (document,) = read_annotated(packs, [])
    assert [each.question for each in document.questions] == [row[0] for row in QUESTIONS[:5]]
    row = document.questions[2]
    number, line = row.answers[0]
    assert "2400" in document.stretches[number].lines[line].alone
    assert len(row.near) == 1


def test_what_answers_is_positive_and_what_only_looks_so_is_not(packs: Path) -> None:
    documents = read_annotated(packs, [])
    made = [each for seed in range(12) for each in examples(documents, seed)]
    assert not any(each.question == "谢谢" for each in made)
    for each in made:
        assert each.positive not in each.negatives
        if each.question == "插秧机补多少":
            assert each.span is not None
            assert each.positive[slice(*each.span)] == "6000元"
            assert not any("6000元" in text for text in each.negatives)
        if each.question == "收割机补多少":
            assert not each.positive
            assert any("6000元" in text for text in each.negatives)
    assert {each.question for each in made} >= {"播种机补多少", "要带啥材料"}


def test_labels_are_those_of_questions_that_stand_alone(packs: Path) -> None:
    found = {question: labels for question, labels, _ in labelled_questions(packs)}
    assert found["播种机补多少"] >= {"amount"}
    assert found["税率？"] >= {"share"}
    assert "谢谢" not in found


def test_the_shipped_packs_are_whole() -> None:
    packed = list(packed_documents())
    assert len(packed) > 500
    assert sum(len(rows) for *_, rows in packed) > 20_000
    assert all(rows and all(isinstance(row[0], str) for row in rows) for *_, rows in packed)
