"""The notebook: kept in order, private, and silent about articles that may not be read any more."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document

from assistant.model import Answer, Citation
from assistant.settings import Settings
from corpus.problem import Problem
from index.query import Filters
from index.state import StatePlace
from index.store import Index
from tests.ui.test_chat_tab import AccessOf, request_of
from ui.chats.notebook import Passage
from ui.chats.notebook_files import notebook_as_docx, notebook_as_markdown
from ui.chats.store import ChatStore
from ui.people.person import Person, Role
from ui.web.collecting import selected_passage
from ui.web.notebook_tab import NotebookTab, Opened

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def passage(number: int, article: str = "a") -> Passage:
    return Passage(
        article, f"标题{number}", "一", "2026-01-01", "来源", "", f"第{number}句。", number, number + 4
    )


@pytest.fixture
def store(chats_at: StatePlace) -> Iterator[ChatStore]:
    opened = ChatStore(chats_at)
    yield opened
    opened.close()


def quotes(store: ChatStore, owner: str = "an") -> list[str]:
    return [note.passage.quote for note in store.notebook.notes(owner)]


def test_notes_are_kept_in_ones_own_order_and_a_removed_one_comes_back_to_its_place(store: ChatStore) -> None:
    book = store.notebook
    assert [book.add("an", passage(number), f"批注{number}") for number in (1, 2, 3)] == [True] * 3
    assert not book.add("an", passage(2)), "it is there already"
    first, second, third = (note.id for note in book.notes("an"))
    book.move(third, "an", up=True)
    book.move(first, "an", up=True)
    assert quotes(store) == ["第1句。", "第3句。", "第2句。"]
    book.remove(third, "an")
    book.move(second, "an", up=True)
    assert quotes(store) == ["第2句。", "第1句。"]
    book.restore(third, "an")
    assert set(quotes(store)) == {"第1句。", "第2句。", "第3句。"}
    book.write(first, "an", "  改了 ")
    changed = book.note(first, "an")
    assert changed is not None
    assert changed.text == "改了"


def test_nobody_reaches_the_notes_of_another_and_an_account_that_goes_takes_them(store: ChatStore) -> None:
    store.notebook.add("an", passage(1))
    (note,) = store.notebook.notes("an")
    store.notebook.write(note.id, "bo", "x")
    store.notebook.remove(note.id, "bo")
    store.notebook.move(note.id, "bo", up=False)
    assert store.notebook.note(note.id, "bo") is None
    assert store.notebook.notes("an") == [note]
    store.sources.keep("", "an", Filters(articles=["a"]))
    store.hand_over("an", "an (gone)")
    assert not store.sources.of("", "an")
    assert store.notebook.notes("an") == []
    store.notebook.remove(note.id, "an (gone)")
    store.purge(datetime.now(timezone.utc) + timedelta(days=1))
    store.notebook.restore(note.id, "an (gone)")
    assert store.notebook.notes("an (gone)") == []


def test_exports_hold_sources_dates_and_notes_and_nothing_of_what_may_not_be_read(store: ChatStore) -> None:
    store.notebook.add("an", passage(1), "我的*批注*\n第二行")
    store.notebook.add("an", passage(2, "hidden"), "还在")
    notes = store.notebook.notes("an")
    told = notebook_as_markdown(notes, {"a"}, "zh")
    word = "\n".join(
        each.text for each in Document(io.BytesIO(notebook_as_docx(notes, {"a"}, "zh"))).paragraphs
    )
    for text in (told, word):
        assert "第1句。" in text
        assert "《标题1》，一，2026-01-01，来源" in text
        assert "还在" in text
        assert "标题2" not in text
        assert "第2句" not in text
    assert "我的\\*批注\\*" in told


class Collecting:
    """The tab over the sample library, and who uses it."""

    def __init__(self, folder: Path, index: Index) -> None:
        settings = Settings(_env_file=None, data=folder)
        self.store = ChatStore(folder / "chats.sqlite")
        self.access = AccessOf(settings)
        self.workplace: Any = SimpleNamespace(settings=settings, index=index)
        self.tab = NotebookTab(self.workplace, self.access, self.store, "zh")
        self.opened = Opened()

    def do(self, **deed: str) -> str:
        event: Any = SimpleNamespace(_data=deed)
        drawn, self.opened = self.tab._do(self.opened, event, request_of("p"))
        return drawn


@pytest.fixture
def collecting(tmp_path: Path, sample_index: Index) -> Collecting:
    return Collecting(tmp_path, sample_index)


def test_passages_are_collected_from_answers_and_articles_and_changes_are_undone(
    collecting: Collecting,
) -> None:
    info = collecting.workplace.index.catalogue.articles()[0]
    article = collecting.workplace.index.catalogue.article(info.id)
    text = article.text
    citation = Citation(n=1, article_id=info.id, title=info.title, quote=text[5:25], start=5, end=25)
    chat = collecting.store.begin("ann", "问")
    answer = Answer(question="问", standalone_question="问", answer="答。[1]", citations=[citation])
    collecting.store.keep(chat, "问", answer)
    (turn,) = collecting.store.turns(chat)
    collecting.do(name="cite", of=f"{turn.id}/1", text="<i>重要</i>")
    collecting.do(name="cite", of=f"{turn.id}/7")
    selected = " \n\t".join([text[40:50].strip(), text[50:60].strip()])
    drawn = collecting.do(name="collect", of=info.id, quote=selected)
    first, second = collecting.store.notebook.notes("ann")
    assert first.passage.quote == text[5:25]
    assert second.passage.quote == text[second.passage.start : second.passage.end]
    assert "".join(second.passage.quote.split()) == "".join(selected.split())
    assert "&lt;i&gt;重要" in drawn
    collecting.do(name="collect", of=info.id, quote="这里从来没有写过这样的话")
    assert collecting.store.notebook.count("ann") == 2
    assert "移除" in collecting.do(name="remove", of=first.id)
    assert collecting.store.notebook.count("ann") == 1
    collecting.do(name="undo")
    collecting.do(name="write", of=first.id, text="新批注")
    collecting.do(name="undo")
    assert collecting.store.notebook.notes("ann") == [first, second]
    collecting.access.name = "bo"
    collecting.do(name="cite", of=f"{turn.id}/1")
    assert collecting.store.notebook.count("bo") == 0, "another's answer"
    assert "重要" not in collecting.do(name="more")


def test_what_may_not_be_read_is_neither_collected_nor_shown(
    collecting: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = collecting.workplace.index.catalogue
    info = catalogue.articles()[0]
    article = catalogue.article(info.id)
    assert article is not None
    collecting.do(name="collect", of=info.id, quote=article.text[:30], text="记一笔")
    assert article.title in collecting.do(name="more")
    hidden = {"collection": "内参"}
    monkeypatch.setattr(catalogue, "article", lambda _: article.model_copy(update=hidden))
    monkeypatch.setattr(catalogue, "infos", lambda _: {info.id: info.model_copy(update=hidden)})
    outsider = Person("ann", Role.READER, frozenset())
    monkeypatch.setattr(collecting.access, "person_of", lambda _: outsider)
    (note,) = collecting.store.notebook.notes("ann")
    for drawn in (collecting.do(name="more"), collecting.do(name="write", of=note.id, text="记两笔")):
        assert article.title not in drawn
        assert article.text[:10] not in drawn
        assert "不可阅读" in drawn
    assert "记两笔" in collecting.do(name="more")
    with pytest.raises(Problem, match="no_article_here"):
        selected_passage(collecting.workplace, outsider, info.id, article.text[:30])
