"""Fitting how likely a headline is right, from runs."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from evals import fit_headline


def write_run(folder: Path, confidences: list[float], right: list[bool]) -> Path:
    folder.mkdir(parents=True)
    lines: dict[str, list[dict]] = {"items": [], "predictions": [], "traces": []}
    for number, (confidence, is_right) in enumerate(zip(confidences, right, strict=True)):
        lines["items"].append({"id": str(number), "facts": [["120家" if is_right else "85家"]]})
        lines["predictions"].append({"id": str(number), "short_answer": "120家", "refused": False})
        sentence = {"text": "新增120家。", "score": 3.0, "weighed": {"reader_span": -0.5}}
        lines["traces"].append(
            {"id": str(number), "parts": [{"confidence": confidence, "sentences": [sentence]}]}
        )
    for name, rows in lines.items():
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
    return folder


def test_what_parts_right_from_wrong_is_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    confidences = list(np.linspace(0.5, 0.95, 40))
    runs = [write_run(tmp_path / name / "run", confidences, [c > 0.7 for c in confidences]) for name in "ab"]
    out = tmp_path / "headline.json"
    monkeypatch.setattr(sys, "argv", ["fit", *map(str, runs), "--least", "0.95", "--out", str(out)])
    fit_headline.main()
    fitted = fit_headline.HeadlineScorer.load(out)
    assert fitted.weights["confidence"] > 0
    assert fitted.fitted_on == "a, b"


def test_the_threshold_shows_as_many_as_may_be() -> None:
    likelihoods = np.array([0.9, 0.8, 0.7, 0.6])
    assert fit_headline.threshold_for(likelihoods, np.array([1, 1, 0, 0], bool), 1.0) == 0.8
    assert fit_headline.threshold_for(likelihoods, np.array([1, 0, 1, 1], bool), 0.75) == 0.6
    assert fit_headline.threshold_for(likelihoods, np.array([0, 1, 0, 0], bool), 0.9) == 0.9
