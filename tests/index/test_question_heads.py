"""What a question wants, as the learned heads read it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fit_question_heads import LABELS, fit, matrix
from index.kinds import Kind, kind_of
from index.question_heads import QuestionHeads, buckets_of, heads


@pytest.mark.parametrize(
    ("questions", "kind"),
    [
        (["修路花了多少钱", "参会的有几个人", "粮食总产量是多少万吨", "罚款上限"], Kind.AMOUNT),
        (["出口同比涨了百分之几", "税率是多少", "占全省的比重", "用水量增速多高"], Kind.SHARE),
        (["什么时候开始报名", "几号截止", "施行日期是哪天", "多久能办好"], Kind.DATE),
        (["为什么停产", "产量下滑的原因是什么"], Kind.REASON),
        (["搬家了能不能退费", "个体户可以申请吗", "是否需要公证"], Kind.YES_NO),
        (["要准备哪些材料", "有哪些城市入选"], Kind.LIST),
    ],
)
def test_the_kind_of_answer_is_read(questions: list[str], kind: Kind) -> None:
    found = [kind_of(question) for question in questions]
    assert found.count(kind) >= len(questions) - 1, dict(zip(questions, found, strict=True))


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    likely = heads().read(text)
    assert set(likely) == set(LABELS)
    assert all(0 <= each <= 1 for each in likely.values())


def test_figures_are_alike() -> None:
    assert np.array_equal(buckets_of("2021年产量多少？"), buckets_of("1987年产量多少"))


def test_fitted_weights_are_kept(tmp_path: Path) -> None:
    asked = [f"{thing}多少钱" for thing in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"]
    asked += [f"{thing}在什么地方" for thing in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"]
    held = np.zeros((len(asked), len(LABELS)), bool)
    held[:22, LABELS.index("amount")] = held[22:, LABELS.index("place")] = True
    fit(matrix(asked), held, np.ones(len(asked), bool)).save(tmp_path / "heads.npz")
    kept = QuestionHeads.load(tmp_path / "heads.npz")
    assert kept.read("天多少钱")["amount"] > 0.5 > kept.read("天在什么地方")["amount"]
    assert kept.read("天在什么地方")["place"] > 0.5
