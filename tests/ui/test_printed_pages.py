"""The page of a PDF beside its text: where a citation stands on it, who sees it, and what is told where there is none."""

import io
import json
import os
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.settings import Settings
from corpus.model import Article, Layout, PagePlace
from corpus.problem import Problem
from corpus.sandbox import Frame, Sandbox, Work
from index.file_at_rest import digest_of
from tests.corpus.make_files import A4, FONT, lines_of
from tests.ui.signed_in import OUTSIDER, OpenLibrary, open_library
from ui.web.page_pictures import PagePictures
from ui.web.page_view import page_view_html
from ui.web.printed_pages import PrintedPages, marked_boxes

FIRST = "上海市集成电路产业营业收入超过四千八百亿元，同比增长百分之二十四，企业数量达到一千二百家。"
SECOND = "设计业营收占比继续提高，人才队伍不断壮大，重点企业研发投入强度超过百分之十五。"
NAME = "年报.pdf"


def print_pages(file: Path, *pages: str) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(file), pagesize=A4)
    for number, text in enumerate(pages):
        if number == 0:
            canvas.setFont(FONT, 22)
            canvas.drawString(60, 770, "集成电路产业年报")
        canvas.setFont(FONT, 12)
        for row, line in enumerate(lines_of(text, 38)):
            canvas.drawString(60, 700 - 20 * row, line)
        canvas.showPage()
    canvas.save()


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Iterator[OpenLibrary]:
    (tmp_path / "corpus").mkdir()
    print_pages(tmp_path / "corpus" / NAME, FIRST, SECOND)
    with open_library(tmp_path, settings) as opened:
        yield opened


def the_article(library: OpenLibrary) -> Article:
    """The only article there is."""
    (info,) = library.catalogue.articles()
    article = library.catalogue.article(info.id)
    assert article is not None
    return article


def put_in_file(library: OpenLibrary, *articles: Article) -> None:
    """Have the file hold these articles, all of them on its second page."""
    record = library.catalogue.file(str(library.corpus / NAME))
    assert record is not None
    layout = Layout(places=[PagePlace(start=0, page=2)])
    library.catalogue.replace_file(
        record, [each.model_copy(update={"layout": layout}) for each in articles], []
    )


def test_a_cited_sentence_is_marked_on_its_page_for_who_may_read_it(library: OpenLibrary) -> None:
    client = library.client
    article = the_article(library)
    start = article.text.index("人才队伍")
    page = client.get(
        f"/article/{article.id}", params={"start": start, "end": start + 8, "q": "人才队伍不断壮大"}
    )
    assert "&quot;shown&quot;: 2" in page.text
    assert "img-src 'self'" in page.headers["content-security-policy"]

    reply = client.get(f"/article/{article.id}/page/2?width=900")
    assert reply.headers["content-type"] == "image/webp"
    picture = Image.open(io.BytesIO(reply.content))
    assert picture.width == 1000
    ((left, top, right, bottom),) = marked_boxes(
        article.text, library.catalogue.layout(article.id), start, start + 8
    )[2]
    dark = picture.convert("L").point(lambda each: 255 * (each < 128)).getbbox()
    assert dark is not None
    assert dark[0] / 1000 < left < right < dark[2] / 1000 + 0.01
    # Twelve characters of twelve points stand before it, eight are in it, on a page of 595 points.
    assert left == pytest.approx((60 + 12 * 12) / 595, abs=0.01)
    assert right - left == pytest.approx(8 * 12 / 595, abs=0.01)
    assert top < (842 - 700) / 842 < bottom
    again = client.get(
        f"/article/{article.id}/page/2?width=900", headers={"if-none-match": reply.headers["etag"]}
    )
    assert again.status_code == 304

    for number in ("0", "3", "-1", "99999999999999999999"):
        assert client.get(f"/article/{article.id}/page/{number}").status_code == 404
    assert client.get(f"/article/{article.id}/page/zwei").status_code == 422
    assert client.get(f"/article/{article.id}/page/1?width=99999999").status_code == 422

    library.catalogue.correct(article.id, {"collection": "内部"})
    library.access.person = OUTSIDER
    for address in (f"/article/{article.id}/page/2", "/article/nothing/page/2"):
        refused = client.get(address, headers={"if-none-match": reply.headers["etag"], "accept": "image/*"})
        assert refused.status_code == 404
        assert refused.json() == client.get("/article/nothing").json()


def test_pages_of_a_file_that_holds_something_hidden_are_not_shown(library: OpenLibrary) -> None:
    client = library.client
    article = the_article(library)
    put_in_file(library, article, article.model_copy(update={"id": "hidden", "collection": "内部"}))
    # Of a file with several articles only the pages that this one stands on are its own.
    assert client.get(f"/article/{article.id}/page/2").status_code == 200
    assert client.get(f"/article/{article.id}/page/1").status_code == 404
    library.access.person = OUTSIDER
    assert client.get(f"/article/{article.id}/page/2").status_code == 404
    page = client.get(f"/article/{article.id}?lang=zh")
    assert page.status_code == 200
    assert "<aside" not in page.text


def test_pages_of_what_was_taken_out_are_shown_only_to_who_sees_all(library: OpenLibrary) -> None:
    client = library.client
    article = the_article(library)
    put_in_file(library, article)
    assert client.get(f"/article/{article.id}/page/1").status_code == 200
    library.catalogue.correct("hidden and taken out", {"removed": str(library.corpus / NAME)})
    assert client.get(f"/article/{article.id}/page/2").status_code == 200
    assert client.get(f"/article/{article.id}/page/1").status_code == 404, "it may be the other's"
    library.access.person = OUTSIDER
    assert client.get(f"/article/{article.id}/page/2").status_code == 404


def test_a_file_that_is_replaced_while_it_is_drawn_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pdf"
    print_pages(file, FIRST)
    pages = PrintedPages(file, digest_of(file), 1, 1)
    pictures, do = PagePictures(), Sandbox.do

    def replaced(sandbox: Sandbox, works: list[Work]) -> list[list[Frame]]:
        print_pages(file, SECOND)
        return do(sandbox, works)

    monkeypatch.setattr(Sandbox, "do", replaced)
    with pytest.raises(Problem, match="page_file_changed"):
        pictures.picture(pages, 1, 1000)
    assert not pictures._pictures
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(Problem, match="page_file_gone"):
        pictures.picture(pages, 1, 1000)


def test_a_file_that_changed_or_is_gone_is_told_and_the_text_stays(library: OpenLibrary) -> None:
    client = library.client
    article, file = the_article(library), library.corpus / NAME
    print_pages(file, SECOND, FIRST)
    changed = client.get(f"/article/{article.id}/page/1?lang=zh")
    assert changed.status_code == 409
    assert "有改动" in changed.json()["detail"]
    file.unlink()
    gone = client.get(f"/article/{article.id}/page/1?lang=zh")
    assert gone.status_code == 404
    page = client.get(f"/article/{article.id}?lang=zh").text
    assert "原文件已不在原处" in page
    assert "设计业营收占比" in page
    assert "<aside" not in page


def test_what_is_remembered_stays_small_and_a_broken_file_is_one_problem(tmp_path: Path) -> None:
    print_pages(tmp_path / "a.pdf", FIRST, SECOND, FIRST)
    pictures = PagePictures(most_bytes=1)
    pages = PrintedPages(tmp_path / "a.pdf", digest_of(tmp_path / "a.pdf"), 1, 5)
    for number in (1, 2, 3):
        assert pictures.picture(pages, number, 1000)
    assert len(pictures._pictures) == 1
    with pytest.raises(Problem, match="page_not_there"):
        pictures.picture(pages, 4, 1000)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    broken = PrintedPages(tmp_path / "b.pdf", digest_of(tmp_path / "b.pdf"), 1, 1)
    with pytest.raises(Problem, match="page_not_drawn"):
        pictures.picture(broken, 1, 1000)
    Image.new("L", (40, 4000), 255).save(tmp_path / "c.png")
    high = PrintedPages(tmp_path / "c.png", digest_of(tmp_path / "c.png"), 1, 1)
    assert Image.open(io.BytesIO(pictures.picture(high, 1, 1000))).size == (40, 4000)


def test_only_the_part_of_a_line_that_is_cited_is_marked() -> None:
    text = "甲乙丙丁12\n戊己\n没有位置的一行"
    places = [
        PagePlace(start=0, page=1, box=(0.1, 0.1, 0.6, 0.12)),
        PagePlace(start=7, page=2, box=(0.1, 0.2, 0.3, 0.22)),
    ]
    layout = Layout(places=places)
    assert marked_boxes(text, layout, 2, 4) == {1: [pytest.approx((0.3, 0.1, 0.5, 0.12))]}
    assert set(marked_boxes(text, layout, 5, 8)) == {1, 2}
    assert marked_boxes(text, layout, 7, 9) == {2: [pytest.approx((0.1, 0.2, 0.3, 0.22))]}
    assert marked_boxes(text, layout, 11, 14) == {}
    assert marked_boxes(text, layout, 3, 3) == {}
    assert marked_boxes("", Layout(), 0, 5) == {}


def test_what_was_recognised_is_told_and_texts_of_an_article_stay_texts() -> None:
    places = [PagePlace(start=0, page=1, box=(0, 0, 1, 1)), PagePlace(start=3, page=2, confidence=0.9)]
    article = Article(id='a"b', title="题", text="甲乙\n丙丁", sections=[], layout=Layout(places=places))
    drawn = page_view_html(article, PrintedPages(Path("a.pdf"), "", 1, 2), 0, 2, "zh")
    data = json.loads(unescape(drawn.partition('data-pages="')[2].partition('"')[0]))
    assert data["recognised"] == [2]
    assert data["address"] == "/article/a%22b/page/"
    assert data["marks"] == {"1": [[0, 0, 1, 1]]}
    assert data["starts"] == {"1": 0, "2": 3}
