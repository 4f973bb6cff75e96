"""Files as people have them: what is read, in what order, and what is left out."""

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pytest

from corpus.load import find_files, read_articles
from corpus.model import Article
from corpus.problem import Problem
from tests.corpus.make_files import PAGE, blank_pdf, epub, newspaper

LEFT = "近年来，我国聚焦自主芯片与智能终端，多地以政策厚植产业发展的沃土，营业收入超过四千八百亿元，增速为百分之二十四。企业数量达到一千家，人才队伍不断壮大，集成"
RIGHT = "电路制造环节实现突破，先进封装成为新的增长点。下一步将扩大产能、培养人才、完善标准，并推动上下游企业协同攻关，形成更加完整的产业链条。"


def read(file: Path) -> tuple[list[Article], list[Problem]]:
    found = list(read_articles(file))
    return (
        [each for each in found if isinstance(each, Article)],
        [each for each in found if isinstance(each, Problem)],
    )


def test_a_newspaper_page_is_read_column_after_column(tmp_path: Path) -> None:
    newspaper(tmp_path / "a.pdf", "多地发展集成电路产业", [LEFT, RIGHT])
    (article,), problems = read(tmp_path / "a.pdf")
    assert (article.title, article.date) == ("多地发展集成电路产业", "2026-03-02")
    # The word that the column break cut is whole, and so is all else.
    assert article.text == LEFT + RIGHT
    assert problems == []


def test_running_heads_go_on_every_page(tmp_path: Path) -> None:
    newspaper(tmp_path / "a.pdf", "多地发展集成电路产业", [LEFT, RIGHT] * 4, pages=4)
    (article,), _ = read(tmp_path / "a.pdf")
    assert "产业报" not in article.text
    assert "- 2 -" not in article.text
    assert article.text.count("近年来") == 4


def test_a_scan_is_named_not_silently_empty(tmp_path: Path) -> None:
    blank_pdf(tmp_path / "scan.pdf")
    articles, problems = read(tmp_path / "scan.pdf")
    assert articles == []
    assert [problem.code for problem in problems] == ["pdf_without_text"]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_page_without_its_menu(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.html").write_bytes(
        PAGE.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset)
    )
    (article,), _ = read(tmp_path / "a.html")
    assert (article.title, article.date) == ("上海集成电路再上台阶", "2026-03-02")
    assert "营业收入超过4800亿元" in article.text
    assert "地区：上海 | 营收：4800亿元" in article.text
    assert article.sections[-1].path == ["一、设计业"]
    for menu in ("网站首页", "滚动新闻", "ICP", "关于我们"):
        assert menu not in article.text


def test_a_word_document_in_its_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("工作方案", 0)
    document.add_paragraph("第一段说明背景。")
    document.add_heading("主要任务", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["指标", "2025年", "产值", "300亿元"], strict=True):
        cell.text = text
    document.add_paragraph("最后一段说明保障。")
    document.save(tmp_path / "a.docx")
    (article,), _ = read(tmp_path / "a.docx")
    assert article.title == "工作方案"
    assert article.text.split("\n") == [
        "第一段说明背景。",
        "主要任务",
        "指标：产值 | 2025年：300亿元",
        "最后一段说明保障。",
    ]


def test_a_row_of_a_sheet_keeps_its_heads(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2025年各地营收"])
    sheet.append(["地区", "营收（亿元）", "增速"])
    sheet.append(["上海", 4800, "24%"])
    sheet.append(["湖北", 1000.5, None])
    book.save(tmp_path / "a.xlsx")
    (article,), _ = read(tmp_path / "a.xlsx")
    assert article.title == "2025年各地营收"
    assert article.date == ""  # the year that a table covers is not when it was published
    assert article.text == "地区：上海 | 营收（亿元）：4800 | 增速：24%\n地区：湖北 | 营收（亿元）：1000.5"


def test_a_sheet_of_articles_is_articles(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        "标题,正文,日期\n甲,甲的正文内容。,2025-01-02\n乙,,2025\n".encode("gb18030")
    )
    (article,), (problem,) = read(tmp_path / "a.csv")
    assert (article.title, article.text, article.date) == ("甲", "甲的正文内容。", "2025-01-02")
    assert problem.fields["line"] == 3


def test_json_and_a_field_mapping(tmp_path: Path) -> None:
    records = {"articles": [{"headline": "甲", "story": "甲的正文内容。"}, 7]}
    (tmp_path / "a.json").write_text(json.dumps(records), "utf-8")
    (tmp_path / "fields.json").write_text('{"title": "headline", "text": "story"}', "utf-8")
    assert [file.name for file in find_files([tmp_path])] == ["a.json"]
    (article,), (problem,) = read(tmp_path / "a.json")
    assert (article.title, article.text) == ("甲", "甲的正文内容。")
    assert problem.code == "json_line_no_object"
    (tmp_path / "fields.json").write_text('{"titel": "headline"}', "utf-8")
    _, (problem,) = read(tmp_path / "a.json")
    assert problem.code == "broken_field_mapping"


def test_a_book_in_the_order_of_its_spine(tmp_path: Path) -> None:
    epub(
        tmp_path / "a.epub",
        [("第一章", "第一章的正文内容写在这里。" * 8), ("第二章", "第二章的正文内容写在这里。" * 8)],
    )
    (article,), _ = read(tmp_path / "a.epub")
    assert (article.title, article.date) == ("产业年鉴", "2025-06-01")
    assert article.text.index("第一章的正文") < article.text.index("第二章的正文")


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("XXXX/YYYYYYYY.txt", "上海的方案正文写在这里，内容很完整。")
        archive.writestr("../../evil.md", "# 外逃\n\n名字里的点不会成为路径。")
        archive.writestr("bomb.txt", b"0" * 60_000_000)
        archive.writestr("broken.docx", b"no document")
        archive.writestr("b.xyz", "?")
    # Windows writes Chinese names in GBK; Python's writer cannot.
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"XXXX/YYYYYYYY", "政策/上海方案".encode("gb18030")))
    articles, problems = read(tmp_path / "a.zip")
    assert [article.title for article in articles] == ["上海方案", "外逃"]
    assert not (tmp_path.parent.parent / "evil.md").exists()
    codes = {Path(str(problem.fields["file"])).name.split("!")[-1]: problem.code for problem in problems}
    assert codes == {"bomb.txt": "archive_too_large", "broken.docx": "broken_file", "b.xyz": "unknown_format"}


def test_two_printed_parts_are_one_article(tmp_path: Path) -> None:
    text = "# 先进封装\n\n前半部分讲封装，后面还有。(下转第2版)\n\n# 别的文章\n\n别的内容在这里。\n\n# 先进封装成为胜负手\n\n(上接第1版)\n\n后半部分讲材料。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    articles, _ = read(tmp_path / "a.txt")
    assert [article.title for article in articles] == ["先进封装", "别的文章"]
    assert articles[0].text == "前半部分讲封装，后面还有。\n后半部分讲材料。"
