"""What is known of an article, and where it was read."""

from pathlib import Path

import pytest

from corpus.load import find_files, read_articles
from corpus.metadata import parse_date, read_metadata, session_year
from corpus.model import Article


def known(title: str, *lines: str, file: str = "a.md", **fields: str) -> dict[str, tuple[str, str]]:
    found = read_metadata(fields, title, "headline", list(lines), Path(file))
    return {name: (value, found.origins[name]) for name, value in found.values.items() if value}


@pytest.mark.parametrize(
    ("title", "lines", "file", "date", "origin"),
    [
        ("办法", ["正文。"] * 20 + ["某某部", "2021 年 10 月 12 日"], "a.md", "2021-10-12", "signature"),
        ("规定", ["（2022年4月14日某行令〔2022〕第2号公布自2022年6月1日起施行）"], "a.md", "2022-04-14", "first_lines"),
        ("法", ["（1996年3月17日通过 根据某决定修正 2021年1月22日修订）"], "a.md", "2021-01-22", "first_lines"),
        ("政府工作报告", ["——2024年3月5日在第十四届全国人民代表大会第二次会议上"], "a.md", "2024-03-05", "first_lines"),
        ("第十二届全国人民代表大会第三次会议关于报告的决议", ["正文。"], "a.md", "2015", "session"),
        ("新闻", ["正文。"], "20260105.md", "2026-01-05", "file_name"),
        ("造船", ["正文。"], "shipyards-2024.txt", "2024", "file_name"),
        ("造船", ["正文。"], "2023_海州_造船.txt", "2023", "file_name"),
        ("水质", ["正文。"], "GB3838-2002.pdf", "", ""),
        ("规划", ["正文。"], "造船规划2021-2025.docx", "", ""),
        ("展望", ["正文。"], "shipyards-2098.txt", "", ""),
        ("条例", ["正文。", "第六十条 本条例自2024年5月1日起施行。"], "a.md", "", ""),
        ("通知", ["根据《某办法》（国发〔2015〕81号），现通知如下。"], "a.md", "", ""),
        ("办法", ["《办法》已经2020年9月1日", "某行第6次行务会议通过。", "2020年9月15日"], "a.md", "2020-09-15", "first_lines"),
    ],
)  # fmt: skip
def test_dates_and_where_they_were_read(
    title: str, lines: list[str], file: str, date: str, origin: str
) -> None:
    assert known(title, *lines, file=file).get("date", ("", "")) == (date, origin)


def test_a_year_is_made_whole_by_a_day_of_that_year() -> None:
    lines = ["——2024年3月5日在第十四届全国人民代表大会第二次会议上"]
    assert known("政府工作报告", *lines, date="2024")["date"] == ("2024-03-05", "first_lines")
    assert known("政府工作报告", *lines, date="2023")["date"] == ("2023", "field")


@pytest.mark.parametrize(
    ("title", "first", "number", "issuer", "kind"),
    [
        ("中国人民银行关于支付受理终端的通知（银发〔2021〕259号）", "", "银发〔2021〕259号", "中国人民银行", "通知"),
        ("执法检查程序规定", "（2022年4月14日中国人民银行令〔2022〕第2号公布）", "中国人民银行令〔2022〕第2号", "中国人民银行", "规定"),
        ("支付机构监督管理条例（国务院令第768号）", "", "国务院令第768号", "国务院", "条例"),
        ("关于做好就业工作的意见", "国办发[2024]12号", "国办发〔2024〕12号", "国务院办公厅", "意见"),
        ("今年集成电路产业怎么看", "正文。", "", "", ""),
    ],
)  # fmt: skip
def test_number_issuer_and_kind(title: str, first: str, number: str, issuer: str, kind: str) -> None:
    found = known(title, first)
    assert [found.get(name, ("",))[0] for name in ("number", "issuer", "kind")] == [number, issuer, kind]


def test_a_place_in_the_headline_is_the_region() -> None:
    assert known("上海市促进集成电路产业的若干措施")["region"] == ("上海", "title")
    assert "region" not in known("上海和湖北的集成电路产业")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("第一届全国人民代表大会第一次会议", 1954),
        ("第二届全国人民代表大会第三次会议", 1962),
        ("第十届全国人民代表大会第五次会议", 2007),
        ("第十四届全国人民代表大会第三次会议", 2025),
    ],
)
def test_sessions_of_the_congress(text: str, year: int) -> None:
    assert session_year(text) == year


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025.10.31", "2025-10-31"),
        ("２０２５年３月５日", "2025-03-05"),
        ("2025-13-01", ""),
        ("去年", ""),
        ("2025年", "2025"),
    ],
)
def test_written_dates(text: str, date: str) -> None:
    assert parse_date(text) == date


# Read by hand: the day where the text gives it, else the year, else nothing.
RULES = {
    "反洗钱法_2024": "2024-11-08", "消费者权益保护法实施条例": "2024-03-15", "行政处罚法_2021": "2021-01-22",
    "终端及相关业务管理的通知_银发_2021_259号": "2021-10-12", "程序规定_2022年第2号": "2022-04-14",
    "程序规定_令2022_2号": "2022-04-14", "程序规定_令2022_3号": "2022-04-14", "适用规定_2024年第6号": "2024-11-25",
    "适用规定_令2024_6号": "2024-11-25", "实施办法_2020": "2020-09-15", "互联网金融": "", "银发_2026_42号": "2026-02-06",
    "养老事业": "2024-12-08", "预防措施管理办法_2025": "2025", "受理消费者投诉": "", "受益所有人": "2024-04-29",
    "支付机构反洗钱和反恐怖融资管理办法_试行": "", "银发2014_106号": "2014-04-14", "举报处理": "",
    "银发_2025_124号": "2025-06-22", "监督管理办法_2021": "2021-04-15", "大额交易": "2016-12-28", "客户尽职": "2025-10-31",
    "涉嫌恐怖融资": "2007", "分类评级": "", "国务院令第768号": "2023-12-09", "实施细则": "2024-07-09",
}  # fmt: skip


def test_dates_of_real_articles(shared: Path) -> None:
    folder = shared / "articles"
    wrong, checked = [], 0
    for file in find_files([folder / "central-bank-rules"]):
        expected = next((date for part, date in RULES.items() if part in file.stem), None)
        if expected is None:
            continue
        article = [each for each in read_articles(file) if isinstance(each, Article)][-1]
        checked += 1
        if article.date != expected:
            wrong.append((file.stem, article.date, expected))
    for file in find_files([folder / "news-broadcast-2026"]):
        (article,) = read_articles(file)
        checked += 1
        if article.date.replace("-", "") != file.stem:
            wrong.append((file.stem, article.date, file.stem))
    for article in read_articles(folder / "government_work_reports.jsonl"):
        year = article.title[:4] if article.title[:2] in {"19", "20"} else str(session_year(article.title))
        checked += 1
        if article.date[:4] != year:
            wrong.append((article.title, article.date, year))
    assert checked >= 300
    assert len(wrong) <= 0.01 * checked, wrong


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            [
                "沅陵市人民政府办公室文件",
                "沅政办发〔2025〕9号",
                "沅陵市人民政府办公室",
                "关于做好2025年防汛抗旱工作的",
                "通　　知",
            ],
            "沅陵市人民政府办公室关于做好2025年防汛抗旱工作的通知",
        ),
        (
            ["云岭市财政局文件", "云财发〔2024〕17号", "关于下达2024年水利资金的通 知"],
            "关于下达2024年水利资金的通知",
        ),
        (
            ["中 共 松 河 县 委 文 件", "松委发〔2023〕2号", "中共松河县委", "关于加强基层治理的意 见"],
            "中共松河县委关于加强基层治理的意见",
        ),
    ],
)
def test_the_head_of_official_paper_is_no_title(tmp_path: Path, lines: list[str], title: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "\n".join([*lines, "", "各乡镇人民政府：", "全市储备编织袋15万条、冲锋舟36艘，请认真落实。"]), "utf-8"
    )
    (article,) = read_articles(file)
    assert isinstance(article, Article)
    assert article.title == title


def test_one_stray_character_makes_no_short_note_a_binary_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("鹿\x00山市公告\n\n水利局投入1200万元修建水库。\n", "utf-8")
    (article,) = read_articles(file)
    assert isinstance(article, Article)
    assert article.text == "水利局投入1200万元修建水库。"


@pytest.mark.parametrize("day", ["2025-10-21", "2025/10/21", "2025.10.21", "（2025-10-21）"])
def test_a_line_that_is_a_day_in_figures_is_the_date(tmp_path: Path, day: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"关于调整水价的公告\n{day}\n居民水价为每吨2.8元，自下月起执行。\n", "utf-8")
    (article,) = read_articles(file)
    assert isinstance(article, Article)
    assert (article.date, article.origins["date"]) == ("2025-10-21", "first_lines")


def test_numbers_in_the_rows_of_a_table_are_not_that_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "补贴.csv"
    rows = [
        "政策名称,补贴标准,文号",
        "汽车置换,每辆1.5万元,龙商发〔2025〕8号",
        "家电换新,售价的15%,龙商发〔2025〕2号",
        "车辆换新,每辆500元,龙商发〔2025〕5号",
    ]
    file.write_text("\n".join(rows), "utf-8")
    (article,) = read_articles(file)
    assert isinstance(article, Article)
    assert (article.number, article.date) == ("", "")
