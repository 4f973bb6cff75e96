"""A question that says another number of things than the articles tell."""

import pytest

from assistant.answering.other_count import other_count
from assistant.reading.candidate import Candidate
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


@pytest.mark.parametrize(
    ("question", "sentence", "counts"),
    [
        (
            "申请补贴要满足哪两个条件",
            "申请补贴需要满足三个条件：一是在本地登记；二是按时纳税；三是没有欠薪。",
            (2, 3),
        ),
        (
            "申请补贴要满足哪三个条件",
            "申请补贴需要满足三个条件：一是在本地登记；二是按时纳税；三是没有欠薪。",
            None,
        ),
        ("全县建了哪四个园区", "全县已有五个园区，今年新增一个。", (4, 5)),
        ("全县建了哪四个园区", "全县建了东山、西河、南岭和北桥园区，另有五个村庄整治。", None),
        ("全县建了哪些园区", "全县已有五个园区。", None),
    ],
)
def test_another_number_is_told(question: str, sentence: str, counts: tuple[int, int] | None) -> None:
    passage = Passage(id="a-0", article_id="a", position=0, start=0, end=len(sentence), text=sentence)
    hit = Hit(article=ArticleInfo(id="a", title="通知"), passage=passage)
    assert other_count(parse(question), [Candidate(hit, 0, len(sentence), sentence, "")]) == counts


def test_the_items_of_a_list_are_counted() -> None:
    text = "（一）公示结果。\n（二）签订协议。\n（三）拨付资金。\n（四）开展评估。"
    passage = Passage(id="a-0", article_id="a", position=0, start=0, end=len(text), text=text)
    hit = Hit(article=ArticleInfo(id="a", title="通知"), passage=passage)
    items = [
        Candidate(hit, text.index(line), text.index(line) + len(line), line, "") for line in text.split("\n")
    ]
    assert other_count(parse("后面是哪三个步骤"), items) == (3, 4)
    assert other_count(parse("后面是哪四个步骤"), items) is None
