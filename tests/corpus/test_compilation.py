"""A file of several documents: each is an article with its own title and day; nothing else is ever cut, and nothing is lost."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft, Mark
from corpus.compilation import documents_of, title_in_series
from corpus.load import read_articles
from corpus.model import Article
from corpus.table import Table, table_blocks
from corpus.time_reader import TimeReader
from tests.corpus.make_office import docx, p, table

PROSE = (
    "初步核算，全年实现地区生产总值若干亿元，比上年增长百分之四点六，经济运行总体平稳，稳中有进。",
    "全年居民消费价格与上年基本持平，城镇新增就业完成预定目标，居民收入稳步提高，民生保障有力有效。",
    "全年固定资产投资保持增长，基础设施补短板项目加快推进，制造业投资占比继续提高，结构持续优化。",
)


def sections(*names: str) -> list[str]:
    return [
        line
        for number, name in zip("一二三四五六", names, strict=False)
        for line in (f"{number}、{name}", *PROSE)
    ]


YEAR = sections("综合", "农业", "工业和建筑业")


def paragraphs(*lines: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, line) for line in lines]


def cut(*lines: str, title: str = "", name: str = "a.docx", **fields: str) -> list[Article]:
    parts = documents_of(Draft(title, fields, paragraphs(*lines)), name)
    return [assemble(part, Path(name), f"key#{number}") for number, part in enumerate(parts)]


def titles(*lines: str, title: str = "", name: str = "a.docx") -> list[str]:
    return [article.title for article in cut(*lines, title=title, name=name)]


def test_bulletins_of_two_years_are_two_articles_with_their_own_days() -> None:
    found = cut(
        "发布日期：2025-04-24  浏览次数：145", "2024年，全市上下奋力拼搏，经济社会发展取得新的成绩。", *YEAR,
        "2023年临江市国民经济和社会发展统计公报", "发布日期：2024-04-12  浏览次数：288",
        "2023年，全市上下团结一心，经济社会发展取得新的进步。", *YEAR,
        title="2024年临江市国民经济和社会发展统计公报", name="临江市2023~2024年国民经济和社会发展统计公报汇总.docx",
    )  # fmt: skip
    assert [(each.title, each.date) for each in found] == [
        ("2024年临江市国民经济和社会发展统计公报", "2025-04-24"),
        ("2023年临江市国民经济和社会发展统计公报", "2024-04-12"),
    ]
    assert found[1].text.startswith("2023年，全市上下团结一心")
    assert found[1].sections[-1].path == ["三、工业和建筑业"]
    years = [TimeReader(each).of_span(each.sections[1], *_span(each, PROSE[0]))[0].years for each in found]
    assert [list(each) for each in years] == [[2024], [2023]]


def _span(article: Article, sentence: str) -> tuple[int, int]:
    start = article.text.index(sentence)
    return start, start + len(sentence)


def test_a_title_that_is_repeated_for_another_year_needs_numbers_that_start_anew() -> None:
    lines = [
        "临江市人力资源和社会保障局",
        *YEAR,
        "2022 年度人力资源和社会保障事业发展统计公报",
        "临江市人力资源和社会保障局",
        *YEAR,
    ]
    first = "2023 年度人力资源和社会保障事业发展统计公报"
    assert titles(*lines, title=first) == [first, "2022 年度人力资源和社会保障事业发展统计公报"]
    flat = [line for line in lines if line[1] != "、"]
    assert titles(*flat, title=first) == [first]


HEAD = (
    "临江市统计局  国家统计局临江调查队",
    "2025年3月",
    "2024年是极不平凡的一年，全市上下坚持稳中求进工作总基调。",
)


def test_a_document_without_a_title_is_named_after_the_first_and_its_own_year() -> None:
    found = cut(
        *HEAD, *YEAR, "资料来源", "本公报中财政数据来自市财政局，其他数据来自市统计局。",
        "临江市统计局", "国家统计局临江调查队", "2023年4月", "2022年，面对复杂形势，全市经济总体平稳。", *YEAR,
        "临江市统计局 国家统计局临江调查队", "2024年3月", "面对复杂形势，全市经济总体平稳，社会保持稳定。", *YEAR,
        title="临江市2024年国民经济和社会发展统计公报",
    )  # fmt: skip
    assert [(each.title, each.date) for each in found] == [
        ("临江市2024年国民经济和社会发展统计公报", "2025-03"),
        ("临江市2022年国民经济和社会发展统计公报", "2023-04"),
        ("临江市国民经济和社会发展统计公报（2024年3月）", "2024-03"),
    ]
    assert [each.origins["title"] for each in found] == ["headline", "series", "series"]
    assert found[1].text.startswith("临江市统计局\n国家统计局临江调查队\n2023年4月\n2022年")


@pytest.mark.parametrize(
    ("title", "day", "own", "beginning", "expected"),
    [
        ("某市2024年公报", "2025年3月", "2023年3月", "2022年是关键的一年。", "某市2022年公报"),
        ("某市2024年公报", "2025年3月", "2023年3月", "全年经济平稳。", "某市公报（2023年3月）"),
        ("某市2024年公报", "2025年3月", "2023年3月", "2021年是关键的一年。", "某市公报（2023年3月）"),
        ("某市2024年1月简况", "2024年2月", "2024年3月", "2024年2月，经济平稳。", "某市1月简况（2024年3月）"),
        ("某市公报", "2025年3月", "2023年3月", "2022年是关键的一年。", "某市公报（2023年3月）"),
        ("某市2023—2024年公报", "2025年3月", "2023年3月", "2022年是关键的一年。", "某市—公报（2023年3月）"),
        ("某市2024年公报", "", "2023年3月", "2022年是关键的一年。", "某市公报（2023年3月）"),
    ],
)  # fmt: skip
def test_a_moved_title_invents_nothing(title: str, day: str, own: str, beginning: str, expected: str) -> None:
    assert title_in_series(title, day, own, beginning) == expected


def notice(number: int, about: str, *more: str) -> list[str]:
    return [
        f"临江市人民政府办公室关于{about}的通知", f"临政办发〔2024〕{number}号", "各区人民政府，市政府各部门：",
        *PROSE, *more, "临江市人民政府办公室", f"2024年{number}月6日",
    ]  # fmt: skip


def test_notices_one_after_another_are_told_by_their_official_heads() -> None:
    lines = [*notice(3, "加强消防安全工作"), *notice(5, "做好防汛工作"), *notice(8, "开展清查")]
    found = cut(*lines, name="2024-12-31通知汇编.txt")
    assert [(each.title, each.number, each.date) for each in found] == [
        ("临江市人民政府办公室关于加强消防安全工作的通知", "临政办发〔2024〕3号", "2024-03-06"),
        ("临江市人民政府办公室关于做好防汛工作的通知", "临政办发〔2024〕5号", "2024-05-06"),
        ("临江市人民政府办公室关于开展清查的通知", "临政办发〔2024〕8号", "2024-08-06"),
    ]


def minutes(number: int, month: int) -> list[str]:
    return [f"第{number}次会议纪要", f"时间：2024年{month}月5日", "地点：三楼会议室", "一、听取汇报", *PROSE]


@pytest.mark.parametrize(
    "lines",
    [
        [*minutes(1, 3), *minutes(2, 4), *minutes(3, 5)],
        [line for month in (1, 2, 3) for line in (f"2024年{month}月份全市工业经济运行情况", *PROSE)],
        [line for day in (3, 9, 17) for line in (f"2026.2.{day}房地产行业观察", *PROSE)],
        [line for month in (3, 4, 5) for line in ("党委会会议记录", f"会议时间：2024年{month}月2日", *PROSE)],
        [line for count in "一二三" for line in (f"临江市信用简报（第{count}期）", *PROSE)],
        [
            line
            for place in ("浙江省", "江苏省", "福建省")
            for line in (
                f"2026年{place}政府工作报告",
                f"——2026年1月20日在{place}第十四届人民代表大会第四次会议上",
                *YEAR,
            )
        ],
    ],
    ids=["minutes", "months", "observations", "records", "issues", "provinces"],
)
def test_series_are_cut_where_each_of_them_begins(lines: list[str]) -> None:
    found = titles(*lines)
    starts = [
        number for number, line in enumerate(lines) if line not in PROSE and number % (len(lines) // 3) == 0
    ]
    assert len(found) == len(starts) == 3
    assert len(set(found)) == 3 or lines[0] == "党委会会议记录"


OWN = "2024年临江市国民经济和社会发展统计公报"
QUOTED = "临江市关于加强消防安全工作的通知"


@pytest.mark.parametrize(
    "lines",
    [
        # A running head, alone or with the number of its page, over chapters that number anew.
        [OWN, "第一章 经济", *YEAR, OWN, "第二章 社会", *YEAR, OWN, "第三章 文化", *YEAR],
        [OWN, *YEAR, f"{OWN} 2", *YEAR, f"{OWN} 3", *YEAR],
        # Tables of the same name for several years.
        [OWN, *YEAR, "表1 2023年居民消费价格涨跌幅度", "单位：%", "表1 2022年居民消费价格涨跌幅度", *PROSE],
        ["居民收入情况", *YEAR, "2023年居民收入情况", "单位：元", *PROSE, "2022年居民收入情况", "单位：元", *PROSE],
        # Chapters and parts of one report, each numbered anew.
        ["临江市工作报告", "第一章 2023年工作回顾", *YEAR, "第二章 2024年工作安排", *YEAR],
        ["临江市工作报告", "2023年工作总结", *YEAR, "2024年工作总结", *YEAR],
        # Appendices.
        [OWN, *YEAR, "附件1", "2023年临江市国民经济和社会发展统计公报", *YEAR],
        [*notice(3, "印发办法"), "附件", "临江市消防安全管理办法", "第一条 为了加强管理，制定本办法。", *YEAR],
        [*HEAD, *YEAR, "临江市统计局  国家统计局临江调查队", "2025年4月", "附件：名词解释", *YEAR],
        # The rule that a notice promulgates, and its own signature above it.
        [*notice(3, "印发《临江市办法》"), "临江市消防安全管理办法", "第一条 为了加强管理，制定本办法。", *PROSE],
        ["中华人民共和国某法", "第一条 为了规范，制定本法。", *PROSE, "附件", "一、名录", *PROSE],
        # A notice that another passes on, named by its title or its number.
        [*notice(3, "转发市应急局加强防汛工作")[:-2], "现将《应急局关于加强防汛的通知》转发给你们，请认真执行。",
         "应急局关于加强防汛的通知", "临应急〔2024〕9号", "各区应急局：", *PROSE, "2024年2月1日"],
        [*notice(3, "转发文件")[:-2], "现将临应急〔2024〕9号文转发给你们，请认真执行。",
         "临江市应急局关于加强防汛的通知", "临应急〔2024〕9号", "各区应急局：", *PROSE, "2024年2月1日"],
        # Titles of others: quoted, listed, or linked to below the text.
        [OWN, *YEAR, "《2023年临江市国民经济和社会发展统计公报》", *YEAR],
        [OWN, *YEAR, "（2023年临江市国民经济和社会发展统计公报）", "2024-04-12", *YEAR],
        [OWN, *YEAR, "相关文章", "2023年临江市国民经济和社会发展统计公报", "2024-04-12",
         "2022年临江市国民经济和社会发展统计公报", "2023-04-10", "版权所有，未经许可不得转载。"],
        ["2026.2.3房地产行业观察", *YEAR, "往期回顾", "2026.1.20房地产行业观察", *PROSE],
        ["临江市公告2024年第3号", *YEAR, *[f"临江市公告{year}年第9号" for year in (2019, 2020, 2021)], *PROSE],
        # Questions and answers.
        ["政策问答", *[line for n in range(1, 9) for line in (f"问：第{n}条怎么理解？", f"答：{PROSE[0]}")]],
        # The text twice on one page.
        [OWN, "发布日期：2025-04-24", *YEAR, OWN, "发布日期：2025-04-24", *YEAR],
        # The signature of the body that also stands above the text.
        [*HEAD, *YEAR, "临江市统计局  国家统计局临江调查队", "2025年3月31日"],
    ],
)  # fmt: skip
def test_one_document_stays_one(lines: list[str]) -> None:
    assert len(cut(*lines)) == 1
    assert len(cut(*lines[1:], title=lines[0])) == 1


def test_a_table_of_contents_opens_no_document() -> None:
    years = (2024, 2023, 2022)
    contents = [f"{year}年临江市国民经济和社会发展统计公报" for year in years]
    lines = [line for title in contents for line in (title, *YEAR)]
    found = cut("目录", *contents, *lines)
    assert [each.title for each in found] == contents
    assert [each.text.count(PROSE[0]) for each in found] == [3, 3, 3]


def test_a_collection_with_a_cover_is_its_documents() -> None:
    wanted = [f"{year}年临江市统计公报" for year in (2023, 2022, 2021)]
    lines = [line for title in wanted for line in (title, *YEAR)]
    assert titles(*lines, title="临江市2021—2023年统计公报汇编") == wanted
    found = cut("目录", *wanted, *lines, title="临江市统计公报汇编")
    assert [each.title for each in found] == wanted
    assert found[0].text.startswith("临江市统计公报汇编\n目录\n")
    foreword = ["编者按", *PROSE, *PROSE]
    assert len(titles(*foreword, *lines, title="临江市统计公报汇编")) == 4
    assert len(titles(*foreword, *lines, title="临江市统计工作报告")) == 1


def test_front_matter_that_names_the_file_keeps_it_whole() -> None:
    lines = ["2024年公报汇编报告", *YEAR, "2023年公报汇编报告", "2024年3月1日", *YEAR]
    assert len(cut(*lines)) == 2
    assert len([documents_of(Draft("", {"title": "我的汇编"}, paragraphs(*lines)), "a.md")][0]) == 1


def test_the_collection_of_a_file_is_that_of_all_its_documents_and_its_day_of_none_but_the_first() -> None:
    found = cut(
        *minutes(1, 3)[:1], *PROSE, *minutes(2, 4), collection="内参", url="https://a.cn/b", date="2024-03-01"
    )
    assert [each.collection for each in found] == ["内参", "内参"]
    assert [each.url for each in found] == ["https://a.cn/b"] * 2
    assert [each.date for each in found] == ["2024-03-01", "2024-04-05"]


def test_tables_and_places_on_pages_move_with_their_text() -> None:
    grids = [Table([["指标", "数值"], ["产值", str(year)]]) for year in (1, 2)]
    blocks: list[Block] = []
    for page, (year, grid) in enumerate(zip((2024, 2023), grids, strict=True), start=1):
        if blocks:
            blocks += paragraphs("2023年临江市统计公报")
        own = [*paragraphs(f"发布日期：{year + 1}-04-24", *YEAR), *table_blocks(grid)]
        for block in own:
            block.marks = [Mark(0, page)]
        blocks += own
    first, second = documents_of(Draft("2024年临江市统计公报", {}, blocks), "a.pdf")
    for draft, page in ((first, 1), (second, 2)):
        article = assemble(draft, Path("a.pdf"), "k")
        (grid,) = article.layout.tables
        assert grid.cells[1] == ["产值", str(page)]
        assert str(page) in article.text[grid.start : grid.end]
        assert {place.page for place in article.layout.places} == {page}


def test_the_first_document_of_a_file_keeps_its_id_and_the_others_have_their_own(tmp_path: Path) -> None:
    file = tmp_path / "公报.docx"

    def written(*years: int) -> list[Article]:
        body = ""
        for year in years:
            body += p(f"{year}年临江市国民经济和社会发展统计公报") + p(f"{year + 1}年4月2日")
            body += "".join(map(p, YEAR)) + table([["指标", f"{year}年"], ["产值", "5"]])
        return [each for each in read_articles(docx(file, body)) if isinstance(each, Article)]

    (one,) = written(2024)
    two = written(2024, 2023)
    three = written(2024, 2023, 2022)
    assert [each.id for each in three[:2]] == [each.id for each in two]
    assert two[0].id == one.id
    assert two[0].text == one.text
    assert len({each.id for each in three}) == 3
    assert [each.part_of for each in three] == ["", one.id, one.id]
    assert [(each.title[:5], each.date) for each in three] == [
        ("2024年", "2025-04-02"), ("2023年", "2024-04-02"), ("2022年", "2023-04-02"),
    ]  # fmt: skip
    assert [len(each.layout.tables) for each in three] == [1, 1, 1]


LINES = st.one_of(
    st.sampled_from(
        [
            *YEAR, *HEAD, *notice(3, "防汛"), *notice(5, "防火"), *minutes(1, 3), OWN, OWN.replace("2024", "2023"), "公报汇编",
            OWN.replace("2024", "二〇二一"), "2023年3月1日", "2022年4月", "发布日期：2022-04-12", "附件1", "目录", "", "问：什么？",
        ]
    ),
    st.text(max_size=30),
)  # fmt: skip
KINDS = st.sampled_from(list(BlockKind))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(KINDS, LINES), max_size=60),
    LINES,
    st.sampled_from(["", "2024年公报.txt", "a/b 2023.zip!c.txt"]),
)
def test_nothing_is_lost_and_nothing_moves(found: list[tuple[BlockKind, str]], title: str, name: str) -> None:
    blocks = [Block(kind, text) for kind, text in found]
    parts = documents_of(Draft(title, {"member": name} if name else {}, blocks), "文件.txt")
    texts = [block.text for block in blocks]
    assert _texts(parts) == (texts if parts[0].title == title else [title, *texts])
    if len(parts) > 1:
        assert all(sum(len(block.text) for block in part.blocks) >= 100 for part in parts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1990, 2030), min_size=2, max_size=6, unique=True), st.booleans())
def test_a_series_is_cut_at_each_of_its_titles(years: list[int], dated: bool) -> None:
    wanted = [f"{year}年临江市国民经济和社会发展统计公报" for year in years]
    lines = [
        line
        for title, year in zip(wanted, years, strict=True)
        for line in (title, *([f"{year + 1}年4月2日"] if dated else []), *YEAR)
    ]
    assert titles(*lines) == wanted
    assert _texts(documents_of(Draft("", {}, paragraphs(*lines)), "a.txt")) == lines


def _texts(parts: Sequence[Draft]) -> list[str]:
    """The parts' lines in order; a title after the first was a line of its own."""
    first = [block.text for block in parts[0].blocks]
    return first + [
        text
        for _, part in pairwise(parts)
        for text in (*([part.title] if part.title else []), *(block.text for block in part.blocks))
    ]
