"""What a keyword store keeps to: words, phrases, weights, filters, changes that happen whole or not at all, damage."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.query import Filters
from index.stores.keyword_files import damage_of_folder
from index.stores.keyword_query import Articles
from index.stores.keyword_store import (
    KeywordDocument,
    KeywordsBusyError,
    KeywordsDamagedError,
    KeywordStore,
)

ROOT = Path(__file__).parents[3]
_ADD_ONE = """
import sys; from pathlib import Path
from index.stores.keyword_store import KeywordDocument, KeywordStore
with KeywordStore(Path(sys.argv[1])).changing() as writer:
    writer.add([KeywordDocument("other", "z", "标题", "", "补贴")])
"""


def document(id_: str, body: str, article: str = "a", **fields: object) -> KeywordDocument:
    return KeywordDocument(id_, article, **{"title": "", "heading": "", "body": body, **fields})  # type: ignore[arg-type]


def fill(store: KeywordStore, *documents: KeywordDocument) -> None:
    with store.changing() as writer:
        writer.add(documents)


def found(
    store: KeywordStore,
    *words: str,
    filters: Filters | None = None,
    years: list[int] | None = None,
    articles: Articles | None = None,
    most: int = 10,
) -> list[str]:
    return [id_ for id_, _ in store.search(list(words), filters or Filters(), years or [], most, articles)]


@pytest.fixture
def store(tmp_path: Path) -> KeywordStore:
    return KeywordStore(tmp_path / "keywords")


@pytest.fixture
def filled(store: KeywordStore) -> KeywordStore:
    """Three passages with what filters look at, and some that make words rare."""
    fill(
        store,
        document(
            "a1", "集成 电路 补贴 3.5%", years=[2024, 2025], year="2025", source="人民 日报", region="上海"
        ),
        document("b1", "集成 电路", "b", title="补贴 办法", year="2024", source="统计局", region="湖北"),
        document("c1", "电路 集成", "c", heading="补贴 范围"),
        *(document(f"n{n}", f"林业 第{n}条", "n") for n in range(20)),
    )
    return store


def test_words_of_title_heading_and_text_are_found_whole(filled: KeywordStore) -> None:
    assert set(found(filled, "补贴")) == {"a1", "b1", "c1"}
    assert found(filled, "3.5%") == ["a1"]
    assert found(filled, "3.5") == []
    assert found(filled, "补贴 办法") == ["b1"]
    assert (filled.passages_with("补贴"), filled.passages_with("集成 电路"), filled.count()) == (3, 2, 23)


def test_a_phrase_stands_in_one_part(store: KeywordStore) -> None:
    fill(
        store,
        document("a1", "甲 乙", heading="丙 丁", title="戊"),
        document("a2", "无关"),
        document("a3", "无关"),
    )
    assert found(store, "甲 乙") == ["a1"]
    for across in ("丁 甲", "乙 戊", "戊 丙", "乙 甲"):
        assert found(store, across) == [], across


def test_the_rarer_word_and_the_shorter_passage_weigh_more(store: KeywordStore) -> None:
    others = [document(f"n{n}", "企业 工作 会议") for n in range(8)]
    rare, common = document("rare", "稀土 工作 会议"), document("common", "企业 工作 会议")
    fill(store, *others, rare, common, document("long", "稀土 " + "会议 " * 40), document("no", "林业"))
    assert found(store, "稀土", "企业")[:2] == ["rare", "long"]
    scores = dict(store.search(["稀土", "企业"], Filters(), [], 20))
    # Three quarters of the passages hold it: it says nothing, and still they are found.
    assert 0 < scores["common"] < 1e-3
    assert len(scores) == 11


def test_equal_scores_come_in_one_order(store: KeywordStore) -> None:
    ids = [f"p{n:03d}" for n in range(40)]
    for part in (ids[20:], ids[:20]):
        fill(store, *(document(id_, "补贴") for id_ in part), *(document(f"n{id_}", "林业") for id_ in part))
    assert found(store, "补贴", most=40) == ids


@pytest.mark.parametrize(
    ("filters", "years", "expected"),
    [
        (Filters(), [2025], {"a1"}),
        (Filters(), [2023, 2024], {"a1"}),
        (Filters(years=[2024]), [], {"b1"}),
        (Filters(years=[2024, 2025]), [], {"a1", "b1"}),
        (Filters(sources=["人民 日报"]), [], {"a1"}),
        (Filters(regions=["湖北", "上海"], years=[2025]), [], {"a1"}),
        (Filters(regions=["湖北"]), [2025], set()),
        (Filters(years=[1999]), [], set()),
    ],
)
def test_filters(filled: KeywordStore, filters: Filters, years: list[int], expected: set[str]) -> None:
    assert set(found(filled, "补贴", filters=filters, years=years)) == expected
    scores = dict(filled.search(["补贴"], Filters(), [], 10))
    for id_, score in filled.search(["补贴"], filters, years, 10):
        assert score == pytest.approx(scores[id_])


def test_articles_that_may_be_seen_or_may_not(filled: KeywordStore) -> None:
    only, hidden = Articles(frozenset("ab")), Articles(frozenset("ab"), hidden=True)
    assert set(found(filled, "补贴", articles=only)) == {"a1", "b1"}
    assert set(found(filled, "补贴", articles=hidden)) == {"c1"}
    assert found(filled, "补贴", articles=Articles(frozenset())) == []
    assert found(filled, "补贴", filters=Filters(years=[2025]), articles=hidden) == []


@pytest.mark.parametrize(
    "words",
    [[], [""], [" "], ["从未出现"], ["从未 出现"], ['"'], ["AND"], ["words:补贴"], ["\0"], ["补" * 70_000]],
)
def test_words_that_nothing_holds(filled: KeywordStore, words: list[str]) -> None:
    assert filled.search(words, Filters(), [], 10) == []


def test_passages_are_replaced_and_removed(filled: KeywordStore) -> None:
    fill(filled, document("a1", "稀土"), document("a1", "稀土 补贴"))
    assert found(filled, "稀土") == ["a1"]
    with filled.changing() as writer:
        writer.remove(["a1", "never there"])
    assert (found(filled, "稀土"), filled.passages_with("补贴"), filled.count()) == ([], 2, 22)
    assert "a1" not in filled.ids()


def test_a_change_that_fails_has_not_happened(filled: KeywordStore) -> None:
    def fail() -> None:
        with filled.changing() as writer:
            writer.remove(["a1"])
            writer.add([document("d1", "补贴")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert set(found(filled, "补贴")) == {"a1", "b1", "c1"}
    fill(filled, document("d1", "补贴"))
    assert "d1" in found(filled, "补贴")


def test_another_process_writes_and_is_followed(filled: KeywordStore) -> None:
    subprocess.run([sys.executable, "-c", _ADD_ONE, str(filled.folder)], check=True, cwd=ROOT)
    assert "other" not in found(filled, "补贴")
    filled.reload()
    assert "other" in found(filled, "补贴")


def test_only_one_writes_at_a_time(filled: KeywordStore) -> None:
    with filled.changing() as writer:
        writer.remove(["a1"])
        with pytest.raises(KeywordsBusyError), KeywordStore(filled.folder).changing():
            pass
    assert found(filled, "3.5%") == []


def test_what_is_stored_is_its_owners_alone(filled: KeywordStore) -> None:
    assert not any(each.stat().st_mode & 0o077 for each in (filled.folder, *filled.folder.iterdir()))


def cut(file: Path) -> None:
    """Put half a file in its place: one that is mapped into memory, made shorter, ends the process."""
    half = file.with_name("half")
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    half.replace(file)


def flip(file: Path) -> None:
    """Change a byte of what the checksum is of, in place."""
    with file.open("r+b") as opened:
        first = opened.read(1)[0]
        opened.seek(0)
        opened.write(bytes([first ^ 255]))


@pytest.mark.parametrize("ending", ["idx", "term", "store", "fieldnorm", "pos", "del"])
@pytest.mark.parametrize("fault", [cut, flip, Path.unlink])
def test_damaged_files_are_known(filled: KeywordStore, ending: str, fault: Callable[[Path], None]) -> None:
    fill(filled, document("a1", "稀土"))
    assert damage_of_folder(filled.folder) == ""
    assert list(filled.folder.glob("*.del"))
    for file in filled.folder.glob(f"*.{ending}"):
        fault(file)
    assert damage_of_folder(filled.folder)


def test_a_list_of_files_that_cannot_be_read(filled: KeywordStore) -> None:
    (filled.folder / "meta.json").write_text("{")
    assert damage_of_folder(filled.folder)
    with pytest.raises(KeywordsDamagedError):
        KeywordStore(filled.folder)


def test_no_folder_and_an_empty_one_are_whole(tmp_path: Path) -> None:
    assert damage_of_folder(tmp_path / "none") == damage_of_folder(tmp_path) == ""
