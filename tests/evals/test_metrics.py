from pathlib import Path

import pytest

from assistant.model import Answer, Citation
from assistant.service import Assistant
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics import holds, outcome_of, rates_of
from evals.run import run_set

SETS = Path(__file__).parents[2] / "evals" / "sets"


def answer_of(text: str, quote: str = "", *, refused: bool = False) -> Answer:
    citations = (
        [Citation(n=1, article_id="a", title="t", quote=quote, start=0, end=len(quote))] if quote else []
    )
    return Answer(question="q", standalone_question="q", answer=text, refused=refused, citations=citations)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("增长12.3%", "12.3%", True),
        ("增长112.3%", "12.3%", False),
        ("增长2.35%", "2.3", False),
        ("２０２５年", "2025年", True),
        ("5 万元", "5万元", True),
        ("共135家", "35家", False),
    ],
)
def test_a_figure_is_never_found_inside_a_longer_one(text: str, wanted: str, expected: bool) -> None:
    assert holds(text, wanted) is expected


def test_rates_of_a_hand_made_case() -> None:
    fact = EvalItem(question="q", facts=[["35家", "三十五家"], ["上海"]])
    absent = EvalItem(question="q", answerable=False)
    outcomes = [
        outcome_of(fact, answer_of("上海有35家[1]", "上海有35家")),
        outcome_of(fact, answer_of("上海有35家[1]", "湖北有3家")),
        outcome_of(fact, answer_of("上海有36家[1]", "上海有36家")),
        outcome_of(fact, answer_of("没有", refused=True)),
        outcome_of(absent, answer_of("没有", refused=True)),
        outcome_of(absent, answer_of("答错[1]", "答错")),
    ]
    rates = rates_of(outcomes)
    assert rates.answer_rate == 0.5
    assert rates.citation_rate == 0.5
    assert rates.refused_right == 0.5
    assert rates.refused_wrong == 0.25


def test_broken_items_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(
        '{"question": "好?"}\n{"id": "x"}\n{broken\n{"question": "", "id": "y"}\n', encoding="utf-8"
    )
    items, problems = read_set(file)
    assert [item.question for item in items] == ["好?"]
    assert [(problem.code, problem.fields["line"]) for problem in problems] == [
        ("eval_item_field", 2),
        ("eval_item_broken", 3),
        ("eval_item_field", 4),
    ]


def test_the_sample_set_is_rich_and_true(assistant: Assistant) -> None:
    items, problems = read_set(SETS / "sample.jsonl")
    assert not problems
    assert len(items) >= 150
    assert sum(not item.answerable for item in items) >= 40
    assert len({item.id for item in items}) == len(items)
    corpus = "\n".join(
        article.text
        for info in assistant.index.catalogue.articles()
        if (article := assistant.index.catalogue.article(info.id)) is not None
    )
    for item in items:
        for group in item.groups:
            assert any(holds(corpus, alternative) for alternative in group), (item.id, group)


def asked(assistant: Assistant, out: Path, every: int) -> None:
    """Floors well below what is measured (docs/results.md), so that a loss is seen."""
    items, _ = read_set(SETS / "sample.jsonl")
    chosen = [
        item
        for number, item in enumerate(items)
        if number % every == 0 and (every == 1 or not item.conversation)
    ]
    run = run_set(assistant, chosen, out=out)
    assert run.total.answer_rate is not None
    assert run.total.answer_rate >= 0.8
    assert run.total.citation_rate is not None
    assert run.total.citation_rate >= 0.95
    assert run.total.refused_right is not None
    assert run.total.refused_right >= 0.6
    lines = (out / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(chosen)


def test_a_fifth_of_the_sample_set_is_answered_well(assistant: Assistant, tmp_path: Path) -> None:
    asked(assistant, tmp_path, every=5)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_sample_set_is_answered_well(assistant: Assistant, tmp_path: Path) -> None:
    asked(assistant, tmp_path, every=1)
