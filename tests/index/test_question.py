"""What a question asks for."""

import pytest

from index.kinds import Kind, kind_of
from index.question import ParsedQuestion


@pytest.mark.parametrize(
    ("question", "none"),
    [
        ("那湖北呢?", True),
        ("2024年呢？", True),
        ("上海2025年怎么样", True),
        ("湖北营收呢?", False),
        ("你好", False),
    ],
)
def test_a_place_alone_is_no_topic(question: str, none: bool) -> None:
    assert ParsedQuestion(question).has_no_topic is none


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("最新一次安排的赤字率是多少?", "赤字率是多少?"),
        ("金融机构交易记录保存年限，目前的要求是多长?", "金融机构交易记录保存年限，要求是多长?"),
        ("最近公布的全年GDP总量是多少?", "全年GDP总量是多少?"),
        ("最新", "最新"),
    ],
)
def test_words_for_the_latest_state_are_left_out(question: str, plain: str) -> None:
    assert ParsedQuestion(question).wants_newest
    assert ParsedQuestion(question).searched.text == plain
    assert not ParsedQuestion("最近三年的产量").wants_newest


@pytest.mark.parametrize(
    ("question", "is_document"),
    [
        ("奖励写在哪份文件里?", True),
        ("依据是什么文件?", True),
        ("这个时限来自哪部办法?", True),
        ("出台了什么政策", False),
        ("哪个部门的规定最严", False),
    ],
)
def test_a_document_is_asked_for(question: str, *, is_document: bool) -> None:
    assert (kind_of(question) is Kind.DOCUMENT) == is_document


@pytest.mark.parametrize("question", ["为什么涨了?", "为何推迟?", "为啥需要外援?", "推迟的原因"])
def test_a_reason_is_asked_for(question: str) -> None:
    assert kind_of(question) is Kind.REASON


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("丧葬补助金和抚恤金分别是几倍", True),
        ("产量、出口量和增速各是多少", True),
        ("小麦和水稻各多少", True),
        ("产量和去年一样吗", False),
        ("各省的总产量是多少", False),
    ],
)
def test_whether_a_value_of_each_is_asked_for(question: str, several: bool) -> None:
    assert ParsedQuestion(question).asks_of_each is several
