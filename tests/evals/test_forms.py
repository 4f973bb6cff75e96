"""Sets in every form that people keep them in."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.messages import explain
from corpus.problem import Problem
from evals.formats import convert, read_set, write_set
from evals.formats.write import append_item
from evals.items import EvalItem

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\u2028\ufeff"),
    min_size=1,
    max_size=12,
).map(str.strip).filter(lambda text: text != "" and text == " ".join(text.split()))  # fmt: skip
_ITEMS = st.builds(
    EvalItem,
    id=st.uuids().map(str),
    question=_TEXT,
    answers=st.lists(_TEXT, max_size=3),
    facts=st.lists(st.lists(_TEXT, min_size=1, max_size=2), max_size=3),
    evidence=st.lists(_TEXT, max_size=2),
    answerable=st.booleans(),
    type=st.sampled_from(["fact", "比较"]),
    asked_on=st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx"])
@settings(max_examples=60, deadline=None)
@given(items=st.lists(_ITEMS, min_size=1, max_size=4))
def test_a_set_comes_back_as_it_was_written(
    suffix: str, items: list[EvalItem], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("sets") / f"set{suffix}"
    write_set(items, file)
    back, problems = read_set(file)
    assert not problems
    assert [item.model_dump() for item in back] == [item.model_dump() for item in items]


def test_a_chinese_sheet_in_gb18030(tmp_path: Path) -> None:
    file = tmp_path / "题.csv"
    rows = "编号,问题,要点,可答,类型\n1,上海营收多少?,4800亿|四千八百亿;24%,是,fact\n2,浙江营收多少?,,否,absent\n"
    file.write_bytes(rows.encode("gb18030"))
    items, problems = read_set(file)
    assert not problems
    assert items[0].facts == [["4800亿", "四千八百亿"], ["24%"]]
    assert [item.answerable for item in items] == [True, False]


def test_a_hundred_broken_lines_of_every_kind_are_told_in_one_go(tmp_path: Path) -> None:
    kinds = [
        '{"id": "x%d"}', "{broken %d", '["%d"]', '{"question": " ", "id": "y%d"}', '{"question": "q%d", "facts": "4800亿"}',
        '{"question": "q%d", "answerable": "vielleicht"}', '{"question": "q%d", "asked_on": "gestern"}',
        '{"question": "q%d", "facts": [[]]}', '{"question": "q%d", "filters": {"years": "alle"}}', "%d",
    ]  # fmt: skip
    lines = [kind % number for number in range(10) for kind in kinds]
    lines.insert(50, '{"question": "好?", "facts": [["一"]]}')
    lines += ['{"id": "51", "question": "编号重复?"}']
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    items, problems = read_set(file)
    assert [item.question for item in items] == ["好?"]
    assert len(problems) == 101
    for problem in problems:
        told = explain(problem, "en")
        assert f"line {problem.fields['line']}" in told
        assert explain(problem, "zh") != told
    assert problems[-1].code == "eval_id_twice"
    named = {str(problem.fields.get("field")) for problem in problems}
    assert {"question", "facts", "answerable", "asked_on", "filters"} <= named
    assert 'Write [["one form"' in explain(
        next(p for p in problems if p.fields.get("field") == "facts"), "en"
    )


def test_every_wrong_field_of_a_line_is_told_in_the_language_of_the_person(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"question": " ", "answerable": "vielleicht", "facts": [[]]}\n', encoding="utf-8")
    _, problems = read_set(file)
    told = [explain(problem, "zh") for problem in problems if problem.code == "eval_item_field"]
    assert [each.split("：", 1)[1] for each in told] == [
        "字段 question 有误（内容是空白），已跳过。应是一句非空的问题。",
        '字段 facts 有误（其中有空白的内容），已跳过。应为 [["写法一", "写法二"], ["另一要点"]]。',
        "字段 answerable 有误（应为 true 或 false），已跳过。应为 true 或 false。",
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"x", "eval_set_form"),
        ("a.xlsx", b"no sheet", "eval_sheet_broken"),
        ("a.csv", "答案,类型\n1,2\n".encode(), "eval_sheet_no_question"),
    ],
)
def test_what_is_no_set_is_told(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    try:
        _, problems = read_set(file)
    except Problem as problem:
        problems = [problem]
    assert code in {problem.code for problem in problems}


def test_squad_form_becomes_a_set_with_its_sentences(tmp_path: Path) -> None:
    context = "上海营收超4800亿元。湖北营收1000亿元。"
    squad = {
        "data": [
            {
                "title": "产业",
                "paragraphs": [
                    {
                        "context": context,
                        "qas": [
                            {"id": "a", "question": "湖北多少?", "answers": [{"text": "1000亿元", "answer_start": context.index("1000")}]},
                            {"id": "b", "question": "江苏多少?", "is_impossible": "true", "answers": []},
                        ],
                    }
                ],
            }
        ]
    }  # fmt: skip
    source, target = tmp_path / "dev.json", tmp_path / "out.jsonl"
    source.write_text(json.dumps(squad), encoding="utf-8")
    assert convert(source, target) == (2, [])
    first, second = read_set(target)[0]
    assert first.evidence == ["湖北营收1000亿元。"]
    assert first.answers == ["1000亿元"]
    assert not second.answerable


def test_a_plain_list_becomes_a_set(tmp_path: Path) -> None:
    source, target = tmp_path / "list.txt", tmp_path / "out.csv"
    source.write_text(
        "问：上海营收多少?\n答：4800亿元|超4800亿元\n\n2. 问：浙江呢?\n答：无\n湖北?\t1000亿元\n一句闲话\n",
        encoding="utf-8",
    )
    count, problems = convert(source, target)
    assert count == 3
    assert [problem.code for problem in problems] == ["eval_pair_broken"]
    items = read_set(target)[0]
    assert [item.answerable for item in items] == [True, False, True]
    assert items[0].answers == ["4800亿元", "超4800亿元"]


def test_adding_to_a_file_that_lacks_its_last_line_break(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "a", "question": "一?"}', encoding="utf-8")
    append_item(EvalItem(id="b", question="二?"), file)
    assert [item.id for item in read_set(file)[0]] == ["a", "b"]
