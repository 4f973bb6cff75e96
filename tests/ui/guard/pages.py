"""Clients of the guarded pages, and the bait that none of them may bring out."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

BAIT = "only the server may read this"
META = {"_type": "gradio.FileData"}


def client_of(app: FastAPI, key: str = "") -> TestClient:
    headers = {"x-api-key": key} if key else {}
    return TestClient(app, base_url="http://localhost:7860", headers=headers, client=("127.0.0.1", 5000))


def copies_of_bait(temporary: Path) -> list[Path]:
    return [
        each for each in temporary.rglob("*") if each.is_file() and BAIT in each.read_text("utf-8", "replace")
    ]
