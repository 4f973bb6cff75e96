"""Word documents: whatever is printed arrives, in order, with its automatic numbers and the heads of its tables."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.block import BlockKind, Draft
from corpus.problem import Problem
from corpus.readers.docx import read_docx
from corpus.readers.number_formats import chinese_number, format_number
from tests.corpus.make_office import docx, numbered, numbering, p, table


def read(file: Path) -> tuple[Draft, list[Problem]]:
    found = list(read_docx(file))
    (draft,) = [each for each in found if isinstance(each, Draft)]
    return draft, [each for each in found if isinstance(each, Problem)]


def lines(file: Path) -> list[str]:
    return [block.text for block in read(file)[0].blocks]


TEXT = "本段是正文，写得足够长，说明有关工作的背景和要求，不会被看作题目。"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "printed"),
    [
        (f"<w:del><w:r><w:delText>3亿元</w:delText></w:r></w:del><w:ins>{run('5亿元')}</w:ins>", "5亿元"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (f"<w:sdt><w:sdtContent>{run('林小禾')}</w:sdtContent></w:sdt>", "林小禾"),
        (f"<w:smartTag>{run('15个工作日')}</w:smartTag>", "15个工作日"),
        (f'<w:fldSimple w:instr="X">{run("40万元")}</w:fldSimple>', "40万元"),
        (f'<w:hyperlink r:id="x">{run("全文")}</w:hyperlink>', "全文"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 1</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "7",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", ""),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>",
            "拼",
        ),
        ("<w:r><w:t>一</w:t><w:noBreakHyphen/><w:t>二</w:t></w:r>", "一-二"),
        (
            f"<mc:AlternateContent><mc:Choice>{run('新式')}</mc:Choice><mc:Fallback>{run('旧式')}</mc:Fallback>"
            "</mc:AlternateContent>",
            "新式",
        ),
    ],
)
def test_what_is_printed_arrives_whatever_it_is_wrapped_in(tmp_path: Path, inner: str, printed: str) -> None:
    file = docx(tmp_path / "a.docx", p(TEXT) + f"<w:p>{run('前，')}{inner}{run('。')}</w:p>")
    assert lines(file)[1:] == [f"前，{printed}。"]


@pytest.mark.parametrize(
    "box",
    [
        "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>",
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_a_text_box_is_read_once_where_it_hangs(tmp_path: Path, box: str) -> None:
    body = p(TEXT) + f"<w:p><w:r>{box.format(p('春茶产量8640吨。'))}</w:r></w:p>" + p("下一步。")
    assert lines(docx(tmp_path / "a.docx", body))[1:] == ["春茶产量8640吨。", "下一步。"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    body = p(TEXT) + p("全市共有", "<w:rPr><w:del/></w:rPr>") + p("企业三百家。")
    assert lines(docx(tmp_path / "a.docx", body))[1:] == ["全市共有企业三百家。"]


def test_automatic_numbers_are_printed_as_word_prints_them(tmp_path: Path) -> None:
    levels = [("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    body = p(TEXT) + "".join(
        numbered(text, depth)
        for text, depth in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1)]
    )
    file = docx(tmp_path / "a.docx", body, {"numbering": numbering(levels)})
    assert lines(file)[1:] == ["第一条 甲", "（一）乙", "（二）丙", "1. 丁", "第二条 戊", "（一）己"]


def test_numbers_of_several_levels_start_anew_and_by_styles(tmp_path: Path) -> None:
    extra = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p(TEXT) + p("甲", '<w:pStyle w:val="S"/>') + numbered("乙", 1) + numbered("丙")
    body += (
        numbered("丁", 0, 2)
        + numbered("戊", 0, 2)
        + p("己", '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    parts = {"numbering": numbering([("decimal", "%1"), ("decimal", "%1.%2")], extra=extra), "styles": styles}
    assert lines(docx(tmp_path / "a.docx", body, parts))[1:] == [
        "1 甲",
        "1.1 乙",
        "2 丙",
        "1 丁",
        "2 戊",
        "己",
    ]


def test_notes_stand_after_their_paragraph(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{p("不含再生水。")}</w:footnote>'
    body = (
        p(TEXT)
        + f'<w:p>{run("用水量为1.8亿立方米")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}</w:p>'
        + p("后文。")
    )
    file = docx(tmp_path / "a.docx", body, {"footnotes": notes})
    assert lines(file)[1:] == ["用水量为1.8亿立方米。", "注1：不含再生水。", "后文。"]


def test_headings_by_style_by_outline_and_by_looks(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    body = (
        p("工作方案")
        + p(TEXT)
        + p("总体要求", '<w:pStyle w:val="1"/>')
        + p("细则", '<w:outlineLvl w:val="1"/>')
        + p(TEXT)
    )
    draft, _ = read(docx(tmp_path / "a.docx", body, {"styles": styles}))
    headings = [(block.text, block.level) for block in draft.blocks if block.kind is BlockKind.HEADING]
    assert headings == [("总体要求", 2), ("细则", 3)]

    looks = p("云川省人民政府文件", run="<w:b/>") + p(TEXT) + p("总体要求", run="<w:b/>") + p(TEXT)
    draft, _ = read(docx(tmp_path / "b.docx", looks))
    assert [block.text for block in draft.blocks if block.kind is BlockKind.HEADING] == ["总体要求"]


def test_two_lines_in_the_style_of_a_title_are_one_title(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    body = (
        p("云川省人民政府文件")
        + p("关于印发数字乡村", '<w:pStyle w:val="T"/>')
        + p("建设规划的通知", '<w:pStyle w:val="T"/>')
        + p(TEXT)
    )
    draft, _ = read(docx(tmp_path / "a.docx", body, {"styles": styles}))
    assert draft.title == "关于印发数字乡村建设规划的通知"
    assert draft.blocks[0].text == "云川省人民政府文件"


def test_cells_keep_their_heads_and_names_over_merged_places(tmp_path: Path) -> None:
    rows = [["县区v", "小麦>2"], ["^", "面积", "产量"], ["江北区v", "31.2", "14.8"], ["^", "28.7", "13.1"]]
    body = p(TEXT) + p("表1 粮食生产") + p("单位：万吨") + table(rows) + p("完。")
    draft, _ = read(docx(tmp_path / "a.docx", body))
    assert [block.text for block in draft.blocks[1:]] == [
        "表1 粮食生产　单位：万吨",
        "县区：江北区 | 小麦·面积：31.2 | 小麦·产量：14.8",
        "县区：江北区 | 小麦·面积：28.7 | 小麦·产量：13.1",
        "完。",
    ]
    grid = draft.blocks[2].table
    assert grid is not None
    assert (grid.head_rows, grid.head_columns, grid.unit) == (2, 2, "万吨")


def test_a_table_in_a_cell_follows_the_outer_and_a_frame_is_text(tmp_path: Path) -> None:
    inner = table([["年份", "金额"], ["2024", "3亿元"]])
    outer = table([["地区", "说明"], ["上海", "见内表"]]).replace(
        "见内表</w:t></w:r></w:p>", f"见内表</w:t></w:r></w:p>{inner}"
    )
    frame = f"<w:tbl><w:tr><w:tc>{p('框中正文。')}{table([['甲', '乙'], ['1', '2']])}</w:tc></w:tr></w:tbl>"
    assert lines(docx(tmp_path / "a.docx", p(TEXT) + outer + frame))[1:] == [
        "地区：上海 | 说明：见内表",
        "年份：2024 | 金额：3亿元",
        "框中正文。",
        "甲：1 | 乙：2",
    ]


def test_a_form_is_lines_of_labels(tmp_path: Path) -> None:
    rows = [["发文机关：", "国务院", "成文日期：", "2018年11月16日"], ["标题：", "关于促进就业的意见>3"]]
    draft, _ = read(docx(tmp_path / "a.docx", table(rows) + p(TEXT)))
    assert [block.text for block in draft.blocks[:3]] == [
        "发文机关：国务院", "成文日期：2018年11月16日", "标题：关于促进就业的意见",
    ]  # fmt: skip
    assert draft.title == "关于促进就业的意见"


def test_the_letterhead_of_the_page_gives_the_document_number(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", p("通知") + p(TEXT), {"header": p("云川省文件 云政发〔2025〕9号")})
    draft, _ = read(file)
    assert draft.fields["number"] == "云政发〔2025〕9号"
    assert "云川省文件" not in "".join(block.text for block in draft.blocks)


def test_a_missing_or_cut_part_costs_only_itself(tmp_path: Path) -> None:
    body = p(TEXT) + f'<w:p>{run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    file = docx(tmp_path / "a.docx", body, {"footnotes": "", "numbering": numbering([("decimal", "%1")])})
    with ZipFile(file) as whole, ZipFile(tmp_path / "b.docx", "w") as cut:
        for name in whole.namelist():
            if name == "word/numbering.xml":
                continue
            data = whole.read(name)
            cut.writestr(name, data[:-20] if name == "word/document.xml" else data)
    draft, problems = read(tmp_path / "b.docx")
    assert draft.blocks[0].text == TEXT
    assert {problem.fields["part"] for problem in problems} == {
        "word/numbering.xml", "word/document.xml", "word/footnotes.xml",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (3, "chineseCountingThousand", "三"), (10, "chineseCounting", "十"), (12, "chineseCountingThousand", "十二"),
        (110, "chineseCountingThousand", "一百一十"), (203, "chineseCountingThousand", "二百零三"),
        (2, "chineseLegalSimplified", "贰"), (3, "decimalEnclosedCircle", "③"), (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"), (1, "ideographTraditional", "甲"), (10, "ideographDigital", "一〇"),
        (7, "decimalZero", "07"), (5, "none", ""), (99, "decimalEnclosedCircle", "99"), (1, "unknown", "1"),
    ],
)  # fmt: skip
def test_forms_of_numbers(value: int, form: str, printed: str) -> None:
    assert format_number(value, form) == printed


@given(st.integers(1, 9999))
def test_chinese_numbers_say_what_they_are(value: int) -> None:
    words, total, digit = chinese_number(value), 0, 1 if value < 20 else 0
    for sign in words:
        if sign in "十百千":
            total += digit * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    assert total + (digit if value % 10 or value >= 20 else 0) == value


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30), min_size=1, max_size=8
    )
)
def test_every_character_of_every_paragraph_arrives_in_order(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
    file = docx(tmp_path_factory.mktemp("docx") / "a.docx", p(TEXT) + "".join(map(p, escaped)))
    assert "".join(lines(file)[1:]) == "".join(texts)


def test_the_documents_of_word_hold_what_people_quote(shared: Path) -> None:
    from evals.reading.evidence import count_evidence

    counts = count_evidence([shared / "corpora" / name for name in ("guides", "notices", "bulletins")])
    for ending in (".doc", ".docx"):
        assert counts[ending].found >= 0.98 * counts[ending].total
