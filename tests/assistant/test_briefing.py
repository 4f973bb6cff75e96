"""Briefings: key figures, bounds, files that open, and what stops them."""

import io
import re
from collections.abc import Iterator
from datetime import date

import docx
import pytest

from assistant.briefing.figures import measured_in
from assistant.briefing.introduction import introducer_of
from assistant.briefing.make import MOST_ARTICLES, BriefingStopped, chosen_articles, make_briefing
from assistant.briefing.model import ArticleBrief, Briefing, KeyFigure
from assistant.model import Citation
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.problem import Problem
from evals.stand_in import Endpoint
from index.query import Filters
from index.store import Index
from ui.briefings.markdown import briefing_as_markdown
from ui.briefings.word import briefing_as_docx

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("2025年，上海市集成电路产业营收达4800亿元。", {"上海市集成电路产业营收": "4800亿元"}),
        (
            "2025年，上海市集成电路产业的营业收入规模超过4800亿元。",
            {"上海市集成电路产业的营业收入规模": "超过4800亿元"},
        ),
        (
            "地区生产总值增长7%，固定资产投资同比下降1.2%。",
            {"地区生产总值": "增长7%", "固定资产投资": "下降1.2%"},
        ),
        (
            "全年粮食总产量1.4万亿斤，城镇新增就业1256万人。",
            {"粮食总产量": "1.4万亿斤", "城镇新增就业": "1256万人"},
        ),
        ("赤字率拟按4%左右安排。", {}),
        ("工业企业达7.6万家、增加值增长3%。", {}),
        ("银行存贷款余额分别达38.7万亿元、29.9万亿元。", {}),
        ("工业投资、民间投资分别增长9.4%、13.3%。", {}),
        ("会议在3月5日召开。", {}),
    ],
)
def test_a_figure_has_the_name_of_what_it_measures(sentence: str, figures: dict[str, str]) -> None:
    assert dict(measured_in(sentence)) == figures


@pytest.fixture
def two(sample_index: Index) -> list[str]:
    articles = sample_index.catalogue.articles()
    return [each.id for each in articles if each.title.startswith(("2025年政府工作报告", "2025年上海"))][:2]


def brief(index: Index, ids: list[str], **more: object) -> Briefing:
    return make_briefing(index, chosen_articles(index, ids, Filters()), today=TODAY, **more)  # type: ignore[arg-type]


def test_a_briefing_quotes_and_counts_from_its_articles(sample_index: Index, two: list[str]) -> None:
    steps: list[tuple[int, int]] = []
    made = brief(sample_index, [*two, two[0]], progress=lambda done, total: steps.append((done, total)))
    assert [each.article_id for each in made.articles] == two
    assert steps[-1] == (2, 2)
    for article in made.articles:
        text = sample_index.catalogue.article(article.article_id).text  # type: ignore[union-attr]
        assert 1 <= len(article.sentences) <= 6
        assert all(text[each.start : each.end] == each.quote for each in article.sentences)
        assert article.figures
        for figure in article.figures:
            digits = re.findall(r"[\d.]+", figure.value)[0]
            assert digits in text[figure.start : figure.end].replace(",", "")
    numbers = [each.n for article in made.articles for each in article.sentences]
    assert numbers == list(range(1, len(numbers) + 1))


def test_bad_ids_hidden_ones_and_too_many_are_told(sample_index: Index, two: list[str]) -> None:
    for ids, code in (
        ([], "briefing_nothing"),
        ([" "], "briefing_nothing"),
        ([two[0], "no such"], "program_no_article"),
        ([str(number) for number in range(MOST_ARTICLES + 1)], "briefing_too_many"),
    ):
        with pytest.raises(Problem) as told:
            chosen_articles(sample_index, ids, Filters())
        assert told.value.code == code


def test_it_stops_before_the_next_article(sample_index: Index, two: list[str]) -> None:
    with pytest.raises(BriefingStopped):
        brief(sample_index, two, stopped=lambda: True)


@pytest.fixture
def writing(sample_index: Index, settings: Settings) -> Iterator[Assistant]:
    def text(body: str) -> str:
        return "这些资料都谈到经济工作[1]。火星上有9999家企业[1]。"

    endpoint = Endpoint(text)
    chosen = settings.model_copy(update={"llm_base_url": endpoint.url, "llm_model": "m"})
    yield Assistant(sample_index, chosen)
    endpoint.close()


def test_what_the_introduction_makes_up_is_left_out(
    writing: Assistant, sample_index: Index, two: list[str]
) -> None:
    made = brief(sample_index, two, introduce=introducer_of(writing))
    assert "9999" not in made.introduction
    assert made.introduction or made.notes


def made_up() -> Briefing:
    quote = Citation(
        n=1, article_id="a", title="甲", quote="建设3个机场。", section="一、建设", start=0, end=7, page=2
    )
    article = ArticleBrief(
        article_id="a", title="甲<b>\x0b", date="2026-01-02", source="某报", sentences=[quote],
        figures=[KeyFigure(measure="机场|数量", value="3个", period="2026年", start=0, end=7)],
    )  # fmt: skip
    empty = ArticleBrief(article_id="b", title="乙")
    return Briefing(title="简报\x00", date="2026-06-01", introduction="导语[1]。", articles=[article, empty])


def test_the_word_file_opens_and_holds_the_parts() -> None:
    document = docx.Document(io.BytesIO(briefing_as_docx(made_up(), "zh")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for part in (
        "简报",
        "2026-06-01",
        "导语[1]。",
        "甲<b>",
        "某报",
        "建设3个机场。 [1]",
        "一、建设 · 第2页",
        "来源",
        "《甲",
    ):
        assert part in text
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["指标", "数值", "时期"], ["机场|数量", "3个", "2026年"]]
    assert len(document.tables) == 1


def test_markdown_keeps_markup_of_articles_as_text() -> None:
    text = briefing_as_markdown(made_up(), "en")
    assert "## 甲\\<b\\>" in text
    assert "| 机场\\|数量 | 3个 | 2026年 |" in text
    assert "## Sources\n\n1. 《甲" in text
