"""A GGUF file as the writer: told plainly what is wrong with it, and once with a real engine where there is one."""

import os
import sys
from pathlib import Path

import pytest

from assistant.generating.local_model import address_of
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.problem import Problem
from index.store import Index


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="llm_file_missing"):
        address_of(tmp_path / "none.gguf")


def test_what_is_no_gguf_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>", encoding="utf-8")
    with pytest.raises(Problem, match="llm_file_broken"):
        address_of(tmp_path / "page.gguf")


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    (tmp_path / "model.gguf").write_bytes(b"GGUF rest")
    with pytest.raises(Problem, match="llm_package_missing"):
        address_of(tmp_path / "model.gguf")


def test_a_file_counts_as_a_language_model(tmp_path: Path) -> None:
    assert Settings(llm_file=tmp_path / "model.gguf").uses_llm
    assert not Settings().uses_llm


@pytest.mark.slow
def test_a_real_engine_writes_from_the_passages(sample_index: Index, settings: Settings) -> None:
    pytest.importorskip("xllamacpp")
    file = os.environ.get("ASSISTANT_TEST_GGUF")
    if not file:
        pytest.skip("ASSISTANT_TEST_GGUF names no model")
    writer = Assistant(sample_index, settings.model_copy(update={"llm_file": Path(file), "llm_timeout": 300}))
    answer = writer.ask("上海2025年集成电路产业营收多少?")
    assert "4800" in answer.answer
    assert answer.citations
