"""The catalogue by itself, and filtered vectors among many: what is fast must say the same as what is simple."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy.exc import IntegrityError

from corpus.model import Article, Passage, Section
from index.catalogue import Catalogue, FileRecord
from index.catalogue.place import CatalogueOnServer
from index.duplicates import VERSION, Link
from index.embedding import info_of
from index.hit import ArticleInfo
from index.query import Filters
from index.vectors import VectorStore
from index.words import words


@pytest.fixture
def catalogue(catalogue_place: Path | CatalogueOnServer) -> Iterator[Catalogue]:
    catalogue = Catalogue(catalogue_place)
    yield catalogue
    catalogue.close()


def article_of(
    id_: str, texts: list[str], *, years: list[int] | None = None
) -> tuple[Article, list[Passage]]:
    whole = "\n".join(texts)
    article = Article(
        id=id_, title=f"标题{id_}", text=whole, date="2025-03-05", source="人民日报", region="上海",
        sections=[Section(path=["一、总论"], start=0, end=len(whole))], origins={"date": "field"},
    )  # fmt: skip
    passages = [
        Passage(
            id=f"{id_}-{n}", article_id=id_, position=n, text=text, start=0, end=len(text), years=years or []
        )
        for n, text in enumerate(texts)
    ]
    return article, passages


def store(catalogue: Catalogue, path: str, *made: tuple[Article, list[Passage]]) -> None:
    catalogue.replace_file(
        FileRecord(path, "", []), [article for article, _ in made], [each for _, own in made for each in own]
    )
    catalogue.keywords.catch_up()


# -- words


def test_words_that_most_passages_hold_still_find_them(catalogue: Catalogue) -> None:
    store(catalogue, "a.md", article_of("a", ["企业补贴。"] * 5))
    for asked in (["企业"], ["企业", "补贴"], ["企业", "从未出现"]):
        assert len(catalogue.keywords.search(asked, Filters(), [], 10)) == 5
    assert catalogue.keywords.search(["从未出现"], Filters(), [], 10) == []
    assert catalogue.keywords.search([], Filters(), [], 10) == []


def test_years_are_no_words_of_the_text(catalogue: Catalogue) -> None:
    store(catalogue, "a.md", article_of("a", ["型号Y2025与ｙ2024的补贴。"]))
    store(catalogue, "b.md", article_of("b", ["补贴。"], years=[2024, 2025]))

    def found(asked: list[str], years: list[int]) -> list[str]:
        return [id_ for id_, _ in catalogue.keywords.search(asked, Filters(), years, 10)]

    assert found(["补贴"], [2025]) == ["b-0"]
    assert found(["补贴"], [2023, 2024]) == ["b-0"]
    assert found(words("ｙ2025"), []) == ["a-0"]
    assert found(["2025"], []) == []


# -- counts


def test_counts_follow_every_change(catalogue: Catalogue, catalogue_place: Path | CatalogueOnServer) -> None:
    def counted() -> tuple[tuple[int, int], int]:
        return catalogue.counts(), catalogue.passages_with("补贴")

    assert counted() == ((0, 0), 0)
    store(catalogue, "a.md", article_of("a", ["补贴。", "林业。"]))
    assert counted() == ((1, 2), 1)
    assert counted() == ((1, 2), 1)
    other = Catalogue(catalogue_place)
    store(other, "b.md", article_of("b", ["补贴。", "补贴。"]))
    assert counted() == ((2, 4), 3)
    other.remove_file("a.md")
    other.keywords.catch_up()
    assert counted() == ((1, 2), 2)
    other.close()
    catalogue.remove_file("b.md")
    catalogue.keywords.catch_up()
    assert counted() == ((0, 0), 0)


def test_counts_after_a_change_that_failed(catalogue: Catalogue) -> None:
    made = article_of("a", ["补贴。"])
    store(catalogue, "a.md", made)
    assert catalogue.counts() == (1, 1)
    with pytest.raises(IntegrityError):
        store(catalogue, "b.md", made)
    assert (catalogue.counts(), catalogue.passages_with("补贴")) == ((1, 1), 1)


# -- articles


def test_articles_come_back_as_they_were_stored(catalogue: Catalogue) -> None:
    first, second = article_of("a", ["第一。", "第二。"]), article_of("b", ["第三。"], years=[2025])
    store(catalogue, "a.md", first, second)
    assert catalogue.article("a") == first[0]
    assert catalogue.article("c") is None
    assert {info.id: info for info in catalogue.articles()} == {
        "a": info_of(first[0]),
        "b": info_of(second[0]),
    }
    assert catalogue.passages_of("a") == first[1]
    assert catalogue.passages(["b-0", "a-1", "never there"]) == {
        "a-1": (first[1][1], info_of(first[0])),
        "b-0": (second[1][0], info_of(second[0])),
    }
    assert catalogue.passages([]) == {}


def test_a_moved_file_is_told_everywhere(catalogue: Catalogue) -> None:
    article, passages = article_of("a", ["第一。"])
    store(catalogue, "a.md", (article.model_copy(update={"file": "a.md"}), passages))
    catalogue.move_file("a.md", "new.md")
    moved = catalogue.article("a")
    assert moved is not None
    assert moved == article.model_copy(update={"file": "new.md"})
    assert catalogue.passages(["a-0"])["a-0"][1].file == "new.md"
    assert catalogue.passage_ids_of_file("new.md") == ["a-0"]


def test_superseded_among_many(catalogue: Catalogue) -> None:
    link = Link(older="a", newer="b", kind=VERSION, similarity=0.7)
    catalogue.store_links({"a": None, "b": None}, [link])
    assert catalogue.superseded(["a", "b", "c"]) == {"a"}
    assert catalogue.superseded([]) == set()


# -- filtered vectors among many

_STORED = 6_000
_WANTED = 20


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[VectorStore, np.ndarray, np.ndarray]]:
    """A store, its vectors [stored, 16] and what passages speak of: of 2025 the nearer half of them to the first axis.

    One in a hundred speaks of 2012 as well.
    """
    vectors = np.random.default_rng(5).normal(size=(_STORED, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    year = np.where(vectors[:, 0] > np.median(vectors[:, 0]), 2025, 2024)
    passages = [
        Passage(
            id=f"p{n}", article_id="a", position=n, text="文", start=0, end=1,
            years=[int(year[n]), *([2012] if n % 100 == 0 else [])],
        )
        for n in range(_STORED)
    ]  # fmt: skip
    store = VectorStore(tmp_path_factory.mktemp("vectors") / "chroma")
    store.add(passages, {"a": ArticleInfo(id="a", title="文")}, vectors)
    yield store, vectors, year
    store.close()


def nearest(vectors: np.ndarray, vector: np.ndarray, allowed: np.ndarray) -> list[str]:
    cosines = np.where(allowed, vectors @ vector[0], -2.0)
    return [f"p{n}" for n in np.argsort(-cosines)[:_WANTED]]


def test_filtered_neighbours_are_the_exact_ones(many: tuple[VectorStore, np.ndarray, np.ndarray]) -> None:
    store, vectors, year = many
    draw = np.random.default_rng(6)
    rare = np.arange(_STORED) % 100 == 0
    near_2025 = np.eye(16, dtype=np.float32)[:1]
    for vector in (near_2025, *(draw.normal(size=(1, 16)).astype(np.float32) for _ in range(10))):
        vector /= np.linalg.norm(vector)
        # All of the nearest to the first axis speak of 2025, so those of 2024 are not among the first fetched.
        for years, allowed in (
            ([2025], year == 2025),
            ([2024], year == 2024),
            ([2012], rare),
            ([2012, 2024, 2025], year > 0),
        ):
            found = store.search(vector, Filters(), years, _WANTED)
            exact = nearest(vectors, vector, allowed)
            assert len({id_ for id_, _ in found} & set(exact)) >= 0.9 * _WANTED, years
            cosines = [cosine for _, cosine in found]
            assert cosines == sorted(cosines, reverse=True)
            assert cosines[0] == pytest.approx(float(vectors[int(found[0][0][1:])] @ vector[0]), abs=1e-3)
        assert store.search(vector, Filters(), [1999], _WANTED) == []


def test_what_is_stored_later_is_found_under_its_year(
    many: tuple[VectorStore, np.ndarray, np.ndarray],
) -> None:
    store, vectors, _ = many
    assert store.search(vectors[:1], Filters(), [2012], 1)[0][0] == "p0"
    later = Passage(id="later", article_id="a", position=0, text="文", start=0, end=1, years=[2012])
    store.add([later], {"a": ArticleInfo(id="a", title="文")}, -vectors[:1])
    assert store.search(-vectors[:1], Filters(), [2012], 1)[0][0] == "later"
    store.remove(["later"])
    assert store.search(-vectors[:1], Filters(), [2012], 1)[0][0] != "later"
