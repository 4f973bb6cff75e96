"""Runs: resumed, stopped, compared, gated, reported."""

import json
import sys
import threading
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.problem import Problem
from evals.compare import compare
from evals.export import export
from evals.folder import RunFolder
from evals.formats import read_set
from evals.gate import as_markdown, judge, parse_demand
from evals.items import EvalItem
from evals.judge import judge_run, make_judge
from evals.report import write_report
from evals.run import EvalRun, Runner, Stopped, run_set
from evals.stand_in import Endpoint
from evals.summary import summarise

SET = Path(__file__).parents[2] / "evals" / "sets" / "sample.jsonl"


@pytest.fixture(scope="module")
def items() -> list[EvalItem]:
    chosen = {"s001", "s069", "s157", "s274", "s124", "s125", "s126", "s119"}
    return [item for item in read_set(SET)[0] if item.id in chosen]


@pytest.fixture(scope="module")
def finished(
    assistant: Assistant, items: list[EvalItem], tmp_path_factory: pytest.TempPathFactory
) -> EvalRun:
    return run_set(assistant, items, out=tmp_path_factory.mktemp("runs") / "first", set_file=SET)


def told(run: EvalRun) -> list[dict]:
    return [prediction.model_dump(exclude={"timings_ms"}) for prediction in run.predictions]


def test_a_run_tells_what_made_it(finished: EvalRun, items: list[EvalItem]) -> None:
    folder = finished.folder
    assert folder is not None
    record = folder.record()
    assert record.finished
    assert record.identity.passages > 50
    assert len(record.identity.set_hash) == len(record.identity.index_hash) == 64
    assert "api_key" not in json.dumps(record.identity.settings)
    assert [
        json.loads(line)["id"] for line in (folder.path / "predictions.jsonl").open(encoding="utf-8")
    ] == [item.id for item in items]
    first = json.loads((folder.path / "predictions.jsonl").open(encoding="utf-8").readline())
    assert {
        "question",
        "standalone_question",
        "answer",
        "short_answer",
        "refused",
        "confidence",
        "citations",
    } <= set(first)
    assert folder.summary().items == len(items)


def test_every_stage_is_traced(finished: EvalRun) -> None:
    assert finished.folder is not None
    trace = finished.folder.traces()["s001"]
    passages = finished.folder.passages()
    part = trace.parts[0]
    assert part.dense
    assert part.keyword
    assert set(part.reranked) <= set(part.fused[: part.read])
    assert set(part.fused[:8]) <= set(passages)
    assert "4800亿" in part.sentences[0].text


def test_the_same_run_twice_gives_the_same(
    finished: EvalRun, assistant: Assistant, items: list[EvalItem], tmp_path: Path
) -> None:
    turned = sorted(items, key=lambda item: item.conversation is None)
    again = run_set(assistant, turned, out=tmp_path / "again", workers=1)
    assert sorted(told(again), key=lambda row: row["id"]) == sorted(told(finished), key=lambda row: row["id"])


def test_a_stopped_run_goes_on_where_it_stopped(
    finished: EvalRun,
    assistant: Assistant,
    items: list[EvalItem],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop = threading.Event()
    out = tmp_path / "run"

    def after_three(done: int, total: int) -> None:
        if done == 3:
            stop.set()

    with pytest.raises(Stopped) as stopped:
        run_set(assistant, items, out=out, workers=1, stop=stop, progress=after_three)
    assert len(stopped.value.run.scores) == 3
    assert not RunFolder(out).record().finished
    assert RunFolder(out).summary().complete is False
    # A kill may leave the last line cut short.
    with (out / "predictions.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"id": "s0')
    asked: list[str] = []
    ask = assistant.ask_traced

    def noting(question: str, *args: object, **options: object) -> object:
        asked.append(question)
        return ask(question, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(assistant, "ask_traced", noting)
    run = run_set(assistant, items, out=out)
    assert len(asked) == len(items) - 3
    assert told(run) == told(finished)
    assert RunFolder(out).record().finished
    assert not (set(RunFolder(out).traces()) ^ {item.id for item in items})


def test_ctrl_c_keeps_what_is_done(assistant: Assistant, items: list[EvalItem], tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == 2 and threading.current_thread() is not threading.main_thread():
            import _thread

            _thread.interrupt_main()

    with pytest.raises(Stopped):
        run_set(assistant, items * 1, out=tmp_path / "run", workers=1, progress=interrupt)
    assert len(RunFolder(tmp_path / "run").predictions()) >= 2
    assert (tmp_path / "run" / "metrics.json").is_file()


def test_a_folder_of_something_else_is_not_touched(
    assistant: Assistant, items: list[EvalItem], tmp_path: Path
) -> None:
    out = tmp_path / "run"
    run_set(assistant, items[:1], out=out)
    before = (out / "predictions.jsonl").read_bytes()
    with pytest.raises(Problem) as problem:
        run_set(assistant, items[1:2], out=out)
    assert problem.value.code == "run_of_something_else"
    assert (out / "predictions.jsonl").read_bytes() == before
    run_set(assistant, items[1:2], out=out, fresh=True)
    assert set(RunFolder(out).predictions()) == {items[1].id}


def test_runs_are_compared_item_by_item(
    finished: EvalRun, assistant: Assistant, items: list[EvalItem], tmp_path: Path
) -> None:
    second = run_set(assistant, items[1:], out=tmp_path / "second").folder
    first = finished.folder
    assert first is not None
    assert second is not None
    same = compare(first, second)
    assert same.both == len(items) - 1
    assert same.only_first == 1
    assert not same.flips
    scores = second.scores()
    flipped = next(score for score in scores.values() if score.right)
    flipped.right, flipped.values["right"], flipped.cause = False, 0.0, "read_wrongly"
    second.rewrite("scores", scores.values())
    worse = compare(first, second)
    assert [(flip.id, flip.better) for flip in worse.flips] == [(flipped.id, False)]
    change = next(change for change in worse.changes if change.name == "right")
    assert change.difference.value == pytest.approx(-1 / (len(items) - 1))
    assert change.verdict == "noise"
    with pytest.raises(Problem):
        compare(first, RunFolder(tmp_path / "nothing"))


def test_a_gate_passes_and_fails(finished: EvalRun) -> None:
    summary = finished.summary
    demands = [parse_demand("facts=0.5", at_least=True), parse_demand("refused_wrong=90%", at_least=False)]
    assert all(verdict.passed for verdict in judge(summary, demands))
    too_much = judge(
        summary,
        [parse_demand("refused_wrong=-1", at_least=False), parse_demand("judge_correct=0", at_least=True)],
    )
    assert [verdict.passed for verdict in too_much] == [False, False]
    text = as_markdown(too_much, summary, "en")
    assert text.startswith("### Eval gate: failed")
    assert "❌" in text
    for wrong in ("facts", "nothing=1", "facts=much"):
        with pytest.raises(Problem):
            parse_demand(wrong, at_least=True)


def test_the_report_is_one_file_that_needs_nothing_else(finished: EvalRun) -> None:
    assert finished.folder is not None
    for language in ("zh", "en"):
        html = write_report(finished.folder, language).read_text(encoding="utf-8")
        assert "<svg" in html
        assert html.count("http") == html.count("http://www.w3.org")
        data = json.loads(html.split('<script type="application/json" id="data">')[1].split("</script>")[0])
        assert [item["id"] for item in data["items"]] == [score.id for score in finished.scores]


def test_a_report_without_matplotlib_says_what_is_missing(
    finished: EvalRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert finished.folder is not None
    assert "is not installed" not in write_report(finished.folder, "en").read_text(encoding="utf-8")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    html = write_report(finished.folder, "en").read_text(encoding="utf-8")
    assert "<svg" not in html
    assert "matplotlib (of the extra “page”) is not installed" in html


def test_text_in_a_set_stays_text_in_the_report(assistant: Assistant, tmp_path: Path) -> None:
    evil = EvalItem(
        id="</script><b>", question="</script><script>alert(1)</script>上海?", facts=[["<b>"]], type="<i>"
    )
    run = run_set(assistant, [evil], out=tmp_path / "run")
    assert run.folder is not None
    html = write_report(run.folder).read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "<i>" not in html


def test_exports_are_in_the_forms_of_others(finished: EvalRun, assistant: Assistant, tmp_path: Path) -> None:
    assert finished.folder is not None
    export(finished.folder, "ragas", tmp_path / "r.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").open(encoding="utf-8")]
    assert {"user_input", "response", "retrieved_contexts", "reference", "reference_contexts"} == set(rows[0])
    assert rows[0]["retrieved_contexts"]
    export(finished.folder, "csv", tmp_path / "r.csv")
    assert (tmp_path / "r.csv").read_text(encoding="utf-8-sig").startswith("id,type,question")
    export(finished.folder, "beir", tmp_path / "beir", assistant)
    corpus = {json.loads(line)["_id"] for line in (tmp_path / "beir" / "corpus.jsonl").open(encoding="utf-8")}
    queries = {
        json.loads(line)["_id"] for line in (tmp_path / "beir" / "queries.jsonl").open(encoding="utf-8")
    }
    judged = [
        line.split("\t") for line in (tmp_path / "beir" / "qrels" / "test.tsv").read_text().splitlines()[1:]
    ]
    assert judged
    assert {query for query, _, _ in judged} <= queries
    assert {passage for _, passage, _ in judged} <= corpus


def test_a_judge_is_shown_beside(
    finished: EvalRun, assistant: Assistant, settings: Settings, items: list[EvalItem], tmp_path: Path
) -> None:
    run = run_set(assistant, items[:3], out=tmp_path / "run").folder
    assert run is not None
    endpoint = Endpoint(lambda body: "是" if "参考答案" in body else "否")
    try:
        chosen = settings.model_copy(update={"judge_base_url": endpoint.url, "judge_model": "m"})
        before = run.summary().value("facts")
        summary, problem = judge_run(run, make_judge(chosen), lambda done, total: None)
    finally:
        endpoint.close()
    assert problem is None
    assert summary.value("judge_correct") == 1
    assert summary.value("judge_faithful") == 0
    assert summary.value("facts") == before
    with pytest.raises(Problem):
        make_judge(settings)


def test_an_empty_run_has_no_figures() -> None:
    summary = summarise([])
    assert summary.items == 0
    assert not summary.measures


def test_workers_do_not_share_a_chat(assistant: Assistant, items: list[EvalItem]) -> None:
    run = Runner(assistant, items, workers=4).run()
    by_id = {prediction.id: prediction for prediction in run.predictions}
    assert "湖北" in by_id["s125"].standalone_question
