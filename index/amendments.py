"""Rules that another rule amends or abolishes, as links between their articles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.language.sentences import sentence_spans
from index.duplicates import Link
from index.hit import ArticleInfo

AMENDS, ABOLISHES = "amends", "abolishes"
TELLING_WORDS = ("废止", "失效", "修改", "修订")
_NAME = re.compile(r"《([^《》\n]{3,80})》")
_ABOLISHED = re.compile(r"废止|失效")
_ON_THE_GROUNDS_OF = re.compile(r"(?:根据|依照|依据|按照|参照|适用|执行)《[^《》\n]{3,80}》")
_NOT_YET = re.compile(r"不得?废止|尚未|继续有效|未废止|废止前")
_AMENDED = re.compile(
    r"(?:修改|修订)(?:〈|《)([^《》〈〉\n]{3,80})(?:〉|》)(?:等|的决定|的通知|的公告|部分)|对《([^《》\n]{3,80})》[^。；\n]{0,20}(?:作出?|进行)[^。；\n]{0,6}修改"
)
_BARE = re.compile(r"[（(][^（()）]*[)）]|中华人民共和国|[《》〈〉\s]")


def rules_changed(title: str, text: str) -> dict[str, str]:
    """The names of the rules that a document abolishes or amends, and which of the two.

    Args:
        title: Its title ("关于修改〈某某条例〉的决定").
        text: Its text; "《某某规定》同时废止" abolishes.
    """
    found = {one or other: AMENDS for one, other in _AMENDED.findall(f"{title}\n{text}")}
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if _ABOLISHED.search(sentence) and not _NOT_YET.search(sentence):
            for name in _NAME.findall(_ON_THE_GROUNDS_OF.sub("", sentence)):
                found[name] = ABOLISHES
    return found


def links_of_changes(texts: Iterable[tuple[str, str]], articles: Iterable[ArticleInfo]) -> list[Link]:
    """A link for every rule that one of the texts changes and that is an article itself; `older` is that rule.

    Args:
        texts: Ids and texts of the articles that may change others.
        articles: All articles.
    """
    infos = {info.id: info for info in articles}
    by_name: dict[str, list[ArticleInfo]] = {}
    for info in infos.values():
        by_name.setdefault(bare_name(info.title), []).append(info)
    links: dict[tuple[str, str], Link] = {}
    for id_, text in texts:
        changer = infos.get(id_)
        if changer is None:
            continue
        for name, kind in rules_changed(changer.title, text).items():
            for rule in by_name.get(bare_name(name), []):
                # A new version that abolishes the old one bears its name.
                is_earlier = not rule.date or not changer.date or rule.date <= changer.date
                if rule.id != id_ and is_earlier:
                    links[rule.id, id_] = Link(older=rule.id, newer=id_, kind=kind, similarity=0.0)
    return list(links.values())


def bare_name(title: str) -> str:
    """A rule's name without brackets, the country's name and white space; of "…关于印发某某办法的通知" the inner name."""
    bare = _BARE.sub("", title)
    inner = re.search(r"关于(?:印发|发布|公布)(.{4,60}?)的(?:通知|公告|决定)$", bare)
    return inner.group(1) if inner else bare
