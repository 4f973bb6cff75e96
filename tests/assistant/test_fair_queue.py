"""Whose turn it is: people in turn, each bounded, and whoever is over the bound told when to come again."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.fair_queue import THE_PROGRAM, FairQueue, Place
from corpus.problem import Problem

PEOPLE = st.sampled_from(["ann", "bo", "cy", THE_PROGRAM])


class Held:
    """Work that ends when it is let, and what was begun in which order."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.begun: list[str] = []
        self.under_way: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self._lock = threading.Lock()

    def submit(self, queue: FairQueue, who: str) -> Place[str]:
        return queue.submit(who, lambda: self._do(who))

    def _do(self, who: str) -> str:
        with self._lock:
            self.begun.append(who)
            self.under_way[who] += 1
            self.most[who] = max(self.most[who], self.under_way[who])
        assert self.gate.acquire(timeout=20)
        with self._lock:
            self.under_way[who] -= 1
        return who


@pytest.fixture
def held() -> Iterator[Held]:
    work = Held()
    yield work
    work.gate.release(1000)


def finish(work: Held, places: list[Place[str]]) -> list[str]:
    work.gate.release(1000)
    return [place.future.result(20) for place in places]


def test_a_person_with_many_questions_holds_up_nobody_else(held: Held) -> None:
    queue = FairQueue(1, at_once=1, waiting=100)
    flood = [held.submit(queue, "flood") for _ in range(50)]
    others = [held.submit(queue, name) for name in ("ann", "bo", "cy")]
    finish(held, flood + others)
    assert held.begun[0] == "flood"
    assert set(held.begun[1:5]) == {"ann", "bo", "cy", "flood"}, "each other person comes within one round"
    assert held.begun[5:] == ["flood"] * 48


@settings(max_examples=40, deadline=None)
@given(asked=st.lists(PEOPLE, max_size=40), workers=st.integers(1, 4), at_once=st.integers(1, 3))
def test_all_is_done_once_and_nobody_has_more_than_the_bound_under_way(
    asked: list[str], workers: int, at_once: int
) -> None:
    work, queue = Held(), FairQueue(workers, at_once=at_once, waiting=100)
    places = [work.submit(queue, who) for who in asked]
    assert finish(work, places) == asked
    assert Counter(work.begun) == Counter(asked)
    assert all(most <= at_once for who, most in work.most.items() if who != THE_PROGRAM)


def test_who_is_over_the_bound_is_told_when_to_come_again(held: Held) -> None:
    queue = FairQueue(1, at_once=1, waiting=3, waiting_in_all=5)
    held.submit(queue, "ann")
    while not held.begun:
        threading.Event().wait(0.01)
    for _ in range(3):
        held.submit(queue, "ann")
    with pytest.raises(Problem) as refused:
        held.submit(queue, "ann")
    assert refused.value.code == "questions_waiting"
    assert int(str(refused.value.fields["seconds"])) >= 1
    held.submit(queue, "bo")
    held.submit(queue, "cy")
    with pytest.raises(Problem) as full:
        held.submit(queue, "di")
    assert full.value.code == "questions_waiting_in_all"
    held.submit(queue, THE_PROGRAM)


def test_a_place_tells_how_many_come_first(held: Held) -> None:
    queue = FairQueue(1, at_once=1, waiting=10)
    first = held.submit(queue, "ann")
    while not held.begun:
        threading.Event().wait(0.01)
    own = [held.submit(queue, "ann") for _ in range(3)]
    other = held.submit(queue, "bo")
    assert first.ahead == 0
    assert [place.ahead for place in own] == [0, 2, 3]
    assert other.ahead == 1
    assert own[0].give_up()
    assert not own[0].give_up(), "it is out already"
    assert own[0].future.cancelled()
    assert [place.ahead for place in own[1:]] == [0, 2]
    finish(held, [first, other, *own[1:]])


def test_a_failure_reaches_whoever_asked_and_ends_no_worker() -> None:
    queue = FairQueue(1)

    def fail() -> None:
        raise KeyboardInterrupt("stopped")

    with pytest.raises(KeyboardInterrupt):
        queue.submit("ann", fail).result()
    assert queue.submit("ann", lambda: 1).result() == 1
    assert queue.busy in {0, 1}


def test_what_was_cancelled_from_outside_is_left_out(held: Held) -> None:
    queue = FairQueue(1, at_once=1)
    first = held.submit(queue, "ann")
    second, third = held.submit(queue, "ann"), held.submit(queue, "ann")
    second.future.cancel()
    finish(held, [first, third])
    assert held.begun == ["ann", "ann"]


def test_at_the_end_nothing_that_waits_is_begun(held: Held) -> None:
    queue = FairQueue(1, at_once=1)
    first = held.submit(queue, "ann")
    while not held.begun:
        threading.Event().wait(0.01)
    waiting = [held.submit(queue, name) for name in ("ann", "bo")]
    queue.give_up_all()
    finish(held, [first])
    assert all(place.future.cancelled() for place in waiting)
    assert held.begun == ["ann"]
