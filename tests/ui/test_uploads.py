"""Uploaded files lie in the uploads folder, whatever they were called."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.load import find_files
from corpus.problem import Problem
from ui.web.uploads import safe_name, store_upload

PARTS = st.sampled_from(
    ["..", ".", "/", "\\", "C:", "~", "con", "NUL", "COM1", "fields", "addresses", "\0", "\n", "\u202e", " ", "长" * 90]
)  # fmt: skip
NAMES = st.builds(
    lambda parts, ending: "".join(parts) + ending,
    st.lists(st.one_of(PARTS, st.text(max_size=12)), max_size=6),
    st.sampled_from([".md", ".MD", ".txt", ".json", ".pdf", ""]),
)


@given(name=NAMES)
@example("../../etc/passwd.md")
@example("/etc/x.md")
@example("..\\..\\x.md")
@example("fields.json")
@example("con.md")
@example("a\ud800.md")
def test_whatever_the_name_it_is_a_plain_one_in_the_folder(name: str) -> None:
    safe = safe_name(name)
    folder = Path("/data/uploads")
    assert (folder / safe).parent == folder
    assert safe not in {"", ".", ".."}
    assert not any(sign in safe for sign in '/\\:\0\n<>|"?*')
    assert not safe.startswith(".")
    assert not safe.endswith((".", " "))
    assert len(safe.encode()) <= 210
    assert safe.lower() not in {"fields.json", "addresses.json"}
    assert safe.split(".")[0].lower() not in {"con", "nul", "com1"}
    assert safe_name(safe) == safe


@given(name=NAMES)
def test_what_is_stored_lies_in_the_folder_with_its_content(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    root = tmp_path_factory.mktemp("uploads")
    upload = root / "upload"
    upload.write_bytes(b"text")
    stored = store_upload(upload, name + ".md", root / "data" / "uploads", 1)
    assert stored.path.parent == (root / "data" / "uploads").resolve()
    assert stored.path.read_bytes() == b"text"
    assert {path.name for path in root.iterdir()} == {"upload", "data"}


def test_a_file_appears_whole_and_not_before_it_was_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, upload = tmp_path / "uploads", tmp_path / "upload"
    upload.write_bytes(b"text")
    seen: list[list[Path]] = []

    def copied(source: object, target: Any) -> None:
        target.write(b"te")
        target.flush()
        seen.append(list(find_files([folder])))
        target.write(b"xt")

    def told_of(path: Path) -> None:
        seen.append(list(find_files([folder])))
        assert path == (folder / "a.md").resolve()

    monkeypatch.setattr("ui.web.uploads.shutil.copyfileobj", copied)
    stored = store_upload(upload, "a.md", folder, 1, before=told_of)
    assert seen == [[], []]
    assert stored.path.read_bytes() == b"text"
    assert [each.name for each in folder.iterdir()] == ["a.md"]


def test_what_cannot_be_noted_is_not_stored(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(b"text")

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(Problem, match="upload_not_stored"):
        store_upload(upload, "a.md", tmp_path / "uploads", 1, before=full)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_taken_name_gets_a_number_unless_it_is_the_same_file(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    contents = ["one", "two", "one", "three", "two"]
    stored = []
    for number, content in enumerate(contents):
        upload = tmp_path / f"{number}"
        upload.write_text(content)
        stored.append(store_upload(upload, "报告.md", folder, 1))
    names = [each.path.name for each in stored]
    assert names == ["报告.md", "报告 (2).md", "报告.md", "报告 (3).md", "报告 (2).md"]
    assert [each.is_new for each in stored] == [True, True, False, True, False]
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"x", "unknown_format"),
        ("a", b"x", "unknown_format"),
        ("a.md", b"", "empty_file"),
        ("a.md", b"x" * (1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_what_is_not_taken_is_named(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(content)
    with pytest.raises(Problem) as raised:
        store_upload(upload, name, tmp_path / "uploads", 1)
    assert (raised.value.code, raised.value.fields["file"]) == (code, name)
    assert not (tmp_path / "uploads").exists()
