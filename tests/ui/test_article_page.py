from corpus.model import Article, Section
from ui.web.article import article_page


def test_the_span_is_marked_and_markup_of_the_article_is_text() -> None:
    text = "第一句<script>alert(1)</script>。第二句是所引的。\n下一段。"
    start = text.index("第二句")
    article = Article(
        id="a",
        title="<b>题</b>",
        text=text,
        sections=[Section(path=["节"], start=0, end=len(text))],
        url="javascript:alert(1)",
    )
    html = article_page(article, start, start + len("第二句是所引的。"), "zh")
    assert "<mark>第二句是所引的。</mark>" in html
    assert "<script>alert" not in html
    assert "<b>题" not in html
    assert "javascript:alert" not in html
