"""An upload is its person's alone, is named only as it lies, and leaves nothing where it is refused."""

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.messages import message
from tests.ui.guard.pages import BAIT, META
from ui.people.person import LOCAL, Person, Role
from ui.web.attack.gradio_events import PAGES
from ui.web.upload_folders import UploadFolders


def sent(client: TestClient, name: str = "a.md", content: bytes = b"text", page: str = "") -> str:
    reply = client.post(f"{page}/gradio_api/upload?upload_id=u", files={"files": (name, content)})
    assert reply.status_code == 200, reply.text
    return str(reply.json()[0])


def file_inputs_of(client: TestClient, page: str = "") -> tuple[int, int, list]:
    """The event that takes uploads: its number, the input, and its values."""
    config = client.get(f"{page}/config").json()
    files = {each["id"] for each in config["components"] if each["type"] == "file"}
    for each in config["dependencies"]:
        for position, one in enumerate(each["inputs"]):
            if one in files:
                return each["id"], position, [None] * len(each["inputs"])
    raise AssertionError("no event takes files")


def join(client: TestClient, file: object, page: str = "", **body: object) -> int:
    number, position, values = file_inputs_of(client, page)
    values[position] = [file]
    whole = {"data": values, "fn_index": number, "session_hash": "upload", **body}
    return client.post(f"{page}/gradio_api/queue/join", json=whole).status_code


@pytest.mark.parametrize("page", PAGES)
def test_an_upload_lies_in_a_folder_of_its_person_and_can_be_used_once_named(
    people: dict[str, TestClient], temporary: Path, page: str
) -> None:
    path = sent(people["ed"], page=page)
    assert Path(path).read_bytes() == b"text"
    assert path.startswith(f"{temporary}/people/")
    assert Path(path).stat().st_mode & 0o777 == 0o600
    for folder in list(Path(path).parents)[1:4]:
        assert folder.stat().st_mode & 0o777 == 0o700, folder
    assert people["ed"].get(f"{page}/gradio_api/file={path}").content == b"text"
    url = f"http://localhost:7860{page}/gradio_api/file={path}"
    assert join(people["ed"], {"path": path, "url": url, "orig_name": "a.md", "meta": META}, page) == 200


def test_nobody_gets_at_another_persons_upload(people: dict[str, TestClient]) -> None:
    path = sent(people["ed"])
    for name in ("eve", "rea", "anna"):
        assert people[name].get(f"/gradio_api/file={path}").status_code == 403, name
        session = {"session_hash": f"of-{name}"}
        assert join(people[name], {"path": path, "meta": META}, **session) == 403, name


def test_the_same_file_of_two_people_lies_twice(people: dict[str, TestClient]) -> None:
    paths = {sent(people[name]) for name in ("ed", "eve", "ed")}
    assert len(paths) == 3


def test_a_reader_may_not_upload(people: dict[str, TestClient], temporary: Path) -> None:
    before = len(list(temporary.rglob("*")))
    for page in PAGES:
        reply = people["rea"].post(f"{page}/gradio_api/upload", files={"files": ("a.md", b"x")})
        assert reply.status_code == 403
    assert len(list(temporary.rglob("*"))) == before


def test_only_plain_names_of_ones_own_file_are_taken(
    people: dict[str, TestClient], bait: Path, tmp_path: Path
) -> None:
    client = people["ed"]
    path = Path(sent(client))
    link = path.with_name("link.md")
    link.symlink_to(bait)
    folder_link = path.parent.parent / "link"
    folder_link.symlink_to(bait.parent)
    wrong = [
        str(link), f"{folder_link}/{bait.name}", f"{path.parent}/../{path.parent.name}/{path.name}", f"{path}\0",
        str(path.parent), f"{path}/", f"/{path}", f"file://{path}", str(path)[1:], os.path.relpath(path), str(bait),
    ]  # fmt: skip
    for each in wrong:
        assert join(client, {"path": each, "meta": META}) == 403, each
        assert BAIT not in client.get(f"/gradio_api/file={each}".replace("\0", "%00")).text
    good = {"path": str(path), "meta": META}
    own_host = "http://localhost:7860/gradio_api/file="
    for more in ({"url": "http://127.0.0.1:9/gradio_api/file=x"}, {"url": "/etc/passwd"}, {"url": 3},
                 {"url": f"ftp://localhost:7860/gradio_api/file={path}"}, {"is_stream": True}, {"x": {"path": "/etc"}}):  # fmt: skip
        assert join(client, {**good, **more}) == 403, more
    assert join(client, {**good, "url": own_host + str(path)}) == 200
    assert join(client, good, fn_index=True) == 400
    assert join(client, good, fn_index="1") == 400


def test_what_is_too_large_leaves_nothing_behind(people: dict[str, TestClient], temporary: Path) -> None:
    before = {each for each in temporary.rglob("*") if each.is_file()}
    reply = people["ed"].post("/gradio_api/upload", files={"files": ("a.md", b"x" * (101 << 20))})
    assert reply.status_code == 413
    wrong = people["ed"].post("/gradio_api/upload", content=b"no form", headers={"content-type": "multipart/form-data; boundary=x"})  # fmt: skip
    assert wrong.status_code == 400
    assert {each for each in temporary.rglob("*") if each.is_file()} == before


def test_an_upload_holds_nothing_but_files(people: dict[str, TestClient], temporary: Path) -> None:
    before = set(temporary.rglob("*"))
    files = {"files": ("a.md", b"text"), "note": (None, b"x" * 100_000)}
    for page, language in (("", "zh"), ("/en", "en")):
        reply = people["ed"].post(f"{page}/gradio_api/upload", files=files)
        assert (reply.status_code, reply.json()["detail"]) == (400, message("upload_files_only", language))
    assert {each for each in set(temporary.rglob("*")) - before if each.is_file()} == set()


def test_what_waited_too_long_is_swept(tmp_path: Path) -> None:
    folders, person = UploadFolders(tmp_path / "people"), Person("ed", Role.EDITOR)
    old, fresh = (folders.new_folder(person) for _ in range(2))
    for folder in (old, fresh):
        (folder / "a.md").write_text("x")
    os.utime(old, (1, 1))
    folders.sweep()
    assert not old.exists()
    assert folders.owns(person, str(fresh / "a.md"))
    assert not folders.owns(LOCAL, str(fresh / "a.md"))
    folders.sweep(kept_s=-1)
    assert list((tmp_path / "people").iterdir()) == []
