"""Lists that a sentence announces are quoted item by item."""

from dataclasses import replace

import pytest

from assistant.answering.listed import announced_items
from assistant.reading.candidate import Candidate
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


def _candidate(text: str, sentence: str) -> Candidate:
    article = ArticleInfo(id="a", title="报告")
    passage = Passage(id="p", article_id="a", position=0, start=0, end=len(text), text=text)
    start = text.index(sentence)
    return Candidate(Hit(article=article, passage=passage), start, start + len(sentence), sentence, "")


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        (
            "申请人应当具备下列条件：\n（一）有固定场所。另有规定的除外。\n（二）有三名员工。\n（三）有管理制度。\n",
            "申请人应当具备下列条件：",
            ["（一）有固定场所。", "（二）有三名员工。", "（三）有管理制度。"],
        ),
        (
            "不足主要表现在：\n\n- 设备陈旧。平均用了十年。\n- 人手不够。\n\n下一节另说。",
            "不足主要表现在：",
            ["- 设备陈旧。", "- 人手不够。"],
        ),
        ("今年建了三座桥。\n（一）东桥。\n（二）西桥。", "今年建了三座桥。", None),
        ("产量如下：\n甲地十吨。", "产量如下：", []),
    ],
)
def test_items_are_those_announced(text: str, lead: str, items: list[str] | None) -> None:
    found = announced_items(_candidate(text, lead), text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert items is None or [each.text for each in found] == items


def test_no_item_is_taken_from_before_the_sentence() -> None:
    text = "一、要求\n（一）先登记。\n（二）后付款。\n全年共受理两件。"
    candidate = _candidate(text, "全年共受理两件。")
    assert announced_items(replace(candidate), text) == []
