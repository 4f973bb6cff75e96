"""Vectors of sentences: kept small, and made in the same reading as the passage's."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language.sentences import sentence_spans
from index.embeddings.base import PartEmbedder
from index.sentence_store import SentenceStore
from index.store import Index


def unit(values: np.ndarray) -> np.ndarray:
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_a_stored_cosine_is_within_a_hundredth(seed: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    vectors, asked = unit(draw.normal(size=(count, 384))), unit(draw.normal(size=(1, 384)))
    folder = tempfile.TemporaryDirectory()
    store = SentenceStore(Path(folder.name) / "sentences.sqlite")
    store.add(["p"], [vectors])
    number, cosine = store.nearest(asked, ["p", "unknown"])["p"]
    exact = vectors @ asked[0]
    assert cosine == pytest.approx(float(exact.max()), abs=0.01)
    assert exact[number] == pytest.approx(float(exact.max()), abs=0.01)
    store.close()
    folder.cleanup()


def test_passages_come_and_go(tmp_path: Path) -> None:
    store = SentenceStore(tmp_path / "sentences.sqlite")
    one, two = np.eye(3, 8, dtype=np.float32), np.eye(1, 8, 2, dtype=np.float32)
    store.add(["a", "b"], [one, two])
    assert store.ids() == {"a", "b"}
    assert store.nearest(np.eye(1, 8, 1, dtype=np.float32), ["a", "b"])["a"][0] == 1
    store.add(["a"], [two])
    assert store.nearest(np.eye(1, 8, 2, dtype=np.float32), ["a"])["a"] == (0, pytest.approx(1.0))
    store.remove(["a", "never there"])
    assert store.ids() == {"b"}
    store.add(["none"], [np.zeros((0, 8), np.float32)])
    assert "none" not in store.nearest(two, ["none"])
    store.close()


def test_parts_and_wholes_come_from_one_reading(sample_index: Index) -> None:
    embedder = sample_index.embedder
    assert isinstance(embedder, PartEmbedder)
    assert embedder.embeds_parts
    texts = ["上海的产业。2024年城镇新增就业1256万人。粮食产量为14130亿斤。", "只有一句。"]
    spans = [sentence_spans(text) for text in texts]
    wholes, parts = embedder.embed_parts(texts, spans)
    assert [rows.shape for rows in parts] == [(3, 384), (1, 384)]
    plain = embedder.embed_passages(texts)
    assert (np.sum(wholes * plain, axis=1) > 0.99).all()
    for rows in parts:
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-3)
    asked = embedder.embed_queries(["城镇新增就业多少人?", "粮食产量多少?"])
    assert (parts[0] @ asked[0]).argmax() == 1
    assert (parts[0] @ asked[1]).argmax() == 2


def test_what_is_cut_off_has_no_direction(sample_index: Index) -> None:
    text = "上海的产业发展很快。" * 200
    assert isinstance(sample_index.embedder, PartEmbedder)
    _, (rows,) = sample_index.embedder.embed_parts([text], [[(0, 10), (len(text) - 10, len(text))]])
    assert np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=1e-3)
    assert not rows[1].any()


def test_every_passage_of_an_index_has_its_sentences(sample_index: Index) -> None:
    assert sample_index.sentences.ids() == sample_index.catalogue.all_passage_ids()
