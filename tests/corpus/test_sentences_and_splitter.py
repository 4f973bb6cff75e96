from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft
from corpus.label import label_of
from corpus.language.sentences import is_inside, protected_spans, sentence_spans
from corpus.model import Article, Passage, Section
from corpus.row_words import in_words
from corpus.split import Splitter
from corpus.table import Table, table_blocks

PIECES = st.sampled_from(
    [
        "上海集成电路",
        "营收",
        "4800.5亿元",
        "，",
        "。",
        "；",
        "“引号里。也有句号”",
        "《办法（试行）》",
        "！",
        "\n",
        "2025年",
        "EDA/IP",
        "增长24%",
        "（注：见下。）",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=120).map("".join)


def article_of(text: str) -> Article:
    return Article(
        id="a", title="题", text=text, sections=[Section(path=["节"], start=0, end=len(text))], date="2026"
    )


@given(TEXTS)
def test_sentences_hold_every_character_but_white_space_once(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(text[a:b] for a, b in spans).replace("\n", "") == text.replace("\n", "")
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_no_sentence_ends_inside_a_number_quotation_or_title(text: str) -> None:
    protected = protected_spans(text)
    for start, end in sentence_spans(text):
        assert not is_inside(start, protected)
        assert not is_inside(end, protected)


@settings(deadline=None)
@given(TEXTS)
def test_passages_can_be_found_again_and_hold_everything_once(text: str) -> None:
    article = article_of(text)
    passages = Splitter(target=60, longest=90).split(article)
    for passage in passages:
        assert article.text[passage.start : passage.end] == passage.text
        assert len(passage.text) <= 90 or is_inside(passage.start + 90, protected_spans(text))
    joined = "".join(passage.text for passage in passages)
    assert joined.replace("\n", "") == text.replace("\n", "")


def test_a_full_stop_inside_a_quotation_does_not_end_the_sentence() -> None:
    text = "他说“先试点。再推广”的做法可行。第二句。"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["他说“先试点。再推广”的做法可行。", "第二句。"]


def test_a_decimal_point_and_a_percentage_stay_whole() -> None:
    text = "产量1734.27亿块，增长12.3%。" * 20
    for passage in Splitter(target=50, longest=70).split(article_of(text)):
        assert passage.text.count("1734") == passage.text.count("1734.27亿块")


def test_the_fingerprint_tells_sizes_apart() -> None:
    assert Splitter().fingerprint != Splitter(target=100).fingerprint


_RULE = "第十条 有下列情形之一的，应当减轻处罚：\n（一）主动消除危害后果的；\n（二）配合查处违法行为有立功表现的；\n（三）其他依法减轻处罚的。\n第十一条 本规定自公布之日起施行。"


def _split(text: str, **sizes: int) -> list[Passage]:
    article = Article(id="a", title="规定", text=text, sections=[Section(start=0, end=len(text))])
    return Splitter(**sizes).split(article)


def test_a_list_stays_with_the_sentence_that_announces_it() -> None:
    before = "为了规范处罚，制定本规定，适用于全国。" * 2 + "\n"
    passages = _split(before + _RULE, target=40, longest=120)
    with_list = [p for p in passages if "（一）" in p.text]
    assert len(with_list) == 1
    assert "应当减轻处罚：" in with_list[0].text
    assert "（三）" in with_list[0].text


def test_the_later_parts_of_a_long_list_carry_its_lead() -> None:
    passages = _split(_RULE, target=30, longest=45)
    later = [p for p in passages if "应当减轻处罚：" not in p.text and p.text.startswith("（")]
    assert later
    assert all(p.lead == "第十条 有下列情形之一的，应当减轻处罚：" for p in later)
    assert not any(p.lead for p in passages if p.text.startswith("第"))
    assert label_of("规定", later[0]).endswith("应当减轻处罚：")


def test_a_passage_of_a_rule_names_the_provision_it_stands_in() -> None:
    long = "申请人应当如实提交材料，主管部门应当在受理后逐项核验并登记在册。" * 8
    passages = _split(
        f"第一条 {long}\n第二条 为了规范，制定本规定。\n第三条 本规定自公布之日起施行。",
        target=150,
        longest=200,
    )
    assert passages[0].heading_path == ["第一条"]


def test_the_items_of_a_list_keep_their_lead_in_every_passage() -> None:
    items = "".join(
        f"（{n}）{'具有相应的场所、设备和人员，并且符合规定的标准' * 3}；\n" for n in "一二三四五六"
    )
    passages = _split(f"前文说明背景。\n申请人应当具备下列条件：\n{items}", target=150, longest=200)
    assert len(passages) > 3
    assert all(passage.lead == "申请人应当具备下列条件：" for passage in passages[2:])


def test_a_row_cut_in_two_keeps_its_name_and_the_table_its_unit() -> None:
    cells = [
        ["项目", *[f"第{n}年投资" for n in range(60)]],
        ["湖湾大桥", *[f"{n}34.5" for n in range(60)]],
        ["东门枢纽", *["7"] * 60],
    ]
    table = Table(cells, caption="表1 重点项目", unit="亿元")
    article = assemble(Draft("计划", {}, table_blocks(table)), Path("a.md"), "key")
    passages = Splitter().split(article)
    of_bridge = [passage for passage in passages if passage.start < article.text.index("项目：东门枢纽")]
    assert len(of_bridge) > 2
    for passage in of_bridge[1:]:
        assert "项目：湖湾大桥" in passage.lead + passage.text
        assert "表1 重点项目 单位：亿元" in passage.lead + passage.text
    assert "".join("".join(passage.text for passage in passages).split()) == "".join(article.text.split())


def cut(*blocks: Block) -> list[Passage]:
    return Splitter(target=40, longest=60).split(assemble(Draft("公报", {}, list(blocks)), "a", "a.md"))


def test_lines_above_a_table_without_a_caption_name_its_later_rows() -> None:
    table = Table([["指标", "产量"], *([f"第{number}种作物", "5"] for number in range(9))])
    above = [Block(BlockKind.PARAGRAPH, text) for text in ("全年粮食丰收。", "2012年产量", "单位：万吨")]
    later = cut(*above, *table_blocks(table))[-1]
    assert later.lead == "2012年产量 单位：万吨"
    assert in_words(later.text, later.lead).text.endswith("产量5万吨。")
    # A sentence names no table.
    assert cut(above[0], *table_blocks(table))[-1].lead == ""


def test_a_row_over_the_whole_width_names_the_rows_below_it() -> None:
    def table(*group: str) -> Table:
        rows = [["指标", "值"], ["存款", "1"], *([line, line] for line in group)]
        spans = {(2 + number, 0): (1, 2) for number in range(len(group))}
        return Table(
            [*rows, *([f"第{number}种商品", "5"] for number in range(9))], caption="金融", spans=spans
        )

    assert cut(*table_blocks(table("外贸")))[-1].lead == "金融 外贸"
    # One with a unit of its own is another table.
    assert cut(*table_blocks(table("外贸", "单位：万美元")))[-1].lead == "外贸 单位：万美元"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "累计缴费满15年。（注：适用于2029年前退休的人）",
            ["累计缴费满15年。（注：适用于2029年前退休的人）"],
        ),
        (
            "建设三个园区。（责任单位：市工信局）新增五家企业。",
            ["建设三个园区。（责任单位：市工信局）", "新增五家企业。"],
        ),
        ("会议结束。\n（记者王某某）", ["会议结束。", "（记者王某某）"]),
        ("应当申报。（二）逾期的，处罚款。", ["应当申报。", "（二）逾期的，处罚款。"]),
        ("已经完成。（含下属单位），还要检查。", ["已经完成。", "（含下属单位），还要检查。"]),
    ],
)
def test_a_note_in_brackets_belongs_to_the_sentence_before(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_the_heading_of_a_point_ends_no_passage_and_leads_what_stands_under_it() -> None:
    body = "".join(
        f"对第{n}类企业给予补助，按实际投入核定，最高不超过一百万元。" for n in "一二三四五六七八九十"
    )
    text = f"（一）扶持种植。{body}\n（二）培育龙头。{body}"
    article = Article(id="a", title="意见", text=text, sections=[Section(start=0, end=len(text))])
    passages = Splitter().split(article)
    assert not any(passage.text.endswith(("（一）扶持种植。", "（二）培育龙头。")) for passage in passages)
    under = [p for p in passages if p.start > text.index("（二）") and not p.text.startswith("（二）")]
    assert under
    assert all(passage.lead == "（二）培育龙头。" for passage in under)
    assert "".join(passage.text for passage in passages).replace("\n", "") == text.replace("\n", "")
