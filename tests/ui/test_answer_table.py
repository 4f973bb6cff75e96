"""The table of an answer on the page, in the terminal, in chats taken out and in files."""

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from rich.console import Console

from assistant.messages import message
from assistant.model import Answer, Citation
from assistant.table import MISSING, Table, TableCell
from assistant.trace import Trace
from corpus.problem import Problem
from index.query import Filters
from ui.chats.export import chat_as_docx, chat_as_markdown
from ui.chats.store import ChatStore, KeptTurn
from ui.chats.table_files import cell_text, table_as_csv, table_as_xlsx, table_for_terminal
from ui.web.chats_api import chats_router
from ui.web.render import answer_as_html

_HOSTILE = "<img src=x onerror=alert(1)>"


def table(place: str = "合肥") -> Table:
    return Table(
        columns=["地区", "2023年", "2024年"],
        rows=[
            [
                TableCell(text=place),
                TableCell(text="12673.8亿元", citations=[1], period="2023年"),
                TableCell(
                    text="13500亿元", citations=[2], printed="1.35万亿元", period="2024年1月至2024年9月"
                ),
            ],
            [TableCell(text="南京"), TableCell(text=MISSING), TableCell(text=MISSING, citations=[2])],
        ],
    )


def answer(shown: Table | None = None, **fields: object) -> Answer:
    citations = [
        Citation(n=number, article_id="a", title="公报", quote=quote, start=0, end=len(quote))
        for number, quote in enumerate(("甲句。", "乙句。"), 1)
    ]
    told: dict[str, object] = {"answer": "甲句。[1]\n乙句。[2]", **fields}
    return Answer(
        question="问", standalone_question="问", citations=citations, table=shown or table(), **told
    )  # type: ignore[arg-type]


def turn(kept: Answer) -> KeptTurn:
    return KeptTurn("t1", "c", "两市的产值", Filters(), "done", "", kept, "", "", (), "2026-01-01")


def test_the_page_shows_the_table_above_the_sentences_with_the_same_marks() -> None:
    html = answer_as_html(answer(short_answer="12673.8亿元；13500亿元"), "zh")
    assert html.index("<table>") < html.index("<p>甲句。")
    assert html.index('12673.8亿元<a class="cite"') < html.index("</table>")
    assert "short-answer" not in html
    assert 'title="原文：1.35万亿元；时间：2024年1月至2024年9月"' in html
    assert html.count(">2024年1月至2024年9月</span>") == 1
    assert "2023年</span>" not in html


def test_an_empty_cell_says_why_it_is_empty_in_the_language_of_the_page() -> None:
    for language in ("zh", "en"):
        html = answer_as_html(answer(), language)
        assert f'title="{message("table_missing", language)}">{MISSING}</td>' in html
        assert f'title="{message("table_unsure", language)}">{MISSING}<a' in html


def test_what_articles_say_is_escaped() -> None:
    hostile = table(_HOSTILE).model_copy(update={"columns": ["地区", _HOSTILE, "$x$"]})
    html = answer_as_html(answer(hostile), "zh")
    assert "<img" not in html
    assert "&lt;img" in html
    assert "$x$" not in html


def test_only_a_kept_answer_is_taken_out_as_a_file() -> None:
    assert "#act/table/csv/t1" in answer_as_html(answer(), "zh", turn(answer()))
    assert "#act/table/" not in answer_as_html(answer(), "zh")
    assert "#act/copytable" in answer_as_html(answer(), "zh")


def test_a_table_that_a_model_wrote_is_shown_once() -> None:
    text = "| 地区 | 2024年 |\n| --- | --- |\n| 合肥 | 13500亿元[1] |"
    written = answer(answer=text, written=True)
    assert answer_as_html(written, "zh").count("<table>") == 1
    assert chat_as_markdown("标题", [turn(written)], "zh").count("| --- |") == 1


def test_a_table_goes_into_markdown_with_footnotes_and_into_word() -> None:
    pipes = table("合|肥")
    told = chat_as_markdown("标题", [turn(answer()), turn(answer(pipes))], "zh")
    assert "| 合肥 | 12673.8亿元[^1] | 13500亿元（2024年1月至2024年9月）[^2] |" in told
    assert "| 合\\|肥 | 12673.8亿元[^3] |" in told
    document = Document(io.BytesIO(chat_as_docx("标题", [turn(answer())], "zh")))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["地区", "2023年", "2024年"]
    assert rows[2] == ["南京", MISSING, f"{MISSING}[2]"]


def test_no_cell_of_a_sheet_is_run_as_a_formula() -> None:
    formula = table("=1+1")
    rows = list(csv.reader(io.StringIO(table_as_csv(formula).decode("utf-8-sig"))))
    assert rows[1][:2] == ["'=1+1", "12673.8亿元"]
    sheet = load_workbook(io.BytesIO(table_as_xlsx(formula))).worksheets[0]
    assert sheet["A2"].value == "'=1+1"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_terminal_draws_it_plainly() -> None:
    console = Console(file=io.StringIO(), width=120)
    console.print(table_for_terminal(table("[bold]合肥[/]")))
    drawn = console.file.getvalue()  # type: ignore[attr-defined]
    assert "[bold]合肥[/]" in drawn
    assert "12673.8亿元[1]" in drawn


def test_a_time_stands_beside_a_value_only_where_no_head_tells_it() -> None:
    assert cell_text(table(), 0, 1) == "12673.8亿元"
    assert cell_text(table(), 0, 2).endswith("（2024年1月至2024年9月）")
    assert cell_text(table(), 1, 2) == MISSING


def test_a_kept_answer_gives_its_table_as_a_file_to_who_asked(tmp_path: Path) -> None:
    store = ChatStore(tmp_path / "chats.sqlite")
    turns = [store.ask(store.begin("", "问"), question, Filters()) for question in ("两市的产值", "别的")]
    store.answered(turns[0], answer(), Trace())
    store.answered(turns[1], answer().model_copy(update={"table": None}), Trace())
    access = SimpleNamespace(need=lambda request: SimpleNamespace(name=request.headers.get("x-name", "")))
    app = FastAPI()
    app.include_router(chats_router(SimpleNamespace(), access, store))  # type: ignore[arg-type]
    with TestClient(app) as client:
        sheet = client.get(f"/turns/{turns[0]}/table.csv")
        assert sheet.content == table_as_csv(table())
        assert sheet.headers["content-type"].startswith("text/csv")
        assert load_workbook(io.BytesIO(client.get(f"/turns/{turns[0]}/table.xlsx").content))
        for path in (f"/turns/{turns[0]}/table.pdf", f"/turns/{turns[1]}/table.csv"):
            with pytest.raises(Problem, match="no_such_export"):
                client.get(path)
        with pytest.raises(Problem, match="no_such_answer"):
            client.get(f"/turns/{turns[0]}/table.csv", headers={"x-name": "another"})
    store.close()


def test_kept_chats_hold_tables_and_those_of_before_load(tmp_path: Path) -> None:
    store = ChatStore(tmp_path / "chats.sqlite")
    chat = store.begin("", "两市的产值")
    kept = store.ask(chat, "两市的产值", Filters())
    store.answered(kept, answer(), Trace())
    found = store.turn(kept, "")
    assert found is not None
    assert found.answer is not None
    assert found.answer.table == table()
    old = json.loads(answer().model_dump_json())
    del old["table"]
    assert Answer.model_validate_json(json.dumps(old)).table is None
    store.close()
