"""What stands around a text: titles among candidates, labels, and the furniture of saved pages."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft
from corpus.furniture import body_span, chances, is_page_word
from corpus.labels import read_labels
from corpus.model import Article
from corpus.problem import Problem

TEXT = [
    "各区人民政府，市政府各部门、各直属机构：",
    "经市政府同意，现将《临江市养老服务提升方案》印发给你们，请结合实际认真贯彻执行。执行中遇到的问题，请径向市民政局反映。",
    "到2027年，全市养老床位达到2.6万张，护理型床位占比不低于六成，每个街道至少建有一个综合养老服务中心。",
]


def article(*lines: str, name: str = "a.txt", title: str = "", **fields: str) -> Article:
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in lines]
    return assemble(Draft(title, fields, blocks), Path(name), name)


PAGE = [
    "简体中文", "ENGLISH", "无障碍", "登录", "首页", "政务公开", "政策文件", "当前位置：", "首页", ">", "政策文件",
    "临江市人民政府办公室关于印发养老服务提升方案的通知", "发布日期：2024-06-07", "来源：", "临江市民政局", "【字体：", "大", "中", "小", "】", "分享到：",
    "临江市人民政府办公室", "关于印发养老服务提升方案的通知", "临政办发〔2024〕8号",
    *TEXT,
    "临江市人民政府办公室", "2024年5月21日", "（此件公开发布）",
    "扫一扫在手机打开当前页", "网站地图", "联系我们", "主办单位：临江市人民政府办公室", "鄂ICP备19014536号-2",
]  # fmt: skip


def test_a_saved_page_is_its_text_with_title_dates_number_and_source() -> None:
    found = article(*PAGE, name="t.txt", title="简体中文")
    assert found.title == "临江市人民政府办公室关于印发养老服务提升方案的通知"
    assert (found.date, found.signed) == ("2024-06-07", "2024-05-21")
    assert (found.number, found.source) == ("临政办发〔2024〕8号", "临江市民政局")
    assert found.issuer == "临江市人民政府办公室"
    lines = found.text.split("\n")
    assert lines == [
        "临政办发〔2024〕8号",
        *TEXT,
        "临江市人民政府办公室",
        "2024年5月21日",
        "（此件公开发布）",
    ]


@pytest.mark.parametrize(
    "button", ["下载", "分享:", "首页", "登录", "导航菜单", "简体中文", "中国政府网", "【打印】", "【字体："]
)
def test_a_button_is_no_title(button: str) -> None:
    found = article("临江市2026年政府工作报告", *TEXT, title=button, name="a.txt")
    assert found.title == "临江市2026年政府工作报告"
    assert button not in found.text.split("\n")


@pytest.mark.parametrize(
    "lines",
    [
        ("国务院办公厅关于印发", "“十四五”现代养老发展规划的通知"),
        ("临江市人民政府文件", "临江市人民政府关于印发", "养老服务提升方案的通知"),
        ("临江市发展和改革委员会", "关于促进养老产业发展的", "若干意见"),
    ],
)
def test_a_title_over_several_lines_is_whole(lines: tuple[str, ...]) -> None:
    found = article(*lines, "临政发〔2024〕8号", *TEXT, name="附件1.txt")
    assert found.title.endswith(lines[-1])
    assert lines[-2] in found.title


@pytest.mark.parametrize("site", ["_政府信息公开专栏", "-临江新闻网", "_部门动态_中国政府网", " - 某某网"])
def test_the_name_of_the_site_is_cut_off(site: str) -> None:
    title = "国务院关于加快推进农业机械化的指导意见"
    found = article(title, *TEXT, title_tag=f"{title}{site}", name="content_5354222.htm")
    assert found.title == title


def test_a_text_without_furniture_stays_whole() -> None:
    lines = [
        "临江市养老服务提升方案",
        "一、目标",
        *TEXT,
        "二、任务",
        "联系人",
        "张三",
        "临江市民政局",
        "2024年5月21日",
    ]
    found = article(*lines, name="临江市养老服务提升方案.txt")
    assert found.text.split("\n") == lines[1:]


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (["来源：北京日报"], "source", "北京日报"),
        (["来源：", "陕西省人民政府"], "source", "陕西省人民政府"),
        (["信息来源： 低空司 作者：张三"], "source", "低空司"),
        (["2025-01-19 13:12:40 来源: 广东发布"], "source", "广东发布"),
        (["[成文日期]", "2024-09-30"], "signed", "2024-09-30"),
        (["成文日期", "：", "2024-09-21"], "signed", "2024-09-21"),
        (["发文机", "关： 国务院 成文日", "期： 2018年12月21日"], "issuer", "国务院"),
        (["发文字号：国办发〔2019〕6号"], "number", "国办发〔2019〕6号"),
        (["时间：2024-11-05 14:26:33"], "published", "2024-11-05"),
        (["2024-02-03 09:20"], "published", "2024-02-03"),
        (["标　　题：", "国务院关于某事的意见"], "title", "国务院关于某事的意见"),
    ],
)
def test_labels_and_their_values(lines: list[str], field: str, value: str) -> None:
    found = read_labels(lines)
    assert found.first(field) == value
    assert found.lines == set(range(len(lines)))


@pytest.mark.parametrize(
    "line",
    [
        "数据来源：国家统计局",
        "会议时间：2024年5月1日上午",
        "来源：",
        "发布日期：近日",
        "来源：本报记者昨日获悉，全市开工。",
    ],
)
def test_what_is_no_label_fills_nothing(line: str) -> None:
    assert not read_labels([line]).values


def test_the_source_of_a_chart_is_not_the_articles() -> None:
    assert not read_labels(["来源：中国信息通信研究院", "图 1 总体框架"]).values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="首页登录，。甲乙丙：2024-年月日>", min_size=1, max_size=40), max_size=30))
def test_running_text_is_never_furniture(lines: list[str]) -> None:
    span = body_span(lines)
    found = chances(lines, span)
    assert len(found) == len(lines)
    assert not any(chance for number, chance in enumerate(found) if span[0] <= number <= span[1])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12))
def test_any_lines_make_an_article_or_a_problem(lines: list[str]) -> None:
    try:
        found = article(*lines, name="某文件.txt")
    except Problem as problem:
        if problem.code == "article_without_text":
            return
        raise
    assert found.title.strip()
    assert found.text.strip()


def test_words_of_pages_are_none_of_texts() -> None:
    assert all(
        map(
            is_page_word,
            ["【 打印 】", "[ 打印 ]", "首 页", "字体：", "扫一扫在手机打开当前页", "粤ICP备1号"],
        )
    )
    assert not any(
        map(is_page_word, ["第一章 总则", "临江市民政局", "下载量超过一亿次", "首页改版工作完成。"])
    )


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    found = article("⼀、⼯作⽬标", *TEXT, title="临江市⼈⼤⼯作⽅案", name="t.txt")
    assert found.title == "临江市人大工作方案"
    assert found.text.startswith("一、工作目标")
