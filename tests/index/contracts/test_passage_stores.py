"""What every store of passages keeps to, asked of each: Chroma in a folder and on a server, pgvector, and milvus-lite for Milvus."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Passage
from index.catalogue import Catalogue
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.query import Filters
from index.stores.base import EVERYTHING, PassageStore, Within
from index.stores.place import Place, open_store

ARTICLES = {
    "a": ArticleInfo(id="a", title="上海", date="2025-03-05", source="人民日报", region="上海"),
    "b": ArticleInfo(id="b", title="湖北", date="2024", source="统计局", region="湖北"),
    "c": ArticleInfo(id="c", title="无日期"),
}
AXES = np.eye(8, dtype=np.float32)
CLOSE = 1e-3
"""How near a cosine is to the exact one: pgvector keeps half precision."""


def passage(id_: str, article: str = "a", years: tuple[int, ...] = (), text: str = "文") -> Passage:
    return Passage(
        id=id_, article_id=article, position=0, text=text, start=0, end=len(text),
        heading_path=["一、总论"], years=list(years), periods=[str(year) for year in years],
    )  # fmt: skip


def towards(axis: int, other: int | None = None, share: float = 0.0) -> Vectors:
    """A unit vector along one axis, leaning to another by `share`; shape [1, 8]."""
    vector = AXES[axis] * (1 - share) + (AXES[other] * share if other is not None else 0)
    return (vector / np.linalg.norm(vector))[None].astype(np.float32)


def random_vectors(count: int) -> Vectors:
    """Unit vectors, [count, 8]."""
    vectors = np.random.default_rng(3).normal(size=(count, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


Open = Callable[[], PassageStore]


@pytest.fixture
def open_store_again(place: Place, tmp_path: Path) -> Iterator[Open]:
    """Opens the store that is put to the test, the same one each time."""
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    yield lambda: open_store(place, tmp_path, catalogue)
    catalogue.close()


@pytest.fixture
def store(open_store_again: Open) -> Iterator[PassageStore]:
    store = open_store_again()
    yield store
    store.close()


@pytest.fixture
def filled(store: PassageStore) -> PassageStore:
    """Three passages of two articles and one without date, source and region, each along an axis of its own."""
    passages = [
        passage("a1", "a", (2024, 2025)), passage("a2", "a", (2025,)), passage("b1", "b", (2024,)),
        passage("c1", "c"),
    ]  # fmt: skip
    store.add(passages, ARTICLES, AXES[:4])
    return store


def found(
    store: PassageStore, speak_of: list[int] | None = None, most: int = 10, **filters: list
) -> set[str]:
    within = Within(Filters(**filters), tuple(speak_of or ()))
    return {id_ for id_, _ in store.nearest(towards(0), within, most)[0]}


# -- the contract


def test_an_empty_store(store: PassageStore) -> None:
    assert store.count() == 0
    assert store.ids() == set()
    assert store.nearest(towards(0), EVERYTHING, 5)[0] == []
    assert store.cosines(towards(0), ["a1"]) == [{}]
    assert store.unreadable(["a1"]) == {"a1"}
    store.remove(["a1"])


def test_what_was_added_is_there(filled: PassageStore) -> None:
    assert filled.count() == 4
    assert filled.ids() == {"a1", "a2", "b1", "c1"}
    assert filled.unreadable(["a1", "a2", "b1", "c1"]) == set()
    filled.add([], ARTICLES, AXES[:0])
    assert filled.count() == 4


def test_the_nearest_come_first_with_their_cosines(filled: PassageStore) -> None:
    hits = filled.nearest(towards(2, 1, 0.3), EVERYTHING, 2)[0]
    assert [id_ for id_, _ in hits] == ["b1", "a2"]
    expected = towards(2, 1, 0.3)[0]
    assert np.allclose([cosine for _, cosine in hits], [expected[2], expected[1]], atol=CLOSE)


def test_several_questions_are_answered_at_once(filled: PassageStore) -> None:
    vectors = np.concatenate([towards(3), towards(0, 1, 0.4)])
    assert [[id_ for id_, _ in each] for each in filled.nearest(vectors, EVERYTHING, 2)][1] == ["a1", "a2"]
    assert filled.nearest(vectors, EVERYTHING, 2)[0][0] == ("c1", pytest.approx(1, abs=CLOSE))
    first, second = filled.cosines(vectors, ["a1", "c1"])
    assert first == pytest.approx({"a1": 0, "c1": 1}, abs=CLOSE)
    assert second == pytest.approx({"a1": float(vectors[1, 0]), "c1": 0}, abs=CLOSE)


def test_ids_come_in_pages(filled: PassageStore) -> None:
    pages = list(filled.id_pages(3))
    assert sorted(map(len, pages)) == [1, 3]
    assert sorted(id_ for page in pages for id_ in page) == ["a1", "a2", "b1", "c1"]


@pytest.mark.parametrize(
    "source", ['"', "'", "\\", "甲'; DROP TABLE x; --", "a\nb", "{a}", ":a", "%s", '\\" or id != "']
)
def test_signs_of_a_filter_stand_for_themselves(store: PassageStore, source: str) -> None:
    odd = {"a": ARTICLES["a"].model_copy(update={"source": source, "region": source}), "b": ARTICLES["b"]}
    store.add([passage("a1"), passage("b1", "b")], odd, AXES[:2])
    assert found(store, sources=[source]) == {"a1"}
    assert found(store, regions=[source], sources=[source, "x"]) == {"a1"}


def test_asking_for_more_than_there_is(filled: PassageStore) -> None:
    assert len(filled.nearest(towards(0), EVERYTHING, 100)[0]) == 4


def test_adding_again_replaces(filled: PassageStore) -> None:
    filled.add([passage("a1", "b", (2026,))], ARTICLES, towards(5))
    assert filled.count() == 4
    assert filled.nearest(towards(5), EVERYTHING, 1)[0][0] == ("a1", pytest.approx(1, abs=CLOSE))
    # What was told of the old one is gone with it.
    assert found(filled, [2025]) == {"a2"}
    assert found(filled, [2026]) == {"a1"}
    assert found(filled, regions=["上海"]) == {"a2"}
    assert found(filled, regions=["湖北"]) == {"a1", "b1"}


def test_what_was_removed_is_gone(filled: PassageStore) -> None:
    filled.remove(iter(["a1", "c1", "never there"]))
    assert filled.ids() == {"a2", "b1"}
    assert filled.count() == 2
    assert found(filled) == {"a2", "b1"}
    assert filled.cosines(towards(0), ["a1"]) == [{}]
    assert filled.unreadable(["a1", "a2"]) == {"a1"}
    filled.remove([])
    assert filled.count() == 2


def test_removed_and_added_again(filled: PassageStore) -> None:
    filled.remove(["a1"])
    filled.add([passage("a1", "c")], ARTICLES, towards(6))
    assert filled.nearest(towards(6), EVERYTHING, 1)[0][0][0] == "a1"
    assert found(filled, [2024]) == {"b1"}


@pytest.mark.parametrize(
    ("filters", "years", "expected"),
    [
        ({}, [], {"a1", "a2", "b1", "c1"}),
        ({"regions": ["上海"]}, [], {"a1", "a2"}),
        ({"regions": ["上海", "湖北"]}, [], {"a1", "a2", "b1"}),
        ({"sources": ["统计局"]}, [], {"b1"}),
        ({"years": [2025]}, [], {"a1", "a2"}),
        ({"years": [2024, 2025]}, [], {"a1", "a2", "b1"}),
        ({}, [2024], {"a1", "b1"}),
        ({}, [2024, 2025], {"a1", "a2", "b1"}),
        ({"regions": ["上海"]}, [2024], {"a1"}),
        ({"regions": ["上海"], "sources": ["人民日报"], "years": [2025]}, [2024, 2026], {"a1"}),
        ({"regions": ["上海"], "sources": ["统计局"]}, [], set()),
        ({}, [1999], set()),
    ],
)
def test_filters_and_years_leave_out(
    filled: PassageStore, filters: dict, years: list[int], expected: set[str]
) -> None:
    assert found(filled, years, **filters) == expected


def test_a_filter_reaches_past_nearer_passages(store: PassageStore) -> None:
    near = [passage(f"a{number}", "a", (2025,)) for number in range(300)]
    vectors = random_vectors(300) * 0.2 + towards(0)
    store.add(near, ARTICLES, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    store.add([passage("b1", "b", (2024,))], ARTICLES, towards(7))
    assert found(store, [2024], most=1) == {"b1"}
    assert found(store, regions=["湖北"], most=1) == {"b1"}


def test_cosines_with_named_passages(filled: PassageStore) -> None:
    vector = towards(1, 3, 0.25)
    (cosines,) = filled.cosines(vector, ["c1", "a2", "never there"])
    assert cosines == pytest.approx({"c1": float(vector[0, 3]), "a2": float(vector[0, 1])}, abs=CLOSE)
    assert filled.cosines(vector, []) == [{}]


def test_more_than_goes_in_at_once(store: PassageStore) -> None:
    vectors = random_vectors(2100)
    passages = [passage(f"p{number}", "b") for number in range(2100)]
    store.add(passages, ARTICLES, vectors)
    assert store.count() == 2100
    assert store.unreadable([p.id for p in passages] + ["never there"]) == {"never there"}
    for number in (0, 499, 500, 2099):
        assert store.nearest(vectors[number : number + 1], EVERYTHING, 1)[0][0][0] == f"p{number}"
    store.remove([f"p{number}" for number in range(2050)])
    assert store.ids() == {f"p{number}" for number in range(2050, 2100)}


def test_all_is_there_after_opening_again(open_store_again: Open) -> None:
    store = open_store_again()
    store.add([passage("a1", "a", (2025,)), passage("b1", "b")], ARTICLES, AXES[:2])
    store.remove(["b1"])
    store.close()
    again = open_store_again()
    assert again.ids() == {"a1"}
    assert found(again, [2025], regions=["上海"]) == {"a1"}
    assert again.unreadable(["a1"]) == set()
    again.close()


def test_reopen_keeps_all_and_goes_on(filled: PassageStore) -> None:
    filled.reopen()
    assert filled.ids() == {"a1", "a2", "b1", "c1"}
    filled.add([passage("a3")], ARTICLES, towards(4))
    assert filled.nearest(towards(4), EVERYTHING, 1)[0][0][0] == "a3"


def test_an_index_that_is_moved_finds_its_passages(place: Place, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    catalogue = Catalogue(tmp_path / "here" / "catalogue.sqlite")
    store = open_store(place, tmp_path / "here", catalogue)
    store.add([passage("a1")], ARTICLES, towards(0))
    store.close()
    catalogue.close()
    shutil.move(tmp_path / "here", tmp_path / "there")
    catalogue = Catalogue(tmp_path / "there" / "catalogue.sqlite")
    moved = open_store(place, tmp_path / "there", catalogue)
    assert moved.ids() == {"a1"}
    moved.close()
    catalogue.close()


def test_threads_may_share_it(filled: PassageStore) -> None:
    def work(number: int) -> set[str]:
        if number % 4 == 0:
            filled.add([passage(f"t{number}", "c")], ARTICLES, towards(7))
        if number % 9 == 0:
            filled.reopen()
        return found(filled, regions=["上海"])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(24))) == [{"a1", "a2"}] * 24
    assert {f"t{number}" for number in range(0, 24, 4)} <= filled.ids()
