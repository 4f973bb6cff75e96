"""Uploads, the followed folder and who may change the library, on a real index."""

import time
from collections.abc import Callable
from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

from assistant.messages import MESSAGES
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.repair import RULES
from index.edits import correct_article, read_article_again
from index.removal import remove_article
from index.sync import ingest, writing
from ui.people.access import Access
from ui.people.person import LOCAL, Person, Role
from ui.web.library_card import LibraryCard
from ui.web.library_problems import said_of_library
from ui.web.library_tab import LibraryTab
from ui.web.library_table import LibraryTable, View
from ui.web.workplace import Workplace

HUBEI = "# 湖北集成电路\n\n2025年湖北集成电路产业营收超过1000亿元。\n"
REQUEST = gr.Request(Request({"type": "http", "headers": []}))


class AccessOf(Access):
    """Everybody has one role; None is nobody."""

    role: Role | None = None

    def person_of(self, request: Request) -> Person | None:
        return Person("someone", self.role) if self.role else None


@pytest.fixture
def workplace(tmp_path: Path, models: Path) -> Workplace:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text("# 上海集成电路\n\n2025年上海集成电路产业营收超过4800亿元。\n", "utf-8")
    # A data folder inside the corpus is the worst case: it is hidden, and yet under an ingested folder.
    data = corpus / ".data"
    data.mkdir()
    (data / "models").symlink_to(models)
    return Workplace(Settings(_env_file=None, data=data, corpus=corpus))


def upload(workplace: Workplace, folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    workplace.library.add([(folder / name, name)], LOCAL)


def titles(workplace: Workplace) -> list[str]:
    assert workplace.index is not None
    return sorted(info.title for info in workplace.index.catalogue.articles())


def until(is_so: Callable[[], bool]) -> bool:
    for _ in range(150):
        if is_so():
            return True
        time.sleep(0.2)
    return False


def test_uploads_are_answered_from_and_survive_restarts(workplace: Workplace, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="library_not_ready"):
        upload(workplace, tmp_path / "in", "b.md", HUBEI)
    workplace.prepare()
    upload(workplace, tmp_path / "in", "b.md", HUBEI)
    upload(workplace, tmp_path / "in", "broken.pdf", "%PDF-1.4 nothing")
    assert workplace.library.wait(60)
    # A page whose table was drawn just before the end asks once more.
    assert workplace.library.has_news()
    files = {file.name: file for file in workplace.library.status.files}
    assert (files["b.md"].phase, files["b.md"].articles) == ("done", 1)
    assert (files["broken.pdf"].phase, files["broken.pdf"].problems[0].code) == ("failed", "broken_file")
    assert [path.name for path in workplace.settings.uploads_folder.iterdir()] == ["b.md"]
    assert workplace.assistant is not None
    assert "1000亿元" in workplace.assistant.ask("2025年湖北集成电路产业营收多少?").answer

    assert workplace.index is not None
    assert ingest(workplace.index, [workplace.settings.corpus]).removed == 0
    workplace.index.close()
    again = Workplace(workplace.settings)
    again.prepare()
    assert again.status.phase == "ready"
    assert again.status.problems == ()
    assert titles(again) == ["上海集成电路", "湖北集成电路"]


def test_the_same_file_again_and_a_removed_one_are_told(workplace: Workplace, tmp_path: Path) -> None:
    workplace.prepare()
    assert not workplace.library.has_news()
    for phase in ("done", "known", "removed"):
        upload(workplace, tmp_path / "in", "b.md", HUBEI)
        assert workplace.library.wait(60)
        assert [file.phase for file in workplace.library.status.files] == [phase]
        if phase == "known":
            index = workplace.index
            assert index is not None
            path = str((workplace.settings.uploads_folder / "b.md").resolve())
            remove_article(index, index.catalogue.article_ids_of_file(path)[0])
    assert (workplace.settings.uploads_folder / "b.md").is_file()


def test_an_empty_library_answers_after_the_first_upload(workplace: Workplace, tmp_path: Path) -> None:
    (workplace.settings.corpus / "a.md").unlink()
    workplace.prepare()
    assert workplace.assistant is None
    upload(workplace, tmp_path / "in", "b.md", HUBEI)
    assert workplace.library.wait(60)
    assert workplace.status.phase == "ready"
    assert workplace.assistant is not None
    (workplace.settings.corpus / "c.md").write_text("# 后来的文章\n\n2025年广东营收为1亿元。\n", "utf-8")
    assert workplace.index is not None
    workplace.index.close()
    again = Workplace(workplace.settings)
    again.prepare()
    assert titles(again) == ["后来的文章", "湖北集成电路"]


def test_uploads_wait_for_another_that_writes(workplace: Workplace, tmp_path: Path) -> None:
    workplace.prepare()
    assert workplace.index is not None
    with writing(workplace.index):
        upload(workplace, tmp_path / "in", "b.md", HUBEI)
        assert not workplace.library.wait(1)
    assert workplace.library.wait(60)
    assert "湖北集成电路" in titles(workplace)


def test_a_folder_is_followed_until_it_is_stopped(workplace: Workplace, tmp_path: Path) -> None:
    workplace.prepare()
    folder = tmp_path / "followed"
    folder.mkdir()
    (folder / "b.md").write_text(HUBEI, "utf-8")
    watch = workplace.watch
    for wrong, code in (
        ("", "watch_no_folder"),
        ("followed", "watch_no_folder"),
        (str(tmp_path / "none"), "watch_no_folder"),
        (str(tmp_path), "watch_holds_data"),
        (str(workplace.settings.uploads_folder.parent), "watch_holds_data"),
    ):
        with pytest.raises(Problem, match=code):
            watch.start(wrong)
    watch.start(str(folder))
    assert until(lambda: watch.state.phase == "following" and "湖北集成电路" in titles(workplace))
    (folder / "c.md").write_text("# 广东集成电路\n\n2025年广东营收为1亿元。\n", "utf-8")
    assert until(lambda: "广东集成电路" in titles(workplace))

    restarted = Workplace(workplace.settings)
    watch._end()  # as the end of the server does, which does not forget the folder
    restarted.prepare()
    assert restarted.watch.state.folder == str(folder)
    (folder / "b.md").unlink()
    assert until(lambda: "湖北集成电路" not in titles(restarted))
    restarted.watch.stop()
    assert restarted.watch.state.phase == "off"
    (folder / "d.md").write_text("# 后来的文章\n\n2025年北京营收为1亿元。\n", "utf-8")
    time.sleep(3)
    assert titles(restarted) == ["上海集成电路", "广东集成电路"]


def test_versions_are_still_linked_after_a_correction(workplace: Workplace, tmp_path: Path) -> None:
    body = "".join(
        f"第{number}条 各地区应当按照规定推进第{number}项工作，做好组织实施。" for number in range(30)
    )
    for name, year in (("old.md", 2023), ("new.md", 2025)):
        text = f"---\ndate: {year}-01-01\n---\n# 管理办法\n\n{body}自{year}年起施行。\n"
        (workplace.settings.corpus / name).write_text(text, "utf-8")
    workplace.prepare()
    index = workplace.index
    assert index is not None
    article = next(info for info in index.catalogue.articles() if info.date == "2025-01-01")
    assert len(index.catalogue.links(article.id)) == 1
    correct_article(index, article.id, {"source": "某报"})
    assert len(index.catalogue.links(article.id)) == 1


@pytest.mark.parametrize("wrong", ["2025-13", "2025-02-31", "0000", "昨天", "2025-3-5"])
def test_a_day_that_there_is_not_is_refused_before_anything_is_stored(
    workplace: Workplace, wrong: str
) -> None:
    workplace.prepare()
    index = workplace.index
    assert index is not None
    article = index.catalogue.articles()[0]
    with pytest.raises(Problem, match="not_a_date"):
        correct_article(index, article.id, {"date": wrong})
    assert index.catalogue.corrections() == {}
    for right in ("2024-02-29", "2024-02", "2024"):
        assert correct_article(index, article.id, {"date": right}).date == right


def test_a_file_is_read_again(workplace: Workplace) -> None:
    workplace.prepare()
    index = workplace.index
    assert index is not None
    article = index.catalogue.articles()[0]
    correct_article(index, article.id, {"source": "某报"})
    file = Path(article.file)
    file.write_text("# 上海集成电路\n\n2025年上海集成电路产业营收为4801亿元。\n", "utf-8")
    read_article_again(index, article.id)
    after = index.catalogue.article(article.id)
    assert after is not None
    assert ("4801" in after.text, after.source) == (True, "某报")
    assert ingest(index, [workplace.settings.corpus]).replaced == 0
    file.unlink()
    with pytest.raises(Problem) as raised:
        read_article_again(index, article.id)
    assert str(file.parent) not in said_of_library(raised.value, "zh")


@pytest.mark.parametrize("role", [None, Role.READER])
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_reader_may_not_change_the_library(workplace: Workplace, tmp_path: Path, role: Role | None) -> None:
    workplace.prepare()
    access = AccessOf(workplace.settings)
    access.role = role
    index = workplace.index
    assert index is not None
    article = index.catalogue.articles()[0]
    tab, card = LibraryTab(workplace, access, "zh"), LibraryCard(workplace, access, "zh")
    sent = tmp_path / "b.md"
    sent.write_text(HUBEI, "utf-8")
    tab._upload([str(sent)], None, REQUEST)
    assert not sent.exists()
    card._remove(article.id, REQUEST)
    card._save(article.id, "别的标题", "", "", "", "", "", "", "", "", REQUEST)
    tab._follow(True, str(tmp_path), REQUEST)
    assert workplace.library.status.phase == "idle"
    assert titles(workplace) == ["上海集成电路"]
    assert workplace.watch.state.phase == "off"
    drawn = LibraryTable(workplace, access, "zh").draw(REQUEST, View(), "", "", "", "")[1]
    assert ("上海集成电路" in drawn) == (role is Role.READER)
    assert bool(card.show(article.id, REQUEST)[0]) == (role is Role.READER)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_an_editor_changes_the_library_and_only_an_administrator_the_followed_folder(
    workplace: Workplace, tmp_path: Path
) -> None:
    workplace.prepare()
    access = AccessOf(workplace.settings)
    access.role = Role.EDITOR
    index = workplace.index
    assert index is not None
    article = index.catalogue.articles()[0]
    LibraryCard(workplace, access, "zh")._save(
        article.id, "别的标题", "", "", "上海", "", "", "", "", "", REQUEST
    )
    assert titles(workplace) == ["别的标题"]
    correct_article(index, article.id, {"collection": "内部"})
    card = LibraryCard(workplace, access, "zh")
    card._save(article.id, "别的标题", "", "", "上海", "", "", "", "", "", REQUEST)
    card._reset(article.id, REQUEST)
    assert titles(workplace) == ["上海集成电路"]
    corrected = index.catalogue.article(article.id)
    assert corrected is not None
    assert corrected.collection == "内部", "who may see it is not for an editor to say"
    LibraryTab(workplace, access, "zh")._follow(True, str(tmp_path), REQUEST)
    assert workplace.watch.state.phase == "off"


def test_problems_are_told_without_the_folders_of_the_server() -> None:
    for problem in (
        Problem(
            "broken_file", file="/srv/data/uploads/a.zip!b/c.pdf", reason="cannot open '/srv/data/uploads/a'"
        ),
        Problem("index_busy", folder="/srv/data/index", holder="12 10:00:00"),
        Problem("index_not_writable", folder=Path("/srv/data/index"), reason="[Errno 13] /srv/data/index/x"),
    ):
        told = said_of_library(problem, "en")
        assert "srv" not in told
    assert "and/or" in said_of_library(Problem("failed", reason="this and/or that"), "en")


def test_every_rule_of_repair_has_words() -> None:
    assert {f"rule_{name}" for name in (*RULES, "join_continued_parts")} <= set(MESSAGES)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_uploads_go_into_a_collection_that_their_sender_may_fill(
    workplace: Workplace, tmp_path: Path
) -> None:
    workplace.prepare()
    access = AccessOf(workplace.settings)
    tab = LibraryTab(workplace, access, "zh")
    index = workplace.index
    assert index is not None

    def send(role: Role, into: str) -> dict[str, str]:
        access.role = role
        sent = tmp_path / "b.md"
        sent.write_text(HUBEI, "utf-8")
        tab._upload([str(sent)], into, REQUEST)
        assert workplace.library.wait(60)
        return {info.title: info.collection for info in index.catalogue.articles()}

    assert send(Role.EDITOR, "内部") == {"上海集成电路": ""}, "an editor begins no collection"
    assert send(Role.ADMIN, "内部") == {"上海集成电路": "", "湖北集成电路": "内部"}
    assert send(Role.EDITOR, "") == {"上海集成电路": "", "湖北集成电路": "内部"}, (
        "known: it stays where it is"
    )
