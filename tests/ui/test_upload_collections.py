"""Nobody puts articles into a collection that is not theirs to fill: chosen in the form, or named in the file."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from index.sync import ingest
from ui.people.person import LOCAL, Person, Role, may_fill
from ui.web.upload_folders import folder_name_of
from ui.web.waiting_uploads import WaitingUpload, WaitingUploads
from ui.web.workplace import Workplace

HIDDEN, OWN = "机密", "公开"
EDITOR = Person("ed", Role.EDITOR, frozenset({OWN}))
SEES_ALL = Person("all", Role.EDITOR)
ADMIN = Person("anna", Role.ADMIN)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Workplace:
    folder = tmp_path_factory.mktemp("collections")
    corpus, data = folder / "corpus", folder / "data"
    for folder in (corpus, data):
        folder.mkdir()
    (data / "models").symlink_to(models)
    for name, collection in (("a", HIDDEN), ("b", OWN)):
        text = f"---\ncollection: {collection}\n---\n\n# {name}集成电路\n\n2025年营收超过4800亿元。\n"
        (corpus / f"{name}.md").write_text(text, "utf-8")
    workplace = Workplace(Settings(_env_file=None, data=data, corpus=corpus))
    workplace.prepare()
    assert workplace.index is not None
    assert workplace.index.catalogue.collections() == {HIDDEN, OWN}
    return workplace


def in_form(ending: str, *collections: str) -> str:
    """A file whose articles name collections, in each format that can."""
    bodies = [
        f"第{number}条，{'、'.join(collections)}。2025年某市产业营收超过{number}00亿元。"
        for number in range(1, 9)
    ]
    if ending == ".jsonl":
        rows = [
            {"title": f"标题{number}", "text": bodies[number], "collection": collection}
            for number, collection in enumerate(collections)
        ]
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if ending == ".csv":
        rows = [f"标题{number},{bodies[number]},{each}" for number, each in enumerate(collections)]
        return "\n".join(["title,text,collection", *rows]) + "\n"
    return f"---\ntitle: 标题\ncollection: {collections[-1]}\n---\n\n{bodies[0]}\n"


def folder_of(workplace: Workplace, person: Person) -> Path:
    return workplace.settings.uploads_folder / folder_name_of(person)


def fill(workplace: Workplace, person: Person, name: str, text: str, into: str = "") -> tuple[str, set[str]]:
    """What became of an upload, and the collections of its articles."""
    index = workplace.index
    assert index is not None
    incoming = workplace.settings.data / "in"
    incoming.mkdir(exist_ok=True)
    (incoming / name).write_text(text, "utf-8")
    workplace.library.add([(incoming / name, name)], person, into)
    assert workplace.library.wait(60)
    file = {each.name: each for each in workplace.library.status.files}[name]
    articles = index.catalogue.article_ids_of_file(str(file.path))
    found = [index.catalogue.article(each) for each in articles]
    return file.phase, {each.collection for each in found if each is not None}


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".md"])
@pytest.mark.parametrize(
    ("person", "collections", "taken"),
    [
        (EDITOR, (OWN,), True),
        (EDITOR, ("",), True),
        (EDITOR, (HIDDEN,), False),
        (EDITOR, ("", HIDDEN), False),
        (EDITOR, ("新",), False),
        (SEES_ALL, (HIDDEN,), True),
        (SEES_ALL, ("新",), False),
        (ADMIN, ("新",), True),
    ],
)
def test_a_file_names_only_collections_that_its_person_may_fill(
    workplace: Workplace, ending: str, person: Person, collections: tuple[str, ...], taken: bool
) -> None:
    # A collection that an administrator began is there for the cases after it.
    collections = tuple(each.replace("新", f"新{ending}") for each in collections)
    name = f"{person.name}-{'-'.join(collections)}{ending}"
    phase, found = fill(workplace, person, name, in_form(ending, *collections))
    kept = folder_of(workplace, person) / name
    assert (phase, kept.exists()) == (("done", True) if taken else ("failed", False))
    assert found == (set(collections) if taken else set())
    if not taken:
        problem = next(each for each in workplace.library.status.files if each.name == name).problems[0]
        assert (problem.code, problem.fields["collection"]) == ("upload_collection", collections[-1])
    assert not list((workplace.settings.data / "uploads-waiting").iterdir())


def test_a_collection_of_the_form_does_not_hide_the_one_in_the_file(workplace: Workplace) -> None:
    phase, found = fill(workplace, EDITOR, "in-form.md", in_form(".md", HIDDEN), into=OWN)
    assert (phase, found) == ("failed", set())
    assert fill(workplace, EDITOR, "in-form-2.md", in_form(".md", ""), into=OWN) == ("done", {OWN})


def test_what_waited_at_a_stop_is_read_as_it_was_meant(workplace: Workplace) -> None:
    uploads = workplace.settings.uploads_folder
    uploads.mkdir(exist_ok=True)
    waiting = WaitingUploads(workplace.settings.data / "uploads-waiting")
    for name, person, text, into in (
        ("hidden.md", EDITOR, in_form(".md", HIDDEN), ""),
        ("into.md", EDITOR, in_form(".md", ""), OWN),
    ):
        (uploads / name).write_text(text, "utf-8")
        waiting.note(WaitingUpload(uploads / name, person, into))
    (uploads / "gone.md").write_text("", "utf-8")
    (workplace.settings.data / "uploads-waiting" / "broken.json").write_text("{", "utf-8")
    again = Workplace(workplace.settings)
    again.prepare()
    assert again.index is not None
    by_file = again.index.catalogue.collections_by_file()
    assert {each for each, _ in by_file[str((uploads / "into.md").resolve())]} == {OWN}
    assert not (uploads / "hidden.md").exists()
    assert not list(waiting.all())
    ingest(again.index, [workplace.settings.corpus, uploads])
    assert str((uploads / "hidden.md").resolve()) not in again.index.catalogue.files()


def test_the_same_file_again_changes_nothing_of_one_that_waits(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, index, incoming = workplace.library, workplace.index, workplace.settings.data / "in"
    incoming.mkdir(exist_ok=True)
    for name in ("before.md", "twice.md"):
        (incoming / name).write_text(in_form(".md", ""), "utf-8")
    begins = threading.Event()
    read = library._read

    def waits(*given: Any) -> None:
        assert begins.wait(60)
        read(*given)

    monkeypatch.setattr(library, "_read", waits)
    library.add([(incoming / "before.md", "before.md")], ADMIN)
    library.add([(incoming / "twice.md", "twice.md")], ADMIN, HIDDEN)
    library.add([(incoming / "twice.md", "twice.md")], ADMIN, "")
    begins.set()
    assert library.wait(60)
    assert index is not None
    path = str((folder_of(workplace, ADMIN) / "twice.md").resolve())
    assert {each for each, _ in index.catalogue.collections_by_file()[path]} == {HIDDEN}


def test_a_name_is_each_persons_own(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a number nor "known" tells an editor that somebody sent such a file; none takes another's place."""
    library, incoming = workplace.library, workplace.settings.data / "in"
    incoming.mkdir(exist_ok=True)
    text = in_form(".md", "")
    (incoming / "plan.md").write_text(text, "utf-8")
    (incoming / "nothing.md").write_text("", "utf-8")
    begins = threading.Event()
    read = library._read

    def waits(*given: Any) -> None:
        assert begins.wait(60)
        read(*given)

    monkeypatch.setattr(library, "_read", waits)
    library.add([(incoming / "plan.md", "plan.md")], ADMIN, HIDDEN)
    library.add([(incoming / "nothing.md", "plan.md")], SEES_ALL)
    library.add([(incoming / "plan.md", "plan.md")], EDITOR, OWN)
    begins.set()
    assert library.wait(60)
    told = [(each.name, each.phase) for each in library.status.seen_by(EDITOR).files]
    assert told == [("plan.md", "done")]
    assert workplace.index is not None
    by_file = workplace.index.catalogue.collections_by_file()
    for person, collection in ((ADMIN, HIDDEN), (EDITOR, OWN)):
        path = str((folder_of(workplace, person) / "plan.md").resolve())
        assert {each for each, _ in by_file[path]} == {collection}


def test_uploads_of_others_are_told_only_to_who_may_see_all(workplace: Workplace) -> None:
    fill(workplace, ADMIN, "secret-plan.md", in_form(".md", HIDDEN))
    status = workplace.library.status
    assert [each.name for each in status.seen_by(SEES_ALL).files] == ["secret-plan.md"]
    assert status.seen_by(EDITOR).files == ()
    assert status.seen_by(None).files == ()


def test_who_may_fill_what() -> None:
    known = {HIDDEN, OWN}
    assert may_fill(EDITOR, "", known)
    assert may_fill(EDITOR, OWN, known)
    assert not may_fill(EDITOR, HIDDEN, known)
    assert not may_fill(EDITOR, OWN, set())
    assert may_fill(LOCAL, "新", known)
    assert not may_fill(Person("a", Role.ADMIN, frozenset()), "新", known)
