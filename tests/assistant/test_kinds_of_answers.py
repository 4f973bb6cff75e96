"""Answers of more than one sentence, figures put together, what is near, and what is no question."""

from pathlib import Path

import pytest

from assistant.model import Turn
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from index.sync import ingest


def test_a_sum_is_worked_out_and_both_figures_cited(assistant: Assistant) -> None:
    answer = assistant.ask("2024年和2025年两年的赤字规模合计多少?")
    assert answer.short_answer == "9.72万亿元"
    assert len(answer.citations) >= 2
    assert answer.calculations[0].result == "9.72万亿元"
    assert not answer.flags


def test_two_are_compared(assistant: Assistant) -> None:
    answer = assistant.ask("2025年和2024年的赤字规模哪个更大?")
    assert answer.short_answer == "2025年"
    assert all(figure in answer.answer for figure in ("5.66万亿元", "4.06万亿元"))


def test_a_row_of_a_table_is_told_with_its_heads(assistant: Assistant) -> None:
    answer = assistant.ask("2026年4月全社会用电量同比增长多少?", today=None)
    assert "6.0%" in answer.answer
    assert not answer.flags
    assert all(citation.quote not in {"时段 | 全社会用电量 | 同比"} for citation in answer.citations)


def test_figures_of_unlike_measures_are_compared_with_a_note(assistant: Assistant) -> None:
    answer = assistant.ask("比较上海和江苏2025年集成电路的增速,谁更快?")
    assert answer.short_answer == "上海"
    assert any("营业收入、产量" in note for note in answer.notes)
    alike = assistant.ask("2025年和2024年的赤字规模哪个更大?")
    assert not any("口径" in note for note in alike.notes)


def test_the_month_that_is_missing_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("2026年6月的全社会用电量是多少?")
    assert answer.refused
    assert "没有找到可以确定是2026年6月的内容" in answer.answer


def test_a_near_miss_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("2016年的赤字率安排是多少?")
    assert answer.refused
    assert "2016" in answer.answer


@pytest.mark.parametrize("question", ["总结一下2026年夏粮的情况", "概括一下上海集成电路产业的情况"])
def test_a_summary_takes_several_sentences(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.refused
    assert len(answer.answer.splitlines()) >= 2
    assert len(answer.citations) >= 2


def test_more_tells_more_of_the_same(assistant: Assistant) -> None:
    question = "2025年江苏生产了多少集成电路?"
    first = assistant.ask(question)
    turn = Turn(question=question, standalone_question=first.standalone_question, answer=first.answer)
    more = assistant.ask("再详细点", [turn])
    assert more.standalone_question == first.standalone_question
    assert len(more.answer) > len(first.answer)


@pytest.mark.parametrize("text", ["谢谢", "你是谁?", "写首诗"])
def test_what_is_no_question_gets_a_short_reply(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.answer
    assert not answer.citations
    assert not answer.near


def test_the_latest_state_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("最新一次安排的赤字率是多少?")
    assert "4%" in answer.answer
    assert "2025" in answer.answer


def test_a_document_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("去现场执法检查不能少于两个人，依据是什么文件?")
    assert "令" in answer.answer or "《" in answer.answer
    assert not answer.flags


def test_a_goal_is_held_against_its_result(assistant: Assistant) -> None:
    answer = assistant.ask("2021年的城镇新增就业任务完成了吗?")
    assert all(figure in answer.answer for figure in ("1269万人", "1100万人"))
    assert answer.short_answer == "达到目标"
    assert len(answer.citations) >= 2


def test_another_goal_is_not_taken_for_the_one_asked(assistant: Assistant) -> None:
    answer = assistant.ask("2023年的就业目标完成了吗?")
    assert "1244万人" in answer.answer
    assert "国内生产总值" not in answer.answer


def test_places_in_a_row_answer_how_many_they_are(assistant: Assistant) -> None:
    answer = assistant.ask("长三角联合攻关由几个省市共同承担?")
    assert "上海、江苏、浙江、安徽共同承担" in answer.answer


def test_a_province_does_not_answer_for_its_city(assistant: Assistant) -> None:
    assert assistant.ask("广州2026年上半年的外贸进出口总值是多少?").refused


def test_no_place_is_added_to_a_sentence_on_another(assistant: Assistant) -> None:
    answer = assistant.ask("2026年上半年上海外贸总额与义乌差多少?")
    assert "〔上海〕2026年上半年，义乌" not in answer.answer


def test_what_two_turns_told_is_put_together(assistant: Assistant) -> None:
    turns: list[Turn] = []
    for question in ("2024年的赤字规模是多少?", "2025年的赤字规模是多少?"):
        turns.append(Turn.after(question, assistant.ask(question, turns)))
    answer = assistant.ask("两者相差多少?", turns)
    assert answer.short_answer == "1.6万亿元"
    assert len(answer.citations) == 2


def test_a_follow_up_on_another_thing_is_not_answered_with_the_last(assistant: Assistant) -> None:
    question = "2025年服务业增加值增长了多少?"
    turns = [Turn.after(question, assistant.ask(question))]
    assert assistant.ask("其中金融业呢?", turns).refused


def test_a_why_is_not_answered_with_what_was_just_said(assistant: Assistant) -> None:
    question = "深圳的进出口2026年上半年多少?"
    turns = [Turn.after(question, assistant.ask(question))]
    assert turns[0].answer
    assert assistant.ask("为什么涨这么猛?", turns).refused


def test_a_titled_article_is_summed_up_whole(assistant: Assistant) -> None:
    answer = assistant.ask("总结《非银行支付机构监督管理条例》要点")
    assert len({citation.article_id for citation in answer.citations}) == 1
    assert len(answer.citations) > 4
    assert [citation.start for citation in answer.citations] == sorted(
        citation.start for citation in answer.citations
    )


def over(articles: Path, settings: Settings) -> Assistant:
    """An assistant over the articles of a folder, in an index beside it."""
    chosen = settings.model_copy(update={"index": articles.with_name("index")})
    index = open_index(chosen)
    ingest(index, [articles])
    return Assistant(index, chosen)


@pytest.fixture
def company(tmp_path: Path, settings: Settings) -> Assistant:
    """An assistant over a company's undated report and a dated one of a county."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text(
        "---\ntitle: 百和环保有限公司\n---\n\n2017年是公司重要的一年。公司的员工满意度为80%，净利润为500万元。\n",
        "utf-8",
    )
    (folder / "b.md").write_text(
        "---\ntitle: 县政府工作报告\ndate: 2026-01-08\nregion: 青川县\n---\n\n去年，全县粮食总产量达到12万吨。\n",
        "utf-8",
    )
    return over(folder, settings)


def test_the_company_and_the_year_that_a_sentence_leaves_out_are_added(company: Assistant) -> None:
    answer = company.ask("百和环保有限公司2017年的员工满意度是多少?")
    assert "〔2017年，百和环保有限公司〕公司的员工满意度为80%" in answer.answer
    assert not answer.flags


def test_a_month_is_not_answered_with_what_is_told_of_the_year(company: Assistant) -> None:
    assert not company.ask("百和环保有限公司2017年的净利润是多少?").refused
    assert company.ask("百和环保有限公司2017年3月的净利润是多少?").refused


def test_whose_grain_it_is_is_added(company: Assistant) -> None:
    answer = company.ask("2025年全县粮食总产量是多少?")
    assert "青川县" in answer.answer.split("〕")[0]
    assert "12万吨" in answer.answer


@pytest.fixture
def two_papers(tmp_path: Path, settings: Settings) -> Assistant:
    """An assistant over articles that agree on one figure and differ in another."""
    folder = tmp_path / "articles"
    folder.mkdir()
    told = "2025年，青川县共有集成电路企业37家。2025年，青川县集成电路产业营收为{}亿元。青川县产业园的首任主任是{}。"
    for name, figure, person in (("a", "48", "王立新"), ("b", "53", "李建国")):
        (folder / f"{name}.md").write_text(
            f"---\ntitle: 青川县产业简报{name}\ndate: 2026-01-0{figure[1]}\n---\n\n{told.format(figure, person)}\n",
            encoding="utf-8",
        )
    return over(folder, settings)


def test_articles_that_agree_are_cited_together(two_papers: Assistant) -> None:
    answer = two_papers.ask("青川县2025年有多少家集成电路企业?")
    assert len(answer.answer.splitlines()) == 1
    assert len({citation.article_id for citation in answer.citations}) == 2


def test_articles_that_differ_are_both_shown(two_papers: Assistant) -> None:
    answer = two_papers.ask("青川县2025年集成电路产业营收是多少?")
    assert all(figure in answer.answer for figure in ("48亿元", "53亿元"))
    assert any("说法不一" in note for note in answer.notes)


def test_names_that_differ_are_both_shown(two_papers: Assistant) -> None:
    answer = two_papers.ask("青川县产业园的首任主任是谁?")
    assert all(name in answer.answer for name in ("王立新", "李建国"))


def test_two_questions_in_one_get_two_short_answers(assistant: Assistant) -> None:
    answer = assistant.ask("2026年上半年我国进出口总额是多少？同比增长多少？")
    assert answer.short_answer == "25.47万亿元；16.9%"


def test_the_sum_of_years_is_not_told_as_one_years_figure(assistant: Assistant) -> None:
    assert assistant.ask("以旧换新2024年带动了多少销售额？").refused
    assert "1830万辆" in assistant.ask("截至2025年底，汽车以旧换新有多少辆？").short_answer


def test_a_count_of_provinces_is_no_output(assistant: Assistant) -> None:
    answer = assistant.ask("江苏和甘肃的集成电路产量分别是多少？")
    assert answer.short_answer == "1734.27亿块"
    assert any("甘肃" in note for note in answer.notes)
