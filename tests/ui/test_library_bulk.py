"""Several ticked articles changed or removed at once: who may, what is told, and what undo brings back."""

from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from assistant.settings import Settings
from index.duplicates import SAME_TEXT, Link
from index.removal import remove_article
from tests.ui.test_library_job import REQUEST, AccessOf
from ui.chats.store import ChatStore
from ui.people.person import Role
from ui.web.library_bulk import LibraryBulk, fields_of
from ui.web.library_card import LibraryCard
from ui.web.library_table import LibraryTable, View
from ui.web.permission import person_behind
from ui.web.workplace import Workplace

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture
def workplace(tmp_path: Path, settings: Settings) -> Workplace:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("甲", "乙", "丙"):
        (corpus / f"{name}.md").write_text(f"# {name}市<b>报告\n\n{name}市的产业营收达到三百亿元。", "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(settings.models_folder)
    own = settings.model_copy(
        update={"corpus": corpus, "data": tmp_path / "data", "index": tmp_path / "index"}
    )
    made = Workplace(own)
    made.prepare()
    return made


def sent(**fields: object) -> Any:
    return gr.EventData(None, fields)


def bulk_of(workplace: Workplace, access: AccessOf) -> LibraryBulk:
    bulk = LibraryBulk(workplace, access, "zh", LibraryCard(workplace, access, "zh").change)
    bulk.outputs = [None, None, None]
    return bulk


def test_an_editor_changes_and_removes_several_and_undo_names_it(workplace: Workplace) -> None:
    access, index = AccessOf(workplace.settings), workplace.index
    assert index is not None
    access.role = Role.EDITOR
    bulk = bulk_of(workplace, access)
    ids = [info.id for info in index.catalogue.articles()]

    def regions() -> set[str]:
        return {info.region for info in index.catalogue.articles()}

    done, _, told = bulk.do(sent(action="edit", articles=ids, field="region", value=" 湖 北 "), REQUEST)
    assert regions() == {"湖 北"}
    assert "3 篇的地区改为“湖 北”" in told
    assert "<b>" not in told
    bulk._undo(done, REQUEST)
    assert regions() == {""}

    done, _, told = bulk.do(sent(action="remove", articles=ids[:2]), REQUEST)
    assert len(index.catalogue.articles()) == 1
    assert "2 篇" in told
    access.role = Role.READER
    bulk._undo(done, REQUEST)
    assert len(index.catalogue.articles()) == 1, "who undoes it must be who did it"
    access.role = Role.EDITOR
    bulk._undo(done, REQUEST)
    assert len(index.catalogue.articles()) == 3


@pytest.mark.parametrize(
    ("role", "event"),
    [
        (None, {"action": "remove"}),
        (Role.READER, {"action": "remove"}),
        (Role.READER, {"action": "edit", "field": "region", "value": "x"}),
        (Role.EDITOR, {"action": "edit", "field": "collection", "value": "内部"}),
        (Role.EDITOR, {"action": "edit", "field": "title", "value": "x"}),
        (Role.EDITOR, {"action": "edit", "field": "date", "value": "gestern"}),
        (Role.EDITOR, {"action": "edit", "field": "region", "value": "x" * 501}),
        (Role.EDITOR, {"action": "edit", "articles": "no list", "field": "region", "value": "x"}),
        (Role.EDITOR, {"action": "remove", "articles": [{}, None, "nothing", "x" * 100_000]}),
        (Role.EDITOR, {"action": "remove", "articles": ["\ud800"] * 40_000}),
        (Role.EDITOR, {"action": ["remove"], "field": "\ud800", "value": 10**400}),
        (Role.EDITOR, {}),
    ],
)
def test_what_may_not_be_or_makes_no_sense_changes_nothing(
    workplace: Workplace, role: Role | None, event: dict[str, object]
) -> None:
    access, index = AccessOf(workplace.settings), workplace.index
    assert index is not None
    access.role = role
    before = index.catalogue.articles()
    bulk_of(workplace, access).do(sent(**{"articles": [info.id for info in before], **event}), REQUEST)
    assert index.catalogue.articles() == before
    assert fields_of(access, REQUEST) == (("region", "date", "source") if role is Role.EDITOR else ())


def test_half_a_character_is_stored_as_none_and_what_another_took_out_is_told(workplace: Workplace) -> None:
    access, index = AccessOf(workplace.settings), workplace.index
    assert index is not None
    access.role = Role.EDITOR
    bulk = bulk_of(workplace, access)
    (info, *_) = index.catalogue.articles()
    bulk.do(sent(action="edit", articles=[info.id], field="region", value="湖\ud800北"), REQUEST)
    article = index.catalogue.article(info.id)
    assert article is not None
    assert article.region == "湖\ufffd北"
    late = [article]
    remove_article(index, info.id)
    person = person_behind(access, REQUEST)
    assert person is not None
    assert bulk._remove(late, person, REQUEST) == bulk._unchanged()


def test_the_table_marks_copies_and_shows_what_is_new_until_it_was_looked_at(workplace: Workplace) -> None:
    access, index = AccessOf(workplace.settings), workplace.index
    assert index is not None
    access.role = Role.ADMIN
    store = ChatStore(workplace.settings.data / "chats.sqlite")
    tab = LibraryTable(workplace, access, "zh", store.visits)
    first, second, _ = (info.id for info in index.catalogue.articles())
    index.catalogue.store_links({}, [Link(older=first, newer=second, kind=SAME_TEXT, similarity=1)])
    view, drawn = tab.draw(REQUEST, View(), "", "", "", "")
    assert drawn.count('class="copy"') == 2
    assert 'value="collection"' in drawn
    assert "data-news" not in drawn

    corpus = workplace.settings.corpus
    (corpus / "丁.md").write_text("# 丁市报告\n\n丁市的产业营收达到四百亿元。", "utf-8")
    workplace.prepare()
    view, drawn = tab.draw(REQUEST, view, "", "", "", "")
    assert "新增 1 篇" in drawn
    view, drawn = tab.turn_news(REQUEST, view, "", "", "", "")
    assert "丁市报告" in drawn
    assert drawn.count("<tr data-article") == 1
    assert "data-news" not in tab.draw(REQUEST, View(), "", "", "", "")[1], "it counts as looked at"
    view, drawn = tab.turn_news(REQUEST, view, "", "", "", "")
    assert drawn.count("<tr data-article") == 4
    store.close()
