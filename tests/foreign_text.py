"""Functions that take text from outside, and shapes of text that such functions may be slow on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.answering import in_sentence
from assistant.answering.part_and_whole import share_told, whole_told
from assistant.answering.side_by_side import tells_the_same_figures, worked_side_by_side
from assistant.answering.table_cell import figure_beside
from assistant.checking.cited_table import written_table
from assistant.generating.redact import without_secrets
from assistant.model import Answer, Turn
from assistant.settings import Settings
from assistant.understanding import by_means as parts_by_means
from assistant.understanding import by_name as parts_by_name
from assistant.understanding import in_time as parts_in_time
from assistant.understanding import phrases, plain_question, slots, time_words
from assistant.understanding.completeness import is_complete, nouns_brought
from assistant.understanding.conversation import readings, standalone, wants_more
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.decompose import asking_clauses, parts_of
from assistant.understanding.follow_up_head import features
from assistant.understanding.form_asked import FormAsked
from assistant.understanding.frame_asked import FrameAsked
from assistant.understanding.operation import Operation, time_question, value_question
from assistant.understanding.pointed_documents import with_titles_pointed_to
from assistant.understanding.put_together import put_together
from assistant.understanding.question import parse
from assistant.understanding.rewrite import interpretations_of
from assistant.understanding.small_talk import reply_to
from corpus.block import Block, BlockKind, Draft
from corpus.compilation import documents_of
from corpus.cover_year import with_cover_year
from corpus.language.bodies import bodies_in, same_body
from corpus.language.companies import companies_in, is_told_of
from corpus.language.nations import nations_in
from corpus.language.normalize import clean_line, fold, readable
from corpus.language.places import place_spans, places_in
from corpus.language.quantities import quantities_in
from corpus.language.sentences import cut_positions, sentence_spans
from corpus.language.times import PartialDay, periods_in, ranges_of_years, year_of_title, years_in
from corpus.metadata import parse_date, read_metadata, session_year
from corpus.model import Article, Section
from corpus.problem import Problem
from corpus.readers.html import text_of_bytes
from corpus.readers.markdown import blocks_of, strip_html
from corpus.repair import repair
from corpus.row_words import in_words
from corpus.split import Splitter
from corpus.table import head_above, is_head_row, rows_with_heads
from index import told, words
from index.aim import goal_mismatch
from index.kinds import Kind, kind_of
from index.query import Filters, read_query
from index.question_heads import buckets_of
from index.synonyms import in_the_words_of, synonyms_in

TODAY = date(2026, 3, 5)
DAY = PartialDay(2026, 3, 5)
BEFORE = "上海2025年集成电路产业营收是多少?"
TURN = Turn(question=BEFORE, standalone_question=BEFORE, answer="4800亿元[1]。", titles=["上海市的报告"])
CITED = Turn(question=BEFORE, standalone_question=BEFORE, titles=["甲办法", "乙办法"])
FILE = Path("file.md")

SHAPES = (
    "1", "（", "(", "年", " ", "一", "、", "a", "<!--", "<", "第", "《", "“", "\"", "和", "的", "，", "\n", "1.", "1,", "万", "！", "。",
    "令", "-", "&", "比", "是", "　", "**", " | ", "#", "[", "1 ", "a ", "一 ", "前", "19", "2024-", "2024年", "1月", "1日", "上海", "和上海",
    "就业增长", "多少", "怎么通过", "来", "不是，", "如何", "公司", "集团", "号", "第1", "从2024年", "在2024年", "《a", "是多少", "工业", "有限",
    "关于", "<a ", "<p>", "](", "`", "_", "好", "还有", "请", "中国和", "各", "年月", "1年1月", "，是", "国", "部", "\t", "0", "十", "人民法院",
    "再说", "多点", "详细", "一点", "再说说吧", "好，", "我是", "不是", "1 年", "？", "?", "具体", "不", "呢", "吗", "1号令", "年来",
)  # fmt: skip
"""Pieces that a text is made of by saying them again and again."""


def _article(text: str) -> Article:
    return Article(
        id="a",
        title="报告",
        text=text,
        sections=[Section(path=[], start=0, end=len(text))],
        date="2026-03-05",
        file="f",
    )


def _metadata(text: str) -> object:
    lines = text.split("\n")
    return read_metadata({"date": text, "url": text}, text, "headline", lines, Path("a.md"))


def _repaired(text: str) -> object:
    half = len(text) // 2
    blocks = [Block(BlockKind.PARAGRAPH, text[:half]), Block(BlockKind.PARAGRAPH, text[half:])]
    return repair(blocks)


def _repaired_lines(text: str) -> object:
    lines = [text[start : start + 40] for start in range(0, len(text), 40)]
    return repair([Block(BlockKind.PARAGRAPH, line) for line in lines])


def _decoded(text: str) -> object:
    with suppress(Problem):  # a file of nothing but spaces is told
        return text_of_bytes(text.encode(), FILE)
    return None


def _parted(text: str) -> object:
    lines = [text[start : start + 25] for start in range(0, len(text), 25)]
    return documents_of(Draft("", {}, [Block(BlockKind.PARAGRAPH, line) for line in lines]), "a.txt")


FACTS_OF_FORM = [name for name, fact in vars(FormAsked).items() if isinstance(fact, cached_property)]
FACTS_OF_FRAME = [name for name, fact in vars(FrameAsked).items() if isinstance(fact, cached_property)]

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "clean.readable": readable,
    "clean.clean_line": clean_line,
    "clean.fold": fold,
    "sentences.sentence_spans": sentence_spans,
    "sentences.cut_positions": lambda text: cut_positions(text, "，"),
    "time_frame.periods_in": lambda text: periods_in(text, DAY),
    "time_frame.years_in": lambda text: years_in(text, 2026),
    "time_frame.ranges_of_years": ranges_of_years,
    "time_frame.year_of_title": year_of_title,
    "places.places_in": places_in,
    "places.place_spans": place_spans,
    "bodies.bodies_in": bodies_in,
    "bodies.same_body": lambda text: same_body(text, "财政部"),
    "companies.companies_in": companies_in,
    "companies.is_told_of": lambda text: is_told_of(text, BEFORE),
    "nations.nations_in": nations_in,
    "repair.repair": _repaired,
    "repair.repair of lines": _repaired_lines,
    "compilation.documents_of": _parted,
    "cover_year.with_cover_year": lambda text: with_cover_year(text, text.split("\n"), {0}),
    "metadata.read_metadata": _metadata,
    "metadata.parse_date": parse_date,
    "metadata.session_year": session_year,
    "markdown.strip_html": strip_html,
    "markdown.blocks_of": lambda text: list(blocks_of(text)),
    "html.text_of_bytes": _decoded,
    "table.rows_with_heads": lambda text: rows_with_heads([["a", "b"], [text, text]]),
    "table.is_head_row": is_head_row,
    "table.head_above": lambda text: head_above(text, len(text) // 2),
    "row_words.in_words": lambda text: in_words(f"{text} | {text}：1\n{text}", text),
    "split.Splitter": lambda text: Splitter().split(_article(text)),
    "kinds.kind_of": kind_of,
    "question.aim": lambda text: parse(text).aim,
    "measure.before_how_much": lambda text: parse(text).measure.before_how_much,
    "measure.level": lambda text: parse(text).measure.level,
    "aim.goal_mismatch of a text": lambda text: goal_mismatch(parse("2025年的目标是多少"), text),
    "aim.goal_mismatch of a question": lambda text: goal_mismatch(parse(text), "目标是5%左右"),
    "question.names": lambda text: parse(text).names,
    "question.has_no_topic": lambda text: parse(text).has_no_topic,
    "question.is_over_articles": lambda text: parse(text).is_over_articles,
    "question.asks_several": lambda text: parse(text).asks_several,
    "question.wants_newest": lambda text: parse(text).wants_newest,
    "question.searched": lambda text: parse(text).searched,
    "parts.parts_of": lambda text: parts_of(parse(text, TODAY)),
    "parts.asking_clauses": asking_clauses,
    "question.grid": lambda text: parse(text, TODAY).grid,
    "question.grid of each": lambda text: parse(f"各{text}分别是多少", TODAY).grid,
    "question.value_of_each_place": lambda text: parse(f"各省{text}").value_of_each_place,
    "pointed_documents.with_titles_pointed_to": lambda text: with_titles_pointed_to(text, [CITED]),
    "table_cell.figure_beside": lambda text: figure_beside(text, "上海", ["江苏"], "1亿元"),
    "cited_table.written_table": lambda text: written_table(
        Answer(question="问", standalone_question="问", answer=text, written=True)
    ),
    "parts_by_means.means_apart": lambda text: parts_by_means.means_apart(parse(text)),
    "parts_by_name.companies_apart": lambda text: parts_by_name.companies_apart(parse(text)),
    "parts_by_name.nations_apart": lambda text: parts_by_name.nations_apart(parse(text)),
    "parts_by_name.frames_apart": lambda text: parts_by_name.frames_apart(parse(text)),
    "parts_by_name.things_apart": lambda text: parts_by_name.things_apart(parse(text)),
    "parts_by_name.names_apart": lambda text: parts_by_name.names_apart(parse(text)),
    "parts_in_time.years_apart": lambda text: parts_in_time.years_apart(parse(text, TODAY)),
    "parts_in_time.compared_times": lambda text: parts_in_time.compared_times(parse(text)),
    "parts_in_time.times_apart": lambda text: parts_in_time.times_apart(parse(text)),
    "told.things_told": lambda text: told.things_told(Kind.AMOUNT, parse("产量是多少"), text),
    "told.things_told of a question": lambda text: told.things_told(Kind.DATE, parse(text), "1月"),
    "told.tells_another_thing of a text": lambda text: told.tells_another_thing(
        parse("产量是多少吨?"), text, text
    ),
    "told.tells_another_thing of a question": lambda text: told.tells_another_thing(
        parse(text), "产量1万吨", ""
    ),
    "told.lacks_unit of a text": lambda text: told.lacks_unit(parse("多少吨?"), text),
    "told.lacks_unit of a question": lambda text: told.lacks_unit(parse(text), "1万吨"),
    "measure.words": lambda text: parse(text).measure.words,
    "words.words": words.words,
    "words.content_words": words.content_words,
    "synonyms.synonyms_in": synonyms_in,
    "synonyms.in_the_words_of": lambda text: in_the_words_of(text, BEFORE),
    "query.read_query": lambda text: read_query(text, Filters(), TODAY),
    "conversation.readings": lambda text: readings(text, [TURN]),
    "conversation.readings after a long question": lambda text: readings(
        "那湖北呢?", [Turn(question=text, standalone_question=text, answer=text, titles=[text])]
    ),
    "conversation.readings back to a long turn": lambda text: readings(
        "回到上海那个数,在全国排第几?", [Turn(question=text, standalone_question=text, answer=text), TURN]
    ),
    "conversation.readings of a correction": lambda text: readings(f"不是，{text}", [TURN]),
    "conversation.wants_more": lambda text: wants_more(text, [TURN]),
    "conversation.nouns_brought": nouns_brought,
    "put_together": lambda text: put_together(text, [TURN, TURN]),
    "put_together before": lambda text: put_together(
        "两者相差多少?", [Turn(question=text, standalone_question=text, titles=["a"]), TURN]
    ),
    "phrases.places_for": lambda text: phrases.places_for("湖北", text, 0.5),
    "conversation.standalone": lambda text: standalone(text, [TURN]),
    "follow_up_head.features": lambda text: features(text, [BEFORE, text]),
    "conversation.is_complete": lambda text: is_complete(text, BEFORE),
    "rewrite.interpretations_of": lambda text: interpretations_of(text, TODAY),
    "in_sentence.change_told": lambda text: in_sentence.change_told(parse("产值多了多少"), text, text),
    "in_sentence.new_end": lambda text: in_sentence.new_end(parse("起步价现在多少"), text, (1, 3)),
    "question_heads.buckets_of": buckets_of,
    "side_by_side.worked_side_by_side": lambda text: (
        worked_side_by_side(parse("甲和乙一共多少"), text, Operation.SUM),
        worked_side_by_side(parse(text), "甲12台、乙9台", Operation.DIFFERENCE),
    ),
    "part_and_whole.share_told": lambda text: share_told(parse("占几成"), f"共5万元，其中{text}"),
    "part_and_whole.whole_told": lambda text: (
        whole_told(parse("按占比推算，总共多少"), text),
        whole_told(parse(text), "产量6万吨，占全市的24%"),
    ),
    "side_by_side.tells_the_same_figures": lambda text: tells_the_same_figures("甲12台、乙9台", text),
    "in_sentence.respective_figure": lambda text: in_sentence.respective_figure(
        parse(BEFORE), f"甲和乙分别为1{text}"
    ),
    "in_sentence.tells_gap": lambda text: in_sentence.tells_gap(parse("多了多少元"), text),
    "plain_question.plainly_compared": plain_question.plainly_compared,
    "plain_question.with_gap_asked": plain_question.with_gap_asked,
    "slots.what_about": lambda text: slots.what_about(text, BEFORE),
    "slots.what_about before": lambda text: slots.what_about("湖北", text),
    "slots.with_topic": lambda text: slots.with_topic(text, BEFORE),
    "slots.with_topic before": lambda text: slots.with_topic("湖北多少", text),
    "slots.with_meant": lambda text: slots.with_meant(text, BEFORE),
    "slots.with_meant before": lambda text: slots.with_meant("这个办法那年什么时候生效", text),
    "slots.rest_of": slots.rest_of,
    "time_words.times_in": time_words.times_in,
    "time_words.is_only_time": time_words.is_only_time,
    "time_words.with_time_of": lambda text: time_words.with_time_of(text, "2024年"),
    "time_words.with_time_of new": lambda text: time_words.with_time_of(BEFORE, text),
    "time_words.without_times": time_words.without_times,
    "dates.with_absolute_years": lambda text: with_absolute_years(text, TODAY),
    "quantity.quantities_in": quantities_in,
    "small_talk.reply_to": reply_to,
    "redact.without_secrets": lambda text: without_secrets(ValueError(text), Settings(_env_file=None)),
    "goal_met.goal_and_result": lambda text: parse(text).goal_and_result,
    "operation.of_parts": lambda text: parse(text).operation.of_parts,
    "operation.earlier_or_later": lambda text: parse(text).operation.earlier_or_later,
    "operation.value_question": value_question,
    "operation.time_question": time_question,
    "operation.joined": lambda text: parse(text).operation.joined,
    "form_asked": lambda text: [getattr(parse(text).form, name) for name in FACTS_OF_FORM],
    "frame_asked": lambda text: [getattr(parse(text).frame, name) for name in FACTS_OF_FRAME],
}
