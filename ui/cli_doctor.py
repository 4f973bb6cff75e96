"""`assistant doctor`: whether everything that the assistant needs is there and well, and what to do where it is not."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING

from rich.markup import escape

from assistant.messages import message
from ui.terminal import FAILED_IN_PART, IndexOption, JsonOption, language, out

if TYPE_CHECKING:
    from ui.doctor.finding import Finding

_COLOURS = {"ok": "green", "warning": "yellow", "fault": "bold red"}


def doctor(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Look at everything and change nothing; exit code 1 where something is at fault."""
    from ui.doctor.examine import examine, settings_as_they_are

    settings, wrong = settings_as_they_are(index)
    spoken = settings.language if settings is not None else language()
    findings: list[Finding] = []
    for finding in chain([wrong] if wrong is not None else [], examine(settings)):
        findings.append(finding)
        if not as_json:
            _show(finding, spoken)
    states = [finding.state for finding in findings]
    faults, warnings = states.count("fault"), states.count("warning")
    if as_json:
        rows = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)
        out.print_json(rows, ensure_ascii=False)
    else:
        code = "doctor_faults" if faults else "doctor_warnings" if warnings else "doctor_all_well"
        out.print(message(code, spoken, faults=faults, warnings=warnings))
    if faults:
        sys.exit(FAILED_IN_PART)


def _show(finding: Finding, spoken: str) -> None:
    """One line: the state, what was looked at, how it is, and what to do."""
    state = f"[{_COLOURS[finding.state]}]{message(f'doctor_{finding.state}', spoken)}[/]"
    title = f"[bold]{message(f'doctor_check_{finding.check}', spoken)}[/]"
    text = message("doctor_line", spoken, title=title, text=escape(finding.message))
    advice = f" → {escape(finding.advice)}" if finding.advice else ""
    out.print(f"{state} {text}[dim]{advice}[/]")
