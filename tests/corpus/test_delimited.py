"""Delimited text: the delimiter that fits the whole file, and a quote that swallows no rows."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.delimited import DELIMITERS, read_rows, sniff

cells = st.text(alphabet='甲乙ab12 "\n,;|，', max_size=12)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_is_well_quoted_is_read_as_it_was_written(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    rows = [[*row, "末"] for row in rows]
    csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert read_rows(out.getvalue(), delimiter).rows == rows


@given(st.text(alphabet='甲乙1" \n,;|', max_size=80), st.sampled_from(DELIMITERS))
@settings(max_examples=300)
def test_no_character_is_lost(text: str, delimiter: str) -> None:
    found = read_rows(text, delimiter)
    gone = str.maketrans("", "", f'"\n {delimiter}')
    assert "".join("".join(row) for row in found.rows).translate(gone) == text.translate(gone)
    assert len(found.rows) == len(found.lines)


def test_the_delimiter_is_that_of_the_whole_file() -> None:
    assert sniff("地区;产值(亿元);增速\n柳河市;1,512.6;6.1%\n松原区;88,4;-2.3%\n") == ";"
    assert sniff("地区|产值|增速\n柳河市|512,6|6.1%\n") == "|"
    assert sniff("2025年，各地情况\n地区\t产值\n甲\t1,204\n乙\t2,301\n") == "\t"
    assert sniff('地区,说明\n甲,"一;二;三"\n乙,四;五;六\n') == ","
    assert sniff("一句话，没有列\n第二句。\n") == ","


def test_an_open_quote_takes_in_no_later_row() -> None:
    found = read_rows(
        '项目,投资额,说明\n沙洲,12亿元,长5"的钢索\n青石,"8亿元,二期\n白杨,3亿元,在建\n东门,7亿元,"在建"\n'
    )
    assert found.rows[2:] == [
        ["青石", '"8亿元', "二期"],
        ["白杨", "3亿元", "在建"],
        ["东门", "7亿元", "在建"],
    ]
    assert found.open_quotes == [3]
    # The quote that closes by chance far below.
    found = read_rows('项目,投资额,说明\n青石,"8亿元,二期\n白杨,3亿元,在建\n东门,7亿元,长5"\n丙,1,2\n')
    assert [row[0] for row in found.rows] == ["项目", "青石", "白杨", "东门", "丙"]
    assert found.open_quotes == [2]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    found = read_rows('地区,产值,说明\n竹山,"1,204.5亿元","含规上\n和规下"\n石桥,98.7亿元,无\n')
    assert found.rows[1] == ["竹山", "1,204.5亿元", "含规上\n和规下"]
    assert found.lines == [1, 2, 4]
    assert found.open_quotes == []


def test_many_open_quotes_take_no_longer_than_their_text() -> None:
    text = "a,b,c\n" + 'x,"1,2\n' * 30_000
    assert len(read_rows(text).rows) == 30_001
    text = "a,b,c\n" + 'x,y"1,"2 "3"4\n' * 30_000
    assert len(read_rows(text).rows) == 30_001
