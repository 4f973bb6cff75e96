"""Why something failed is told in the language of the message: no English sentence of a library stands in a Chinese one."""

import ast
import errno
import io
import logging
import os
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant.messages import MESSAGES, explain, message
from assistant.messages.reasons import TEXTS
from corpus import reasons
from corpus.file_contents import _drafts
from corpus.load import read_articles
from corpus.problem import Problem
from corpus.readers import READERS
from corpus.reasons import PREFIX, broken_file, reason_and_detail, reason_of

_COMMANDS = re.compile(
    r"(?:\.venv/bin/)?(?:assistant|pip|ollama|PORT=7861|--role)(?: [\w./'\[\]-]+)+|ingest --no-collection|library edit|"
    r"front matter|Authorization: Bearer",
    re.ASCII,
)
"""What a person types as it stands, and terms that have no other name."""
_ROOT = Path(reasons.__file__).parents[1]
_PACKAGES = ("corpus", "index", "assistant", "evals", "ui")
_WORDS_OF_ANOTHER = frozenset(["embedding_endpoint_failed", "judge_failed"])
"""Problems that quote what another server says."""
_SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}")


def _zip(**members: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_0_", "."), text)
    return held.getvalue()


def _with_a_wrong_checksum(data: bytes) -> bytes:
    return data[:60] + bytes([data[60] ^ 0xFF]) + data[61:]


_WHOLE = _zip(word__document_0_xml="<w:document>" * 500, content_0_xml="<a/>", ppt__presentation_0_xml="<p/>")
_CONTENTS = {
    "bytes": bytes(range(256)) * 8,
    "text": b"no office file by its first bytes, and a whole sentence in English.\n",
    "page": b"<html><body></body></html>",
    "zip": _WHOLE,
    "empty zip": _zip(),
    "half a zip": _WHOLE[: len(_WHOLE) // 2],
    "wrong checksum": _with_a_wrong_checksum(_WHOLE),
    "zip of another": _zip(mimetype="application/epub+zip", **{"META-INF__container_0_xml": "<x"}),
    "zip without parts": _zip(mimetype="application/vnd.oasis.opendocument.text"),
    "zip of ofd": _zip(OFD_0_xml="<broken"),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "old word": b"\xdb\xa5-\0" + b"\0" * 600,
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\n",
    "rtf": b"{\\rtf1{\\fonttbl",
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "json": b'{"title": ',
    "front matter": b"---\ntitle: [\n---\ntext\n",
    "mail": b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Disposition: attachment; filename=a.docx\n\nPK\n",
}  # fmt: skip


def _is_english(text: str) -> bool:
    """Whether a text holds a sentence in English, as programs write them in their errors."""
    return bool(_SENTENCE.search(text))


def _words_in(told: str, *names: str) -> str:
    """What is left of a message without the names of files in it, and without commands."""
    for name in names:
        told = told.replace(name, "")
    return _COMMANDS.sub("", told)


@pytest.fixture(autouse=True)
def _no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.soffice.shutil.which", lambda *_: None)


@pytest.mark.parametrize("ending", sorted(READERS))
def test_no_reader_puts_english_into_a_chinese_message(tmp_path: Path, ending: str) -> None:
    for number, data in enumerate(_CONTENTS.values()):
        file = tmp_path / f"f{number}{ending}"
        file.write_bytes(data)
        for problem in (each for each in _drafts(file) if isinstance(each, Problem)):
            told = explain(problem, "zh")
            assert not _is_english(_words_in(told, str(file), str(problem.fields.get("file")))), told
            if problem.code == "broken_file":
                assert str(problem.fields["reason"]) in TEXTS
                assert PREFIX not in explain(problem, "en")


def _problems_in(file: Path) -> Iterator[tuple[str, ast.expr]]:
    """Code and reason of each problem that a file of code makes, as far as the reason is made there."""
    for call in (each for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in {"Problem", "_problem"} and call.args:
            for given in call.keywords:
                if given.arg == "reason":
                    yield str(getattr(call.args[0], "value", "")), given.value
        elif name == "broken_file" and len(call.args) == 2:
            yield "broken_file", call.args[1]


def _is_text_of_another(reason: ast.expr) -> bool:
    """Whether a reason is made of what an error says: `str(error)`, `error.strerror`, `type(error).__name__`, `first["msg"]`."""
    for each in ast.walk(reason):
        if isinstance(each, ast.JoinedStr | ast.Subscript):
            return True
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") in {"str", "repr"}:
            return True
        if isinstance(each, ast.Attribute) and each.attr in {"strerror", "__name__", "args"}:
            return True
    return False


def test_every_reason_is_a_code_with_words() -> None:
    wrong, seen = [], 0
    for file in (each for name in _PACKAGES for each in sorted((_ROOT / name).rglob("*.py"))):
        for code, reason in _problems_in(file):
            seen += 1
            texts = [each.value for each in ast.walk(reason) if isinstance(each, ast.Constant)]
            is_code = all(each in TEXTS for each in texts if isinstance(each, str) and each)
            if not is_code or (_is_text_of_another(reason) and code not in _WORDS_OF_ANOTHER):
                wrong.append((file.name, code, ast.unparse(reason)))
    assert wrong == []
    assert seen > 30


def test_every_code_that_reasons_gives_has_words() -> None:
    codes = set(re.findall(r'"(reason_[a-z_]+)"', Path(reasons.__file__).read_text("utf-8")))
    assert len(codes) > 40
    assert codes <= set(TEXTS)


def test_no_chinese_message_holds_an_english_sentence() -> None:
    for code, texts in MESSAGES.items():
        if code.startswith("cli_") and " / " in texts["zh"]:
            continue  # both languages in one
        told = _words_in(re.sub(r"\{[^}]*\}|<[^>]*>|`[^`]*`", "", texts["zh"]))
        assert not _is_english(told), (code, told)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/x/y"), "磁盘空间不足"),
        (RuntimeError(f"[Errno 28] {os.strerror(errno.ENOSPC)}: '/x/y'"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "?"), "没有权限"),
        (OSError(errno.EROFS, "?"), "只读，不能写入"),
        (OSError(errno.EADDRINUSE, "?"), "端口已被占用"),
        (sqlite3.DatabaseError("file is not a database"), "数据库文件已损坏"),
        (httpx.ConnectError("All connection attempts failed"), "连接不上"),
        (KeyError("a"), "缺少必要的部分"),
        (ModuleNotFoundError("No module named 'x'"), "缺少所需的程序包"),
        (RuntimeError("something that nobody foresaw"), "程序出错，详情见日志"),
    ],
)
def test_an_error_is_told_in_the_language_of_the_message(
    error: BaseException, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    problem = Problem("failed", **reason_and_detail(error, "reason_program"))
    with caplog.at_level(logging.INFO):
        assert explain(problem, "zh") == f"出错了：{told}"
        english = explain(problem, "en")
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert str(error)[:20] not in english
    assert type(error).__name__ in caplog.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_of_another_server_are_left_as_they_are(language: str) -> None:
    assert message("failed", language, reason="HTTP 404 no model m").endswith("HTTP 404 no model m")


def test_an_error_is_known_by_its_number_its_words_or_its_kind() -> None:
    assert reason_of(OSError(errno.ENOSPC, "x")) == "reason_no_space"
    assert reason_of(sqlite3.DatabaseError("database disk image is malformed")) == "reason_database_damaged"
    assert reason_of(zipfile.BadZipFile("Bad CRC-32 for file 'a'")) == "reason_checksum"
    assert reason_of(zipfile.BadZipFile("?")) == "reason_no_zip"
    assert reason_of(ValueError("?")) == "reason_contents"
    assert reason_of(ValueError("?"), "reason_program") == "reason_program"


@pytest.mark.parametrize(
    ("number", "code"),
    [(5, "reason_in_use"), (6 | 1 << 8, "reason_in_use"), (8, "reason_read_only"), (8 | 4 << 8, "reason_read_only"),
     (10 | 3 << 8, "reason_disk"), (11, "reason_database_damaged"), (13, "reason_no_space"),
     (14, "reason_database_closed"), (26, "reason_database_damaged"), (1, "reason_system")],
)  # fmt: skip
def test_an_error_of_sqlite_is_known_by_its_number(number: int, code: str) -> None:
    error = sqlite3.OperationalError("the words of another version")
    error.sqlite_errorcode = number
    assert reason_of(error, "reason_system") == code


@pytest.mark.parametrize("has_number", [True, False])
def test_what_sqlite_raises_is_known_on_every_python(tmp_path: Path, has_number: bool) -> None:
    """Python 3.10 gives no number."""

    def code_of(address: str, sql: str) -> str:
        with (
            pytest.raises(sqlite3.DatabaseError) as caught,
            closing(sqlite3.connect(address, uri=True)) as it,
        ):
            it.execute(sql)
        error = caught.value if has_number else type(caught.value)(str(caught.value))
        return reason_of(error, "reason_system")

    (tmp_path / "a").write_bytes(b"no database at all " * 100)
    with closing(sqlite3.connect(tmp_path / "b")) as whole:
        whole.execute("CREATE TABLE t (n)")
    assert code_of(f"file:{tmp_path}/a", "SELECT * FROM t") == "reason_database_damaged"
    assert code_of(f"file:{tmp_path}/b?mode=ro", "INSERT INTO t VALUES (1)") == "reason_read_only"
    assert code_of(f"file:{tmp_path}/b", "SELECT * FROM u") == "reason_database_lacks"
    assert code_of(f"file:{tmp_path}/c/d", "SELECT 1") == "reason_database_closed"


@pytest.mark.parametrize(
    ("number", "code"), [(13, "program_disk_full"), (8, "program_disk_full"), (5, "program_failed")]
)
def test_a_program_is_told_that_nothing_can_be_written(number: int, code: str) -> None:
    from ui.web.api_errors import problem_of

    error = sqlite3.OperationalError("the words of another version")
    error.sqlite_errorcode = number
    assert problem_of(error).code == code


def test_what_a_library_wrote_stands_in_the_log_and_in_no_message(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "a.epub"
    file.write_bytes(b"PK\x03\x04 nothing more")
    with caplog.at_level(logging.INFO):
        (problem,) = read_articles(file)
    assert isinstance(problem, Problem)
    assert "BadZipFile" in caplog.text
    for language in ("zh", "en"):
        assert "BadZipFile" not in explain(problem, language)


def test_a_part_that_is_missing_is_named() -> None:
    problem = broken_file(Path("a.docx"), "reason_part_missing", part="word/document.xml")
    assert "缺少 word/document.xml" in explain(problem, "zh")
    assert "it has no word/document.xml" in explain(problem, "en")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ASSISTANT_LLM_TIMEOUT", "0", "应大于 0"),
        ("ASSISTANT_LLM_SEARCHES", "7", "不能大于 2"),
        ("ASSISTANT_UPLOAD_MEGABYTES", "many", "不是有效的数字"),
        ("ASSISTANT_LANGUAGE", "fr", "可用的值：'zh' or 'en'"),
        ("ASSISTANT_LLM_HEADERS", "x", "不是 JSON 对象"),
        ("ASSISTANT_LLM_HEADERS", '{"api-key": "a\\n"}', "只能是一行 ASCII 字符"),
        ("ASSISTANT_OPEN", "perhaps", "应为 true 或 false"),
    ],
)
def test_a_wrong_setting_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    from ui.terminal import read_settings

    monkeypatch.setenv(name, value)
    with pytest.raises(Problem) as caught:
        read_settings()
    assert told in explain(caught.value, "zh")
