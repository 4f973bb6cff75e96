from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import open_index
from assistant.settings import Settings
from corpus.problem import Problem
from index.bulk_edits import edit_articles, undo_edits
from index.edits import correct_article
from index.query import Filters
from index.removal import remove_articles, restore_articles
from index.store import Index
from index.sync import ingest
from ui.chats.moments import now


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[tuple[Index, Path]]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("甲", "乙", "丙"):
        text = f"# {name}市产业报告\n\n来源：{name}市日报\n日期：2024-05-01\n\n{name}市的集成电路产业营收达到三百亿元。"
        (corpus / f"{name}.md").write_text(text, "utf-8")
    lines = [
        f'{{"title": "第{n}份通报", "text": "第{n}份通报说，检查已经完成，情况良好。", "date": "2023-01-0{n}"}}'
        for n in (1, 2, 3)
    ]
    (corpus / "通报.jsonl").write_text("\n".join(lines), "utf-8")
    index = open_index(settings.model_copy(update={"index": tmp_path / "index", "data": tmp_path}))
    ingest(index, [corpus])
    yield index, corpus
    index.close()


def ids_of(index: Index, *words: str) -> list[str]:
    return [info.id for info in index.catalogue.articles() if any(word in info.title for word in words)]


def test_several_are_set_right_and_back_although_a_file_is_gone(library: tuple[Index, Path]) -> None:
    index, corpus = library
    before = {info.id: info for info in index.catalogue.articles()}
    ids = ids_of(index, "甲市", "乙市", "第1份", "第2份")
    correct_article(index, ids_of(index, "乙市")[0], {"region": "旧地"})
    (corpus / "甲.md").unlink()
    undo = edit_articles(index, [*ids, "nothing"], {"region": "湖北"})
    assert set(undo) == set(ids)
    assert {index.catalogue.article(id_).region for id_ in ids} == {"湖北"}  # type: ignore[union-attr]
    filters = Filters(regions=["湖北"])
    assert index.catalogue.find_articles(filters)[1] == 4
    assert edit_articles(index, ids, {"region": "湖北"}) == {}
    # The next reading of the files keeps it, and what stood beside them in the file stays as it was.
    ingest(index, [corpus / "通报.jsonl", corpus / "乙.md"])
    assert index.catalogue.find_articles(filters)[1] == 4
    assert len(ids_of(index, "份通报")) == 3

    assert set(undo_edits(index, undo)) == set(ids)
    assert index.catalogue.find_articles(filters)[1] == 0
    after = {info.id: info for info in index.catalogue.articles()}
    other = ids_of(index, "乙市")[0]
    assert after[other].region == "旧地"
    assert {id_: info for id_, info in after.items() if id_ != other} == {
        id_: info for id_, info in before.items() if id_ != other
    }
    assert {field for values in index.catalogue.corrections().values() for field in values} == {"region"}


def test_a_collection_holds_at_once_and_its_undoing_leaves_nothing_open(library: tuple[Index, Path]) -> None:
    index, _ = library
    ids = ids_of(index, "甲市", "第1份")
    undo = edit_articles(index, ids, {"collection": "内部"})
    assert not set(ids) & {info.id for info in index.catalogue.articles([])}
    moved = edit_articles(index, ids, {"collection": ""})
    assert set(ids) <= {info.id for info in index.catalogue.articles([])}
    undo_edits(index, moved)
    assert not set(ids) & {info.id for info in index.catalogue.articles([])}
    undo_edits(index, undo)
    assert set(ids) <= {info.id for info in index.catalogue.articles([])}


def test_several_are_removed_and_brought_back(library: tuple[Index, Path]) -> None:
    index, corpus = library
    ids = ids_of(index, "甲市", "第1份", "第3份")
    assert set(remove_articles(index, [*ids, "nothing"])) == set(ids)
    ingest(index, [corpus])
    assert len(index.catalogue.articles()) == 3
    assert not index.catalogue.all_passage_ids() - {
        passage.id for info in index.catalogue.articles() for passage in index.catalogue.passages_of(info.id)
    }
    (corpus / "甲.md").unlink()
    back = restore_articles(index, ids)
    (gone,) = set(ids) - set(back)
    assert index.catalogue.corrections() == {gone: {"removed": str(corpus / "甲.md")}}
    assert len(ids_of(index, "份通报")) == 3
    for values, code in (({"text": "x"}, "no_such_field"), ({"date": "gestern"}, "not_a_date")):
        with pytest.raises(Problem, match=code):
            edit_articles(index, ids, values)


def test_what_came_after_a_moment_is_new_once(library: tuple[Index, Path]) -> None:
    index, corpus = library
    assert index.catalogue.arrived("2020-01-01T00:00:00.000+00:00") == 6
    since = now()
    (corpus / "甲.md").write_text("# 甲市产业报告\n\n甲市的集成电路产业营收达到四百亿元。", "utf-8")
    (corpus / "丁.md").write_text("# 丁市产业报告\n\n丁市的集成电路产业营收达到五百亿元。", "utf-8")
    ingest(index, [corpus])
    assert index.catalogue.arrived(since) == 1
    edit_articles(index, ids_of(index, "丁市"), {"collection": "内部"})
    assert index.catalogue.arrived(since, []) == 0
    assert index.catalogue.arrived(since, ["内部"]) == 1


def test_undo_leaves_what_somebody_changed_since(library: tuple[Index, Path]) -> None:
    index, _ = library
    ids = ids_of(index, "甲市", "乙市")
    undo = edit_articles(index, ids, {"region": "湖北", "collection": "内部"})
    correct_article(index, ids[0], {"collection": "绝密"})
    assert undo_edits(index, undo) == ids[1:]
    article = index.catalogue.article(ids[0])
    assert article is not None
    assert (article.region, article.collection) == ("", "绝密")
    assert ids[0] not in {info.id for info in index.catalogue.articles(["内部"])}
    assert undo_edits(index, undo) == [], "a second time there is nothing to put back"


def test_undo_gives_what_the_file_holds_now(library: tuple[Index, Path]) -> None:
    index, corpus = library
    (id_,) = ids_of(index, "甲市")
    undo = edit_articles(index, [id_], {"source": "某报"})
    file = corpus / "甲.md"
    file.write_text(file.read_text("utf-8").replace("甲市日报", "甲市晚报"), "utf-8")
    ingest(index, [corpus])
    undo_edits(index, undo)
    article = index.catalogue.article(id_)
    assert article is not None
    assert article.source == "甲市晚报"
