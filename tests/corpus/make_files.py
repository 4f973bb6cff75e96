"""Writes files of the formats that articles come in."""

from pathlib import Path
from zipfile import ZipFile

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595, 842)


def lines_of(text: str, characters: int) -> list[str]:
    return [text[start : start + characters] for start in range(0, len(text), characters)]


def newspaper(file: Path, title: str, columns: list[str], pages: int = 1) -> None:
    """Pages with a headline, two columns of 20 characters, a running head and a page number."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(file), pagesize=A4)
    for page in range(pages):
        canvas.setFont(FONT, 9)
        canvas.drawString(60, 815, "某某产业报 2026年3月2日 星期一")
        canvas.drawString(290, 25, f"- {page + 1} -")
        if page == 0:
            canvas.setFont(FONT, 24)
            canvas.drawString(60, 770, title)
        canvas.setFont(FONT, 11)
        for number, text in enumerate(columns[2 * page : 2 * page + 2]):
            for row, line in enumerate(lines_of(text, 20)):
                canvas.drawString(60 + 250 * number, 730 - 16 * row, line)
        canvas.showPage()
    canvas.save()


def blank_pdf(file: Path) -> None:
    canvas = Canvas(str(file), pagesize=A4)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()


PAGE = """<html lang="zh"><head><meta charset="{charset}"><title>上海集成电路再上台阶</title>
<meta name="PubDate" content="2026-03-02"></head><body>
<nav><ul><li><a href="/">网站首页</a></li><li><a href="/n">滚动新闻</a></li></ul></nav>
<article><h1>上海集成电路再上台阶</h1>
<p>2025年，上海集成电路产业营业收入超过4800亿元，同比增长24%，产业链各环节协同推进，取得明显成效。</p>
<h2>一、设计业</h2><p>设计业营收增长较快，占全市比重继续提高，企业数量达到一千家，人才队伍不断壮大。</p>
<table><tr><th>地区</th><th>营收</th></tr><tr><td>上海</td><td>4800亿元</td></tr></table>
</article><footer>版权所有 京ICP备00000号 <a href="/about">关于我们</a></footer></body></html>"""


def epub(file: Path, chapters: list[tuple[str, str]]) -> None:
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    with ZipFile(file, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        )
        book.writestr(
            "OEBPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>产业年鉴</dc:title><dc:date>2025-06-01</dc:date></metadata><manifest>{items}</manifest>"
            f"<spine>{spine}</spine></package>",
        )
        for number, (title, text) in enumerate(chapters):
            book.writestr(
                f"OEBPS/c{number}.xhtml", f"<html><body><h1>{title}</h1><p>{text}</p></body></html>"
            )
