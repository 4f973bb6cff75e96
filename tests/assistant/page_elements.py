"""The elements of a page, and what an answer's may be."""

from html.parser import HTMLParser

from assistant.model import Answer
from ui.web.icons import ICONS, icon
from ui.web.render import answer_as_html


class PageElements(HTMLParser):
    """The elements of a page, each with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


def check_page(answer: Answer) -> None:
    """The answer's HTML holds our own elements alone, links to our own articles alone, and nothing that Markdown reads."""
    html = answer_as_html(answer, "zh")
    allowed = {
        "div": {"class"}, "p": {"class", "title"}, "span": {"class"}, "ol": {"start"}, "ul": {"class"}, "li": set(),
        "a": {"class", "href", "title"}, "details": {"class", "open"}, "summary": set(),
    }  # fmt: skip
    if answer.written:  # what Markdown makes of it
        allowed |= {
            name: set()
            for name in ("br", "strong", "em", "code", "pre", "blockquote", "table", "thead", "tbody", "tr")
        }
        allowed |= {"th": {"style"}, "td": {"style"}, "mark": {"class", "title"}} | {
            f"h{n}": set() for n in range(1, 7)
        }
    for tag, attributes in PageElements(without_icons(html)).elements:
        assert tag in allowed
        assert set(attributes) <= allowed[tag]
        assert attributes.get("href", "/article/").startswith(("/article/", "#act/"))
    assert "\n" not in html
    assert "$" not in html


def without_icons(html: str) -> str:
    """The HTML less the icons of our own set, letter by letter as they are: any other drawing stays in it."""
    for each in ICONS:
        html = html.replace(icon(each), "")
    return html
