"""How well the check of written answers tells good from bad: labelled answers, cut into units that are right or wrong.

A file holds a case a line: question, earlier turns, numbered passages, an answer as a strong language model writes it, and its
units in order with `ok`, `error_kind` and the passages that carry each (`supported_by`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, Field

from assistant.checking.marks import in_one_form
from assistant.checking.written import CheckedUnit, Fault, WrittenCheck, asked_in, shown_source
from assistant.generating.thoughts import without_fences, without_thoughts
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from evals.metrics.intervals import Estimate, estimate
from index.reader.claims import open_claims

_BLANK = re.compile(r"\s")


class Miss(BaseModel):
    """A unit that the check judged wrongly."""

    case: str
    text: str
    reason: str
    ok: bool


class CheckerResult(BaseModel):
    """Shares of units (and of answers), each with its 95 % interval.

    `good_flagged` counts right units that are flagged or lost, `errors_caught` wrong ones that are flagged, `marks_right` marked
    claims whose marks point at passages that carry them, `whole` answers without a fault that come through without a flag.
    """

    cases: int = 0
    good_flagged: Estimate | None = None
    errors_caught: Estimate | None = None
    marks_right: Estimate | None = None
    whole: Estimate | None = None
    caught_by_kind: dict[str, list[int]] = Field(default_factory=dict)
    misses: list[Miss] = Field(default_factory=list)


def run_checker(file: Path) -> CheckerResult:
    """Check every case of a file.

    Args:
        file: Cases, a JSON object a line.

    Returns:
        The figures, and every unit that was judged wrongly.

    Raises:
        Problem: `no_checker_cases` where the file holds no case, `bad_checker_case` with the line that is none.
    """
    cases = list(_cases(file))
    if not cases:
        raise Problem("no_checker_cases", file=file)
    good: list[float] = []
    caught: list[float] = []
    marks: list[float] = []
    whole: list[float] = []
    kinds: dict[str, Counter[bool]] = {}
    misses: list[Miss] = []
    for case in cases:
        judged = list(_judged(case))
        for unit, reasons, found in judged:
            told = "; ".join(reasons)
            if unit["ok"]:
                good.append(float(bool(reasons)))
                if unit["kind"] == "claim" and unit.get("supported_by") and found:
                    marks.append(float(found <= set(unit["supported_by"])))
            else:
                caught.append(float(bool(reasons)))
                kinds.setdefault(unit.get("error_kind") or unit["kind"], Counter())[bool(reasons)] += 1
            if bool(reasons) == unit["ok"]:
                misses.append(Miss(case=case["id"], text=unit["text"], reason=told, ok=unit["ok"]))
        if case.get("all_good"):
            whole.append(float(not any(reasons for _, reasons, _ in judged)))
    return CheckerResult(
        cases=len(cases),
        good_flagged=_share(good),
        errors_caught=_share(caught),
        marks_right=_share(marks),
        whole=_share(whole),
        caught_by_kind={name: [count[True], count.total()] for name, count in sorted(kinds.items())},
        misses=misses,
    )


def _share(values: list[float]) -> Estimate | None:
    return estimate(np.array(values)) if values else None


def _cases(file: Path) -> Iterable[dict[str, Any]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            case["id"], case["question"], case["answer"], case["passages"], case["units"]
        except (ValueError, KeyError, TypeError) as error:
            raise Problem(
                "bad_checker_case", file=file, line=number, **reason_and_detail(error, "reason_no_json")
            ) from error
        yield case


def _judged(case: dict[str, Any]) -> Iterable[tuple[dict[str, Any], list[str], set[int]]]:
    """Each labelled unit with the reasons for which it is flagged or lost, and the marks found for it."""
    passages = case["passages"]
    sources = [
        shown_source(
            each["text"],
            title=each.get("title", ""),
            date=each.get("date", ""),
            source=each.get("source", ""),
            headings=each.get("section", ""),
        )
        for each in passages
    ]
    asked = asked_in((turn["question"] for turn in case.get("history", [])), case["question"])
    check = WrittenCheck(sources, asked, open_claims(Settings().models_folder))
    text, checked = check.read(without_fences(without_thoughts(case["answer"])))
    flat = _BLANK.sub("", text)
    places = [at for at, character in enumerate(text) if not character.isspace()]
    at = 0
    for unit in case["units"]:
        own = _BLANK.sub("", in_one_form(unit["text"], len(passages))[0])
        begin = flat.find(own, at)
        if begin < 0 or not own:
            yield unit, ["lost"] if own else [], set()
            continue
        at = begin + len(own)
        start, end = places[begin], places[at - 1] + 1
        over = [each for each in checked if each.unit.start < end and each.unit.end > start]
        reasons = [
            f"{fault.reason} {fault.detail}".strip()
            for each in over
            for fault in each.faults
            if _is_of(fault, each, own, start, end)
        ]
        most = max(over, key=lambda each: min(each.unit.end, end) - max(each.unit.start, start), default=None)
        yield unit, reasons, set(most.marks) if most is not None else set()


def _is_of(fault: Fault, checked: CheckedUnit, own: str, start: int, end: int) -> bool:
    """Whether a fault of a checked unit is one of a labelled unit that may be a part of it."""
    whole = start <= checked.unit.start and checked.unit.end <= end + 1
    return whole or (bool(fault.detail) and fault.detail in own.lower())
