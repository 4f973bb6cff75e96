"""Rows that are named as what is asked for are read, and rows of things that nobody asked of are not told."""

import pytest

from assistant.reading.candidate import Candidate
from assistant.reading.named_rows import is_row_of_another, with_named_rows
from assistant.reading.table_rows import _FIGURE, cells_of, named_rows_first
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit


def _hit(text: str, number: int = 0) -> Hit:
    passage = Passage(id=f"a-{number}", article_id="a", position=number, start=0, end=len(text), text=text)
    return Hit(article=ArticleInfo(id="a", title="青禾股份2025年年度报告"), passage=passage)


@pytest.mark.parametrize(
    ("question", "row", "is_of_another"),
    [
        ("青禾股份2025年营业收入是多少", "境外 | 2025年·营业收入：941.2 | 2024年·营业收入：698.7", True),
        ("青禾股份境外2025年营业收入是多少", "境外 | 2025年·营业收入：941.2 | 2024年·营业收入：698.7", False),
        ("青禾股份2025年营业收入是多少", "合计 | 2025年·营业收入：3486.2 | 2024年·营业收入：2911.4", False),
        ("青禾股份2025年营业收入是多少", "营业收入 | 2025年：3486.2 | 2024年：2911.4", False),
        ("青禾股份2025年第四季度净利润", "营业收入 | 第三季度：466.0 | 第四季度：459.8", True),
        ("全县2024年小麦产量多少", "2024年 | 小麦产量：12.4万吨 | 玉米产量：9.1万吨", False),
        ("全县水稻播种面积是多少", "作物：水稻 | 播种面积（万亩）：31.2 | 产量（万吨）：15.8", False),
        ("哪个产品的营业收入最高", "境外 | 2025年·营业收入：941.2 | 2024年·营业收入：698.7", False),
        ("青禾股份2025年营业收入是多少", "报告期内公司实现营业收入34.86亿元。", False),
    ],
)
def test_a_row_of_another_thing(question: str, row: str, is_of_another: bool) -> None:
    assert is_row_of_another(parse(question), Candidate(_hit(row), 0, len(row), row, "")) is is_of_another


def test_passages_with_the_named_row_are_read_too() -> None:
    regions = [_hit(f"区域{n} | 2025年·金额：{n}1.2 | 占营业收入比重：{n}.1%", n) for n in range(1, 9)]
    named, other = _hit("营业收入 | 2025年：3486.2", 10), _hit("利润总额 | 2025年：368.9", 11)
    found = [*regions, other, named]
    question = parse("青禾股份2025年营业收入是多少")
    assert with_named_rows(question, found, regions) == [*regions, named]
    assert with_named_rows(question, found, found) == found
    assert with_named_rows(parse("青禾股份为什么亏损"), found, regions) == regions


def test_a_head_that_is_a_time_names_no_thing() -> None:
    quarters = "归属于股东的净利润 | 第三季度：88.9 | 第四季度：81.1"
    years = "归属于股东的净利润 | 2025年：312.5 | 2024年：256.7"
    rows = [Candidate(_hit(text, n), 0, len(text), text, "") for n, text in enumerate((quarters, years))]
    rows[0].score, rows[1].score = 3.0, 2.5
    asked = parse("青禾股份2025年第四季度归属于股东的净利润是多少")
    assert [each.text for each in named_rows_first(asked, rows)] == [quarters, years]


@pytest.mark.parametrize(
    ("row", "figures"),
    [("净利润 | 2024年：12.5 | 2025年：(415.33)", 2), ("（1）销售费用 | 2024年：12.5 | 2025年：13.1", 2)],
)
def test_what_is_a_figure(row: str, figures: int) -> None:
    cells = cells_of(Candidate(_hit(row), 0, len(row), row, ""))
    assert sum(_FIGURE.match(cell.value) is not None for cell in cells) == figures
