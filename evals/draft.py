"""Proposes items from the articles, by rule: a figure, a date, a body or a named plan, each with its sentence.

A clause is turned into a question by putting the question word where the asked thing stands. The wording is stiff at
times; a person accepts or edits it.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.language.sentences import sentence_spans
from corpus.language.times import years_in
from corpus.model import Article, Passage
from evals.items import EvalItem
from evals.metrics.facts import holds
from index.hit import ArticleInfo
from index.store import Index
from index.words import content_words

_CLAUSE_END = re.compile(r"[，,；;。！!？?：:]")
_FIGURE = re.compile(
    r"(?P<about>超过|超|约|近|逾|突破|至少|不低于|不少于|不超过)?(?P<value>\d[\d,.]*(?:万亿|千亿|百亿|亿|万|千|百)?(?:多|余)?)"
    r"(?P<unit>%|个百分点|个工作日|亿元|万元|元|美元|吨|公斤|斤|人次|人|户|块|颗|片|台|辆|架|艘|家|个|项|条|种|件|款|座|公里|平方米|亩|"
    r"千瓦时|千瓦|倍|次|所|支|部|类|名|天|小时|工作日)"
)
_GOES_ON = re.compile(r"(?:\s*[-—–~～至到])+\s*\d")
"""What follows the lower end of a range: half of it is no answer."""
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_BODY = re.compile(
    r"(?:^|[，,。由经])(?P<body>[\u4e00-\u9fff]{2,14}(?:部|委员会|委|局|厅|银行|办公厅|办公室|政府|公司|研究院|协会|总署))"
    r"(?:[\u4e00-\u9fff]{0,6})(?P<deed>印发|发布|公布|出台|修订|批复|成立|启动|牵头)"
)
_PLAN = re.compile(r"《[^》]{4,40}》")
_OPENERS = re.compile(
    r"^(?:其中|同时|此外|另外|目前|截至目前|据了解|据介绍|不过|并|且|而|但|也|还|又|为此|对此|第\s*[一二三四五六七八九十百零\d]+\s*[编章节条款项]|\d{1,2}[.．](?!\d)|[一二三四五六七八九十]是)[，,、\s]*"
)
_POINTS_BACK = re.compile(
    r"^(?:这|该|此|同一年|同期|从那|那|其|它|他|她|上述|前者|后者|同比|环比|比上年|增长|下降|占)"
)
_TIME = re.compile(
    r"^(?:截至|到|从|按|在)?[^，,]{0,24}(?:年|月|日|季度|半年|假期|期间|以来|规定|办法|令|条例|细则)[^，,]{0,6}$"
)
_SHORTEST, _LONGEST = 8, 60
_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("“", "”"), ("〔", "〕"))


@dataclass(frozen=True)
class _Sentence:
    article: ArticleInfo
    passage: Passage
    text: str


def proposals(index: Index, known: Iterable[str] = (), most: int = 50) -> list[EvalItem]:
    """At most `most` items, taken from the articles in turn; questions in `known` are not proposed again."""
    asked = {_key(question) for question in known}
    by_article = [proposals_of(index, info.id) for info in index.catalogue.articles()]
    result: list[EvalItem] = []
    for item in _in_turn(by_article):
        if _key(item.question) in asked:
            continue
        asked.add(_key(item.question))
        result.append(item)
        if len(result) == most:
            break
    return result


def proposals_of(index: Index, article_id: str) -> Iterator[EvalItem]:
    """The items that one article gives, one a sentence at most."""
    article = index.catalogue.article(article_id)
    if article is None:
        return
    info = ArticleInfo.model_validate(article.model_dump(include=set(ArticleInfo.model_fields)))
    for passage in index.catalogue.passages_of(article_id):
        for start, end in sentence_spans(passage.text):
            if " | " in passage.text[start:end]:
                continue
            sentence = _Sentence(info, passage, passage.text[start:end])
            found = next((item for rule in _RULES for item in rule(sentence)), None)
            if found is not None and _is_only_place(article, found):
                yield found


def _figure(sentence: _Sentence) -> Iterator[EvalItem]:
    for match in _FIGURE.finditer(sentence.text):
        if fold(sentence.text[match.start() - 1 : match.start()]) in {"第", "-", "—"} and match.start():
            continue
        if _GOES_ON.match(sentence.text, match.end()):
            continue
        value = match.group("value") + match.group("unit")
        word = "百分之多少" if match.group("unit") == "%" else "多少" + match.group("unit")
        yield from _asking(sentence, match.span(), word, value, "fact")


def _date(sentence: _Sentence) -> Iterator[EvalItem]:
    for match in _DATE.finditer(sentence.text):
        yield from _asking(sentence, match.span(), "哪一天", match.group(), "date")


def _body(sentence: _Sentence) -> Iterator[EvalItem]:
    for match in _BODY.finditer(sentence.text):
        plan = _PLAN.search(sentence.text, match.end())
        if plan:
            question = f"{plan.group()}是由哪个部门{match.group('deed')}的?"
            yield _item(sentence, question, match.group("body"), "body")


def _plan(sentence: _Sentence) -> Iterator[EvalItem]:
    for match in _PLAN.finditer(sentence.text):
        yield from _asking(sentence, match.span(), "什么文件", match.group(), "plan")


_RULES: tuple[Callable[[_Sentence], Iterator[EvalItem]], ...] = (_body, _figure, _date, _plan)


def _asking(
    sentence: _Sentence, span: tuple[int, int], word: str, answer: str, type_: str
) -> Iterator[EvalItem]:
    """The clause around `span` with the question word in its place, if it can stand alone."""
    text = sentence.text
    begin = max((match.end() for match in _CLAUSE_END.finditer(text, 0, span[0])), default=0)
    after = _CLAUSE_END.search(text, span[1])
    end = after.start() if after else len(text)
    before = _OPENERS.sub("", text[begin : span[0]].strip())
    tail = re.split(r"[、和及以](?=[^，]*\d)", text[span[1] : end])[0].strip()
    clause = f"{before}{word}{tail}"
    if (
        _POINTS_BACK.match(clause)
        or any(clause.count(opening) != clause.count(closing) for opening, closing in _PAIRS)
        or not _SHORTEST <= len(clause) <= _LONGEST
        or len(content_words(before)) < 2
    ):
        return
    when = text[:begin].rstrip("，,").rpartition("。")[2].rpartition("；")[2]
    if _TIME.match(when):
        clause = f"{when}，{clause}"
    question = f"{_frame(sentence, clause)}{clause}?"
    if holds(question, answer):
        return
    yield _item(sentence, question, answer, type_)


def _frame(sentence: _Sentence, clause: str) -> str:
    """Place and year that the clause itself leaves out."""
    region = sentence.article.region
    place = "" if places_in(clause) or not places_in(region) else region
    own = years_in(sentence.text, sentence.article.year)
    year = f"{own[0]}年" if len(own) == 1 and not years_in(clause, None) else ""
    return year + place


def _item(sentence: _Sentence, question: str, answer: str, type_: str) -> EvalItem:
    digest = hashlib.sha256(f"{question}\n{sentence.text}".encode()).hexdigest()[:8]
    return EvalItem(
        id=f"draft-{digest}",
        question=question,
        facts=[[answer]],
        evidence=[sentence.text.strip()],
        type=type_,
        drafted_from=sentence.article.title,
    )


def _is_only_place(article: Article, item: EvalItem) -> bool:
    """Whether the sentence stands once in its article, so that the quote means one place."""
    return article.text.count(item.evidence[0]) == 1


def _key(question: str) -> str:
    return re.sub(r"\W", "", fold(question))


def _in_turn(streams: list[Iterator[EvalItem]]) -> Iterator[EvalItem]:
    for row in itertools.zip_longest(*streams):
        yield from (item for item in row if item is not None)
