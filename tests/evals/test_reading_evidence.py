"""Quotes of documents in what was read: found, of another document, over the edge of a page; figures of nowhere."""

from __future__ import annotations

import json
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from evals.reading.evidence import FormatCount, count_evidence
from evals.reading.figures import count_figures
from tests.corpus.make_files import A4, FONT

UPPER = "按照渔港改造的安排，南湾防波堤已经修到第八段，各码头、各船队、各冷库都在抓紧添"
LOWER = "置制冰机组，今年以来进港渔船多了两成，卸货等候的时间少了一半，渔民普遍满意。"
OTHER = "山里的养蜂户越来越多，全县一年产蜜三千吨。"


def make_corpus(folder: Path, *quotes: str) -> Path:
    """A report of five pages with numbers at their feet, another document, and questions with the quotes."""
    (folder / "documents").mkdir(parents=True)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(folder / "documents" / "a.pdf"), pagesize=A4)
    for page in range(5):
        canvas.setFont(FONT, 10)
        for row in range(12):
            canvas.drawString(80, 740 - 20 * row, LOWER if row == 0 and page else UPPER)
        canvas.drawString(300, 40, str(15 + page))
        canvas.showPage()
    canvas.save()
    (folder / "documents" / "b.txt").write_text(f"二〇二一年报告\n\n{OTHER}\n", "utf-8")
    question = {"question": "？", "document": "a.pdf", "evidence": list(quotes)}
    (folder / "questions.jsonl").write_text(json.dumps(question, ensure_ascii=False), "utf-8")
    return folder


def counted(count: FormatCount) -> tuple[int, int, int, int]:
    return count.found, count.elsewhere, count.over_border, len(count.missing)


def test_quotes_are_counted_by_where_they_stand(tmp_path: Path) -> None:
    quotes = [UPPER, OTHER, UPPER + "16", UPPER + "16" + LOWER, UPPER + LOWER]
    count = count_evidence([make_corpus(tmp_path / "c", *quotes)])[".pdf"]
    assert counted(count) == (2, 1, 2, 0)
    assert count.total == 5


def test_a_number_that_no_page_bears_is_no_edge(tmp_path: Path) -> None:
    quotes = [UPPER + "93", UPPER[:20] + "16" + UPPER[20:]]
    count = count_evidence([make_corpus(tmp_path / "c", *quotes)])[".pdf"]
    assert counted(count) == (0, 0, 0, 2)


def test_figures_that_stand_nowhere_in_the_file(tmp_path: Path, monkeypatch) -> None:
    folder = make_corpus(tmp_path / "c")
    (folder / "documents" / "d.html").write_text("<p>增长<b>7</b>.5%，达到4800亿元</p>", "utf-8")
    counts = count_figures([folder])
    assert counts[".html"].total == 2
    assert [count.strange for count in counts.values()] == [[]] * 3
    monkeypatch.setattr("evals.reading.figures.plain_text", lambda file: "增长7.5%，达到480亿元")
    assert [figure for _, figure in count_figures([folder])[".html"].strange] == ["4800"]
