"""The fields at the head of a file of text, between two lines of dashes, as the texts that they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import JSONHandler, YAMLHandler

from corpus.problem import Problem

_LONGEST = 32_000
_DEEPEST = 20
_NOTHING = {"", "~", "null", "Null", "NULL"}
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every value stays a text: an impossible date is no error of the loader's, "007" is no 7."""


def split_front_matter(text: str, file: Path) -> tuple[dict[str, Any], str]:
    """The fields of a Markdown text and the text below them; no fields where there is no head.

    Anchors and aliases are refused: a few of them stand for gigabytes.

    Raises:
        Problem: `broken_front_matter` for what is no YAML or goes in for anchors, `front_matter_too_long`.
    """
    text = text.strip()
    for handler, load in ((YAMLHandler(), _yaml), (JSONHandler(), _json)):
        if handler.detect(text):
            try:
                head, rest = handler.split(text)
            except ValueError:  # a single line of dashes
                return {}, text
            if len(head) > _LONGEST:
                raise Problem("front_matter_too_long", file=file, most=_LONGEST)
            fields = load(head, file)
            return (fields, rest.strip()) if fields is not None else ({}, text)
    return {}, text


def told_fields(text: str, file: Path) -> tuple[dict[str, str], str]:
    """The fields of a text as texts, and the text below them.

    Raises:
        Problem: as `split_front_matter`, and `collection_is_no_name`.
    """
    head, content = split_front_matter(text, file)
    if isinstance(head.get("collection"), list | dict):
        # Left out it would show the article to everybody.
        raise Problem("collection_is_no_name", file=file, line=1)
    return {name: str(value) for name, value in head.items()}, content


def _yaml(head: str, file: Path) -> dict[str, Any] | None:
    """The fields, or None where the head is prose between two rules."""
    try:
        _refuse_anchors(head)
        found = yaml.load(head, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        raise Problem("broken_front_matter", file=file, line=line) from error
    if not isinstance(found, Mapping):
        return None
    return {
        str(name): value
        for name, value in found.items()
        if not (isinstance(value, str) and value in _NOTHING)
    }


def _json(head: str, file: Path) -> dict[str, Any] | None:
    """The fields, or None where a text that begins with a brace is no JSON."""
    try:
        found = json.loads(head)
    except (ValueError, RecursionError):
        return None
    return {name: value for name, value in found.items() if value is not None}


def _refuse_anchors(head: str) -> None:
    """Look through the events before anything is made of them.

    Raises:
        yaml.YAMLError: for an anchor, an alias, or what is nested too deeply.
    """
    depth = 0
    for event in yaml.parse(head, Loader=_Loader):
        if getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchor or alias", problem_mark=event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
