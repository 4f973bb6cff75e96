"""Recorded answers, replayed over the sample articles: what is sent is recorded, what is recorded is written out and measured."""

import json
import logging
from pathlib import Path

import pytest

from assistant.model import Answer
from assistant.settings import Settings
from corpus.load import SAMPLE_CORPUS
from evals import replay
from evals.items import EvalItem

QUESTION = "上海2025年集成电路产业营收多少?"
RIGHT = "2025年上海集成电路产业营收超过4800亿元【1】。"
PASSAGES = '资料：\n<资料 编号="1" 标题="甲">\n乙。\n</资料>\n\n今天：{today}\n\n问题：{question}'


def messages(
    rules: str = "规则", today: str = "2026-01-01", question: str = "问？", *more: str
) -> list[dict]:
    asked = PASSAGES.format(today=today, question=question)
    return [{"content": rules}, {"content": asked}, *({"content": each} for each in more)]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (messages("别的规则"), True),
        (messages(today="2026-02-02"), True),
        (messages(question="问？\n不会再检索了，就以上资料回答，不要写“需要再查”。"), True),
        (messages(question="别的？"), False),
        (messages("规则", "2026-01-01", "问？", "答。", "下面的句子没有标出资料编号"), False),
    ],
)
def test_an_answer_belongs_to_passages_and_question(other: list[dict], same: bool) -> None:
    assert (replay.key_of(messages()) == replay.key_of(other)) is same


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpora" / "sample"
    corpus.mkdir(parents=True)
    (corpus / "documents").symlink_to(SAMPLE_CORPUS, target_is_directory=True)
    asked = [{"question": f"第{number}问?"} for number in range(5)]
    asked += [{"question": QUESTION, "facts": [["4800亿元"]]}]
    lines = (json.dumps({"id": str(number), **each}) for number, each in enumerate(asked))
    (corpus / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "corpora"


@pytest.mark.slow
def test_what_is_sent_is_recorded_and_what_is_recorded_is_measured(
    corpora: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(replay, "Settings", lambda: settings)
    folder = tmp_path / "recorded"
    folder.mkdir()
    with caplog.at_level(logging.INFO, "replay"):
        replay.main([str(corpora), str(folder), "--record"])
        (prompt,) = replay.read_lines(folder / "prompts.jsonl", replay.RecordedPrompt)
        assert QUESTION in prompt.messages[1]["content"]
        answer = replay.RecordedAnswer(key=prompt.key, answer=RIGHT)
        (folder / "answers.jsonl").write_text(answer.model_dump_json(), encoding="utf-8")
        caplog.clear()
        replay.main([str(corpora), str(folder)])
    (line,) = (folder / "result.jsonl").read_text(encoding="utf-8").splitlines()
    seen = json.loads(line)
    assert seen["facts"] == [True, True]
    assert seen["whole"] is True
    assert seen["calls"] == 1
    assert 0 <= seen["wait_s"] < 60
    assert "calls a question" in caplog.text


class _WithoutAnswers:
    """Asks its model for every question; nothing is recorded for what it sends."""

    def __init__(self) -> None:
        self.seen: dict[str, replay.Asking] = {}

    def ask_traced(self, question: str, **given: object) -> tuple[Answer, None]:
        prompt = replay.RecordedPrompt(key=question, corpus="", id="", messages=messages(question=question))
        self.seen[question] = replay.Asking(unknown=[prompt])
        return Answer(question=question, standalone_question=question, answer="读出的句子。"), None


def test_a_prompt_that_is_sent_again_is_kept_once(tmp_path: Path) -> None:
    items = [EvalItem(id=each, question=each) for each in ("一", "二")]
    for _ in range(2):
        assert replay.ask(_WithoutAnswers(), items, "sample", tmp_path) == ([], 2)  # type: ignore[arg-type]
    kept = replay.read_lines(tmp_path / "prompts.jsonl", replay.RecordedPrompt)
    assert [each.id for each in kept] == ["一", "二"]


def test_the_questions_are_chosen_by_their_place() -> None:
    items = [EvalItem(question=str(at), conversation="1" if at % 2 else None) for at in range(60)]
    assert [item.question for item in replay.chosen(items)] == ["10", "20", "32", "54"]
