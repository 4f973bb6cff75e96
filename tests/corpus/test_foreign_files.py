"""Whatever a file holds: articles of valid Unicode or named problems, within the limits, and nothing of other files."""

import json
import os
import stat
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.messages import explain
from corpus import file_contents
from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft
from corpus.file_contents import articles_of
from corpus.language.normalize import readable
from corpus.language.times import PartialDay
from corpus.load import find_files, is_text, read_articles, split_articles
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.readers import READERS
from corpus.readers.html_text import strip_html
from corpus.sandbox import PROBLEM, Frame
from corpus.split import Splitter
from tests.corpus.make_files import epub

# Every character there is, halves of characters too; and pieces that readers, dates and lists are made of.
ANY = st.text(st.characters(), max_size=40)
PIECES = st.sampled_from(
    ["2025年2月30日", "2025-02-30", "13月", "99日", "今年", "上月", "本月", "6号起", "第九十九届全国人民代表大会第一二次会议",
     "《办法》", "“", "（", " | ", "一、", "(下转第2版)", "(上接第1版)", "\x00", "\ud800", "\udfff", "\u2028", "\x85", "\ufffe", "²", "٣", "。",
     "\n", "来源：", "发布日期：2025-13-45", "“十四五”时期", "二〇二五年十三月", "0000年"]
)  # fmt: skip
TEXT = st.one_of(ANY, st.lists(st.one_of(PIECES, ANY), max_size=6).map("".join))
NAMES = st.sampled_from(
    ["title", "date", "source", "region", "url", "number", "issuer", "collection", "member", "line"]
)
BLOCKS = st.builds(Block, st.sampled_from(BlockKind), TEXT, st.integers(0, 9))
DRAFTS = st.builds(
    Draft, TEXT, st.dictionaries(st.one_of(NAMES, ANY), TEXT, max_size=5), st.lists(BLOCKS, max_size=6)
)
some = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def is_whole(article: Article, passages: list[Passage]) -> None:
    """It can be stored and sent anywhere, its date is one, and its passages are its own."""
    stored = [article.model_dump_json(), *(passage.model_dump_json() for passage in passages)]
    assert all("\\u0000" not in each for each in stored)
    assert not article.date or PartialDay.parse(article.date) is not None
    assert "\n" not in article.title
    assert len(article.title) <= 300
    for passage in passages:
        assert article.text[passage.start : passage.end] == passage.text


@some
@given(DRAFTS, st.sampled_from(["a.md", "通报20250231.txt", "1999年.txt", "题\n目.md", "\ud800.md"]))
def test_any_draft_is_an_article_or_a_problem(draft: Draft, name: str) -> None:
    try:
        article = assemble(draft, Path(name), "key#0")
    except Problem as problem:
        if problem.code != "article_without_text":
            raise
        return
    is_whole(article, Splitter().split(article))


@some
@given(st.text(st.characters(), max_size=12), TEXT)
def test_any_date_and_text_can_be_cut(date: str, text: str) -> None:
    text = readable(text)
    for day in (date, "2025-02-30", "2025-13", "0001", "9999-12-31", "20٢٥"):
        try:
            article = Article(
                id="a", title="题", text=text, sections=[{"start": 0, "end": len(text)}], date=day
            )
        except ValueError:
            continue
        Splitter().split(article)


def frames_of(file: Path) -> list[Frame]:
    """What the sandbox does, here."""
    return list(articles_of({"file": str(file), "key": "k", "address": "", "explain": True}))


@some
@given(
    st.sampled_from(sorted(READERS)),
    st.one_of(st.binary(max_size=300), TEXT.map(lambda text: text.encode("utf-8", "replace"))),
)
def test_any_bytes_of_any_format_are_articles_or_problems(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{ending}"
    file.write_bytes(data)
    for name, value in frames_of(file):
        json.dumps(value)
        if name == PROBLEM:
            assert explain(Problem(value["code"], **value["fields"]), "zh")


@some
@given(
    st.dictionaries(
        st.one_of(NAMES, st.just("text"), ANY),
        st.one_of(TEXT, st.integers(), st.none(), st.floats()),
        max_size=6,
    )
)
def test_any_record_and_any_front_matter(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, Any]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "a.jsonl").write_text(json.dumps({"content": "正文。", **record}) + "\n", "utf-8")
    lines = "\n".join(f"{name}: {value}" for name, value in record.items())
    (folder / "a.md").write_text(f"---\n{lines}\n---\n# 题\n\n正文。\n", "utf-8", "replace")
    for name in ("a.jsonl", "a.md"):
        frames = frames_of(folder / name)
        assert frames
        for kind, value in frames:
            if kind == "article":
                is_whole(Article.model_validate(value), [])


@pytest.mark.parametrize("step", ["reader_for", "join_continued", "assemble"])
@pytest.mark.parametrize(
    "error", [LookupError("?"), RecursionError(), ValueError("\ud800"), OSError("?"), AssertionError()]
)
def test_an_error_of_any_step_is_one_problem(
    tmp_path: Path, step: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.sandbox_process import _frames

    def failing(*arguments: object, **more: object) -> None:
        raise error

    (tmp_path / "a.txt").write_text("# 甲\n\n甲的正文。\n\n# 乙\n\n乙的正文。\n", "utf-8")
    monkeypatch.setattr(file_contents, step, failing)
    arguments = {"file": str(tmp_path / "a.txt"), "key": "k", "address": "", "explain": False}
    ((name, value),) = _frames("corpus.file_contents:articles_of", arguments, tmp_path / "a.txt")
    assert name == PROBLEM
    assert value["code"] in {"file_failed", "broken_file", "unreadable_file"}
    assert Path(value["fields"]["file"]).name == "a.txt"
    value["fields"]["reason"].encode()


# -- dates


def test_an_impossible_date_is_no_date(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "甲", "text": "本镇今日通车，6号起。", "date": "2025-02-30"}', "utf-8"
    )
    (tmp_path / "b.csv").write_text("标题,正文,日期\n乙,海宁镇今日通车。,2024-06-31\n", "utf-8")
    (tmp_path / "c.md").write_text(
        "---\ndate: 2025-02-30\n---\n# 丙\n\n2025年2月31日\n\n今日通车，6号起。\n", "utf-8"
    )
    (tmp_path / "通报20250231.txt").write_text("滨江镇新桥于今日通车，6号起免费通行。", "utf-8")
    for file in find_files([tmp_path]):
        (article,) = read_articles(file)
        assert isinstance(article, Article)
        assert article.date in {"", "2025"}
        assert next(iter(split_articles(Splitter(), [article])))


# -- what is small in the file and large or long in the reading


def problems_of(file: Path) -> list[str]:
    return [found.code for found in read_articles(file) if isinstance(found, Problem)]


ALIASES = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]" for n in range(9))
DEEP = "a: " + "[" * 500 + "]" * 500


@pytest.mark.parametrize(
    ("head", "code"),
    [(ALIASES, "broken_front_matter"), ("a: &x b", "broken_front_matter"), (DEEP, "broken_front_matter"),
     ("a: b\n" * 10_000, "front_matter_too_long"), ("a: [", "broken_front_matter")],
)  # fmt: skip
def test_front_matter_that_stands_for_more_is_refused(tmp_path: Path, head: str, code: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{head}\n---\n# 题\n\n正文。\n", "utf-8")
    assert problems_of(tmp_path / "a.md") == [code]


def test_front_matter_keeps_its_values_as_they_are_written(tmp_path: Path) -> None:
    head = "title: 007\nnumber: yes\ndate: 2025-03-05\nsource: ~\nregion:\ncontent: x\n1: y"
    (tmp_path / "a.md").write_text(f"---\n{head}\n---\n\n正文。\n", "utf-8")
    (article,) = read_articles(tmp_path / "a.md")
    assert isinstance(article, Article)
    assert (article.title, article.number, article.date) == ("007", "yes", "2025-03-05")
    assert (article.source, article.region) == ("", "")


def test_prose_between_two_rules_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\n\n开头的一段话写在这里。\n\n---\n\n后面的一段话写在这里。\n", "utf-8"
    )
    (article,) = read_articles(tmp_path / "a.md")
    assert isinstance(article, Article)
    assert article.text == "开头的一段话写在这里。\n后面的一段话写在这里。"


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "a <!-- ",
        "<?",
        "<a ",
        '<a b="',
        "</",
        "<a@",
        "<script>",
        "[",
        "![",
        "`",
        "*a",
        "|a|\n|-|\n",
        "&#",
        "（",
        "2月",
    ],
)
def test_a_mark_repeated_is_read_to_its_end(tmp_path: Path, piece: str) -> None:
    (tmp_path / "a.md").write_text(
        "# 题\n\n正文在前。\n\n" + piece * (150_000 // len(piece)) + "\n\n正文在后。\n", "utf-8"
    )
    (article,) = read_articles(tmp_path / "a.md")
    assert isinstance(article, Article)
    assert article.text.startswith("正文在前。")


@pytest.mark.parametrize(
    ("markup", "text"),
    [("甲<b>乙</b>丙", "甲乙丙"), ("<p>甲</p><p>乙</p>", "\n甲\n\n乙\n"), ("a<1 且 b>2", "a<1 且 b>2"), ("<某某>", "<某某>"),
     ("甲<!-- x > y -->乙", "甲乙"), ("甲<!-- 乙", "甲 乙"), ("甲<script>if (a<b) {}</script>乙", "甲乙"), ("<style>x", ""),
     ('<a title="a > b" href=x>甲</a>', "甲"), ("甲&amp;&lt;乙", "甲&<乙"), ("甲<br/>乙", "甲\n乙"), ("<noscript><p>甲</p></noscript>乙", "\n甲\n乙".replace("甲", "")),
     ("甲<!DOCTYPE html>乙", "甲乙"), ("<", "<"), ("甲</SCRIPT >乙", "甲乙")],
)  # fmt: skip
def test_the_text_of_markup(markup: str, text: str) -> None:
    assert strip_html(markup) == text


def bomb(kind: str) -> str:
    """A document type in which one entity stands for a billion characters."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10))
    outside = '<!ENTITY e9 SYSTEM "file:///etc/passwd">'
    return f"<!DOCTYPE r [{entities if kind == 'many' else outside}]>"


def with_type(file: Path, member: str, kind: str, text: str) -> None:
    """Put the document type into a member of an archive, and the entity in place of `text`."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if name == member:
                head, mark, rest = (
                    data.decode().rpartition("?>")
                    if data.startswith(b"<?xml") and b"?>" in data[:200]
                    else ("", "", data.decode())
                )
                if mark:
                    head, _, rest = data.decode().partition("?>")
                assert text in rest
                data = f"{head}{mark}{bomb(kind)}{rest.replace(text, '&e9;')}".encode()
            archive.writestr(name, data)


@pytest.mark.parametrize("kind", ["many", "outside"])
@pytest.mark.parametrize("ending", ["docx", "xlsx", "epub"])
def test_entities_neither_grow_nor_fetch(tmp_path: Path, ending: str, kind: str) -> None:
    file = tmp_path / f"a.{ending}"
    if ending == "docx":
        document = docx.Document()
        document.add_paragraph("占位文字")
        document.save(file)
        with_type(file, "word/document.xml", kind, "占位文字")
    elif ending == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(["占位文字", "乙"])
        book.save(file)
        with_type(file, "xl/sharedStrings.xml", kind, "占位文字")
    else:
        epub(file, [("第一章", "第一章的正文内容写在这里。" * 8)])
        with_type(
            file,
            "OEBPS/content.opf" if "OEBPS/content.opf" in ZipFile(file).namelist() else "content.opf",
            kind,
            "产业年鉴",
        )
    for found in read_articles(file):
        if isinstance(found, Article):
            assert "root:" not in found.text + found.title
            assert len(found.text) < 1_000_000


def test_links_and_archives_in_archives(tmp_path: Path) -> None:
    link = ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "inner.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", "里面的正文写在这里，内容很完整。")
        archive.writestr("third.zip", b"x")
    with ZipFile(tmp_path / "a.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../../../etc/out.txt", "外面的正文写在这里，内容很完整。")
        archive.write(tmp_path / "inner.zip", "inner.zip")
    found = list(read_articles(tmp_path / "a.zip"))
    texts = [each.text for each in found if isinstance(each, Article)]
    assert "里面的正文写在这里，内容很完整。" in texts
    assert not any("/etc/passwd" in text or "root:" in text for text in texts)
    codes = {each.code for each in found if isinstance(each, Problem)}
    assert {"archive_too_deep", "link_in_archive"} <= codes
    assert not Path("/etc/out.txt").exists()


# -- folders


def test_links_that_leave_the_folder_pipes_and_odd_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("不该读到的文字。", "utf-8")
    (folder / "sub" / "a.txt").write_text("该读到的文字。", "utf-8")
    (folder / "inside.txt").symlink_to(folder / "sub" / "a.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "gone.txt").symlink_to(tmp_path / "nothing")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "out").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    (folder / "题\n目.txt").write_text("名字有换行的正文。", "utf-8")
    odd = folder / os.fsdecode(b"\xd5\xfe\xb2\xdf.txt")
    odd.write_text("名字不是文字的正文。", "utf-8")
    problems: list[Problem] = []
    files = list(find_files([folder], problems))
    assert {file.name for file in files} == {"a.txt", "inside.txt", "题\n目.txt", odd.name}
    assert {(problem.code, Path(str(problem.fields["file"])).name) for problem in problems} == {
        ("link_leaves_folder", "outside.txt"), ("link_leaves_folder", "passwd.txt"),
    }  # fmt: skip
    assert not is_text(odd)
    assert problems_of(odd) == ["file_name_is_no_text"]
    (article,) = read_articles(folder / "题\n目.txt")
    assert isinstance(article, Article)
    assert article.title == "题 目"


def test_a_file_that_goes_while_it_is_read_is_a_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "gone.md") == ["unreadable_file"]
