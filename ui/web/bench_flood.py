"""What one flooding reader costs the others: `python -m ui.web.bench_flood`. Compare ratios within one run.

A server of its own with accounts. Twenty people ask one question after another, first alone, then beside one reader who keeps
58 questions waiting; by turns, so that other work of the machine falls on both. Told are the 95th percentiles of their waits,
of the health check's and of the log-in page's.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import threading
import time
from collections import defaultdict
from itertools import cycle
from pathlib import Path

import httpx

from assistant.settings import Settings
from ui.people.accounts import Accounts
from ui.people.person import Role
from ui.web.attack.started import started

_log = logging.getLogger("bench")
_PEOPLE, _FLOOD = 20, 58
_QUESTIONS = (
    "上海2025年集成电路产业营收多少？",
    "上海的集成电路产业营收超过多少？",
    "2025年上海集成电路营收是多少亿元？",
)
_BETWEEN_LOOKS_S = 0.3
Waits = dict[str, list[float]]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20, help="how long each turn lasts")
    parser.add_argument("--turns", type=int, default=3, help="turns without and with the flood")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.INFO)
    waits: dict[bool, Waits] = {False: defaultdict(list), True: defaultdict(list)}
    with started(accounts=True, questions_a_minute="1000000") as target:
        if target.data is None:
            raise SystemExit("the server's folder is not known")
        keys = _keys(target.data)
        _wait_until_ready(target.url, keys[0])
        for _ in range(arguments.turns):
            for flooded in (False, True):
                _turn(target.url, keys, arguments.seconds, waits[flooded], flooded=flooded)
    for name in ("answers", "health", "login"):
        alone, beside = (_p95(waits[flooded][name]) for flooded in (False, True))
        counts = [len(waits[flooded][name]) for flooded in (False, True)]
        _log.info(
            "%s, p95: %.3f s without the flood, %.3f s with it, %.2f times (%d and %d waits)",
            name, alone, beside, beside / alone, *counts,
        )  # fmt: skip
    told = waits[True]
    _log.info("the flood: %d answered, %d told to wait (429)", len(told["flood"]), len(told["refused"]))


def _keys(data: Path) -> list[str]:
    """A key for each of the people, and the flooding reader's last."""
    accounts = Accounts(Settings(_env_file=None, data=data))
    keys = []
    for number in range(_PEOPLE + 1):
        accounts.add(f"bench{number}", "a long password", Role.READER)
        keys.append(accounts.make_key(f"bench{number}"))
    accounts.close()
    return keys


def _wait_until_ready(url: str, key: str) -> None:
    headers = {"authorization": f"Bearer {key}"}
    while httpx.get(f"{url}/api/status", headers=headers, timeout=60).json()["phase"] != "ready":
        time.sleep(0.5)


def _turn(url: str, keys: list[str], seconds: float, waits: Waits, *, flooded: bool) -> None:
    """Everybody asks for a while."""
    over = threading.Event()
    askers = [threading.Thread(target=_ask, args=(url, key, over, waits["answers"], [])) for key in keys[:-1]]
    askers += [
        threading.Thread(target=_look, args=(url, path, over, waits[name])) for name, path in _LOOKED_AT
    ]
    if flooded:
        flood = (url, keys[-1], over, waits["flood"], waits["refused"])
        askers += [threading.Thread(target=_ask, args=flood) for _ in range(_FLOOD)]
    for thread in askers:
        thread.start()
    over.wait(seconds)
    over.set()
    for thread in askers:
        thread.join()


_LOOKED_AT = (("health", "/api/health"), ("login", "/login"))


def _ask(url: str, key: str, over: threading.Event, waits: list[float], refused: list[float]) -> None:
    with httpx.Client(base_url=url, headers={"authorization": f"Bearer {key}"}, timeout=120) as client:
        for question in cycle(_QUESTIONS):
            if over.is_set():
                return
            begun = time.monotonic()
            reply = client.post("/api/ask", json={"question": question})
            spent = time.monotonic() - begun
            if reply.status_code == 429:
                refused.append(spent)
                over.wait(1)
                continue
            reply.raise_for_status()
            waits.append(spent)


def _look(url: str, path: str, over: threading.Event, waits: list[float]) -> None:
    with httpx.Client(base_url=url, timeout=120) as client:
        while not over.is_set():
            begun = time.monotonic()
            client.get(path).raise_for_status()
            waits.append(time.monotonic() - begun)
            over.wait(_BETWEEN_LOOKS_S)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else float("nan")


if __name__ == "__main__":
    main()
