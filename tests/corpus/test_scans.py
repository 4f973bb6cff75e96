"""Scans and pictures: what recognition reads, with places and confidence; damaged pictures are problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.assemble import assemble
from corpus.block import Draft
from corpus.layout.columns import columns_in_order
from corpus.layout.page import Line
from corpus.layout.recognise import is_installed
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers import READERS, reader_for
from corpus.readers.image import ENDINGS
from evals.reading.print_known import known_text, print_reportlab
from evals.reading.printed import edit_similarity, read_back, scan
from tests.corpus.make_files import newspaper

needs_recognition = pytest.mark.skipif(not is_installed(), reason="the extra `ocr` is not installed")
LEFT = "近年来，我国聚焦自主芯片与智能终端，多地以政策厚植产业发展的沃土，营业收入超过四千八百亿元，增速为百分之二十四。企业数量达到一千家，人才队伍不断壮大，集成"
RIGHT = "电路制造环节实现突破，先进封装成为新的增长点。下一步将扩大产能、培养人才、完善标准，并推动上下游企业协同攻关，形成更加完整的产业链条。"


def read(file: Path) -> Article:
    found = [each for each in reader_for(file)(file) if isinstance(each, Draft)]
    return assemble(found[0], file, "key")


def picture_of(file: Path) -> Any:
    from pypdfium2 import PdfDocument

    return PdfDocument(file)[0].render(scale=200 / 72).to_pil()


@pytest.mark.slow
@needs_recognition
@pytest.mark.parametrize("style", ["ruled", "three_lines"])
def test_a_scanned_text_with_tables_comes_back(tmp_path: Path, style: str) -> None:
    text = known_text(0)
    print_reportlab(text, tmp_path / "a.pdf", style)
    reading = read_back(text, scan(tmp_path / "a.pdf"))
    assert reading.similarity >= 0.985, reading
    assert reading.right_cells >= 0.95 * reading.cells, reading
    assert reading.strange_figures == []
    assert reading.problems == []


@pytest.mark.slow
@needs_recognition
def test_a_crooked_picture_in_columns(tmp_path: Path) -> None:
    newspaper(tmp_path / "a.pdf", "多地发展集成电路产业", [LEFT, RIGHT])
    picture_of(tmp_path / "a.pdf").rotate(-1.5, fillcolor="white").save(tmp_path / "a.jpg", quality=70)
    article = read(tmp_path / "a.jpg")
    assert article.title == "多地发展集成电路产业"
    assert edit_similarity(article.text, LEFT + RIGHT) >= 0.98
    places = article.layout.places
    assert all(place.page == 1 and place.box is not None for place in places)
    assert all(0.5 <= place.confidence <= 1 for place in places)
    # Turned by 1.5 degrees about the middle, a line at the left edge stands lower than one at the right.
    left = next(place for place in places if article.text[place.start :].startswith("近年来"))
    right = next(place for place in places if place.box and place.box[0] > 0.5)
    assert left.box is not None
    assert right.box is not None
    assert left.box[1] != pytest.approx(right.box[1], abs=0.002)


def test_pictures_of_every_ending_have_a_reader() -> None:
    assert set(ENDINGS) <= set(READERS)


@needs_recognition
@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 no picture", b"GIF89a" * 9]
)
@pytest.mark.parametrize("ending", [".png", ".jpg", ".tif", ".webp"])
def test_a_broken_picture_is_a_problem(tmp_path: Path, content: bytes, ending: str) -> None:
    file = tmp_path / f"a{ending}"
    file.write_bytes(content)
    with pytest.raises(Problem) as caught:
        list(reader_for(file)(file))
    assert caught.value.code == "broken_file"


def test_without_recognition_a_picture_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.image.is_installed", lambda: False)
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(Problem) as caught:
        list(reader_for(tmp_path / "a.png")(tmp_path / "a.png"))
    assert caught.value.code == "recognition_not_installed"


@needs_recognition
def test_a_long_scan_gives_what_was_read_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newspaper(tmp_path / "a.pdf", "多地发展集成电路产业", [LEFT, RIGHT])
    picture = picture_of(tmp_path / "a.pdf")
    picture.save(tmp_path / "b.pdf", save_all=True, append_images=[picture] * 3, resolution=200)
    monkeypatch.setattr("corpus.readers.pdf.RECOGNITION_SHARE", 0.0)
    found = list(reader_for(tmp_path / "b.pdf")(tmp_path / "b.pdf"))
    assert [each.code for each in found if isinstance(each, Problem)] == ["scan_read_in_part"]
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert (problem.fields["read"], problem.fields["scanned"]) == (1, 4)


def test_columns_are_read_one_after_the_other() -> None:
    lines = [
        Line(f"{side}栏第{row}行的文字写满一行", left, left + 0.4, row / 20, row / 20 + 0.02, 0.015)
        for row in range(1, 9)
        for side, left in (("左", 0.05), ("右", 0.55))
    ]
    order = [line.text[0] for run in columns_in_order(lines) for line in run]
    assert order == ["左"] * 8 + ["右"] * 8
