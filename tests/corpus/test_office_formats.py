"""Office formats besides .docx: read by what they hold, whatever their ending says; what is damaged is named."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from corpus.assemble import assemble
from corpus.block import BlockKind, Draft
from corpus.file_contents import ARTICLE, articles_of
from corpus.load import find_files, read_articles
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers import reader_for, soffice
from corpus.readers.list_numbers import Level, ListNumbers, NumberedList
from corpus.readers.soffice import converted
from corpus.sandbox import PROBLEM
from tests.corpus.make_files import PAGE
from tests.corpus.make_office import (
    doc,
    docx,
    mail,
    numbered,
    numbering,
    odt,
    ofd,
    ole,
    p,
    ppt,
    pptx,
    rtf,
    saved_page,
    table,
    xls,
)

TEXT = "本段是正文，写得足够长，说明有关工作的背景和要求，不会被看作题目。"
CELL = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"


def read(file: Path) -> tuple[list[Draft], list[Problem]]:
    found = list(reader_for(file)(file))
    return (
        [each for each in found if isinstance(each, Draft)],
        [each for each in found if isinstance(each, Problem)],
    )


def lines(file: Path) -> list[str]:
    return [block.text for draft in read(file)[0] for block in draft.blocks]


def test_word_97_is_read_by_its_pieces(tmp_path: Path) -> None:
    text = f"关于用水的通知\r{TEXT}\r见\x13HYPERLINK x\x14附件\x15。\r用水\x0b合计𠮷\r"
    (draft,), _ = read(doc(tmp_path / "a.doc", text))
    assert draft.title == "关于用水的通知"
    assert [block.text for block in draft.blocks] == [TEXT, "见附件。", "用水", "合计𠮷"]


def test_documents_of_word_97_read_as_their_copies_do(shared: Path) -> None:
    from difflib import SequenceMatcher

    def text(file: Path) -> str:
        return "".join("".join(block.text.split()) for block in read(file)[0][0].blocks)

    for name in (
        "guides/documents/柳河县加快旅游业发展的若干意见",
        "notices/documents/国发〔2018〕39号 促进就业若干意见",
    ):
        old = shared / "corpora" / f"{name}.doc"
        new = shared / "corpora" / f"{name.replace('documents', 'alternates')}.docx"
        assert SequenceMatcher(None, text(old), text(new), autojunk=False).ratio() >= 0.985


def test_rich_text_of_chinese_windows(tmp_path: Path) -> None:
    body = (
        rf"\pard 关于用水的通知\par {TEXT}\par {{\listtext 第一条\tab}}内容\u8364?\par "
        r"正文{\footnote 不含再生水。}。\par {\*\generator 别的}{\deleted 删去的}"
        r"\trowd\cellx2000\clmgf\cellx4000\clmrg\cellx6000\intbl 地区\cell 小麦\cell\cell\row"
        r"\trowd\cellx2000\cellx4000\cellx6000\intbl \cell 面积\cell 产量\cell\row"
        r"\intbl 上海\cell 31.2\cell 14.8\cell\row\pard 完。\par"
    )
    (draft,), _ = read(rtf(tmp_path / "a.rtf", body))
    assert draft.title == "关于用水的通知"
    assert [block.text for block in draft.blocks] == [
        TEXT, "第一条 内容€", "正文。", "注1：不含再生水。", "地区：上海 | 小麦·面积：31.2 | 小麦·产量：14.8", "完。",
    ]  # fmt: skip


def test_open_document_text(tmp_path: Path) -> None:
    rows = [
        [
            CELL.format("", "地区"),
            CELL.format(' table:number-columns-spanned="2"', "小麦"),
            "<table:covered-table-cell/>",
        ],
        [CELL.format("", ""), CELL.format("", "面积"), CELL.format("", "产量")],
        [CELL.format("", "上海"), CELL.format("", "31.2"), CELL.format("", "14.8")],
    ]
    grid = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    body = (
        "<text:tracked-changes><text:p>删去的</text:p></text:tracked-changes>"
        f'<text:h text:outline-level="1">总体要求</text:h><text:p>{TEXT}</text:p>'
        '<text:p>用水<text:s text:c="2"/>量<text:note><text:note-body><text:p>不含再生水。</text:p></text:note-body></text:note>。'
        f"</text:p><table:table>{grid}</table:table>"
    )
    (draft,), _ = read(odt(tmp_path / "a.odt", body))
    assert draft.title == "总体要求"
    assert [block.text for block in draft.blocks] == [
        TEXT, "用水  量。", "注1：不含再生水。", "地区：上海 | 小麦·面积：31.2 | 小麦·产量：14.8",
    ]  # fmt: skip


def test_sheets_show_what_is_printed(tmp_path: Path) -> None:
    assert lines(xls(tmp_path / "a.xls", [["地区", "增速"], ["甘泉县", 0.075]])) == [
        "地区：甘泉县 | 增速：7.5%"
    ]
    rows = "".join(
        f"<table:table-row>{CELL.format('', a)}{CELL.format('', b)}</table:table-row>"
        for a, b in [("地区", "增速"), ("甘泉县", "7.5%")]
    )
    file = odt(tmp_path / "a.ods", f'<table:table table:name="统计">{rows}</table:table>', "spreadsheet")
    assert lines(file) == ["地区：甘泉县 | 增速：7.5%"]


@pytest.mark.parametrize(
    "make", [pptx, lambda file, slides: ppt(file, [[title, *texts] for title, texts in slides])]
)
def test_slides_are_headings_with_their_texts(tmp_path: Path, make: Callable[..., Path]) -> None:
    ending = ".pptx" if make is pptx else ".ppt"
    (draft,), _ = read(
        make(tmp_path / f"a{ending}", [("建设情况", ["青岚市数据局"]), ("一、进展", ["投资3.2亿元"])])
    )
    assert draft.title == "建设情况"
    assert [(block.kind, block.text) for block in draft.blocks] == [
        (BlockKind.PARAGRAPH, "青岚市数据局"), (BlockKind.HEADING, "一、进展"), (BlockKind.PARAGRAPH, "投资3.2亿元"),
    ]  # fmt: skip


def test_fixed_pages_have_lines_with_places_and_tables(tmp_path: Path) -> None:
    body = "近年来全省大力发展数字乡村农村宽带接入用户超过四千八百万户同比增长百分之二十四"
    page = [
        (70.0, 30.0, 7.0, "关于印发规划的通知"),
        (28.0, 60.0, 4.0, body[:38]),
        (28.0, 67.0, 4.0, body[38:] + "。"),
    ]
    rows = [["地区", "床位数", "医师数"], ["甘泉县", "3460", "1288"], ["永丰县", "1637", "1004"]]
    page += [
        (35.0 + 50 * c, 92.0 + 8 * r, 4.0, text) for r, row in enumerate(rows) for c, text in enumerate(row)
    ]
    rules = [(30.0, 90.0 + 8 * n, 180.0, 90.0 + 8 * n) for n in range(4)]
    rules += [(30.0 + 50 * n, 90.0, 30.0 + 50 * n, 114.0) for n in range(4)]
    (article,) = read_articles(ofd(tmp_path / "a.ofd", [page], rules))
    assert isinstance(article, Article)
    assert article.title == "关于印发规划的通知"
    assert article.text.split("\n") == [
        body + "。", "地区：甘泉县 | 床位数：3460 | 医师数：1288", "地区：永丰县 | 床位数：1637 | 医师数：1004",
    ]  # fmt: skip
    assert article.layout.tables[0].cells == rows
    assert article.layout.places[0].page == 1


def test_a_mail_and_what_is_attached(tmp_path: Path) -> None:
    attached = docx(tmp_path / "b.docx", p("附件内容") + p(TEXT)).read_bytes()
    file = mail(tmp_path / "a.eml", "关于用水的通知", TEXT, {"附件1.docx": attached, "b.exe": b"MZ"})
    drafts, (problem,) = read(file)
    assert [draft.title for draft in drafts] == ["关于用水的通知", "附件内容"]
    assert drafts[0].fields["date"] == "2025-03-05"
    assert drafts[1].fields["member"].endswith("a.eml!附件1.docx")
    assert (problem.code, str(problem.fields["file"])) == ("unknown_format", f"{file}!b.exe")


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    file = saved_page(tmp_path / "a.mht", PAGE.format(charset="gb2312").encode("gb18030"))
    (draft,), problems = read(file)
    assert assemble(draft, file, "key").title == "上海集成电路再上台阶"
    assert draft.fields["url"] == "https://example.com/a.html"
    assert problems == []


def test_what_a_file_holds_counts_not_its_ending(tmp_path: Path) -> None:
    body = p("用水通知") + p(TEXT)
    made = {
        "docx.doc": docx(tmp_path / "1", body), "word.wps": doc(tmp_path / "2", f"用水通知\r{TEXT}\r"),
        "rich.doc": rtf(tmp_path / "3", rf"用水通知\par {TEXT}\par"), "page.doc": tmp_path / "4", "text.doc": tmp_path / "5",
        "saved.doc": saved_page(tmp_path / "6", PAGE.format(charset="utf-8").encode()),
    }  # fmt: skip
    (tmp_path / "4").write_bytes(PAGE.format(charset="utf-8").encode())
    (tmp_path / "5").write_text(f"用水通知\n{TEXT}\n", "utf-8")
    for name, file in made.items():
        renamed = file.rename(tmp_path / name)
        (draft,), problems = read(renamed)
        assert assemble(draft, renamed, "key").title in {"用水通知", "上海集成电路再上台阶"}, name
        assert problems == []


def test_encrypted_files_are_named(tmp_path: Path) -> None:
    ole(tmp_path / "a.docx", {"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
    doc(tmp_path / "b.doc", "密", encrypted=True)
    with ZipFile(tmp_path / "c.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
        package.writestr("content.xml", "x")
    for file in sorted(tmp_path.iterdir()):
        with pytest.raises(Problem) as caught:
            read(file)
        assert caught.value.code == "file_encrypted", file.name


def test_bombs_are_left_alone(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    for name, part in (
        ("a.docx", "word/document.xml"),
        ("b.odt", "content.xml"),
        ("c.ofd", "OFD.xml"),
        ("d.pptx", "ppt/presentation.xml"),
    ):
        with ZipFile(tmp_path / name, "w", ZIP_DEFLATED) as package:
            package.writestr(part, laughs)
    with ZipFile(tmp_path / "e.docx", "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 60_000_000)
    codes = {}
    for file in sorted(tmp_path.iterdir()):
        with pytest.raises(Problem) as caught:
            read(file)
        codes[file.name] = caught.value.code
    assert codes == dict.fromkeys(["a.docx", "b.odt", "c.ofd", "d.pptx"], "broken_file") | {
        "e.docx": "archive_too_large"
    }


MAKERS: dict[str, Callable[[Path], Path]] = {
    ".docx": lambda file: docx(file, numbered("甲") + table([["甲", "乙"], ["1", "2"]]), {"numbering": numbering([("decimal", "%1.")])}),
    ".doc": lambda file: doc(file, f"题目\r{TEXT}\r"),
    ".rtf": lambda file: rtf(file, rf"题目\par {TEXT}\trowd\cellx9\intbl 甲\cell\row"),
    ".odt": lambda file: odt(file, f"<text:h>题目</text:h><text:p>{TEXT}</text:p>"),
    ".ods": lambda file: odt(file, f"<table:table><table:table-row>{CELL.format('', '甲')}</table:table-row></table:table>", "spreadsheet"),
    ".pptx": lambda file: pptx(file, [("题目", [TEXT])]),
    ".ppt": lambda file: ppt(file, [["题目", TEXT]]),
    ".xls": lambda file: xls(file, [["地区", "增速"], ["甘泉县", 0.075]]),
    ".ofd": lambda file: ofd(file, [[(30, 30, 4, "正文")]], [(1, 1, 9, 1)]),
    ".eml": lambda file: mail(file, "题目", TEXT, {"a.txt": b"x"}),
    ".mht": lambda file: saved_page(file, PAGE.format(charset="utf-8").encode()),
}  # fmt: skip


@pytest.mark.parametrize("ending", MAKERS)
def test_damaged_files_are_read_or_named(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "soffice", lambda: "")
    whole = MAKERS[ending](tmp_path / f"whole{ending}").read_bytes()
    draw = random.Random(ending)
    broken = [whole[:cut] for cut in (0, 1, 7, 100, len(whole) // 3, len(whole) - 9)]
    for _ in range(20):
        data = bytearray(whole)
        for _ in range(draw.choice((1, 5, 60))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        broken.append(bytes(data))
    broken += [draw.randbytes(3000), b"%PDF-1.7" + draw.randbytes(500)]
    articles = 0
    for number, data in enumerate(broken):
        file = tmp_path / f"{number}{ending}"
        file.write_bytes(data)
        arguments = {"file": str(file), "key": "key", "address": "", "explain": False}
        frames = list(articles_of(arguments))
        assert frames, number
        articles += any(name == ARTICLE for name, _ in frames)
        assert not any(name == PROBLEM and "file_failed" in str(value) for name, value in frames), frames
        if number == 0 or number >= len(broken) - 2:
            assert not any(name == ARTICLE for name, _ in frames), number
    assert articles < len(broken)


def test_nothing_in_a_folder_is_passed_over_in_silence(tmp_path: Path) -> None:
    documents = ["a.doc", "b.WPS", "c.et", "d.pptx", "e.ofd", "f.eml", "g.mht", "h.odt", "i.rtf", "j.xls"]
    beside = [
        ".DS_Store",
        "Thumbs.db",
        "~$a.docx",
        "x.lnk",
        "fields.json",
        ".hidden/a.md",
        "desktop.ini",
        "~WRD0001.tmp",
        ".~lock.a.odt#",
    ]
    named = {
        "a.zip.part": "download_not_finished", "b.exe": "file_kind_not_read", "c.7z": "archive_not_read",
        "d.rar": "archive_not_read", "e.xyz": "file_kind_not_read", "README": "file_kind_not_read",
    }  # fmt: skip
    for name in [*documents, *beside, *named]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    problems: list[Problem] = []
    files = [file.name for file in find_files([tmp_path], problems)]
    assert sorted(files) == sorted(documents)
    assert {Path(str(problem.fields["file"])).name: problem.code for problem in problems} == named
    assert len(problems) == len(named)


def test_a_list_counts_on_where_a_deeper_level_must_not_start_anew() -> None:
    levels = {0: Level(text="%1."), 1: Level(text="（%2）", restart=0)}
    numbers = ListNumbers({"1": NumberedList("a", levels)})
    assert [numbers.next_label("1", depth) for depth in (0, 1, 0, 1)] == ["1. ", "（1）", "2. ", "（2）"]


def test_a_version_before_word_97_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "soffice", lambda: "")
    ole(tmp_path / "a.doc", {"WordDocument": b"\xec\xa5\x65\x00" + bytes(2000)})
    with pytest.raises(Problem) as caught:
        read(tmp_path / "a.doc")
    assert caught.value.code == "format_needs_libreoffice"


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, mark = tmp_path / "soffice", tmp_path / "mark"
    program.write_text(f"#!/bin/sh\n(sleep 5; touch {mark}) &\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(soffice, "soffice", lambda: str(program))
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(Problem) as caught, converted(tmp_path / "a.doc", "docx", seconds=0.5):
        pass
    assert caught.value.code == "reading_took_too_long"
    time.sleep(0.2)
    sleeping = subprocess.run(["pgrep", "-f", str(mark)], capture_output=True, text=True, check=False)
    assert not sleeping.stdout.strip()


@pytest.mark.skipif(not soffice.soffice(), reason="LibreOffice is not on this machine")
def test_other_programs_files_read_as_the_document_they_were_made_of(tmp_path: Path) -> None:
    rows = [
        ["县区v", "小麦>2"],
        ["^", "面积", "产量"],
        ["东桥县", "31.2", "14.8"],
        ["西桥县", "28.7", "13.1"],
    ]
    body = p("用水通知") + p(TEXT) + numbered("甲。") + numbered("乙。") + table(rows) + p("完。")
    source = docx(
        tmp_path / "a.docx", body, {"numbering": numbering([("chineseCountingThousand", "第%1条")])}
    )
    expected = lines(source)
    assert expected[1:4] == ["第一条 甲。", "第二条 乙。", "县区：东桥县 | 小麦·面积：31.2 | 小麦·产量：14.8"]
    for ending in ("doc", "rtf", "odt"):
        with converted(source, ending) as made:
            assert lines(made) == expected, ending
