"""The pages of the library's table."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Article, Passage
from index.catalogue import Catalogue, FileRecord
from index.catalogue.article_list import ORDERS, Listing
from index.query import Filters
from tests.index.catalogue_places import place_of

ROWS = [
    # id, title, date, source, region, file, passages
    ("a", "上海集成电路", "2025-03-05", "人民日报", "上海", "/x/one/z.md", 3),
    ("b", "江苏100%达标", "2024", "新华社", "江苏", "/x/two/y.md", 1),
    ("c", "Hubei_chips", "", "", "湖北", "/x/three/x.md", 2),
    ("d", "上海就业", "2024-05", "新华社", "上海", "/x/four/w.md", 0),
]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    catalogue = Catalogue(place_of(request.param, tmp_path_factory.mktemp("list"), request))
    for id_, title, date, source, region, file, passages in ROWS:
        article = Article(
            id=id_,
            title=title,
            date=date,
            source=source,
            region=region,
            file=file,
            text="短句。",
            sections=[],
        )
        cut = [
            Passage(id=f"{id_}{n}", article_id=id_, position=n, text="短句。", start=0, end=3)
            for n in range(passages)
        ]
        catalogue.replace_file(FileRecord(file, "digest", []), [article], cut)
    yield catalogue
    catalogue.close()


def ids(catalogue: Catalogue, listing: Listing, filters: Filters | None = None) -> list[str]:
    return [row.id for row in catalogue.list_articles(listing, filters or Filters())[0]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("title", ["c", "d", "a", "b"]),
        ("date", ["c", "b", "d", "a"]),
        ("passages", ["d", "b", "c", "a"]),
        ("file", ["d", "c", "b", "a"]),
    ],
)
def test_every_column_sorts_both_ways(catalogue: Catalogue, order: str, expected: list[str]) -> None:
    assert ids(catalogue, Listing(order=order, descending=False)) == expected
    assert ids(catalogue, Listing(order=order, descending=True)) == expected[::-1]


def test_like_values_are_sorted_newest_first_either_way(catalogue: Catalogue) -> None:
    assert ids(catalogue, Listing(order="region", descending=False))[:2] == ["a", "d"]
    assert ids(catalogue, Listing(order="source", descending=True)) == ["d", "b", "a", "c"]


def test_all_words_of_a_search_must_occur_somewhere(catalogue: Catalogue) -> None:
    assert ids(catalogue, Listing(text="上海")) == ["a", "d"]
    assert ids(catalogue, Listing(text="上海 新华社")) == ["d"]
    assert ids(catalogue, Listing(text="hubei")) == ["c"]
    assert ids(catalogue, Listing(text="2024-05")) == ["d"]
    assert ids(catalogue, Listing(text="y.md")) == ["b"]
    assert ids(catalogue, Listing(text="没有这样的文章")) == []


def test_folders_are_not_searched_and_signs_stand_for_themselves(catalogue: Catalogue) -> None:
    assert ids(catalogue, Listing(text="three")) == []
    assert ids(catalogue, Listing(text="0%达")) == ["b"]
    assert ids(catalogue, Listing(text="上%业")) == []
    assert ids(catalogue, Listing(text="i_c")) == ["c"]
    assert ids(catalogue, Listing(text="上_集")) == []


def test_filters_narrow_and_the_total_counts_all_pages(catalogue: Catalogue) -> None:
    rows, total = catalogue.list_articles(Listing(limit=1, offset=1), Filters(years=[2024]))
    assert ([row.id for row in rows], total) == (["b"], 2)
    assert ids(catalogue, Listing(), Filters(sources=["新华社"], regions=["上海"])) == ["d"]
    assert ids(catalogue, Listing(article_id="a"), Filters(regions=["江苏"])) == []


def test_a_row_tells_its_passages_and_file(catalogue: Catalogue) -> None:
    row = catalogue.list_articles(Listing(article_id="a"), Filters())[0][0]
    assert (row.passages, row.file_name, row.file) == (3, "z.md", "/x/one/z.md")
    assert catalogue.article_ids_of_file("/x/one/z.md") == ["a"]


def test_years_are_listed_once(catalogue: Catalogue) -> None:
    assert catalogue.values_of("year") == ["2024", "2025"]


@given(text=st.text(max_size=30), order=st.sampled_from(sorted(ORDERS)), descending=st.booleans())
def test_any_search_is_answered(catalogue: Catalogue, text: str, order: str, descending: bool) -> None:
    rows, total = catalogue.list_articles(Listing(text=text, order=order, descending=descending), Filters())
    assert len(rows) == total <= len(ROWS)
