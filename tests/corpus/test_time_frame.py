"""Which years a text speaks of."""

import pytest

from corpus.language.periods import Period
from corpus.language.times import PartialDay, periods_in, years_in
from corpus.model import Article, Section
from corpus.time_reader import TimeReader


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年营收超4800亿元，顺利完成“十四五”发展目标", [2025]),
        ("“十四五”期间累计投入1万亿元", [2021, 2022, 2023, 2024, 2025]),
        ("“十五五”规划提出", [2026, 2027, 2028, 2029, 2030]),
        ("过去三年，就业稳定", [2022, 2023, 2024]),
        ("一九五八年以来", [1958]),
        ("二〇二四年完成", [2024]),
        ("去年增长5%，今年预期5%左右", [2024, 2025]),
        ("比上年增长3%，较去年同期多2万人", []),
        ("按不低于当地上年度职工平均工资的60%核定", []),
        ("费率按上一年度亏损情况调整", []),
        ("提交上年度财务报告", []),
        ("一年内新招用十人，3年内还清", []),
        ("年内建成三座", [2025]),
        ("其中年内新增三家，其余年内部署", [2025]),
        ("若干年内轮换一遍", []),
        ("数年内完成，未来数年内见效", []),
        ("同一自然年内限两次，每年内限一次", []),
        ("三个学年内修满学分", []),
        ("应在受聘当年内缴清", []),
        ("去年内涝频发", [2024]),
        ("老年内科增设床位", []),
        ("目前年产能十万吨，此前年均八万吨", []),
        ("弥补以前年度亏损", []),
        ("前年试点，去年推开", [2023, 2024]),
        ("上年末有监测站5个，上年度末4个", [2024]),
        ("2021—2023年累计", [2021, 2022, 2023]),
        ("第十四届五次会议", []),
    ],
)
def test_years_of_an_article_of_2025(text: str, years: list[int]) -> None:
    assert years_in(text, 2025) == years


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2024年前三季度营收突破千亿元", ["2024-01/2024-09"]),
        ("上半年，外贸增长3%", ["2026-01/2026-06"]),
        ("2026年前两个月出口135.2万辆，其中2月单月67.2万辆", ["2026-01/2026-02", "2026-02"]),
        ("2025年1—11月投资增长", ["2025-01/2025-11"]),
        ("上月物价平稳", ["2026-02"]),
        ("去年四季度回升", ["2025-10/2025-12"]),
        ("今天（3月26日）举行", ["2026-03-26"]),
        ("6日至9日，会议在曼谷举行", ["2026-03-06/2026-03-09"]),
        ("30日发表声明", ["2026-03-30"]),
        ("11月的数据已经公布", ["2025-11"]),
        ("2025年12月26日开通", ["2025-12-26"]),
        ("第3次修订用时3个月，第12日内答复", []),
        ("比2023年同期增长5%", []),
        ("较 2024 年同期增长3%", []),
        ("与 2020 年相比多2万人", []),
        ("比 2021 年底少3家", []),
        ("2023 年增长5%", ["2023"]),
        ("2025 年 9 月产量 525 万吨", ["2025-09"]),
        ("1-2 月累计 30 万吨", ["2026-01/2026-02"]),
        ("2025 年 1 — 9 月累计", ["2025-01/2025-09"]),
        ("目标是“十五五”末达到30%", ["2026/2030"]),
        ("投资是“十四五”期间2万亿元", ["2021/2025"]),
        ("截至 2 月 17 日，价格 740 元 / 吨", ["2026-02-17"]),
        ("产能比“十三五”末翻了一番", []),
        ("较“十三五”时期提高3个百分点", []),
        ("“十三五”末产能300万吨", ["2016/2020"]),
        ("2022年以来连续四年增长", ["2022", "2022/2026"]),
    ],
)
def test_periods_of_an_article_of_march_2026(text: str, periods: list[str]) -> None:
    assert [str(each) for each in periods_in(text, PartialDay(2026, 3, 26), 2026)] == periods


def test_a_period_reads_what_it_writes() -> None:
    for text in ("2024", "2024-02", "2024-03-05", "2024-01/2024-09", "2021/2025", "2024-03-05/2024-03-09"):
        assert str(Period.parse(text)) == text


def test_a_plan_written_after_a_look_back_speaks_of_the_articles_year() -> None:
    text = "2024年全省投入50亿元，增长6%。要加快建设产业园。各地完成了任务。"
    article = Article(id="a", title="2025年工作报告", text=text, sections=[Section(start=0, end=len(text))])
    reader, section = TimeReader(article), article.sections[0]
    first, second = text.index("要加快"), text.index("各地")
    assert [str(each) for each in reader.of_span(section, 0, first)] == ["2024"]
    assert [str(each) for each in reader.of_span(section, first, second)] == ["2025"]
    assert [str(each) for each in reader.of_span(section, second, len(text))] == ["2025"]


@pytest.mark.parametrize(
    ("title", "date", "kind", "text", "years"),
    [
        # A report on a year that has ended tells of that year, whenever it came out.
        ("甲市2024年国民经济和社会发展统计公报", "2025-03-28", "公报", "全年粮食产量70万吨。", ["2024"]),
        ("2022年度人力资源事业发展统计公报", "2023-06", "公报", "年末参保人数10亿人。", ["2022"]),
        ("乙县2019年环境状况公报", "2020-06-05", "公报", "上年末有监测站5个。", ["2018"]),
        ("2024年丙区人工智能产业规模达300亿元", "2025-04-02", "", "产业规模居全省首位。", ["2024"]),
        # What counts from the day of publication still does in news.
        (
            "2024年丙区人工智能产业规模达300亿元",
            "2025-04-02",
            "",
            "今年一季度又增长一成。",
            ["2025-01/2025-03"],
        ),
        # A plan for a year, a report of the same year, and a title of several years or of one long past.
        ("2024年重点工作安排", "2025-01-05", "", "完成投资30亿元。", ["2025"]),
        ("2025年政府工作报告", "2025-01-20", "政府工作报告", "完成投资30亿元。", ["2025"]),
        ("2023—2024年发展报告", "2025-01-20", "", "完成投资30亿元。", ["2025"]),
        ("1998年抗洪抢险的故事", "2025-01-20", "", "堤坝全长30公里。", ["2025"]),
    ],
)
def test_the_year_that_a_title_tells_of(
    title: str, date: str, kind: str, text: str, years: list[str]
) -> None:
    article = Article(
        id="a", title=title, text=text, date=date, kind=kind, sections=[Section(start=0, end=len(text))]
    )
    found = TimeReader(article).of_span(article.sections[0], 0, len(text))
    assert [str(each) for each in found] == years


@pytest.mark.parametrize(
    ("title", "is_annual"), [("2024年国民经济和社会发展统计公报", True), ("2024年各季度运行情况", False)]
)
def test_the_whole_year_after_its_quarters(title: str, *, is_annual: bool) -> None:
    """What follows in an annual bulletin is of the year, else of the quarters before it."""
    text = "分季度看，一季度增长5.3%，二季度增长4.7%。全年发电量312亿千瓦时。其余的略。"
    article = Article(
        id="a", title=title, text=text, date="2025-02-28", sections=[Section(start=0, end=len(text))]
    )
    reader, section = TimeReader(article), article.sections[0]
    start, end = text.index("全年"), text.index("其余")
    assert [str(each) for each in reader.of_span(section, start, end)] == ["2024"]
    rest = [str(each) for each in reader.of_span(section, end, len(text))]
    assert (rest == ["2024"]) is is_annual


def test_prices_of_another_year_set_no_time_in_a_bulletin() -> None:
    text = "劳动生产率按2020年价格计算。\n年末人口300万人。12月物价上涨0.2%。城镇人口200万人。"
    article = Article(
        id="a",
        title="2024年青川市统计公报",
        text=text,
        date="2025-03-01",
        sections=[Section(start=0, end=len(text))],
    )
    reader, section = TimeReader(article), article.sections[0]
    for told in ("年末人口", "城镇人口"):
        start = text.index(told)
        end = text.index("。", start) + 1
        assert [str(each) for each in reader.of_span(section, start, end)] == ["2024"]


def _years_behind(
    text: str, behind: str, *, kind: str = "意见", title: str = "关于加快发展的意见", date: str = "2019-03-01"
) -> list[str]:
    article = Article(
        id="a", title=title, date=date, kind=kind, text=text, sections=[Section(start=0, end=len(text))]
    )
    start = text.index(behind)
    return [
        str(each) for each in TimeReader(article).of_span(article.sections[0], start, start + len(behind))
    ]


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("到2025年，全县建成高标准农田50万亩。粮食产量稳定在20万吨以上。", "粮食产量稳定在20万吨以上。"),
        ("（二）到2025年，网络覆盖所有乡镇。宽带用户普及率达到90%。", "宽带用户普及率达到90%。"),
        ("力争到2025年底，船队规模翻一番。港口吞吐量达到3亿吨。岸电使用率达到60%。", "岸电使用率达到60%。"),
        ("到2025年，培育龙头企业20家；研发投入占比达到3%；", "研发投入占比达到3%；"),
        ("确保到 2025 年，森林覆盖率达到45%。湿地保护率达到55%。", "湿地保护率达到55%。"),
    ],
)
def test_goals_behind_those_of_a_far_year_are_of_that_year(text: str, behind: str) -> None:
    assert _years_behind(text, behind) == ["2025"]


@pytest.mark.parametrize(
    ("text", "behind", "years"),
    [
        # Another paragraph goes on with what is so now.
        (
            "到2025年，全县建成高标准农田50万亩。\n粮食产量稳定在20万吨以上。",
            "粮食产量稳定在20万吨以上。",
            ["2019"],
        ),
        ("到2025年，建成农田50万亩。2018年粮食产量为20万吨。", "2018年粮食产量为20万吨。", ["2018"]),
        # A year that stands in the middle of a sentence is no heading of goals.
        ("这一工程计划到2025年，分三期建成。目前船闸已有3座。", "目前船闸已有3座。", ["2019"]),
    ],
)
def test_what_else_stands_behind_a_far_year_is_not(text: str, behind: str, years: list[str]) -> None:
    assert _years_behind(text, behind) == years


def test_a_work_report_goes_back_to_its_own_year_after_a_far_one() -> None:
    text = "到2025年，基本建成现代化港口。粮食产量保持稳定。"
    assert _years_behind(text, "粮食产量保持稳定。", kind="政府工作报告", title="政府工作报告") == ["2019"]


def _periods_in_report(heading: str, text: str, behind: str) -> list[str]:
    text = f"{heading}\n{text}" if heading else text
    section = Section(path=[heading] if heading else [], start=0, end=len(text))
    article = Article(
        id="a",
        title="2026年青川省政府工作报告",
        date="2026-02-01",
        kind="政府工作报告",
        text=text,
        sections=[section],
    )
    start = text.index(behind)
    return [str(each) for each in TimeReader(article).of_span(section, start, start + len(behind))]


@pytest.mark.parametrize(
    ("heading", "text", "behind", "years"),
    [
        ("一、工作回顾", "就业形势稳定。城镇新增就业20万人。", "城镇新增就业20万人。", ["2025"]),
        ("一、主要成就", "全面落实各项政策。\n粮食产量再创新高。", "粮食产量再创新高。", ["2025"]),
        ("一、2025年工作回顾", "要把民生放在首位。\n新建学校30所。", "新建学校30所。", ["2025"]),
        (
            "",
            "“十四五”期间投资翻番。\n全面落实各项政策。\n粮食产量再创新高。",
            "粮食产量再创新高。",
            ["2021/2025"],
        ),
        (
            "二、2026年重点工作",
            "“十五五”开局之年。要扩大投资。\n完成投资1万亿元。",
            "完成投资1万亿元。",
            ["2026"],
        ),
        ("二、重点工作", "要扩大投资。\n新开工项目100个。", "新开工项目100个。", ["2026"]),
    ],
)
def test_a_task_among_what_was_done_stands_alone(
    heading: str, text: str, behind: str, years: list[str]
) -> None:
    assert _periods_in_report(heading, text, behind) == years


@pytest.mark.parametrize(
    "sentence",
    [
        "城镇居民人均收入从2021年的4.6万元提高到5.9万元。",
        "高速公路里程由2020年的3000公里增加到4200公里。",
        "失业率从2020年的5.6%下降至5.1%。",
        "企业数量从2021年底的80家增至136家。",
        "贫困人口由2015年的12万人减少到3万人。",
    ],
)
def test_what_has_risen_from_a_year_is_told_of_the_year_told_of(sentence: str) -> None:
    behind = "全省用电量保持平稳。"
    text = f"2025年全省经济稳定。{sentence}{behind}"
    years = _periods_in_report("一、工作回顾", text, sentence)
    assert years[0] in {"2020", "2021", "2015"}
    assert years[1:] == ["2025"]
    assert _periods_in_report("一、工作回顾", text, behind) == ["2025"]


@pytest.mark.parametrize(
    "sentence",
    [
        "总量从2020年的3.7万亿元提高到2024年的4.9万亿元。",
        "从2021年开始，每年新建学校30所。",
        "2021年收入提高到4.6万元。",
    ],
)
def test_a_year_that_nothing_has_risen_from_stands_alone(sentence: str) -> None:
    assert "2025" not in _periods_in_report("一、工作回顾", f"2025年全省经济稳定。{sentence}", sentence)


@pytest.mark.parametrize(
    ("heading", "text", "years"),
    [
        ("三、2026年重点工作", "主要预期目标是：“十五五”开好局，粮食产量1300亿斤。", ["2026/2030", "2026"]),
        ("二、2026年工作安排", "着眼“十五五”发展，新建学校30所。", ["2026/2030", "2026"]),
        ("一、2025年工作回顾", "“十四五”规划圆满收官，生产总值增长5.1%。", ["2021/2025", "2025"]),
        ("一、2025年工作回顾", "“十四五”期间，生产总值年均增长5.2%。", ["2021/2025"]),
        ("一、2025年工作回顾", "过去五年，新增就业700万人。", ["2021/2025"]),
        ("一、2025年和“十四五”工作回顾", "“十四五”规划圆满收官，总量迈上新台阶。", ["2021/2025"]),
        ("二、主要任务", "“十五五”开好局，新建学校30所。", ["2026/2030"]),
    ],
)
def test_a_plan_named_in_passing_leaves_the_year_of_its_heading(
    heading: str, text: str, years: list[str]
) -> None:
    assert _periods_in_report(heading, text, text) == years


@pytest.mark.parametrize(
    ("heading", "sentence", "years"),
    [
        ("一、2025年工作回顾", "离岛年内可以多次购买。", ["2025"]),
        ("一、2025年及“十四五”时期工作回顾", "社会安定的今日景象令人振奋。", ["2025"]),
        ("一、过去一年工作总结", "实施一季度开局行动。", ["2025"]),
        ("一、一年接着一年干，新区建设取得新成效", "3月19日，专班成立。", ["2025"]),
        ("一、2025年工作回顾", "产能比“十三五”末翻了一番。", ["2025"]),
        ("二、2026年重点工作", "实施一季度开局行动。", ["2026-01/2026-03"]),
        ("一、2025年工作回顾", "我们将在今年加以解决。", ["2025"]),
    ],
)
def test_what_a_review_mentions_in_passing_takes_no_sentence_out_of_its_year(
    heading: str, sentence: str, years: list[str]
) -> None:
    behind = "新增就业12万人。"
    assert _periods_in_report(heading, f"2025年是很不平凡的一年。{sentence}{behind}", behind) == years


@pytest.mark.parametrize(
    ("title", "date", "text", "behind", "years"),
    [
        ("2024年中国数字产业发展报告", "2025-03-01", "2022年规模50.2万亿元。其中产业数字化41万亿元。", "其中", ["2022"]),
        ("中国电力行业发展报告2025", "2025-07-10", "2024年用电量9.85万亿千瓦时。其中第二产业6.39万亿千瓦时。", "其中", ["2024"]),
        ("2025年汽车工业运行情况", "2026-01-14", "预计2026年销量3475万辆。其中出口740万辆。", "其中", ["2026"]),
        ("2025年国庆假期旅游市场情况", "2025-10-09", "8日，发送旅客2000万人次。", "8日", ["2025-10-08"]),
        ("2025年春运情况", "2025-01-20", "12月26日，发布运行图。", "12月", ["2024-12-26"]),
    ],
)  # fmt: skip
def test_a_year_in_a_title_leaves_other_times_to_what_tells_of_them(
    title: str, date: str, text: str, behind: str, years: list[str]
) -> None:
    article = Article(id="a", title=title, text=text, date=date, sections=[Section(start=0, end=len(text))])
    found = TimeReader(article).of_span(article.sections[0], text.index(behind), len(text))
    assert [str(each) for each in found] == years


@pytest.mark.parametrize(
    "heading", ["（二）推动科技创新取得新进展", "三、力争取得新成效", "（二）总结推广改革经验"]
)
def test_a_task_is_no_review(heading: str) -> None:
    text = "新增高新企业2000家。"
    assert _periods_in_report(heading, text, text) == ["2026"]
